"""Who of those who work with a household is away, until when, and who stands in for them in its case."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base.formats import day
from wurzelwerk.cases.models import Cover
from wurzelwerk.network.absences import away_on


def covers_said(users: Iterable[UUID], *, case: UUID | None, on: date) -> dict[UUID, str]:
    """Return account -> a German sentence on who covers until when, or that they are away (at most two queries).

    Who covers the case alone comes before who covers everything. Who is here is not in it.
    """
    away = {user: rows[0] for user, rows in away_on(users, on, on).items()}
    if not away:
        return {}
    named: dict[UUID, dict[bool, list[str]]] = {}
    covers = Cover.objects.filter(absence_id__in=[one.absence_id for one in away.values()]).select_related("user")
    for cover in covers:
        if cover.case_id in {None, case}:
            named.setdefault(cover.absence_id, {}).setdefault(cover.case_id is not None, []).append(
                cover.user.display_name
            )
    return {user: _said(named.get(one.absence_id, {}), one.until) for user, one in away.items()}


def _said(named: dict[bool, list[str]], until: date) -> str:
    if names := named.get(True) or named.get(False):
        return _("vertreten durch %(names)s bis %(day)s") % {"names": ", ".join(names), "day": day(until)}
    return _("abwesend bis %(day)s") % {"day": day(until)}
