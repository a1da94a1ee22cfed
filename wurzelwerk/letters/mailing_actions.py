"""Writes on letters to many: begin, start, write one of them, say how it ended, take all of it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases.letters import LetterSubject
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import Organisation, Site
from wurzelwerk.trust.actions import open_akte
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.queries import frame_of
from wurzelwerk.trust.rules import check_can_write

from . import facts
from .actions import LetterChoice, begin_letter, discard_letter, send_letter, take_back_sending
from .enums import BINDING, MailingState, Target, Way
from .filling import beside, fields_in, fill, fill_known, gaps, read_values, unknown_in
from .mailing_lists import MOST
from .models import SUBJECT_LENGTH, Letter, Mailing
from .rules import check_can_take_back
from .sheet import Sender
from .wording import templates, words

AKTE_SUBJECT = "mailings"


@dataclass(frozen=True)
class MailingChoice:
    """With what a letter to many begins: its template, and codes by which households are found."""

    template: str
    in_languages: bool = True
    district: str = ""
    spoken: str = ""
    need: str = ""
    site: str = ""


@dataclass(frozen=True)
class MailingText:
    """What stands on all of the letters."""

    subject: str
    text: str
    enclosures: str = ""


@transaction.atomic
def begin_mailing(*, choice: MailingChoice, by: Actor, at: datetime) -> Mailing:
    """Prepare a letter to many; nobody gets one yet. Raises NotAllowed, BadInput."""
    if choice.template not in {row.key for row in templates().all_on(local_day(at))}:
        raise BadInput(_("Diese Vorlage gibt es nicht (mehr). Bitte neu auswählen."), field="template")
    akte = _folder(by, at)
    mailing = Mailing(akte=akte, author_id=by.user_id, begun_at=at, template=choice.template)
    check_can_write(by, mailing)
    for name in ("in_languages", "district", "spoken", "need", "site"):
        setattr(mailing, name, getattr(choice, name))
    row, german = templates().latest(choice.template).value, words(BINDING)
    known = _office(akte)
    mailing.subject = fill_known(german["subjects"].get(row["subject"], row["subject"]), known)[:SUBJECT_LENGTH]
    mailing.text = "\n\n".join(fill_known(german["sentences"].get(one, one), known) for one in row["sentences"])
    mailing.save()
    _record(mailing, "begun", at)
    return mailing


def _office(akte: Akte) -> dict[str, list[str]]:
    sender = Sender.of(akte)
    found = {"stelle.name": sender.name, "stelle.anschrift": sender.address, "stelle.telefon": sender.phone}
    return {key: ["text", value] for key, value in found.items() if value}


def _folder(by: Actor, at: datetime) -> Akte:
    """Where a team keeps its mailings; opened with the first of them."""
    if by.home is None:
        raise NotAllowed(_("Ihr Zugang gehört zu keiner Stelle. Bitte wenden Sie sich an die Verwaltung der Zugänge."))
    rows = Akte.objects.writable_by(by).filter(
        controller_id=by.home.organisation_id, site_id=by.home.site_id, subject=AKTE_SUBJECT, closed_at__isnull=True
    )
    if (found := rows.select_related("controller", "site").order_by("opened_at", "pk").first()) is not None:
        return found
    controller = Organisation.objects.get(pk=by.home.organisation_id)
    site = Site.objects.filter(pk=by.home.site_id).first() if by.home.site_id else None
    return open_akte(controller=controller, site=site, subject=AKTE_SUBJECT, by=by, at=at)


@transaction.atomic
def start_mailing(
    *, mailing: Mailing, text: MailingText, recipients: Sequence[tuple[UUID, UUID]], by: Actor, at: datetime
) -> None:
    """Let a job write the letters: one for each household and person. Raises NotAllowed, WrongState, BadInput."""
    check_can_write(by, mailing)
    locked = Mailing.objects.for_system(reason="a mailing is started once").select_for_update().get(pk=mailing.pk)
    if locked.state != MailingState.DRAFT:
        raise WrongState(_("Dieser Serienbrief ist schon geschrieben oder zurückgenommen."))
    if not recipients:
        raise BadInput(_("Bitte wählen Sie mindestens einen Haushalt."), field="households")
    if len(recipients) > MOST:
        raise BadInput(_("Höchstens %(most)d Briefe auf einmal.") % {"most": MOST}, field="households")
    if left := gaps(text.subject, text.text):
        raise BadInput(_("Im Brief steht noch: %(gaps)s. Bitte ergänzen.") % {"gaps": ", ".join(left)}, field="text")
    if unknown := unknown_in(text.subject, text.text):
        raise BadInput(_("Diese Felder gibt es nicht: %(names)s.") % {"names": ", ".join(unknown)}, field="text")
    mailing.subject, mailing.text, mailing.enclosures = text.subject, text.text, text.enclosures
    mailing.recipients = [[str(household), str(person)] for household, person in recipients]
    mailing.state, mailing.started_at = MailingState.RUNNING, at
    mailing.save()
    _record(mailing, "started", at)


@transaction.atomic
def write_mailed_letter(*, mailing: Mailing, subject: LetterSubject, language: str, by: Actor, at: datetime) -> Letter:
    """Write, file and mark as sent one of the letters. Raises HouseError where this household gets none."""
    choice = LetterChoice(mailing.template, Target.PERSON, language if mailing.in_languages else "")
    letter = begin_letter(subject=subject, choice=choice, by=by, at=at)
    letter.values |= read_values(fields_in(mailing.subject, mailing.text), subject)
    letter.subject = fill(mailing.subject, letter.values)[:SUBJECT_LENGTH]
    letter.text, letter.enclosures = fill(mailing.text, letter.values), mailing.enclosures
    name = subject.person.name if subject.person else ""
    letter.beside = beside(letter.template, letter.values, name=name, language=letter.language)
    letter.mailing = mailing
    letter.save()
    return send_letter(letter=letter, way=Way.POST, sent_on=local_day(at), home=subject.home, by=by, at=at)


@transaction.atomic
def keep_mailing_result(
    *, mailing: Mailing, failures: Sequence[tuple[str, str]], by: Actor, at: datetime, message: str = ""
) -> None:
    """Say how a mailing ended; with a `message` it broke off. Raises NotAllowed."""
    check_can_write(by, mailing)
    mailing.failures = [list(one) for one in failures]
    mailing.state = MailingState.FAILED if message else MailingState.DONE
    mailing.message, mailing.finished_at = message[:300], at
    mailing.save(update_fields=["failures", "state", "message", "finished_at"])
    _record(mailing, "failed" if message else "done", at)


@transaction.atomic
def take_back_mailing(*, mailing: Mailing, by: Actor, at: datetime) -> int:
    """Take all letters of a mailing back, those changed or sent anew since left alone; returns how many.

    Raises NotAllowed, WrongState.
    """
    check_can_write(by, mailing)
    mailing.refresh_from_db(from_queryset=Mailing.objects.for_system(reason="taken back once").select_for_update())
    check_can_take_back(mailing, at=at)
    rows = Letter.objects.writable_by(by).filter(mailing=mailing, sent_on__isnull=False)
    letters = list(rows.select_related("case", "document", "akte"))
    for letter in letters:
        take_back_sending(letter=letter, by=by, at=at)
        discard_letter(letter=letter, by=by, at=at)
    mailing.state, mailing.finished_at = MailingState.UNDONE, at
    mailing.save(update_fields=["state", "finished_at"])
    _record(mailing, "taken_back", at)
    return len(letters)


def _record(mailing: Mailing, state: str, at: datetime) -> None:
    record(facts.MAILING, about=[], frame=frame_of(mailing.akte), at=at, dimensions={"state": state})
