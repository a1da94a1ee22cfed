"""Since when something in an Akte is new to somebody: one's own last visit, and nothing else about who read what.

A visit is no fact of the case and stands in no ledger. It is noted while a page stays open, never by reading it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, DateTimeField, F, OuterRef, Subquery, When

from wurzelwerk.base.clock import local_day
from wurzelwerk.trust.actor import Actor

from . import lists
from .models import Visit


def _pause(at: datetime) -> timedelta:
    return timedelta(minutes=lists.number("journal_rules", "visit_minutes", on=local_day(at)))


def new_since(actor: Actor, *, at: datetime, akte: str = "akte_id") -> Subquery:
    """Return, for a query over rows with an Akte, when the actor's visit before the present one ended; None: never."""
    over = When(seen_at__lt=at - _pause(at), then=F("seen_at"))
    since = Case(over, default=F("new_since"), output_field=DateTimeField())
    rows = Visit.objects.filter(user_id=actor.user_id, akte_id=OuterRef(akte)).order_by()
    return Subquery(rows.annotate(since=since).values("since")[:1], output_field=DateTimeField())


def note_visit(akte_id: UUID, *, by: Actor, at: datetime, whole: bool = False) -> None:
    """Note that somebody is looking at an Akte; after a pause a new visit begins, and what came since is new in it.

    `whole`: all of it is seen, nothing remains new.
    """
    mine = Visit.objects.filter(user_id=by.user_id, akte_id=akte_id)
    if whole:
        Visit.objects.update_or_create(user_id=by.user_id, akte_id=akte_id, defaults={"seen_at": at, "new_since": at})
        return
    if mine.filter(seen_at__lt=at - _pause(at)).update(new_since=F("seen_at"), seen_at=at):
        return
    if not mine.filter(seen_at__lte=at).update(seen_at=at):
        Visit.objects.get_or_create(user_id=by.user_id, akte_id=akte_id, defaults={"seen_at": at, "new_since": at})


def forget(*, at: datetime) -> int:
    """Delete visits older than the dated number of days; return how many. The nightly job's."""
    days = lists.number("journal_rules", "visit_days", on=local_day(at))
    deleted, _by_model = Visit.objects.filter(seen_at__lt=at - timedelta(days=days)).delete()
    return deleted
