"""Who did it and who is to do it, by name: looked up together for all the rows of a page."""

from collections.abc import Iterable
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.utils.functional import SimpleLazyObject

from wurzelwerk.base.rooms import once

from .models import User

RowT = TypeVar("RowT")


def colleagues_of(page: Any) -> "Colleagues":
    """Return the names of a composed page, shared by all its panels."""
    return once(page, "network.colleagues", Colleagues)


class Colleagues:
    """Names of accounts: one query when the first is asked for, instead of a join for every kind of row."""

    def __init__(self) -> None:
        self._wanted: set[UUID] = set()
        self._names: dict[UUID, str] = {}

    def add(self, rows: Iterable[RowT], column: str) -> list[RowT]:
        """Return the rows; with the column `host_id` each has `host_name`, empty where it names nobody."""
        found = list(rows)
        for row in found:
            setattr(row, f"{column.removesuffix('_id')}_name", self.name(getattr(row, column)))
        return found

    def name(self, user_id: UUID | None) -> Any:
        """Return a name that is looked up when it is shown."""
        if user_id is None:
            return ""
        self._wanted.add(user_id)
        return SimpleLazyObject(partial(self._of, user_id))

    def _of(self, user_id: UUID) -> str:
        if self._wanted:
            rows = User.objects.filter(pk__in=self._wanted).values_list("pk", "first_name", "last_name", "username")
            self._names |= {pk: User.name_of(*names) for pk, *names in rows}
            self._wanted = set()
        return self._names.get(user_id, "")
