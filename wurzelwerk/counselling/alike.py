"""Who may have been taken in before: told while a new person is typed, as a question and never as a hindrance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wurzelwerk.cases.finding import FoundPerson, lookalikes
from wurzelwerk.cases.models import Case
from wurzelwerk.linkage.pairs import Entry
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

TYPED = ("given_name", "family_name", "birth_date", "phone")
"""The fields that tell who somebody is."""
NAMES = ("original_name", "other_names")
"""Further fields with whole names, which the short form of the intake does not have."""
LONGEST = 120
SHOWN = 3
MOST_NAMES = 4


@dataclass(frozen=True)
class Alike:
    """Somebody who may be the one that is typed, the household they live in now, and the latest case in its Akte.

    `household_id` is None and `household` empty for who lives in none; `since` is when the case was opened; `lead` is
    empty where nobody is in charge.
    """

    name: str
    other_names: str = ""
    born: str = ""
    household_id: UUID | None = None
    household: str = ""
    since: date | None = None
    closed_on: date | None = None
    lead: str = ""


def alike(typed: Mapping[str, str], *, actor: Actor, controller: UUID) -> list[Alike]:
    """Return the likeliest first, at most three; `typed` holds `TYPED` and perhaps `NAMES`, unchecked.

    At most four queries for each name that is typed.
    """
    given, family, birth, phone = (typed[name][:LONGEST] for name in TYPED)
    entries = [Entry(given=given, family=family, birth=birth, phone=phone)]
    entries += [Entry(given=one, family=other, birth=birth, phone=phone) for one, other in _further(typed)]
    found = _likeliest(entries, actor, controller)
    cases = _latest_cases([one.person.akte_id for one in found], actor) if found else {}
    return [_told(one, cases.get(one.person.akte_id)) for one in found]


def _further(typed: Mapping[str, str]) -> list[tuple[str, str]]:
    """Further names as given and family name: the last word is taken for the latter."""
    names = [name for field in NAMES for name in typed.get(field, "")[:LONGEST].split(",") if name.strip()]
    split = (name.strip().rpartition(" ") for name in names[:MOST_NAMES])
    return [(given.strip(), family) for given, _blank, family in split]


def _likeliest(entries: list[Entry], actor: Actor, controller: UUID) -> list[FoundPerson]:
    best: dict[UUID, FoundPerson] = {}
    for entry in entries:
        for one in lookalikes(entry, actor=actor, controller=controller, limit=SHOWN):
            if one.person.pk not in best or one.score > best[one.person.pk].score:
                best[one.person.pk] = one
    return sorted(best.values(), key=lambda one: -one.score)[:SHOWN]


def _latest_cases(akten: list[UUID], actor: Actor) -> dict[UUID, Case]:
    rows = Case.objects.visible_to(actor).among(akte_id=akten).select_related("lead").order_by("opened_on", "pk")
    return {case.akte_id: case for case in rows}


def _told(found: FoundPerson, case: Case | None) -> Alike:
    home = found.household
    lead: User | None = case.lead if case and not case.closed_on else None
    return Alike(
        name=found.name,
        other_names=", ".join(found.person.all_names[1:]),
        born=found.person.birth_text,
        household_id=home.pk if home else None,
        household=home.name if home else "",
        since=case.opened_on if case else None,
        closed_on=case.closed_on if case else None,
        lead=lead.display_name if lead else "",
    )
