"""The columns of households and dwellings that a round works on. No origin, religion, nationality, language or name.

All columns are NumPy arrays with one entry a household or dwelling; money in whole cents a month, areas in hundredths
of a square metre, rooms in tenths, days as days since 1970-01-01. `UNKNOWN` (-1) is "not known", `NONE` (-2) is "there
is none, the question does not arise". The names of quarters, WBS kinds and circles stand in `Names`; the columns hold
their numbers or, where several are possible, a bit for each.
"""

from dataclasses import dataclass

import numpy as np

from wurzelwerk.matching.errors import BadInput
from wurzelwerk.matching.words import translate as _

UNKNOWN, NONE = -1, -2
MOST_NAMES = 62


@dataclass(frozen=True)
class Names:
    """What the numbers in the columns stand for.

    Attributes:
        quarters: names of quarters; number = bit in `quarters_excluded` and `quarters_wished`.
        wbs_kinds: codes of the kinds of certificate, as in the list of the house.
        circles: names of the circles of persons that dwellings are reserved for (nomination).
    """

    quarters: tuple[str, ...] = ()
    wbs_kinds: tuple[str, ...] = ()
    circles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Households:
    """Households that look for a dwelling.

    Attributes:
        ids: text of each household's key (a pseudonym suffices).
        priority: int64, class, 1 = most urgent.
        waiting_since: int64, day, UNKNOWN counts as 0 days waited.
        persons: int64, at least 1, as counted for the certificate.
        wbs: int64, number of the kind held; NONE; UNKNOWN.
        wbs_rooms: int64, tenths, as printed on the certificate; UNKNOWN: by the table for `persons`.
        wbs_area: int64, hundredths of m², as printed; UNKNOWN: by the table.
        gross_cold_limit: int64, cents, limit of the benefit office; UNKNOWN; NONE where no benefits are drawn.
        affordable_rent: int64, cents warm rent from own income; UNKNOWN; NONE where benefits cover the rent.
        step_free: int64, 1 needed, 0 not needed, UNKNOWN.
        quarters_excluded, quarters_wished: int64, bit a quarter; 0 = none.
        move_by: int64, day by which the present place must be left; NONE.
        pets: int64, 1 yes, 0 no, UNKNOWN.
        circles: int64, bit a circle the household is named in.
        names: what the numbers stand for.
    """

    ids: list[str]
    priority: np.ndarray
    waiting_since: np.ndarray
    persons: np.ndarray
    wbs: np.ndarray
    wbs_rooms: np.ndarray
    wbs_area: np.ndarray
    gross_cold_limit: np.ndarray
    affordable_rent: np.ndarray
    step_free: np.ndarray
    quarters_excluded: np.ndarray
    quarters_wished: np.ndarray
    move_by: np.ndarray
    pets: np.ndarray
    circles: np.ndarray
    names: Names


@dataclass(frozen=True)
class Dwellings:
    """Dwellings to be let; each takes one household.

    Attributes:
        ids: text of each dwelling's (or letting's) key.
        rooms: int64, tenths, rooms besides the kitchen; UNKNOWN.
        area: int64, hundredths of m²; UNKNOWN.
        gross_cold: int64, cents: net-cold and operating costs, without heating; UNKNOWN.
        heating: int64, cents; UNKNOWN.
        wbs: int64, number of the kind of certificate required; NONE; UNKNOWN.
        wbs_holders_only: int64, 1 where an allocation right opens it to holders of any certificate only, else 0.
        circle: int64, number of the circle it is reserved for; NONE.
        step_free: int64, 1 yes, 0 no, UNKNOWN.
        quarter: int64, number; UNKNOWN.
        available_from: int64, day; NONE = at once; UNKNOWN.
        pets: int64, 1 allowed, 0 not allowed, UNKNOWN.
        max_persons: int64, most persons the owner accepts; NONE.
        names: what the numbers stand for.
    """

    ids: list[str]
    rooms: np.ndarray
    area: np.ndarray
    gross_cold: np.ndarray
    heating: np.ndarray
    wbs: np.ndarray
    wbs_holders_only: np.ndarray
    circle: np.ndarray
    step_free: np.ndarray
    quarter: np.ndarray
    available_from: np.ndarray
    pets: np.ndarray
    max_persons: np.ndarray
    names: Names


HOUSEHOLD_DEFAULTS = {
    "priority": 1, "waiting_since": UNKNOWN, "persons": None, "wbs": UNKNOWN, "wbs_rooms": UNKNOWN,
    "wbs_area": UNKNOWN, "gross_cold_limit": UNKNOWN, "affordable_rent": NONE, "step_free": 0,
    "quarters_excluded": 0, "quarters_wished": 0, "move_by": NONE, "pets": 0, "circles": 0,
}  # fmt: skip
DWELLING_DEFAULTS = {
    "rooms": UNKNOWN, "area": UNKNOWN, "gross_cold": UNKNOWN, "heating": UNKNOWN, "wbs": UNKNOWN,
    "wbs_holders_only": 0, "circle": NONE, "step_free": UNKNOWN, "quarter": UNKNOWN, "available_from": NONE,
    "pets": UNKNOWN, "max_persons": NONE,
}  # fmt: skip


def households(ids: list[str], names: Names, **columns) -> Households:
    """Build the table; columns not given take their default, `persons` must be given.

    Raises:
        BadInput: a column of another length, an unknown column, a value out of range, too many names.
    """
    return Households(ids, **_filled(HOUSEHOLD_DEFAULTS, columns, len(ids), names), names=names)


def dwellings(ids: list[str], names: Names, **columns) -> Dwellings:
    """Build the table; columns not given take their default. Raises BadInput as `households` does."""
    return Dwellings(ids, **_filled(DWELLING_DEFAULTS, columns, len(ids), names), names=names)


def _filled(defaults: dict, given: dict, count: int, names: Names) -> dict[str, np.ndarray]:
    unknown = sorted(set(given) - set(defaults))
    if unknown:
        raise BadInput(_("Unbekannte Spalten: {names}.").format(names=", ".join(unknown)))
    if max(len(names.quarters), len(names.circles)) > MOST_NAMES:
        raise BadInput(_("Mehr als {most} Quartiere oder Kreise.").format(most=MOST_NAMES))
    filled = {}
    for column, default in defaults.items():
        if column not in given and default is None:
            raise BadInput(_("Die Spalte fehlt."), column=column)
        values = given.get(column)
        values = np.full(count, default) if values is None else np.asarray(values)
        values = np.ascontiguousarray(values, dtype=np.int64)
        if values.shape != (count,):
            raise BadInput(_("Die Spalte hat eine andere Länge."), column=column)
        least = 1 if column in ("persons", "priority") else NONE
        if values.min(initial=least) < least:
            raise BadInput(_("Ein Wert liegt unter {least}.").format(least=least), column=column)
        filled[column] = values
    return filled
