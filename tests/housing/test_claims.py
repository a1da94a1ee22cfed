"""What a household may claim: the figures, the unknowns and the edges."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from wurzelwerk.base.dated import Certainty
from wurzelwerk.housing.claims import Standing, claims_of
from wurzelwerk.housing.household_facts import BenefitUnit, Certificate, HouseholdFacts, Member, Presence, age_range
from wurzelwerk.housing.law import load_limits

TODAY = date(2026, 11, 21)
LIMITS = load_limits(TODAY)


def adult(key, **more):
    return Member(key, birth=date(1990, 5, 1), **more)


def child(key, **more):
    return Member(key, birth=date(2015, 5, 1), **more)


FIVE = HouseholdFacts(
    members=(
        adult("a", benefit_unit="x"),
        adult("b", benefit_unit="x"),
        child("c", benefit_unit="x"),
        child("d", benefit_unit="x"),
        child("e", benefit_unit="x"),
    ),
    benefit_units=(BenefitUnit("x", draws=True),),
    benefits_asked=True,
)


def test_household_of_five_gets_area_or_rooms():
    size = claims_of(FIVE, LIMITS).size
    assert [(q.value, q.unit) for q in size.quantities] == [(Decimal(110), "m²"), (Decimal(5), "Räume")]
    assert (
        size.sentence
        == "Für 5 Personen: bis 110 m² oder 5 Räume, eines von beiden genügt; bis zu 5 m² mehr gelten als geringfügig."
    )
    assert size.mark == "Prüfhinweis, keine Rechtsberatung"


def test_one_person_gets_area_only():
    size = claims_of(HouseholdFacts(members=(adult("a"),)), LIMITS).size
    assert size.sentence == "Für eine Person: bis 50 m²; bis zu 5 m² mehr gelten als geringfügig."


def test_valid_certificate_counts_as_printed_and_is_not_marked():
    facts = replace(FIVE, certificate=Certificate(valid_until=TODAY, persons=5, square_metres=110, rooms=5))
    claims = claims_of(facts, LIMITS)
    assert claims.size.sentence == "Laut Wohnberechtigungsschein, gültig bis 21.11.2026: 110 m² oder 5 Räume."
    assert (claims.size.mark, claims.income.met, claims.lasting_residence.standing) == ("", True, Standing.HOLDS)


def test_certificate_expired_yesterday_counts_no_more():
    facts = replace(FIVE, certificate=Certificate(valid_until=date(2026, 11, 20), square_metres=95))
    claims = claims_of(facts, LIMITS)
    assert claims.size.value == 110
    assert claims.income.standing is Standing.UNKNOWN
    assert claims.income.sentence.startswith("Der Wohnberechtigungsschein ist abgelaufen")


def test_certificate_for_fewer_persons_asks_for_a_new_one():
    facts = replace(FIVE, certificate=Certificate(valid_until=TODAY, persons=4, square_metres=95))
    assert claims_of(facts, LIMITS).size.missing == ("Wohnberechtigungsschein mit der jetzigen Personenzahl",)


def test_income_unknown_is_said_with_what_is_missing():
    income = claims_of(FIVE, LIMITS).income
    assert (income.standing, income.met, income.value) == (Standing.UNKNOWN, None, Decimal(50520))
    assert income.missing == ("anrechenbares Jahreseinkommen mit Abzügen oder ein gültiger Wohnberechtigungsschein",)


@pytest.mark.parametrize(
    ("income", "standing", "met"),
    [
        ("0", Standing.HOLDS, True),
        ("50520", Standing.HOLDS, True),
        ("50520.01", Standing.CONDITION, None),
        ("53046.00", Standing.CONDITION, None),
        ("53046.01", Standing.HOLDS, False),
    ],
)
def test_income_at_the_edges_of_the_limit(income, standing, met):
    claim = claims_of(replace(FIVE, yearly_income=Decimal(income)), LIMITS).income
    assert (claim.standing, claim.met) == (standing, met)


def test_income_between_child_counts_stays_open():
    student = Member("s", birth=date(2004, 1, 1))
    facts = HouseholdFacts(members=(adult("a"), student), yearly_income=Decimal(29000))
    claim = claims_of(facts, LIMITS).income
    assert (claim.standing, claim.met, claim.missing) == (Standing.UNKNOWN, None, ("Kinder im Sinne von § 32 EStG",))
    settled = replace(facts, members=(adult("a"), replace(student, counts_as_child=True)))
    assert claims_of(settled, LIMITS).income.met is True


def test_lasting_residence_is_a_condition_to_check_never_concluded():
    claim = claims_of(FIVE, LIMITS).lasting_residence
    assert (claim.standing, claim.met, claim.source) == (Standing.UNKNOWN, None, "WoFG § 27 Abs. 2 Satz 2")


def test_rent_limit_of_the_bedarfsgemeinschaft():
    (claim,) = claims_of(FIVE, LIMITS).gross_cold
    assert (claim.value, claim.unit, claim.share, claim.concerns) == (Decimal(1230), "€ im Monat", (5, 5), "x")
    assert (
        claim.sentence == "Für 5 Personen in der Bedarfsgemeinschaft bis 1.230\u00a0€ Bruttokaltmiete im Monat "
        "(Dortmund, ohne Heizung)."
    )
    assert claim.mark == "Prüfhinweis, keine Rechtsberatung – Stand bitte nachprüfen"


def test_member_outside_the_bedarfsgemeinschaft_lowers_limit_and_share():
    facts = replace(FIVE, members=(*FIVE.members[:4], adult("g")))
    (claim,) = claims_of(facts, LIMITS).gross_cold
    assert (claim.value, claim.share) == (Decimal(1040), (4, 5))
    assert claim.sentence.endswith("auf die Bedarfsgemeinschaft entfällt ein Anteil von 4/5 der Miete.")


def test_two_bedarfsgemeinschaften_have_a_limit_each():
    facts = HouseholdFacts(
        members=(adult("a", benefit_unit="x"), child("b", benefit_unit="x"), adult("c", benefit_unit="y")),
        benefit_units=(BenefitUnit("x", draws=True), BenefitUnit("y", draws=True)),
    )
    assert [(c.concerns, c.value, c.share) for c in claims_of(facts, LIMITS).gross_cold] == [
        ("x", 690, (2, 3)),
        ("y", 570, (1, 3)),
    ]


def test_seven_persons_are_a_decision_of_the_single_case():
    facts = HouseholdFacts(
        members=tuple(adult(str(n), benefit_unit="x") for n in range(7)), benefit_units=(BenefitUnit("x", draws=True),)
    )
    (claim,) = claims_of(facts, LIMITS).gross_cold
    assert (claim.standing, claim.value) == (Standing.UNKNOWN, None)
    assert (
        claim.sentence
        == "Für 7 Personen in der Bedarfsgemeinschaft nennt die Tabelle keinen Betrag: Einzelfallentscheidung."
    )


@pytest.mark.parametrize(
    ("units", "asked", "standing"),
    [
        ((), False, Standing.UNKNOWN),
        ((), True, Standing.NOT_APPLICABLE),
        ((BenefitUnit("x", draws=None),), True, Standing.UNKNOWN),
        ((BenefitUnit("x", draws=False),), True, Standing.NOT_APPLICABLE),
        ((BenefitUnit("x", draws=True, benefit="asylblg"),), True, Standing.UNKNOWN),
        ((BenefitUnit("x", draws=True, benefit="sgb12"),), True, Standing.HOLDS),
        ((BenefitUnit("nobody", draws=True),), True, Standing.UNKNOWN),
    ],
)
def test_rent_limit_only_where_benefits_are_drawn(units, asked, standing):
    facts = replace(FIVE, benefit_units=units, benefits_asked=asked)
    assert [claim.standing for claim in claims_of(facts, LIMITS).gross_cold] == [standing]


def test_unborn_child_counts_for_the_certificate_not_for_the_rent_limit():
    facts = replace(FIVE, members=(*FIVE.members, Member("u", presence=Presence.UNBORN, benefit_unit="x")))
    claims = claims_of(facts, LIMITS)
    assert (claims.persons, claims.persons_expected, claims.size.value, claims.size_expected.value) == (5, 1, 110, 125)
    assert claims.size_expected.standing is Standing.CONDITION
    assert claims.size_expected.missing == ("Mutterpass oder ärztliche Bescheinigung",)
    assert claims.gross_cold[0].value == 1230
    assert "urgency_pregnancy" in [claim.code for claim in claims.urgency]


def test_awaited_family_counts_once_it_is_proved_to_come():
    facts = HouseholdFacts(
        members=(adult("a"), adult("b", presence=Presence.AWAITED), child("c", presence=Presence.AWAITED))
    )
    claims = claims_of(facts, LIMITS)
    assert (claims.size.value, claims.size_expected.value) == (50, 80)
    assert claims.size_expected.sentence.startswith("Mit 2 erwarteten Personen: bis 80 m²")
    assert (
        claims.minimum_area.sentence == "Die Wohnung muss mindestens 10 m² haben (10 m² je Person, eine Person). "
        "Mit allen erwarteten Personen sind es 30 m²."
    )


def test_household_without_members_is_answered_with_unknown():
    claims = claims_of(HouseholdFacts(members=()), LIMITS)
    assert {claim.standing for claim in claims.all()} == {Standing.UNKNOWN}
    assert claims.size_expected is None


def test_minimum_area_of_five():
    assert claims_of(FIVE, LIMITS).minimum_area.value == 50


@pytest.mark.parametrize(
    ("member", "codes"),
    [
        (Member("a", birth=date(2008, 11, 22)), ["urgency_children"]),
        (Member("a", birth=date(2008, 11, 21)), []),
        (Member("a", birth=date(1966, 11, 21)), ["urgency_older"]),
        (Member("a", birth=date(1966, 11, 22)), []),
        (Member("a", birth=date(1990, 1, 1), pregnant=True), ["urgency_pregnancy"]),
        (Member("a", birth=date(1990, 1, 1), severely_disabled=True), ["urgency_severe_disability"]),
    ],
)
def test_urgency_hints_by_age_on_the_day(member, codes):
    assert [claim.code for claim in claims_of(HouseholdFacts(members=(member,)), LIMITS).urgency] == codes


def test_homelessness_is_an_urgency_hint():
    facts = HouseholdFacts(members=(adult("a"),), homeless=True)
    assert [claim.sentence for claim in claims_of(facts, LIMITS).urgency] == [
        "Hinweis auf vordringlichen Wohnbedarf: Wohnungslosigkeit oder Unterbringung."
    ]


def test_birth_known_by_year_only_leaves_the_hint_open():
    facts = HouseholdFacts(members=(Member("a", birth=date(2008, 1, 1), birth_year_only=True),))
    (claim,) = claims_of(facts, LIMITS).urgency
    assert (claim.code, claim.standing, claim.missing) == (
        "urgency_children",
        Standing.UNKNOWN,
        ("genaues Geburtsdatum",),
    )


@pytest.mark.parametrize(
    ("day", "age"), [(date(2026, 2, 28), 17), (date(2026, 3, 1), 18), (date(2028, 2, 28), 19), (date(2028, 2, 29), 20)]
)
def test_born_on_the_leap_day(day, age):
    assert age_range(Member("a", birth=date(2008, 2, 29)), day) == (age, age)


def test_age_of_a_year_is_a_range():
    member = Member("a", birth=date(2008, 1, 1), birth_year_only=True)
    assert age_range(member, TODAY) == (17, 18)
    assert age_range(member, date(2026, 12, 31)) == (18, 18)


def test_age_is_unknown_before_birth():
    assert age_range(Member("u", birth=date(2027, 1, 1), presence=Presence.UNBORN), TODAY) is None
    assert age_range(Member("w", birth=date(2027, 1, 1)), TODAY) is None


def test_every_claim_has_sentence_and_source():
    for claim in claims_of(FIVE, LIMITS).all():
        assert (claim.sentence[-1], bool(claim.source)) == (".", True)
        assert bool(claim.mark) is (claim.certainty is not Certainty.VERIFIED)
