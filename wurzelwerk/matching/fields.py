"""Turn the fields of a block into numbers: fast where they are written plainly, exact everywhere.

The fast way reads plain decimal digits position by position for all rows of a block at once; whatever is not
plain (an exponent, a sign, blanks, more than 18 digits) is read one by one with `Decimal`, and named if wrong.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

import numpy as np

from wurzelwerk.matching.csvfile import Block
from wurzelwerk.matching.errors import BadInput, TooLarge
from wurzelwerk.matching.words import translate as _

MICRO = 1_000_000
_MOST_DIGITS = 18
_NUMBER = re.compile(r"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?|inf|nan)", re.ASCII | re.IGNORECASE)
_LARGEST = 1 << 62
_TENS = 10 ** np.arange(19, dtype=np.int64)


def exact_number(text: str) -> Decimal:
    """Return a number written with ASCII digits and a decimal point, as it stands.

    Raises:
        InvalidOperation: anything else; Decimal alone would also take underscores and other scripts' digits.
    """
    if not _NUMBER.fullmatch(text):
        raise InvalidOperation
    return Decimal(text)


def _plain(block: Block, column: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return all digits as one integer, the count of digits behind the point, and which rows are not plain."""
    starts, lengths = block.field(column)
    buffer = block.sheet.buffer
    rows = len(starts)
    value = np.zeros(rows, dtype=np.int64)
    behind = np.zeros(rows, dtype=np.int64)
    points = np.zeros(rows, dtype=np.uint8)
    odd = (lengths < 1) | (lengths > _MOST_DIGITS + 2)
    longest = int(min(lengths.max(initial=0), _MOST_DIGITS + 2))
    shortest = int(lengths.min(initial=0))
    for place in range(longest):
        sign = buffer[starts + place]
        digit = sign - np.uint8(48)
        is_digit = digit <= 9
        is_point = sign == 46
        if place >= shortest:
            inside = place < lengths
            is_digit &= inside
            is_point &= inside
            odd |= inside & ~(is_digit | is_point)
        else:
            odd |= ~(is_digit | is_point)
        behind += is_digit & (points > 0)
        points += is_point
        value = np.where(is_digit, value * 10 + digit, value)
    odd |= (points > 1) | (lengths - points < 1) | (lengths - points > _MOST_DIGITS)
    return value, behind, odd


def scores(block: Block, column: str) -> tuple[np.ndarray, int]:
    """Read scores >= 0 as whole millionths; finer ones are rounded half to even.

    Returns:
        int64 millionths, and how many had to be rounded.

    Raises:
        BadInput: not a finite number, or negative; the place is named.
        TooLarge: beyond 64 bits.
    """
    value, behind, odd = _plain(block, column)
    short = np.minimum(behind, 6)
    factor = _TENS[6 - short]
    odd |= value > _LARGEST // MICRO
    micro = value * np.where(odd, 0, factor)
    fine = np.flatnonzero((behind > 6) & ~odd)
    divisor = _TENS[np.minimum(behind[fine] - 6, 18)]
    whole, rest = np.divmod(value[fine], divisor)
    up = (2 * rest > divisor) | ((2 * rest == divisor) & (whole % 2 == 1))
    micro[fine] = whole + up
    rounded = int(np.count_nonzero(rest))
    for row in np.flatnonzero(odd).tolist():
        micro[row], coarse = _one_score(block, column, row)
        rounded += coarse
    return micro, rounded


def _one_score(block: Block, column: str, row: int) -> tuple[int, bool]:
    text = block.text(column, row).strip()
    if not text:
        raise block.fail(_("Die Zahl fehlt."), column, row)
    try:
        exact = exact_number(text)
    except InvalidOperation:
        message = _("„{text}“ ist keine Zahl (mit Dezimalpunkt).").format(text=text[:40])
        raise block.fail(message, column, row) from None
    if not exact.is_finite():
        raise block.fail(_("„{text}“ ist keine endliche Zahl.").format(text=text[:40]), column, row)
    if exact < 0:
        raise block.fail(_("{text} ist negativ.").format(text=text[:40]), column, row)
    if exact.adjusted() > 12:
        raise _too_large(block, column, row, text)
    micro = exact.scaleb(6)
    whole = micro.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
    return int(whole), whole != micro


def _too_large(block: Block, column: str, row: int, text: str) -> TooLarge:
    error = block.fail(_("{text} ist größer, als genau gerechnet werden kann.").format(text=text[:40]), column, row)
    return TooLarge(error.reason, file=error.file, line=error.line, column=error.column)


def integers(block: Block, column: str, *, least: int, empty: int | None = None, most: int = 1 << 31) -> np.ndarray:
    """Read whole numbers from `least` to `most` as int64; an empty field is `empty`, or an error where that is None."""
    value, behind, odd = _plain(block, column)
    odd |= (behind > 0) | (value < least) | (value > most)
    for row in np.flatnonzero(odd).tolist():
        value[row] = _one_integer(block, column, row, least=least, empty=empty, most=most)
    return value


def _one_integer(block: Block, column: str, row: int, *, least: int, empty: int | None, most: int) -> int:
    text = block.text(column, row).strip()
    if not text:
        if empty is None:
            raise block.fail(_("Die Zahl fehlt; ein leeres Feld gilt nicht als 0."), column, row)
        return empty
    try:
        exact = exact_number(text)
        whole = int(exact) if exact.is_finite() and exact == exact.to_integral_value() else None
    except InvalidOperation:
        whole = None
    if whole is None:
        raise block.fail(_("„{text}“ ist keine ganze Zahl.").format(text=text[:40]), column, row)
    if whole < least:
        raise block.fail(_("{text} ist kleiner als {least}.").format(text=text[:40], least=least), column, row)
    if whole > most:
        raise _too_large(block, column, row, text)
    return whole


def one_by_one(block: Block, column: str, read: Callable[[str], int]) -> np.ndarray:
    """Read a column of words or dates through `read`, once for each different text; ValueErrors get their place."""
    known: dict[bytes, int] = {}
    values = np.empty(len(block.starts), dtype=np.int64)
    for row, raw in enumerate(block.texts(column)):
        value = known.get(raw)
        if value is None:
            try:
                value = known[raw] = read(raw.decode("utf-8").strip())
            except BadInput as error:
                raise block.fail(error.reason, column, row) from None
        values[row] = value
    return values


def iso_day(text: str) -> int:
    """Return an ISO date as days since 1970-01-01, -1 for an empty field.

    Raises:
        BadInput: not a date of the calendar, or before 1970.
    """
    if not text:
        return -1
    try:
        days = date.fromisoformat(text).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        raise BadInput(_("„{text}“ ist kein Datum (JJJJ-MM-TT).").format(text=text[:40])) from None
    if days < 0:
        raise BadInput(_("{text} liegt vor 1970.").format(text=text))
    return days
