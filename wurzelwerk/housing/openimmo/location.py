"""The address and the coordinates: are they where dwellings of a German city can be?"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from wurzelwerk.housing.openimmo.convert import german_number
from wurzelwerk.housing.openimmo.nodes import child
from wurzelwerk.housing.openimmo.notes import Notes
from wurzelwerk.housing.openimmo.records import split_house_number

# The rectangle around Germany (List in the north, Oberstdorf in the south, Selfkant in the west, Görlitz in the east),
# in degrees, rounded outwards.
SOUTH, NORTH = Decimal("47.2"), Decimal("55.1")
WEST, EAST = Decimal("5.8"), Decimal("15.1")
COORDINATES = "geo/geokoordinaten"


def check_location(element: etree._Element, address: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """The address fields (names without "address.") after all checks; doubtful coordinates are left out."""
    geo = child(element, "geo")
    line = None if geo is None else geo.sourceline
    in_germany = address.get("country", "DEU") == "DEU"
    if not in_germany:
        text = _("Die Wohnung liegt laut Datei nicht in Deutschland (%(country)s). Bitte prüfen.")
        notes.remark("geo/land@iso_land", _("Land"), text % {"country": address["country"]}, line)
    postcode = address.get("postcode")
    if in_germany and postcode and not re.fullmatch("[0-9]{5}", postcode):
        text = _("„%(text)s“ hat nicht fünf Ziffern. Bitte prüfen.") % {"text": postcode}
        notes.remark("geo/plz", _("Postleitzahl"), text, line)
    if not address.get("street") or not address.get("city"):
        missing = _("Straße") if not address.get("street") else _("Ort")
        path = "geo/strasse" if not address.get("street") else "geo/ort"
        notes.remark(path, missing, _("Die Angabe fehlt. Bitte nachtragen."), line)
    _remark_house_number(address, notes, line)
    return _coordinates(address, notes, in_germany=in_germany)


def _remark_house_number(address: dict[str, Any], notes: Notes, line: int | None) -> None:
    street = address.get("street", "")
    if address.get("number"):
        return
    name, number = split_house_number(street)
    if number:
        text = _("Sie stand in der Straße; „%(street)s“ wurde als „%(name)s“ und „%(number)s“ gelesen.")
        notes.remark("geo/hausnummer", _("Hausnummer"), text % {"street": street, "name": name, "number": number}, line)


def _coordinates(address: dict[str, Any], notes: Notes, *, in_germany: bool) -> dict[str, Any]:
    latitude, longitude = address.get("latitude"), address.get("longitude")
    if latitude is None and longitude is None:
        return address
    text = _wrong_coordinates(latitude, longitude) if in_germany else ""
    if latitude is None or longitude is None:
        text = _("Breitengrad oder Längengrad fehlt; die Koordinaten wurden nicht übernommen.")
    if not text:
        return address
    notes.remark(COORDINATES, _("Geokoordinaten"), text)
    return {name: value for name, value in address.items() if name not in ("latitude", "longitude")}


def _wrong_coordinates(latitude: Decimal | None, longitude: Decimal | None) -> str:
    """A sentence where the point is not in Germany, else ""."""
    if latitude is None or longitude is None or (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        return ""
    if SOUTH <= longitude <= NORTH and WEST <= latitude <= EAST:
        return _("Breitengrad und Längengrad sind vertauscht; die Koordinaten wurden nicht übernommen.")
    text = _(
        "Der Punkt %(latitude)s / %(longitude)s liegt außerhalb Deutschlands; die Koordinaten wurden nicht übernommen."
    )
    return text % {"latitude": german_number(latitude), "longitude": german_number(longitude)}
