"""Documents of an Akte: file, give a new version, change what is said of one, remove, bring back, delete for good."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import NotAllowed, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import Frame, Keys
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.queries import frame_of, person_keys

from .. import document_rules as rules
from .. import facts, lists
from ..document_files import Prepared, drop, orphans, store
from ..ledger import about_case, case_frame
from ..models import Case, Document, DocumentVersion, Note

REASON = "the versions of a document that may be written"


@dataclass(frozen=True)
class DocumentData:
    """What is said of a document. `kind` and `language` are codes of lists; `person` is about whom it is alone."""

    title: str
    kind: str
    received_on: date
    dated_on: date | None = None
    origin: str = ""
    language: str = ""
    person: UUID | None = None
    is_proof: bool = False


@transaction.atomic
def file_document(
    *,
    akte: Akte,
    file: Prepared,
    data: DocumentData,
    by: Actor,
    at: datetime,
    case: Case | None = None,
    attached_to: Note | None = None,
) -> Document:
    """File a document in an Akte, with its first version; attached to a journal entry where one is named.

    Put `document_files.kept_files` around the transaction. Raises NotAllowed, WrongState, BadInput.
    """
    document = Document(akte=akte, case=case, attached_to=attached_to, filed_at=at, filed_by_id=by.user_id)
    _say(document, data)
    rules.check_can_keep(by, document)
    rules.check_about(akte, person=data.person, document=document)
    rules.check_said(document, at=at)
    document.save()
    _keep(document, file, number=1, remark="", by=by, at=at)
    record(facts.DOCUMENT_FILED, about=_about(document), frame=_frame(document), at=at)
    return document


def _say(document: Document, data: DocumentData) -> None:
    document.title = " ".join(data.title.split())
    document.origin = " ".join(data.origin.split())
    document.kind, document.language, document.person_id = data.kind, data.language, data.person
    document.dated_on, document.received_on, document.is_proof = data.dated_on, data.received_on, data.is_proof


def _keep(document: Document, file: Prepared, *, number: int, remark: str, by: Actor, at: datetime) -> DocumentVersion:
    return DocumentVersion.objects.create(
        akte=document.akte,
        document=document,
        number=number,
        file=store(file),
        content_type=file.type.content_type,
        size=len(file.content),
        digest=file.digest,
        remark=" ".join(remark.split())[:160],
        added_at=at,
        added_by_id=by.user_id,
    )


def _about(document: Document) -> list[Keys]:
    persons = [document.person_id] if document.person_id else None
    if document.case is not None:
        return about_case(document.case, persons=persons)
    return person_keys(persons or [])


def _frame(document: Document) -> Frame:
    return case_frame(document.case) if document.case is not None else frame_of(document.akte)


@transaction.atomic
def add_version(*, document: Document, file: Prepared, by: Actor, at: datetime, remark: str = "") -> DocumentVersion:
    """Add a newer version; the former ones stay and can be opened.

    Put `document_files.kept_files` around the transaction. Raises NotAllowed, WrongState, BadInput (the same file).
    """
    rules.check_can_keep(by, document)
    rows = DocumentVersion.objects.for_system(reason=REASON).filter(document=document)
    Document.objects.for_system(reason=REASON).select_for_update().get(pk=document.pk)  # numbers are given in turn
    rules.check_new_version(document, file.digest)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    version = _keep(document, file, number=number, remark=remark, by=by, at=at)
    record(facts.DOCUMENT_CHANGED, about=_about(document), frame=_frame(document), at=at)
    return version


@transaction.atomic
def change_document(*, document: Document, data: DocumentData, by: Actor, at: datetime) -> None:
    """Change what is said of a document: title, kind, days, person. Raises NotAllowed, WrongState, BadInput."""
    rules.check_can_keep(by, document)
    _say(document, data)
    rules.check_about(document.akte, person=data.person, document=document)
    rules.check_said(document, at=at)
    document.save()
    record(facts.DOCUMENT_CHANGED, about=_about(document), frame=_frame(document), at=at)


@transaction.atomic
def remove_document(*, document: Document, by: Actor, at: datetime) -> None:
    """Hide a document; it is deleted with its files after a dated number of days. Raises NotAllowed, WrongState."""
    rules.check_can_keep(by, document)
    document.removed_at, document.removed_by_id = at, by.user_id
    document.save(update_fields=["removed_at", "removed_by"])
    _record_state(document, "removed", at)


@transaction.atomic
def restore_document(*, document: Document, by: Actor, at: datetime) -> None:
    """Bring back a removed document. Raises NotAllowed, WrongState."""
    if not document.removed_at:
        raise WrongState(_("Dieses Dokument ist nicht entfernt."))
    document.removed_at = document.removed_by = None
    rules.check_can_keep(by, document)
    document.save(update_fields=["removed_at", "removed_by"])
    _record_state(document, "restored", at)


@transaction.atomic
def remove_version(*, version: DocumentVersion, by: Actor, at: datetime) -> None:
    """Hide one version, for example a wrong file. Raises NotAllowed, WrongState (it is the only one)."""
    rules.check_can_keep(by, version.document)
    if version.removed_at:
        raise WrongState(_("Diese Fassung ist schon entfernt."))
    rules.check_other_version(version)
    version.removed_at, version.removed_by_id = at, by.user_id
    version.save(update_fields=["removed_at", "removed_by"])
    _record_state(version.document, "version_removed", at)


@transaction.atomic
def restore_version(*, version: DocumentVersion, by: Actor, at: datetime) -> None:
    """Bring back a removed version. Raises NotAllowed, WrongState."""
    rules.check_can_keep(by, version.document)
    if not version.removed_at:
        raise WrongState(_("Diese Fassung ist nicht entfernt."))
    version.removed_at = version.removed_by = None
    version.save(update_fields=["removed_at", "removed_by"])
    _record_state(version.document, "version_restored", at)


def _record_state(document: Document, state: str, at: datetime) -> None:
    record(
        facts.DOCUMENT_REMOVED,
        about=_about(document),
        frame=_frame(document),
        at=at,
        dimensions={"state": state},
    )


@transaction.atomic
def clear_removed_documents(*, by: Actor, at: datetime) -> int:
    """Delete for good what was removed long enough ago, and files that no row names; the nightly job's.

    Returns how many documents and versions. The files go after commit. Raises NotAllowed.
    """
    if not by.is_house:
        raise NotAllowed(_("Das tut nur der nächtliche Lauf."))
    before = at - timedelta(days=lists.number("document_rules", "removed_days", on=local_day(at)))
    reason = "removed so long ago that nobody wants it back"
    gone = list(Document.objects.for_system(reason=reason).filter(removed_at__lt=before).values_list("pk", flat=True))
    versions = DocumentVersion.objects.for_system(reason=reason)
    single = list(versions.filter(removed_at__lt=before).exclude(document__in=gone).values_list("pk", flat=True))
    expired = versions.filter(pk__in=single) | versions.filter(document__in=gone)
    names, akten = list(expired.values_list("file", flat=True)), set(expired.values_list("akte_id", flat=True))
    expired.delete()
    Document.objects.for_system(reason=reason).filter(pk__in=gone).delete()
    for akte in Akte.objects.for_system(reason="where documents expired").filter(pk__in=akten):
        record(facts.DOCUMENTS_DELETED, about=[], frame=frame_of(akte), at=at)
    names += orphans(at=at)
    transaction.on_commit(lambda: drop(names))
    return len(gone) + len(single)
