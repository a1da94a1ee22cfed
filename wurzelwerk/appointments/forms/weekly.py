"""The form of time that comes back every week."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.formats import WEEKDAYS
from wurzelwerk.base.forms import ClockField, DayField, Form, Section

from ..actions import WeeklyData
from ..enums import OwnKind
from ..models import WeeklyTime

NAMES = ("kind", "title", "weekday", "starts", "ends", "first_on", "last_on")


class WeeklyTimeForm(Form):
    """When, every week, and what for."""

    sections = (
        Section("", [("kind", "title"), ("weekday", "starts", "ends")]),
        Section(lazy("Von wann bis wann?"), [("first_on", "last_on")]),
    )
    kind = forms.ChoiceField(label=lazy("Art"), choices=OwnKind.choices)
    title = forms.CharField(
        label=lazy("Worum es geht"), max_length=120, required=False,
        help_text=lazy("Lesen nur Sie; alle anderen sehen „belegt“. Bitte keine Namen von Ratsuchenden."),
    )  # fmt: skip
    weekday = forms.TypedChoiceField(label=lazy("Jeden"), choices=list(enumerate(WEEKDAYS)), coerce=int)
    starts = ClockField(label=lazy("Von"))
    ends = ClockField(label=lazy("Bis"))
    first_on = DayField(label=lazy("Ab"))
    last_on = DayField(label=lazy("Bis einschließlich"), required=False, help_text=lazy("Leer: bis auf Weiteres"))

    def to_data(self) -> WeeklyData:
        """Return what was typed."""
        return WeeklyData(**{name: self.cleaned_data[name] for name in NAMES})


class NewWeeklyTimeForm(WeeklyTimeForm):
    """New time of every week."""

    once = True


def stored_weekly(row: WeeklyTime) -> dict[str, Any]:
    """Return what a change begins with."""
    return {name: getattr(row, name) for name in NAMES}
