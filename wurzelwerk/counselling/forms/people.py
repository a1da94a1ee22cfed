"""Forms about the members of a household: who they are, their residence, when they left."""

from datetime import date

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock
from wurzelwerk.base.forms import BirthField, DayField, Form, Section
from wurzelwerk.cases import lists
from wurzelwerk.cases.actions import MemberData, ResidenceData
from wurzelwerk.cases.enums import BirthKnown, ContactRule, Presence, ResidenceBasis
from wurzelwerk.cases.models import HouseholdMember, PersonLanguage, Residence

from ..alike import NAMES, TYPED
from .choosing import NOTHING, ListField, PhoneField, fill_lists, from_list
from .months import MonthField

UNITS = (("", lazy("keine")), *((str(n), lazy("Bedarfsgemeinschaft %d") % n) for n in range(1, 7)))
NOT_ASKED = "not_asked"
LANGUAGES = ("language_1", "language_2", "language_3")


class ResidenceForm(Form):
    """The right of residence as stated; "not asked" is a full answer."""

    once = True
    residence_sections = (
        "basis",
        ("as_printed", "code"),
        ("valid_until", "condition"),
    )
    sections = (
        Section("", residence_sections, hint=lazy("Der Aufenthalt ist keine Bedingung der Beratung (§ 87 AufenthG).")),
    )

    basis = forms.ChoiceField(
        label=lazy("Aufenthalt"),
        choices=ResidenceBasis.choices,
        initial=ResidenceBasis.NOT_ASKED,
        required=False,
        widget=forms.RadioSelect,
    )
    as_printed = forms.CharField(
        label=lazy("Text im Dokument"),
        max_length=200,
        required=False,
        help_text=lazy("Wortlaut, wie er aufgedruckt ist"),
    )
    code = ListField(
        "residence_kinds",
        label=lazy("Titel"),
        searching=True,
        required=False,
        help_text=lazy("Arbeitshinweis, nicht amtlich"),
    )
    valid_until = DayField(label=lazy("Gültig bis"), required=False)
    condition = forms.CharField(
        label=lazy("Nebenbestimmung"),
        max_length=200,
        required=False,
        help_text=lazy("Zum Beispiel „Erwerbstätigkeit erlaubt“"),
    )

    def __init__(self, *args, today: date | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        on = today or clock.today()
        fill_lists(self, on=on)
        printed = [row for row in lists.table("residence_kinds").all_on(on) if row.value["as_printed"]]
        self.fields["code"].choices = [("", _("keine Angabe")), *((row.key, row.value["label"]) for row in printed)]

    def clean(self) -> dict:
        data = super().clean()
        basis = data.get("basis") or ResidenceBasis.NOT_ASKED
        typed = [name for name in ("as_printed", "code", "valid_until", "condition") if data.get(name)]
        if basis == ResidenceBasis.AS_PRINTED and not data.get("as_printed") and "as_printed" not in self.errors:
            self.add_error("as_printed", _("Bitte tragen Sie den Text so ein, wie er im Dokument steht."))
        if basis != ResidenceBasis.AS_PRINTED and typed:
            self.add_error("basis", _("Zu den Angaben aus dem Dokument gehört „wie im Dokument aufgedruckt“."))
        return data

    def to_residence(self) -> ResidenceData:
        """Return what was typed."""
        data = self.cleaned_data
        if data["basis"] != ResidenceBasis.AS_PRINTED:
            return ResidenceData(basis=data["basis"] or ResidenceBasis.NOT_ASKED)
        return ResidenceData(
            basis=data["basis"],
            as_printed=data["as_printed"],
            code=data["code"],
            valid_until=data["valid_until"],
            condition=data["condition"],
        )

    @staticmethod
    def initial_of(residence: Residence | None) -> dict:
        """Return what the form shows of a stored residence."""
        if residence is None:
            return {}
        names = ("basis", "as_printed", "code", "valid_until", "condition")
        return {name: getattr(residence, name) for name in names}


def is_unborn(relation: str | None) -> bool:
    """Say whether a relation is that of an expected child."""
    kinds = lists.table("relation_kinds")
    return relation in kinds.keys and kinds.latest(relation).value.get("born") is False


class MemberForm(Form):
    """One member of a household; one name is enough."""

    once = True
    several = (LANGUAGES,)
    sections = (
        Section(
            lazy("Person"),
            [("given_name", "family_name"), ("birth_date", "birth_known"), ("relation", "benefit_unit")],
        ),
        Section(
            lazy("Weitere Namen"),
            [("original_name", "other_names")],
            hint=lazy("Unter jedem dieser Namen wird die Person gefunden."),
        ),
        Section(lazy("Verständigung"), [LANGUAGES, "needs_interpreter"]),
        Section(lazy("Erreichbarkeit"), [("phone", "email"), ("contact_rule", "contact_hint")]),
        Section(
            lazy("Noch nicht da"),
            [("is_awaited", "expected_on")],
            hint=lazy("Wer noch nicht hier lebt oder noch nicht geboren ist, wird gezeigt und zählt noch nicht mit."),
        ),
        Section(
            lazy("Möchte dazu nichts sagen"),
            ["unsaid"],
            hint=lazy("Was leer und hier nicht angekreuzt ist, wurde nicht gefragt. Nichts davon ist Pflicht."),
        ),
    )

    given_name = forms.CharField(
        label=lazy("Vorname"), max_length=120, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    family_name = forms.CharField(
        label=lazy("Familienname"), max_length=120, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    birth_date = BirthField(label=lazy("Geburtsdatum"), required=False)
    birth_known = forms.ChoiceField(
        label=lazy("Wie genau bekannt?"),
        choices=BirthKnown.choices,
        initial=BirthKnown.DAY,
        required=False,
        help_text=lazy("Der 1. Januar steht oft für einen unbekannten Tag"),
    )
    original_name = forms.CharField(
        label=lazy("Name in eigener Schrift"),
        max_length=200,
        required=False,
        help_text=lazy("Wie die Person ihn selbst schreibt"),
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )
    other_names = forms.CharField(
        label=lazy("Auch bekannt als"),
        max_length=300,
        required=False,
        help_text=lazy("Geburtsname, andere Schreibweise; mehrere mit Komma trennen"),
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )
    relation = ListField("relation_kinds", label=lazy("Beziehung zur Ansprechperson"), required=False)
    benefit_unit = forms.TypedChoiceField(
        label=lazy("Bedarfsgemeinschaft"), choices=UNITS, coerce=int, empty_value=None, required=False
    )
    language_1 = ListField("languages", label=lazy("Sprache"), searching=True, required=False)
    language_2 = ListField("languages", label=lazy("Weitere Sprache"), searching=True, required=False)
    language_3 = ListField("languages", label=lazy("Noch eine Sprache"), searching=True, required=False)
    needs_interpreter = forms.BooleanField(label=lazy("Sprachmittlung nötig"), required=False)
    phone = PhoneField(label=lazy("Telefon"), help_text=lazy("Mehrere Nummern mit Komma trennen"))
    email = forms.EmailField(
        label=lazy("E-Mail"), required=False, max_length=254, help_text=lazy("Zum Beispiel name@example.org")
    )
    contact_rule = forms.ChoiceField(
        label=lazy("Sichere Erreichbarkeit"),
        choices=[("", lazy("keine Einschränkung")), *ContactRule.choices],
        required=False,
        help_text=lazy("Steht als Warnung neben Telefon und E-Mail"),
    )
    contact_hint = forms.CharField(
        label=lazy("Hinweis dazu"), max_length=200, required=False, help_text=lazy("Zum Beispiel „nur vormittags“")
    )
    is_awaited = forms.BooleanField(label=lazy("Kommt erst noch (Familiennachzug)"), required=False)
    expected_on = MonthField(label=lazy("Erwartet im Monat"), required=False)
    unsaid = forms.MultipleChoiceField(label=lazy("Themen"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, today: date | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        on = today or clock.today()
        fill_lists(self, on=on)
        if "unsaid" in self.fields:
            self.fields["unsaid"].choices = from_list("unsaid_topics", on=on, empty=False)
        for name in LANGUAGES:
            if name in self.fields:
                self.fields[name].choices = [("", _("nicht gefragt")), *self.fields[name].choices[len(NOTHING) :]]

    def clean(self) -> dict:
        data = super().clean()
        unborn = is_unborn(data.get("relation"))
        named = data.get("given_name") or data.get("family_name") or unborn
        if data.get("expected_on") and not (unborn or data.get("is_awaited")):
            self.add_error("is_awaited", _("Der Monat gehört zu jemandem, der noch nicht da ist."))
        if unborn and data.get("birth_date"):
            self.add_error("birth_date", _("Der Monat, in dem ein Kind erwartet wird, steht unter „Noch nicht da“."))
        if not named and not {"given_name", "family_name"} & set(self.errors):
            self.add_error("given_name", _("Bitte geben Sie mindestens einen Namen an."))
        if BirthField.is_year(self.data.get(self.add_prefix("birth_date"))) and data.get("birth_date"):
            data["birth_known"] = BirthKnown.YEAR
        born, known = data.get("birth_date"), data.get("birth_known") or BirthKnown.DAY
        if "birth_known" in self.fields and known != BirthKnown.DAY and "birth_date" not in self.errors:
            if born is None:
                self.add_error("birth_date", _("Bitte geben Sie das Jahr an, oder wählen Sie „auf den Tag“."))
            elif (born.month, born.day) != (1, 1):
                self.add_error("birth_known", _("Hier steht ein bestimmter Tag; dann ist er auf den Tag bekannt."))
        if data.get("contact_hint") and not data.get("contact_rule"):
            self.add_error("contact_rule", _("Bitte wählen Sie aus, worauf sich der Hinweis bezieht."))
        if data.get("needs_interpreter") and not any(data.get(name) for name in LANGUAGES):
            self.add_error("language_1", _("Bitte wählen Sie die Sprache, in die vermittelt werden soll."))
        return data

    @property
    def telling(self) -> list[BoundField]:
        """The fields by which it can be told that somebody was taken in before."""
        return [self[name] for name in (*TYPED, *NAMES) if name in self.fields]

    def to_member(self, residence: ResidenceData | None = None) -> MemberData:
        """Return what was typed."""
        data = self.cleaned_data
        return MemberData(
            given_name=data["given_name"],
            family_name=data["family_name"],
            birth_date=data["birth_date"],
            relation=data["relation"] or NOT_ASKED,
            phone=data["phone"],
            email=data.get("email", ""),
            benefit_unit=data["benefit_unit"],
            birth_known=data.get("birth_known") or BirthKnown.DAY,
            original_name=data.get("original_name", ""),
            other_names=data.get("other_names", ""),
            contact_rule=data.get("contact_rule", ""),
            contact_hint=data.get("contact_hint", ""),
            unsaid=tuple(data.get("unsaid", ())),
            presence=Presence.AWAITED if data.get("is_awaited") else Presence.PRESENT,
            expected_on=data.get("expected_on"),
            languages=tuple(data[name] for name in LANGUAGES if data.get(name)),
            needs_interpreter=data["needs_interpreter"],
            residence=residence or ResidenceData(),
        )

    @staticmethod
    def initial_of(member: HouseholdMember, languages: list[PersonLanguage]) -> dict:
        """Return what the form shows of a stored member."""
        person = member.person
        names = (
            "given_name", "family_name", "birth_date", "birth_known", "original_name", "other_names", "phone", "email",
            "contact_rule", "contact_hint", "unsaid",
        )  # fmt: skip
        return {
            **{name: getattr(person, name) for name in names},
            "relation": member.relation,
            "benefit_unit": member.benefit_unit,
            "is_awaited": member.presence == Presence.AWAITED,
            "expected_on": None if member.is_here else member.expected_on,
            "needs_interpreter": any(row.needs_interpreter for row in languages),
            **{name: row.code for name, row in zip(LANGUAGES, languages, strict=False)},
        }


class LeavingForm(Form):
    """When somebody left the household."""

    once = True
    left_on = DayField(label=lazy("Ausgezogen am"), latest=clock.today)
