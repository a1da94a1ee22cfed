"""Form of the daily work: a journal entry."""

from datetime import date, datetime, time

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock
from wurzelwerk.base.forms import ClockField, DayField, Form, Section, WholeNumberField, joined
from wurzelwerk.cases.models import HouseholdMember

from .choosing import ListField, fill_lists

LONGEST_TALK = 720


class NoteForm(Form):
    """A journal entry."""

    once = True
    sections = (
        Section("", [("kind", "theme"), ("day", "time", "minutes")]),
        Section(lazy("Wer war dabei?"), ["participants", "interpreter"]),
        Section(lazy("Was ist festzuhalten?"), ["text"]),
    )
    kind = ListField("journal_kinds", label=lazy("Art"))
    theme = ListField("journal_themes", label=lazy("Thema"))
    day = DayField(label=lazy("Am"), latest=clock.today)
    time = ClockField(label=lazy("Um"), required=False)
    minutes = WholeNumberField(
        label=lazy("Arbeitszeit in Minuten"),
        required=False,
        minimum=1,
        maximum=LONGEST_TALK,
        help_text=lazy("Mit Vor- und Nachbereitung"),
    )
    participants = forms.MultipleChoiceField(
        label=lazy("Beteiligte aus dem Haushalt"), required=False, widget=forms.CheckboxSelectMultiple
    )
    interpreter = forms.BooleanField(label=lazy("mit Sprachmittlung"), required=False)
    text = forms.CharField(
        label=lazy("Eintrag"),
        max_length=20000,
        widget=forms.Textarea({"rows": 8}),
        help_text=lazy("Das Journal liest nur Ihr Team. Es wird nie weitergegeben."),
    )

    def __init__(self, *args, members: list[HouseholdMember], today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fill_lists(self, on=today)
        self.fields["participants"].choices = [(str(m.person_id), m.person.name) for m in members]
        self.fields["participants"].error_messages["invalid_choice"] = _(
            "Eine der Personen gehört nicht zu diesem Haushalt."
        )

    def occurred_at(self, *, at: datetime) -> datetime:
        """Return when it took place; without a time of day the present one, or noon of a former day."""
        day, hour = self.cleaned_data["day"], self.cleaned_data["time"]
        if hour is None:
            return at if day == clock.local_day(at) else joined(day, time(12))
        return joined(day, hour)
