"""How an absence and its covers stand, remembered at a change so that it can be taken back."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from wurzelwerk.network.models import Absence, User

from .models import AbsenceChange, Cover

State = dict[str, Any]


def state_of(absence: Absence) -> State:
    """Return kind, days and covers of an absence, as JSON can hold them."""
    return {
        "kind": str(absence.kind),
        "starts_on": absence.starts_on.isoformat(),
        "ends_on": absence.ends_on.isoformat(),
        "planned_until": absence.planned_until.isoformat() if absence.planned_until else None,
        "covers": [_cover_state(cover) for cover in absence.covers.order_by("made_at", "pk")],
    }


def _cover_state(cover: Cover) -> State:
    return {
        "user": str(cover.user_id),
        "case": str(cover.case_id) if cover.case_id else None,
        "until": cover.until.isoformat() if cover.until else None,
        "made_at": cover.made_at.isoformat(),
        "seen_at": cover.seen_at.isoformat() if cover.seen_at else None,
    }


def remember(absence: Absence, before: State, *, user_id: UUID | None, at: datetime) -> AbsenceChange | None:
    """Remember a change; None where it changed nothing."""
    after = state_of(absence)
    if is_same(before, after):
        return None
    return AbsenceChange.objects.create(absence=absence, made_by_id=user_id, made_at=at, before=before, after=after)


def is_same(one: State, other: State) -> bool:
    """Say whether two states are the same; who knows of a cover already does not matter."""
    return _without_seen(one) == _without_seen(other)


def _without_seen(state: State) -> State:
    covers = [{**cover, "seen_at": None, "made_at": None} for cover in state["covers"]]
    return {**state, "covers": sorted(covers, key=lambda one: (one["user"], one["case"] or ""))}


def put_back(absence: Absence, state: State) -> None:
    """Put kind, days and covers of an absence back; its days are written anew by the action."""
    absence.kind = state["kind"]
    absence.starts_on, absence.ends_on = _day(state["starts_on"]), _day(state["ends_on"])
    absence.planned_until = _day(state["planned_until"])
    absence.save(update_fields=["kind", "starts_on", "ends_on", "planned_until"])
    absence.covers.all().delete()
    for cover in state["covers"]:
        Cover.objects.create(
            absence=absence, user_id=UUID(cover["user"]), case_id=UUID(cover["case"]) if cover["case"] else None,
            until=_day(cover["until"]), made_at=datetime.fromisoformat(cover["made_at"]),
            seen_at=datetime.fromisoformat(cover["seen_at"]) if cover["seen_at"] else None,
        )  # fmt: skip


def covers_in(state: State) -> list[User]:
    """Return who covers in a state."""
    return list(User.objects.filter(pk__in={cover["user"] for cover in state["covers"]}))


def _day(text: str | None) -> Any:
    return date.fromisoformat(text) if text else None
