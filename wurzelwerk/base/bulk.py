"""Many rows of one table at once, as fast as the database can take them.

Nothing of `save` is done here: whoever inserts rows says every column that is not the field's default.
"""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

from .ids import new_id, new_ids


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows (by attribute name, the same in each; what is missing takes the field's default)."""
    if not rows:
        return
    fields = [one for one in model._meta.concrete_fields if one.attname in rows[0] or not _is_numbered(one)]
    names = ", ".join(connection.ops.quote_name(one.column) for one in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    values = _lines(fields, rows, _POSTGRES if connection.vendor == "postgresql" else _SQLITE)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for line in values:
                    copy.write_row(line)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values))  # noqa: S608


def fetch(rows: models.QuerySet) -> list[tuple]:
    """Return the rows of a `values_list` as the database writes them: to be inserted again, not to be read."""
    sql, params = rows.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@contextmanager
def unswept() -> Iterator[None]:
    """Keep Python from looking for cycles meanwhile: with a long list in memory it walks all of it again and again."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


def _is_numbered(field: models.Field) -> bool:
    return isinstance(field, models.AutoField)


def _lines(
    fields: Sequence[models.Field], rows: Sequence[Mapping[str, Any]], written: Mapping[type, Callable[[Any], Any]]
) -> Iterable[list]:
    """Each row's columns in order, in the database's own writing; ids that no row names are drawn for all at once."""
    columns: list[Iterable[Any]] = []
    for field in fields:
        name = field.attname
        if field.default is new_id and name not in rows[0]:
            columns.append(_written(new_ids(len(rows)), written))
        else:
            default = None if field.default is new_id else _fixed(field)
            columns.append(_written([row.get(name, default) for row in rows], written))
    return map(list, zip(*columns, strict=True))


def _written(values: list, written: Mapping[type, Callable[[Any], Any]]) -> list:
    """The values of one column; what is the same throughout is written once."""
    if len(kinds := set(map(type, values))) == 1:
        if (write := written.get(kinds.pop())) is None:
            return values
        if all(value is values[0] for value in values):
            return [write(values[0])] * len(values)
        return list(map(write, values))
    return [written.get(type(value), _as_it_is)(value) for value in values]


def _fixed(field: models.Field) -> Any:
    return field.get_default() if field.has_default() or not field.null else None


def _moment(value: datetime) -> str:
    """A moment as SQLite keeps it; what `fetch` read there names no zone and is UTC already."""
    return (value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value).isoformat(" ")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_SQLITE = {UUID: lambda value: value.hex, datetime: _moment, date: date.isoformat, list: _json, dict: _json}
_POSTGRES = {list: _json, dict: _json}


def _as_it_is(value: Any) -> Any:
    return value
