"""A conference as it is shown: who is invited, what was decided and what became of it, and the invitation as a file."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import icalendar
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import ConferenceState, StepState
from wurzelwerk.cases.models import Case, Conference, Decision, Goal, Helper, Participant, Step, Task
from wurzelwerk.cases.queries import colleagues_of_others
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

from .queries import OpenHousehold, colleagues

BADGES = {"yes": "success", "no": "warning", "open": ""}


@dataclass(frozen=True)
class DecisionLine:
    """A decision with what became of it; `kind` is the kind of its badge."""

    decision: Decision
    state: str
    kind: str


@dataclass(frozen=True)
class Invitable:
    """Who may be invited to a conference about a household."""

    team: tuple[User, ...]
    elsewhere: tuple[tuple[User, str], ...]
    helpers: tuple[Helper, ...]


def invitable(case: Case, subject: OpenHousehold) -> Invitable:
    """Return the own team, who works with the household at other bodies, and its helpers."""
    others = colleagues_of_others(case)
    users = User.objects.in_bulk(list(others))
    helpers = Helper.objects.visible_beside(subject.household, subject.actor).of(household_id=subject.household.pk)
    return Invitable(
        team=tuple(colleagues(case.akte, on=subject.today)),
        elsewhere=tuple((users[pk], one.akte.controller.short_name) for pk, one in others.items()),
        helpers=tuple(helpers.filter(until__isnull=True).order_by("name", "pk")),
    )


def participants_of(conference: Conference, *, actor: Actor) -> list[Participant]:
    """Return who is invited, in order of names, each with the kind of the badge for the answer as `badge`."""
    found = list(Participant.objects.visible_to(actor).of(conference_id=conference.pk))
    for row in found:
        row.badge = BADGES[row.answer]
    return found


def goals_of(case: Case, *, actor: Actor) -> QuerySet[Goal]:
    """Return the goals of a case that are not reached yet."""
    return Goal.objects.visible_to(actor).filter(need__case_id=case.pk, reached_on__isnull=True, need__met_on=None)


def decisions_of(conference: Conference, *, actor: Actor, today: date) -> list[DecisionLine]:
    """Return what was decided, with the state of its task or step as far as the actor may see it (three queries)."""
    rows = list(Decision.objects.visible_to(actor).of(conference_id=conference.pk))
    tasks = {
        one.pk: one for one in Task.objects.visible_to(actor).among(id=[row.task_id for row in rows if row.task_id])
    }
    steps = {
        one.pk: one for one in Step.objects.visible_to(actor).among(id=[row.step_id for row in rows if row.step_id])
    }
    return [_line(row, tasks.get(row.task_id), steps.get(row.step_id), today) for row in rows]


def _line(row: Decision, task: Task | None, step: Step | None, today: date) -> DecisionLine:
    done = bool(task and task.done_at) or bool(step and step.state == StepState.DONE)
    dropped = bool(task and task.cancelled_at) or bool(step and step.state == StepState.DROPPED)
    if done:
        return DecisionLine(row, _("erledigt"), "success")
    if dropped:
        return DecisionLine(row, _("entfällt"), "")
    if task is None and step is None:
        return DecisionLine(row, "", "")
    return DecisionLine(row, _("überfällig"), "danger") if row.due_on < today else DecisionLine(row, _("offen"), "info")


def template_of(kind: str) -> str:
    """Return the template with which minutes of this kind begin; empty for a kind the list never had."""
    table = lists.table("conference_kinds")
    lines = table.latest(kind).value.get("template", ()) if kind in table.keys else ()
    return "\n\n".join(lines)


def calendar_file(conference: Conference, *, organiser: User, at: datetime) -> bytes:
    """Return an invitation for anybody's calendar: when and where, not a word about whom or what."""
    event = icalendar.Event()
    event.add("uid", f"{conference.pk}@wurzelwerk")
    event.add("dtstamp", at)
    event.add("dtstart", conference.starts_at)
    event.add("dtend", conference.ends_at)
    event.add("summary", _("Besprechung"))
    event.add("class", "CONFIDENTIAL")
    event.add("status", "CANCELLED" if conference.state == ConferenceState.CANCELLED else "CONFIRMED")
    if conference.place:
        event.add("location", conference.place)
    event.add("description", _("Eingeladen hat %(name)s.") % {"name": organiser.display_name})
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Wurzelwerk//Besprechung//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if conference.state == ConferenceState.CANCELLED else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def chosen(values: list[str], offered: Invitable) -> tuple[tuple[User, ...], tuple[Helper, ...]]:
    """Return the accounts and helpers that the values of a form name."""
    users = {f"u:{user.pk}": user for user in (*offered.team, *(user for user, _body in offered.elsewhere))}
    helpers = {f"h:{helper.pk}": helper for helper in offered.helpers}
    return (
        tuple(users[value] for value in values if value in users),
        tuple(helpers[value] for value in values if value in helpers),
    )


def invited_values(participants: list[Participant]) -> list[str]:
    """Return who is invited as the form names them."""
    return [f"u:{row.user_id}" if row.user_id else f"h:{row.helper_id}" for row in participants]


def present_ids(values: list[str]) -> list[UUID]:
    """Return the participants' ids that a form names."""
    return [UUID(value) for value in values]
