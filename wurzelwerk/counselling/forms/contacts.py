"""Forms of short contacts: one, an open hour full of them, a period to count."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock, formats
from wurzelwerk.base.forms import ClockField, DayField, Form, WholeNumberField, joined
from wurzelwerk.base.forms import Mistake as FormMistake
from wurzelwerk.cases import lists
from wurzelwerk.cases.actions import ContactGroup
from wurzelwerk.cases.enums import Channel
from wurzelwerk.cases.models.contact import LINE_LENGTH, LONGEST_MINUTES
from wurzelwerk.cases.rules import CONTACTS_AN_HOUR

from .choosing import ListField, fill_lists
from .rows import Rows, as_typed

FIRST_ROWS, MOST_ROWS, ROW_MINUTES = 4, 20, 10


def _language() -> ListField:
    return ListField("languages", label=lazy("Sprache"), required=False)


def _fill(form: Form, *, on: date) -> None:
    fill_lists(form, on=on)
    form.fields["language"].choices = [("", _("nicht erfragt")), *lists.choices("languages", on=on)]


class ContactForm(Form):
    """Somebody without a name: five fields, of which three are filled in already."""

    once = True
    marks_optional = False
    topic = ListField("journal_themes", label=lazy("Thema"))
    language = _language()
    minutes = WholeNumberField(label=lazy("Minuten"), minimum=1, maximum=LONGEST_MINUTES)
    channel = forms.ChoiceField(label=lazy("Wie gekommen"), choices=Channel.choices)
    line = forms.CharField(
        label=lazy("Eine Zeile dazu"),
        max_length=LINE_LENGTH,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    day = DayField(label=lazy("Am"), required=False, latest=clock.today)
    time = ClockField(label=lazy("Um"), required=False)

    def __init__(self, *args, today: date, focus: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _fill(self, on=today)
        days = lists.number("contact_rules", "line_days", on=today)
        self.fields["line"].help_text = _(
            "Kann leer bleiben. Kein Name, keine Nummer. Wird nach %(days)d Tagen gelöscht."
        ) % {"days": days}
        if focus:
            self.fields["topic"].widget.attrs["autofocus"] = True

    def clean(self) -> dict:
        data = super().clean()
        if data.get("time") and not data.get("day") and "day" not in self.errors:
            data["day"] = clock.today()
        return data

    @property
    def was_earlier(self) -> bool:
        """Whether another time than now was typed, so that its fields are to be seen."""
        return self.is_bound and bool(self.data.get("day") or self.data.get("time"))

    def to_contact(self, *, at: datetime) -> dict[str, Any]:
        """Return what was typed, as arguments of `record_contact`; `at` where no other time was said."""
        data = self.cleaned_data
        names = ("topic", "language", "minutes", "channel", "line")
        return {name: data[name] for name in names} | {"occurred_at": self._occurred_at(at)}

    def _occurred_at(self, at: datetime) -> datetime:
        day, hour = self.cleaned_data["day"], self.cleaned_data["time"]
        if day is None or (hour is None and day == clock.local_day(at)):
            return at
        return joined(day, hour or time(12))


class GroupRow(Form):
    """So many with the same topic and language; a row without topic and number counts as empty."""

    marks_optional = False
    topic = ListField("journal_themes", label=lazy("Thema"), required=False)
    language = _language()
    number = WholeNumberField(label=lazy("Anzahl"), minimum=1, maximum=CONTACTS_AN_HOUR, required=False)
    minutes = WholeNumberField(label=lazy("Minuten je Kontakt"), minimum=1, maximum=LONGEST_MINUTES, required=False)

    def __init__(self, *args, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _fill(self, on=today)

    @property
    def is_empty(self) -> bool:
        """Whether nobody is meant by this row."""
        return not any(self.data.get(self.add_prefix(name), "").strip() for name in ("topic", "number", "language"))

    def clean(self) -> dict:
        data = super().clean()
        for name, sentence in (
            ("topic", _("Bitte „Thema“ auswählen.")),
            ("number", _("Bitte „Anzahl“ angeben.")),
            ("minutes", _("Bitte „Minuten je Kontakt“ angeben.")),
        ):
            if not self.is_empty and not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return data

    def to_group(self) -> ContactGroup:
        """Return what was typed."""
        return ContactGroup(**{name: self.cleaned_data[name] for name in ("topic", "number", "minutes", "language")})


class HourForm(Form):
    """When the open consultation hour was."""

    once = True
    day = DayField(label=lazy("Am"), latest=clock.today, help_text="")
    starts = ClockField(label=lazy("Von"), help_text="")
    ends = ClockField(label=lazy("Bis"), help_text="")


class OpenHourForm:
    """The hour and its rows, as one form for the page."""

    is_multipart = False

    def __init__(self, *, today: date, data: QueryDict | None = None, initial: Mapping[str, Any] | None = None) -> None:
        self.data = data
        self.hour = HourForm(data, initial=dict(initial or {}))
        self.rows = Rows(
            GroupRow, "gruppe", start=FIRST_ROWS, most=MOST_ROWS, suggest=lambda _before: {"minutes": ROW_MINUTES},
            data=data, options={"today": today},
        )  # fmt: skip

    @property
    def asks_for_rows(self) -> bool:
        """Whether a button asked for another row, and not for saving."""
        return self.rows.asked

    def redraw(self) -> None:
        """Show everything as it was typed, with a row more."""
        self.hour = HourForm(initial=as_typed(self.hour, self.data))
        self.rows.redraw()

    def is_valid(self) -> bool:
        """Check everything, also behind the first mistake."""
        right = [self.hour.is_valid(), self.rows.is_valid()]
        if all(right) and not self.groups:
            self.hour.add_error(None, _("Bitte tragen Sie mindestens einen Kontakt ein."))
        return self.hour.is_valid() and all(right)

    @property
    def groups(self) -> list[ContactGroup]:
        """The rows in which somebody is meant; after `is_valid`."""
        return [row.to_group() for row in self.rows.forms if not row.is_empty]

    def times(self) -> tuple[datetime, datetime]:
        """Return beginning and end."""
        data = self.hour.cleaned_data
        return joined(data["day"], data["starts"]), joined(data["day"], data["ends"])

    @property
    def mistakes(self) -> list[FormMistake]:
        """Everything to mend, in the order of the page."""
        return list(self._mistakes()) if self.hour.is_bound else []

    def _mistakes(self) -> Iterator[FormMistake]:
        yield from self.hour.mistakes
        for place, row in enumerate(self.rows.forms, 1):
            for mistake in row.mistakes:
                yield FormMistake(mistake.target, _("Zeile %(number)d") % {"number": place}, mistake.message)


class PeriodForm(Form):
    """From when to when contacts are counted; what the address leaves out comes from `period`."""

    marks_optional = False
    von = DayField(label=lazy("Von"), help_text="")
    bis = DayField(label=lazy("Bis"), help_text="")

    def __init__(self, params: QueryDict, *, period: tuple[date, date]) -> None:
        proposed = {"von": formats.day(period[0]), "bis": formats.day(period[1])}
        super().__init__(proposed | {name: params[name] for name in proposed if name in params})

    def clean(self) -> dict:
        data = super().clean()
        if data.get("von") and data.get("bis") and data["bis"] < data["von"]:
            self.add_error("bis", _("Das Ende liegt vor dem Beginn. Bitte ein späteres Datum angeben."))
        return data
