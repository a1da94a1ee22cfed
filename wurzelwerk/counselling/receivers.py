"""What counselling does when a receiver without an account is to be reminded; inside the same transaction."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import HouseError
from wurzelwerk.cases.enums import ReferralWay
from wurzelwerk.cases.models import Referral
from wurzelwerk.cases.notices import tell
from wurzelwerk.cases.signals import referral_reminded
from wurzelwerk.trust.actor import Actor

from .outside import mail_link


@receiver(referral_reminded, dispatch_uid="counselling.referral_reminded")
def send_the_link_again(*, referral: Referral, by: Actor, at: datetime, **_kwargs: Any) -> None:
    """A new link by mail, for the first is stored nowhere; where none was mailed the sender is asked to call."""
    if not _mailed(referral, by=by, at=at):
        text = _("Bitte fragen Sie bei %(body)s selbst nach der Überweisung.")
        tell(case=referral.case, text=(text % {"body": referral.receiver.short_name})[:200], at=at)


def _mailed(referral: Referral, *, by: Actor, at: datetime) -> bool:
    if referral.way != ReferralWay.LINK or not referral.sent_to or not settings.PUBLIC_URL:
        return False
    try:
        mail_link(referral, referral.sent_to, by=by, at=at)
    except HouseError:
        return False
    return True
