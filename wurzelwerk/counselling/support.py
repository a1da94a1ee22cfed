"""Who works with a household, since when, how to reach them: own colleagues, other bodies, people without an account.

Each sees of the others what the Akten are open for: the own team all of it, a body to which the household was referred
its sender and itself, never to whom else it was referred and never the household's helpers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import ReferralState
from wurzelwerk.cases.models import Appointment, Case, Conference, Helper, Note, Referral, Task
from wurzelwerk.cases.queries import case_of
from wurzelwerk.network.models import User

from .forms.choosing import label_or_code
from .queries import OpenHousehold
from .support_covers import covers_said
from .working_rules import working_rule

BADGES = {"planned": "info", "held": "success", "cancelled": ""}


@dataclass
class Fellow:
    """Somebody who works with the household. `since`, `last_active`: days, as far as known and open to the reader."""

    name: str
    role: str
    body: str = ""
    since: date | None = None
    last_active: date | None = None
    phone: str = ""
    email: str = ""
    note: str = ""
    is_main: bool = False
    helper: Helper | None = None
    referral: UUID | None = None
    user: UUID | None = None
    cover: str = ""


@dataclass
class SupportCircle:
    """All who work with a household, in groups: the own team, other bodies, helpers; and helpers of former times."""

    own: list[Fellow] = field(default_factory=list)
    others: list[Fellow] = field(default_factory=list)
    helpers: list[Fellow] = field(default_factory=list)
    former: list[Fellow] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many work with the household now."""
        return len(self.own) + len(self.others) + len(self.helpers)


def circle_of(subject: OpenHousehold) -> SupportCircle:
    """Return who works with a household, as far as the actor may know (at most twelve queries)."""
    keeps = subject.household.circle_id in subject.actor.circles
    found = SupportCircle(own=_own(subject), others=_receivers(subject) if keeps else _sender(subject))
    rows = list(Helper.objects.visible_beside(subject.household, subject.actor).of(household_id=subject.household.pk))
    main = max((row for row in rows if row.main_since and not row.until), key=lambda row: row.main_since, default=None)
    names = {member.person_id: member.person.name for member in subject.members}
    for row in rows:
        (found.former if row.until else found.helpers).append(_helper(row, names, is_main=row is main))
    if main is None and found.own and subject.case and subject.case.lead_id:
        found.own[0].is_main = True
    found.helpers.sort(key=lambda one: not one.is_main)
    _name_covers(found, subject)
    return found


def _name_covers(circle: SupportCircle, subject: OpenHousehold) -> None:
    """Say of the own colleagues who covers the case, and of others only what covers everything."""
    people = [one for one in (*circle.own, *circle.others) if one.user]
    case = subject.case.pk if subject.case else None
    said = covers_said([one.user for one in people], case=case, on=subject.today)
    for one in people:
        one.cover = said.get(one.user, "")


def _helper(row: Helper, names: dict[UUID, str], *, is_main: bool) -> Fellow:
    about = names.get(row.person_id, _("frühere Person")) if row.person_id else ""
    role = label_or_code("helper_roles", row.role)
    basis = f"{row.get_basis_display()}: {row.basis_text}" if row.basis_text else str(row.get_basis_display())
    return Fellow(
        name=row.name,
        role=_("%(role)s für %(name)s") % {"role": role, "name": about} if about else role,
        body=row.body,
        since=row.since,
        last_active=row.until,
        phone=row.phone,
        email=row.email,
        note=" · ".join(filter(None, [row.reachable, row.ended_because or basis])),
        is_main=is_main,
        helper=row,
    )


def _person(user: User, role: str, **more: Any) -> Fellow:
    return Fellow(user.display_name, role, phone=user.phone, email=user.email, user=user.pk, **more)


def _own(subject: OpenHousehold) -> list[Fellow]:
    """The one in charge first, then whoever wrote, met or has something to do of late."""
    if subject.case is None:
        return []
    seen = _activity(subject.case, subject)
    since = subject.today - timedelta(days=working_rule("circle_active_days", on=subject.today))
    present = {pk for pk, (_first, last) in seen.items() if last >= since} | {subject.case.lead_id}
    users = {user.pk: user for user in User.objects.filter(pk__in=[pk for pk in present if pk])}
    fellows = [
        _person(
            user,
            _("zuständig") if pk == subject.case.lead_id else _("arbeitet mit"),
            since=seen[pk][0] if pk in seen else subject.case.opened_on,
            last_active=seen[pk][1] if pk in seen else None,
        )
        for pk, user in users.items()
    ]
    lead = users[subject.case.lead_id].display_name if subject.case.lead_id in users else ""
    return sorted(fellows, key=lambda one: (one.name != lead, -(one.last_active or date.min).toordinal(), one.name))


