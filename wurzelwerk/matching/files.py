"""The files of `wurzelwerk match round` and `match stable`, read into columns; everything is sorted by id first."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wurzelwerk.matching import fields
from wurzelwerk.matching.csvfile import Block, Sheet, read_sheet
from wurzelwerk.matching.errors import BadInput, TooLarge
from wurzelwerk.matching.keys import Keys
from wurzelwerk.matching.stable import Preferences
from wurzelwerk.matching.tables import Problem, pair_order, problem
from wurzelwerk.matching.words import number
from wurzelwerk.matching.words import translate as _


@dataclass(frozen=True)
class Listed:
    """Ids of one file in sorted order.

    Attributes:
        ids: UTF-8 bytes, ascending.
        order: int64, row of the file of each id.
        keys: finds the number of an id.
    """

    ids: list[bytes]
    order: np.ndarray
    keys: Keys

    def names(self) -> list[str]:
        """Return the ids as text."""
        return [one.decode("utf-8") for one in self.ids]


def listed(sheet: Sheet, column: str) -> Listed:
    """Read and sort the ids of a file.

    Raises:
        BadInput: an id is empty or comes twice; the line is named.
    """
    ids: list[bytes] = []
    for part in sheet.each(lambda block: _ids_of(block, column)):
        ids += part
    order = sorted(range(len(ids)), key=ids.__getitem__)
    ordered = [ids[row] for row in order]
    for one, other, row in zip(ordered, ordered[1:], order[1:], strict=False):
        if one == other:
            text = one.decode("utf-8")
            message = _("Die Kennung „{name}“ kommt zweimal vor.").format(name=text[:60])
            raise BadInput(message, file=sheet.name, line=line_of_row(sheet, row), column=column)
    return Listed(ordered, np.array(order, dtype=np.int64), Keys(ordered))


def _ids_of(block: Block, column: str) -> list[bytes]:
    ids = block.texts(column)
    for row, one in enumerate(ids):
        if not one.strip():
            raise block.fail(_("Die Kennung fehlt."), column, row)
    return ids


def line_of_row(sheet: Sheet, row: int) -> int:
    """Return the line number of a data row, counted from 0 (only used to name what is wrong)."""
    for begin, end in sheet.blocks():
        block = sheet._split(begin, end)
        if row < len(block.starts):
            return block.fail("", "", row).line
        row -= len(block.starts)
    return 0


def whole_column(sheet: Sheet, read: Callable[[Block], np.ndarray]) -> np.ndarray:
    """Return `read(block)` of all blocks as one array."""
    parts = sheet.each(read)
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class RoundFiles:
    """What `match round` reads.

    Attributes:
        seekers, offers: sorted ids; the problem's numbers refer to them.
        remarks: German sentences about what was passed over or rounded.
    """

    problem: Problem
    seekers: list[str]
    offers: list[str]
    remarks: list[str]


def read_round(seekers: Path, offers: Path, edges: Path, *, encoding: str = "utf-8") -> RoundFiles:
    """Read the three files of a round.

    Raises:
        BadInput: file, line and column are named.
    """
    remarks: list[str] = []
    sheet = _sheet(seekers, ["seeker_id"], ["size", "priority", "waiting_since"], encoding, remarks)
    who = listed(sheet, "seeker_id")
    size = _numbers(sheet, "size", who, remarks, least=1, default=1)
    priority = _numbers(sheet, "priority", who, remarks, least=1, default=1)
    waited = _days_waited(sheet, who, remarks)
    sheet = _sheet(offers, ["offer_id"], ["capacity"], encoding, remarks)
    where = listed(sheet, "offer_id")
    capacity = _numbers(sheet, "capacity", where, remarks, least=0, default=1, empty_is_default=False)
    sheet = _sheet(edges, ["seeker_id", "offer_id", "score"], [], encoding, remarks)
    seeker, offer, score = _pairs(sheet, who.keys, where.keys, remarks)
    try:
        columns = problem(
            size=size, priority=priority, waited=waited, capacity=capacity, seeker=seeker, offer=offer, score=score
        )
    except TooLarge as error:
        raise TooLarge(error.reason, file=sheet.name) from error
    return RoundFiles(columns, who.names(), where.names(), remarks)


def _sheet(path: Path, required: list[str], optional: list[str], encoding: str, remarks: list[str]) -> Sheet:
    sheet = read_sheet(path, required=required, optional=optional, encoding=encoding)
    if sheet.ignored:
        names = ", ".join(sheet.ignored)
        remarks.append(_("{file}: nicht verwendete Spalten: {names}.").format(file=sheet.name, names=names))
    return sheet


def _numbers(
    sheet: Sheet,
    column: str,
    ids: Listed,
    remarks: list[str],
    *,
    least: int,
    default: int,
    empty_is_default: bool = True,
) -> np.ndarray:
    """Return a column of whole numbers in id order; the default where the file has no such column."""
    if column not in sheet.columns:
        return np.full(len(ids.ids), default, dtype=np.int64)
    empty = least - 1 if empty_is_default else None
    values = whole_column(sheet, lambda block: fields.integers(block, column, least=least, empty=empty))
    missing = np.flatnonzero(values < least)
    if len(missing):
        message = _("{file}: {count} leere Felder in „{column}“ gelten als {default}.")
        remarks.append(message.format(file=sheet.name, count=number(len(missing)), column=column, default=default))
        values[missing] = default
    return values[ids.order]


def _days_waited(sheet: Sheet, ids: Listed, remarks: list[str]) -> np.ndarray:
    """Return days waited until the latest date of the file; who has no date has waited 0 days."""
    column = "waiting_since"
    if column not in sheet.columns:
        return np.zeros(len(ids.ids), dtype=np.int64)
    since = whole_column(sheet, lambda block: fields.one_by_one(block, column, fields.iso_day))
    missing = int(np.count_nonzero(since < 0))
    if missing:
        message = _("{file}: {count} ohne Datum in „{column}“ zählen als 0 Tage gewartet.")
        remarks.append(message.format(file=sheet.name, count=number(missing), column=column))
    latest = int(since.max(initial=0))
    return np.where(since < 0, 0, latest - since)[ids.order]


def _pairs(sheet: Sheet, seekers: Keys, offers: Keys, remarks: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Read the allowed pairs; returns seeker and offer numbers (int32) and scores (millionths), sorted."""

    def read(block: Block) -> tuple:
        found = []
        for column, keys in (("seeker_id", seekers), ("offer_id", offers)):
            numbers = keys.find(block.sheet.buffer, *block.field(column))
            unknown = np.flatnonzero(numbers < 0)
            if len(unknown):
                raise _unknown(block, column, int(unknown[0]))
            found.append(numbers)
        return *found, *fields.scores(block, "score")

    parts = sheet.each(read)
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    seeker, offer, score = (np.concatenate([part[place] for part in parts]) for place in range(3))
    rounded = sum(part[3] for part in parts)
    if rounded:
        message = _("{file}: {count} Werte in „score“ auf sechs Nachkommastellen gerundet.")
        remarks.append(message.format(file=sheet.name, count=number(rounded)))
    order = pair_order(seeker, offer, offers.count)
    if order is not None:
        seeker, offer, score = seeker[order], offer[order], score[order]
    _refuse_twice(sheet, seeker, offer, order)
    return seeker, offer, score


