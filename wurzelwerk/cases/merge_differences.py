"""Where two Akten of one household say different things, with what is proposed: filled before empty, new before old."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from wurzelwerk.base.formats import day

from . import lists
from .enums import BirthKnown
from .merge_sides import Pairs, Side, singles
from .models import Accommodation, Person

HOME = "home"
PERSON_FIELDS: dict[str, tuple[str, ...]] = {
    "given_name": (), "family_name": (), "birth_date": ("birth_known",), "original_name": (), "other_names": (),
    "phone": (), "email": (), "contact_rule": ("contact_hint",), "unsaid": (),
}  # fmt: skip
"""What is compared of a person, each with the columns that only make sense beside it."""
SAME_HOME = (
    "kind", "street", "postcode", "city", "care_of", "is_blocked", "blocked_until", "reach", "shares_with",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """Two values for one thing. `of`: whose; `takes`: whether that of the Akte given up is proposed.

    `row` and `column` say where it is stored in the Akte that is kept, `value` what the other would put there, `beside`
    which columns come with it; empty for what is exchanged as a whole (`single`: its row in the Akte given up).
    """

    key: str
    label: str
    kept: str
    dropped: str
    takes: bool
    of: str = ""
    row: Any = None
    column: str = ""
    value: Any = None
    beside: Mapping[str, Any] = field(default_factory=dict)
    single: Model | None = None


def differences(kept: Side, dropped: Side, pairs: Pairs) -> list[Difference]:
    """Return what there is to choose, in the order of the preview."""
    return [
        *_of_household(kept, dropped),
        *_of_persons(kept, dropped, pairs),
        *_of_homes(kept, dropped),
        *_of_singles(kept, dropped, pairs),
    ]


def _of_household(kept: Side, dropped: Side) -> Iterator[Difference]:
    if kept.household.name != dropped.household.name:
        yield _differing(
            "household.name", _("Name des Haushalts"), kept, dropped, kept.household, dropped.household, "name"
        )
    if kept.case is None or dropped.case is None:
        return
    for column, label in (("lead", _("Zuständig")), ("programme", _("Programm"))):
        here, there = getattr(kept.case, column), getattr(dropped.case, column)
        if here != there:
            yield Difference(
                f"case.{column}", label, str(here or ""), str(there or ""), takes=here is None,
                row=kept.case, column=f"{column}_id", value=getattr(dropped.case, f"{column}_id"),
            )  # fmt: skip


def _differing(
    key: str, label: str, kept: Side, dropped: Side, row: Any, other: Any, column: str, of: str = ""
) -> Difference:
    here, there = getattr(row, column), getattr(other, column)
    return Difference(
        key, label, _written(here), _written(there), takes=_proposes(here, there, kept, dropped), of=of,
        row=row, column=column, value=there,
    )  # fmt: skip


def _proposes(here: Any, there: Any, kept: Side, dropped: Side) -> bool:
    return bool(there) and (not here or dropped.is_newer_than(kept))


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(lists.label("unsaid_topics", code) for code in value)
    return day(value) if isinstance(value, date) else str(value or "")


def _of_persons(kept: Side, dropped: Side, pairs: Pairs) -> Iterator[Difference]:
    known = {person.pk: person for person in kept.persons}
    for other in dropped.persons:
        if (person := known.get(pairs.get(other.pk, other.pk))) is None:
            continue
        for column, beside in PERSON_FIELDS.items():
            if any((getattr(person, name) or None) != (getattr(other, name) or None) for name in (column, *beside)):
                label = str(Person._meta.get_field(column).verbose_name)  # type: ignore[union-attr]
                key = f"person.{other.pk}.{column}"
                found = _differing(key, label, kept, dropped, person, other, column, of=person.name)
                here, there = (_with_beside(one, column, beside) for one in (person, other))
                values = {name: getattr(other, name) for name in beside}
                yield replace(found, kept=here, dropped=there, beside=values)


def _with_beside(person: Person, column: str, beside: tuple[str, ...]) -> str:
    """What stands there, with what stands beside it where that says more than the usual."""
    shown = [_shown(person, name) for name in (column, *beside) if getattr(person, name) != BirthKnown.DAY]
    return ", ".join(filter(None, shown))


def _shown(person: Person, column: str) -> str:
    display = getattr(person, f"get_{column}_display", None)
    return str(display()) if display else _written(getattr(person, column))


def same_home(kept: Side, dropped: Side) -> bool:
    """Say whether both sides live in the same place now, as it is recorded."""
    here, there = kept.home, dropped.home
    return bool(here and there) and all(getattr(here, name) == getattr(there, name) for name in SAME_HOME)


def _of_homes(kept: Side, dropped: Side) -> Iterator[Difference]:
    here, there = kept.home, dropped.home
    if here is None or there is None or same_home(kept, dropped):
        return
    newer = dropped.is_newer_than(kept)
    if here.since and there.since and here.since != there.since:
        newer = here.since < there.since
    yield Difference(HOME, _("Wohnt jetzt"), home_text(here), home_text(there), takes=newer)


def home_text(home: Accommodation) -> str:
    """Return an accommodation in one line."""
    since = _("seit %(day)s") % {"day": day(home.since)} if home.since else ""
    return ", ".join(filter(None, [_called(home.kind), home.street, f"{home.postcode} {home.city}".strip(), since]))


def _called(code: str) -> str:
    return lists.label("dwelling_kinds", code) if code in lists.table("dwelling_kinds").keys else code


def _of_singles(kept: Side, dropped: Side, pairs: Pairs) -> Iterator[Difference]:
    names = {person.pk: person.name for person in kept.persons}
    owners = {dropped.household.pk: kept.household.pk, **pairs}
    for model, fate in singles().items():
        for owner, other in dropped.singles[model].items():
            row = kept.singles[model].get(owners.get(owner, owner))
            if row is None or _content(row, fate.single) == _content(other, fate.single):
                continue
            here, there = fate.say(row), fate.say(other)
            takes, of = _proposes(here, there, kept, dropped), names.get(owners.get(owner, owner), "")
            yield Difference(f"single.{other.pk}", str(fate.one), here, there, takes, of=of, single=other)


def _content(row: Any, owner: str) -> dict[str, Any]:
    """All that a row says, apart from where it lies and whose it is."""
    place = {"id", "akte_id", "circle_id", owner}
    return {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname not in place
    }
