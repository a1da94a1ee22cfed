"""The intake: one calm form for a household of any size."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import idempotency
from wurzelwerk.base.forms import Form, Mistake, Section
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import Urgency
from wurzelwerk.network.models import Programme
from wurzelwerk.trust.actor import Actor

from ..actions import AccommodationData, EconomyData, IntakeData, NeedData
from ..queries import programmes_of
from ..rules import MEMBERS_AT_MOST
from .choosing import ListField, fill_lists
from .circumstances import AccommodationFields, EconomyFields
from .people import LANGUAGES, MemberForm, ResidenceForm, is_unborn
from .rows import Rows, as_typed


class MemberRow(MemberForm):
    """A member as one row of the intake, with residence; a row that nobody touched counts as none."""

    once = False
    sections = (
        Section("", [("given_name", "family_name"), ("birth_date", "relation", "benefit_unit")]),
        Section("", [("language_1", "language_2"), ("needs_interpreter", "phone")]),
    )
    email = birth_known = original_name = other_names = contact_rule = contact_hint = None
    is_awaited = expected_on = unsaid = None
    language_3 = None
    suggested = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted = False
        self.residence = ResidenceRow(*args, **self._residence_options(kwargs))
        self.parts = {"residence": self.residence}

    @staticmethod
    def _residence_options(kwargs: dict) -> dict:
        prefix = kwargs.get("prefix")
        return {
            **kwargs,
            "prefix": f"{prefix}-r" if prefix else None,
            "initial": kwargs.get("initial", {}).get("residence"),
        }

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed but what the page suggested itself."""
        data = as_typed(self, self.data)
        typed = [data[name] for name in ("given_name", "birth_date", "phone") if (data[name] or "").strip()]
        return (
            not typed and not is_unborn(data["relation"]) and (data["family_name"] or "") == (data["suggested"] or "")
        )

    def is_valid(self) -> bool:
        """Check the row and its residence."""
        return all([super().is_valid(), self.residence.is_valid()])

    @property
    def all_mistakes(self) -> list[Mistake]:
        """What is to mend in the row and its residence."""
        return [*self.mistakes, *self.residence.mistakes]


class ResidenceRow(ResidenceForm):
    """The residence of one member of the intake."""

    once = False
    sections = (Section("", ResidenceForm.residence_sections),)

    @property
    def is_told(self) -> bool:
        """Whether something other than "not asked" stands there, so that the page shows it unfolded."""
        shown = self["basis"].value()
        return bool(self.errors if self.is_bound else False) or shown not in {None, "", "not_asked"}


class NeedRow(Form):
    """A need of the household."""

    sections = (Section("", [("kind", "urgency"), "text"]),)
    kind = ListField("need_kinds", label=lazy("Anliegen"), searching=True, required=False)
    urgency = forms.TypedChoiceField(
        label=lazy("Dringlichkeit"), choices=Urgency.choices, coerce=int, initial=Urgency.SOON, required=False,
        empty_value=Urgency.SOON,
    )  # fmt: skip
    text = forms.CharField(label=lazy("Beschreibung"), max_length=300, required=False)

    def __init__(self, *args, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fill_lists(self, on=today)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("text") and not data.get("kind") and "kind" not in self.errors:
            self.add_error("kind", _("Bitte wählen Sie das Anliegen zu Ihrer Beschreibung aus."))
        return data


class CircumstancesForm(AccommodationFields, EconomyFields, Form):
    """What the intake asks once for the whole household."""

    once = True
    kind_required = False
    home = (
        "kind", ("street", "postcode", "city"), ("care_of", "district"), ("since", "must_leave_by"),
        ("reach", "shares_with"),
    )  # fmt: skip
    safe = ("is_blocked", "blocked_until")
    money = ("income_kinds", ("monthly_net", "yearly_chargeable"))
    sections = (
        Section(lazy("Jetzige Unterkunft"), [*home, *safe]),
        Section(
            lazy("Einkommen"), money, hint=lazy("Was nicht bekannt ist, bleibt leer. Leer heißt unbekannt, nicht null.")
        ),
        Section(lazy("Förderung"), ["programme"]),
    )
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=lazy("Programm"), required=False, empty_label=lazy("ohne Programm")
    )

    def __init__(self, *args, actor: Actor, today: date, **kwargs) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["programme"].queryset = programmes_of(actor, on=today)


