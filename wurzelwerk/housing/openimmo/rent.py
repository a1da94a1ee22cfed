"""The rent: what belongs together, what contradicts itself, and what cannot be carried at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from wurzelwerk.housing.openimmo import mapping, values
from wurzelwerk.housing.openimmo.convert import german_number, take
from wurzelwerk.housing.openimmo.nodes import raw_value
from wurzelwerk.housing.openimmo.notes import Notes
from wurzelwerk.housing.openimmo.text import clean_line, excerpt

TOLERANCE = Decimal(1)  # euro between a stated sum and its parts
AMOUNTS = ("net_cold", "operating", "heating", "surcharges", "warm", "all_in", "deposit")


def complete_rent(element: etree._Element, rent: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """The rent fields after all cross-checks. `rent` holds what the table found, by field name without "rent."."""
    rent = _net_cold(element, rent, notes)
    rent = _deposit(element, rent, notes)
    if not _in_euro_a_month(element, rent, notes):
        return {name: value for name, value in rent.items() if name not in AMOUNTS}
    _check_operating(rent, notes)
    _check_warm(rent, notes)
    _check_deposit(rent, notes)
    if "net_cold" not in rent:
        row = mapping.BY_TARGET["rent.net_cold"]
        hint = (
            _("Sie fehlt; es ist nur eine Pauschalmiete genannt.")
            if "all_in" in rent
            else _("Sie fehlt. Bitte nachtragen.")
        )
        notes.remark(row.path, row.label, hint)
    return rent


def _net_cold(element: etree._Element, rent: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """`kaltmiete` stands in where `nettokaltmiete` is empty."""
    row = mapping.BY_TARGET["rent.net_cold"]
    raw = raw_value(element, ("preise", "kaltmiete"))
    stated = raw_value(element, *row.parts)
    if raw.empty or not (stated.empty or stated.text.strip(" 0.,") == ""):
        return rent
    cold = take(row, raw, notes)
    if cold is None:
        return rent
    notes.remark(
        "preise/kaltmiete",
        row.label,
        _("Sie fehlt; die Kaltmiete von %(amount)s € wurde dafür übernommen. Bitte prüfen.")
        % {"amount": german_number(cold)},
        raw.line,
    )
    return rent | {"net_cold": cold}


def _in_euro_a_month(element: etree._Element, rent: dict[str, Any], notes: Notes) -> bool:
    """Amounts in another currency or for another period are not taken over: nobody may read them as euro a month."""
    currency = raw_value(element, ("preise", "waehrung"), "iso_waehrung")
    code = clean_line(currency.text).upper()
    stated = any(name in rent for name in AMOUNTS)
    if code not in ("", "EUR", "EURO", "€"):
        text = _(
            "Die Beträge sind in %(code)s angegeben, nicht in Euro; Miete, Kosten und Kaution wurden nicht übernommen."
        )
        notes.remark("preise/waehrung@iso_waehrung", _("Währung"), text % {"code": excerpt(code, 10)}, currency.line)
        return False
    period = raw_value(element, ("preise", "preis_zeiteinheit"), "zeiteinheit")
    unit = clean_line(period.text).upper()
    if unit not in ("", "MONAT") and stated:
        text = _("Die Beträge gelten je %(unit)s, nicht je Monat; Miete, Kosten und Kaution wurden nicht übernommen.")
        notes.remark(
            "preise/preis_zeiteinheit@zeiteinheit",
            _("Zeiteinheit der Miete"),
            text % {"unit": excerpt(unit.capitalize(), 20)},
            period.line,
        )
        return False
    return True


def _deposit(element: etree._Element, rent: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """A deposit in euro, or in words ("3 Monatsmieten"): in kaution_text or, against the format, in kaution."""
    row = mapping.BY_TARGET["rent.deposit"]
    raw = raw_value(element, *row.parts)
    found: dict[str, Any] = {}
    words = rent.get("deposit_text", "")
    if values.number(raw.text) is None and values.months_of_rent(raw.text) is not None:
        words = words or clean_line(raw.text)[:100]
        found["deposit_text"] = words
    elif (amount := take(row, raw, notes)) is not None:
        found["deposit"] = amount
    months = values.months_of_rent(words)
    if months is not None:
        text = _("Sie ist in Monatsmieten angegeben: „%(text)s“ wurde als %(months)s gelesen.")
        notes.remark(row.path, row.label, text % {"text": excerpt(words), "months": german_number(months)}, raw.line)
    return rent | found


def _check_operating(rent: dict[str, Any], notes: Notes) -> None:
    row = mapping.BY_TARGET["rent.operating"]
    operating, heating, included = rent.get("operating"), rent.get("heating"), rent.get("heating_included")
    if operating is None:
        return
    if included is None and heating is None:
        notes.remark(
            row.path,
            row.label,
            _("Es steht nicht da, ob die Heizkosten enthalten sind; die Bruttokaltmiete bleibt offen."),
        )
    elif included and heating is None:
        notes.remark(
            row.path,
            row.label,
            _("Die Heizkosten sind enthalten, aber nicht beziffert; die Bruttokaltmiete bleibt offen."),
        )
    elif included and heating is not None and heating > operating:
        notes.remark(
            row.path,
            row.label,
            _("Die Heizkosten sollen enthalten sein, sind aber höher als die Nebenkosten. Bitte prüfen."),
        )


def _check_warm(rent: dict[str, Any], notes: Notes) -> None:
    """The stated warm rent against the sum of its parts."""
    row = mapping.BY_TARGET["rent.warm"]
    warm, net = rent.get("warm"), rent.get("net_cold")
    if warm is None or net is None or rent.get("operating") is None:
        return
    total = net + rent["operating"] + rent.get("surcharges", Decimal(0))
    if not rent.get("heating_included"):
        total += rent.get("heating", Decimal(0))
    if abs(warm - total) > TOLERANCE:
        text = _("Genannt sind %(warm)s €, die Teile ergeben %(total)s €. Bitte prüfen.")
        notes.remark(row.path, row.label, text % {"warm": german_number(warm), "total": german_number(total)})


def _check_deposit(rent: dict[str, Any], notes: Notes) -> None:
    """A deposit in euro against one in months."""
    row = mapping.BY_TARGET["rent.deposit"]
    amount, net = rent.get("deposit"), rent.get("net_cold")
    months = values.months_of_rent(rent.get("deposit_text", ""))
    if amount is None or months is None or net is None or abs(amount - months * net) <= TOLERANCE:
        return
    text = _("Genannt sind %(amount)s €, %(months)s Nettokaltmieten wären %(total)s €. Bitte prüfen.")
    notes.remark(
        row.path,
        row.label,
        text % {"amount": german_number(amount), "months": german_number(months), "total": german_number(months * net)},
    )
