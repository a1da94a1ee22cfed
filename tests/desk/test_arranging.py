"""Lists as people arrange them: columns, filters under a name, what is typed, and what leaves as a file."""

import csv
import io
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.forms import as_shown
from wurzelwerk.cases.models import Household
from wurzelwerk.desk import tables
from wurzelwerk.network import exports_log
from wurzelwerk.network.models import ExportEntry, Membership, User

HOUSEHOLDS = "/haushalte/"
COLUMNS = "/ansicht/haushalte/spalten/?zu=/haushalte/"


@pytest.fixture
def client_of(user):
    def open_it(login: str = "amira") -> Client:
        client = Client()
        client.force_login(user(login))
        return client

    return open_it


@pytest.fixture
def case(open_household):
    return open_household()


def household_of(case) -> Household:
    return Household.objects.for_system(reason="test").get(akte=case.akte)


def heads(client: Client, address: str = HOUSEHOLDS) -> list[str]:
    return [head.label for head in client.get(address).context["table"].heads]


def csv_rows(client: Client, address: str = HOUSEHOLDS, **asked: str) -> list[list[str]]:
    text = client.get(address, {"ausgabe": "csv", **asked}).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def choose(client: Client, *keys: str) -> Any:
    """Show these columns in this order and no others."""
    form = as_shown(client.get(COLUMNS))
    sent = {name: value for name, value in form.items() if not name.startswith("zeigen_")}
    sent |= {f"zeigen_{key}": "on" for key in keys} | {f"platz_{key}": place for place, key in enumerate(keys, 1)}
    return client.post(COLUMNS, sent)


# -- columns --------------------------------------------------------------------------------------------------------


def test_columns_are_chosen_by_oneself_for_page_and_file_and_given_back(client_of, case):
    client = client_of()
    before = heads(client)
    assert choose(client, "name", "kontakt", "site").headers["Location"] == HOUSEHOLDS
    assert heads(client) == ["Haushalt", "Letzter Kontakt"]
    assert csv_rows(client)[0] == ["Haushalt", "Letzter Kontakt", "Standort"]
    assert heads(client_of("bernd")) == before
    client.post(COLUMNS, {"vorgabe": "1"})
    assert heads(client) == before


def test_list_without_a_column_is_refused_and_an_unknown_list_is_not_found(client_of, case):
    client = client_of()
    refused = choose(client)
    assert refused.status_code == 422
    assert refused.context["form"].non_field_errors() == ["Bitte lassen Sie mindestens eine Spalte stehen."]
    names = ("list_columns", "list_filters", "list_filter_new")
    assert [client.get(reverse(name, args=["nichts"])).status_code for name in names] == [404] * 3


def test_what_is_stored_and_cannot_be_read_counts_as_nothing(client_of, case):
    before = heads(client_of())
    for wrong in ({"haushalte": []}, {"haushalte": {"columns": ["gibt-es-nicht"]}}, []):
        User.objects.filter(username="amira").update(lists=wrong)
        assert heads(client_of()) == before


def test_way_back_leads_nowhere_else(client_of, case):
    client = client_of()
    for place in ("https://example.org/", "//example.org/", "javascript:x"):
        address = f"{reverse('list_filter_new', args=['haushalte'])}?zu={place}"
        assert client.get(address).context["cancel"] == reverse("home")


# -- filters under a name -------------------------------------------------------------------------------------------


def keep(client: Client, name: str, query: str = "wer%3Dich%26stand%3Dalle", **more: str) -> Any:
    address = f"{reverse('list_filter_new', args=['haushalte'])}?zu=/haushalte/&f={query}"
    return client.post(address, {"name": name, **more})


def kept(login: str = "amira") -> list[dict]:
    return User.objects.get(username=login).lists.get("haushalte", {}).get("filters", [])


