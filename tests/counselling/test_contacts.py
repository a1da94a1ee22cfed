"""Short contacts by the browser: record one, an open hour, count, link to a household, take back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wurzelwerk.base import clock
from wurzelwerk.base.undo import undo_address
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import ShortContact

LIST, HOUR, FIGURES = "/kurzkontakte/", "/kurzkontakte/sprechstunde/", "/kurzkontakte/auswertung/"


def typed(**changes) -> dict:
    """What the browser sends for one contact; `changes` on top."""
    return {"topic": "housing", "language": "tr", "minutes": "10", "channel": "desk", "line": "", "day": "", "time": "",
            "einmal": ""} | changes  # fmt: skip


def hour(**changes) -> dict:
    """What the browser sends for an open hour with two groups and an empty row; `changes` on top."""
    return {
        "day": "10.03.2026", "starts": "8:00", "ends": "10:00", "gruppe-zeilen": "0,1,2",
        "gruppe-0-topic": "housing", "gruppe-0-language": "bg", "gruppe-0-number": "5", "gruppe-0-minutes": "10",
        "gruppe-1-topic": "authorities", "gruppe-1-language": "", "gruppe-1-number": "2", "gruppe-1-minutes": "15",
        "gruppe-2-topic": "", "gruppe-2-language": "", "gruppe-2-number": "", "gruppe-2-minutes": "10",
    } | changes  # fmt: skip


@pytest.fixture
def seen(actor):
    """The contacts that somebody sees, newest first."""
    return lambda login="amira": list(ShortContact.objects.visible_to(actor(login)))


@pytest.fixture
def record(actor, now):
    """Record a contact by action."""

    def record_it(login: str = "amira", **changes) -> ShortContact:
        said = {"topic": "housing", "language": "tr", "minutes": 10, "channel": "desk", "occurred_at": now} | changes
        return cases.record_contact(by=actor(login), at=now, **said)

    return record_it


def undo(answer, client) -> str:
    """Follow the redirect and return the address of the undo button on the next page."""
    page = client.get(answer.headers["Location"])
    return [undo_address(message) for message in page.context["messages"]][-1]


def test_contact_is_recorded_and_the_page_is_ready_for_the_next(browser, seen, now):
    client = browser()
    answer = client.post(LIST, typed(line="fragt nach dem WBS", channel="street", minutes="5"))
    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
    (made,) = seen()
    assert (made.topic, made.language, made.minutes, made.channel, made.occurred_at) == (
        "housing", "tr", 5, "street", now,
    )  # fmt: skip
    page = client.get(LIST)
    assert "Festgehalten: Wohnen, Türkisch, 5 Min., unterwegs." in page.content.decode()
    form = page.context["form"]
    assert (form["channel"].value(), form["minutes"].value(), form["topic"].value()) == ("street", "5", None)
    assert "autofocus" in str(form["topic"])


def test_recorded_contact_is_taken_back_by_the_button_of_the_message(browser, seen):
    client = browser()
    address = undo(client.post(LIST, typed()), client)
    assert client.post(address).headers["Location"] == LIST
    assert seen() == []
    assert client.post(address).status_code == 404


def test_colleague_does_not_take_back_and_reads_why(browser, seen, record):
    made = record()
    client = browser("bernd")
    client.post(f"/kurzkontakte/{made.pk}/zurueck/")
    page = client.get(LIST).content.decode()
    assert ("Zurücknehmen kann nur, wer es festgehalten hat." in page, len(seen())) == (True, 1)


def test_double_click_records_one_contact(browser, seen):
    client = browser()
    for _ in range(2):
        assert client.post(LIST, typed(einmal="ein-schluessel")).status_code == 302
    assert len(seen()) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topic": ""}, "topic"),
        ({"topic": "weather"}, "topic"),
        ({"language": "xx"}, "language"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": ""}, "minutes"),
        ({"minutes": "10.000"}, "minutes"),
        ({"minutes": "zehn"}, "minutes"),
        ({"channel": "smoke"}, "channel"),
        ({"line": "x" * 201}, "line"),
        ({"line": "Rückruf 0231 123456"}, "line"),
        ({"day": "31.02.2026"}, "day"),
        ({"day": "11.03.2026"}, "day"),
        ({"day": "01.01.2026"}, "day"),
        ({"time": "25:00"}, "time"),
        ({"time": "23:00"}, "time"),
    ],
)
def test_bad_input_is_said_at_its_field_and_stays(browser, seen, changes, field):
    answer = browser().post(LIST, typed(**changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert answer.context["form"][field].value() == changes[field]
    assert seen() == []


def test_earlier_time_is_taken_as_said(browser, seen):
    client = browser()
    client.post(LIST, typed(day="9.3.2026", time="16:30"))
    client.post(LIST, typed(day="9.3.2026"))
    client.post(LIST, typed(time="8:15"))
    assert [f"{clock.timezone.localtime(one.occurred_at):%d.%m. %H:%M}" for one in seen()] == [
        "10.03. 08:15", "09.03. 16:30", "09.03. 12:00",
    ]  # fmt: skip


# -- the list -------------------------------------------------------------------------------------------------------


def found(page) -> list[tuple[str, str]]:
    return [(row.topic, row.language) for row in page.context["table"].objects]


def test_list_shows_today_and_filters(browser, record, now):
    record(), record(topic="work", language=""), record("bernd", topic="family", channel="phone")
    record(topic="health", occurred_at=now - timedelta(days=3)), record("carla", topic="protection")
    client = browser()
    answers = {
        "": {"housing", "work", "family"},
        "?von=01.03.2026": {"housing", "work", "family", "health"},
        "?bis=08.03.2026": {"health"},
        "?wer=ich": {"housing", "work"},
        "?sprache=-": {"work"},
        "?sprache=tr&weg=phone": {"family"},
        "?thema=housing": {"housing"},
    }
    assert {query: {topic for topic, _language in found(client.get(LIST + query))} for query in answers} == answers


def test_list_goes_into_files_with_the_line_and_who_took_it(browser, record):
    record(line="fragt nach dem WBS")
    text = b"".join(browser().get(f"{LIST}?ausgabe=csv")).decode("utf-8-sig")
    assert text.splitlines()[1].split(";")[1:] == [
        "Wohnen", "fragt nach dem WBS", "Türkisch", "10", "am Tresen", "Amira Scholz", "nein",
    ]  # fmt: skip
    assert b"".join(browser().get(f"{LIST}?ausgabe=xlsx"))[:2] == b"PK"


def test_list_costs_the_same_for_one_and_for_three(browser, record):
    def queries() -> int:
        client = browser()
        client.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    record()
    one = queries()
    record(), record("bernd")
    assert (one, queries()) == (9, 9)


# -- open hours -----------------------------------------------------------------------------------------------------


def test_open_hour_counts_its_groups_and_is_taken_back_whole(browser, seen):
    client = browser()
    answer = client.post(HOUR, hour())
    assert [(one.topic, one.language, one.minutes) for one in seen()].count(("housing", "bg", 10)) == 5
    assert len(seen()) == 7
    assert client.post(undo(answer, client)).status_code == 302
    assert seen() == []


def test_open_hour_gets_another_row_and_keeps_what_was_typed(browser, seen):
    page = browser().post(HOUR, hour(**{"gruppe-mehr": "1", "ends": "murks"}))
    form = page.context["form"]
    assert (page.status_code, len(form.rows.forms), form.hour["ends"].value()) == (200, 4, "murks")
    assert (form.rows.forms[0]["number"].value(), seen()) == ("5", [])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"gruppe-1-topic": ""}, "Bitte „Thema“ auswählen."),
        ({"gruppe-1-number": ""}, "Bitte „Anzahl“ angeben."),
        ({"gruppe-1-number": "0"}, "Mindestens 1."),
        ({"gruppe-1-minutes": ""}, "Bitte „Minuten je Kontakt“ angeben."),
        ({"ends": "7:00"}, "Das Ende liegt nicht nach dem Beginn."),
        ({"ends": "23:00"}, "Das Ende der Sprechstunde liegt noch vor uns."),
        ({"day": "31.02.2026"}, "Den 31.02.2026 gibt es im Kalender nicht."),
        ({"gruppe-0-number": "199"}, "Eine Sprechstunde hat hier höchstens 200 Kontakte."),
        ({"gruppe-zeilen": "2"}, "Bitte tragen Sie mindestens einen Kontakt ein."),
    ],
)
def test_open_hour_that_cannot_be_says_so(browser, seen, changes, sentence):
    answer = browser().post(HOUR, hour(**changes))
    said = [mistake.message for mistake in answer.context["form"].mistakes]
    assert (answer.status_code, said, seen()) == (422, [sentence], [])


# -- figures --------------------------------------------------------------------------------------------------------


def test_figures_count_by_hour_topic_language_and_way(browser, record, now):
    record(), record(topic="work", language="", occurred_at=now - timedelta(hours=2)), record("carla", topic="health")
    page = browser().get(FIGURES)
    figures = page.context["figures"]
    assert (figures.number, figures.minutes, figures.not_asked) == (2, 20, 1)
    hours, topics, languages, ways = (chart.table for chart in (figures.by_hour, *figures.ranked))
    assert '<th scope="row">8 Uhr</th><td class="is-number">1</td>' in hours
    assert '<th scope="row">10 Uhr</th><td class="is-number">1</td>' in hours
    assert ("Gesundheit" in topics, "Arbeit" in topics) == (False, True)
    assert '<th scope="row">nicht erfragt</th><td class="is-number">1</td>' in languages
    assert '<th scope="row">am Tresen</th><td class="is-number">2</td>' in ways


def test_figures_of_an_odd_period_say_what_is_odd(browser, record):
    record()
    client = browser()
    assert list(client.get(f"{FIGURES}?von=31.02.2026").context["form"].errors) == ["von"]
    assert list(client.get(f"{FIGURES}?von=02.03.2026&bis=01.03.2026").context["form"].errors) == ["bis"]
    assert client.get(f"{FIGURES}?von=01.01.2025&bis=31.01.2025").context["figures"].number == 0


# -- with a household -----------------------------------------------------------------------------------------------


def test_contact_of_somebody_who_came_back_is_linked_and_unlinked(browser, household, record, seen):
    made, client = record(line="fragt nach dem WBS"), browser()
    choose = f"/haushalte/{household.pk}/kurzkontakte/"
    assert choose in client.get(f"/haushalte/{household.pk}/").content.decode()
    page = client.get(choose).content.decode()
    link = reverse("contact_link", args=[made.pk, household.pk])
    assert ("fragt nach dem WBS" in page, f'action="{link}"' in page) == (True, True)
    address = undo(client.post(link), client)
    assert "fragt nach dem WBS" in client.get(f"/haushalte/{household.pk}/journal/").content.decode()
    assert (seen()[0].case_id is not None, address) == (True, reverse("contact_unlink", args=[made.pk]))
    assert client.post(address).headers["Location"] == choose
    assert seen()[0].case_id is None


def test_only_the_own_teams_contacts_are_offered(browser, household, record, now):
    kept = record()
    record("carla"), record(occurred_at=now - timedelta(days=31))
    lines = browser("bernd").get(f"/haushalte/{household.pk}/kurzkontakte/").context["waiting"]
    assert [line.contact.pk for line in lines][:1] == [kept.pk]
    assert len(lines) == 2
    assert browser("carla").get(f"/haushalte/{household.pk}/kurzkontakte/").status_code == 404


def test_contacts_to_choose_from_are_filtered(browser, household, record):
    record(), record(topic="work", language=""), record(topic="work", channel="phone")
    client, found = browser(), {}
    for query in ("?thema=work", "?thema=work&weg=phone", "?sprache=-"):
        lines = client.get(f"/haushalte/{household.pk}/kurzkontakte/{query}").context["waiting"]
        found[query] = [line.contact.channel for line in lines]
    assert found == {"?thema=work": ["phone", "desk"], "?thema=work&weg=phone": ["phone"], "?sprache=-": ["desk"]}


def test_foreign_contact_is_not_found(browser, household, record):
    made, client = record("carla"), browser()
    for address in (
        reverse("contact_take_back", args=[made.pk]),
        reverse("contact_link", args=[made.pk, household.pk]),
        reverse("contact_unlink", args=[made.pk]),
    ):
        assert client.post(address).status_code == 404
