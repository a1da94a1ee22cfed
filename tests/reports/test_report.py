"""The report page: who sees which figures, what the address says, what goes wrong, how many queries it takes."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from wurzelwerk.evidence.models import Fact
from wurzelwerk.network.models import Programme
from wurzelwerk.reports.figures import Choice, build_report
from wurzelwerk.reports.periods import Grain
from wurzelwerk.reports.queries import reader_of

TODAY = date(2026, 3, 10)
QUARTER = {"von": "01.01.2026", "bis": "31.03.2026", "nach": "monat"}
WURZELN, WILLKOMMEN = "wurzeln-schlagen", "lokal-willkommen"


@pytest.fixture
def figures(actor, now):
    """Return indicator code -> (columns, total) as a person of the cast reads them."""

    def read(login: str, *, grain=Grain.MONTH, programme=None, first=date(2026, 1, 1), last=date(2026, 3, 31)):
        choice = Choice(first, last, grain, programme)
        found = build_report(choice, reader=reader_of(actor(login)), today=TODAY)
        return {line.indicator.code: ([cell.value for cell in line.cells], line.total.value) for line in found.lines}

    return read


@pytest.fixture
def city_at_work(advise, walk):
    """Six households: two sites and a welfare body, with and without programmes."""
    walk("amira", advise("amira", "2026-01-12", interpreter=True), "2026-01-20", "profile", "searching")
    walk("carla", advise("carla", "2026-01-13", programme=WURZELN), "2026-02-02", "profile", "searching", "proposed",
         "viewing", "applied", "promised", "contract", "moved_in")  # fmt: skip
    advise("carla", "2026-02-03")
    advise("goran", "2026-02-04", programme=WURZELN)
    advise("irina", "2026-02-05", programme=WILLKOMMEN)
    advise("irina", "2026-02-06")


def test_everybody_counts_what_is_theirs(figures, city_at_work):
    advised = {login: figures(login)["households_advised"] for login in ("frieda", "elif", "amira", "carla", "jonas")}
    assert advised == {
        "frieda": ([2, 3, 0], 5),  # the whole city, and both programmes with goran's and irina's households
        "elif": ([2, 2, 0], 4),  # her site and both programmes, not carla's household without one
        "amira": ([2, 2, 0], 4),
        "carla": ([1, 3, 0], 4),
        "jonas": ([1, 1, 0], 2),  # his own body has nobody; the shared programme counts as a whole
    }
    assert figures("irina")["households_advised"] == ([0, 2, 0], 2)


def test_figures_of_a_way_into_a_dwelling(figures, city_at_work):
    found = figures("frieda")
    assert found["households_searching"] == ([1, 2, 1], 2)
    assert found["persons_searching"] == ([2, 4, 2], 4)
    assert found["households_placed"] == ([0, 1, 0], 1)
    assert found["persons_placed"] == ([0, 2, 0], 2)
    assert found["consultations_interpreted"] == ([1, 0, 0], 1)
    assert found["cases_opened"] == ([2, 3, 0], 5)


def test_programmes_side_by_side_add_up_to_no_more_than_the_total(figures, city_at_work):
    names = [one.name for one in Programme.objects.all()] + ["ohne Programm"]
    found = dict(zip(names, figures("frieda", grain=Grain.PROGRAMME)["households_advised"][0], strict=True))
    assert found == {"Wurzeln schlagen! Gutes Wohnen": 2, "lokal willkommen": 1, "ohne Programm": 2}


def test_future_columns_hold_no_figures(figures, city_at_work):
    found = figures("frieda", last=date(2026, 5, 31))["households_searching"]
    assert found == ([1, 2, 1, None, None], 2)


def test_period_in_the_future_is_empty_and_not_wrong(figures, city_at_work):
    found = figures("frieda", first=date(2027, 1, 1), last=date(2027, 3, 31))["households_advised"]
    assert found == ([None, None, None], None)


def test_goals_count_the_whole_programme_up_to_today(actor, now, city_at_work):
    choice = Choice(date(2026, 3, 1), date(2026, 3, 31), Grain.MONTH)
    found = build_report(choice, reader=reader_of(actor("frieda")), today=TODAY)
    goals = {
        (one.programme.code, goal.label): (goal.target, goal.reached.value) for one in found.goals for goal in one.goals
    }
    targets = {one.code: {t.indicator: t.value for t in one.targets.all()} for one in Programme.objects.all()}
    assert goals[WURZELN, "Beratene Haushalte"] == (targets[WURZELN]["households_advised"], 2)
    assert goals[WURZELN, "Vermittelte Haushalte"] == (targets[WURZELN]["households_placed"], 1)
    assert goals[WILLKOMMEN, "Beratene Haushalte"] == (targets[WILLKOMMEN]["households_advised"], 1)


def test_chosen_programme_shows_its_goals_alone(actor, now, city_at_work):
    choice = Choice(date(2026, 1, 1), date(2026, 3, 31), Grain.MONTH, WURZELN)
    found = build_report(choice, reader=reader_of(actor("frieda")), today=TODAY)
    assert [one.programme.code for one in found.goals] == [WURZELN]


@pytest.mark.parametrize(
    ("login", "status"), [("frieda", 200), ("elif", 200), ("amira", 200), ("jonas", 200), ("lars", 403)]
)
@pytest.mark.parametrize("address", ["/berichte/", "/berichte/faelle/households_advised/"])
def test_figures_need_the_permission(browser, now, login, status, address):
    assert browser(login).get(address).status_code == status


def test_stranger_is_sent_to_the_login(client, city):
    assert client.get("/berichte/").headers["Location"].startswith("/anmelden/")


def test_page_shows_figures_as_links_and_definitions(browser, city_at_work):
    answer = browser("frieda").get(reverse("report"), QUARTER)
    assertContains(answer, '<th scope="row"><a href="#figur-households-advised">Beratene Haushalte</a></th>', html=True)
    assertContains(answer, 'id="figur-households-advised"')
    assertContains(answer, "Haushalte mit mindestens einer im Journal festgehaltenen Beratung im Zeitraum.")
    assertContains(answer, "/berichte/faelle/households_advised/?von=01.01.2026&amp;bis=31.01.2026")
    assertContains(answer, "Stadt Dortmund: alle Standorte")
    assertNotContains(answer, "Geheimnis")


@pytest.mark.parametrize(
    ("asked", "name", "sentence"),
    [
        ({"von": "31.02.2026"}, "von", "Den 31.02.2026 gibt es im Kalender nicht."),
        ({"bis": "gestern"}, "bis", "„gestern“ ist kein Datum. Bitte zum Beispiel 05.03.2026 schreiben."),
        ({"von": ""}, "von", "Bitte „Von“ angeben."),
        (
            {"von": "01.03.2026", "bis": "01.02.2026"},
            "bis",
            "Das Ende liegt vor dem Beginn. Bitte ein späteres Datum angeben.",
        ),
        ({"von": "01.01.1999"}, "von", "Das Datum darf nicht vor dem 01.01.2000 liegen."),
        ({"von": "01.01.2015"}, "nach", "Das wären 135 Spalten, höchstens 36 passen. Bitte gröber oder kürzer wählen."),
        ({"nach": "woche"}, "nach", "Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen."),
        ({"programm": "fremdes"}, "programm", "Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen."),
    ],
)
def test_wrong_choice_is_said_at_its_field_and_stays_typed(browser, city_at_work, asked, name, sentence):
    answer = browser("frieda").get(reverse("report"), QUARTER | asked)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), form.errors[name][0]) == (200, [name], sentence)
    assertContains(answer, "data-mistakes")
    assert "report" not in answer.context


def test_period_without_facts_says_so(browser, city_at_work):
    answer = browser("frieda").get(reverse("report"), {"von": "01.01.2003", "bis": "31.12.2003", "nach": "jahr"})
    assertContains(answer, "Im gewählten Zeitraum ist nichts gezählt")


def test_programme_of_others_cannot_be_chosen(browser, city_at_work):
    answer = browser("jonas").get(reverse("report"), QUARTER | {"programm": WILLKOMMEN})
    assert list(answer.context["form"].errors) == ["programm"]


def test_number_of_queries_does_not_grow_with_the_facts(
    browser, city_at_work, advise, django_assert_max_num_queries, django_assert_num_queries
):
    client = browser("frieda")
    client.get(reverse("report"), QUARTER)
    with django_assert_max_num_queries(34) as before:
        client.get(reverse("report"), QUARTER)
    advise("amira", "2026-03-02", programme=WURZELN)
    advise("bernd", "2026-03-03", programme=WILLKOMMEN)
    assert Fact.objects.count()
    with django_assert_num_queries(len(before)):
        client.get(reverse("report"), QUARTER | {"von": "01.01.2025"})
