"""One foreign value into one field of a record, with a German sentence for everything that was not plain."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from wurzelwerk.housing.openimmo import mapping, values
from wurzelwerk.housing.openimmo.mapping import Field
from wurzelwerk.housing.openimmo.nodes import Raw
from wurzelwerk.housing.openimmo.notes import Notes
from wurzelwerk.housing.openimmo.text import clean_line, clean_text, excerpt

EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,189}\.[^@\s,;<>\".]{2,63}")


def german_date(value: date) -> str:
    """05.03.2026"""
    return date_format(value, "d.m.Y")


def german_number(value: Decimal) -> str:
    """1.234,50; whole numbers without places."""
    places = 0 if value == value.to_integral_value() else 2
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def take(row: Field, raw: Raw, notes: Notes) -> Any:
    """The value of a field, or None where the file does not say or says nothing that could be used."""
    return None if raw.empty else KINDS[row.kind](row, raw, notes)


def _reject(row: Field, raw: Raw, notes: Notes, why: str) -> None:
    """Leave a value out with a remark, or refuse the object where the field is one that must be right."""
    notes.remark(row.path, row.label, why + " " + _("Der Wert wurde nicht übernommen."), raw.line)
    if row.refuse:
        notes.refuse_field(row.label, why)


def _text(row: Field, raw: Raw, notes: Notes) -> str | None:
    clean = clean_text if row.kind == mapping.TEXT else clean_line
    text = clean(raw.text)
    if len(text) <= row.limit:
        return text or None
    size = {"length": len(text), "limit": row.limit}
    if row.refuse:
        _reject(row, raw, notes, _("Der Text ist %(length)d Zeichen lang, erlaubt sind %(limit)d.") % size)
        return None
    notes.remark(
        row.path,
        row.label,
        _("Der Text ist %(length)d Zeichen lang und wurde nach %(limit)d Zeichen gekürzt.") % size,
        raw.line,
    )
    return clean(text[: row.limit])


def _email(row: Field, raw: Raw, notes: Notes) -> str | None:
    text = clean_line(raw.text)
    if EMAIL.fullmatch(text):
        return text
    _reject(row, raw, notes, _("„%(text)s“ ist keine E-Mail-Adresse.") % {"text": excerpt(text)})
    return None


def _decimal(row: Field, raw: Raw, notes: Notes) -> Decimal | None:
    found = values.number(raw.text)
    quoted = {"text": excerpt(raw.text)}
    if found is None:
        _reject(row, raw, notes, _("„%(text)s“ ist keine Zahl.") % quoted)
        return None
    value = values.pick(found, low=row.odd_low or row.low, high=row.odd_high or row.high)
    if value is None:
        _reject(row, raw, notes, _("„%(text)s“ lässt sich auf zwei Weisen lesen.") % quoted)
        return None
    if not row.low <= value <= row.high:
        _reject(row, raw, notes, _out_of_range(value, row))
        return None
    if value == 0 and row.zero_is_empty:
        notes.remark(row.path, row.label, _("0 gilt als nicht angegeben."), raw.line)
        return None
    if not found.usual or value != found.readings[0]:
        notes.remark(
            row.path,
            row.label,
            _("„%(text)s“ wurde als %(value)s gelesen.") % {**quoted, "value": german_number(value)},
            raw.line,
        )
    return _looked_at(value, row, raw, notes)


def _out_of_range(value: Decimal, row: Field) -> str:
    if value < 0 <= row.low:
        return _("%(value)s ist negativ; das kann nicht stimmen.") % {"value": german_number(value)}
    return _("%(value)s liegt außerhalb von %(low)s bis %(high)s; das kann nicht stimmen.") % {
        "value": german_number(value),
        "low": german_number(row.low),
        "high": german_number(row.high),
    }


def _looked_at(value: Decimal, row: Field, raw: Raw, notes: Notes) -> Decimal:
    """Say where a value is possible but unusual."""
    if row.odd_low is not None and value < row.odd_low:
        notes.remark(
            row.path,
            row.label,
            _("%(value)s ist auffällig wenig. Bitte prüfen.") % {"value": german_number(value)},
            raw.line,
        )
    if row.odd_high is not None and value > row.odd_high:
        notes.remark(
            row.path,
            row.label,
            _("%(value)s ist auffällig viel. Bitte prüfen.") % {"value": german_number(value)},
            raw.line,
        )
    return value


def _whole(row: Field, raw: Raw, notes: Notes) -> int | None:
    value = _decimal(row, raw, notes)
    if value is not None and value != value.to_integral_value():
        _reject(row, raw, notes, _("„%(text)s“ ist keine ganze Zahl.") % {"text": excerpt(raw.text)})
        return None
    return None if value is None else int(value)


def _floor(row: Field, raw: Raw, notes: Notes) -> int | None:
    named = values.floor(raw.text)
    if named is None:
        return _whole(row, raw, notes)
    text = _("„%(text)s“ wurde als %(value)d gelesen.") % {"text": excerpt(raw.text), "value": named}
    notes.remark(row.path, row.label, text, raw.line)
    return named


def _year(row: Field, raw: Raw, notes: Notes) -> int | None:
    found = values.year(raw.text)
    if found is None or not row.low <= found[0] <= row.high:
        _reject(row, raw, notes, _("„%(text)s“ ist keine Jahreszahl.") % {"text": excerpt(raw.text)})
        return None
    if not found[1]:
        text = _("„%(text)s“ wurde als %(value)d gelesen.") % {"text": excerpt(raw.text), "value": found[0]}
        notes.remark(row.path, row.label, text, raw.line)
    return found[0]


def _yes_no(row: Field, raw: Raw, notes: Notes) -> bool | None:
    value = values.boolean(raw.text)
    if value is None:
        _reject(row, raw, notes, _("„%(text)s“ ist weder ja noch nein.") % {"text": excerpt(raw.text)})
    return value


def _day(row: Field, raw: Raw, notes: Notes) -> date | None:
    quoted = {"text": excerpt(raw.text)}
    try:
        found = values.day(raw.text, last=row.kind == mapping.LAST_DAY)
    except values.ImpossibleDate:
        _reject(row, raw, notes, _("Den Tag „%(text)s“ gibt es nicht.") % quoted)
        return None
    if found is None:
        _reject(row, raw, notes, _("„%(text)s“ ist kein Datum.") % quoted)
        return None
    if not found.usual:
        text = _("„%(text)s“ wurde als %(value)s gelesen.") % {**quoted, "value": german_date(found.value)}
        notes.remark(row.path, row.label, text, raw.line)
    return found.value


def _code(row: Field, raw: Raw, notes: Notes) -> str | None:
    text = clean_line(raw.text)
    code = row.codes.get(text.upper())
    if code is not None:
        return code
    if row.kind == mapping.CODE:
        known = ", ".join(dict.fromkeys(row.codes.values()))
        _reject(
            row,
            raw,
            notes,
            _("„%(text)s“ ist nicht bekannt (bekannt sind: %(known)s).") % {"text": excerpt(text), "known": known},
        )
        return None
    notes.remark(
        row.path,
        row.label,
        _("„%(text)s“ steht nicht in der Liste und wurde unverändert übernommen.") % {"text": excerpt(text)},
        raw.line,
    )
    return _text(row, raw, notes)


KINDS: dict[str, Callable[[Field, Raw, Notes], Any]] = {
    mapping.LINE: _text,
    mapping.TEXT: _text,
    mapping.MONEY: _decimal,
    mapping.NUMBER: _decimal,
    mapping.WHOLE: _whole,
    mapping.YEAR: _year,
    mapping.FLOOR: _floor,
    mapping.YES_NO: _yes_no,
    mapping.DAY: _day,
    mapping.LAST_DAY: _day,
    mapping.CODE: _code,
    mapping.OPEN_CODE: _code,
    mapping.EMAIL: _email,
}
