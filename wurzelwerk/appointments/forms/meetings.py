"""Forms of appointments: one, a series, moving, cancelling."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.formats import local
from wurzelwerk.base.forms import ClockField, DayField, Form, Section, WholeNumberField, joined
from wurzelwerk.network.models import User

from ..actions import Meeting, SeriesChange
from ..enums import Every, Reach
from ..kinds import kind_of, kinds
from ..models import Place

LONGEST_MINUTES = 720
Choices = list[tuple[str, str]]


def kind_choices(*, on: date, kept: str = "") -> Choices:
    """Return the kinds valid on a day with their length; one that is stored stays choosable."""
    found = [(one.code, _("%(label)s (%(minutes)d Minuten)") % {"label": one.label, "minutes": one.minutes})
             for one in kinds(on=on)]  # fmt: skip
    if kept and kept not in dict(found):
        found.append((kept, kind_of(kept).label))
    return [("", _("Bitte auswählen")), *found]


class RoomField(forms.ModelChoiceField):
    """One of the house's rooms, site by site; empty for anywhere else."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", lazy("Raum"))
        super().__init__(Place.objects.none(), required=False, empty_label=lazy("kein Raum des Hauses"), **kwargs)

    def label_from_instance(self, obj: Place) -> str:
        """Name the room with its site and what it offers."""
        seats = _(" (%(seats)d Plätze)") % {"seats": obj.seats} if obj.seats else ""
        return f"{obj.name}{seats}, {obj.site.name}"


def invites_field() -> forms.BooleanField:
    """Return the switch of invitations by mail."""
    return forms.BooleanField(
        label=lazy("Einladung verschicken"), required=False,
        help_text=lazy("Per E-Mail an die Kollegin oder den Kollegen und die Sprachmittlung: nur Zeit und Ort."),
    )  # fmt: skip


class MeetingForm(Form):
    """What is agreed: kind, when, how long, with whom, where. `double` shows itself only where the host is taken."""

    kind = forms.ChoiceField(label=lazy("Art"))
    day = DayField(label=lazy("Am"))
    time = ClockField(label=lazy("Beginn"))
    minutes = WholeNumberField(
        label=lazy("Dauer in Minuten"), required=False, minimum=5, maximum=LONGEST_MINUTES,
        help_text=lazy("Leer: wie bei der Art vorgeschlagen"),
    )  # fmt: skip
    host = forms.ModelChoiceField(User.objects.none(), label=lazy("Mit"), empty_label=None)
    room = RoomField()
    place = forms.CharField(
        label=lazy("Ort"), max_length=200, required=False,
        help_text=lazy(
            "Nur, wenn kein Raum gewählt ist. Bleibt im Haus und auf dem Terminzettel: Nachrichten, Links und Kalender "
            "nennen nur Räume und Standorte, sonst „wie vereinbart“."
        ),
    )  # fmt: skip
    double = forms.BooleanField(
        label=lazy("Trotzdem vereinbaren, obwohl dann schon etwas eingetragen ist"), required=False,
        widget=forms.HiddenInput,
    )  # fmt: skip

    def __init__(self, *args, team: QuerySet[User], rooms: QuerySet[Place], today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices(on=today, kept=str(self.initial.get("kind") or ""))
        self.fields["host"].queryset = team
        self.fields["host"].label_from_instance = lambda user: user.display_name
        if rooms.exists():
            self.fields["room"].queryset = rooms
        else:
            del self.fields["room"]

    def add_error(self, field: str | None, error: Any) -> None:
        """Show the question whether it shall be all the same, when it is asked."""
        if field == "double":
            self.fields["double"].widget = forms.CheckboxInput()
            self._bound_fields_cache.pop("double", None)
        super().add_error(field, error)

    def clean(self) -> dict[str, Any]:
        """A kind that takes place in a room needs one, or words for where else."""
        data = super().clean()
        kind = kind_of(data.get("kind") or "")
        if kind.needs_room and "room" in self.fields and not data.get("room") and not data.get("place", "").strip():
            self.add_error("room", _("Bitte einen Raum wählen oder den Ort in Worten angeben."))
        return data

    @property
    def length(self) -> int:
        """How many minutes: as typed, else the kind's own."""
        return self.cleaned_data["minutes"] or kind_of(self.cleaned_data["kind"]).minutes

    def to_meeting(self) -> Meeting:
        """Return what is agreed."""
        data = self.cleaned_data
        starts_at: datetime = joined(data["day"], data["time"])
        ends_at = starts_at + timedelta(minutes=self.length)
        return Meeting(data["kind"], starts_at, ends_at, data["host"], data.get("room"), data["place"])


class AppointmentForm(MeetingForm):
    """A new appointment."""

    once = True
    sections = (Section("", ["kind", ("day", "time", "minutes"), "host", "room", "place", "invites", "double"]),)
    invites = invites_field()


class ChangeForm(MeetingForm):
    """An appointment is changed or put to another time."""

    sections = (
        Section("", ["kind", ("day", "time", "minutes"), "host", "room", "place"]),
        Section("", ["reason", "double"]),
    )
    reason = forms.CharField(
        label=lazy("Grund, wenn der Termin verlegt wird"), max_length=200, required=False,
        help_text=lazy("Zum Beispiel: auf Wunsch der Familie"),
    )  # fmt: skip


def shown_values(meeting: Meeting) -> dict[str, Any]:
    """Return what a change begins with, by field."""
    starts = local(meeting.starts_at)
    return {
        "kind": meeting.kind, "day": starts.date(), "time": starts.time(), "minutes": meeting.span.minutes,
        "host": meeting.host.pk, "room": meeting.room.pk if meeting.room else None,
        "place": "" if meeting.room else meeting.place,
    }  # fmt: skip


class SeriesForm(MeetingForm):
    """Appointments in a rhythm, until a day or a number of times."""

    once = True
    sections = (
        Section("", ["kind", ("day", "time", "minutes"), "host", "room", "place"]),
        Section(lazy("Wiederholung"), ["every", ("until", "times"), "invites", "double"],
                hint=lazy("Feiertage werden ausgelassen. Die Uhrzeit bleibt, auch wenn die Uhren umgestellt werden.")),
    )  # fmt: skip
    every = forms.ChoiceField(label=lazy("Wie oft"), choices=Every.choices, initial=Every.WEEK)
    until = DayField(label=lazy("Bis einschließlich"), required=False)
    times = WholeNumberField(label=lazy("oder so viele Termine"), required=False, minimum=2, maximum=60)
    invites = invites_field()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = _("Zum ersten Mal am")


class ReachForm(Form):
    """Which appointments of a series are meant."""

    once = True
    reach = forms.ChoiceField(label=lazy("Was soll abgesagt werden?"), choices=Reach.choices, initial=Reach.ONE,
                              widget=forms.RadioSelect)  # fmt: skip


class SeriesChangeForm(MeetingForm):
    """Time, length, colleague and place of a series, from one appointment on or of all."""

    sections = (Section("", ["reach", "kind", ("time", "minutes"), "host", "room", "place", "double"]),)
    reach = forms.ChoiceField(
        label=lazy("Welche Termine?"), widget=forms.RadioSelect, initial=Reach.FOLLOWING,
        choices=[choice for choice in Reach.choices if choice[0] != Reach.ONE],
    )  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["day"]

    def to_change(self) -> SeriesChange:
        """Return what the series is changed to."""
        data = self.cleaned_data
        return SeriesChange(data["kind"], data["time"], self.length, data["host"], data.get("room"), data["place"])
