"""Read large CSV files in blocks of bytes, and name file, line and column of whatever is wrong.

A file is held once as bytes. A block is some hundred kilobytes of whole lines; its fields are found with a few
NumPy passes that stay in the processor's cache, and blocks are read by several threads. Quoted files take a
slower way through the csv module and then the same one.
"""

import csv
import io
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np

from wurzelwerk.matching.errors import BadInput
from wurzelwerk.matching.keys import PADDING
from wurzelwerk.matching.words import translate as _

BLOCK = 1 << 19
NEWLINE = 10
_UNIT = "\x1f"
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Block:
    """Some whole lines of a sheet.

    Attributes:
        starts, ends: int64 arrays of shape (rows, columns of the file), places in the sheet's buffer.
    """

    sheet: "Sheet"
    starts: np.ndarray
    ends: np.ndarray

    def field(self, column: str) -> tuple[np.ndarray, np.ndarray]:
        """Return start and length in bytes of a column's fields."""
        number = self.sheet.columns[column]
        starts = np.ascontiguousarray(self.starts[:, number])
        return starts, self.ends[:, number] - starts

    def text(self, column: str, row: int) -> str:
        """Return one field as text."""
        number = self.sheet.columns[column]
        return self.sheet.slice(int(self.starts[row, number]), int(self.ends[row, number]))

    def texts(self, column: str) -> list[bytes]:
        """Return all fields of a column as bytes."""
        if len(self.starts) == 0:
            return []
        number, first = self.sheet.columns[column], int(self.starts[0, 0])
        raw = self.sheet.buffer[first : int(self.ends[-1, -1])].tobytes()
        starts, ends = (self.starts[:, number] - first).tolist(), (self.ends[:, number] - first).tolist()
        return [raw[start:end] for start, end in zip(starts, ends, strict=True)]

    def fail(self, message: str, column: str, row: int) -> BadInput:
        """Return the error that names this field."""
        return self.sheet.fail(message, column, int(self.starts[row, 0]))


