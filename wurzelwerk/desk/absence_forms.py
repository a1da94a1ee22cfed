"""Forms of absence and cover."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.forms import Combobox, DayField, Form, Section
from wurzelwerk.cases.models import Case
from wurzelwerk.network.enums import AbsenceKind
from wurzelwerk.network.models import Absence, User

COVERS = ("cover_1", "cover_2", "cover_3")


class AbsenceForm(Form):
    """Who is away from when to when, why, and who stands in."""

    once = True
    several = (COVERS,)
    sections = (
        Section("", ["user", "kind", ("starts_on", "ends_on")]),
        Section(
            lazy("Wer vertritt?"),
            list(COVERS),
            hint=lazy("Die Vertretung sieht Termine, Aufgaben, Fristen und Überweisungen auf ihrer Seite „Heute“."),
        ),
    )
    user = forms.ChoiceField(label=lazy("Wer ist abwesend?"), widget=Combobox)
    kind = forms.ChoiceField(
        label=lazy("Art"), choices=[("", lazy("Bitte auswählen")), *AbsenceKind.choices],
        help_text=lazy("Die Art sehen nur die Person selbst und ihre Teamleitung."),
    )  # fmt: skip
    starts_on = DayField(label=lazy("Vom"))
    ends_on = DayField(label=lazy("Bis einschließlich"))
    cover_1 = forms.ChoiceField(label=lazy("Vertretung"), required=False, widget=Combobox)
    cover_2 = forms.ChoiceField(label=lazy("Weitere Vertretung"), required=False, widget=Combobox)
    cover_3 = forms.ChoiceField(label=lazy("Noch eine Vertretung"), required=False, widget=Combobox)

    def __init__(self, *args, whose: Sequence[User], team: Iterable[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in team}
        self.whose = {str(user.pk): user for user in whose}
        if len(self.whose) > 1:
            self.fields["user"].choices = [(pk, user.display_name) for pk, user in self.whose.items()]
        else:
            del self.fields["user"]
        nobody = [("", _("niemand"))]
        for name in COVERS:
            self.fields[name].choices = [*nobody, *((pk, one.display_name) for pk, one in self.people.items())]

    def to_absence(self) -> dict[str, Any]:
        """Return what was typed, as arguments of the actions, without the person."""
        data = self.cleaned_data
        covers = [self.people[data[name]] for name in COVERS if data[name]]
        return {"kind": data["kind"], "starts_on": data["starts_on"], "ends_on": data["ends_on"], "covers": covers}

    def person(self, otherwise: User) -> User:
        """Return who is away."""
        return self.whose[self.cleaned_data["user"]] if "user" in self.fields else otherwise


def stored(absence: Absence) -> dict[str, Any]:
    """Return an absence as its form begins."""
    covers = [str(cover.user_id) for cover in absence.covers.filter(case__isnull=True)]
    values = {"kind": absence.kind, "starts_on": absence.starts_on, "ends_on": absence.ends_on}
    return values | dict(zip(COVERS, [*covers, "", "", ""], strict=False))


class CoverForm(Form):
    """Who stands in for a single case, and until when."""

    once = True
    user = forms.ChoiceField(
        label=lazy("Wer vertritt?"),
        widget=Combobox,
        error_messages={"invalid_choice": lazy("Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen.")},
    )
    until = DayField(
        label=lazy("Bis einschließlich"),
        required=False,
        help_text=lazy("Leer: solange die Abwesenheit dauert. Danach gilt wieder die allgemeine Vertretung."),
    )

    def __init__(self, *args, team: Iterable[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in team}
        self.fields["user"].choices = [(pk, one.display_name) for pk, one in self.people.items()]

    def person(self) -> User:
        """Return who was chosen."""
        return self.people[self.cleaned_data["user"]]


class CaseCoversForm(Form):
    """Who stands in for single cases; an empty choice leaves a case to those who cover for everything."""

    once = True

    def __init__(
        self, *args, cases: Sequence[tuple[Case, str]], team: Iterable[User], otherwise: str, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in team}
        self.cases = {f"fall_{case.pk.hex}": case for case, _label in cases}
        choices = [("", otherwise), *((pk, one.display_name) for pk, one in self.people.items())]
        for case, label in cases:
            self.fields[f"fall_{case.pk.hex}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, widget=Combobox
            )
            self.fields[f"fall_{case.pk.hex}"].error_messages["invalid_choice"] = _(
                "Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen."
            )

    def to_covers(self) -> dict[Case, User | None]:
        """Return the cases whose cover was changed."""
        changed = {name for name in self.changed_data if name in self.cases}
        return {self.cases[name]: self.people.get(self.cleaned_data[name]) for name in changed}