def test_filter_is_kept_offered_renamed_removed_and_brought_back(client_of, case):
    client = client_of()
    assert keep(client, "Meine").headers["Location"] == "/haushalte/?wer=ich&stand=alle"
    key = kept()[0]["key"]
    assert 'href="?wer=ich&amp;stand=alle"' in client.get(HOUSEHOLDS).content.decode()
    client.post(reverse("list_filter_edit", args=["haushalte", key]), {"name": "Meine alle"})
    assert [one["name"] for one in kept()] == ["Meine alle"]
    client.post(reverse("list_filter_discard", args=["haushalte", key]))
    assert client.get(reverse("list_filters", args=["haushalte"])).context["filters"] == []
    client.post(reverse("list_filter_back", args=["haushalte", key]))
    assert [one.name for one in client.get(reverse("list_filters", args=["haushalte"])).context["filters"]] == [
        "Meine alle"
    ]
    assert client_of("bernd").get(reverse("list_filter_edit", args=["haushalte", key])).status_code == 404


def test_part_of_a_page_stays_when_a_filter_is_kept_and_used(client_of, case):
    client = client_of()
    address = reverse("list_filter_new", args=["haushalte"]) + "?zu=/haushalte/%3Fansicht%3Dohne&f=wer%3Dich"
    assert client.post(address, {"name": "Meine"}).headers["Location"] == "/haushalte/?ansicht=ohne&wer=ich"
    table = client.get(HOUSEHOLDS, {"ansicht": "ohne", "wer": "team"}).context["table"]
    assert table.kept_links == [("Meine", "?ansicht=ohne&wer=ich")]
    assert parse_qs(table.way_back) == {"zu": ["/haushalte/?ansicht=ohne"]}


def test_list_begins_with_the_filter_that_was_chosen_until_everything_is_asked_for(client_of, case):
    client = client_of()
    keep(client, "Abgeschlossene", "stand%3Dabgeschlossen", is_first="on")
    table = client.get(HOUSEHOLDS).context["table"]
    assert ([chip.text for chip in table.chips], table.count_text) == (["Stand: abgeschlossen"], "0 Haushalte")
    everything = client.get(HOUSEHOLDS + table.reset_url).context["table"]
    assert (everything.chips, everything.count_text) == ([], "1 Haushalt")
    keep(client, "Alle", "stand%3Dalle", is_first="on")
    assert [one["name"] for one in kept() if one["is_first"]] == ["Alle"]


@pytest.mark.parametrize(("name", "sentence"), [
    ("", "Bitte „Name des Filters“ angeben."), ("meine", "So heißt schon ein anderer Filter dieser Liste."),
])  # fmt: skip
def test_filter_needs_a_name_of_its_own(client_of, case, name, sentence):
    client = client_of()
    keep(client, "Meine")
    refused = keep(client, name)
    assert (refused.status_code, refused.context["form"].errors["name"]) == (422, [sentence])


def test_what_people_type_is_never_kept(client_of, case):
    keep(client_of(), "Suche", "name%3DAl-Khatib%26wer%3Dich%26fremd%3D1")
    assert [one["query"] for one in kept()] == ["wer=ich"]


# -- what is typed stands in no address (ADR 0011) --------------------------------------------------------------------


def test_name_that_is_filtered_for_stands_in_no_address(client_of, case, open_household):
    client = client_of()
    page = client.get(HOUSEHOLDS).content.decode()
    assert '<form class="ww-filter" method="post" action="/haushalte/"' in page
    sent = client.post(HOUSEHOLDS, {"name": "al-kh", "wer": "ich", "stand": ""})
    address = sent.headers["Location"]
    asked = parse_qs(urlsplit(address).query)
    assert (set(asked), asked["wer"]) == ({"wer", "merk"}, ["ich"])
    found = client.get(address)
    table = found.context["table"]
    assert ([chip.text for chip in table.chips], table.count_text) == (
        ["Name oder Aktenzeichen: al-kh", "Wessen: meine"], "1 Haushalt",
    )  # fmt: skip
    links = [chip.url for chip in table.chips] + [link.url for link in table.exports] + [table.reset_url]
    assert [link for link in links if "al-kh" in link] == []
    assert [row[0] for row in csv_rows(client, address, merk=asked["merk"][0])[1:]] == ["Al-Khatib"]
    assert client_of("bernd").get(address).context["table"].filter["name"].value() is None


