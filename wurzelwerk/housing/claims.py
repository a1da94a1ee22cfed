"""What may this household claim? Pure functions: facts of a household and the limits of a day in, claims out.

Nothing is decided here. Where a fact is missing the answer is "unknown" and says what would settle it; a claim that
does not rest on a text of law read by us carries the mark `claim.NOTICE`.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from wurzelwerk.base.dated import Certainty, Dated
from wurzelwerk.housing.claim import Claim, Quantity, Standing, claim_from, money, persons_in_words
from wurzelwerk.housing.household_facts import (
    Certificate,
    HouseholdFacts,
    Presence,
    age_range,
    is_valid,
)
from wurzelwerk.housing.law import HousingLimits
from wurzelwerk.housing.rent_claims import gross_cold_claims


@dataclass(frozen=True, slots=True)
class HousingClaims:
    """All claims of a household on one day; `size_expected` only where somebody is expected."""

    on: date
    persons: int
    persons_expected: int
    size: Claim
    size_expected: Claim | None
    income: Claim
    lasting_residence: Claim
    gross_cold: tuple[Claim, ...]
    minimum_area: Claim
    urgency: tuple[Claim, ...] = ()

    def all(self) -> tuple[Claim, ...]:
        """Every claim in the order a page shows them."""
        expected = (self.size_expected,) if self.size_expected else ()
        return (
            self.size,
            *expected,
            self.income,
            self.lasting_residence,
            *self.gross_cold,
            self.minimum_area,
            *self.urgency,
        )


def claims_of(facts: HouseholdFacts, limits: HousingLimits) -> HousingClaims:
    """Everything the household may claim on `limits.on`. Total: any facts get an answer, if only "unknown"."""
    present = facts.present
    expected = len(facts.members) - len(present)
    return HousingClaims(
        on=limits.on,
        persons=len(present),
        persons_expected=expected,
        size=size_claim(facts, limits),
        size_expected=expected_size_claim(facts, limits),
        income=income_claim(facts, limits),
        lasting_residence=lasting_residence_claim(facts, limits),
        gross_cold=gross_cold_claims(facts, limits),
        minimum_area=minimum_area_claim(facts, limits),
        urgency=urgency_claims(facts, limits),
    )


def size_claim(facts: HouseholdFacts, limits: HousingLimits) -> Claim:
    """Area or rooms: as printed on a valid certificate, else by the number of members present."""
    persons = len(facts.present)
    certificate = facts.certificate
    if certificate and (certificate.square_metres or certificate.rooms) and is_valid(certificate, limits.on):
        return _size_as_printed(certificate, persons)
    if persons == 0:
        sentence = "Ohne Personen im Haushalt lässt sich keine Größe nennen."
        return claim_from(
            "wbs_size", Standing.UNKNOWN, sentence, limits.wbs_sizes, limits.on, missing=("Personen des Haushalts",)
        )
    return _size_for(persons, limits, code="wbs_size", intro=f"Für {persons_in_words(persons)}")


def expected_size_claim(facts: HouseholdFacts, limits: HousingLimits) -> Claim | None:
    """Area or rooms once unborn and awaited members are counted; None where nobody is expected."""
    expected = [member for member in facts.members if member.presence is not Presence.PRESENT]
    if not expected:
        return None
    proofs = tuple(
        text
        for presence, text in (
            (Presence.UNBORN, "Mutterpass oder ärztliche Bescheinigung"),
            (Presence.AWAITED, "Nachweis, dass die erwarteten Personen bald einziehen"),
        )
        if any(member.presence is presence for member in expected)
    )
    claim = _size_for(len(facts.members), limits, code="wbs_size_expected", intro=f"Mit {_expected(len(expected))}")
    source = f"{claim.source}; {limits.wbs_terms.value.expected_members_source}"
    return replace(claim, standing=Standing.CONDITION, missing=proofs, source=source)


def income_claim(facts: HouseholdFacts, limits: HousingLimits) -> Claim:
    """Is the income limit kept? Known from a valid certificate or from the chargeable yearly income, else unknown."""
    certificate = facts.certificate
    if certificate and is_valid(certificate, limits.on):
        sentence = f"Der Wohnberechtigungsschein liegt vor und gilt bis {certificate.valid_until:%d.%m.%Y}."
        return Claim(
            "income_limit",
            Standing.HOLDS,
            sentence,
            "Wohnberechtigungsschein des Haushalts",
            None,
            Certainty.VERIFIED,
            met=True,
        )
    persons = len(facts.present)
    if persons == 0:
        sentence = "Ohne Personen im Haushalt gibt es keine Einkommensgrenze."
        return claim_from(
            "income_limit", Standing.UNKNOWN, sentence, limits.income, limits.on, missing=("Personen des Haushalts",)
        )
    fewest, most = child_range(facts, limits)
    low, high = (limits.income.value.limit_for(persons, children) for children in (fewest, most))
    quantities = (Quantity(low, "€ im Jahr"),)
    limit = money(low) if low == high else f"{money(low)} bis {money(high)}, je nach Zahl der Kinder"
    if facts.yearly_income is None:
        expired = "Der Wohnberechtigungsschein ist abgelaufen oder ohne Datum. " if certificate else ""
        sentence = (
            f"{expired}Einkommensgrenze für {persons_in_words(persons)}: {limit}. "
            "Ob sie eingehalten ist, ist unbekannt."
        )
        missing = ("anrechenbares Jahreseinkommen mit Abzügen oder ein gültiger Wohnberechtigungsschein",)
        return claim_from(
            "income_limit", Standing.UNKNOWN, sentence, limits.income, limits.on, quantities=quantities, missing=missing
        )
    return _income_compared(facts.yearly_income, persons=persons, children=(fewest, most), limit=limit, limits=limits)


def lasting_residence_claim(facts: HouseholdFacts, limits: HousingLimits) -> Claim:
    """The condition of § 27(2) WoFG; a valid certificate settles it, else it is asked, never concluded from a title."""
    terms = limits.wbs_terms
    source = terms.value.lasting_residence_source
    if facts.certificate and is_valid(facts.certificate, limits.on):
        sentence = "Mit dem Wohnberechtigungsschein ist der dauerhafte Aufenthalt schon geprüft."
        return Claim(
            "lasting_residence", Standing.HOLDS, sentence, source, terms.valid_from, Certainty.VERIFIED, met=True
        )
    if facts.lasting_residence is None:
        sentence = f"{terms.value.lasting_residence} Ob das zutrifft, ist noch zu klären."
        missing = ("dauerhafter Aufenthalt, geprüft von der Stelle, die den Schein erteilt",)
        return Claim(
            "lasting_residence",
            Standing.UNKNOWN,
            sentence,
            source,
            terms.valid_from,
            Certainty.SECONDARY,
            missing=missing,
        )
    holds = (
        "Nach den Angaben trifft das zu."
        if facts.lasting_residence
        else "Nach den Angaben trifft das zurzeit nicht zu."
    )
    sentence = f"{terms.value.lasting_residence} {holds} Es entscheidet die Stelle, die den Schein erteilt."
    return Claim(
        "lasting_residence",
        Standing.CONDITION,
        sentence,
        source,
        terms.valid_from,
        Certainty.SECONDARY,
        met=facts.lasting_residence,
    )


def minimum_area_claim(facts: HouseholdFacts, limits: HousingLimits) -> Claim:
    """The area a dwelling must have at least so that it may be let to the members present."""
    persons = len(facts.present)
    if persons == 0:
        sentence = "Ohne Personen im Haushalt lässt sich keine Mindestfläche nennen."
        return claim_from(
            "minimum_area",
            Standing.UNKNOWN,
            sentence,
            limits.minimum_area,
            limits.on,
            missing=("Personen des Haushalts",),
        )
    rule = limits.minimum_area.value
    area = rule.for_persons(persons)
    counted = f"{rule.square_metres_per_person} m² je Person, {persons_in_words(persons)}"
    sentence = f"Die Wohnung muss mindestens {area} m² haben ({counted})."
    everybody = len(facts.members)
    if everybody > persons:
        sentence += f" Mit allen erwarteten Personen sind es {rule.for_persons(everybody)} m²."
    return claim_from(
        "minimum_area",
        Standing.HOLDS,
        sentence,
        limits.minimum_area,
        limits.on,
        quantities=(Quantity(Decimal(area), "m²"),),
    )


def urgency_claims(facts: HouseholdFacts, limits: HousingLimits) -> tuple[Claim, ...]:
    """Hints that an urgent need may be noted on the certificate; the office decides."""
    found = []
    for ground in limits.urgency_grounds:
        holds = _ground_holds(ground, facts, limits.on)
        if holds is False:
            continue
        label = ground.value["label"]
        known = (
            "Hinweis auf vordringlichen Wohnbedarf"
            if holds
            else "Möglicher Hinweis auf vordringlichen Wohnbedarf, Geburtsdatum ungenau oder unbekannt"
        )
        missing = () if holds else ("genaues Geburtsdatum",)
        standing = Standing.CONDITION if holds else Standing.UNKNOWN
        found.append(
            claim_from(
                f"urgency_{ground.key}", standing, f"{known}: {label}.", ground, limits.on, missing=missing, met=holds
            )
        )
    return tuple(found)


def child_range(facts: HouseholdFacts, limits: HousingLimits) -> tuple[int, int]:
    """Fewest and most members present that count as children for the income limit."""
    ages = limits.child_ages.value
    fewest = most = 0
    for member in facts.present:
        known = age_range(member, limits.on)
        if member.counts_as_child is not None:
            least = greatest = member.counts_as_child
        elif known is None:
            least, greatest = False, True
        else:
            least, greatest = known[1] < ages.always_below, known[0] < ages.under_conditions_below
        fewest, most = fewest + least, most + greatest
    return fewest, most


def _size_for(persons: int, limits: HousingLimits, *, code: str, intro: str) -> Claim:
    sizes = limits.wbs_sizes.value
    area, rooms = sizes.square_metres_for(persons), sizes.rooms_for(persons)
    quantities: tuple[Quantity, ...] = (Quantity(Decimal(area), "m²"),)
    either = f"{area} m²"
    if rooms is not None:
        quantities += (Quantity(Decimal(rooms), "Räume"),)
        either += f" oder {rooms} Räume, eines von beiden genügt"
    sentence = f"{intro}: bis {either}; bis zu {sizes.tolerance_square_metres} m² mehr gelten als geringfügig."
    return claim_from(code, Standing.HOLDS, sentence, limits.wbs_sizes, limits.on, quantities=quantities)


def _size_as_printed(certificate: Certificate, persons: int) -> Claim:
    area = (Quantity(Decimal(certificate.square_metres), "m²"),) if certificate.square_metres else ()
    rooms = (Quantity(Decimal(certificate.rooms), "Räume"),) if certificate.rooms else ()
    either = " oder ".join(f"{quantity.value} {quantity.unit}" for quantity in area + rooms)
    sentence = f"Laut Wohnberechtigungsschein, gültig bis {certificate.valid_until:%d.%m.%Y}: {either}."
    missing: tuple[str, ...] = ()
    if certificate.persons is not None and certificate.persons != persons:
        sentence += (
            f" Der Schein nennt {persons_in_words(certificate.persons)}, im Haushalt leben {persons}: "
            "bitte einen neuen beantragen."
        )
        missing = ("Wohnberechtigungsschein mit der jetzigen Personenzahl",)
    source = "Wohnberechtigungsschein des Haushalts"
    return Claim(
        "wbs_size", Standing.HOLDS, sentence, source, None, Certainty.VERIFIED, quantities=area + rooms, missing=missing
    )


def _income_compared(
    income: Decimal, *, persons: int, children: tuple[int, int], limit: str, limits: HousingLimits
) -> Claim:
    rule = limits.income.value
    low, high = (rule.limit_for(persons, count) for count in children)
    highest = rule.limit_with_excess(persons, children[1])
    known = f"Anrechenbares Jahreseinkommen {money(income)}, Grenze für {persons_in_words(persons)}: {limit}."
    missing: tuple[str, ...] = ()
    if income <= low:
        standing, met, end = Standing.HOLDS, True, "Die Grenze ist eingehalten."
    elif income <= high:
        standing, met, end = Standing.UNKNOWN, None, "Ob sie eingehalten ist, hängt davon ab, wer als Kind zählt."
        missing = ("Kinder im Sinne von § 32 EStG",)
    elif income <= highest:
        standing, met = Standing.CONDITION, None
        end = f"Bis {rule.excess_percent} % darüber kann die Stelle den Schein trotzdem erteilen."
    else:
        standing, met, end = (
            Standing.HOLDS,
            False,
            "Die Grenze ist überschritten; eine höhere Einkommensgruppe (B) bitte prüfen.",
        )
    quantities = (Quantity(low, "€ im Jahr"),)
    return claim_from(
        "income_limit",
        standing,
        f"{known} {end}",
        limits.income,
        limits.on,
        quantities=quantities,
        missing=missing,
        met=met,
    )


def _ground_holds(ground: Dated, facts: HouseholdFacts, on: date) -> bool | None:
    people = facts.present
    if ground.key == "pregnancy":
        return any(member.pregnant for member in people) or any(
            member.presence is Presence.UNBORN for member in facts.members
        )
    if ground.key == "severe_disability":
        return any(member.severely_disabled for member in people)
    if ground.key == "homelessness":
        return facts.homeless
    ranges = [age_range(member, on) for member in people]
    below, start = ground.value.get("below_age"), ground.value.get("from_age")
    sure = [r for r in ranges if r and (r[1] < below if below is not None else r[0] >= start)]
    possible = [r for r in ranges if r is None or (r[0] < below if below is not None else r[1] >= start)]
    return True if sure else None if possible else False


def _expected(count: int) -> str:
    return "einer erwarteten Person" if count == 1 else f"{count} erwarteten Personen"
