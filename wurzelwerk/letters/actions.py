"""Writes on letters: begin, change, mark as sent, discard; each with its way back."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.base.formats import day
from wurzelwerk.base.rooms import letter_fields
from wurzelwerk.cases.actions.documents import (
    DocumentData,
    add_version,
    file_document,
    remove_document,
    remove_version,
)
from wurzelwerk.cases.document_files import prepare
from wurzelwerk.cases.ledger import about_case, case_frame
from wurzelwerk.cases.letters import LetterSubject
from wurzelwerk.cases.models import Accommodation, Document, DocumentVersion
from wurzelwerk.cases.models.documents import TITLE_LENGTH
from wurzelwerk.evidence.ledger import record, void
from wurzelwerk.evidence.types import FactType, Keys
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust.actor import Actor

from . import facts, rules
from .enums import Target, Way
from .filling import begun, beside, greeting, read_values, values_for
from .models import SUBJECT_LENGTH, Letter, OfficeTemplateVersion
from .recipients import recipient
from .sheet import letter_pdf
from .word import letter_docx

DOCUMENT_KIND = "own_letter"
"""The kind under which a letter that left the house lies among the documents of the Akte."""


@dataclass(frozen=True)
class LetterChoice:
    """What a letter is begun with: a built-in template or (`office`) a Word file of one's own.

    `body` only where it goes to an office of the directory.
    """

    template: str
    target: str
    language: str = ""
    body: Organisation | None = None
    office: OfficeTemplateVersion | None = None


@dataclass(frozen=True)
class LetterText:
    """What stands on a letter, as its author leaves it."""

    address: str
    dated_on: date
    subject: str
    salutation: str
    text: str
    language: str = ""
    own_text: str = ""
    enclosures: str = ""


ON_PAPER = tuple(one.name for one in fields(LetterText))
"""The columns of a letter that hold what stands on it."""


@transaction.atomic
def begin_letter(*, subject: LetterSubject, choice: LetterChoice, by: Actor, at: datetime) -> Letter:
    """Begin a letter from a template; what is known stands in it already.

    Raises NotAllowed, WrongState, BadInput (no such template or language, nobody to whom it goes).
    """
    letter = Letter(akte=subject.case.akte, case=subject.case, person=subject.person, begun_at=at, changed_at=at)
    letter.author_id, letter.dated_on = by.user_id, local_day(at)
    letter.template, letter.target, letter.language = choice.template, choice.target, choice.language
    letter.office_version = choice.office
    rules.check_can_write(by, letter)
    rules.check_choice(letter, on=local_day(at))
    rules.check_office(by, choice.office)
    if choice.target == Target.BODY and choice.body is None:
        raise BadInput(_("Bitte wählen Sie die Stelle, an die der Brief geht."), field="body")
    letter.body = choice.body if choice.target == Target.BODY else None
    subject.body = letter.body
    to = recipient(choice.target, subject=subject, body=letter.body)
    letter.address = "\n".join(to.lines)
    _fill(letter, subject, to.name)
    letter.save()
    _record(facts.LETTER_BEGUN, letter, at)
    return letter


def _fill(letter: Letter, subject: LetterSubject, name: str) -> None:
    """Put in what the template says; an office's own says it in its file."""
    if letter.office_version is not None:
        known = letter_fields()
        letter.values = read_values((known[key] for key in letter.office_version.fields if key in known), subject)
        letter.subject, letter.salutation = letter.office_version.template.name, greeting(name)
        return
    letter.values = values_for(letter.template, subject)
    filled = begun(letter.template, letter.values, name=name)
    letter.subject, letter.salutation, letter.text = filled.subject[:SUBJECT_LENGTH], filled.salutation, filled.text
    _set_beside(letter)


def _set_beside(letter: Letter) -> None:
    """Keep what stands beside the template's sentences in the letter's language."""
    name = letter.person.name if letter.person is not None and letter.target == Target.PERSON else ""
    letter.beside = beside(letter.template, letter.values, name=name, language=letter.language)


@transaction.atomic
def change_letter(*, letter: Letter, text: LetterText, home: Accommodation | None, by: Actor, at: datetime) -> Letter:
    """Change what stands on a letter that has not left the house; `home` is where the household lives.

    Raises NotAllowed, WrongState, BadInput (an address that does not fit, one that must not be told or written to).
    """
    rules.check_can_write(by, letter)
    rules.hold(letter)
    rules.check_open(letter)
    for one in fields(text):
        setattr(letter, one.name, getattr(text, one.name))
    rules.check_choice(letter, on=local_day(letter.begun_at))
    rules.check_address(letter.address)
    rules.check_place(letter, home=home)
    _set_beside(letter)
    letter.changed_at = at
    letter.save(update_fields=[*ON_PAPER, "beside", "changed_at"])
    _record(facts.LETTER_CHANGED, letter, at)
    return letter


