"""Forms of rooms, hours and time without a household."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.formats import WEEKDAYS, local
from wurzelwerk.base.forms import (
    ClockField,
    DayField,
    Form,
    NumberField,
    Section,
    UploadField,
    WholeNumberField,
    joined,
)
from wurzelwerk.cases import lists
from wurzelwerk.network.models import Site, User

from ..actions import HoursData, PlaceData
from ..enums import InterpreterState, OwnKind, StepFree
from ..models import Hours, OwnTime, Place
from ..sketches import ENDINGS, MEGABYTES
from ..spans import Span
from .meetings import LONGEST_MINUTES, RoomField

TIMES_A_DAY = 2
ENDS = ("", "_2")


class PlaceForm(Form):
    """A room of a site."""

    sections = (
        Section("", ["site", ("name", "seats", "step_free")]),
        Section(lazy("Der Weg dorthin"), ["way", ("latitude", "longitude")],
                hint=lazy("Steht auf dem Terminzettel, in der Sprache der Person erklärt.")),
    )  # fmt: skip
    site = forms.ModelChoiceField(Site.objects.none(), label=lazy("Standort"), empty_label=None)
    name = forms.CharField(
        label=lazy("Name oder Nummer"), max_length=80,
        help_text=lazy("Steht in Erinnerungen und auf Links: bitte ohne Thema und ohne Art der Hilfe."),
    )  # fmt: skip
    seats = WholeNumberField(label=lazy("Plätze"), required=False, minimum=1, maximum=500)
    step_free = forms.ChoiceField(label=lazy("Ohne Stufen erreichbar"), choices=StepFree.choices)
    way = forms.CharField(
        label=lazy("In Worten"), max_length=600, required=False,
        help_text=lazy("Zum Beispiel: U43 bis Nordmarkt, Eingang im Hof, zweiter Stock, Aufzug links"),
    )  # fmt: skip
    latitude = NumberField(label=lazy("Breitengrad"), required=False, minimum=-90, maximum=90, places=6)
    longitude = NumberField(label=lazy("Längengrad"), required=False, minimum=-180, maximum=180, places=6)

    def __init__(self, *args, sites: QuerySet[Site], fixed: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites
        if fixed:
            del self.fields["site"]

    def to_data(self) -> PlaceData:
        """Return what is known of the room."""
        data = self.cleaned_data
        names = ("name", "seats", "step_free", "way", "latitude", "longitude")
        return PlaceData(**{name: data[name] for name in names})


def stored_place(place: Place) -> dict[str, Any]:
    """Return what a change of a room begins with."""
    names = ("name", "seats", "step_free", "way", "latitude", "longitude")
    return {name: getattr(place, name) for name in names}


class SketchForm(Form):
    """A picture of the way to a room."""

    once = True
    picture = UploadField(label=lazy("Bild oder Skizze"), endings=ENDINGS, megabytes=MEGABYTES)
    said = forms.CharField(
        label=lazy("Was ist zu sehen?"), max_length=300,
        help_text=lazy("Wird vorgelesen, wo das Bild nicht zu sehen ist. Zum Beispiel: Durch das grüne Tor in den Hof"),
    )  # fmt: skip


class HoursForm(Form):
    """Up to two stretches on each day of the week."""

    marks_optional = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for weekday, number in _cells():
            many = number > 1
            for part, label in (("starts", _("von")), ("ends", _("bis"))):
                self.fields[f"{part}_{weekday}{'_2' if many else ''}"] = ClockField(
                    label=_("%(day)s, %(which)s%(part)s")
                    % {"day": WEEKDAYS[weekday][:2], "which": _("auch ") if many else "", "part": label},
                    required=False,
                    help_text="",
                )
        self.sections = [
            Section(
                WEEKDAYS[weekday],
                [tuple(f"{part}_{weekday}{end}" for end in ("", "_2") for part in ("starts", "ends"))],
            )
            for weekday in range(7)
        ]

    def clean(self) -> dict[str, Any]:
        """A beginning needs an end, and the other way round."""
        data = super().clean()
        for weekday, number in _cells():
            end = "_2" if number > 1 else ""
            starts, ends = f"starts_{weekday}{end}", f"ends_{weekday}{end}"
            if bool(data.get(starts)) != bool(data.get(ends)) and starts not in self.errors and ends not in self.errors:
                self.add_error(ends if data.get(starts) else starts, _("Bitte Beginn und Ende angeben."))
        return data

    def rows(self) -> list[HoursData]:
        """Return the hours that were typed."""
        data = self.cleaned_data
        found = []
        for weekday, number in _cells():
            end = "_2" if number > 1 else ""
            if data.get(f"starts_{weekday}{end}"):
                found.append(HoursData(weekday, data[f"starts_{weekday}{end}"], data[f"ends_{weekday}{end}"]))
        return found


def _cells() -> Iterable[tuple[int, int]]:
    return ((weekday, number) for weekday in range(7) for number in range(1, TIMES_A_DAY + 1))


def stored_hours(rows: Iterable[Hours]) -> dict[str, Any]:
    """Return what a change of hours begins with, by field."""
    found: dict[str, Any] = {}
    for row in rows:
        end = "" if f"starts_{row.weekday}" not in found else "_2"
        found[f"starts_{row.weekday}{end}"], found[f"ends_{row.weekday}{end}"] = row.starts, row.ends
    return found


class OwnTimeForm(Form):
    """Time without a household."""

    sections = (Section("", [("kind", "title"), ("day", "time", "minutes"), "people", "room"]),)
    kind = forms.ChoiceField(label=lazy("Art"), choices=OwnKind.choices)
    title = forms.CharField(
        label=lazy("Worum es geht"), max_length=120, required=False,
        help_text=lazy("Lesen nur, die dabei sind; alle anderen sehen „belegt“. Bitte keine Namen von Ratsuchenden."),
    )  # fmt: skip
    day = DayField(label=lazy("Am"))
    time = ClockField(label=lazy("Beginn"))
    minutes = WholeNumberField(label=lazy("Dauer in Minuten"), minimum=5, maximum=LONGEST_MINUTES)
    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=lazy("Wer ist dabei?"), widget=forms.CheckboxSelectMultiple
    )
    room = RoomField()

    def __init__(self, *args, team: QuerySet[User], rooms: QuerySet[Place], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = team
        self.fields["people"].label_from_instance = lambda user: user.display_name
        if rooms.exists():
            self.fields["room"].queryset = rooms
        else:
            del self.fields["room"]

    def values(self) -> dict[str, Any]:
        """Return what `keep_own_time` takes."""
        data = self.cleaned_data
        starts_at = joined(data["day"], data["time"])
        return {
            "kind": data["kind"], "title": data["title"], "people": list(data["people"]), "room": data.get("room"),
            "span": Span(starts_at, starts_at + timedelta(minutes=data["minutes"])),
        }  # fmt: skip


class NewOwnTimeForm(OwnTimeForm):
    """New time without a household."""

    once = True


def stored_own_time(own: OwnTime) -> dict[str, Any]:
    """Return what a change begins with."""
    starts = local(own.starts_at)
    return {
        "kind": own.kind, "title": own.title, "day": starts.date(), "time": starts.time(),
        "minutes": Span(own.starts_at, own.ends_at).minutes,
        "people": [person.pk for person in own.people.all()], "room": own.place_id,
    }  # fmt: skip


class InterpreterForm(Form):
    """Somebody is asked to interpret."""

    once = True
    sections = (Section("", [("language", "service"), "free_of_charge"]),)
    language = forms.ChoiceField(label=lazy("Sprache"))
    service = forms.CharField(
        label=lazy("Angefragt bei"), max_length=120, required=False, help_text=lazy("Dienst oder Person, wenn bekannt")
    )
    free_of_charge = forms.BooleanField(label=lazy("kostenfrei"), required=False, initial=True)

    def __init__(self, *args, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("Bitte auswählen")), *lists.choices("languages", on=today)]


class AnswerForm(Form):
    """The answer to a request: who comes, or nobody."""

    once = True
    state = forms.ChoiceField(
        label=lazy("Antwort"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (InterpreterState.CONFIRMED, InterpreterState.REFUSED)],
    )  # fmt: skip
    who = forms.CharField(
        label=lazy("Wer kommt?"), max_length=120, required=False, help_text=lazy("Dienst oder Person, bei einer Zusage")
    )
    email = forms.EmailField(
        label=lazy("E-Mail für die Einladung"), required=False,
        help_text=lazy("Nur nötig, wenn eine Einladung verschickt werden soll; sie nennt nur Zeit und Ort."),
    )  # fmt: skip


class FeedForm(Form):
    """An address for the own calendar."""

    once = True
    names = forms.BooleanField(
        label=lazy("Namen der Haushalte mitgeben"), required=False,
        help_text=lazy(
            "Nur ankreuzen, wenn Ihr Kalenderprogramm dienstlich ist und niemand anders hineinsieht. Sonst heißen die "
            "Termine „Beratung“, und niemand erfährt, mit wem."
        ),
    )  # fmt: skip
