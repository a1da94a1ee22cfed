"""Whom somebody covers for, and what of another team is open to them for that: by grants that end with the absence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from wurzelwerk.base.clock import local_day
from wurzelwerk.network.absences import Away, away_on
from wurzelwerk.network.models import Absence, Membership, User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.circles import person_circle
from wurzelwerk.trust.grants import Terms, open_scopes
from wurzelwerk.trust.models import Akte, Grant
from wurzelwerk.trust.roles import ROLES
from wurzelwerk.trust.scopes import APART, Basis, Form, Scope

from . import lists
from .models import Case, Cover

PURPOSE = "cover"
Span = tuple[date, date]
"""First and last day."""
REASON = "which cases somebody who is away is in charge of"


@dataclass(frozen=True)
class Covered:
    """Somebody for whom the actor stands in.

    `cases`: only these of theirs; None for everything but `elsewhere`, which others cover. `seen`: the actor knows.
    """

    absence_id: UUID
    cover_ids: tuple[UUID, ...]
    user_id: UUID
    name: str
    from_: date
    until: date
    cases: frozenset[UUID] | None
    elsewhere: frozenset[UUID]
    seen: bool

    def on(self, day: date) -> bool:
        """Say whether the cover holds on a day."""
        return self.from_ <= day <= self.until

    def work(self, whose: str, case: str = "case_id") -> Q:
        """Return the condition on rows that are this person's work: `whose` names the column of who has to do them."""
        mine = Q(**{whose: self.user_id})
        if self.cases is not None:
            return mine & Q(**{f"{case}__in": self.cases})
        return mine & ~Q(**{f"{case}__in": self.elsewhere}) if self.elsewhere else mine


def covered_by(user_id: UUID | None, *, on: date) -> list[Covered]:
    """Return for whom somebody stands in on a day or soon after (two queries; one where nobody is covered)."""
    until = on + timedelta(days=lists.number("absence_rules", "ahead_days", on=on))
    rows = Cover.objects.filter(
        _lasts(on),
        user_id=user_id, absence__cancelled_at__isnull=True, absence__starts_on__lte=until, absence__ends_on__gte=on,
    )  # fmt: skip
    mine: dict[UUID, list[Cover]] = {}
    for row in rows.select_related("absence__user").order_by("absence__starts_on", "made_at", "pk"):
        mine.setdefault(row.absence_id, []).append(row)
    if not mine:
        return []
    others: dict[UUID, set[UUID]] = {}
    given = Cover.objects.filter(_lasts(on), absence_id__in=list(mine), case__isnull=False).exclude(user_id=user_id)
    for absence_id, case_id in given.values_list("absence_id", "case_id"):
        others.setdefault(absence_id, set()).add(case_id)
    return [_covered(rows, frozenset(others.get(absence_id, ()))) for absence_id, rows in mine.items()]


def _lasts(on: date) -> Q:
    return Q(until__isnull=True) | Q(until__gte=on)


def _covered(rows: list[Cover], elsewhere: frozenset[UUID]) -> Covered:
    absence = rows[0].absence
    only = None if any(row.case_id is None for row in rows) else frozenset(row.case_id for row in rows if row.case_id)
    return Covered(
        absence_id=absence.pk,
        cover_ids=tuple(row.pk for row in rows),
        user_id=absence.user_id,
        name=absence.user.display_name,
        from_=absence.starts_on,
        until=max(_last_day(row, absence) for row in rows),
        cases=only,
        elsewhere=elsewhere,
        seen=all(row.seen_at for row in rows),
    )


def bodies_of(user: User, *, on: date) -> set[UUID]:
    """Return the bodies for which somebody works on a day or later (one query)."""
    rows = Membership.objects.filter(user=user).exclude(valid_to__lt=on)
    return set(rows.values_list("organisation_id", flat=True))


def away_meanwhile(users: Iterable[User], absence: Absence) -> list[tuple[User, Away]]:
    """Return who of the covers is away at the same time, and when (one query)."""
    people = {user.pk: user for user in users}
    found = away_on(people, absence.starts_on, absence.ends_on)
    return [(people[pk], rows[0]) for pk, rows in found.items()]


# -- what of other teams is open --------------------------------------------------------------------------------------


