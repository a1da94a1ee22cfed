"""Conferences about a household: call, change, cancel, write the minutes with what was decided, confirm them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

from .. import facts, support_rules
from ..enums import ConferenceState, InvitationAnswer
from ..ledger import about_case, case_frame
from ..models import Case, CaseParty, Conference, Decision, Goal, Helper, Participant
from ..notices import tell
from ..queries import colleagues_of_others
from ..rules import check_can_work
from .matter import plan_step
from .work import set_task

ORIGIN = "conference"
"""The origin of tasks that a conference decided."""


@dataclass(frozen=True)
class Invitation:
    """When and where a conference takes place, about what, and who is invited."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    agenda: str = ""
    users: tuple[User, ...] = ()
    helpers: tuple[Helper, ...] = ()


@dataclass(frozen=True)
class Agreed:
    """One decision: what, who, until when.

    `assignee`: the colleague who does it; None: somebody outside does, and who writes the minutes sees to it. `who`
    names whoever does it. With a `goal` it becomes a step of the plan, otherwise a task.
    """

    text: str
    due_on: date
    who: str
    assignee: User | None = None
    by_client: bool = False
    goal: Goal | None = None


@transaction.atomic
def call_conference(*, case: Case, invitation: Invitation, by: Actor, at: datetime) -> Conference:
    """Set a conference and invite to it; whoever has an account is told. Raises NotAllowed, WrongState, BadInput."""
    conference = Conference(akte=case.akte, case=case, called_at=at, called_by_id=by.user_id)
    check_can_work(by, case, conference)
    _take(conference, invitation)
    _invite(conference, invitation, by, at)
    _record(facts.CONFERENCE_CALLED, conference, at)
    return conference


@transaction.atomic
def change_conference(*, conference: Conference, invitation: Invitation, by: Actor, at: datetime) -> None:
    """Change what was set before it takes place; answers of who stays invited stay, unless the time changed.

    Raises NotAllowed, WrongState, BadInput.
    """
    support_rules.check_conference_planned(by, conference)
    before = (conference.starts_at, conference.ends_at, conference.place)
    _take(conference, invitation)
    moved = before != (conference.starts_at, conference.ends_at, conference.place)
    if moved:
        conference.participants.for_system(reason="the time or place changed").update(answer=InvitationAnswer.OPEN)
    _invite(conference, invitation, by, at, again=moved)
    _record(facts.CONFERENCE_CHANGED, conference, at)


def _take(conference: Conference, invitation: Invitation) -> None:
    support_rules.check_conference_times(invitation.starts_at, invitation.ends_at)
    parties = CaseParty.objects.for_system(reason="whose helpers may be invited").filter(case=conference.case)
    household = set(parties.values_list("household_id", flat=True))
    support_rules.check_invited(household, [user.pk for user in invitation.users], invitation.helpers)
    known = colleagues_of_others(conference.case)
    own = conference.case.akte.controller_id
    for user in invitation.users:
        if user.pk not in known and not user.memberships.filter(organisation_id=own).exists():
            raise BadInput(_("Eine der Personen arbeitet nicht mit diesem Haushalt."), field="invited")
    for name in ("kind", "starts_at", "ends_at"):
        setattr(conference, name, getattr(invitation, name))
    conference.place, conference.agenda = " ".join(invitation.place.split()), invitation.agenda.strip()
    conference.save()


def _invite(conference: Conference, invitation: Invitation, by: Actor, at: datetime, *, again: bool = False) -> None:
    rows = {row.user_id or row.helper_id: row for row in conference.participants.for_system(reason="who is invited")}
    wanted = {one.pk for one in (*invitation.users, *invitation.helpers)}
    conference.participants.for_system(reason="not invited any more").filter(
        pk__in=[row.pk for key, row in rows.items() if key not in wanted]
    ).delete()
    Participant.objects.bulk_create(
        Participant(akte=conference.akte, conference=conference, helper=helper, name=helper.name, body=helper.body)
        for helper in invitation.helpers
        if helper.pk not in rows
    )
    elsewhere = colleagues_of_others(conference.case)
    for user in invitation.users:
        case = elsewhere.get(user.pk, conference.case)
        if user.pk not in rows:
            Participant.objects.create(
                akte=conference.akte, conference=conference, user=user, name=user.display_name,
                body=case.akte.controller.short_name, answer=_own_answer(user, by),
            )  # fmt: skip
        if user.pk != by.user_id and (again or user.pk not in rows):
            tell(case=case, to=user, text=_told(conference), at=at)


def _own_answer(user: User, by: Actor) -> str:
    return InvitationAnswer.YES if user.pk == by.user_id else InvitationAnswer.OPEN


def _told(conference: Conference) -> str:
    return _("Einladung zu einer Fallkonferenz am %(when)s") % {"when": formats.moment(conference.starts_at)}


