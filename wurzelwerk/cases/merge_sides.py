"""The two Akten of a merge as they stand: who belongs to each, and what of it there is one of at most."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.fates import Fate, fates
from wurzelwerk.trust.guard import is_granted
from wurzelwerk.trust.models import Akte

from .models import Accommodation, Case, CaseParty, Household, HouseholdMember, Person, PersonLanguage

REASON = "both Akten of a merge that was checked"

Pairs = Mapping[UUID, UUID]
"""Person of the Akte that is given up -> the same human being in the one that is kept."""


@dataclass
class Side:
    """One of the two Akten. `case`: the one in which the household is advised; `singles`: model -> owner -> row."""

    household: Household
    case: Case | None
    cases: int
    households: int
    persons: list[Person]
    belongings: dict[UUID, HouseholdMember]
    languages: dict[UUID, list[PersonLanguage]]
    homes: list[Accommodation]
    singles: dict[type[Model], dict[UUID, Any]]

    @property
    def akte(self) -> Akte:
        """The folder."""
        return self.household.akte

    @property
    def matter(self) -> Case:
        """The case, where it was made sure that there is one."""
        if self.case is None:
            raise LookupError("a side without a case cannot be merged")
        return self.case

    @property
    def home(self) -> Accommodation | None:
        """Where the household lives now."""
        return next((home for home in self.homes if home.until is None), None)

    def is_newer_than(self, other: "Side") -> bool:
        """Say whether this Akte was opened later; of people in one Akte, whether they were taken in later."""
        return self._age > other._age

    @property
    def _age(self) -> tuple[datetime, int, int]:
        return self.akte.opened_at, self.akte.pk.int, max((one.pk.int for one in self.persons), default=0)

    def alone(self, person: Person) -> "Side":
        """Return the same side as if only this person stood in it."""
        return replace(self, persons=[person])


def singles() -> dict[type[Model], Fate]:
    """Return the models of which there is one at most for a household or a person."""
    return {model: fate for model, fate in fates().items() if fate.single}


def side_of(household: Household) -> Side:
    """Read one side (eight queries and one for each room that has something single)."""
    akte = household.akte_id
    cases = list(Case.objects.for_system(reason=REASON).filter(akte_id=akte).select_related("lead", "programme"))
    parties = CaseParty.objects.for_system(reason=REASON).filter(household=household)
    advised = set(parties.values_list("case_id", flat=True))
    persons = list(Person.objects.for_system(reason=REASON).filter(akte_id=akte).order_by("pk"))
    members = HouseholdMember.objects.for_system(reason=REASON).filter(household=household)
    languages: dict[UUID, list[PersonLanguage]] = {}
    for row in PersonLanguage.objects.for_system(reason=REASON).filter(akte_id=akte):
        languages.setdefault(row.person_id, []).append(row)
    return Side(
        household=household,
        case=_first_case([case for case in cases if case.pk in advised]),
        cases=len(cases),
        households=Household.objects.for_system(reason=REASON).filter(akte_id=akte).count(),
        persons=persons,
        belongings={row.person_id: row for row in members.order_by("joined_on", "pk")},
        languages=languages,
        homes=list(Accommodation.objects.for_system(reason=REASON).filter(household=household)),
        singles={model: _singles(model, fate, akte) for model, fate in singles().items()},
    )


def _first_case(cases: list[Case]) -> Case | None:
    return min(cases, key=lambda case: (case.closed_on is not None, -case.opened_on.toordinal()), default=None)


def _singles(model: type[Model], fate: Fate, akte: UUID) -> dict[UUID, Any]:
    rows = model.objects.for_system(reason=REASON).filter(akte_id=akte)  # type: ignore[attr-defined]
    return {getattr(row, fate.single): row for row in rows}


def writable_household(pk: UUID, *, by: Actor) -> Household | None:
    """Return a household in whose Akte the actor may write everything that a merge touches, else None."""
    household = Household.objects.writable_by(by).select_related("akte").of(id=pk).sole()
    return household if household and may_merge(by, household.akte) else None


def may_merge(actor: Actor, akte: Akte, circle_id: UUID | None = None) -> bool:
    """Say whether the actor works for the controller and may write whatever comes along (`circle_id`: former home)."""
    if not actor.works_for([akte.controller_id]):
        return False
    circle = circle_id or akte.circle_id
    wanted = {(model.Guard.scope, is_granted(model)) for model, fate in fates().items() if fate.moves}  # type: ignore[attr-defined]
    return all(
        actor.keeps(circle, scope, write=True) or (granted and actor.holds_grant(akte.pk, scope, write=True))
        for scope, granted in wanted
    )


def proposed_pairs(kept: Side, dropped: Side) -> dict[UUID, UUID]:
    """Return who of both sides is probably the same: the surest first, nobody twice, nobody where two fit alike."""
    found: dict[UUID, UUID] = {}
    for sign in (_whole, _given_and_birth, _birth_and_family, _names_alone):
        left = [one for one in dropped.persons if one.pk not in found]
        free = [one for one in kept.persons if one.pk not in found.values()]
        found |= _matched(left, free, sign)
    return found


def proposed_double(side: Side) -> tuple[Person, Person] | None:
    """Return two entries of one Akte that are probably the same person, the older first; None where nobody is."""
    for sign in (_whole, _given_and_birth, _names_alone):
        found: dict[Any, Person] = {}
        for person in side.persons:
            said = sign(person)
            if said and said in found and _not_two_births(found[said], person):
                return found[said], person
            if said:
                found.setdefault(said, person)
    return None


def _not_two_births(one: Person, other: Person) -> bool:
    return not (one.birth_date and other.birth_date) or one.birth_date == other.birth_date


def _matched(left: Iterable[Person], free: Iterable[Person], sign: Any) -> dict[UUID, UUID]:
    signs = {one.pk: sign(one) for one in (*left, *free)}
    here, there = (Counter(signs[one.pk] for one in persons if signs[one.pk]) for persons in (left, free))
    by_sign = {signs[one.pk]: one.pk for one in free}
    return {
        one.pk: by_sign[signs[one.pk]]
        for one in left
        if signs[one.pk] and here[signs[one.pk]] == 1 and there[signs[one.pk]] == 1
    }


def plain(name: str) -> str:
    """Return a name as it is compared: small letters without marks, blanks and hyphens."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    return "".join(letter for letter in letters if letter.isalnum())


def _whole(person: Person) -> tuple[str, date] | None:
    return (plain(person.name), person.birth_date) if person.birth_date else None


def _given_and_birth(person: Person) -> tuple[str, date] | None:
    return (plain(person.given_name), person.birth_date) if person.birth_date and person.given_name else None


def _birth_and_family(person: Person) -> tuple[str, date] | None:
    return (plain(person.family_name), person.birth_date) if person.birth_date and person.family_name else None


def _names_alone(person: Person) -> str | None:
    return plain(person.name) if person.given_name else None
