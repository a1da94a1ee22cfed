"""Who acts, with everything that decides what they may see, resolved once a request."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wurzelwerk.base import clock
from wurzelwerk.network.models import Membership, User

from .roles import ROLES
from .scopes import Basis, Form

GRANTS_KEPT = 100
"""Up to so many grants are read once a request; beyond them the database looks for itself, query by query."""

Grants = dict[tuple[str, str], frozenset[UUID]]


@dataclass(frozen=True)
class ActorMembership:
    """One role at one place, as the actor holds it today."""

    organisation_id: UUID
    organisation_code: str
    organisation_name: str
    site_id: UUID | None
    site_code: str
    role: str
    site_name: str = ""


@dataclass
class Actor:
    """A person with an account, the house itself in a job, or somebody who opened a link (both `user_id` None).

    Made by `Actor.of(user)`: two queries, and one more when grants are first needed.
    """

    user_id: UUID | None
    name: str
    on: date
    memberships: tuple[ActorMembership, ...] = ()
    circles: dict[UUID, frozenset[str]] = field(default_factory=dict)
    """Circle -> codes of the roles under which the actor belongs to it."""
    teams: frozenset[UUID] = frozenset()
    """Those of them that keep Akten: people and roles are only ever granted something."""
    scoped: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    """What the guard has already worked out for this actor; forgotten with the grants."""
    link: Any = None
    """The link (`trust.links.Link`) by which somebody without an account acts."""

    @classmethod
    def of(cls, user: User, *, on: date | None = None) -> "Actor":
        """Resolve a user's memberships and circles on a day (default: today)."""
        from .models import Circle

        day = on or clock.today()
        valid = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        rows = Membership.objects.filter(valid, user=user, valid_from__lte=day)
        columns = (
            "organisation_id", "organisation__code", "organisation__short_name", "site_id", "site__code", "role",
            "site__name",
        )  # fmt: skip
        memberships = tuple(
            ActorMembership(*row[:4], row[4] or "", row[5], row[6] or "")
            for row in rows.order_by("valid_from", "pk").values_list(*columns)
            if row[5] in ROLES
        )
        actor = cls(user_id=user.pk, name=user.display_name, on=day, memberships=memberships)
        actor.circles, actor.teams = Circle.of_memberships(user.pk, memberships)
        return actor

    @classmethod
    def system(cls, name: str) -> "Actor":
        """The house itself, in a job. It sees nothing by `visible_to`; jobs say `for_system`."""
        return cls(user_id=None, name=name, on=clock.today())

    @classmethod
    def by_link(cls, link: Any) -> "Actor":
        """Somebody without an account who opened a link: sees nothing by `visible_to`, changes the link's row alone."""
        return cls(user_id=None, name="Link", on=clock.today(), link=link)

    @property
    def is_house(self) -> bool:
        """Whether this is the house itself, in a job: nobody's account, and nobody's link."""
        return self.user_id is None and self.link is None

    def opens(self, row: Any) -> bool:
        """Say whether the actor came by a link about this very row."""
        return self.link is not None and (row.pk, row.akte_id) == (self.link.subject, self.link.akte_id)

    @cached_property
    def permissions(self) -> frozenset[str]:
        """Everything the actor's roles allow."""
        return frozenset().union(*(ROLES[m.role].permissions for m in self.memberships))

    def may(self, permission: str) -> bool:
        """Say whether one of the actor's roles allows this."""
        return permission in self.permissions

    def home_circles(self, scope: str, *, write: bool = False) -> list[UUID]:
        """Return the teams in whose Akten the actor's role may read (write) this scope, sorted."""
        kept = self.__dict__.setdefault("_home_circles", {})
        if (scope, write) not in kept:
            kept[scope, write] = [one for one in self._circles_able(scope, write=write) if one in self.teams]
        return kept[scope, write]

    def keeps(self, circle_id: UUID, scope: str, *, write: bool = False) -> bool:
        """Say whether this is one of `home_circles`."""
        if circle_id not in self.teams:
            return False
        roles = [ROLES[code] for code in self.circles[circle_id]]
        return any(scope in (role.writes if write else role.reads) for role in roles)

    def _circles_able(self, scope: str, *, write: bool) -> list[UUID]:
        """The circles, teams and others, in which the actor's role may read (write) this scope, sorted."""
        able = {code for code, role in ROLES.items() if scope in (role.writes if write else role.reads)}
        return [circle for circle, roles in self._in_order if not able.isdisjoint(roles)]

    @cached_property
    def _in_order(self) -> list[tuple[UUID, frozenset[str]]]:
        return sorted(self.circles.items(), key=lambda one: one[0].int)

    @cached_property
    def _grants(self) -> Grants | None:
        """The Akten granted, by scope and form; None where there are too many to carry them about."""
        rows = self._standing_grants().values_list("akte_id", "circle_id", "scope", "form")
        found = list(rows[: GRANTS_KEPT + 1])
        return None if len(found) > GRANTS_KEPT else self._sorted_out(found)

    def _standing_grants(self) -> QuerySet:
        from .models import Grant

        if "_standing" not in self.__dict__:
            rows = Grant.valid(on=self.on).filter(circle_id__in=list(self.circles)).order_by()
            self.__dict__["_standing"] = rows
        return self.__dict__["_standing"]

    def _sorted_out(self, rows: Iterable[tuple[UUID, UUID, str, str]]) -> Grants:
        found: dict[tuple[str, str], set[UUID]] = {}
        for akte_id, circle_id, scope, form in rows:
            roles = self.circles[circle_id]
            if any(scope in ROLES[role].reads for role in roles):
                found.setdefault((scope, Form.READ), set()).add(akte_id)
            if form == Form.WRITE and any(scope in ROLES[role].writes for role in roles):
                found.setdefault((scope, Form.WRITE), set()).add(akte_id)
            if form == Form.PASS_ON:
                found.setdefault((scope, Form.PASS_ON), set()).add(akte_id)
        return {key: frozenset(akten) for key, akten in found.items()}

    def granted_akten(self, scope: str, *, write: bool = False) -> frozenset[UUID] | QuerySet:
        """Return the Akten of others in which this scope is granted to one of the actor's circles.

        For `akte_id__in=…` only: a set of few, or the query that finds many. To ask about one Akte say `holds_grant`.
        """
        form = Form.WRITE if write else Form.READ
        if self._grants is not None:
            return self._grants.get((scope, form), frozenset())
        circles = self._circles_able(scope, write=write)
        if not circles:
            return frozenset()
        queries: dict[tuple[str, str], QuerySet] = self.__dict__.setdefault("_grant_queries", {})
        if (scope, form) not in queries:
            rows = self._standing_grants().filter(circle_id__in=circles, scope=scope)
            queries[scope, form] = (rows.filter(form=form) if write else rows).values("akte_id")
        return queries[scope, form]

    def reads_somewhere(self, scope: str) -> bool:
        """Say whether there is any Akte, home or of others, in which the actor may read this scope."""
        granted = self.granted_akten(scope)
        return bool(self.home_circles(scope)) or (granted.exists() if isinstance(granted, QuerySet) else bool(granted))

    def holds_grant(self, akte_id: UUID, scope: str, *, write: bool = False) -> bool:
        """Say whether this scope of an Akte of others is granted to one of the actor's circles.

        At most one query for each Akte asked about.
        """
        form = Form.WRITE if write else Form.READ
        if self._grants is not None:
            return akte_id in self._grants.get((scope, form), frozenset())
        kept: dict[UUID, Grants] = self.__dict__.setdefault("_grants_in", {})
        if akte_id not in kept:
            rows = self._standing_grants().filter(akte_id=akte_id)
            kept[akte_id] = self._sorted_out(rows.values_list("akte_id", "circle_id", "scope", "form"))
        return (scope, form) in kept[akte_id]

    def granted_without_release(self, scope: str, *, write: bool = False) -> QuerySet:
        """Return the query of the Akten in which a grant rests on something else than the members' own releases."""
        kept = self.__dict__.setdefault("_beyond_releases", {})
        if (scope, write) not in kept:
            rows = self._standing_grants().filter(circle_id__in=self._circles_able(scope, write=write), scope=scope)
            kept[scope, write] = rows.exclude(basis=Basis.CONSENT).values("akte_id")
        return kept[scope, write]

    def reads(self, scope: str) -> bool:
        """Say whether one of the actor's roles reads this scope at all."""
        return any(scope in ROLES[m.role].reads for m in self.memberships)

    def forget_grants(self) -> None:
        """Read the grants anew, after an action in the same request changed them."""
        self.scoped.clear()
        self.__dict__.pop("_grants", None)
        self.__dict__.pop("_grants_in", None)

    @property
    def organisation_ids(self) -> frozenset[UUID]:
        """The organisations the actor works for."""
        return frozenset(m.organisation_id for m in self.memberships)

    def organisations_that_allow(self, permission: str) -> frozenset[UUID]:
        """Return the organisations in which the actor's role there allows this; a role elsewhere does not count."""
        return frozenset(m.organisation_id for m in self.memberships if permission in ROLES[m.role].permissions)

    @property
    def home(self) -> ActorMembership | None:
        """The place where the actor opens new Akten: the first membership with a site, else the first."""
        return next((m for m in self.memberships if m.site_id), next(iter(self.memberships), None))

    @property
    def role_name(self) -> str:
        """The German name of the role at the actor's home; empty without one."""
        return str(ROLES[self.home.role].name) if self.home else ""

    @property
    def organisation_name(self) -> str:
        """Where the actor works: organisation, and site where there is one."""
        return " · ".join(filter(None, [self.home.organisation_name, self.home.site_name])) if self.home else ""

    def works_for(self, organisation_ids: Iterable[UUID]) -> bool:
        """Say whether the actor works for one of these organisations."""
        return not self.organisation_ids.isdisjoint(organisation_ids)
