"""What people may arrange of a list: its columns, filters under a name; and its links around what was typed."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from wurzelwerk.base.filters import FilterForm
from wurzelwerk.base.list_state import ALL, MARK, SORT, Kept

if TYPE_CHECKING:
    from wurzelwerk.base.tables import Column

LISTS: dict[str, type["Arranged"]] = {}
"""Name -> list, for every list that has a name of its own."""


class Arranged:
    """The part of a `Table` that people may arrange. `choosable`: whether columns may be chosen."""

    name: str
    title: Any
    columns: Sequence["Column"]
    filter_class: type[FilterForm] | None
    choosable: ClassVar[bool] = True
    request: HttpRequest
    params: QueryDict
    filter: FilterForm | None
    kept_state: Kept
    kept: Any

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Remember every list of the house by its name, for the pages on which it is arranged."""
        super().__init_subclass__(**kwargs)
        if "name" in cls.__dict__ and not cls.__module__.startswith("wurzelwerk.base."):
            LISTS[cls.name] = cls

    @property
    def is_kept(self) -> bool:
        """Whether people may keep columns and filters of this list."""
        return LISTS.get(self.name) is type(self)

    @property
    def way_back(self) -> str:
        """The list's own address, as the pages that arrange it carry it."""
        return urlencode({"zu": self._address})

    @property
    def kept_links(self) -> list[tuple[str, str]]:
        """The name and address of each filter that is kept; which part of the page is shown stays as it is."""
        start = f"?{urlencode(self._foreign)}&" if self._foreign else "?"
        return [(one.name, f"{start}{one.query}") for one in self.kept_state.standing]

    @property
    def _foreign(self) -> list[tuple[str, str]]:
        return [(key, value) for key, value in self.kept if key != SORT]

    @property
    def _address(self) -> str:
        return f"{self.request.path}?{urlencode(self._foreign)}" if self._foreign else self.request.path

    @property
    def to_keep(self) -> str:
        """What may be kept of the present filter: whatever stands in an address, never what was typed."""
        names = [SORT, *(self.filter.fields if self.filter else ())]
        never = {MARK, *(self.filter.private if self.filter else ())}
        kept = [(name, one) for name in names if name not in never for one in self.params.getlist(name) if one]
        return urlencode({"zu": self._address, "f": urlencode(kept)})

    @cached_property
    def chosen(self) -> Sequence["Column"]:
        """The columns in the order that the person chose; where nothing is chosen, as declared."""
        by_key = {column.key: column for column in self.columns}
        found = [by_key[key] for key in self.kept_state.columns if key in by_key]
        return found if found and self.choosable else self.columns

    def without_typed(self, name: str) -> dict[str, str | None]:
        """What goes with a filter that is taken away: the mark of what was typed; the last one leaves a word behind."""
        if self.filter is None:
            return {}
        kept_mark = None if name in {MARK, *self.filter.private} else self.params.get(MARK)
        alone = len(list(self.filter.given())) < 2
        return {MARK: kept_mark, **({ALL: "1"} if alone and self.kept_state.first else {})}
