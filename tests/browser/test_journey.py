"""The whole way of one household, from the first talk to the keys and after, as the people at the desks go it.

The pictures of README and manual are taken on the way (`make screenshots`).
"""

from pathlib import Path

import pytest

from . import counselling_steps as counselling
from . import housing_steps as housing
from . import placing_steps as placing
from . import report_steps as reports
from .chromium import needs_browser
from .desk import NARROW, Desk, Opener, not_looked_at
from .neighbours import move_in_next_door

pytestmark = [*needs_browser, pytest.mark.journey, pytest.mark.screenshots, pytest.mark.django_db(transaction=True)]


def test_household_finds_a_home(desk: Opener, tmp_path: Path):
    move_in_next_door()
    amira = desk().visit("login").stands("Anmelden").log_in("amira").stands()
    household = taken_in(amira)
    passed_on(amira, household)
    jonas = desk("jonas")
    search = accepted(jonas, household)
    counselling.sender_sees_what_is_shared(amira, household)
    dwellings_come_in(jonas, tmp_path)
    katja = desk("katja")
    proposed(jonas, katja)
    moved_in(jonas, katja)
    placing.counsellor_is_told(amira, household)
    frieda = desk("frieda")
    reported(frieda)
    main_pages_fit_a_telephone(desk, household, search)
    counselling.passing_on_ends(amira, household)
    placing.sight_is_lost(jonas, household, search)
    assert not_looked_at(amira, jonas, katja, frieda) == []


def taken_in(amira: Desk) -> str:
    """A household is taken in and advised; returns its key."""
    counselling.take_household_in(amira)
    household = counselling.household_is_complete(amira)
    counselling.plan_is_made(amira)
    counselling.talk_is_written_down(amira)
    counselling.appointment_is_made(amira)
    counselling.today_shows_it(amira)
    counselling.pathway_starts(amira, household)
    counselling.profile_is_kept(amira)
    return household


def passed_on(amira: Desk, household: str) -> None:
    """Its adults release the search profile, and a referral goes out."""
    counselling.releases_are_prepared(amira, household)
    counselling.sheet_is_printed(amira)
    counselling.signatures_are_recorded(amira)


def accepted(jonas: Desk, household: str) -> str:
    """The flat scout accepts it and sees what was released, no more; returns the search's key."""
    housing.request_waits(jonas)
    search = housing.request_is_accepted(jonas)
    housing.journal_stays_closed(jonas, household)
    return search


def dwellings_come_in(jonas: Desk, folder: Path) -> None:
    """By file and by hand."""
    housing.file_is_read_in(jonas, folder)
    housing.dwelling_is_taken_in(jonas, folder)


def proposed(jonas: Desk, katja: Desk) -> None:
    """A round is run, followed, and twice overridden."""
    placing.round_is_run(jonas)
    placing.round_explains(jonas)
    placing.round_is_followed(jonas)
    placing.round_is_overridden(jonas, counselling.HOUSEHOLD, placing.OTHER)
    placing.round_is_overridden(katja, "Okoye", placing.HOME)


def moved_in(jonas: Desk, katja: Desk) -> None:
    """From the viewing to the keys."""
    placing.dwelling_is_viewed(jonas)
    placing.two_promise_one_dwelling(jonas, katja)
    placing.contract_is_taken_back_and_redone(jonas)
    placing.keys_are_handed_over(jonas)


def reported(frieda: Desk) -> None:
    """What was done is counted."""
    reports.report_counts(frieda)
    reports.figure_opens(frieda)
    reports.report_is_given_out(frieda)


def main_pages_fit_a_telephone(desk: Opener, household: str, search: str) -> None:
    """The main pages on a telephone, in light and in dark."""
    amira = desk("amira", width=NARROW).stands()
    for name, *keys in (["household_list"], ["household", household], ["household_new"], ["notice_list"]):
        amira.visit(name, *keys).stands()
    jonas = desk("jonas", width=NARROW, color_scheme="dark").stands()
    jonas.visit("housing_search", search).stands()
    for name in ("dwelling_list", "dwelling_new", "housing_search_list", "round_list"):
        jonas.visit(name).stands()
    jonas.page.locator("main tbody a").first.click()
    jonas.stands()
    desk("frieda", width=NARROW).visit("report").stands()
    desk("amira", color_scheme="dark").stands().visit("household", household).stands()
