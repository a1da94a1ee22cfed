"""Forms of the journal: an entry, what of the journal is shown."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import asked, clock
from wurzelwerk.base.fields import joined
from wurzelwerk.base.formats import local
from wurzelwerk.base.forms import ClockField, DayField, Form, Section, WholeNumberField
from wurzelwerk.base.ids import new_id
from wurzelwerk.base.tables import FilterForm
from wurzelwerk.cases import lists
from wurzelwerk.cases.actions import DocumentData, NoteMore
from wurzelwerk.cases.document_files import Prepared
from wurzelwerk.cases.models import HouseholdMember, Note
from wurzelwerk.cases.models.documents import TITLE_LENGTH
from wurzelwerk.cases.models.work import OTHERS_LENGTH

from .choosing import ListField, fill_lists
from .documents import FilesMixin, files_field

LONGEST_TALK = 720
EVERYTHING = ("", lazy("alle"))
MORE = ("travel_minutes", "travel_km", "interpreter_language", "others")


class NoteForm(Form):
    """A journal entry: first one large field to write or speak into, then what else belongs to it."""

    once = True
    fresh = ("kennung",)
    sections = (
        Section("", ["text"]),
        Section(lazy("Art und Zeit"), [("kind", "theme"), ("day", "time", "minutes")]),
        Section(lazy("Wer war dabei?"), ["participants", "others", ("interpreter", "interpreter_language")]),
        Section(lazy("Weg dorthin und zurück"), [("travel_minutes", "travel_km")]),
    )
    text = forms.CharField(
        label=lazy("Eintrag"),
        max_length=20000,
        widget=forms.Textarea({"rows": 10, "class": "ww-writing"}),
        help_text=lazy("Das Journal liest nur Ihr Team. Es wird nie weitergegeben."),
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
        help_text=lazy("Mit Vor- und Nachbereitung, ohne Fahrt"),
    )
    participants = forms.MultipleChoiceField(
        label=lazy("Beteiligte aus dem Haushalt"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=lazy("Weitere Beteiligte"),
        max_length=OTHERS_LENGTH,
        required=False,
        help_text=lazy("Kolleginnen und Kollegen, andere Stellen, zum Beispiel: Bernd Krüger; Frau Yilmaz, Jobcenter"),
    )
    interpreter = forms.BooleanField(label=lazy("mit Sprachmittlung"), required=False)
    interpreter_language = ListField("languages", label=lazy("Gedolmetscht auf"), searching=True, required=False)
    travel_minutes = WholeNumberField(
        label=lazy("Fahrtzeit in Minuten"), required=False, minimum=1, maximum=LONGEST_TALK
    )
    travel_km = WholeNumberField(label=lazy("Kilometer"), required=False, minimum=1, maximum=2000)
    kennung = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=new_id)

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

    def to_note(self, *, at: datetime) -> dict[str, Any]:
        """Return what was typed, as arguments of `write_note` and `change_note`."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("kind", "theme", "text", "minutes", "interpreter")},
            "occurred_at": self.occurred_at(at=at),
            "participants": [UUID(pk) for pk in data["participants"]],
            "more": NoteMore(**{name: data[name] for name in MORE}),
        }


class NewNoteForm(FilesMixin, NoteForm):
    """A new entry, with documents attached to it."""

    sections = (*NoteForm.sections, Section(lazy("Anlagen"), ["files"]))
    prepared: Sequence[Prepared] = ()

    def __init__(self, *args, attaches: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if attaches:
            self.fields["files"] = files_field(label=_("Dateien, Fotos"), required=False)

    def clean(self) -> None:
        """A page that comes back cannot hold chosen files: it says that they have to be chosen again."""
        super().clean()
        if self.errors and self.files and "files" not in self.errors and "files" in self.fields:
            self.add_error("files", _("Bitte wählen Sie die Anlagen noch einmal aus."))

    def to_documents(self, *, on: date) -> list[tuple[Prepared, DocumentData]]:
        """Return each attached file with what is said of it at first."""
        return [
            (
                file,
                DocumentData(
                    title=(file.title or _("Anlage"))[:TITLE_LENGTH],
                    kind="photo" if file.type.content_type.startswith("image/") else "other",
                    received_on=on,
                ),
            )
            for file in self.prepared
        ]


def begins_of(note: Note) -> dict[str, Any]:
    """Return the stored values of an entry as its form begins with them."""
    reason = "who took part, for the entry's own form"
    present = note.participants.for_system(reason=reason).values_list("pk", flat=True)
    names = ("kind", "theme", "text", "minutes", "interpreter", *MORE)
    return {
        **{name: getattr(note, name) for name in names},
        "day": clock.local_day(note.occurred_at),
        "time": local(note.occurred_at).time().replace(second=0, microsecond=0),
        "participants": [str(pk) for pk in present],
    }


class JournalFilter(FilterForm):
    """What of the journal is shown. `merk` names a text that the session keeps (ADR 0011)."""

    theme = forms.ChoiceField(label=lazy("Thema"))
    kind = forms.ChoiceField(label=lazy("Art"))
    wer = forms.ChoiceField(label=lazy("Von wem"))
    since = DayField(label=lazy("Ab"), help_text="")
    bis = DayField(label=lazy("Bis"), help_text="")
    merk = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args, authors: Sequence[tuple[str, str]], text: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.text = text
        today = clock.today()
        self.fields["theme"].choices = [EVERYTHING, *lists.choices("journal_themes", on=today)]
        self.fields["kind"].choices = [EVERYTHING, *lists.choices("journal_kinds", on=today)]
        self.fields["wer"].choices = [EVERYTHING, *authors]

    def filter_since(self, rows, value: date):
        """Keep what happened from this day on."""
        return rows.filter(occurred_at__gte=joined(value, time(0)))

    def filter_bis(self, rows, value: date):
        """Keep what happened up to this day."""
        return rows.filter(occurred_at__lte=joined(value, time(23, 59, 59)))

    def filter_wer(self, rows, value: str):
        """Keep what one colleague wrote."""
        return rows.filter(author_id=UUID(value))

    def filter_merk(self, rows, _value: str):
        """Keep the entries in which the kept text stands."""
        if not self.text:
            return rows
        said = rows.order_by().values_list("pk", "text", "others")
        return rows.filter(pk__in=[pk for pk, *places in said if asked.finds(self.text, *places)])
