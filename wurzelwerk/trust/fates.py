"""What becomes of a model's rows when two Akten of one household become one: every room says so in its `fates.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model, Q
from django.utils.functional import Promise

from wurzelwerk.base.rooms import installed_rooms

Text = str | Promise


def _said(row: Any) -> str:
    return str(row)


@dataclass(frozen=True)
class Fate:
    """What becomes of a model's rows.

    `moves`: they come along into the Akte that is kept. `because`: why they do not, or why they forbid it. `one`,
    `many`: what they are called (German); of what there may be several only what has a name for many is counted.
    `person`: the column of the person to whom a row belongs; rows of somebody known on both sides do not come along.
    `single`: the column by which there is one at most; one of two comes along, `say` tells them apart in the preview.
    `refs`: columns that name a record without a foreign key. `once`: columns by which a row would double one that lies
    in the Akte kept already; it stays.
    `forbids`: rows that stand in the way on a day; `sentence` says so at the desk (German). `binds`: what of these
    came after the merge stands in the way of taking it back.
    """

    moves: bool
    because: str = ""
    one: Text = ""
    many: Text = ""
    person: str = ""
    single: str = ""
    refs: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    say: Callable[[Any], str] = _said
    forbids: Callable[[date], Q] | None = None
    sentence: Text = ""
    binds: bool = False


def stays(because: str) -> Fate:
    """Rows that remain in the Akte that is given up, or that never lie in a household's Akte."""
    return Fate(moves=False, because=because)


def everything(_on: date) -> Q:
    """Whatever day it is, every row forbids."""
    return Q()


@cache
def fates() -> Mapping[type[Model], Fate]:
    """Return what every room says, in the order of the rooms."""
    return {apps.get_model(label): fate for room in installed_rooms() for label, fate in room.fates.items()}