@transaction.atomic
def cancel_conference(*, conference: Conference, by: Actor, at: datetime) -> None:
    """Cancel a conference that has not been held; who has an account is told. Raises NotAllowed, WrongState."""
    support_rules.check_conference_planned(by, conference)
    conference.state = ConferenceState.CANCELLED
    conference.save(update_fields=["state"])
    _tell_all(conference, _("Abgesagt: Fallkonferenz am %(when)s"), by, at)
    _record(facts.CONFERENCE_CANCELLED, conference, at)


@transaction.atomic
def restore_conference(*, conference: Conference, by: Actor, at: datetime) -> None:
    """Take a cancellation back. Raises NotAllowed, WrongState."""
    check_can_work(by, conference.case, conference)
    if conference.state != ConferenceState.CANCELLED:
        raise WrongState(_("Diese Besprechung ist nicht abgesagt."))
    conference.state = ConferenceState.PLANNED
    conference.save(update_fields=["state"])
    _tell_all(conference, _("Findet doch statt: Fallkonferenz am %(when)s"), by, at)
    _record(facts.CONFERENCE_CALLED, conference, at)


def _tell_all(conference: Conference, sentence: str, by: Actor, at: datetime) -> None:
    elsewhere = colleagues_of_others(conference.case)
    rows = conference.participants.for_system(reason="who is told").filter(user__isnull=False).exclude(user=by.user_id)
    for row in rows.select_related("user"):
        case = elsewhere.get(row.user_id, conference.case)
        tell(case=case, to=row.user, text=sentence % {"when": formats.moment(conference.starts_at)}, at=at)


@transaction.atomic
def answer_invitation(*, participant: Participant, answer: str, by: Actor, at: datetime) -> None:
    """Record whether somebody is coming. Raises NotAllowed, WrongState."""
    support_rules.check_can_answer(by, participant, about_minutes=False)
    participant.answer = InvitationAnswer(answer)
    participant.save(update_fields=["answer"])
    _record(facts.CONFERENCE_ANSWERED, participant.conference, at)


@transaction.atomic
def write_minutes(
    *,
    conference: Conference,
    text: str,
    present: Iterable[UUID],
    by: Actor,
    at: datetime,
    next_on: date | None = None,
    decisions: Sequence[Agreed] = (),
) -> list[Decision]:
    """Write the minutes, or write them anew; each decision becomes a step or a task at once.

    `present`: ids of participants. Returns the new decisions. Raises NotAllowed, WrongState, BadInput.
    """
    support_rules.check_can_write_minutes(by, conference, text=text, at=at)
    support_rules.check_next_day(next_on, conference)
    first, same = conference.state == ConferenceState.PLANNED, conference.minutes == text.strip()
    conference.state, conference.minutes, conference.next_on = ConferenceState.HELD, text.strip(), next_on
    if first:
        conference.written_at, conference.written_by_id = at, by.user_id
    conference.save()
    _keep_present(conference, set(present), same_text=same)
    made = [_decide(conference, number, one, by, at) for number, one in enumerate(decisions, start=1)]
    if first:
        _record(facts.CONFERENCE_HELD, conference, at, occurred_on=local_day(conference.starts_at))
    else:
        _record(facts.CONFERENCE_CHANGED, conference, at)
    return made


def _keep_present(conference: Conference, present: set[UUID], *, same_text: bool) -> None:
    """Minutes whose text changed have to be confirmed anew."""
    rows = conference.participants.for_system(reason="who was there")
    rows.update(present=False)
    rows.filter(pk__in=present).update(present=True)
    if not same_text:
        rows.update(confirmed_at=None)


def _decide(conference: Conference, number: int, agreed: Agreed, by: Actor, at: datetime) -> Decision:
    support_rules.check_decision(agreed.text, agreed.due_on, number=number, at=at)
    text = " ".join(agreed.text.split())
    decision = Decision(akte=conference.akte, conference=conference, text=text, who=agreed.who, due_on=agreed.due_on)
    if agreed.goal is not None:
        decision.step = plan_step(
            goal=agreed.goal, text=text, by_client=agreed.by_client, assignee=agreed.assignee, due_on=agreed.due_on,
            by=by, at=at,
        )  # fmt: skip
    else:
        outside = agreed.assignee is None
        title = _("Nachhalten bei %(who)s: %(text)s") % {"who": agreed.who, "text": text} if outside else text
        decision.task = set_task(
            case=conference.case, title=title[:200], due_on=agreed.due_on, assignee=agreed.assignee, origin=ORIGIN,
            by=by, at=at,
        )  # fmt: skip
    decision.save()
    return decision


@transaction.atomic
def confirm_minutes(*, participant: Participant, confirmed: bool, by: Actor, at: datetime) -> None:
    """Record that somebody confirms the minutes, or take that back. Raises NotAllowed, WrongState."""
    support_rules.check_can_answer(by, participant, about_minutes=True)
    participant.confirmed_at = at if confirmed else None
    participant.save(update_fields=["confirmed_at"])
    _record(facts.CONFERENCE_ANSWERED, participant.conference, at)


def _record(fact, conference: Conference, at: datetime, *, occurred_on: date | None = None) -> None:
    case = conference.case
    record(fact, about=about_case(case), frame=case_frame(case), at=at, occurred_on=occurred_on)