def settle_grants(absence: Absence, *, by: Actor, at: datetime) -> int:
    """Bring the grants of an absence in line with its covers and cases; return how many Akten were opened anew.

    Opened is only what lies in a team to which the cover does not belong, only Akten that the actor's own team keeps,
    and never those of another controller.
    """
    wanted = {} if absence.cancelled_at or absence.ends_on < local_day(at) else _wanted(absence, local_day(at))
    standing = Grant.objects.filter(because=absence.pk, revoked_at__isnull=True).select_related("circle")
    held = {(row.akte_id, row.circle.user_id) for row in standing}
    outdated = [
        row.pk
        for row in standing
        if (row.akte_id, row.circle.user_id) not in wanted
        or (row.valid_from, row.valid_until) != _period(wanted[row.akte_id, row.circle.user_id][2], row.granted_at)
    ]
    Grant.objects.filter(pk__in=outdated).update(revoked_at=at)
    kept = {(row.akte_id, row.circle.user_id) for row in standing if row.pk not in set(outdated)}
    opened = 0
    for (akte_id, user_id), (akte, user, span) in wanted.items():
        known = (akte_id, user_id) in held
        if (akte_id, user_id) in kept or not (known or by.keeps(akte.circle_id, Scope.REGISTER, write=True)):
            continue
        _open(akte, user, absence, span, by=by, at=at)
        opened += 1
    by.forget_grants()
    return opened


def _period(span: Span, granted_at: datetime) -> Span:
    return max(span[0], local_day(granted_at)), span[1]


def _wanted(absence: Absence, today: date) -> dict[tuple[UUID, UUID], tuple[Akte, User, Span]]:
    """The Akten of the absent person's cases, the covers whose team does not keep them, and for which days."""
    covers = list(absence.covers.select_related("user"))
    if not covers:
        return {}
    cases = Case.objects.for_system(reason=REASON).filter(lead_id=absence.user_id, closed_on__isnull=True)
    open_cases = list(cases.select_related("akte__controller"))
    single = {cover.case_id: cover for cover in covers if cover.case_id}
    found: dict[tuple[UUID, UUID], tuple[Akte, User, Span]] = {}
    for cover in covers:
        stand_in = Actor.of(cover.user, on=max(today, absence.starts_on))
        for case in open_cases:
            span = _span(cover, case, single.get(case.pk), absence)
            foreign = case.akte.controller_id not in stand_in.organisation_ids
            if span and span[1] >= today and not foreign and not stand_in.keeps(case.circle_id, Scope.REGISTER):
                known = found.get((case.akte_id, cover.user_id), (None, None, span))[2]
                whole = min(span[0], known[0]), max(span[1], known[1])
                found[case.akte_id, cover.user_id] = (case.akte, cover.user, whole)
    return found


def _span(cover: Cover, case: Case, single: Cover | None, absence: Absence) -> Span | None:
    """From when to when a cover stands in for a case: a single one until its day, the others for the rest."""
    if cover.case_id:
        return (absence.starts_on, _last_day(cover, absence)) if cover.case_id == case.pk else None
    begins = absence.starts_on if single is None else _last_day(single, absence) + timedelta(days=1)
    return (max(begins, absence.starts_on), absence.ends_on) if begins <= absence.ends_on else None


def _last_day(cover: Cover, absence: Absence) -> date:
    return min(cover.until or absence.ends_on, absence.ends_on)


def _open(akte: Akte, user: User, absence: Absence, span: Span, *, by: Actor, at: datetime) -> None:
    starts_on, ends_on = _period(span, at)
    valid = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=starts_on), valid_from__lte=starts_on)
    roles = valid.filter(user_id=absence.user_id, organisation_id=akte.controller_id).values_list("role", flat=True)
    scopes = frozenset().union(*(ROLES[role].reads for role in roles if role in ROLES)) - {Scope.OFFER, *APART}
    open_scopes(
        akte=akte,
        circle=person_circle(organisation=akte.controller, user=user),
        scopes=scopes,
        terms=Terms(PURPOSE, Basis.TASK, "Vertretung", valid_from=starts_on, valid_until=ends_on, because=absence.pk),
        form=Form.WRITE,
        granted_by_id=by.user_id,
        at=at,
    )


def follow_lead(*people: UUID | None, by: Actor, at: datetime) -> None:
    """A case changed hands: bring the grants of everybody concerned in line who is away now or will be."""
    rows = Absence.objects.filter(
        user_id__in=[one for one in people if one], cancelled_at__isnull=True, ends_on__gte=local_day(at)
    )
    for absence in rows.filter(covers__isnull=False).distinct():
        settle_grants(absence, by=by, at=at)
