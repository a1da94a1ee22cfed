"""Remember what one act changed in many rows, and put it back where nobody touched it since."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from .models import Appointment, Case, Referral, Step, Task, WorkChange, WorkChangeLine

MODELS = {model.__name__.lower(): model for model in (Case, Task, Step, Appointment, Referral)}
REASON = "what one act moved is put back by whoever did it"


def begin_change(*, user_id: UUID | None, at: datetime) -> WorkChange:
    """Begin an act of the actor's."""
    return WorkChange.objects.create(made_by_id=user_id, made_at=at)


def remember(change: WorkChange, row: Any, column: str, value: Any) -> None:
    """Set a column of a row and remember what stood there; the row is not saved yet."""
    before = getattr(row, column)
    setattr(row, column, value)
    if before != value:
        WorkChangeLine.objects.create(
            change=change,
            model=type(row).__name__.lower(),
            row=row.pk,
            column=column,
            before=_text(before),
            after=_text(value),
        )


def put_back(change: WorkChange) -> tuple[list[Any], int]:
    """Put back every column that still stands as the act left it; return the rows, and how many stayed as they are."""
    touched: dict[UUID, Any] = {}
    others = 0
    for line in change.lines.order_by("pk"):
        row = touched.get(line.row) or _row(line)
        if row is None or _text(getattr(row, line.column)) != line.after:
            others += 1
            continue
        setattr(row, line.column, _value(line.column, line.before))
        row.save(update_fields=[line.column])
        touched[line.row] = row
    return list(touched.values()), others


def rows_of(change: WorkChange) -> Iterable[Any]:
    """Return the rows of an act as they are now."""
    return [row for line in change.lines.order_by("pk") if (row := _row(line)) is not None]


def case_of(row: Any) -> Case:
    """Return the case that a row of work belongs to."""
    if isinstance(row, Case):
        return row
    return row.goal.need.case if isinstance(row, Step) else row.case


def leads_in(change: WorkChange) -> set[UUID]:
    """Return who was in charge of a case before or after an act."""
    lines = change.lines.filter(model="case").values_list("before", "after")
    return {UUID(text) for line in lines for text in line if text}


def _row(line: WorkChangeLine) -> Any:
    return MODELS[line.model].objects.for_system(reason=REASON).filter(pk=line.row).first()


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _value(column: str, text: str) -> Any:
    if not text:
        return None
    return UUID(text) if column.endswith("_id") else date.fromisoformat(text)
