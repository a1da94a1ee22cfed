"""Bring a household to another controller, in the frame of what its members released."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import NotAllowed, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust import actions as trust_actions
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.circles import team_circle
from wurzelwerk.trust.grants import Terms, open_scopes
from wurzelwerk.trust.models import Consent, Grant
from wurzelwerk.trust.rules import check_owns, check_permission
from wurzelwerk.trust.scopes import Basis, Form, Scope

from .. import facts
from ..approvals import spend
from ..enums import ReferralState
from ..ledger import about_case, case_frame
from ..models import ApprovedAct, Case, Household, Referral
from ..notices import tell
from ..passing_on import close_passing_on
from ..queries import present_members
from ..rules import (
    check_can_answer,
    check_can_work,
    check_names_nobody,
    check_referral_stands,
    check_referral_waits,
    check_refusal_reason,
)
from ..sending import answer_due, record_answer, released, save_once
from ..signals import referral_sent
from .matter import open_case


@dataclass(frozen=True)
class PassingOn:
    """What an accepted referral opens: to the receiver, and back to the sender."""

    read: frozenset[str]
    write: frozenset[str]
    back: frozenset[str]


@transaction.atomic
def send_referral(
    *,
    case: Case,
    household: Household,
    receiver: Organisation,
    purpose: str,
    by: Actor,
    at: datetime,
    message: str = "",
) -> Referral:
    """Send a household to another controller. Raises NotAllowed, WrongState (a release is missing …), BadInput."""
    check_permission(by, "referral.send")
    members = present_members(household)
    referral = Referral(
        akte=case.akte, case=case, household=household, receiver=receiver, purpose=purpose,
        persons=max(len(members), 1), message=message, sent_at=at, sent_by_id=by.user_id,
        due_on=answer_due(local_day(at)),
    )  # fmt: skip
    check_can_work(by, case, referral)
    check_names_nobody(message, household)
    consents = released(case, members, receiver, purpose, at)
    spend(case, ApprovedAct.SEND_REFERRAL, f"{receiver.code}:{purpose}", by=by, at=at)
    save_once(referral)
    open_scopes(
        akte=case.akte,
        circle=team_circle(organisation=receiver),
        scopes=[Scope.REFERRAL],
        terms=_terms(referral, consents),
        granted_by_id=by.user_id,
        at=at,
    )
    referral_sent.send(Referral, referral=referral, by=by, at=at)
    record(facts.REFERRAL_SENT, about=about_case(case), frame=case_frame(case), at=at)
    return referral


def _terms(referral: Referral, consents: Iterable[Consent]) -> Terms:
    return Terms(
        purpose=referral.purpose,
        basis=Basis.CONSENT,
        basis_text=_("Freigabe aller Mitglieder des Haushalts"),
        valid_until=min((consent.valid_until for consent in consents), default=None),
        because=referral.pk,
    )


@transaction.atomic
def accept_referral(*, referral: Referral, service: str, passing_on: PassingOn, by: Actor, at: datetime) -> Case:
    """Accept: open an own Akte and case, link both, and open what was released.

    Returns the receiver's case. Raises NotAllowed, WrongState (answered, withdrawn, a release ended).
    """
    check_can_answer(by, referral)
    locked = Referral.objects.for_system(reason="two people answer at once").select_for_update()
    referral = locked.get(pk=referral.pk)
    check_referral_waits(referral)
    consents = released(referral.case, present_members(referral.household), referral.receiver, referral.purpose, at)
    own = trust_actions.open_akte(controller=referral.receiver, site=None, subject="household", by=by, at=at)
    case = open_case(akte=own, service=service, household=None, by=by, at=at)
    referral.state, referral.receiver_akte = ReferralState.ACCEPTED, own
    referral.answered_at, referral.answered_by_id = at, by.user_id
    referral.save(update_fields=["state", "receiver_akte", "answered_at", "answered_by"])
    _open_both_ways(referral, own.circle, passing_on, _terms(referral, consents), at)
    trust_actions.link_records(
        from_akte=referral.akte,
        from_subject=referral.household_id,
        to_akte=own,
        to_subject=case.pk,
        because=referral.pk,
        by=by,
        at=at,
    )
    by.forget_grants()
    tell(case=referral.case, text=_("Die Überweisung wurde angenommen."), at=at)
    record_answer(referral, "accepted", at)
    return case


def _open_both_ways(referral: Referral, circle, passing_on: PassingOn, terms: Terms, at: datetime) -> None:
    open_scopes(akte=referral.akte, circle=circle, scopes=passing_on.read, terms=terms, at=at)
    open_scopes(akte=referral.akte, circle=circle, scopes=passing_on.write, terms=terms, at=at, form=Form.WRITE)
    open_scopes(akte=referral.akte, circle=circle, scopes=passing_on.write, terms=terms, at=at)
    open_scopes(
        akte=referral.receiver_akte,
        circle=referral.akte.circle,
        scopes=passing_on.back,
        terms=Terms(referral.purpose, Basis.TASK, _("Rückmeldung an die überweisende Stelle"), None, referral.pk),
        at=at,
    )


@transaction.atomic
def refuse_referral(*, referral: Referral, reason: str, by: Actor, at: datetime, because: str = "") -> None:
    """Refuse with a reason; `because`: its code in the list of reasons. Raises NotAllowed, WrongState, BadInput."""
    check_can_answer(by, referral)
    check_referral_waits(referral)
    check_refusal_reason(because, on=local_day(at))
    if not reason.strip():
        raise WrongState(_("Bitte begründen Sie die Ablehnung."))
    referral.state, referral.reason, referral.refused_because = ReferralState.REFUSED, reason.strip(), because
    referral.answered_at, referral.answered_by_id = at, by.user_id
    referral.save(update_fields=["state", "reason", "refused_because", "answered_at", "answered_by"])
    tell(case=referral.case, text=_("Die Überweisung wurde abgelehnt."), at=at)
    record_answer(referral, "refused", at)


@transaction.atomic
def end_referral(*, referral: Referral, reason: str, by: Actor, at: datetime) -> None:
    """End passing on: the receiver loses sight at once; what it wrote itself stays with it.

    Only the sender can. Raises NotAllowed, WrongState.
    """
    check_owns(by, referral.akte)
    check_referral_stands(referral)
    accepted = referral.state == ReferralState.ACCEPTED
    referral.state = ReferralState.ENDED if accepted else ReferralState.WITHDRAWN
    referral.reason, referral.ended_at = reason.strip(), at
    referral.save(update_fields=["state", "reason", "ended_at"])
    close_passing_on(referral, by=by, at=at)
    if accepted:
        receiving = Case.objects.for_system(reason="tell the receiver that passing on ended")
        for case in receiving.filter(akte=referral.receiver_akte):
            tell(case=case, text=_("Die Weitergabe der Daten wurde beendet."), at=at)
    record(facts.REFERRAL_ENDED, about=about_case(referral.case), frame=case_frame(referral.case), at=at)


@transaction.atomic
def lapse_referrals(*, by: Actor, at: datetime) -> int:
    """End every referral whose releases have run out; the nightly job's. Returns how many. Raises NotAllowed."""
    if not by.is_house:
        raise NotAllowed(_("Das tut nur der nächtliche Lauf."))
    lapsed = Grant.objects.filter(revoked_at__isnull=True, valid_until__lt=local_day(at)).values("because")
    standing = Referral.objects.for_system(reason="releases that have run out").filter(
        Q(pk__in=lapsed) | Q(open_until__lt=local_day(at)), state__in=[ReferralState.SENT, ReferralState.ACCEPTED]
    )
    for referral in standing:
        end_referral(referral=referral, reason=_("Die Freigaben sind abgelaufen."), by=by, at=at)
        tell(case=referral.case, text=_("Die Freigaben sind abgelaufen; die Weitergabe ist beendet."), at=at)
    return len(standing)


@transaction.atomic
def withdraw_release(*, consent: Consent, how: str, by: Actor, at: datetime) -> None:
    """Record a withdrawal and end every referral that rested on it. Raises NotAllowed, WrongState."""
    trust_actions.revoke_release(consent=consent, how=how, by=by, at=at)
    referrals = Referral.objects.for_system(reason="a withdrawn release ends what rested on it").filter(
        akte=consent.akte,
        receiver=consent.receiver,
        purpose=consent.purpose,
        state__in=[ReferralState.SENT, ReferralState.ACCEPTED],
    )
    for referral in referrals:
        end_referral(referral=referral, reason=_("Freigabe widerrufen"), by=by, at=at)
