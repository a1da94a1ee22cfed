"""Reads of reports: what somebody may count."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wurzelwerk.network.models import Programme
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.roles import ROLES

from .rights import READ, ReadingRight, reading_right


@dataclass(frozen=True)
class Reader:
    """Who reads: the right to count, the shared programmes with their targets, and both in words."""

    right: ReadingRight
    programmes: tuple[Programme, ...]
    scope: tuple[str, ...]

    def programme_name(self, code: str | None) -> str:
        """Return the German name of a slice's programme ("" is work outside of programmes)."""
        if code is None:
            return _("alle Programme")
        return next((one.name for one in self.programmes if one.code == code), _("ohne Programm"))


def reader_of(actor: Actor) -> Reader:
    """Return what the actor may count (three queries)."""
    shared: dict[str, set[str]] = {}
    rows = Programme.objects.filter(organisations__in=list(actor.organisation_ids))
    for organisation, code in rows.values_list("organisations__code", "code"):
        shared.setdefault(organisation, set()).add(code)
    right = reading_right(actor.memberships, {code: frozenset(found) for code, found in shared.items()})
    programmes = tuple(Programme.objects.filter(code__in=right.programmes).prefetch_related("targets"))
    return Reader(right, programmes, _in_words(actor, right, programmes))


def _in_words(actor: Actor, right: ReadingRight, programmes: Iterable[Programme]) -> tuple[str, ...]:
    """Say whose figures are counted, a sentence each."""
    lines = []
    for membership in actor.memberships:
        if READ not in ROLES[membership.role].permissions:
            continue
        if membership.organisation_code in right.bodies:
            lines.append(_("%(body)s: alle Standorte") % {"body": membership.organisation_name})
        else:
            words = {"body": membership.organisation_name, "site": membership.site_name}
            lines.append(_("%(body)s: nur %(site)s") % words)
    lines += [_("Programm „%(name)s“ als Ganzes, mit allen Beteiligten") % {"name": one.name} for one in programmes]
    return tuple(dict.fromkeys(lines))