def _unknown(block: Block, column: str, row: int) -> BadInput:
    text = block.text(column, row)
    message = _("Die Kennung fehlt.") if not text.strip() else _("„{name}“ steht nicht in der Liste dieser Kennungen.")
    return block.fail(message.format(name=text[:60]), column, row)


def _refuse_twice(sheet: Sheet, first: np.ndarray, second: np.ndarray, order: np.ndarray | None) -> None:
    twice = np.flatnonzero((first[1:] == first[:-1]) & (second[1:] == second[:-1]))
    if len(twice) == 0:
        return
    place = int(twice[0]) + 1
    row = place if order is None else int(order[place])
    raise BadInput(_("Das Paar kommt zweimal vor."), file=sheet.name, line=line_of_row(sheet, row))


@dataclass(frozen=True)
class StableFiles:
    """What `match stable` reads; see `RoundFiles`."""

    wishes: Preferences
    seekers: list[str]
    offers: list[str]
    remarks: list[str]


def read_stable(
    seekers: Path, offers: Path, seeker_ranks: Path, offer_ranks: Path, *, encoding: str = "utf-8"
) -> StableFiles:
    """Read the four files of a two-sided matching; pairs that only one side ranks cannot be made.

    Raises:
        BadInput: file, line and column are named; a rank given twice by one side is refused.
    """
    remarks: list[str] = []
    who = listed(_sheet(seekers, ["seeker_id"], [], encoding, remarks), "seeker_id")
    sheet = _sheet(offers, ["offer_id"], ["capacity"], encoding, remarks)
    where = listed(sheet, "offer_id")
    capacity = _numbers(sheet, "capacity", where, remarks, least=0, default=1, empty_is_default=False)
    one = _ranks(seeker_ranks, who.keys, where.keys, "seeker_id", encoding, remarks)
    other = _ranks(offer_ranks, who.keys, where.keys, "offer_id", encoding, remarks)
    both, left, right = np.intersect1d(one[0], other[0], assume_unique=True, return_indices=True)
    single = len(one[0]) + len(other[0]) - 2 * len(both)
    if single:
        message = _("{count} Paare stehen nur in einer der beiden Ranglisten und sind nicht möglich.")
        remarks.append(message.format(count=number(single)))
    width = max(1, len(where.ids))
    order = np.lexsort((both % width, one[1][left], both // width))
    wishes = Preferences(
        capacity, (both // width)[order].astype(np.int32), (both % width)[order].astype(np.int32),
        one[1][left][order], other[1][right][order], len(who.ids),
    )  # fmt: skip
    return StableFiles(wishes, who.names(), where.names(), remarks)


def _ranks(
    path: Path, seekers: Keys, offers: Keys, owner: str, encoding: str, remarks: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs as int64 keys (seeker × offers + offer) and their ranks."""
    sheet = _sheet(path, ["seeker_id", "offer_id", "rank"], [], encoding, remarks)

    def read(block: Block) -> tuple:
        numbers = []
        for column, keys in (("seeker_id", seekers), ("offer_id", offers)):
            found = keys.find(block.sheet.buffer, *block.field(column)).astype(np.int64)
            unknown = np.flatnonzero(found < 0)
            if len(unknown):
                raise _unknown(block, column, int(unknown[0]))
            numbers.append(found)
        return numbers[0], numbers[1], fields.integers(block, "rank", least=1)

    parts = sheet.each(read)
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return none, none
    seeker, offer, rank = (np.concatenate([part[place] for part in parts]) for place in range(3))
    key = seeker * max(1, offers.count) + offer
    order = np.argsort(key, kind="stable")
    _refuse_twice(sheet, key[order], key[order], order)
    side = seeker if owner == "seeker_id" else offer
    order = np.lexsort((rank, side))
    same = np.flatnonzero((np.diff(side[order]) == 0) & (np.diff(rank[order]) == 0))
    if len(same):
        line = line_of_row(sheet, int(order[same + 1].min()))
        raise BadInput(_("Der Rang ist in dieser Liste schon vergeben."), file=sheet.name, line=line, column="rank")
    return key, rank