def _activity(case: Case, subject: OpenHousehold) -> dict[UUID, tuple[date, date]]:
    """Account -> first and last day of doing something in the case (three queries)."""
    found: dict[UUID, tuple[date, date]] = {}
    for pk, first, last in _acts(case, subject):
        days = local_day(first), min(local_day(last), subject.today)
        before = found.get(pk, days)
        found[pk] = min(days[0], before[0]), max(days[1], before[1])
    return found


def _acts(case: Case, subject: OpenHousehold) -> Iterator[tuple[UUID, datetime, datetime]]:
    for model, who, when in ((Note, "author_id", "occurred_at"), (Appointment, "host_id", "starts_at"),
                             (Task, "assignee_id", "made_at")):  # fmt: skip
        rows = model.objects.visible_beside(case, subject.actor).of(case_id=case.pk).order_by()
        yield from rows.exclude(**{who: None}).values_list(who).annotate(Min(when), Max(when))


def _receivers(subject: OpenHousehold) -> list[Fellow]:
    """The bodies that accepted a referral, with whoever is in charge there as far as they show it."""
    rows = Referral.objects.visible_beside(subject.household, subject.actor).of(household_id=subject.household.pk)
    accepted = list(rows.filter(state=ReferralState.ACCEPTED).select_related("receiver", "answered_by"))
    akten = [row.receiver_akte_id for row in accepted if row.receiver_akte_id]
    theirs = Case.objects.visible_to(subject.actor).among(akte_id=akten).select_related("lead")
    cases = {case.akte_id: case for case in theirs.order_by("opened_on", "pk")}
    return [_receiver(row, cases.get(row.receiver_akte_id)) for row in accepted]


def _receiver(row: Referral, case: Case | None) -> Fellow:
    user = (case.lead if case else None) or row.answered_by
    known = lists.table("release_purposes").keys
    purpose = lists.label("release_purposes", row.purpose) if row.purpose in known else row.purpose
    more = {
        "body": row.receiver.name,
        "since": local_day(row.answered_at) if row.answered_at else None,
        "last_active": case.last_contact_on if case else None,
        "referral": row.pk,
    }
    if user is None:
        return Fellow(row.receiver.name, purpose, phone=row.receiver.phone, email=row.receiver.email, **more)
    return _person(user, purpose, **more)


def _sender(subject: OpenHousehold) -> list[Fellow]:
    """Who keeps the Akte, for a body to which the household was referred."""
    case = case_of(subject.household, actor=subject.actor)
    akte = subject.household.akte
    place = akte.site or akte.controller
    sent = Referral.objects.visible_to(subject.actor).filter(household=subject.household).order_by("sent_at").first()
    since = local_day(sent.sent_at) if sent else None
    body = f"{akte.controller.name}, {place.name}" if akte.site else akte.controller.name
    user = case.lead if case and case.akte_id == akte.pk else None
    if user is None:
        more = {"phone": place.phone, "email": akte.controller.email, "since": since}
        return [Fellow(body, _("führt die Akte"), referral=sent.pk if sent else None, **more)]
    return [_person(user, _("führt die Akte"), body=body, since=since, referral=sent.pk if sent else None)]


def conferences_of(case: Case | None, subject: OpenHousehold) -> list[Conference]:
    """Return the conferences about a household that the actor may see, the latest first."""
    if case is None:
        return []
    return named_conferences(Conference.objects.visible_beside(case, subject.actor).of(case_id=case.pk))


def named_conferences(rows: Iterable[Conference]) -> list[Conference]:
    """Return the rows, each with the name of its kind as `label` and the kind of its badge as `badge`."""
    found = list(rows)
    for row in found:
        row.badge = BADGES[row.state]
        row.label = label_or_code("conference_kinds", row.kind)
    return found
