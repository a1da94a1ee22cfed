"""Figures of housing law as the data files hold them, at the edges of their ranges."""

from datetime import date
from decimal import Decimal

import pytest

from wurzelwerk.base.dated import Certainty, DatedTable, NotDated
from wurzelwerk.cases import lists
from wurzelwerk.housing import law

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("path", sorted(law.DATA.glob("*.json")), ids=lambda path: path.stem)
def test_every_file_of_the_room_reads(path):
    assert isinstance(law.table(path.stem), DatedTable)


@pytest.mark.parametrize("path", sorted(lists.DATA.glob("*.json")), ids=lambda path: path.stem)
def test_every_list_of_the_cases_room_has_labels(path):
    assert all(label for _, label in lists.choices(path.stem, on=TODAY))


@pytest.mark.parametrize(
    ("persons", "area", "rooms"), [(1, 50, None), (2, 65, 2), (5, 110, 5), (6, 125, 6), (7, 140, 7), (10, 185, 10)]
)
def test_certificate_sizes_by_persons(persons, area, rooms):
    sizes = law.load_limits(TODAY).wbs_sizes.value
    assert (sizes.square_metres_for(persons), sizes.rooms_for(persons)) == (area, rooms)


@pytest.mark.parametrize(
    ("persons", "area", "rooms", "fits"),
    [
        (3, "85", 4, True),
        (3, "85.01", 4, False),
        (3, "140", 3, True),
        (3, "140", None, None),
        (3, None, 4, None),
        (3, None, None, None),
        (1, "55", 3, True),
        (1, "56", 1, False),
        (1, None, 1, None),
    ],
)
def test_rooms_or_area_suffice_and_unknown_stays_unknown(persons, area, rooms, fits):
    sizes = law.load_limits(TODAY).wbs_sizes.value
    assert sizes.fits(persons=persons, square_metres=None if area is None else Decimal(area), rooms=rooms) is fits


def test_no_size_below_one_person():
    with pytest.raises(ValueError, match="mindestens eine Person"):
        law.load_limits(TODAY).wbs_sizes.value.square_metres_for(0)


@pytest.mark.parametrize(
    ("persons", "children", "limit"), [(1, 0, 23540), (2, 0, 28350), (2, 1, 29210), (5, 3, 28350 + 3 * 6530 + 3 * 860)]
)
def test_income_limit_by_persons_and_children(persons, children, limit):
    assert law.load_limits(TODAY).income.value.limit_for(persons, children) == limit


def test_income_limit_with_excess_is_five_percent_more():
    assert law.load_limits(TODAY).income.value.limit_with_excess(1, 0) == Decimal("24717.00")


@pytest.mark.parametrize(("day", "limit"), [(date(2024, 12, 31), 20420), (date(2025, 1, 1), 23540)])
def test_income_limit_changes_with_the_year(day, limit):
    assert law.load_limits(day).income.value.one_person == limit


@pytest.mark.parametrize(("persons", "limit"), [(1, 570), (6, 1310), (7, None)])
def test_gross_cold_limit_ends_with_the_table(persons, limit):
    assert law.load_limits(TODAY).gross_cold.value.limit_for(persons) == limit


def test_gross_cold_limit_in_cents_for_the_engine():
    assert law.load_limits(TODAY).gross_cold.value.cents() == (57000, 69000, 82000, 104000, 123000, 131000)


def test_secondary_figures_are_not_called_verified():
    limits = law.load_limits(TODAY)
    assert {limits.gross_cold.certainty, limits.income.certainty} == {Certainty.SECONDARY}
    assert law.load_limits(date(2023, 6, 1)).gross_cold.certainty is Certainty.UNCERTAIN


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        (date(2026, 3, 5), date(2027, 3, 4)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 3, 1), date(2024, 2, 29)),
        (date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_certificate_is_valid_twelve_months(issued, last):
    assert law.load_limits(TODAY).wbs_terms.value.valid_until(issued) == last


def test_deposit_is_three_net_cold_rents_in_three_parts():
    cap = law.load_limits(TODAY).deposit.value
    assert (cap.highest(Decimal("512.50")), cap.instalments) == (Decimal("1537.50"), 3)


def test_day_before_all_tables_is_answered_with_a_sentence():
    with pytest.raises(NotDated) as error:
        law.load_limits(date(2019, 1, 1))
    assert str(error.value).startswith(
        "„Einkommensgrenzen für den Wohnberechtigungsschein (NRW)“: Für den 01.01.2019 liegen keine Angaben vor"
    )


def test_nomination_right_needs_three_candidates():
    assert law.table("allocation_kinds").on(TODAY, "nomination").value["candidates_at_least"] == 3


def test_release_stages_name_only_known_items_and_never_forbidden_ones():
    items = set(lists.table("release_items").keys)
    staged = {code for stage in lists.table("release_stages") for code in stage.value["data"]}
    assert staged == items
    assert items & set(lists.table("release_never").keys) == set()
