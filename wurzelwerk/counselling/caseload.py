"""Who has how much to do: cases by weight, what is to come, what is overdue. The weight is chosen or proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, Value, When
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import now
from wurzelwerk.base.formats import day, number
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import AppointmentState, Urgency
from wurzelwerk.cases.models import Appointment, Case, Need, Task
from wurzelwerk.network.absences import away_until
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

from .working_rules import working_rule

INTENSIVE, NORMAL, ACCOMPANYING, RESTING = "intensive", "normal", "accompanying", "resting"


@dataclass(frozen=True)
class Load:
    """What one colleague has to do. `weight`: the sum over their open cases, in the units of the list of weights."""

    user_id: UUID
    name: str
    cases: int
    weight: Decimal
    intensive: int
    appointments: int
    overdue: int
    away_until: date | None

    @property
    def in_words(self) -> str:
        """Cases, weight and absence, for a choice of colleagues."""
        said = _("%(cases)d Fälle, Aufwand %(weight)s") % {"cases": self.cases, "weight": number(self.weight, None)}
        away = _(", abwesend bis %(until)s") % {"until": day(self.away_until)} if self.away_until else ""
        return said + away


def with_weight(cases: QuerySet, *, actor: Actor, today: date, chosen: bool = True) -> QuerySet:
    """Return the cases, each with the code of its weight as `weighs`: chosen, else proposed by need and contact.

    `chosen` False leaves out what somebody chose.
    """
    urgent = Need.objects.visible_to(actor).filter(case_id=OuterRef("pk"), met_on__isnull=True, urgency=Urgency.NOW)
    return cases.annotate(
        weighs=Choice(
            *([When(weight__gt="", then=F("weight"))] if chosen else []),
            When(Exists(urgent), then=Value(INTENSIVE)),
            When(last_contact_on__gte=_before(today, "weight_normal_days"), then=Value(NORMAL)),
            When(last_contact_on__lt=_before(today, "weight_resting_days"), then=Value(RESTING)),
            default=Value(ACCOMPANYING),
            output_field=CharField(),
        )
    )


def _before(today: date, rule: str) -> date:
    return today - timedelta(days=working_rule(rule, on=today))


def loads_of(people: Sequence[User], *, actor: Actor, today: date) -> dict[UUID, Load]:
    """Return what each of these people has to do, as far as the actor sees it (four queries)."""
    ids = [user.pk for user in people]
    open_cases = Case.objects.visible_to(actor).filter(lead_id__in=ids, closed_on__isnull=True)
    counted = with_weight(open_cases, actor=actor, today=today).order_by().values_list("lead_id", "weighs")
    by_weight = {(lead, code): n for lead, code, n in counted.annotate(number=Count("pk"))}
    week = now() + timedelta(days=7)
    to_come = Appointment.objects.visible_to(actor).filter(
        host_id__in=ids, state=AppointmentState.PLANNED, starts_at__gte=now(), starts_at__lt=week
    )
    meetings = dict(to_come.order_by().values_list("host_id").annotate(number=Count("pk")))
    late = Task.objects.visible_to(actor).filter(
        assignee_id__in=ids, done_at__isnull=True, cancelled_at__isnull=True, case__closed_on__isnull=True,
        due_on__lt=today,
    )  # fmt: skip
    overdue = dict(late.order_by().values_list("assignee_id").annotate(number=Count("pk")))
    away = away_until(ids, on=today)
    return {
        user.pk: Load(
            user_id=user.pk,
            name=user.display_name,
            cases=sum(n for (lead, _code), n in by_weight.items() if lead == user.pk),
            weight=sum((n * weight_of(code) for (lead, code), n in by_weight.items() if lead == user.pk), Decimal(0)),
            intensive=by_weight.get((user.pk, INTENSIVE), 0),
            appointments=meetings.get(user.pk, 0),
            overdue=overdue.get(user.pk, 0),
            away_until=away.get(user.pk),
        )
        for user in people
    }


def weight_of(code: str) -> Decimal:
    """Return the newest weight of a code; nothing for one that the list never had."""
    table = lists.table("case_weights")
    return Decimal(table.latest(code).value["value"]) if code in table.keys else Decimal(0)
