"""The parts that counselling gives to the household page and to "Heute"; at most two queries each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from wurzelwerk.base.rooms import once
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import ReferralState, StepState
from wurzelwerk.cases.merge_sides import may_merge
from wurzelwerk.cases.models import (
    Case,
    HouseholdMember,
    Note,
    PersonLanguage,
    Referral,
    Residence,
    Step,
    Task,
)
from wurzelwerk.cases.queries import economy_of, home_of
from wurzelwerk.cases.shared_homes import living_with
from wurzelwerk.network import remembered
from wurzelwerk.network.colleagues import colleagues_of
from wurzelwerk.trust.scopes import Scope

from .enums import SERVICE
from .forms.choosing import label_or_code
from .journal import journal_lines
from .merging import merges_of
from .planning import Reader, plan_of
from .queries import HouseholdNames, is_minor, languages_of, may_read, may_write
from .referrals import is_late, waited
from .sharing import boards
from .working_rules import working_rule

NOTES_SHOWN = 4
LINES_SHOWN = 10

Context = Mapping[str, Any] | None


@dataclass(frozen=True)
class MemberLine:
    """A member as the panel shows them; `expires` warns that the residence document runs out."""

    member: HouseholdMember
    relation: str
    is_minor: bool
    languages: str
    needs_interpreter: bool
    residence: Residence | None
    expires: bool
    unsaid: str = ""


def members(request: HttpRequest, page: Any) -> Context:
    """Who lives there, in which languages, with which residence (two queries)."""
    everybody = [*page.members, *page.expected]
    spoken = languages_of(everybody, actor=page.actor)
    ids = [member.person_id for member in everybody]
    titles = Residence.objects.visible_beside(page.household, page.actor).among(person_id=ids)
    titles = {row.person_id: row for row in titles}
    soon = page.today + timedelta(days=working_rule("residence_expiry_days", on=page.today))
    lines = [
        _member_line(member, spoken.get(member.person_id, []), titles.get(member.person_id), page.today, soon)
        for member in everybody
    ]
    units = sorted({member.benefit_unit for member in page.members if member.benefit_unit})
    return {
        "lines": lines,
        "several_units": len(units) > 1,
        "writes": page.may_write(Scope.CONTACT),
        "reads_family": page.actor.keeps(page.household.circle_id, Scope.JOURNAL),
        "reads_residence": may_read(page.actor, page.household, Scope.RESIDENCE),
        "writes_residence": page.may_write(Scope.RESIDENCE),
    }


def _member_line(
    member: HouseholdMember, spoken: list[PersonLanguage], title: Residence | None, today, soon
) -> MemberLine:
    until = title.valid_until if title else None
    return MemberLine(
        member=member,
        relation=label_or_code("relation_kinds", member.relation),
        is_minor=is_minor(member, on=today),
        languages=", ".join(label_or_code("languages", row.code) for row in spoken),
        needs_interpreter=any(row.needs_interpreter for row in spoken),
        residence=title,
        expires=until is not None and until <= soon,
        unsaid=", ".join(label_or_code("unsaid_topics", code) for code in member.person.unsaid),
    )


def circumstances(request: HttpRequest, page: Any) -> Context:
    """Where the household lives and on what (two queries)."""
    home = once(page, "cases.home", lambda: home_of(page.household, actor=page.actor))
    reads_money = may_read(page.actor, page.household, Scope.ECONOMIC)
    money = once(page, "cases.economy", lambda: economy_of(page.household, actor=page.actor)) if reads_money else None
    return {
        "home": home,
        "home_district": remembered.districts.name(home.district_id) if home else "",
        "home_kind": label_or_code("dwelling_kinds", home.kind) if home else "",
        "home_hint": _hint("dwelling_kinds", home.kind) if home else "",
        "leaves_late": bool(home and home.must_leave_by and home.must_leave_by < page.today),
        "money": money,
        "incomes": [label_or_code("income_kinds", code) for code in money.income_kinds] if money else [],
        "reads_money": reads_money,
        "writes_home": page.may_write(Scope.CONTACT),
        "writes_money": page.may_write(Scope.ECONOMIC),
    }


def shared_home(request: HttpRequest, page: Any) -> Context:
    """Which other households live there too, as far as the actor sees them (two queries, one for none)."""
    home = once(page, "cases.home", lambda: home_of(page.household, actor=page.actor))
    together = living_with(page.household, home, actor=page.actor)
    return {"together": together} if together else None


def _hint(name: str, code: str) -> str:
    return str(lists.table(name).latest(code).value.get("hint", "")) if code in lists.table(name).keys else ""


def _works(page: Any, scope: str) -> bool:
    """Whether the actor works on the page's case in this scope."""
    return page.case is not None and may_read(page.actor, page.case, scope)


def _writes(page: Any, scope: str) -> bool:
    return page.case is not None and not page.case.closed_on and may_write(page.actor, page.case, scope)


def _new_since(page: Any) -> datetime | None:
    """When the reader's last visit ended; came with the household."""
    return getattr(page.household, "new_since", None)


def plan(request: HttpRequest, page: Any) -> Context:
    """Needs, goals and steps (two queries)."""
    if not _works(page, Scope.PLAN):
        return None
    reader = Reader(page.actor.user_id, _new_since(page))
    needs = plan_of(page.case, actor=page.actor, colleagues=colleagues_of(page), reader=reader)
    return {
        "open_needs": [need for need in needs if need.is_open],
        "met_needs": [need for need in needs if need.met_on],
        "writes": _writes(page, Scope.PLAN),
    }


