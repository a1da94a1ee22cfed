"""Person first, then state: what stands against a write on a document."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.rules import check_can_write

from . import lists
from .models import Document, DocumentVersion, Person
from .models.documents import ORIGIN_LENGTH, TITLE_LENGTH
from .rules import check_can_work, check_day_not_future


def check_can_keep(actor: Actor, document: Document) -> None:
    """Raise where the actor may not write this document, it is removed, or its case is closed."""
    if document.case is not None:
        check_can_work(actor, document.case, document)
    else:
        check_can_write(actor, document)
    if document.removed_at:
        raise WrongState(_("Dieses Dokument ist entfernt. Stellen Sie es zuerst wieder her."))


def check_about(akte: Akte, *, person: UUID | None, document: Document) -> None:
    """Raise BadInput where person, case or journal entry do not lie in the Akte."""
    known = Person.objects.for_system(reason="a document's person belongs to the Akte")
    if person is not None and not known.filter(pk=person, akte=akte).exists():
        raise BadInput(_("Diese Person gehört nicht zu diesem Haushalt."), field="person")
    for row in (document.case, document.attached_to):
        if row is not None and row.akte_id != akte.pk:
            raise BadInput(_("Das Dokument gehört zu einer anderen Akte."))


def check_said(document: Document, *, at: datetime) -> None:
    """Raise BadInput where what is said of a document is missing, too long, of no list, or of a day to come."""
    _check_length(document.title, TITLE_LENGTH, "title")
    _check_length(document.origin, ORIGIN_LENGTH, "origin")
    if not document.title:
        raise BadInput(_("Bitte geben Sie dem Dokument einen Titel."), field="title")
    _check_listed(document.kind)
    if document.language and document.language not in lists.table("languages").keys:
        raise BadInput(_("Diese Sprache gibt es nicht (mehr). Bitte neu auswählen."), field="language")
    check_day_not_future(document.received_on, at=at, field="received_on")


def _check_listed(kind: str) -> None:
    if kind not in lists.table("document_kinds").keys:
        raise BadInput(_("Bitte wählen Sie eine Art."), field="kind")


def _check_length(text: str, most: int, field: str) -> None:
    if len(text) > most:
        raise BadInput(
            _("Zu lang: höchstens %(most)d Zeichen, es sind %(length)d.") % {"most": most, "length": len(text)},
            field=field,
        )


def check_new_version(document: Document, digest: str) -> None:
    """Raise BadInput where the same file is a version already."""
    rows = DocumentVersion.objects.for_system(reason="the versions of a document that may be written")
    same = rows.filter(document=document, digest=digest, removed_at__isnull=True).first()
    if same is not None:
        raise BadInput(
            _("Genau diese Datei ist schon da: Fassung %(number)d.") % {"number": same.number}, field="files"
        )


def check_other_version(version: DocumentVersion) -> None:
    """Raise WrongState where a document would be left without any file."""
    rows = DocumentVersion.objects.for_system(reason="the versions of a document that may be written")
    others = rows.filter(document_id=version.document_id, removed_at__isnull=True).exclude(pk=version.pk)
    if not others.exists():
        raise WrongState(_("Das ist die einzige Fassung. Entfernen Sie das ganze Dokument."))


def last_day_removed(removed_at: datetime) -> date:
    """Return the last day on which what was removed can be brought back."""
    day = local_day(removed_at)
    return day + timedelta(days=lists.number("document_rules", "removed_days", on=day))
