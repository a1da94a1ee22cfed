"""Whose figures somebody may read.

Own figures: those of one's own site, with `figures.all_sites` (or a membership without a site) those of the whole
body. Shared figures: those of every programme in which one's own body takes part, as a whole, so that a second body's
facts are counted there. Its Akten are not opened by that: `trust.queries.akten_behind` decides for itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from wurzelwerk.trust.actor import ActorMembership
from wurzelwerk.trust.roles import ROLES

READ, ALL_SITES = "figures.read", "figures.all_sites"


@dataclass(frozen=True)
class ReadingRight:
    """Which facts count for a reader, in codes: whole bodies, (body, site) pairs, shared programmes."""

    bodies: frozenset[str] = frozenset()
    sites: frozenset[tuple[str, str]] = frozenset()
    programmes: frozenset[str] = frozenset()

    def covers(self, *, controller: str, site: str, programme: str) -> bool:
        """Say whether a fact of this frame is counted."""
        own = controller in self.bodies or (controller, site) in self.sites
        return own or bool(programme and programme in self.programmes)

    def as_q(self) -> Q:
        """The same as a condition on Fact; covers nothing where there is no right."""
        found = Q(controller__in=sorted(self.bodies)) | Q(programme__in=sorted(self.programmes))
        for controller, site in sorted(self.sites):
            found |= Q(controller=controller, site=site)
        return found


def reading_right(memberships: Iterable[ActorMembership], programmes: Mapping[str, frozenset[str]]) -> ReadingRight:
    """Return what somebody with these memberships may count.

    `programmes`: organisation code -> codes of the programmes in which it takes part.
    """
    bodies: set[str] = set()
    sites: set[tuple[str, str]] = set()
    shared: set[str] = set()
    for membership in memberships:
        permissions = ROLES[membership.role].permissions
        if READ not in permissions:
            continue
        if ALL_SITES in permissions or not membership.site_code:
            bodies.add(membership.organisation_code)
        else:
            sites.add((membership.organisation_code, membership.site_code))
        shared |= programmes.get(membership.organisation_code, frozenset())
    return ReadingRight(frozenset(bodies), frozenset(sites), frozenset(shared))
