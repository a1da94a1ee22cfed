"""Which lists left the house as a file: written down as it happens, read by oneself and by who answers for the body."""

from typing import Any

from django.db.models import Q, QuerySet

from wurzelwerk.base import clock

from .models import ExportEntry


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
