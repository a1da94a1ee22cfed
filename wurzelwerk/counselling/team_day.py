"""The day of a team, for who leads it: what waits, counted by colleague; in as many queries for twenty as for one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from wurzelwerk.base.formats import local
from wurzelwerk.cases.enums import AppointmentState, ReferralState, StepState
from wurzelwerk.cases.models import Appointment, Case, Referral, Step, Task
from wurzelwerk.network.absences import away_until
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

from .deadlines import deadlines, leads_of
from .today_cover import rings
from .working_rules import working_rule

DEADLINES_READ = 1_000


@dataclass(frozen=True)
class ColleagueDay:
    """What waits for one colleague. `away_until`: the last day of an absence that goes on, None for who is there."""

    user_id: UUID
    name: str
    away_until: date | None
    appointments: int
    overdue: int
    due: int
    deadlines: int
    unseen: int
    referrals: int


def team_day(actor: Actor, people: Sequence[User], *, today: date, now: datetime) -> list[ColleagueDay]:
    """Return a line a colleague in the order given (nine queries)."""
    ids = [user.pk for user in people]
    away = away_until(ids, on=today)
    meetings = _counted(_meetings(actor, ids, now), "host_id")
    overdue, due = _work(actor, ids, today)
    found = deadlines(actor, Q(lead_id__in=ids), today=today, limit=DEADLINES_READ)
    leads = leads_of(found, actor)
    running_out = Counter(leads.get(one.akte_id) for one in found)
    unseen = _counted(_unseen(actor, ids, today), "lead_id")
    sent = Referral.objects.visible_to(actor).filter(sent_by_id__in=ids, state=ReferralState.SENT)
    waiting = _counted(sent, "sent_by_id")
    return [
        ColleagueDay(
            user_id=user.pk,
            name=user.display_name,
            away_until=away.get(user.pk),
            appointments=meetings[user.pk],
            overdue=overdue[user.pk],
            due=due[user.pk],
            deadlines=running_out[user.pk],
            unseen=unseen[user.pk],
            referrals=waiting[user.pk],
        )
        for user in people
    ]


def _counted(rows: QuerySet, column: str) -> Counter[UUID]:
    return Counter(dict(rows.order_by().values_list(column).annotate(number=Count("*"))))


def _meetings(actor: Actor, ids: list[UUID], now: datetime) -> QuerySet:
    begin = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Appointment.objects.visible_to(actor).filter(
        host_id__in=ids,
        state=AppointmentState.PLANNED,
        starts_at__gte=begin,
        starts_at__lt=begin + timedelta(days=1),
    )


def _work(actor: Actor, ids: list[UUID], today: date) -> tuple[Counter[UUID], Counter[UUID]]:
    """Tasks and steps together: overdue, and due in the next days (two queries)."""
    until = today + timedelta(days=working_rule("days_ahead", on=today))
    mine = {"assignee_id__in": ids, "due_on__lte": until}
    tasks = Task.objects.visible_to(actor).filter(
        rings(today), done_at__isnull=True, cancelled_at__isnull=True, case__closed_on__isnull=True, **mine
    )
    steps = Step.objects.visible_to(actor).filter(
        state=StepState.OPEN, goal__need__case__closed_on__isnull=True, **mine
    )
    late, soon = Count("due_on", filter=Q(due_on__lt=today)), Count("due_on", filter=Q(due_on__gte=today))
    overdue: Counter[UUID] = Counter()
    due: Counter[UUID] = Counter()
    for rows in (tasks, steps):
        for user_id, before, after in rows.order_by().values_list("assignee_id").annotate(late=late, soon=soon):
            overdue[user_id] += before
            due[user_id] += after
    return overdue, due


def _unseen(actor: Actor, ids: list[UUID], today: date) -> QuerySet:
    before = today - timedelta(days=working_rule("unseen_after_days", on=today))
    rows = Case.objects.visible_to(actor).filter(lead_id__in=ids, closed_on__isnull=True)
    return rows.filter(Q(last_contact_on__lt=before) | Q(last_contact_on__isnull=True))
