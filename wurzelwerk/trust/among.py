"""Conditions on columns of ids, written once a request: every query of the house carries one."""

from collections.abc import Collection
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.lookups import Lookup

from .actor import Actor


class Ids(Protocol):
    """What a column may be among."""

    def written(self, connection: Any) -> tuple[str, tuple]:
        """Write the condition without its column, and its parameters. Raises EmptyResultSet for no ids."""


class Known:
    """Ids at hand, written once however many conditions of a request name them."""

    def __init__(self, ids: Collection[UUID]) -> None:
        self._ids = tuple(ids)
        self._kept: tuple[str, tuple] | None = None

    def written(self, connection: Any) -> tuple[str, tuple]:
        """Write `IN (…)`."""
        if not self._ids:
            raise EmptyResultSet
        if self._kept is None:
            native = connection.features.has_native_uuid_field
            params = self._ids if native else tuple(one.hex for one in self._ids)
            self._kept = f"IN ({', '.join(['%s'] * len(params))})", params
        return self._kept


class Found:
    """Ids that a query finds, written once as well. The query stands alone: it names no table of the one around it."""

    def __init__(self, rows: QuerySet) -> None:
        self._rows = rows
        self._kept: tuple[str, tuple] | None = None

    def written(self, connection: Any) -> tuple[str, tuple]:
        """Write `IN (SELECT …)`; PostgreSQL takes an index on one side of an OR only for an array."""
        if self._kept is None:
            sql, params = self._rows.query.get_compiler(connection=connection).as_sql()
            shape = "= ANY(ARRAY({}))" if connection.vendor == "postgresql" else "IN ({})"
            self._kept = shape.format(sql), tuple(params)
        return self._kept


class Among(Lookup):
    """A column of ids is one of these: Django's `IN` without its preparations."""

    prepare_rhs = False
    rhs: Ids

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple]:
        """Write `column IN (…)`. Raises EmptyResultSet for no ids, as Django's does."""
        column, params = compiler.compile(self.lhs)
        sql, more = self.rhs.written(connection)
        return f"{column} {sql}", (*params, *more)


def kept(ids: Collection[UUID] | QuerySet, actor: Actor) -> Ids:
    """Return the same ids, written once, for the same list or query of an actor."""
    key = (kept, id(ids))  # what is kept holds what it was made of, so that this id stays its own
    if key not in actor.scoped:
        actor.scoped[key] = ids, Found(ids) if isinstance(ids, QuerySet) else Known(ids)
    return actor.scoped[key][1]