@dataclass
class Sheet:
    """A CSV file in memory.

    Attributes:
        name: as the person gave it.
        buffer: uint8 bytes, lines ended by a newline, padded behind.
        size: bytes without the padding.
        begin: first byte after the heading.
        columns: heading -> position.
        ignored: headings nobody asked for.
    """

    name: str
    buffer: np.ndarray
    size: int
    begin: int
    separator: int
    columns: dict[str, int]
    ignored: list[str]
    width: int
    lines: list[int] | None = field(default=None)

    def slice(self, start: int, end: int) -> str:
        """Return bytes of the sheet as text."""
        return self.buffer[start:end].tobytes().decode("utf-8")

    def fail(self, message: str, column: str, offset: int) -> BadInput:
        """Return the error for the line that holds byte `offset`."""
        line = int(np.count_nonzero(self.buffer[:offset] == NEWLINE))
        number = self.lines[line - 1] if self.lines and line else line + 1
        return BadInput(message, file=self.name, line=number, column=column)

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Yield the byte ranges of the blocks, each of whole lines."""
        start = self.begin
        while start < self.size:
            end = min(start + BLOCK, self.size)
            while end < self.size and self.buffer[end - 1] != NEWLINE:
                rest = np.flatnonzero(self.buffer[end : end + BLOCK] == NEWLINE)
                end = end + int(rest[0]) + 1 if len(rest) else min(end + BLOCK, self.size)
            yield start, end
            start = end

    def each(self, work: Callable[[Block], Answer]) -> list[Answer]:
        """Return `work(block)` for every block in file order, computed by several threads."""
        ranges = list(self.blocks())
        if len(ranges) < 2:
            return [work(self._split(*one)) for one in ranges]
        with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
            return list(pool.map(lambda one: work(self._split(*one)), ranges))

    def _split(self, start: int, end: int) -> Block:
        part = self.buffer[start:end]
        marks = np.flatnonzero((part == self.separator) | (part == NEWLINE))
        regular = len(marks) % self.width == 0
        if regular:
            grid = marks.reshape(-1, self.width)
            newlines = int(np.count_nonzero(part == NEWLINE))
            regular = newlines == len(grid) and bool((part[grid[:, -1]] == NEWLINE).all())
            regular = regular and not (self.width == 1 and bool((np.diff(marks, prepend=-1) == 1).any()))
        if not regular:
            return self._split_slowly(start, end)
        ends = grid + start
        starts = np.empty_like(ends)
        flat = starts.reshape(-1)
        flat[0] = start
        flat[1:] = ends.reshape(-1)[:-1] + 1
        return Block(self, starts, ends)

    def _split_slowly(self, start: int, end: int) -> Block:
        """Split lines one by one: skips empty lines, refuses lines with too few or too many fields."""
        rows, place = [], start
        separator = bytes([self.separator])
        for line in self.buffer[start:end].tobytes().split(b"\n")[:-1]:
            if line.strip():
                fields = line.split(separator)
                if len(fields) != self.width:
                    message = _("Die Zeile hat {found} Felder, die Kopfzeile {wanted}.")
                    raise self.fail(message.format(found=len(fields), wanted=self.width), "", place)
                ends = np.cumsum([len(one) + 1 for one in fields]) + place - 1
                rows.append(ends)
            place += len(line) + 1
        ends = np.array(rows, dtype=np.int64).reshape(-1, self.width)
        starts = np.empty_like(ends)
        starts[:, 1:] = ends[:, :-1] + 1
        starts[:, 0] = [self._line_start(int(one)) for one in ends[:, 0]]
        return Block(self, starts, ends)

    def _line_start(self, place: int) -> int:
        while place > self.begin and self.buffer[place - 1] != NEWLINE:
            place -= 1
        return place


def read_sheet(
    path: str | Path, *, required: Sequence[str], optional: Sequence[str] = (), encoding: str = "utf-8"
) -> Sheet:
    """Read a CSV file with a heading; comma or semicolon is found by itself.

    Raises:
        BadInput: no such file, not text in this encoding, no heading, a column missing or named twice.
    """
    data, name = _load(Path(path), encoding), str(path)
    heading_end = data.find(b"\n")
    first = data[:heading_end].decode("utf-8")
    separator = ";" if first.count(";") > first.count(",") else ","
    lines: list[int] | None = None
    heading = next(csv.reader([first], delimiter=separator), [])
    heading = [one.strip() for one in heading]
    columns = _columns(heading, name, required, optional)
    ignored = [one for one in heading if one not in columns]
    if b'"' in data and _simply_quoted(data, separator):
        data = data.replace(b'"', b"")
        heading_end = data.find(b"\n")
    if b'"' in data:
        data, lines = _unquote(data, name, separator, heading, columns)
        columns = {one: number for number, one in enumerate(columns)}
        heading, separator, heading_end = list(columns), _UNIT, data.find(b"\n")
    size = len(data)
    data.extend(bytes(PADDING))
    buffer = np.frombuffer(data, dtype=np.uint8)
    return Sheet(name, buffer, size, heading_end + 1, ord(separator), columns, ignored, len(heading), lines)


def _load(path: Path, encoding: str) -> bytearray:
    """Return the file as UTF-8 bytes: no byte order mark, newlines only, none missing at the end."""
    try:
        size = path.stat().st_size
        data = bytearray(size)
        with path.open("rb") as stream:
            got = stream.readinto(data)
        del data[got:]
        if encoding.lower().replace("_", "-") not in ("utf-8", "utf8", "utf-8-sig"):
            data = bytearray(data.decode(encoding).encode("utf-8"))
        elif not data.isascii():
            data.decode("utf-8")
    except OSError as error:
        message = _("Die Datei lässt sich nicht lesen ({why}).").format(why=error.strerror)
        raise BadInput(message, file=str(path)) from error
    except LookupError as error:
        raise BadInput(_("Die Zeichenkodierung „{name}“ ist unbekannt.").format(name=encoding)) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = _("Die Datei ist kein Text in der Kodierung {name}; eine andere nennt --encoding.")
        raise BadInput(message.format(name=encoding), file=str(path), line=line) from error
    if data.startswith(b"\xef\xbb\xbf"):
        del data[:3]
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\0" in data:
        raise BadInput(_("Die Datei enthält Nullbytes und ist keine Textdatei."), file=str(path))
    if not data or data.isspace():
        raise BadInput(_("Die Datei ist leer; es fehlt die Kopfzeile."), file=str(path))
    if not data.endswith(b"\n"):
        data.extend(b"\n")
    return data


def _columns(heading: list[str], name: str, required: Sequence[str], optional: Sequence[str]) -> dict[str, int]:
    wanted = [*required, *optional]
    for one in wanted:
        if heading.count(one) > 1:
            raise BadInput(_("Die Spalte kommt zweimal vor."), file=name, line=1, column=one)
    for one in required:
        if one not in heading:
            found = ", ".join(heading) or "–"
            message = _("Die Spalte fehlt. Vorhanden sind: {found}.").format(found=found)
            raise BadInput(message, file=name, line=1, column=one)
    return {one: heading.index(one) for one in wanted if one in heading}


def _simply_quoted(data: bytearray, separator: str) -> bool:
    """Tell whether quotes only stand around whole fields, with no separator, newline or quote inside any of them."""
    text = np.frombuffer(data, dtype=np.uint8)
    quotes = np.flatnonzero(text == ord('"'))
    if len(quotes) % 2:
        return False
    marks = np.flatnonzero((text == ord(separator)) | (text == NEWLINE))
    before = np.searchsorted(marks, quotes)
    opens, closes = quotes[::2], quotes[1::2]
    inside = bool((before[::2] == before[1::2]).all())
    led = (opens == 0) | np.isin(text[opens - 1], (ord(separator), NEWLINE))
    ended = np.isin(text[np.minimum(closes + 1, len(text) - 1)], (ord(separator), NEWLINE))
    return inside and bool(led.all()) and bool(ended.all())


def _unquote(
    data: bytearray, name: str, separator: str, heading: list[str], columns: dict[str, int]
) -> tuple[bytearray, list[int]]:
    """Return the wanted columns of a quoted file, without quotes, and the line each row began on."""
    csv.field_size_limit(1 << 24)
    reader = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=separator, strict=True)
    out, lines, line = [_UNIT.join(columns)], [], 1
    try:
        for row in reader:
            begin, line = line, reader.line_num + 1
            if begin == 1 or not any(one.strip() for one in row):
                continue
            if len(row) != len(heading):
                message = _("Die Zeile hat {found} Felder, die Kopfzeile {wanted}.")
                raise BadInput(message.format(found=len(row), wanted=len(heading)), file=name, line=begin)
            picked = [row[number] for number in columns.values()]
            for column, value in zip(columns, picked, strict=True):
                if "\n" in value or _UNIT in value:
                    raise BadInput(_("Das Feld enthält einen Zeilenumbruch."), file=name, line=begin, column=column)
            out.append(_UNIT.join(picked))
            lines.append(begin)
    except csv.Error as error:
        message = _("Die Anführungszeichen gehen nicht auf ({why}).").format(why=error)
        raise BadInput(message, file=name, line=line) from error
    return bytearray("\n".join([*out, ""]).encode("utf-8")), lines
