"""The list of absences: whose the actor may see, and what of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.tables import Column, Table, badge
from wurzelwerk.cases import lists
from wurzelwerk.cases.absence_rules import led_people
from wurzelwerk.cases.models import Case
from wurzelwerk.counselling.queries import HouseholdNames
from wurzelwerk.network.models import Absence, Membership, User
from wurzelwerk.trust.actor import Actor


@dataclass(frozen=True)
class AbsenceLine:
    """One absence as the actor may see it; `kind` is empty for colleagues, `url` where it cannot be changed."""

    pk: UUID
    name: str
    starts_on: date
    ends_on: date
    kind: str
    covers: str
    state: str
    url: str


def colleagues_of(actor: Actor) -> list[User]:
    """Return everybody of the actor's bodies who works there today or later, in order of names (one query)."""
    rows = Membership.objects.filter(organisation_id__in=list(actor.organisation_ids)).exclude(valid_to__lt=actor.on)
    users = User.objects.filter(pk__in=rows.values("user_id"), is_active=True)
    return list(users.order_by("last_name", "first_name", "pk"))


def beside(actor: Actor) -> Q:
    """Return the condition on the memberships of those with whom the actor works: of the same site, or of the body."""
    sites = [m.site_id for m in actor.memberships if m.site_id]
    whole = [m.organisation_id for m in actor.memberships if not m.site_id]
    return Q(site_id__in=sites) | Q(organisation_id__in=whole)


def absence_lines(actor: Actor) -> list[AbsenceLine]:
    """Return the absences of the actor and of the people beside them, gone ones for a while (four queries)."""
    managed = {actor.user_id, *(user.pk for user in led_people(actor))}
    since = actor.on - timedelta(days=lists.number("absence_rules", "listed_days", on=actor.on))
    people = Membership.objects.filter(beside(actor)).exclude(valid_to__lt=actor.on).values("user_id")
    rows = Absence.objects.filter(Q(user_id__in=people) | Q(user_id=actor.user_id), cancelled_at__isnull=True)
    rows = rows.filter(ends_on__gte=since).select_related("user").prefetch_related("covers__user")
    return [_line(row, actor, row.user_id in managed) for row in rows.order_by("-starts_on", "pk")]


def _line(row: Absence, actor: Actor, managed: bool) -> AbsenceLine:
    return AbsenceLine(
        pk=row.pk,
        name=row.user.display_name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        kind=str(row.get_kind_display()) if managed else "",
        covers=", ".join(_covers(row)),
        state=state_of(row, on=actor.on),
        url=reverse("absence_edit", args=[row.pk]) if managed else "",
    )


def _covers(row: Absence) -> Sequence[str]:
    found = sorted(row.covers.all(), key=lambda cover: (cover.case_id is not None, cover.made_at))
    return list(dict.fromkeys(cover.user.display_name for cover in found))


@dataclass(frozen=True)
class SingleCover:
    """Who stands in for a single case; `until` is empty where it lasts as long as the absence."""

    pk: UUID
    name: str
    who: str
    until: date | None


def single_covers(row: Absence, *, actor: Actor) -> list[SingleCover]:
    """Return who stands in for single cases of an absence, as far as the actor sees these (three queries)."""
    covers = {cover.case_id: cover for cover in row.covers.filter(case__isnull=False).select_related("user")}
    rows = Case.objects.visible_to(actor).among(id=covers).select_related("akte")
    named = [(case, case.about.name if case.about else case.akte.reference) for case in HouseholdNames(actor).add(rows)]
    return [
        SingleCover(covers[case.pk].pk, name, covers[case.pk].user.display_name, covers[case.pk].until)
        for case, name in sorted(named, key=lambda one: (one[1], one[0].pk))
    ]


def state_of(row: Absence, *, on: date) -> str:
    """Say whether an absence is to come, goes on or is over."""
    if row.starts_on > on:
        return _("geplant")
    return _("vorbei") if row.ends_on < on else _("läuft")


def _state(line: AbsenceLine) -> str:
    return badge(line.state, {_("läuft"): "warning", _("geplant"): "info"}.get(line.state, ""))


class AbsenceTable(Table):
    """Who of the actor's team is away when."""

    name, title, one, many = "abwesenheiten", lazy("Abwesenheiten"), lazy("Abwesenheit"), lazy("Abwesenheiten")
    empty_title = lazy("Niemand ist abwesend")
    empty_text = lazy("Ihre eigenen Abwesenheiten und die Ihres Teams stehen hier.")
    empty_icon = "calendar"
    columns = (
        Column("wer", lazy("Wer"), value="name", sort=("name",), url=lambda line: line.url),
        Column("vom", lazy("Vom"), value="starts_on", kind="day", sort=("starts_on",)),
        Column("bis", lazy("Bis"), value="ends_on", kind="day", sort=("ends_on",)),
        Column("art", lazy("Art"), value="kind"),
        Column("vertretung", lazy("Vertretung"), value="covers"),
        Column("stand", lazy("Stand"), value="state", cell=_state, sort=("state",)),
    )

    def __init__(self, *, actor: Actor, request: HttpRequest) -> None:
        super().__init__(rows=absence_lines(actor), request=request)
