"""What every referral has in common, with account or without: its releases, its day, that it stands once, its fact."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import WrongState
from wurzelwerk.base.workdays import workdays_after
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust.models import Consent
from wurzelwerk.trust.queries import standing_consents

from . import facts, lists
from .enums import ReferralState
from .ledger import about_case, case_frame
from .models import Case, Referral


def answer_due(day: date) -> date:
    """The last day on which an answer to what is sent today counts as in time."""
    return workdays_after(day, lists.number("referral_rules", "answer_days", on=day))


def save_once(referral: Referral) -> None:
    """Store a referral where none stands for this household, receiver and purpose. Raises WrongState."""
    standing = Referral.objects.for_system(reason="one standing referral a household and receiver").filter(
        household=referral.household,
        receiver=referral.receiver,
        purpose=referral.purpose,
        state__in=[ReferralState.SENT, ReferralState.ACCEPTED],
    )
    taken = WrongState(_("Der Haushalt ist dort schon angemeldet."))
    if standing.exists():
        raise taken
    try:
        with transaction.atomic():
            referral.save()
    except IntegrityError:
        raise taken from None


def released(case: Case, members: list, receiver: Organisation, purpose: str, at: datetime) -> list[Consent]:
    """Return the standing releases of all members for a receiver and a purpose. Raises WrongState where one misses."""
    consents = standing_consents(case.akte, receiver_id=receiver.pk, purpose=purpose, on=local_day(at))
    missing = [member for member in members if member not in consents]
    if missing:
        raise WrongState(
            _("Es fehlt noch die Freigabe von %(count)d Person(en). Ohne sie wird nichts weitergegeben.")
            % {"count": len(missing)}
        )
    return list(consents.values())


def record_answer(referral: Referral, answer: str, at: datetime) -> None:
    """Record what a body answered."""
    record(
        facts.REFERRAL_ANSWERED,
        about=about_case(referral.case),
        frame=case_frame(referral.case),
        at=at,
        dimensions={
            "answer": answer,
            "in_time": "no" if referral.due_on and local_day(at) > referral.due_on else "yes",
            **({"because": referral.refused_because or "unsaid"} if answer == "refused" else {}),
        },
    )
