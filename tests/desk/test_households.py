"""The list of households: who sees which, filter, sort, files."""

import csv
import io
from datetime import date, timedelta
from urllib.parse import parse_qsl

import pytest

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.models import Household
from wurzelwerk.desk import tables


def names(answer) -> list[str]:
    return [line.name for line in answer.context["table"].objects]


@pytest.fixture
def three(open_household):
    """Three households in Amira's team, one in Carla's."""
    return [
        open_household(members=[MemberData(family_name="Zander")]),
        open_household(members=[MemberData(family_name="Ahmadi"), MemberData(family_name="Ahmadi")]),
        open_household(login="bernd", members=[MemberData(family_name="Müller")]),
        open_household(login="carla", members=[MemberData(family_name="Fremd")]),
    ]


@pytest.mark.parametrize(
    ("login", "seen"),
    [
        ("amira", ["Ahmadi", "Müller", "Zander"]),
        ("elif", ["Ahmadi", "Müller", "Zander"]),
        ("carla", ["Fremd"]),
        ("daniel", []),
        ("goran", []),
        ("jonas", []),
        ("frieda", []),
        ("lars", []),
    ],
)
def test_household_list_shows_what_the_actor_may_see(browser, three, login, seen):
    answer = browser(login).get("/haushalte/")
    assert (answer.status_code, names(answer)) == (200, seen)
    assert "Fremd" in answer.content.decode() or login != "carla"


def test_household_list_leads_to_login_without_account(client, three):
    assert client.get("/haushalte/")["Location"] == "/anmelden/?next=/haushalte/"


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("wer=ich", ["Ahmadi", "Zander"]),
        ("wer=team", ["Ahmadi", "Müller", "Zander"]),
        ("name=zan", ["Zander"]),
        ("name=MÜ", ["Müller"]),
        ("name=ander", []),
        ("name=stadt-2026-00002", ["Ahmadi"]),
        ("stand=abgeschlossen", []),
        ("stand=alle", ["Ahmadi", "Müller", "Zander"]),
        ("sortierung=-name", ["Zander", "Müller", "Ahmadi"]),
        ("sortierung=akte", ["Zander", "Ahmadi", "Müller"]),
        ("kontakt=11.03.2026", ["Ahmadi", "Müller", "Zander"]),
        ("kontakt=10.03.2026", []),
        ("bezirk=eving", []),
        ("stufe=housing%3Aviewing", []),
        ("kontakt=irgendwann", ["Ahmadi", "Müller", "Zander"]),
        ("wer=alle&programm=x&seite=99999", ["Ahmadi", "Müller", "Zander"]),
        ("name=%25", []),
        ("name=%00", ["Ahmadi", "Müller", "Zander"]),
    ],
)
def test_household_list_is_filtered_and_sorted(browser, three, query, seen):
    client = browser("amira")
    typed = client.post("/haushalte/", dict(parse_qsl(query)), follow=True) if query.startswith("name=") else None
    assert names(typed or client.get(f"/haushalte/?{query}")) == seen


def test_household_list_moves_closed_households_aside(browser, three, actor, now):
    cases.close_case(case=three[0], by=actor("amira"), at=now)
    client = browser("amira")
    assert names(client.get("/haushalte/")) == ["Ahmadi", "Müller"]
    assert names(client.get("/haushalte/?stand=abgeschlossen")) == ["Zander"]


def test_household_list_filters_by_district_and_programme(browser, three, actor, now, programme, open_household):
    open_household(members=[MemberData(family_name="Gefördert")], programme=programme)
    household = Household.objects.visible_to(actor("amira")).get(name="Zander")
    cases.set_accommodation(household=household, kind="shelter", district_id="eving", by=actor("amira"), at=now)
    client = browser("amira")
    assert names(client.get("/haushalte/?bezirk=eving")) == ["Zander"]
    assert names(client.get(f"/haushalte/?programm={programme.pk}")) == ["Gefördert"]


def test_household_list_sorts_by_last_contact(browser, three, actor, now):
    cases.write_note(
        case=three[0], kind="conversation", theme="housing", text="Gespräch", occurred_at=now + timedelta(days=1),
        by=actor("amira"), at=now + timedelta(days=1),
    )  # fmt: skip
    client = browser("amira")
    assert names(client.get("/haushalte/?sortierung=-kontakt"))[0] == "Zander"
    assert names(client.get("/haushalte/?sortierung=kontakt"))[-1] == "Zander"


def test_household_list_filters_by_colleague_for_leads_only(browser, three, user):
    query = f"/haushalte/?zustaendig={user('bernd').pk}"
    assert names(browser("elif").get(query)) == ["Müller"]
    assert names(browser("amira").get(query)) == ["Ahmadi", "Müller", "Zander"]


def test_household_list_line_says_persons_akte_site_lead_and_contact(browser, three):
    text = browser("amira").post("/haushalte/", {"name": "Ahm"}, follow=True).content.decode()
    for part in ("Ahmadi", "STADT-2026-00002", "Anlaufstelle Nordstadt", "Amira Scholz", "10.03.2026", "offen"):
        assert part in text


def test_name_written_into_the_address_filters_nothing_and_is_repeated_nowhere(browser, three):
    answer = browser("amira").get("/haushalte/?name=Ahmadi-Geheim&sortierung=kontakt")
    assert len(names(answer)) == 3
    assert "Geheim" not in answer.content.decode()


def test_household_list_as_csv_holds_every_line_and_no_formula(browser, open_household):
    open_household(members=[MemberData(family_name="=HYPERLINK(1)")])
    answer = browser("amira").get("/haushalte/?ausgabe=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Haushalt", "Personen", "Aktenzeichen"]
    assert rows[1][:3] == ["'=HYPERLINK(1)", "1", "STADT-2026-00001"]


def test_household_list_as_xlsx_is_a_workbook(browser, three):
    answer = browser("amira").get("/haushalte/?ausgabe=xlsx")
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_household_list_leafs_through_pages_without_loss(browser, open_household):
    for number in range(27):
        open_household(members=[MemberData(family_name=f"Familie {number:02d}", birth_date=date(1990, 1, 1))])
    client = browser("amira")
    first, second = names(client.get("/haushalte/")), names(client.get("/haushalte/?seite=2"))
    assert (len(first), second) == (25, ["Familie 25", "Familie 26"])


def test_household_list_of_a_large_body_takes_a_name_or_an_id_typed(browser, three, user, monkeypatch):
    monkeypatch.setattr(tables, "COLLEAGUES_AT_MOST", 1)
    bernd = user("bernd")
    for text in (str(bernd.pk), bernd.last_name[:4].lower()):
        answer = browser("elif").post("/haushalte/", {"zustaendig": text}, follow=True)
        assert names(answer) == ["Müller"]
        assert '<select name="zustaendig"' not in answer.content.decode()
    assert names(browser("elif").get(f"/haushalte/?zustaendig={bernd.pk}")) == ["Müller"]
    assert names(browser("elif").post("/haushalte/", {"zustaendig": "Niemand"}, follow=True)) == []
