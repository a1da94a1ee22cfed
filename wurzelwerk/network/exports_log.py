"""Which lists left the house as a file: written down as it happens, read by oneself and by who answers for the body."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Q, QuerySet

from wurzelwerk.base import clock
from wurzelwerk.base.dated import DatedTable, load_table

from .models import ExportEntry

DATA = Path(__file__).parent / "data"


@cache
def _rules() -> DatedTable[int]:
    return load_table(DATA / "export_rules.json", lambda row: int(row["value"]))


def write_down(sender: Any, *, request: Any, name: str, title: str, kind: str, rows: int, **_more: Any) -> None:
    """Receive `base.exports.exported`. Who is not logged in takes nothing out (the gallery shows invented rows)."""
    user, actor = getattr(request, "user", None), getattr(request, "actor", None)
    if user is None or not user.is_authenticated:
        return
    home = actor.home if actor else None
    ExportEntry.objects.create(
        user=user,
        organisation_id=home.organisation_id if home else None,
        list_name=name[:60],
        title=title[:120],
        kind=kind,
        rows=rows,
        taken_at=clock.now(),
    )


def entries_for(actor: Any) -> QuerySet[ExportEntry]:
    """Return what the actor took out, and what everybody did in the bodies for which a role of the actor answers."""
    wanted = Q(user_id=actor.user_id) | Q(organisation_id__in=list(actor.organisations_that_allow("exports.read")))
    return ExportEntry.objects.filter(wanted).select_related("user").order_by("-taken_at", "-pk")


def forget(*, at: datetime) -> int:
    """Delete what was written down longer ago than the dated rule says; return how many. The nightly job's."""
    months = _rules().on(clock.local_day(at), "kept_months").value
    deleted, _by_model = ExportEntry.objects.filter(taken_at__lt=at - relativedelta(months=months)).delete()
    return deleted
