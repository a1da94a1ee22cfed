"""What others did in one's own cases since one last looked there, the newest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.cases import lists
from wurzelwerk.cases.models import DocumentVersion, Goal, Need, Note, Step, Task
from wurzelwerk.cases.visits import new_since
from wurzelwerk.network.colleagues import Colleagues
from wurzelwerk.trust.actor import Actor

from .enums import SERVICE
from .forms.choosing import label_or_code
from .queries import HouseholdNames

AT_MOST = 100


@dataclass
class News:
    """One thing that somebody else did: in which Akte, when, what in words, where it stands."""

    akte_id: UUID
    at: datetime
    what: str
    detail: str
    part: str
    icon: str
    by: Any
    about: Any = None


def news_of(actor: Actor, *, at: datetime) -> list[News]:
    """Return the news of the actor's own open cases (six queries, and two for names)."""
    names = Colleagues()
    found = sorted(_found(actor, at, names), key=lambda one: one.at, reverse=True)[:AT_MOST]
    named = HouseholdNames(actor).add(found)
    return [one for one in named if one.about]


def _found(actor: Actor, at: datetime, names: Colleagues) -> Iterator[News]:
    for note in _fresh(Note, actor, at, "", ("written_at", "changed_at"), "author_id"):
        kind, theme = label_or_code("journal_kinds", note.kind), label_or_code("journal_themes", note.theme)
        said = _("Journaleintrag geändert") if note.changed_at else _("Neuer Journaleintrag")
        when = note.changed_at or note.written_at
        yield News(note.akte_id, when, said, f"{kind} · {theme}", "journal", "note", names.name(note.author_id))
    for need in _fresh(Need, actor, at, "", ("changed_at",), "changed_by_id"):
        yield _planned(need, _("Bedarf"), label_or_code("need_kinds", need.kind), names)
    for goal in _fresh(Goal, actor, at, "need__", ("changed_at",), "changed_by_id"):
        yield _planned(goal, _("Ziel"), goal.text, names)
    for step in _fresh(Step, actor, at, "goal__need__", ("changed_at",), "changed_by_id"):
        yield _planned(step, _("Schritt"), step.text, names)
    for task in _fresh(Task, actor, at, "", ("done_at",), "done_by_id"):
        done_by = names.name(task.done_by_id)
        yield News(task.akte_id, task.done_at, _("Aufgabe erledigt"), task.title, "termine", "task", done_by)
    for version in _fresh(DocumentVersion, actor, at, "document__", ("added_at",), "added_by_id"):
        said = _("Neues Dokument") if version.number == 1 else _("Neue Fassung")
        by = names.name(version.added_by_id)
        yield News(version.akte_id, version.added_at, said, version.document.title, "", "document", by)


def _planned(row: Any, word: str, detail: str, names: Colleagues) -> News:
    said = _("%(part)s im Plan") % {"part": word}
    return News(row.akte_id, row.changed_at, said, detail, "plan", "plan", names.name(row.changed_by_id))


def _fresh(model: Any, actor: Actor, at: datetime, path: str, columns: Iterable[str], doer: str) -> QuerySet:
    """Return the rows of the actor's own cases that somebody else wrote after the actor's last visit to their Akte."""
    days = lists.number("journal_rules", "news_days", on=local_day(at))
    never = Value(at - timedelta(days=days), output_field=DateTimeField())
    mine = {
        f"{path}case__lead_id": actor.user_id,
        f"{path}case__service": SERVICE,
        f"{path}case__closed_on__isnull": True,
    }
    rows = model.objects.visible_to(actor).filter(**mine).annotate(since=Coalesce(new_since(actor, at=at), never))
    later = Q()
    for column in columns:
        later |= Q(**{f"{column}__gt": F("since")})
    rows = (
        rows.filter(later).exclude(**{doer: actor.user_id}).order_by(F(tuple(columns)[-1]).desc(nulls_last=True), "pk")
    )
    if model is DocumentVersion:
        rows = rows.filter(removed_at__isnull=True, document__removed_at__isnull=True).select_related("document")
    return rows[:AT_MOST]