class IntakeForm:
    """The rows of members and needs and the circumstances, as one form for the page."""

    is_multipart = False
    draft: Any = None

    def __init__(self, *, actor: Actor, today: date, data: QueryDict | None = None) -> None:
        self.actor, self.options = actor, {"today": today}
        self._read(data)

    def _read(self, data: QueryDict | None) -> None:
        options = self.options
        self.data = data
        self.circumstances = CircumstancesForm(data, actor=self.actor, **options)
        self.members = Rows(MemberRow, "person", most=MEMBERS_AT_MOST, suggest=_next_member, data=data, options=options)
        self.needs = Rows(NeedRow, "anliegen", most=12, data=data, options=options)

    def refill(self, data: QueryDict) -> None:
        """Show what was once typed, unchecked, as what the page begins with; the form's key stays new."""
        self._read(data)
        self.redraw()
        self.circumstances.initial.pop(idempotency.FIELD, None)
        self.data = None

    @property
    def asks_for_rows(self) -> bool:
        """Whether a button asked for a row more or less, and not for saving."""
        return self.members.asked or self.needs.asked

    def redraw(self) -> None:
        """Show everything as it was typed, with rows added or removed."""
        typed = as_typed(self.circumstances, self.data)
        self.circumstances = CircumstancesForm(initial=typed, actor=self.actor, **self.options)
        self.members.redraw()
        self.needs.redraw()

    @property
    def named_members(self) -> list[MemberRow]:
        """The rows in which somebody stands; the first always counts."""
        first, *others = self.members.forms or [None]
        return [row for row in (first, *(o for o in others if not o.is_untouched)) if row is not None]

    def is_valid(self) -> bool:
        """Check everything, also behind the first mistake."""
        self.members.forms = self.named_members
        parts = [*self.members.forms, *self.needs.forms, self.circumstances]
        return [part.is_valid() for part in parts].count(False) == 0

    @property
    def mistakes(self) -> list[Mistake]:
        """Everything to mend, in the order of the page."""
        return list(self._mistakes()) if self.circumstances.is_bound else []

    def _mistakes(self) -> Iterator[Mistake]:
        for message in self.circumstances.non_field_errors():
            yield Mistake("", "", str(message))
        for place, row in enumerate(self.members.forms, 1):
            for mistake in row.all_mistakes:
                label = _("Person %(number)d, %(label)s") % {"number": place, "label": mistake.label}
                yield Mistake(mistake.target, label, mistake.message)
        for row in (*self.needs.forms, self.circumstances):
            yield from (mistake for mistake in row.mistakes if mistake.target)

    def to_intake(self) -> IntakeData:
        """Return what was typed, checked."""
        data = self.circumstances.cleaned_data
        economy = self.circumstances.to_economy()
        return IntakeData(
            members=tuple(row.to_member(row.residence.to_residence()) for row in self.named_members),
            accommodation=AccommodationData(**self.circumstances.to_accommodation()) if data["kind"] else None,
            economy=EconomyData(**economy) if any(economy.values()) else None,
            needs=tuple(NeedData(**row.cleaned_data) for row in self.needs.forms if row.cleaned_data.get("kind")),
            programme=data["programme"],
        )


def _next_member(before: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the next member probably shares with the one before: name, languages, Bedarfsgemeinschaft."""
    if before is None:
        return {"relation": "self"}
    shared = {name: before.get(name) for name in ("family_name", "benefit_unit", *LANGUAGES[:2])}
    relation = before.get("relation") or ""
    is_child = (
        relation in lists.table("relation_kinds").keys and lists.table("relation_kinds").latest(relation).value["child"]
    )
    return {**shared, "suggested": shared["family_name"], "relation": relation if is_child else ""}
