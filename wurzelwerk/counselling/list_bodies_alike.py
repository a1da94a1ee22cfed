"""Which bodies of a list are known already: by name, by telephone or mail, by address; and which stand twice in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.linkage.numbers import digits_of
from wurzelwerk.network.models import Organisation
from wurzelwerk.sheets.cells import same_word
from wurzelwerk.sheets.heads import plain
from wurzelwerk.sheets.importer import Alike, Progress, Remark, Row
from wurzelwerk.trust.actor import Actor

LEGAL_FORMS = "e v ev gmbh ggmbh mbh ag ug kg gbr eg ig stiftung verein inc llc"
SMALL_WORDS = "der die das des dem den für und im in am an zu zum von vom the of for and"
TELLS_NOTHING = frozenset(f"{LEGAL_FORMS} {SMALL_WORDS}".split())
MOST_ALIKE = 40
"""A word that so many bodies share brings nobody together."""
LEAST, SAME_NAME, SAME_REACH, SAME_PLACE = 0.85, 0.97, 0.93, 0.88
BEAT = 500


@dataclass(frozen=True)
class Known:
    """A body known already. `words` of its name tell it from others; `reach`: its numbers and mail."""

    id: UUID
    name: str
    words: frozenset[str]
    reach: frozenset[str]
    place: str
    kept: bool


def find_alike(rows: Sequence[Row], *, actor: Actor, progress: Progress) -> None:
    """Write into each row which body it may be; bodies that other controllers keep give no sign."""
    known = [_known(*row) for row in Organisation.known_to(actor.organisation_ids).order_by("name", "pk").values_list(
        "pk", "name", "short_name", "street", "postcode", "city", "phone", "email", "kept_by_id"
    )]  # fmt: skip
    index: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        for key in _keys(one.words, one.reach, one.place):
            index[key].append(one)
    for done, row in enumerate(rows):
        if done % BEAT == 0:
            progress(done, len(rows))
        _compare(row, index)
    _within(rows)


def _known(pk: UUID, name: str, short: str, *rest: str) -> Known:
    street, postcode, city, phone, email, kept_by = rest
    return Known(pk, name, _words(name), _reach(phone, email), _place(street, postcode or city), kept_by is not None)


def _words(name: str) -> frozenset[str]:
    every = plain(name).split()
    return frozenset(word for word in every if word not in TELLS_NOTHING) or frozenset(every)


def _reach(phone: str, email: str) -> frozenset[str]:
    return frozenset([*(digits_of(phone) if phone else ()), *([email.strip().lower()] if email else [])])


def _place(street: str, town: str) -> str:
    return f"{same_word(street)}|{same_word(town)}" if street else ""


def _keys(words: Iterable[str], reach: Iterable[str], place: str) -> list[str]:
    return [
        *(f"word {word}" for word in words),
        *(f"reach {one}" for one in reach),
        *([f"at {place}"] if place else []),
    ]


def _compare(row: Row, index: dict[str, list[Known]]) -> None:
    said = row.values
    words, reach = _words(said.names["name"]), _reach(said.reached["phone"], said.reached["email"])
    place = _place(said.reached["street"], said.reached["postcode"] or said.reached["city"])
    near: dict[UUID, Known] = {}
    for key in _keys(words, reach, place):
        if len(there := index.get(key, ())) <= MOST_ALIKE:
            near |= {one.id: one for one in there}
    near |= {one.id: one for word in words for one in index.get(f"word {word}", ()) if one.words == words}
    for one in near.values():
        score = _score(words, reach, place, one)
        if score >= LEAST:
            row.alike.append(_shown(one, score))
    if row.alike and max(row.alike, key=lambda one: one.score).fixed:
        row.remarks.append(Remark("name", _("Diese Stelle steht im Verzeichnis des Netzes und wird dort gepflegt.")))


def _score(words: frozenset[str], reach: frozenset[str], place: str, one: Known) -> float:
    if words == one.words:
        return SAME_NAME
    if reach & one.reach:
        return SAME_REACH
    if place and place == one.place and words & one.words:
        return SAME_PLACE
    mine, other = " ".join(sorted(words)), " ".join(sorted(one.words))
    return SequenceMatcher(None, mine, other).ratio() if min(len(mine), len(other)) > 7 else 0.0


def _shown(one: Known, score: float) -> Alike:
    detail = _("selbst eingetragen") if one.kept else _("im Verzeichnis")
    return Alike(
        one.id, one.name, detail, place=one.id if one.kept else None, score=round(score, 3), fixed=not one.kept
    )


def _within(rows: Sequence[Row]) -> None:
    """Say which rows stand in the list twice: the same body and place, or the same body under another writing."""
    first: dict[tuple, int] = {}
    names: dict[frozenset[str], tuple[str, int]] = {}
    for row in rows:
        said = row.values
        place = tuple(same_word(said.reached[name]) for name in ("street", "postcode", "city"))
        key = (row.group, plain(said.site_name), *place)
        row.same_as = first.setdefault(key, row.number) if key in first else 0
        first.setdefault(key, row.number)
        group, number = names.setdefault(_words(said.names["name"]), (row.group, row.number))
        if not row.same_as and group != row.group:
            row.same_as = number
