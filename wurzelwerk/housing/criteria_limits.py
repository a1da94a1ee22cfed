"""Amounts from law as the rules need them: whole numbers, with their source."""

from dataclasses import dataclass

import numpy as np

NO_ROOM_LIMIT = -2


@dataclass(frozen=True)
class HousingLimits:
    """Limits of one day.

    Attributes:
        wbs_area: hundredths of m² for 1, 2, … persons.
        wbs_rooms: tenths of rooms for 1, 2, … persons; NO_ROOM_LIMIT where only the area counts.
        wbs_area_more, wbs_rooms_more: for each person beyond the table.
        wbs_area_tolerance: hundredths of m² that count as slight.
        area_per_person: hundredths of m² that each person needs at least.
        wbs_kinds: codes of the kinds of certificate.
        wbs_words: the kinds as people call them.
        wbs_opens: bool (kind held, kind required).
        source: where the figures come from.
    """

    wbs_area: tuple[int, ...]
    wbs_rooms: tuple[int, ...]
    wbs_area_more: int
    wbs_rooms_more: int
    wbs_area_tolerance: int
    area_per_person: int
    wbs_kinds: tuple[str, ...]
    wbs_words: tuple[str, ...]
    wbs_opens: np.ndarray
    source: str

    def area_for(self, persons: np.ndarray, printed: np.ndarray) -> np.ndarray:
        """Return hundredths of m² with tolerance: as printed (>= 0), else by the table."""
        return np.where(printed >= 0, printed, _by_table(self.wbs_area, self.wbs_area_more, persons)) + (
            self.wbs_area_tolerance
        )

    def rooms_for(self, persons: np.ndarray, printed: np.ndarray) -> np.ndarray:
        """Return tenths of rooms: as printed (>= 0), else by the table; NO_ROOM_LIMIT where only the area counts."""
        return np.where(printed >= 0, printed, _by_table(self.wbs_rooms, self.wbs_rooms_more, persons))


def _by_table(table: tuple[int, ...], more: int, persons: np.ndarray) -> np.ndarray:
    values = np.array(table, dtype=np.int64)
    beyond = np.maximum(persons - len(values), 0)
    return values[np.minimum(persons, len(values)) - 1] + more * beyond
