"""Documents as they are shown: the list of a household, one with its versions, the names of files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import asked, clock, exports, formats
from wurzelwerk.base.forms import DayField
from wurzelwerk.base.tables import Column, FilterForm, Table, badge, lines
from wurzelwerk.cases import lists
from wurzelwerk.cases.document_files import TYPES
from wurzelwerk.cases.document_rules import last_day_removed
from wurzelwerk.cases.models import Document, DocumentVersion, HouseholdMember
from wurzelwerk.network.colleagues import Colleagues
from wurzelwerk.trust.actor import Actor

from .forms.choosing import label_or_code
from .queries import OpenHousehold

EVERYTHING = ("", lazy("alle"))
NOBODY = "-"


@dataclass(frozen=True)
class VersionLine:
    """One version: its type in words, whether a browser shows it, and who added it."""

    version: DocumentVersion
    type: str
    is_picture: bool
    is_pdf: bool

    @property
    def shows(self) -> bool:
        """Whether it can be looked at in the browser."""
        return self.is_picture or self.is_pdf


def documents_of(subject: OpenHousehold) -> QuerySet[Document]:
    """Return the household's documents that the actor may see, the removed ones left out."""
    rows = Document.objects.visible_to(subject.actor).filter(akte=subject.household.akte)
    return rows.filter(removed_at__isnull=True)


def removed_of(subject: OpenHousehold) -> list[tuple[Document, date]]:
    """Return what was removed and can be brought back, each with the last day for it."""
    rows = Document.objects.writable_by(subject.actor).filter(akte=subject.household.akte, removed_at__isnull=False)
    return [(row, last_day_removed(row.removed_at)) for row in rows.order_by("-removed_at", "pk") if row.removed_at]


def versions_of(document: Document, *, actor: Actor) -> list[VersionLine]:
    """Return the versions of a document, the newest first, each with `added_by_name`."""
    rows = DocumentVersion.objects.visible_to(actor).filter(document=document, removed_at__isnull=True)
    return [
        VersionLine(
            version=row,
            type=TYPES[row.content_type].ending.upper() if row.content_type in TYPES else "",
            is_picture=row.content_type.startswith("image/"),
            is_pdf=row.content_type == "application/pdf",
        )
        for row in Colleagues().add(rows, "added_by_id")
    ]


def file_name(document: Document, version: DocumentVersion) -> str:
    """Return how the file is called when it is downloaded: kind, day and version, nobody's name."""
    table = lists.table("document_kinds")
    kind = table.latest(document.kind).value["file_name"] if document.kind in table.keys else "Dokument"
    ending = TYPES[version.content_type].ending if version.content_type in TYPES else "bin"
    number = f"-{version.number}" if version.number > 1 else ""
    return f"{kind}-{document.received_on:%Y-%m-%d}{number}.{ending}"


class DocumentFilter(FilterForm):
    """The filter bar of the list. `merk` names a text that the session keeps (ADR 0011)."""

    lookups = {"art": "kind", "von": "received_on__gte", "bis": "received_on__lte"}
    art = forms.ChoiceField(label=lazy("Art"))
    person = forms.ChoiceField(label=lazy("Zu wem"))
    von = DayField(label=lazy("Eingegangen von"), help_text="")
    bis = DayField(label=lazy("bis"), help_text="")
    merk = forms.CharField(label=lazy("Suche"), max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args, members: Sequence[HouseholdMember], text: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.text = text
        self.fields["art"].choices = [EVERYTHING, *lists.choices("document_kinds", on=clock.today())]
        persons = ((str(member.person_id), member.person.name) for member in members)
        self.fields["person"].choices = [EVERYTHING, (NOBODY, _("alle im Haushalt")), *persons]

    def filter_person(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep one person's; "-" keeps what is about all of them."""
        return rows.filter(person__isnull=True) if value == NOBODY else rows.filter(person_id=UUID(value))

    def filter_merk(self, rows: QuerySet, _value: str) -> QuerySet:
        """Keep what the kept text finds in title, origin and kind; a household has few enough to look at each."""
        if not self.text:
            return rows
        said = rows.order_by().values_list("pk", "title", "origin", "kind")
        found = [
            pk
            for pk, title, origin, kind in said
            if asked.finds(self.text, title, origin, label_or_code("document_kinds", kind))
        ]
        return rows.filter(pk__in=found)

    def shown(self, name: str, value: str) -> str:
        """A search shows what was searched for."""
        return (self.text or _("vergessen")) if name == asked.MARK else super().shown(name, value)


def _kind(document: Document) -> str:
    return label_or_code("document_kinds", document.kind)


def _titled(document: Document) -> str:
    return lines(document.title, document.origin)


class DocumentTable(Table):
    """The documents of a household."""

    name, title, one, many = "dokumente", lazy("Dokumente"), lazy("Dokument"), lazy("Dokumente")
    empty_title = lazy("Noch kein Dokument")
    empty_text = lazy("Bescheide, Nachweise und Schreiben des Haushalts stehen hier, mit allen Fassungen.")
    empty_icon = "document"
    filter_class = DocumentFilter
    default_sort = "-eingegangen"
    columns = (
        Column("titel", lazy("Titel"), value="title", cell=_titled, sort=("title",),
               url=lambda row: reverse("document", args=[row.pk])),
        Column("von", lazy("Von wem"), value="origin", only="file"),
        Column("art", lazy("Art"), value=_kind, sort=("kind",)),
        Column("person", lazy("Zu wem"), value=lambda row: row.about),
        Column("eingegangen", lazy("Eingegangen"), value="received_on", kind="day", sort=("received_on", "filed_at")),
        Column("nachweis", lazy("Nachweis"), value="is_proof", kind="yes_no",
               cell=lambda row: badge(_("darf mitgehen"), "info") if row.is_proof else ""),
        Column("fassungen", lazy("Fassung"), value="latest", kind="whole"),
        Column("groesse", lazy("Größe"), value=lambda row: formats.file_size(row.bytes), only="page"),
        Column("abgelegt", lazy("Abgelegt von"), value=lambda row: str(row.filed_by_name)),
    )  # fmt: skip

    def __init__(self, *, subject: OpenHousehold, text: str, request: HttpRequest) -> None:
        self._names = {member.person_id: member.person.name for member in subject.members}
        self._colleagues = Colleagues()
        latest = DocumentVersion.objects.visible_to(subject.actor).filter(
            document=OuterRef("pk"), removed_at__isnull=True
        )
        latest = latest.order_by("-number")
        rows = documents_of(subject).annotate(
            latest=Subquery(latest.values("number")[:1]), bytes=Subquery(latest.values("size")[:1])
        )
        super().__init__(rows=rows, request=request, members=subject.members, text=text)

    def _named(self, rows: Sequence[Document]) -> list[Document]:
        found = self._colleagues.add(rows, "filed_by_id")
        for row in found:
            former = _("früheres Mitglied") if row.person_id else ""
            row.about = self._names.get(row.person_id, former)
        return found

    @property
    def objects(self) -> list[Document]:
        """The page's rows, each with the name of who filed it and of whom it is about."""
        return self._named(super().objects)

    def _all(self) -> list[Document]:
        return self._named(self.found[: exports.ROWS_AT_MOST])
