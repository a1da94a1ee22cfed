"""Forms about bodies without an account: release, refer, record what they said; and what they fill in themselves."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock
from wurzelwerk.base.forms import Form, Section
from wurzelwerk.cases import lists
from wurzelwerk.cases.actions import Outside
from wurzelwerk.cases.enums import ReferralState, ReferralWay
from wurzelwerk.cases.models import Referral
from wurzelwerk.cases.outside_rules import QUESTION_LENGTH
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust.scopes import Basis

from ..outside import outside_items, outside_purposes
from .choosing import PhoneField
from .releases import ReleaseForm

WAYS = ((ReferralWay.LINK, lazy("mit einem Link: die Stelle antwortet selbst")),
        (ReferralWay.PAPER, lazy("auf Papier: Sie vermerken die Antwort")))  # fmt: skip


def bodies_outside(controller: Any) -> QuerySet[Organisation]:
    """Return the bodies without Akten of their own that a controller knows."""
    return Organisation.known_to([controller]).filter(is_controller=False).order_by("name", "pk")


class OutsideReleaseForm(ReleaseForm):
    """A release towards a body without an account."""

    outside = True

    def receivers(self) -> QuerySet[Organisation]:
        """Return the bodies outside that the own body knows."""
        return bodies_outside(self.subject.household.akte.controller_id)


class BodyForm(Form):
    """A body without an account, written down for the next time."""

    once = True
    name = forms.CharField(label=lazy("Name der Stelle"), max_length=160)
    phone = PhoneField(label=lazy("Telefon"))
    email = forms.EmailField(label=lazy("E-Mail"), required=False, help_text=lazy("Dorthin kann der Link gehen."))
    replaces = forms.BooleanField(
        label=lazy("Bekannte Angaben ändern"), required=False,
        help_text=lazy("Nur nötig, wenn die Stelle schon anders eingetragen ist. Gilt für Ihre ganze Stelle."),
    )  # fmt: skip
    sections = (Section("", ["name", ("phone", "email"), "replaces"]),)


class SendForm(Form):
    """Refer to a body outside, as everybody released it."""

    once = True
    concern = forms.CharField(
        label=lazy("Worum geht es?"), max_length=2000, widget=forms.Textarea({"rows": 6}),
        help_text=lazy("Das liest die Stelle. Schreiben Sie nur, was sie dafür wissen muss."),
    )  # fmt: skip
    way = forms.ChoiceField(label=lazy("Wie bekommt sie es?"), choices=WAYS, initial=ReferralWay.LINK,
                            widget=forms.RadioSelect)  # fmt: skip

    def to_outside(self, purpose: str) -> Outside:
        """Return what was typed."""
        return Outside(purpose=purpose, way=self.cleaned_data["way"], concern=self.cleaned_data["concern"])


class LawForm(SendForm):
    """Refer to a body outside because a law says so: to whom, what, and which law."""

    receiver = forms.ModelChoiceField(Organisation.every.none(), label=lazy("An welche Stelle?"),
                                      empty_label=lazy("Bitte auswählen"))  # fmt: skip
    purpose = forms.ChoiceField(label=lazy("Wofür?"))
    basis_text = forms.CharField(
        label=lazy("Welche Rechtsvorschrift erlaubt oder verlangt es?"), max_length=200,
        help_text=lazy("Zum Beispiel: § 4 Abs. 3 KKG, § 8a SGB VIII"),
    )  # fmt: skip
    items = forms.MultipleChoiceField(label=lazy("Was wird weitergegeben?"), widget=forms.CheckboxSelectMultiple)
    sections = (
        Section("", ["receiver", "purpose"]),
        Section(lazy("Grundlage"), ["basis_text"]),
        Section(lazy("Inhalt"), ["items", "concern", "way"]),
    )

    def __init__(self, *args, controller: Any, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["receiver"].queryset = bodies_outside(controller)
        self.fields["purpose"].choices = outside_purposes(today)
        self.fields["items"].choices = outside_items(today)

    def to_outside(self, purpose: str = "") -> Outside:
        """Return what was typed."""
        data = self.cleaned_data
        return Outside(
            purpose=data["purpose"], way=data["way"], concern=data["concern"], basis=Basis.LAW,
            basis_text=data["basis_text"], items={"request": data["items"]},
        )  # fmt: skip


class HeardForm(Form):
    """What a body outside said on the telephone or on paper."""

    once = True
    answer = forms.ChoiceField(label=lazy("Was hat die Stelle gesagt?"), widget=forms.RadioSelect)
    because = forms.ChoiceField(label=lazy("Grund der Ablehnung"), required=False)
    outcome = forms.ChoiceField(label=lazy("Ergebnis"), required=False)
    text = forms.CharField(label=lazy("Ein Satz dazu"), max_length=300, required=False)

    def __init__(self, *args, referral: Referral, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        waits = referral.state == ReferralState.SENT
        self.fields["answer"].choices = (
            [("accepted", _("angenommen")), ("refused", _("abgelehnt"))] if waits else [("done", _("erledigt"))]
        )
        self.fields["because"].choices = [("", _("Bitte auswählen")), *lists.choices("refusal_reasons", on=today)]
        self.fields["outcome"].choices = [("", _("Bitte auswählen")), *lists.choices("referral_outcomes", on=today)]
        self.fields.pop("outcome" if waits else "because")


class ReplyForm(Form):
    """A reply to a question from outside."""

    once = True
    text = forms.CharField(label=lazy("Antwort"), max_length=QUESTION_LENGTH, widget=forms.Textarea({"rows": 4}),
                           help_text=lazy("Steht auf der Seite des Links. Höchstens 500 Zeichen."))  # fmt: skip


class LinkForm(Form):
    """A form on the page of a link, in the visitor's language; `words`: its texts."""

    marks_optional = False

    def __init__(self, *args, words: Mapping[str, Any], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, shape in self.fields.items():
            shape.label = words[f"field_{name}"]
            shape.error_messages |= {"required": words["missing"], "invalid_choice": words["missing"]}


def _choice(name: str) -> forms.ChoiceField:
    return forms.ChoiceField(choices=lambda: [("", "–"), *lists.choices(name, on=clock.today())])


class RefusalForm(LinkForm):
    """Why it is refused."""

    because = _choice("refusal_reasons")
    reason = forms.CharField(max_length=300, required=False)


class OutcomeForm(LinkForm):
    """With what it is done."""

    outcome = _choice("referral_outcomes")
    text = forms.CharField(max_length=300, required=False)


class QuestionForm(LinkForm):
    """A question back."""

    question = forms.CharField(max_length=QUESTION_LENGTH, widget=forms.Textarea({"rows": 4}))
