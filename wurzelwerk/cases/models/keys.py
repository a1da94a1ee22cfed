"""A column of keys under which a row is found."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from wurzelwerk.linkage.keys import Term, Way


@dataclass(frozen=True)
class Within:
    """A way to ask, and the circles and Akten outside of which it need not look; none where that is everywhere.

    The places make it quick, they protect nothing: what may be seen says `visible_to`. PostgreSQL does without them.
    """

    way: Way
    places: tuple[UUID, ...] = ()


class KeysField(models.TextField):
    """Keys parted by blanks, with an index of their own (`cases/key_index.py`) and the lookup `fit`."""


@KeysField.register_lookup
class Fit(models.Lookup):
    """The keys fit one group of this `Way` to ask."""

    lookup_name = "fit"
    prepare_rhs = False
    rhs: Within

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        """Ask PostgreSQL's index of words, on SQLite the FTS5 table beside the model's own."""
        if connection.vendor == "postgresql":
            column, params = compiler.compile(self.lhs)
            words = f"array_to_tsvector(string_to_array({column}, ' '))"
            return f"{words} @@ %s::tsquery", [*params, self._asked("'{}'", "'{}':*", " | ", " & ")]
        table = self.lhs.target.model._meta.db_table
        own = f'"{self.lhs.alias}"."id"'
        asked = self._asked('"{}"', '"{}"*', " OR ", " AND ")
        if self.rhs.places:
            places = " OR ".join(f'"{place.hex}"' for place in self.rhs.places)
            asked = f"({asked}) AND ({places})"
        found = f'SELECT rowid FROM "{table}_words" WHERE "{table}_words" MATCH %s'  # noqa: S608 - the model's table
        return f"{own} IN ({found})", [asked]

    def _asked(self, whole: str, begins: str, either: str, every: str) -> str:
        """Write the question as an expression; keys are small letters and digits only."""

        def term(one: Term) -> str:
            keys = [whole.format(key) for key in one.keys] + [begins.format(key) for key in one.prefixes]
            return f"({either.join(keys)})"

        return either.join(f"({every.join(term(one) for one in group)})" for group in self.rhs.way)
