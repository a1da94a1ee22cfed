"""Behind a figure: the Akten somebody may see, a number for all others, and no sign of who they are."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from wurzelwerk.trust.models import Akte, Pseudonym

QUARTER = {"von": "01.01.2026", "bis": "31.03.2026"}


@pytest.fixture
def behind(browser, now):
    """Open a figure as somebody."""

    def open_it(login: str, code: str = "households_advised", **asked):
        return browser(login).get(reverse("report_cases", args=[code]), QUARTER | asked)

    return open_it


def shown(answer) -> tuple[int, int, int]:
    """The figure, how many Akten are shown and how many are not."""
    return answer.context["figure"], answer.context["seen"], answer.context["hidden"]


def test_counsellor_sees_the_own_team_and_a_number(behind, advise):
    advise("amira", "2026-01-12")
    advise("carla", "2026-01-13", programme="wurzeln-schlagen")
    advise("goran", "2026-01-14", programme="wurzeln-schlagen")
    advise("carla", "2026-01-15")  # neither her site nor a programme: not counted for her
    answer = behind("amira")
    assert shown(answer) == (3, 1, 2)
    assertContains(answer, "Hinter dieser Zahl stehen 2 weitere Akten, die Sie nicht sehen dürfen.")
    assertContains(answer, "STADT-2026-00001")
    for foreign in ("STADT-2026-00002", "BRUECKE", "Brückenhaus", "Hörde"):
        assertNotContains(answer, foreign)


def test_coordinator_and_second_controller_see_numbers_alone(behind, advise):
    advise("amira", "2026-01-12", programme="wurzeln-schlagen")
    assert shown(behind("frieda")) == (1, 0, 1)
    answer = behind("jonas")
    assert shown(answer) == (1, 0, 1)
    assertContains(answer, "Hinter dieser Zahl steht eine weitere Akte, die Sie nicht sehen dürfen.")
    for foreign in ("STADT-2026", "Nordstadt", "Geheimnis", "Stadt Dortmund"):
        assertNotContains(answer, foreign)


def test_persons_lead_to_their_one_akte(behind, advise):
    advise("amira", "2026-01-12")
    assert shown(behind("amira", "persons_advised")) == (2, 1, 0)


def test_standing_figure_opens_its_akten(behind, advise, walk):
    walk("amira", advise("amira", "2026-01-12"), "2026-01-20", "profile", "searching")
    advise("amira", "2026-01-13")
    assert shown(behind("amira", "households_searching")) == (1, 1, 0)


def test_events_open_the_akten_of_their_cases(behind, advise):
    advise("amira", "2026-01-12")
    assert shown(behind("amira", "consultations")) == (1, 1, 0)


def test_programme_narrows_the_akten(behind, advise):
    advise("amira", "2026-01-12", programme="wurzeln-schlagen")
    advise("amira", "2026-01-13")
    assert shown(behind("amira", programm="wurzeln-schlagen")) == (1, 1, 0)
    assert shown(behind("amira", programm="ohne")) == (1, 1, 0)


def test_akte_has_the_name_that_its_room_gives_it(behind, advise):
    case = advise("amira", "2026-01-12")
    answer = behind("amira")
    assertContains(answer, "Geheimnis")
    household = case.parties.for_system(reason="test").get().household_id
    assertContains(answer, reverse("household", args=[household]))


def test_list_goes_out_without_names(behind, advise):
    advise("amira", "2026-01-12")
    answer = behind("amira", ausgabe="csv")
    text = answer.content.decode("utf-8-sig")
    assert "STADT-2026-00001" in text
    assert "Geheimnis" not in text


def test_erased_tie_is_counted_and_named_nowhere(behind, advise):
    case = advise("amira", "2026-01-12")
    Pseudonym.objects.filter(akte=case.akte).delete()
    answer = behind("amira")
    assert (*shown(answer), answer.context["gone"]) == (1, 0, 0, 1)
    assertContains(answer, "Ein gezählter Eintrag gehört zu keiner Akte mehr, weil sie gelöscht ist.")


def test_unknown_figure_is_not_found(behind):
    assert behind("amira", "households_bribed").status_code == 404


@pytest.mark.parametrize("asked", [{"von": "x"}, {"bis": "01.01.2025"}, {"programm": "fremdes"}])
def test_wrong_period_is_said_at_its_field(behind, asked):
    answer = behind("amira", **asked)
    assert (answer.status_code, "figure" in answer.context) == (200, False)
    assertContains(answer, "data-mistakes")


def test_future_has_nothing_behind_it(behind):
    assertContains(behind("amira", von="01.01.2027", bis="31.12.2027"), "Dieser Zeitraum liegt in der Zukunft")


def test_many_akten_are_paged_in_a_fixed_number_of_queries(behind, browser, advise, django_assert_num_queries):
    client = browser("amira")
    advise("amira", "2026-01-12")
    address = reverse("report_cases", args=["persons_advised"])
    client.get(address, QUARTER)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(address, QUARTER)
    for day in range(13, 28):
        advise("amira", f"2026-01-{day}")
        advise("bernd", f"2026-01-{day}")
    with django_assert_num_queries(len(one)):
        answer = client.get(address, QUARTER)
    assert (len(answer.context["table"].rows), answer.context["seen"]) == (25, 31)
    assert Akte.objects.for_system(reason="test").count() == 31
