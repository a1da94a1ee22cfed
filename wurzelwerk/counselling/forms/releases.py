"""Forms of passing data on: prepare the sheets, record signatures and withdrawals, send and end a referral."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock
from wurzelwerk.base.forms import DayField, Form, Section
from wurzelwerk.cases import lists
from wurzelwerk.cases.models import HouseholdMember, PersonLanguage
from wurzelwerk.network.models import Organisation

from .. import release_sheet
from ..actions import PersonRelease, ReleaseTerms
from ..family import ChildLine
from ..queries import OpenHousehold, is_minor
from ..working_rules import working_rule
from .choosing import ListField, fill_lists


def sheet_languages(*, on: date) -> list[tuple[str, str]]:
    """Return the languages in which the sheet exists; an unreviewed translation says so."""
    offered = dict(lists.choices("languages", on=on))
    found = []
    for code in release_sheet.languages():
        label = offered.get(code, code)
        reviewed = release_sheet.is_reviewed(code)
        found.append((code, label if reviewed else _("%(label)s (Übersetzung nicht geprüft)") % {"label": label}))
    return found


def proposed_language(languages: list[PersonLanguage]) -> str:
    """Return the first of a person's languages in which the sheet exists, else German."""
    known = release_sheet.languages()
    return next((row.code for row in languages if row.code in known), release_sheet.BINDING)


