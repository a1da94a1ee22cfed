"""Invented households: who they are and how they come to the contact point."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from wurzelwerk.cases.actions import MemberData, ResidenceData
from wurzelwerk.cases.enums import BirthKnown, ContactRule, ResidenceBasis, Urgency
from wurzelwerk.counselling.actions import AccommodationData, EconomyData, IntakeData, NeedData
from wurzelwerk.network.models import Programme

from .names import NAMINGS, OWN_SCRIPT, POSTCODES, STREETS, Naming

SIZES = (1, 2, 3, 4, 5, 6, 7, 8)
SIZE_WEIGHTS = (20, 17, 17, 19, 14, 7, 4, 2)
HOMES = ("transitional", "municipal_flat", "family_friends", "own_flat", "problem_property", "emergency", "no_home")
HOME_WEIGHTS = (38, 14, 14, 14, 10, 6, 4)
PRINTED = (
    ("Aufenthaltserlaubnis § 25 Abs. 2 AufenthG", "AE25.2"),
    ("Aufenthaltserlaubnis § 25 Abs. 1 AufenthG", "AE25.1"),
    ("Aufenthaltserlaubnis § 24 AufenthG, Erwerbstätigkeit erlaubt", "AE24"),
    ("Aufenthaltserlaubnis § 25 Abs. 3 AufenthG", "AE25.3"),
    ("Niederlassungserlaubnis § 9 AufenthG", "NE"),
    ("Fiktionsbescheinigung § 81 Abs. 4 AufenthG", "FIKT81.4"),
)
NEEDS = ("benefits", "school", "childcare", "language", "work", "residence", "health", "debts", "registration")


def invent_household(rng: Random, *, on: date, district: str, programme: Programme | None) -> IntakeData:
    """Invent what a first talk with a household yields."""
    naming = rng.choices(NAMINGS, [n.weight for n in NAMINGS])[0]
    size = rng.choices(SIZES, SIZE_WEIGHTS)[0]
    members = [_told(member, naming, place) for place, member in enumerate(_members(rng, naming, size, on))]
    return IntakeData(
        members=tuple(members),
        accommodation=_home(rng, on, district),
        economy=_economy(rng, size),
        needs=_needs(rng),
        programme=programme,
    )


def _members(rng: Random, naming: Naming, size: int, on: date) -> list[MemberData]:
    family = rng.choice(naming.families)
    woman_first = rng.random() < 0.5
    grown = [naming.women, naming.men] if woman_first else [naming.men, naming.women]
    couple = size >= 2 and rng.random() < 0.8
    shared = {
        "family_name": family,
        "residence": _residence(rng, naming, on),
        "benefit_unit": 1 if rng.random() < 0.8 else None,
    }
    members = [_first(rng, naming, rng.choice(grown[0]), on, shared)]
    if couple:
        relation = "spouse" if rng.random() < 0.8 else "partner"
        members.append(
            MemberData(
                given_name=rng.choice(grown[1]),
                birth_date=_born(rng, on, 22, 60),
                relation=relation,
                languages=(naming.language,),
                **shared,
            )
        )
    while len(members) < size:
        members.append(
            MemberData(
                given_name=rng.choice(naming.women + naming.men),
                family_name=family,
                birth_date=_born(rng, on, 0, 19 if rng.random() < 0.08 else 17),
                relation="child",
                benefit_unit=shared["benefit_unit"],
                languages=(naming.language,),
            )
        )
    return members


def _told(member: MemberData, naming: Naming, place: int) -> MemberData:
    """What is known besides: the name in the own script, a day of birth that stands for none, a wish not to be called.

    Drawn from what is there already, so that the other draws stay the same.
    """
    script = OWN_SCRIPT.get(naming.language, {})
    written = [script.get(name, "") for name in (member.given_name, member.family_name)]
    told: dict[str, Any] = {"original_name": " ".join(written) if place < 2 and all(written) else ""}
    if member.birth_date and (member.birth_date.month, member.birth_date.day) == (1, 1):
        told["birth_known"] = BirthKnown.ASSIGNED
    if member.phone and int(member.phone[-5:]) % 12 == 0:
        told |= {"contact_rule": ContactRule.NO_CALLS, "contact_hint": "lieber eine kurze Nachricht"}
    return replace(member, **told)


def _first(rng: Random, naming: Naming, given: str, on: date, shared: dict[str, Any]) -> MemberData:
    return MemberData(
        given_name=given,
        birth_date=_born(rng, on, 22, 58),
        relation="self",
        phone=f"0151 000{rng.randrange(10_000, 99_999)}",
        languages=(naming.language, "de") if rng.random() < 0.5 else (naming.language,),
        needs_interpreter=rng.random() < 0.55,
        **shared,
    )


def _born(rng: Random, on: date, youngest: int, oldest: int) -> date | None:
    if rng.random() < 0.02:
        return None
    if youngest > 20 and rng.random() < 0.08:
        return date(on.year - rng.randint(youngest, oldest), 1, 1)
    return on - timedelta(days=rng.randint(youngest * 366 + 5, oldest * 365 + 180))


def _residence(rng: Random, naming: Naming, on: date) -> ResidenceData:
    if naming.eu:
        return ResidenceData(basis=ResidenceBasis.EU) if rng.random() < 0.7 else ResidenceData()
    if rng.random() < 0.35:
        return ResidenceData()
    printed, code = PRINTED[2] if naming.language == "uk" else rng.choice(PRINTED)
    until = on + timedelta(days=rng.randint(40, 1000))
    return ResidenceData(ResidenceBasis.AS_PRINTED, printed, code, None if code == "NE" else until)


def _home(rng: Random, on: date, district: str) -> AccommodationData:
    kind = rng.choices(HOMES, HOME_WEIGHTS)[0]
    if kind == "no_home":
        return AccommodationData(kind=kind, city="Dortmund")
    since = on - timedelta(days=rng.randint(30, 900))
    leave = on + timedelta(days=rng.randint(20, 240)) if rng.random() < 0.3 else None
    return AccommodationData(
        kind=kind,
        street=f"{rng.choice(STREETS[district])} {rng.randint(1, 140)}",
        postcode=POSTCODES[district],
        city="Dortmund",
        district_id=district,
        since=since,
        must_leave_by=leave,
    )


def _economy(rng: Random, size: int) -> EconomyData | None:
    draw = rng.random()
    if draw < 0.03:
        return None
    if draw < 0.66:
        kinds = ("sgb2", "child_benefit") if size > 2 else ("sgb2",)
        return EconomyData(income_kinds=kinds)
    if draw < 0.78:
        return EconomyData(income_kinds=("asylblg",))
    net = Decimal(rng.randint(14, 30) * 100 + 150 * max(0, size - 2))
    yearly = net * 12 - 3000 if rng.random() < 0.5 else None
    return EconomyData(income_kinds=("employment",), monthly_net=net, yearly_chargeable=yearly)


def _needs(rng: Random) -> tuple[NeedData, ...]:
    urgency = rng.choices(list(Urgency), (25, 50, 25))[0]
    others = rng.sample(NEEDS, rng.randint(0, 2))
    return (NeedData("housing", urgency), *(NeedData(kind) for kind in others))
