"""Which dwellings of a list are kept already: by address and what tells one flat of a house from another."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base.formats import area, number
from wurzelwerk.sheets.cells import same_word
from wurzelwerk.sheets.importer import Alike, Progress, Remark, Row
from wurzelwerk.trust.actor import Actor

from .models import Dwelling
from .queries.portfolio import dwellings_in, houses_at

SAME_LABEL, SAME_SIZE = 0.97, 0.9
NEAR = 1
"""So many square metres apart are the same flat, measured twice."""


def find_alike(rows: Sequence[Row], *, actor: Actor, progress: Progress) -> None:
    """Write into each row which dwelling it may be; those that others keep give no sign."""
    houses = houses_at(actor, {row.values.where for row in rows})
    progress(len(rows) // 2, len(rows))
    flats = dwellings_in(actor, [house.pk for there in houses.values() for house in there])
    for row in rows:
        there = houses.get(row.values.where, ())
        if not there and not row.values.owner["name"]:
            said = _("Bitte nennen Sie die Eigentümerin oder den Eigentümer: Dieses Haus ist noch nicht bekannt.")
            row.remarks.append(Remark("owner", said, refuses=True))
        for house in there:
            for flat in flats.get(house.pk, ()):
                if score := _score(row, flat):
                    row.alike.append(_shown(flat, score))
    _within(rows)


def _score(row: Row, flat: Dwelling) -> float:
    said = row.values.dwelling
    if said["label"] and flat.label:
        return SAME_LABEL if same_word(said["label"]) == same_word(flat.label) else 0.0
    if None not in {said["floor"], flat.floor} and said["floor"] != flat.floor:
        return 0.0
    same = said["rooms"] == flat.rooms and abs(said["area"] - flat.area) <= NEAR
    return SAME_SIZE if same else 0.0


def _shown(flat: Dwelling, score: float) -> Alike:
    size = _("%(rooms)s Zimmer, %(area)s") % {"rooms": number(flat.rooms, None), "area": area(flat.area)}
    parts = [flat.label, size, _("abgelegt") if flat.archived_at else ""]
    return Alike(
        flat.pk, flat.building.address, ", ".join(filter(None, parts)), url=reverse("dwelling", args=[flat.pk]),
        place=flat.building_id, score=score,
    )  # fmt: skip


def _within(rows: Sequence[Row]) -> None:
    """Say which rows stand in the list twice: the same flat of a house, by its label or else by floor and size."""
    first: dict[tuple, int] = {}
    for row in rows:
        said = row.values.dwelling
        flat = (same_word(said["label"]),) if said["label"] else (said["floor"], said["rooms"], said["area"])
        key = (row.values.where, *flat)
        if key in first:
            row.same_as = first[key]
        first.setdefault(key, row.number)
