"""The course of a referral after it was sent: remind whoever does not answer, and say with what it is done."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import NotAllowed, WrongState
from wurzelwerk.base.workdays import workdays_between
from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.rules import check_owns

from .. import facts
from ..enums import ReferralNews, ReferralState, ReferralWay
from ..ledger import about_case, case_frame
from ..models import Referral, ReferralEvent
from ..notices import ask_body_to_look_in, tell
from ..passing_on import close_passing_on
from ..rules import check_can_answer, check_outcome, check_referral_waits
from ..signals import referral_reminded

OLD = timedelta(days=14)
"""After so long somebody is reminded of a referral that was sent before answers had a day."""
HOUR = timedelta(hours=1)


@transaction.atomic
def remind_receiver(*, referral: Referral, by: Actor, at: datetime) -> None:
    """Remind the receiver of a referral that waits, by a mail without content; at most once an hour.

    Raises NotAllowed unless the actor is of the team that sent it, WrongState.
    """
    check_owns(by, referral.akte)
    locked = Referral.objects.for_system(reason="two people remind at once").select_for_update().get(pk=referral.pk)
    check_referral_waits(locked)
    if locked.reminded_at and at - locked.reminded_at < HOUR:
        raise WrongState(_("Die Stelle ist gerade erst erinnert worden."))
    _remind(locked, by, at)


@transaction.atomic
def remind_receivers(*, by: Actor, at: datetime) -> int:
    """Remind whoever has not answered in time, and tell the sender; the nightly job's. Returns how many."""
    if not by.is_house:
        raise NotAllowed(_("Das tut nur der nächtliche Lauf."))
    today = local_day(at)
    late = Q(due_on__lt=today) | Q(due_on__isnull=True, sent_at__lt=at - OLD)
    rows = Referral.objects.for_system(reason="referrals without an answer").filter(
        late, state=ReferralState.SENT, reminded_at__isnull=True
    )
    found = list(rows.select_related("case__lead", "receiver"))
    for referral in found:
        _remind(referral, by, at)
        days = workdays_between(local_day(referral.sent_at), today)
        text = _("Seit %(days)d Arbeitstagen ohne Antwort: Überweisung an %(body)s. Die Stelle ist erinnert.")
        tell(case=referral.case, text=(text % {"days": days, "body": referral.receiver.short_name})[:200], at=at)
    return len(found)


def _remind(referral: Referral, by: Actor, at: datetime) -> None:
    referral.reminded_at = at
    referral.save(update_fields=["reminded_at"])
    ReferralEvent.objects.create(
        akte=referral.akte,
        referral=referral,
        receiver_id=referral.receiver_id,
        news=ReferralNews.REMINDED,
        at=at,
        by_id=by.user_id,
    )
    if referral.way == ReferralWay.ACCOUNT:
        ask_body_to_look_in(referral.receiver_id, permission="referral.answer", on=local_day(at))
    else:
        referral_reminded.send(Referral, referral=referral, by=by, at=at)
    record(facts.REFERRAL_REMINDED, about=about_case(referral.case), frame=case_frame(referral.case), at=at)


@transaction.atomic
def complete_referral(*, referral: Referral, outcome: str, text: str, by: Actor, at: datetime) -> None:
    """Say with what a referral that was accepted is done; what it opened is closed, for its purpose has ended.

    The receiver's. `outcome`: a code of the list. Raises NotAllowed, WrongState, BadInput.
    """
    check_can_answer(by, referral)
    locked = Referral.objects.for_system(reason="it may end meanwhile").select_for_update().get(pk=referral.pk)
    if locked.state != ReferralState.ACCEPTED:
        raise WrongState(_("Diese Überweisung läuft nicht (mehr)."))
    check_outcome(outcome, on=local_day(at))
    locked.state, locked.done_at = ReferralState.DONE, at
    locked.outcome, locked.outcome_text = outcome, " ".join(text.split())
    locked.save(update_fields=["state", "done_at", "outcome", "outcome_text"])
    house = Actor.system("a referral is done")  # the receiver may not end grants itself; that this one ends was checked
    close_passing_on(locked, by=house, at=at)
    by.forget_grants()
    tell(case=locked.case, text=_("Eine Überweisung ist erledigt."), at=at)
    record(
        facts.REFERRAL_DONE,
        about=about_case(locked.case),
        frame=case_frame(locked.case),
        at=at,
        dimensions={"outcome": outcome},
    )
