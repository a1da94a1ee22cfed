"""Whether a message may go to somebody, and then whether it can."""

from datetime import datetime
from uuid import UUID

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.base.rooms import contact_bars
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.rules import check_can_write

from .backends import is_set_up
from .enums import Channel, MessageState
from .models import Message

REGION = "DE"
MOBILE = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


def why_not(person: UUID, channel: str) -> str:
    """Return why nothing may be sent to somebody on a channel, as a German sentence; empty where it may (one query)."""
    if not is_set_up(channel):
        return _("%(channel)s ist in dieser Installation nicht eingerichtet.") % {"channel": Channel(channel).label}
    return contact_bars([person], channel).get(person, "")


def check_may_reach(message: Message) -> None:
    """Raise NotAllowed where the person asked for no such message, WrongState where the channel is not set up."""
    if not is_set_up(message.channel):
        raise WrongState(why_not(UUID(int=0), message.channel))
    if message.person and (reason := why_not(message.person, message.channel)):
        raise NotAllowed(reason)


def check_can_queue(message: Message, *, by: Actor, at: datetime) -> None:
    """Raise where the actor may not write it, the person does not want it, or it could not be sent."""
    if not by.is_house and by.link is None:
        check_can_write(by, message)
    check_may_reach(message)
    if not message.text.strip():
        raise BadInput(_("Die Nachricht hat keinen Text."), field="text")
    if message.is_late(at=at):
        raise WrongState(_("Für diese Nachricht ist es zu spät."))


def check_state(message: Message, allowed: set[str], said: str) -> None:
    """Raise WrongState where a message does not stand where it should."""
    if message.state not in allowed:
        raise WrongState(said)


def check_can_repeat(message: Message, *, at: datetime) -> None:
    """Raise WrongState where a message went out, or would come too late."""
    check_state(message, {MessageState.FAILED, MessageState.UNCLEAR}, _("Diese Nachricht wartet nicht auf Sie."))
    if message.is_late(at=at) or not message.text:
        raise WrongState(_("Für diese Nachricht ist es zu spät."))


def address_for(channel: str, *, email: str, phones: list[str]) -> str:
    """Return the address that a channel takes: a mail address, or the first mobile number as +49…; else empty."""
    if channel == Channel.MAIL:
        try:
            validate_email(email)
        except ValidationError:
            return ""
        return email
    return next(filter(None, map(mobile_number, phones)), "")


def mobile_number(text: str) -> str:
    """Return a mobile number as E.164 (`+4915112345678`); empty for anything else."""
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in MOBILE:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
