"""Forms of documents: file some, a new version, what is said of one."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base import clock
from wurzelwerk.base.errors import BadInput
from wurzelwerk.base.forms import DayField, Form, Section, UploadField
from wurzelwerk.cases import lists
from wurzelwerk.cases.actions import DocumentData
from wurzelwerk.cases.document_files import ENDINGS, Prepared, prepare
from wurzelwerk.cases.models import HouseholdMember
from wurzelwerk.cases.models.documents import ORIGIN_LENGTH, TITLE_LENGTH

from .choosing import ListField, fill_lists

EVERYBODY = (("", _("alle im Haushalt")),)
PROOF_HELP = _("Nur was Sie hier ankreuzen, geht mit, wenn eine Freigabe Nachweise umfasst.")


def files_field(*, label: str = "", most: int = 0, required: bool = True) -> UploadField:
    """The field for files that come by choice, drop, paste or camera; `most` 0: as many as the rule allows."""
    today = clock.today()
    megabytes = lists.number("document_rules", "megabytes", on=today)
    many = most or lists.number("document_rules", "at_once", on=today)
    field = UploadField(
        label=label or _("Dateien"),
        help_text=_("Auswählen, hierher ziehen oder mit Strg+V einfügen"),
        endings=ENDINGS,
        megabytes=megabytes,
        most=many,
        gathers=True,
        required=required,
    )
    field.endings = ()  # what counts is the content; the endings only help to choose
    return field


class FilesMixin:
    """A form with files of documents: each is looked into, and what is no document says so at the field."""

    prepared: list[Prepared]

    def clean_files(self) -> list:
        """Prepare every file. The sentence of the first that is refused stands at the field."""
        files = self.cleaned_data["files"]
        try:
            self.prepared = [prepare(file.read(), name=file.name or "", on=clock.today()) for file in files]
        except BadInput as error:
            raise forms.ValidationError(error.message) from None
        return files


class FilingForm(FilesMixin, Form):
    """Some files become documents; what is said here holds for all of them."""

    once = True
    sections = (
        Section("", ["files"]),
        Section(_("Was ist es?"), [("kind", "person"), ("received_on", "origin"), "is_proof"]),
    )
    kind = ListField("document_kinds", label=_("Art"))
    person = forms.ChoiceField(label=_("Zu wem"), required=False)
    received_on = DayField(label=_("Eingegangen am"), latest=clock.today)
    origin = forms.CharField(label=_("Von wem"), max_length=ORIGIN_LENGTH, required=False)
    is_proof = forms.BooleanField(
        label=_("Nachweis, der weitergegeben werden darf"), required=False, help_text=PROOF_HELP
    )

    def __init__(self, *args, members: list[HouseholdMember], today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = files_field()
        fill_lists(self, on=today)
        self.fields["person"].choices = [*EVERYBODY, *((str(m.person_id), m.person.name) for m in members)]

    def to_documents(self) -> list[tuple[Prepared, DocumentData]]:
        """Return each file with what is said of it; its title is the file's name at first."""
        said = self.cleaned_data
        kind = lists.label("document_kinds", said["kind"])
        return [
            (
                file,
                DocumentData(
                    title=(file.title or kind)[:TITLE_LENGTH],
                    kind=said["kind"],
                    received_on=said["received_on"],
                    origin=said["origin"],
                    person=said["person"] or None,
                    is_proof=said["is_proof"],
                ),
            )
            for file in self.prepared
        ]


class VersionForm(FilesMixin, Form):
    """A newer file of a document."""

    once = True
    remark = forms.CharField(
        label=_("Was ist neu?"), max_length=160, required=False, help_text=_("Zum Beispiel: unterschrieben zurück")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = files_field(label=_("Datei"), most=1)
        self.order_fields(["files", "remark"])


class DocumentForm(Form):
    """What is said of a document."""

    once = True
    sections = (
        Section("", ["title", ("kind", "person"), ("received_on", "dated_on"), ("origin", "language"), "is_proof"]),
    )
    title = forms.CharField(label=_("Titel"), max_length=TITLE_LENGTH)
    kind = ListField("document_kinds", label=_("Art"))
    person = forms.ChoiceField(label=_("Zu wem"), required=False)
    received_on = DayField(label=_("Eingegangen am"), latest=clock.today)
    dated_on = DayField(label=_("Datum auf dem Papier"), required=False)
    origin = forms.CharField(label=_("Von wem"), max_length=ORIGIN_LENGTH, required=False)
    language = ListField("languages", label=_("Sprache"), searching=True, required=False)
    is_proof = forms.BooleanField(
        label=_("Nachweis, der weitergegeben werden darf"), required=False, help_text=PROOF_HELP
    )

    def __init__(self, *args, persons: list[tuple[str, str]], today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fill_lists(self, on=today)
        self.fields["person"].choices = [*EVERYBODY, *persons]

    def to_data(self) -> DocumentData:
        """Return what was typed."""
        said = dict(self.cleaned_data)
        names = ("title", "kind", "received_on", "dated_on", "origin", "language", "is_proof")
        return DocumentData(**{name: said[name] for name in names}, person=said["person"] or None)
