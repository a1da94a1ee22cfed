"""What housing gives to the search: dwellings by address, object number and owner, and the owners themselves.

The words that were typed become patterns, so that ä is found by ae and a, ß by ss, and Straße by Str.; the
database compares them with what is stored as it was written.
"""

import re

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.rooms import Hit
from wurzelwerk.linkage.letters import fold, words
from wurzelwerk.trust.actor import Actor

from ..models import Dwelling, Owner

_STREET = re.compile(r"str(a(s(se?)?)?)?$")
_LETTERS = {
    "ae": "(ae|[äÄ])", "oe": "(oe|[öÖ])", "ue": "(ue|[üÜ])", "ss": "(ss|ß)",
    "a": "[aäÄàáâ]", "o": "[oöÖòóô]", "u": "[uüÜùúû]", "e": "[eéÉèêë]",
}  # fmt: skip
_WRITTEN = re.compile("|".join(_LETTERS))
_DIGITS = re.compile(r"^(\d+)(\w*)$")


def pattern(word: str) -> str:
    """Return the regular expression, for Python and PostgreSQL, of the beginning of a word (`linkage.letters.words`).

    A number is meant whole: 12 finds 12 and 12a, not 120.
    """
    folded = fold(word)
    if digits := _DIGITS.match(folded):
        number, letters = digits.groups()
        return number + (rf"\s*{letters}" if letters else r"(\D|$)")
    folded = _STREET.sub("str", folded)
    return _WRITTEN.sub(lambda found: _LETTERS[found[0]], folded)


def _patterns(text: str) -> list[str]:
    """The patterns of all words; none where one of them has no letter or digit that could be found."""
    found = words(text)
    return [pattern(word) for word in found] if all(map(fold, found)) else []


def _with_all(rows: QuerySet, patterns: list[str]) -> QuerySet:
    """Keep the rows in whose `read` every word begins a word; the city must be typed whole."""
    for begun in patterns:
        rows = rows.filter(read__iregex=rf"(^|\W){begun}|_{begun}_")
    return rows


def _joined(*columns: str, city: str = "") -> Concat:
    """The columns as one text; the city between signs that make one word of it."""
    parts: list = []
    for column in columns:
        parts += [F(column), Value(" ")]
    parts += [Value("_"), F(city), Value("_")] if city else [Value("")]
    return Concat(*parts, output_field=TextField())


def dwellings(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Find dwellings by street, house number, postcode, place in the house, object number and owner (one query)."""
    if not (patterns := _patterns(text)):
        return []
    columns = ("street", "number", "postcode", "owner__name")
    read = _joined(*(f"building__{name}" for name in columns), "label", "openimmo_key", city="building__city")
    street = When(building__street__iregex=f"^{patterns[0]}", then=0)
    rows = _with_all(Dwelling.objects.visible_to(actor).annotate(read=read), patterns)
    rows = rows.select_related("building__owner").annotate(far=Case(street, default=1))
    rows = rows.order_by(F("archived_at").asc(nulls_first=True), "far", "building__street", "building__number", "pk")
    return [
        Hit(row.building.address, _described(row), reverse("dwelling", args=[row.pk]), _score(row))
        for row in rows[:limit]
    ]


def _score(row: Dwelling) -> float:
    return 0.5 if row.archived_at else 1.0 - row.far * 0.25


def _described(row: Dwelling) -> str:
    rooms = _("%(number)s Zimmer") % {"number": formats.number(row.rooms, None)}
    parts = (
        row.label, f"{row.building.postcode} {row.building.city}".strip(), rooms, formats.area(row.area),
        row.building.owner.name, _("abgelegt") if row.archived_at else "",
    )  # fmt: skip
    return " · ".join(part for part in parts if part)


def owners(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Find owners by name or contact person (one query)."""
    if not (patterns := _patterns(text)):
        return []
    rows = _with_all(Owner.objects.visible_to(actor).annotate(read=_joined("name", "contact_person")), patterns)
    return [
        Hit(row.name, " · ".join(filter(None, (row.contact_person, row.phone))), reverse("owner", args=[row.pk]))
        for row in rows.order_by("name", "pk")[:limit]
    ]
