"""The rent the benefit office accepts.

It counts a Bedarfsgemeinschaft, not everyone in the flat, and only where benefits are drawn.
"""

from dataclasses import replace

from wurzelwerk.housing.claim import Claim, Quantity, Standing, claim_from, money, persons_in_words
from wurzelwerk.housing.household_facts import BenefitUnit, HouseholdFacts
from wurzelwerk.housing.law import HousingLimits

NOT_ASKED = "Es ist nicht bekannt, ob Leistungen für die Unterkunft bezogen werden."
NONE_DRAWN = "Es werden keine Leistungen für die Unterkunft bezogen, daher gilt keine Mietgrenze des Jobcenters."
NO_TABLE = "Für diese Leistung liegt keine Miettabelle vor; das Sozialamt nennt die Grenze."
NOBODY = "Der Bedarfsgemeinschaft ist noch niemand zugeordnet."


def gross_cold_claims(facts: HouseholdFacts, limits: HousingLimits) -> tuple[Claim, ...]:
    """One claim a Bedarfsgemeinschaft; a single one that says why where there is none."""
    if facts.benefit_units:
        return tuple(_gross_cold(unit, facts, limits) for unit in facts.benefit_units)
    row, on = limits.gross_cold, limits.on
    if facts.benefits_asked:
        return (claim_from("gross_cold", Standing.NOT_APPLICABLE, NONE_DRAWN, row, on),)
    return (claim_from("gross_cold", Standing.UNKNOWN, NOT_ASKED, row, on, missing=("Bezug von Leistungen",)),)


def _gross_cold(unit: BenefitUnit, facts: HouseholdFacts, limits: HousingLimits) -> Claim:
    standing, sentence, missing = _obstacle(unit, facts, limits)
    row = limits.gross_cold
    if standing is not Standing.HOLDS:
        claim = claim_from("gross_cold", standing, sentence, row, limits.on, missing=missing)
        return replace(claim, concerns=unit.key)
    persons, household = _persons_of(unit, facts), len(facts.present)
    limit = row.value.limit_for(persons)
    if limit is None:
        sentence = (
            f"Für {persons_in_words(persons)} in der Bedarfsgemeinschaft nennt die Tabelle keinen Betrag: "
            f"{row.value.more_persons}."
        )
        missing = ("Entscheidung der Leistungsstelle im Einzelfall",)
        claim = claim_from("gross_cold", Standing.UNKNOWN, sentence, row, limits.on, missing=missing)
        return replace(claim, concerns=unit.key)
    sentence = (
        f"Für {persons_in_words(persons)} in der Bedarfsgemeinschaft bis {money(limit)} Bruttokaltmiete im Monat "
        f"({row.value.place}, ohne Heizung)."
    )
    if persons < household:
        sentence += (
            f" Im Haushalt leben {household}; auf die Bedarfsgemeinschaft entfällt ein Anteil von "
            f"{persons}/{household} der Miete."
        )
    quantities = (Quantity(limit, "€ im Monat"),)
    claim = claim_from("gross_cold", Standing.HOLDS, sentence, row, limits.on, quantities=quantities)
    return replace(claim, concerns=unit.key, share=(persons, household))


def _obstacle(unit: BenefitUnit, facts: HouseholdFacts, limits: HousingLimits) -> tuple[Standing, str, tuple[str, ...]]:
    """Why the table cannot be read for this unit; HOLDS where nothing stands against it."""
    if unit.draws is None:
        return Standing.UNKNOWN, NOT_ASKED, ("Bezug von Leistungen",)
    if not unit.draws:
        return Standing.NOT_APPLICABLE, NONE_DRAWN, ()
    if unit.benefit not in limits.gross_cold.value.benefits:
        return Standing.UNKNOWN, NO_TABLE, ("Mietgrenze vom Sozialamt",)
    if _persons_of(unit, facts) == 0:
        return Standing.UNKNOWN, NOBODY, ("Personen der Bedarfsgemeinschaft",)
    return Standing.HOLDS, "", ()


def _persons_of(unit: BenefitUnit, facts: HouseholdFacts) -> int:
    return sum(member.benefit_unit == unit.key for member in facts.present)
