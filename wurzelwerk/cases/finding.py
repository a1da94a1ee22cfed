"""Find people by what is known of them: a name as heard, a telephone number, a birth date, the Aktenzeichen.

Everything begins with `visible_to`: what the actor may not see is neither found nor counted, and makes no difference
to what is. Asked are several ways in turn, each wider than the one before (as typed, begun, as heard, one sound wrong,
one word too many), until enough is found; what is found is ordered by how near the name is.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q, QuerySet

from wurzelwerk.linkage.keys import HEARD, Question, Way, question, way_to_lookalikes
from wurzelwerk.linkage.names import name_fit
from wurzelwerk.linkage.numbers import day_in
from wurzelwerk.linkage.pairs import Entry, probabilities
from wurzelwerk.network.remembered import organisation_codes
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.scopes import Scope

from .enums import BirthKnown
from .models import Household, HouseholdMember, Person, PersonKeys
from .models.keys import Within

LOOKED_AT = 80
"""So many of those whose keys fit are compared; with more, the text says too little to tell them apart."""
ENOUGH = 8
GOOD = 0.9
MOST_CIRCLES, MOST_AKTEN = 3, 1_000
LEAST = 0.6
LIKELY = 0.2
REFERENCE = re.compile(r"^(?:([A-ZÄÖÜ][A-ZÄÖÜ0-9_-]*)-)?(\d{4})-(\d{1,9})$")
"""How an Aktenzeichen looks, with the body's code or without, its number whole or begun (`trust.actions`)."""
REFERENCE_DIGITS = 5
LAST_SIGN = "\U0010ffff"


@dataclass(frozen=True)
class FoundPerson:
    """Somebody found, and how well they fit (0 to 1). The household is the present one, None where there is none."""

    person: Person
    score: float
    household: Household | None = None

    @property
    def name(self) -> str:
        """The name as recorded."""
        return self.person.name


def find_people(text: str, *, actor: Actor, limit: int = 20) -> list[FoundPerson]:
    """Return the people whom the actor may see and whom the text may mean, the best first. At most eight queries."""
    if by_reference := _of_reference(text, actor):
        return by_reference[:limit]
    asked = question(text, today=actor.on)
    if asked is None:
        return []
    best = sorted(_scored(asked, actor), key=lambda found: (-found.score, found.name.casefold(), found.person.pk.int))
    return _with_households(best[:limit], actor)


def lookalikes(
    typed: Entry, *, actor: Actor, controller: UUID, but_not: Collection[UUID] = (), limit: int = 5
) -> list[FoundPerson]:
    """Return who may already be this person, among the Akten of the controller that the actor may see, likeliest first.

    `typed`: what was typed so far (birth as ISO or German day); with a single name only, nothing is asked.
    `but_not`: persons not to be named (who is being changed, who stands on the same form). The score is a probability,
    at least a fifth: a question, not a verdict. At most four queries; of Akten that are not seen there is no sign.
    """
    birth = day_in(typed.birth, today=actor.on)
    way = way_to_lookalikes(typed.given, typed.family, birth=birth, phone=typed.phone)
    if not way:
        return []
    rows = PersonKeys.objects.visible_to(actor).filter(
        keys__fit=Within(way, _places(actor)), akte__controller_id=controller
    )
    people = [
        row.person
        for row in rows.select_related("person").defer("keys").order_by()[:LOOKED_AT]
        if row.person_id not in but_not
    ]
    known = [(person, entry) for person in people for entry in _entries(person)]
    likely: dict[UUID, FoundPerson] = {}
    for (person, _entry), near in zip(known, probabilities(typed, [entry for _, entry in known]), strict=True):
        if near >= max(LIKELY, likely[person.pk].score if person.pk in likely else 0):
            likely[person.pk] = FoundPerson(person, near)
    best = sorted(likely.values(), key=lambda found: (-found.score, found.name.casefold(), found.person.pk.int))
    return _with_households(best[:limit], actor)


def _entries(person: Person) -> list[Entry]:
    """A person under each of their names; of the others the last word is taken for the family name."""
    known = person.birth_date and person.birth_known != BirthKnown.YEAR
    rest = {
        "birth": person.birth_date.isoformat() if known else "", "phone": person.phone, "email": person.email,
    }  # fmt: skip
    others = (name.rpartition(" ") for name in person.all_names[1:])
    return [
        Entry(person.given_name, person.family_name, **rest),
        *(Entry(given, family, **rest) for given, _blank, family in others),
    ]


def _scored(asked: Question, actor: Actor) -> list[FoundPerson]:
    """Compare whom each way finds, and widen it only while too few are near; a slip is thought of when nobody is."""
    found: dict[UUID, FoundPerson] = {}
    for number, way in enumerate(asked.ways):
        good = sum(one.score >= GOOD for one in found.values())
        if good >= (1 if number > HEARD else ENOUGH):
            break
        for person in _fitting(way, actor):
            if person.pk not in found:
                found[person.pk] = FoundPerson(person, _score(asked, person))
    return [one for one in found.values() if one.score >= LEAST]


def _fitting(way: Way, actor: Actor) -> list[Person]:
    rows: QuerySet[PersonKeys] = PersonKeys.objects.visible_to(actor).filter(keys__fit=Within(way, _places(actor)))
    return [row.person for row in rows.select_related("person").defer("keys").order_by()[:LOOKED_AT]]


def _places(actor: Actor) -> tuple[UUID, ...]:
    """The circles and Akten outside of which the actor sees nobody; none where they are too many to be of use."""
    if (key := (_places, Scope.CONTACT)) not in actor.scoped:
        home, granted = actor.home_circles(Scope.CONTACT), actor.granted_akten(Scope.CONTACT)
        if isinstance(granted, QuerySet):
            granted = [next(iter(row.values())) for row in granted.order_by()[: MOST_AKTEN + 1]]
        few = len(home) <= MOST_CIRCLES and len(granted) <= MOST_AKTEN
        actor.scoped[key] = (*home, *granted) if few else ()
    return actor.scoped[key]


def _score(asked: Question, person: Person) -> float:
    return max(name_fit(asked.name, name) for name in person.all_names) if asked.name else 1.0


def _with_households(found: list[FoundPerson], actor: Actor) -> list[FoundPerson]:
    members = HouseholdMember.objects.visible_to(actor).among(person_id=[one.person.pk for one in found])
    present = members.filter(left_on__isnull=True).select_related("household").order_by()
    households = {member.person_id: member.household for member in present}
    return [replace(one, household=households.get(one.person.pk)) for one in found]


def _of_reference(text: str, actor: Actor) -> list[FoundPerson]:
    """Whoever lies in the Akte whose Aktenzeichen was typed or begun; for the own body the year and number do."""
    if (typed := REFERENCE.match(text.strip().upper())) is None:
        return []
    code, year, number = typed.groups()
    codes = [code] if code else [organisation_codes.name(one).upper() for one in sorted(actor.organisation_ids)]
    number = number if code else number.rjust(REFERENCE_DIGITS, "0")
    fitting = Q()
    for one in codes:
        begins = f"{one}-{year}-{number}"
        fitting |= Q(akte__reference__gte=begins, akte__reference__lt=begins + LAST_SIGN)
    people = Person.objects.visible_to(actor).filter(fitting).order_by("akte__reference", "pk")
    return _with_households([FoundPerson(person, 1.0) for person in people[:LOOKED_AT]], actor)