@transaction.atomic
def send_letter(
    *, letter: Letter, way: str, sent_on: date, home: Accommodation | None, by: Actor, at: datetime
) -> Letter:
    """Mark a letter as sent, and file it in the Akte as it left the house: a new version where it was sent before.

    Put `document_files.kept_files` around the transaction. Raises NotAllowed, WrongState, BadInput (something is still
    missing, a sign cannot be printed).
    """
    rules.check_can_write(by, letter)
    rules.hold(letter, *ON_PAPER, "beside", "document")
    rules.check_sent_on(letter, sent_on, at=at)
    rules.check_complete(letter)
    rules.check_place(letter, home=home)
    letter.sent_on, letter.sent_way = sent_on, Way(way)
    letter.document = _filed(letter, by, at)
    letter.sent_event = record(
        facts.LETTER_SENT,
        about=_about(letter),
        frame=case_frame(letter.case),
        at=at,
        occurred_on=sent_on,
        dimensions={"way": way, "template": letter.template or facts.OWN_TEMPLATE},
    )[0].event
    letter.save(update_fields=["sent_on", "sent_way", "sent_event", "document"])
    return letter


def _filed(letter: Letter, by: Actor, at: datetime) -> Document:
    if letter.is_word:
        content = letter_docx(letter)
    else:
        content = letter_pdf([letter], authors={letter.author_id: letter.author}, at=at)
    file = prepare(content, name=_("Brief"), on=local_day(at))
    if letter.document is not None and not letter.document.removed_at:
        said = f"{day(letter.sent_on)}, {letter.get_sent_way_display()}"
        add_version(document=letter.document, file=file, by=by, at=at, remark=said)
        return letter.document
    data = DocumentData(
        title=letter.subject[:TITLE_LENGTH],
        kind=DOCUMENT_KIND,
        received_on=letter.sent_on or local_day(at),
        dated_on=letter.dated_on,
        language=letter.language,
        person=letter.person_id,
    )
    return file_document(akte=letter.akte, case=letter.case, file=file, data=data, by=by, at=at)


@transaction.atomic
def take_back_sending(*, letter: Letter, by: Actor, at: datetime) -> None:
    """Take back that a letter is sent, because it is not: what was filed of it then is hidden.

    Raises NotAllowed, WrongState.
    """
    rules.check_can_write(by, letter)
    rules.hold(letter, "document")
    rules.check_sent(letter)
    void(facts.LETTER_SENT, event=letter.sent_event, at=at)
    if letter.document is not None and not letter.document.removed_at:
        versions = DocumentVersion.objects.writable_by(by).filter(document=letter.document, removed_at__isnull=True)
        latest = versions.select_related("document").order_by("-number")
        if len(found := list(latest[:2])) > 1:
            remove_version(version=found[0], by=by, at=at)
        else:
            remove_document(document=letter.document, by=by, at=at)
    _set_unsent(letter)


@transaction.atomic
def reopen_letter(*, letter: Letter, by: Actor, at: datetime) -> None:
    """Write a new version of a sent letter; what left the house stays in the Akte. Raises NotAllowed, WrongState."""
    rules.check_can_write(by, letter)
    rules.hold(letter)
    rules.check_sent(letter)
    _set_unsent(letter)
    _record(facts.LETTER_CHANGED, letter, at)


def _set_unsent(letter: Letter) -> None:
    letter.sent_on, letter.sent_way, letter.sent_event = None, "", None
    letter.save(update_fields=["sent_on", "sent_way", "sent_event"])


@transaction.atomic
def discard_letter(*, letter: Letter, by: Actor, at: datetime) -> None:
    """Put a letter aside that is not to be sent. Raises NotAllowed, WrongState."""
    rules.check_can_write(by, letter)
    rules.hold(letter)
    rules.check_open(letter)
    letter.discarded_at = at
    letter.save(update_fields=["discarded_at"])
    _record(facts.LETTER_DISCARDED, letter, at, state="discarded")


@transaction.atomic
def restore_letter(*, letter: Letter, by: Actor, at: datetime) -> None:
    """Bring a discarded letter back. Raises NotAllowed, WrongState."""
    rules.check_can_write(by, letter)
    rules.hold(letter)
    if letter.discarded_at is None:
        raise WrongState(_("Dieser Brief ist nicht verworfen."))
    letter.discarded_at = None
    letter.save(update_fields=["discarded_at"])
    _record(facts.LETTER_DISCARDED, letter, at, state="restored")


def _record(fact: FactType, letter: Letter, at: datetime, **dimensions: str) -> None:
    record(fact, about=_about(letter), frame=case_frame(letter.case), at=at, dimensions=dimensions)


def _about(letter: Letter) -> list[Keys]:
    return about_case(letter.case, persons=[letter.person_id] if letter.person_id else None)
