"""The slip of an appointment (Terminzettel): German and the person's language on one sheet, codes for the telephone.

It names no person, no kind and no theme. The map is a code with the coordinates (`geo:`, RFC 5870), so that any map on
a telephone opens it; no server of maps is asked.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import segno

from wurzelwerk.appointments.models import Place, Sketch
from wurzelwerk.base.documents import render_pdf
from wurzelwerk.cases.models import Appointment
from wurzelwerk.network.models import Site

from .choosing import clock_in_words, day_in_words, host_name
from .texts_of import APPOINTMENT, FRAME

TEMPLATE = Path(__file__).parent / "documents" / "slip.typ"
GERMAN = "de"


@dataclass(frozen=True)
class Slip:
    """What stands on a slip. `link`: the whole address by which the appointment can be changed; empty for none."""

    appointment: Appointment
    place: Place | None
    office: Site | None
    link: str
    made_at: datetime
    sketch: Sketch | None = None


def render_slip(slip: Slip, *, language: str) -> bytes:
    """Return the slip as PDF, German with another language beside it ("de": German alone)."""
    both = [GERMAN] if language == GERMAN else [GERMAN, language]
    row, office = slip.appointment, slip.office
    data = {
        "columns": [_column(code, row) for code in both],
        "place": row.place,
        "way": slip.place.way if slip.place else "",
        "host": host_name(row.host),
        "office": {"name": office.name, "address": _address(office), "phone": office.phone} if office else None,
        "link": slip.link,
        "link_code": qr_svg(slip.link) if slip.link else "",
        "sketch": list(bytes(slip.sketch.content)) if slip.sketch else [],
        "sketch_said": slip.sketch.said if slip.sketch else "",
        "map_code": qr_svg(geo) if (geo := geo_of(slip.place)) else "",
    }
    return render_pdf(TEMPLATE, data, at=slip.made_at)


def _column(language: str, row: Appointment) -> dict[str, Any]:
    words = APPOINTMENT.of(language)
    return {
        "language": language,
        "direction": words["direction"],
        "title": words["slip"]["slip"],
        "day": day_in_words(row.starts_at, language),
        "time": clock_in_words(row.starts_at, language) + (" Uhr" if language == GERMAN else ""),
        "where": words["where"],
        "with": words["with"],
        "way": words["slip"]["way"],
        "map": words["slip"]["map"],
        "scan": words["slip"]["scan"],
        "phone": words["slip"]["phone"],
        "unreviewed": "" if words["reviewed"] else FRAME.of(language)["unreviewed"],
    }


def _address(site: Site) -> str:
    return f"{site.street}, {site.postcode} {site.city}".strip(", ") if site.street else ""


def geo_of(place: Place | None) -> str:
    """Return where a room is as an address for maps: `geo:51.5144,7.4653`; empty where nobody entered it."""
    if place is None or place.latitude is None or place.longitude is None:
        return ""
    return f"geo:{place.latitude.normalize():f},{place.longitude.normalize():f}"


def qr_svg(text: str) -> str:
    """Return a text as a QR code, drawn in SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, scale=4, xmldecl=False, dark="#171a2b")
    return out.getvalue().decode()
