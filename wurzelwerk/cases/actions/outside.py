"""Referrals to bodies without an account: write the body down, send, and take what comes back by link or is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.queries import frame_of
from wurzelwerk.trust.rules import check_can_write, check_permission
from wurzelwerk.trust.scopes import Basis

from .. import facts, lists, outside_rules
from ..approvals import spend
from ..enums import ReferralNews, ReferralState
from ..ledger import about_case, case_frame
from ..models import ApprovedAct, Case, Household, Referral, ReferralEvent
from ..notices import tell
from ..passing_on import close_links
from ..queries import present_members
from ..rules import check_can_work, check_outcome, check_refusal_reason
from ..sending import answer_due, record_answer, released, save_once


@dataclass(frozen=True)
class Outside:
    """What a body without an account is told: about what, by which way, on which ground.

    `items`: stage -> codes of `release_items`, for a law; with releases they say it themselves.
    """

    purpose: str
    way: str
    concern: str
    basis: str = Basis.CONSENT
    basis_text: str = ""
    items: Mapping[str, Sequence[str]] | None = None


@transaction.atomic
def keep_body(
    *, akte: Akte, name: str, by: Actor, at: datetime, phone: str = "", email: str = "", replaces: bool = False
) -> Organisation:
    """Write down a body without an account, for the next time; only the controller of the Akte knows it.

    The same name again is the same body, with what is newly known of it; what is known already changes where `replaces`
    says that this is meant. Raises NotAllowed, BadInput.
    """
    check_permission(by, "referral.send")
    check_can_write(by, akte)
    name = " ".join(name.split())
    if not name:
        raise BadInput(_("Bitte geben Sie den Namen der Stelle an."), field="name")
    kept = Organisation.every.filter(kept_by=akte.controller_id, name__iexact=name).first()
    body = kept or Organisation(
        code=f"stelle-{uuid4().hex[:20]}", name=name[:160], short_name=name[:60], kind="association",
        kept_by_id=akte.controller_id,
    )  # fmt: skip
    said = {"phone": phone.strip()[:40], "email": email.strip()}
    for field, value in said.items():
        if value and not replaces:
            outside_rules.check_known(getattr(body, field), value, field=field)
        setattr(body, field, value or getattr(body, field))
    body.save()
    record(facts.BODY_KEPT, about=[], frame=frame_of(akte), at=at)
    return body


@transaction.atomic
def send_outside(
    *, case: Case, household: Household, receiver: Organisation, outside: Outside, by: Actor, at: datetime
) -> Referral:
    """Refer a household to a body without an account; a law does not wait for a second person's approval.

    Raises NotAllowed, WrongState (a release or the approval misses), BadInput.
    """
    check_permission(by, "referral.send")
    outside_rules.check_outside_receiver(case.akte, receiver)
    members, today = present_members(household), local_day(at)
    referral = Referral(
        akte=case.akte, case=case, household=household, receiver=receiver, purpose=outside.purpose,
        persons=max(len(members), 1), sent_at=at, sent_by_id=by.user_id, due_on=answer_due(today), way=outside.way,
        basis=outside.basis, basis_text=" ".join(outside.basis_text.split()), concern=outside.concern.strip(),
        items=dict(outside.items or {}), open_until=_longest(today), named=members[0] if members else None,
    )  # fmt: skip
    check_can_work(by, case, referral)
    if referral.basis == Basis.CONSENT:
        consents = released(case, members, receiver, outside.purpose, at)
        spend(case, ApprovedAct.SEND_REFERRAL, f"{receiver.code}:{outside.purpose}", by=by, at=at)
        stages = frozenset.intersection(*(frozenset(one.stages) for one in consents)) if consents else frozenset()
        referral.items = {row.key: row.value["data"] for row in lists.table("release_stages").all_on(today)
                          if row.key in stages}  # fmt: skip
        referral.open_until = min([referral.open_until, *(one.valid_until for one in consents)])
    outside_rules.check_outside(referral)
    save_once(referral)
    record(facts.REFERRAL_SENT, about=about_case(case), frame=case_frame(case), at=at)
    return referral


def _longest(today: date) -> date:
    return today + timedelta(days=lists.number("referral_rules", "link_days", on=today))


@transaction.atomic
def open_outside(*, referral: Referral, by: Actor, at: datetime) -> None:
    """Say that the data were looked at by the link: counted, without a word of who or from where."""
    outside_rules.check_answers_outside(by, referral, *outside_rules.STANDING)
    _note(referral, ReferralNews.OPENED, "", by, at)
    record(facts.REFERRAL_OPENED, about=about_case(referral.case), frame=case_frame(referral.case), at=at)


@transaction.atomic
def accept_outside(*, referral: Referral, by: Actor, at: datetime) -> None:
    """Accept, by the link or as a colleague was told. Raises NotAllowed, WrongState."""
    referral = _locked(referral)
    outside_rules.check_answers_outside(by, referral, ReferralState.SENT)
    referral.state, referral.answered_at, referral.answered_by_id = ReferralState.ACCEPTED, at, by.user_id
    referral.save(update_fields=["state", "answered_at", "answered_by"])
    _tell(referral, _("%(body)s hat die Überweisung angenommen."), by, at)
    record_answer(referral, "accepted", at)


@transaction.atomic
def refuse_outside(*, referral: Referral, because: str, reason: str, by: Actor, at: datetime) -> None:
    """Refuse with a reason of the list and a sentence; the links end. Raises NotAllowed, WrongState, BadInput."""
    referral = _locked(referral)
    outside_rules.check_answers_outside(by, referral, ReferralState.SENT)
    check_refusal_reason(because, on=local_day(at))
    if not because:
        raise BadInput(_("Bitte wählen Sie einen Grund."), field="because")
    referral.state, referral.refused_because = ReferralState.REFUSED, because
    referral.reason = " ".join(reason.split())[:300]
    referral.answered_at, referral.answered_by_id = at, by.user_id
    referral.save(update_fields=["state", "refused_because", "reason", "answered_at", "answered_by"])
    close_links(referral, at=at)
    _tell(referral, _("%(body)s hat die Überweisung abgelehnt."), by, at)
    record_answer(referral, "refused", at)


@transaction.atomic
def complete_outside(*, referral: Referral, outcome: str, text: str, by: Actor, at: datetime) -> None:
    """Say with what it is done; the links end. Raises NotAllowed, WrongState, BadInput."""
    referral = _locked(referral)
    outside_rules.check_answers_outside(by, referral, ReferralState.ACCEPTED)
    check_outcome(outcome, on=local_day(at))
    referral.state, referral.done_at, referral.outcome = ReferralState.DONE, at, outcome
    referral.outcome_text = " ".join(text.split())[:300]
    referral.save(update_fields=["state", "done_at", "outcome", "outcome_text"])
    close_links(referral, at=at)
    _tell(referral, _("%(body)s hat die Überweisung als erledigt gemeldet."), by, at)
    record(facts.REFERRAL_DONE, about=about_case(referral.case), frame=case_frame(referral.case), at=at,
           dimensions={"outcome": outcome})  # fmt: skip


@transaction.atomic
def ask_outside(*, referral: Referral, text: str, by: Actor, at: datetime) -> None:
    """Ask something back, by the link or as a colleague was told. Raises NotAllowed, WrongState, BadInput."""
    referral = _locked(referral)
    outside_rules.check_answers_outside(by, referral, *outside_rules.STANDING)
    outside_rules.check_words(text, field="question")
    referral.question_at = at
    referral.save(update_fields=["question_at"])
    _note(referral, ReferralNews.ASKED, text.strip(), by, at)
    _tell(referral, _("%(body)s hat eine Rückfrage zur Überweisung."), by, at)
    record(facts.REFERRAL_ASKED, about=about_case(referral.case), frame=case_frame(referral.case), at=at,
           dimensions={"what": "asked"})  # fmt: skip


@transaction.atomic
def answer_outside(*, referral: Referral, text: str, by: Actor, at: datetime) -> None:
    """Reply to a question; it stands on the link's page. Raises NotAllowed, WrongState, BadInput."""
    referral = _locked(referral)
    outside_rules.check_answers_outside(by, referral, *outside_rules.STANDING)
    outside_rules.check_words(text, field="text")
    referral.question_at = None
    referral.save(update_fields=["question_at"])
    _note(referral, ReferralNews.REPLIED, text.strip(), by, at)
    record(facts.REFERRAL_ASKED, about=about_case(referral.case), frame=case_frame(referral.case), at=at,
           dimensions={"what": "replied"})  # fmt: skip


def _locked(referral: Referral) -> Referral:
    rows = Referral.objects.for_system(reason="two people answer at once").select_related("receiver")
    return rows.select_for_update(of=("self",)).get(pk=referral.pk)


def _note(referral: Referral, news: str, text: str, by: Actor, at: datetime) -> None:
    ReferralEvent.objects.create(
        akte=referral.akte, referral=referral, receiver_id=referral.receiver_id, news=news, text=text, at=at,
        by_id=by.user_id, outside=by.link is not None,
    )  # fmt: skip


def _tell(referral: Referral, sentence: str, by: Actor, at: datetime) -> None:
    if by.user_id is None or referral.case.lead_id != by.user_id:
        text = (sentence % {"body": referral.receiver.short_name})[:200]
        tell(case=referral.case, text=text, at=at, once=by.link is not None)
