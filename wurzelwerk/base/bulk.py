"""Many rows of one table at once, as fast as the database can take them.

Nothing of `save` is done here: whoever inserts rows says every column that is not the field's default.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
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


def _is_numbered(field: models.Field) -> bool:
    return isinstance(field, models.AutoField)


def _lines(
    fields: Sequence[models.Field], rows: Sequence[Mapping[str, Any]], written: Mapping[type, Callable[[Any], Any]]
) -> Iterable[list]:
    """Each row's columns in order, in the database's own writing; ids that no row names are drawn for all at once."""
    names = [one.attname for one in fields]
    fixed = {one.attname: _fixed(one) for one in fields if one.default is not new_id}
    drawn = [one.attname for one in fields if one.default is new_id and one.attname not in rows[0]]
    ids = {name: iter(new_ids(len(rows))) for name in drawn}
    for row in rows:
        values = [
            row[name] if name in row else next(ids[name]) if name in ids else fixed[name] for name in names
        ]  # fmt: skip
        yield [written.get(type(value), _as_it_is)(value) for value in values]


def _fixed(field: models.Field) -> Any:
    return field.get_default() if field.has_default() or not field.null else None


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_SQLITE = {UUID: lambda value: value.hex, datetime: _moment, date: date.isoformat, list: _json, dict: _json}
_POSTGRES = {list: _json, dict: _json}


def _as_it_is(value: Any) -> Any:
    return value
