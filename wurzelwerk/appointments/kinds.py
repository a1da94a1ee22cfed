"""Kinds of appointments: how long, in a room or not, who may book, how much time is kept free behind them."""

from dataclasses import dataclass
from datetime import date

from wurzelwerk.cases import lists

LIST = "appointment_kinds"
UNKNOWN_MINUTES = 30


@dataclass(frozen=True)
class Kind:
    """A kind of appointment. `minutes`: the length proposed; `buffer`: minutes that proposals keep free behind it.

    `needs_room`: it takes place in a room of the house. `outside`: people may book it themselves by a link.
    """

    code: str
    label: str
    minutes: int
    needs_room: bool
    outside: bool
    buffer: int


def kind_of(code: str) -> Kind:
    """Return a kind by its code, also one that is no longer offered; what the list never had goes by its code."""
    if code not in lists.table(LIST).keys:
        return Kind(code, code, UNKNOWN_MINUTES, needs_room=False, outside=False, buffer=0)
    value = lists.table(LIST).latest(code).value
    return Kind(
        code,
        str(value["label"]),
        int(value["minutes"]),
        needs_room=bool(value["room"]),
        outside=bool(value["outside"]),
        buffer=int(value["buffer"]),
    )


def kinds(*, on: date, outside: bool = False) -> list[Kind]:
    """Return what is offered on a day; `outside`: only what people may book themselves."""
    found = [kind_of(code) for code, _label in lists.choices(LIST, on=on)]
    return [kind for kind in found if kind.outside or not outside]


def kind_label(code: str) -> str:
    """Return the German name of a kind."""
    return kind_of(code).label