def journal(request: HttpRequest, page: Any) -> Context:
    """The latest journal entries (two queries)."""
    if not _works(page, Scope.JOURNAL):
        return None
    notes = Note.objects.visible_beside(page.case, page.actor).of(case_id=page.case.pk)
    found = list(notes[: NOTES_SHOWN + 1])
    return {
        "lines": journal_lines(
            found[:NOTES_SHOWN],
            page.members,
            colleagues_of(page),
            reader=page.actor.user_id,
            since=_new_since(page),
        ),
        "more": len(found) > NOTES_SHOWN,
        "writes": _writes(page, Scope.JOURNAL),
    }


def tasks(request: HttpRequest, page: Any) -> Context:
    """What is to be done (one query)."""
    if not _works(page, Scope.PLAN):
        return None
    rows = Task.objects.visible_beside(page.case, page.actor).of(case_id=page.case.pk)
    rows = rows.filter(done_at__isnull=True, cancelled_at__isnull=True)[:LINES_SHOWN]
    return {
        "tasks": colleagues_of(page).add(rows, "assignee_id"),
        "writes": _writes(page, Scope.PLAN),
        "today": page.today,
    }


def papers(request: HttpRequest, page: Any) -> Context:
    """The ways to what lies on pages of its own (no query)."""
    return {
        "subject": page,
        "reads_documents": may_read(page.actor, page.household, Scope.DOCUMENTS),
        "writes": _writes(page, Scope.DOCUMENTS),
    }


def sharing(request: HttpRequest, page: Any) -> Context:
    """What is released to whom and what was sent (two queries); only for the team that keeps the Akte."""
    if not page.actor.keeps(page.household.circle_id, Scope.RELEASE):
        return None
    return {"boards": boards(page), "writes": page.may_write(Scope.RELEASE)}


def matter(request: HttpRequest, page: Any) -> Context:
    """What can be done with the case itself (no query; one where another Akte was merged into this one)."""
    if not _works(page, Scope.REGISTER) or page.case.circle_id not in page.actor.circles:
        return None
    return {
        "writes": may_write(page.actor, page.case, Scope.REGISTER),
        "assigns": page.actor.may("case.assign") and not page.case.closed_on,
        "hands_over": may_read(page.actor, page.case, Scope.HANDOVER),
        "links_contacts": page.actor.may("contact.record") and _writes(page, Scope.JOURNAL),
        "merges": may_merge(page.actor, page.household.akte),
        "merged": merges_of(page.household, actor=page.actor),
    }


# -- Heute ----------------------------------------------------------------------------------------------------------


def _names(page: Any) -> HouseholdNames:
    """The page's households, looked up together for all its panels."""
    return once(page, "counselling.names", lambda: HouseholdNames(page.actor))


def my_tasks(request: HttpRequest, page: Any) -> Context:
    """My tasks and steps that are due or overdue (two queries)."""
    if not page.actor.home_circles(Scope.PLAN):
        return None
    until = page.today + timedelta(days=working_rule("days_ahead", on=page.today))
    mine = {"assignee_id": page.actor.user_id, "due_on__lte": until}
    tasks = Task.objects.visible_to(page.actor).filter(
        Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=page.today),
        done_at__isnull=True,
        cancelled_at__isnull=True,
        case__closed_on__isnull=True,
        **mine,
    )
    steps = Step.objects.visible_to(page.actor).filter(
        state=StepState.OPEN, goal__need__case__closed_on__isnull=True, **mine
    )
    return {
        "tasks": _names(page).add(tasks[:LINES_SHOWN]),
        "steps": _names(page).add(steps[:LINES_SHOWN]),
        "today": page.today,
    }


def my_referrals(request: HttpRequest, page: Any) -> Context:
    """Referrals that I sent and that wait for an answer (one query)."""
    if not page.actor.may("referral.send"):
        return None
    waiting = Q(state=ReferralState.SENT) | Q(state=ReferralState.ACCEPTED, question_at__isnull=False)
    rows = Referral.objects.visible_to(page.actor).filter(waiting, sent_by_id=page.actor.user_id)
    found = _names(page).add(rows.select_related("receiver").order_by("sent_at", "pk")[:LINES_SHOWN])
    lines = [(row, waited(row, today=page.today), is_late(row, today=page.today)) for row in found]
    return {"referrals": lines} if lines else None


def unseen(request: HttpRequest, page: Any) -> Context:
    """Households of mine that nobody has spoken to for long (one query)."""
    days = working_rule("unseen_after_days", on=page.today)
    before = page.today - timedelta(days=days)
    rows = Case.objects.visible_to(page.actor).filter(
        service=SERVICE, lead_id=page.actor.user_id, closed_on__isnull=True
    )
    rows = rows.filter(Q(last_contact_on__lt=before) | Q(last_contact_on__isnull=True))
    found = _names(page).add(rows.order_by("last_contact_on", "pk")[: LINES_SHOWN + 1])
    if not found:
        return None
    return {"cases": found[:LINES_SHOWN], "more": len(found) > LINES_SHOWN, "days": days}
