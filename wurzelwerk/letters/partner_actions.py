"""Writes on letters to partners (owners of dwellings): begin, change, mark as sent, discard; each with its way back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.base.rooms import LetterPartner
from wurzelwerk.evidence.ledger import record, void
from wurzelwerk.evidence.types import FactType
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.queries import frame_of
from wurzelwerk.trust.rules import check_can_write

from . import facts, rules
from .enums import Way
from .filling import FIELD, greeting
from .models import SUBJECT_LENGTH, PartnerLetter
from .sheet import Sender, letter_pdf
from .wording import partner_choices, partner_templates


@dataclass(frozen=True)
class PartnerText:
    """What stands on a letter, as its author leaves it."""

    address: str
    dated_on: date
    subject: str
    salutation: str
    text: str
    enclosures: str = ""


ON_PAPER = tuple(one.name for one in fields(PartnerText))


@transaction.atomic
def begin_partner_letter(*, partner: LetterPartner, template: str, by: Actor, at: datetime) -> PartnerLetter:
    """Begin a letter from a template; what is known stands in it already. Raises NotAllowed, BadInput."""
    letter = PartnerLetter(akte=partner.akte, author_id=by.user_id, begun_at=at, changed_at=at, template=template)
    check_can_write(by, letter)
    if template not in dict(partner_choices(partner.kind, on=local_day(at))):
        raise BadInput(_("Diese Vorlage gibt es nicht (mehr). Bitte neu auswählen."), field="template")
    row, known = partner_templates().latest(template).value, _known(partner, by, at)
    letter.dated_on, letter.address = local_day(at), "\n".join(partner.lines)
    letter.subject, letter.salutation = _put(row["subject"], known)[:SUBJECT_LENGTH], greeting(partner.greeted)
    letter.text = "\n\n".join(_put(one, known) for one in row["sentences"])
    letter.save()
    _record(facts.LETTER_BEGUN, letter, at)
    return letter


def _known(partner: LetterPartner, by: Actor, at: datetime) -> Mapping[str, tuple[str, str]]:
    """What a template can say: key -> (label, text)."""
    sender = Sender.of(partner.akte)
    return {
        **partner.fields,
        "stelle.name": (_("Name der Stelle"), sender.name),
        "stelle.anschrift": (_("Anschrift der Stelle"), sender.address),
        "stelle.telefon": (_("Telefon der Stelle"), sender.phone),
        "verfasser.name": (_("Wer schreibt"), by.name),
        "heute": (_("Heutiges Datum"), formats.long_day(local_day(at))),
    }


def _put(sentence: str, known: Mapping[str, tuple[str, str]]) -> str:
    """Put into a sentence what is known; what is not leaves a gap with its name."""

    def put(found) -> str:
        label, text = known.get(found.group(1), (found.group(1), ""))
        return (text or f"[{label}]") + found.group(2)

    return FIELD.sub(put, sentence)


@transaction.atomic
def change_partner_letter(*, letter: PartnerLetter, text: PartnerText, by: Actor, at: datetime) -> None:
    """Change what stands on a letter that has not left the house. Raises NotAllowed, WrongState, BadInput."""
    check_can_write(by, letter)
    rules.hold(letter)
    rules.check_open(letter)
    for one in fields(text):
        setattr(letter, one.name, getattr(text, one.name))
    rules.check_address(letter.address)
    letter.changed_at = at
    letter.save(update_fields=[*ON_PAPER, "changed_at"])
    _record(facts.LETTER_CHANGED, letter, at)


@transaction.atomic
def send_partner_letter(*, letter: PartnerLetter, way: str, sent_on: date, by: Actor, at: datetime) -> None:
    """Mark a letter as sent, and keep it as it left the house.

    Raises NotAllowed, WrongState, BadInput (something is still missing, a sign cannot be printed).
    """
    check_can_write(by, letter)
    rules.hold(letter, *ON_PAPER)
    rules.check_sent_on(letter, sent_on, at=at)
    rules.check_complete(letter)
    letter.sent_on, letter.sent_way = sent_on, Way(way)
    letter.content = letter_pdf([letter], authors={letter.author_id: letter.author}, at=at)
    letter.sent_event = record(
        facts.LETTER_SENT,
        about=[],
        frame=frame_of(letter.akte),
        at=at,
        occurred_on=sent_on,
        dimensions={"way": way, "template": letter.template},
    )[0].event
    letter.save(update_fields=["sent_on", "sent_way", "sent_event", "content"])


@transaction.atomic
def take_back_partner_letter(*, letter: PartnerLetter, by: Actor, at: datetime) -> None:
    """Take back that a letter is sent; it is a draft again. Raises NotAllowed, WrongState."""
    check_can_write(by, letter)
    rules.hold(letter)
    rules.check_sent(letter)
    void(facts.LETTER_SENT, event=letter.sent_event, at=at)
    letter.sent_on, letter.sent_way, letter.sent_event, letter.content = None, "", None, None
    letter.save(update_fields=["sent_on", "sent_way", "sent_event", "content"])


@transaction.atomic
def discard_partner_letter(*, letter: PartnerLetter, by: Actor, at: datetime) -> None:
    """Put a letter aside that is not to be sent. Raises NotAllowed, WrongState."""
    check_can_write(by, letter)
    rules.hold(letter)
    rules.check_open(letter)
    letter.discarded_at = at
    letter.save(update_fields=["discarded_at"])
    _record(facts.LETTER_DISCARDED, letter, at, state="discarded")


@transaction.atomic
def restore_partner_letter(*, letter: PartnerLetter, by: Actor, at: datetime) -> None:
    """Bring a discarded letter back. Raises NotAllowed, WrongState."""
    check_can_write(by, letter)
    rules.hold(letter)
    if letter.discarded_at is None:
        raise WrongState(_("Dieser Brief ist nicht verworfen."))
    letter.discarded_at = None
    letter.save(update_fields=["discarded_at"])
    _record(facts.LETTER_DISCARDED, letter, at, state="restored")


def _record(fact: FactType, letter: PartnerLetter, at: datetime, **dimensions: str) -> None:
    record(fact, about=[], frame=frame_of(letter.akte), at=at, dimensions=dimensions)
