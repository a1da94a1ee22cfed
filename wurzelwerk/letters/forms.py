"""Forms of letters: begin one, write it, mark it as sent."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock
from wurzelwerk.base.forms import Combobox, DayField, Form, Section, UploadField
from wurzelwerk.cases import lists
from wurzelwerk.cases.models import HouseholdMember
from wurzelwerk.network import remembered
from wurzelwerk.network.models import Organisation, Site

from .actions import LetterChoice, LetterText
from .enums import Target, Way
from .labels import A_SHEET
from .mailing_actions import MailingChoice
from .mailing_lists import Line
from .models import ADDRESS_LINES, LINE_LENGTH, SUBJECT_LENGTH, TEXT_LENGTH, Letter
from .queries import Correspondence, bodies, offered_versions
from .word import known_fields
from .word_files import read_template
from .wording import language_choices, mailing_choices, template_choices

TEXT_FIELDS = ("address", "dated_on", "subject", "salutation", "text", "language", "own_text", "enclosures")
MAILING_FIELDS = ("template", "in_languages", "district", "spoken", "need", "site")
KEPT_FIELDS = ("district", "spoken", "need", "site")
"""What of a selection can be kept under a name: codes alone."""


def _language() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=lazy("Sprache neben dem Deutschen"), required=False, help_text=lazy("Es gilt immer der deutsche Text.")
    )


class BeginForm(Form):
    """Which letter, to whom, in which language."""

    once = True
    template = forms.ChoiceField(label=lazy("Vorlage"), widget=forms.RadioSelect({"class": "ww-one-column"}))
    person = forms.ChoiceField(label=lazy("Um wen geht es?"))
    target = forms.ChoiceField(
        label=lazy("An wen geht der Brief?"),
        choices=Target.choices,
        initial=Target.PERSON,
        widget=forms.RadioSelect({"class": "ww-one-column"}),
    )
    body = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=lazy("Stelle"),
        required=False,
        widget=Combobox,
        empty_label=lazy("Bitte auswählen"),
        help_text=lazy("Nur, wenn der Brief an eine Stelle aus dem Verzeichnis geht."),
    )
    language = _language()

    def __init__(
        self, *args: Any, household: Correspondence, members: Sequence[HouseholdMember], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.persons = {str(member.person_id): member.person for member in members}
        self.versions = offered_versions(household.actor)
        own = [
            (pk, _("%(name)s – eigene Word-Vorlage") % {"name": row.template.name}) for pk, row in self.versions.items()
        ]
        self.fields["template"].choices = [*template_choices(on=household.today), *own]
        self.fields["person"].choices = [(pk, _with_warning(person)) for pk, person in self.persons.items()]
        self.fields["body"].queryset = bodies()
        self.fields["language"].choices = language_choices(on=household.today)

    def to_choice(self) -> LetterChoice:
        """Return what was chosen."""
        data = self.cleaned_data
        office = self.versions.get(data["template"])
        return LetterChoice(
            template="" if office else data["template"],
            target=data["target"],
            language="" if office else data["language"],
            body=data["body"],
            office=office,
        )


def _with_warning(person: Any) -> str:
    return f"{person.name} ({person.contact_warning})" if person.contact_warning else person.name


class LetterForm(Form):
    """What stands on a letter."""

    once = True
    sections = (
        Section(lazy("Kopf"), ["address", ("dated_on", "language")]),
        Section(lazy("Brief"), ["subject", "salutation", "text", "enclosures"]),
        Section(lazy("In der Sprache der Person"), ["own_text"]),
    )
    address = forms.CharField(
        label=lazy("Anschrift im Fenster"),
        max_length=ADDRESS_LINES * (LINE_LENGTH + 2),
        required=False,
        widget=forms.Textarea({"rows": ADDRESS_LINES}),
        help_text=lazy("Höchstens sechs Zeilen: Name, Straße und Hausnummer, Postleitzahl und Ort."),
    )
    dated_on = DayField(label=lazy("Datum"))
    language = _language()
    subject = forms.CharField(label=lazy("Betreff"), max_length=SUBJECT_LENGTH)
    salutation = forms.CharField(label=lazy("Anrede"), max_length=160, required=False)
    text = forms.CharField(
        label=lazy("Text"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 18}),
        help_text=lazy(
            "Absätze trennt eine leere Zeile, Aufzählungen beginnen mit „- “. "
            "Was in [Klammern] steht, ergänzen Sie bitte."
        ),
    )
    enclosures = forms.CharField(label=lazy("Anlagen"), max_length=300, required=False)
    own_text = forms.CharField(
        label=lazy("Übersetzung Ihrer eigenen Absätze"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 6, "dir": "auto"}),
        help_text=lazy(
            "Unveränderte Sätze der Vorlage erscheinen von selbst in der Sprache der Person. Für geänderte und eigene "
            "Absätze steht hier, was die Sprachmittlung übersetzt hat: in derselben Reihenfolge, "
            "eine leere Zeile dazwischen."
        ),
    )

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices(on=clock.local_day(letter.begun_at))
        if letter.is_word:
            self.fields["text"].required = False
            for name in ("language", "own_text"):
                self.fields[name].widget = forms.HiddenInput()

    def to_text(self) -> LetterText:
        """Return what was typed."""
        return LetterText(**{name: self.cleaned_data[name] for name in TEXT_FIELDS})


class MailingForm(Form):
    """Which letter goes to which households."""

    once = True
    sections = (
        Section(lazy("Brief"), ["template", "in_languages"]),
        Section(
            lazy("An wen"),
            ["site", ("district", "spoken"), "need", "keep_as"],
            hint=lazy("Haushalte Ihres Teams mit offenem Fall. Im nächsten Schritt sehen Sie die Liste und wählen ab."),
        ),
    )
    template = forms.ChoiceField(label=lazy("Vorlage"))
    in_languages = forms.BooleanField(
        label=lazy("Neben dem Deutschen in der Sprache der Person"), required=False, initial=True
    )
    district = forms.ChoiceField(label=lazy("Stadtbezirk"), required=False)
    spoken = forms.ChoiceField(label=lazy("Sprache"), required=False)
    need = forms.ChoiceField(label=lazy("Offener Bedarf"), required=False)
    site = forms.ChoiceField(label=lazy("Standort"), required=False)
    keep_as = forms.CharField(
        label=lazy("Diese Auswahl merken als"),
        max_length=60,
        required=False,
        help_text=lazy("Nur für Sie. Beim nächsten Serienbrief steht sie zur Wahl."),
    )

    def __init__(self, *args: Any, today: date, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("alle"))]
        self.fields["template"].choices = mailing_choices(on=today)
        self.fields["district"].choices = everything + remembered.districts.choices()
        self.fields["spoken"].choices = everything + lists.choices("languages", on=today)
        self.fields["need"].choices = everything + lists.choices("need_kinds", on=today)
        if len(sites) > 1:
            self.fields["site"].choices = everything + [(site.code, site.name) for site in sites]
        else:
            del self.fields["site"]

    def to_choice(self) -> MailingChoice:
        """Return what was chosen."""
        return MailingChoice(**{name: self.cleaned_data[name] for name in MAILING_FIELDS if name in self.fields})

    def to_query(self) -> str:
        """Return by what the households are found, as it is kept under a name."""
        return urlencode([(name, one) for name in KEPT_FIELDS if (one := self.cleaned_data.get(name))])


class MailingTextForm(Form):
    """What stands on the letters, and who gets one."""

    once = True
    sections = (
        Section(lazy("Brief"), ["subject", "text", "enclosures"]),
        Section(lazy("Wer einen Brief bekommt"), ["households"]),
    )
    subject = forms.CharField(label=lazy("Betreff"), max_length=SUBJECT_LENGTH)
    text = forms.CharField(
        label=lazy("Text"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 14}),
        help_text=lazy("Die Anrede mit Namen kommt von selbst. Was in [Klammern] steht, ergänzen Sie bitte."),
    )
    enclosures = forms.CharField(label=lazy("Anlagen"), max_length=300, required=False)
    households = forms.MultipleChoiceField(
        label=lazy("Haushalte"), widget=forms.CheckboxSelectMultiple({"class": "ww-one-column"})
    )

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {line.key: line for line in lines if not line.barred}
        self.fields["households"].choices = [(key, _chosen(line)) for key, line in self.lines.items()]
        self.fields["households"].initial = list(self.lines)

    def recipients(self) -> list[tuple[UUID, UUID]]:
        """Return household and person of everybody chosen."""
        chosen = [self.lines[key] for key in self.cleaned_data["households"]]
        return [(line.household.pk, line.person.pk) for line in chosen]


def _chosen(line: Line) -> str:
    language = lists.label("languages", line.language) if line.language in lists.table("languages").keys else ""
    return " · ".join(part for part in (line.household.name, line.person.name, language) if part)


class LabelsForm(Form):
    """On which place of a sheet of labels the first one is printed."""

    marks_optional = False
    ab = forms.TypedChoiceField(
        label=lazy("Erstes Etikett auf Platz"),
        coerce=int,
        initial=1,
        choices=[(place, str(place)) for place in range(1, A_SHEET + 1)],
        help_text=lazy("Von links nach rechts, dann die nächste Reihe; 70 × 36 mm, 3 × 8 auf A4"),
    )


class TemplateForm(Form):
    """A Word file as a template; `known` names the fields it may use."""

    once = True
    name = forms.CharField(label=lazy("Name der Vorlage"), max_length=120)
    file = UploadField(label=lazy("Word-Datei"), endings=(".docx",), megabytes=3)

    def __init__(self, *args: Any, asks_name: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_name:
            del self.fields["name"]

    def clean_file(self) -> bytes:
        """The file's content; every sentence on what is wrong with it stands at the field."""
        content = b"".join(file.read() for file in self.cleaned_data["file"])
        if problems := read_template(content, known_fields()).problems:
            raise forms.ValidationError(list(problems))
        return content


class SentForm(Form):
    """When and how a letter left the house."""

    once = True
    way = forms.ChoiceField(label=lazy("Wie?"), choices=Way.choices, widget=forms.RadioSelect)
    sent_on = DayField(label=lazy("Wann?"), latest=clock.today)

    def clean_way(self) -> Way:
        """The way as one of the list."""
        return Way(self.cleaned_data["way"])