class ReleaseForm(Form):
    """What is released to whom, and for each member in which language or through whom."""

    once = True
    outside = False
    receiver = forms.ModelChoiceField(
        Organisation.objects.none(), label=lazy("An welche Stelle?"), empty_label=lazy("Bitte auswählen")
    )
    purpose = ListField("release_purposes", label=lazy("Wofür?"))
    stages = forms.MultipleChoiceField(
        label=lazy("Was darf wann weitergegeben werden?"),
        widget=forms.CheckboxSelectMultiple({"class": "ww-one-column"}),
        help_text=lazy("Jede Stufe erst, wenn es so weit ist. Die Person kann einzelne Stufen streichen."),
    )
    valid_until = DayField(label=lazy("Gilt bis"), earliest=clock.today)
    interpreter = forms.CharField(
        label=lazy("Sprachmittlung durch"),
        max_length=120,
        required=False,
        help_text=lazy("Name, falls jemand übersetzt"),
    )

    def __init__(
        self,
        *args,
        subject: OpenHousehold,
        languages: dict[UUID, list[PersonLanguage]],
        custody: Iterable[ChildLine] = (),
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.custody = {line.member.person_id: line for line in custody}
        self.subject = subject
        on = subject.today
        fill_lists(self, on=on)
        self.fields["receiver"].queryset = self.receivers()
        purposes = [(row.key, str(row.value["label"])) for row in self._rows("release_purposes")]
        self.fields["purpose"].choices = purposes
        self.fields["purpose"].initial = purposes[0][0]
        rows = self._rows("release_stages")
        self.fields["stages"].choices = [(row.key, _stage_label(row.value)) for row in rows]
        self.fields["stages"].initial = [row.key for row in rows if row.value.get("chosen", True)]
        self.fields["valid_until"].initial = on + relativedelta(months=working_rule("release_months", on=on))
        self.adults = [m for m in subject.members if not is_minor(m, on=on)]
        self.children = [m for m in subject.members if is_minor(m, on=on)]
        self._add_people(languages)

    def receivers(self) -> QuerySet[Organisation]:
        """Return the bodies of the network that keep Akten of their own."""
        own = self.subject.household.akte.controller_id
        return Organisation.objects.filter(is_controller=True).exclude(pk=own)

    def _rows(self, name: str) -> list:
        """The entries of a list for a body with an account, or for one outside."""
        return [row for row in lists.table(name).all_on(self.subject.today)
                if bool(row.value.get("outside")) == self.outside]  # fmt: skip

    def _add_people(self, languages: dict[UUID, list[PersonLanguage]]) -> None:
        offered = sheet_languages(on=self.subject.today)
        for member in self.adults:
            self.fields[_language_field(member)] = forms.ChoiceField(
                label=_("%(name)s: Sprache des Blattes") % {"name": member.person.name},
                choices=offered,
                initial=proposed_language(languages.get(member.person_id, [])),
            )
        for member in self.children:
            self.fields[_custodian_field(member)] = forms.ChoiceField(
                label=_("%(name)s: Es unterschreibt") % {"name": member.person.name},
                choices=self._signers(member),
                help_text=self._told(member),
            )
        grown, small = [_language_field(m) for m in self.adults], [_custodian_field(m) for m in self.children]
        self.sections = (
            Section(_("Weitergabe"), [("receiver", "purpose"), "stages", ("valid_until", "interpreter")]),
            Section(_("Erwachsene"), grown, hint=_("Jede erwachsene Person entscheidet für sich selbst.")),
            Section(_("Kinder"), small, hint=_("Für Kinder unterschreibt, wer das Sorgerecht hat.")),
        )

    def _signers(self, child: HouseholdMember) -> list[tuple[str, str]]:
        """Who may sign for a child: who has custody, where that is clear; otherwise every adult of the household."""
        grown = [(str(m.person_id), m.person.name) for m in self.adults]
        found = self.custody[child.person_id].custody if child.person_id in self.custody else None
        outside = (
            [(str(found.pk), _("%(name)s (außerhalb)") % {"name": found.outside})] if found and found.outside else []
        )
        if found is None or not found.clear:
            return [*grown, *outside]
        having = {str(pk) for pk in found.holders}
        return [*((pk, name) for pk, name in grown if pk in having), *outside]

    def _told(self, child: HouseholdMember) -> str:
        """What is known of the custody, below the choice."""
        line = self.custody.get(child.person_id)
        if line is None or line.custody is None:
            return _("Sorgerecht nicht geklärt")
        said = ", ".join([line.custody.label, *line.custody.everybody])
        if not line.custody.clear:
            return _("Sorgerecht nicht geklärt: %(said)s") % {"said": said}
        if line.custody.is_joint:
            return _("%(said)s. Alle stehen mit auf dem Blatt und unterschreiben.") % {"said": said}
        return said

    def clean(self) -> dict:
        data = super().clean()
        alone = [m for m in self.children if not self.fields[_custodian_field(m)].choices]
        if alone:
            self.add_error(
                None,
                _(
                    "Für %(names)s gibt es im Haushalt niemanden, der unterschreiben kann. Bitte tragen Sie unter "
                    "„Familie und Sorgerecht“ ein, wer das Sorgerecht hat."
                )
                % {"names": ", ".join(m.person.name for m in alone)},
            )
        return data

    def to_terms(self) -> ReleaseTerms:
        """Return what was typed."""
        data = self.cleaned_data
        language = {m.person_id: data[_language_field(m)] for m in self.adults}
        persons = [PersonRelease(person, code) for person, code in language.items()]
        for member in self.children:
            custodian = UUID(data[_custodian_field(member)])
            persons.append(PersonRelease(member.person_id, language.get(custodian, release_sheet.BINDING), custodian))
        return ReleaseTerms(
            receiver=data["receiver"],
            purpose=data["purpose"],
            stages=tuple(data["stages"]),
            valid_until=data["valid_until"],
            interpreter=data["interpreter"],
            persons=tuple(persons),
        )


def _stage_label(stage) -> str:
    items = ", ".join(lists.label("release_items", code) for code in stage["data"])
    return f"{stage['label']}: {items}"


def _language_field(member: HouseholdMember) -> str:
    return f"sprache_{member.person_id.hex}"


def _custodian_field(member: HouseholdMember) -> str:
    return f"sorge_{member.person_id.hex}"


class SignatureForm(Form):
    """When a sheet was signed."""

    once = True
    signed_on = DayField(label=lazy("Unterschrieben am"), latest=clock.today)


class WithdrawalForm(Form):
    """How a withdrawal came."""

    once = True
    how = forms.CharField(
        label=lazy("Wie kam der Widerruf?"),
        max_length=200,
        help_text=lazy("Zum Beispiel: mündlich im Gespräch, per E-Mail am 05.03.2026"),
    )


class ReferralForm(Form):
    """Send a household to another body."""

    once = True
    message = forms.CharField(
        label=lazy("Nachricht ohne Namen"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=lazy(
            "Bis zur Annahme liest die Stelle nur diese Nachricht und die Zahl der Personen. Bitte keine Namen nennen."
        ),
    )


class EndingForm(Form):
    """Why passing on ends."""

    once = True
    reason = forms.CharField(label=lazy("Grund"), max_length=300, required=False)