def test_colleague_that_is_typed_stands_in_no_address_and_a_hidden_mark_is_nothing_typed(client_of, case, monkeypatch):
    monkeypatch.setattr(tables, "COLLEAGUES_AT_MOST", 0)
    client = client_of("elif")
    address = client.post(HOUSEHOLDS, {"zustaendig": "Mei", "wer": "team"}).headers["Location"]
    assert set(parse_qs(urlsplit(address).query)) == {"wer", "merk"}
    assert parse_qs(client.get(address).context["table"].to_keep)["f"] == ["wer=team"]
    documents = client_of().get(reverse("document_list", args=[household_of(case).pk])).context["table"]
    assert documents.filter.private == []


def test_mark_of_a_search_among_documents_goes_with_its_chip(client_of, case):
    client, page = client_of(), reverse("document_list", args=[household_of(case).pk])
    table = client.get(client.post(page, {"text": "Bescheid"}).headers["Location"]).context["table"]
    assert [(chip.text, chip.url) for chip in table.chips] == [("Suche: Bescheid", "?")]
    assert "merk" not in table.to_keep


def test_filter_that_is_emptied_leads_to_the_whole_list(client_of, case):
    assert client_of().post(HOUSEHOLDS, {"name": " ", "wer": ""}).headers["Location"] == "/haushalte/?alles=1"


# -- what left the house --------------------------------------------------------------------------------------------


def test_every_file_is_written_down_without_what_stood_in_it(client_of, case):
    client = client_of()
    csv_rows(client)
    b"".join(client.get(HOUSEHOLDS, {"ausgabe": "xlsx"}).streaming_content)
    found = [
        (row.user.username, row.organisation.code, row.list_name, row.kind, row.rows)
        for row in ExportEntry.objects.all()
    ]
    assert found == [("amira", "stadt", "haushalte", "xlsx", 1), ("amira", "stadt", "haushalte", "csv", 1)]
    assert "Al-Khatib" not in str(list(ExportEntry.objects.values()))


def test_role_that_answers_for_one_body_opens_no_log_of_another(client_of, case, user):
    csv_rows(client_of())
    stadt = Membership.objects.filter(user=user("amira")).first().organisation
    Membership.objects.create(user=user("katja"), organisation=stadt, role="counsellor", valid_from=date(2020, 1, 1))
    assert client_of("katja").get(reverse("export_log")).context["table"].total.seen == 0


def test_columns_that_a_page_makes_up_are_not_chosen(client_of):
    assert client_of().get(reverse("list_columns", args=["akten"])).status_code == 404


@pytest.mark.parametrize(("login", "seen"), [("amira", 1), ("elif", 1), ("bernd", 0), ("katja", 0), ("lars", 1)])
def test_who_answers_for_a_body_sees_what_left_it_and_others_their_own(client_of, case, login, seen):
    csv_rows(client_of())
    page = client_of(login).get(reverse("export_log"))
    assert (page.status_code, page.context["table"].total.seen) == (200, seen)


def test_what_was_written_down_is_forgotten_after_a_year(city, user, now):
    for days in (10, 400):
        ExportEntry.objects.create(user=user("amira"), list_name="haushalte", title="Haushalte", kind="csv", rows=3,
                                   taken_at=now - timedelta(days=days))  # fmt: skip
    assert [exports_log.forget(at=now), exports_log.forget(at=now)] == [1, 0]
    assert ExportEntry.objects.get().taken_at == now - timedelta(days=10)
