"""Forms of the daily work: journal entry and appointment."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock
from wurzelwerk.base.forms import ClockField, DayField, Form, Section, WholeNumberField, joined
from wurzelwerk.cases import lists
from wurzelwerk.cases.models import HouseholdMember
from wurzelwerk.network.models import User

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


class AppointmentForm(Form):
    """A meeting: kind, when, how long, where, with whom."""

    once = True
    sections = (Section("", ["kind", ("day", "time", "minutes"), "place", "host"]),)
    kind = ListField("appointment_kinds", label=lazy("Art"))
    day = DayField(label=lazy("Am"))
    time = ClockField(label=lazy("Beginn"))
    minutes = WholeNumberField(label=lazy("Dauer in Minuten"), required=False, minimum=5, maximum=LONGEST_TALK)
    place = forms.CharField(label=lazy("Ort"), max_length=200, required=False)
    host = forms.ModelChoiceField(User.objects.none(), label=lazy("Mit"), empty_label=None)

    def __init__(self, *args, team: QuerySet[User], today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fill_lists(self, on=today)
        rows = lists.table("appointment_kinds").all_on(today)
        self.proposed = {row.key: int(row.value["minutes"]) for row in rows}
        self.fields["kind"].choices = [
            ("", _("Bitte auswählen")),
            *(
                (
                    row.key,
                    _("%(label)s (%(minutes)d Minuten)")
                    % {"label": row.value["label"], "minutes": row.value["minutes"]},
                )
                for row in rows
            ),
        ]
        self.fields["minutes"].help_text = _("Leer: wie bei der Art vorgeschlagen")
        self.fields["host"].queryset = team
        self.fields["host"].label_from_instance = lambda user: user.display_name

    def times(self) -> tuple[datetime, datetime]:
        """Return beginning and end; the length is the kind's own where none was typed."""
        data = self.cleaned_data
        starts_at = joined(data["day"], data["time"])
        return starts_at, starts_at + timedelta(minutes=data["minutes"] or self.proposed[data["kind"]])
