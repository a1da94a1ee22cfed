"""What a composed page is about, and how the rooms' panels come together on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from wurzelwerk.base.rooms import once, panels
from wurzelwerk.cases.covers import Covered, covered_by
from wurzelwerk.cases.models import Case, Household, HouseholdMember
from wurzelwerk.network import remembered
from wurzelwerk.network.colleagues import colleagues_of
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte


@dataclass
class HouseholdPage:
    """The subject of panels of place "household": loaded once, shared by all panels.

    `case`: the case in which the actor works with the household (the own body's before a foreign
    one's, open before closed), or None. `members`: present members with `person`, in their order; `expected`: who is
    not born or not here yet.
    """

    household: Household
    actor: Actor
    today: date
    case: Case | None = None
    members: list[HouseholdMember] = field(default_factory=list)
    expected: list[HouseholdMember] = field(default_factory=list)

    @property
    def akte(self) -> Akte:
        """The folder in which household, persons, search profile and pathway lie."""
        return self.household.akte

    @property
    def is_foreign(self) -> bool:
        """Whether another controller keeps the Akte and opened it to the actor."""
        return self.akte.circle_id not in self.actor.circles

    def may_write(self, scope: str) -> bool:
        """Say whether the actor may change content of this scope in the household's Akte."""
        if self.actor.keeps(self.akte.circle_id, scope, write=True):
            return True
        return self.actor.holds_grant(self.akte.pk, scope, write=True)

    def may_read(self, scope: str) -> bool:
        """Say whether the actor may read content of this scope in the household's Akte."""
        if self.actor.keeps(self.akte.circle_id, scope):
            return True
        return self.actor.holds_grant(self.akte.pk, scope)

    @property
    def keeper(self) -> str:
        """The name of the body that keeps the Akte."""
        return remembered.organisations.name(self.akte.controller_id)

    @property
    def place(self) -> str:
        """Where the Akte lies: the site, or the body that has none."""
        return remembered.sites.name(self.akte.site_id) or self.keeper

    @property
    def programme_name(self) -> str:
        """The programme of the case; empty without one."""
        return remembered.programmes.name(self.case.programme_id) if self.case else ""

    @cached_property
    def lead_name(self) -> Any:
        """Who is in charge of the case, looked up when it is shown; empty for nobody."""
        return colleagues_of(self).name(self.case.lead_id) if self.case else ""

    @cached_property
    def children(self) -> int:
        """How many of the members are under age."""
        return sum(not member.person.is_adult(on=self.today) for member in self.members)


@dataclass(frozen=True)
class TodayPage:
    """The subject of panels of place "today"."""

    actor: Actor
    today: date
    now: datetime


def covered(page: TodayPage) -> list[Covered]:
    """For whom the actor stands in on this day or soon, read once a page (two queries)."""
    return once(page, "cases.covered", lambda: covered_by(page.actor.user_id, on=page.today))


@dataclass(frozen=True)
class ShownPanel:
    """A panel that has something to show to this actor. `label` names it in the page's navigation."""

    key: str
    label: str
    template: str
    column: str
    context: Mapping[str, Any]


def compose(request: HttpRequest, place: str, subject: Any) -> dict[str, list[ShownPanel]]:
    """Ask every room's panels of a page for their content.

    Returns `main` and `aside` (lists of ShownPanel), for the template to show with `{% show_panel %}`.
    """
    columns: dict[str, list[ShownPanel]] = {"main": [], "aside": []}
    for panel in panels(place):
        context = panel.context(request, subject)
        if context is None:
            continue
        shown = ShownPanel(panel.key, str(panel.label), panel.template, panel.column, context)
        columns["aside" if panel.column == "aside" else "main"].append(shown)
    return columns
