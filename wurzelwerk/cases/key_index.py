"""The index over the keys of people, which no model can declare: GIN on PostgreSQL, an FTS5 table on SQLite.

Made after every migration where it is missing; SQLite keeps its table in step by triggers, so that no way of writing
can pass it by. Neither needs an extension that a server may lack.
"""

from typing import Any

from django.db import connections, transaction

from .models import PersonKeys

TABLE = PersonKeys._meta.db_table
WORDS = f"{TABLE}_words"
COLUMNS = "keys, circle_id, akte_id"  # the ids narrow a search to what somebody can see, before a row is read


def _of(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in COLUMNS.split(", "))


GIN = (
    f"CREATE INDEX IF NOT EXISTS person_keys_words ON {TABLE} USING gin (array_to_tsvector(string_to_array(keys, ' ')))"
    " WITH (fastupdate = off)"
)
FTS5 = (
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5({COLUMNS}, content='{TABLE}', content_rowid='id', tokenize='ascii', "
    "detail=none, prefix='3 4 5')"
)
_TAKE_OUT = f"INSERT INTO {WORDS}({WORDS}, rowid, {COLUMNS}) VALUES ('delete', old.id, {_of('old')});"  # noqa: S608 - names of our own tables
_PUT_IN = f"INSERT INTO {WORDS}(rowid, {COLUMNS}) VALUES (new.id, {_of('new')});"  # noqa: S608
TRIGGERS = (
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_in AFTER INSERT ON {TABLE} BEGIN {_PUT_IN} END",
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_out AFTER DELETE ON {TABLE} BEGIN {_TAKE_OUT} END",
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_new AFTER UPDATE OF {COLUMNS} ON {TABLE} BEGIN {_TAKE_OUT} {_PUT_IN} END",
)
REBUILD = f"INSERT INTO {WORDS}({WORDS}) VALUES ('rebuild')"  # noqa: S608


def make_key_index(*, using: str, **_rest: Any) -> None:
    """Make the index where it is missing (after every migration)."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if TABLE not in tables:
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(GIN)
            return
        for statement in (FTS5, *TRIGGERS, REBUILD) if WORDS not in tables else TRIGGERS:
            cursor.execute(statement)
