"""A dwelling after it is taken in: change, put aside, withdraw, offer anew; each with the way back."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.forms import fill_in
from wurzelwerk.base.errors import NotAllowed, WrongState
from wurzelwerk.housing.actions.lettings import open_letting, withdraw_letting
from wurzelwerk.housing.actions.portfolio import archive_dwelling, change_dwelling, record_right
from wurzelwerk.housing.models import AllocationRight, Dwelling, Letting
from wurzelwerk.housing.offering import set_state
from wurzelwerk.housing.queries.portfolio import compare_rent, lapse_steps
from wurzelwerk.housing.rules import portfolio as rules
from wurzelwerk.network.models import Organisation


def current(dwelling) -> Letting | None:
    lettings = Letting.objects.for_system(reason="test").filter(dwelling=dwelling, is_current=True)
    return lettings.select_related("offer").first()


def again(dwelling) -> Dwelling:
    return Dwelling.objects.for_system(reason="test").get(pk=dwelling.pk)


def undo_of(answer) -> str:
    [message] = answer.context["messages"]
    return message.extra_tags.removeprefix("undo:")


def test_letting_is_withdrawn_and_reopened(browser, dwelling):
    home = dwelling()
    client, letting = browser("jonas"), current(home)
    answer = client.post(f"/vermietungen/{letting.pk}/zurueckziehen/", follow=True)
    assert current(home) is None
    assert undo_of(answer) == f"/vermietungen/{letting.pk}/oeffnen/"
    client.post(undo_of(answer))
    assert (current(home).pk, current(home).offer.state) == (letting.pk, "open")


def test_running_placement_blocks_withdrawal_and_archiving(browser, dwelling, monkeypatch):
    home = dwelling()
    monkeypatch.setattr(rules, "running_placements", lambda letting: 1)
    client = browser("jonas")
    for url in (f"/vermietungen/{current(home).pk}/zurueckziehen/", f"/wohnungen/{home.pk}/ablegen/"):
        text = client.post(url, follow=True).content.decode()
        assert "Für diese Wohnung laufen noch Vermittlungen." in text
    assert (current(home).offer.state, again(home).archived_at) == ("open", None)


def test_dwelling_is_archived_with_its_letting_and_taken_back(browser, dwelling):
    home, client = dwelling(), browser("katja")
    letting = current(home)
    answer = client.post(f"/wohnungen/{home.pk}/ablegen/", follow=True)
    assert (current(home), bool(again(home).archived_at)) == (None, True)
    assert "Musterweg" not in client.get("/wohnungen/").content.decode().split("<table")[-1]
    assert "Musterweg" in client.get("/wohnungen/?state=archived").content.decode()
    client.post(undo_of(answer))
    assert (current(home).pk, again(home).archived_at) == (letting.pk, None)


def test_archived_dwelling_is_not_changed(dwelling, actor, now):
    home, by = dwelling(), actor("jonas")
    archive_dwelling(dwelling=home, by=by, at=now)
    with pytest.raises(WrongState):
        change_dwelling(dwelling=home, values={"rooms": Decimal(2)}, by=by, at=now)
    with pytest.raises(WrongState):
        open_letting(dwelling=home, values={"net_cold": Decimal(400)}, by=by, at=now)


def test_dwelling_has_one_current_letting(dwelling, actor, now, browser):
    home = dwelling()
    with pytest.raises(WrongState):
        open_letting(dwelling=home, values={"net_cold": Decimal(400)}, by=actor("jonas"), at=now)
    answer = browser("jonas").post(f"/wohnungen/{home.pk}/angebot/", {"net_cold": "400"})
    assert "Diese Wohnung hat schon ein laufendes Angebot." in answer.content.decode()
    assert Letting.objects.for_system(reason="test").count() == 1


def test_new_letting_follows_a_finished_one(browser, dwelling, now):
    home = dwelling()
    set_state(current(home), "taken", at=now)
    client = browser("jonas")
    assert 'value="512,40"' in client.get(f"/wohnungen/{home.pk}/angebot/").content.decode()
    client.post(f"/wohnungen/{home.pk}/angebot/", {"net_cold": "530", "operating_costs": "190"})
    assert (current(home).net_cold, Letting.objects.for_system(reason="test").count()) == (Decimal(530), 2)
    text = client.get(f"/wohnungen/{home.pk}/").content.decode()
    assert "512,40" in text and "530,00" in text and "vergeben" in text


def test_finished_letting_is_not_changed(browser, dwelling, actor, now):
    home = dwelling()
    letting = current(home)
    withdraw_letting(letting=letting, by=actor("jonas"), at=now)
    answer = fill_in(browser("jonas"), f"/vermietungen/{letting.pk}/", {"net_cold": "1"})
    assert "wird nicht mehr geändert" in answer.content.decode()


def test_edit_keeps_rent_title_and_district_together(browser, dwelling, form):
    home = dwelling()
    data = {name: value for name, value in form().items() if not name.startswith(("right_", "net", "oper", "heat"))}
    changed = data | {"district": "eving"}
    assert fill_in(browser("jonas"), f"/wohnungen/{home.pk}/bearbeiten/", changed).status_code == 302
    assert current(home).offer.title == "3,5 Zimmer, 74,5\u00a0m², Eving"
    assert current(home).offer.district_id == "eving"


def test_edit_shows_what_was_typed_with_the_sentence(browser, dwelling, form):
    home = dwelling()
    typed = form(area="-4", description="Neu getippt")
    answer = fill_in(browser("jonas"), f"/wohnungen/{home.pk}/bearbeiten/", typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors["area"] == ["Mindestens 1\u00a0m²."]
    assert "Neu getippt" in answer.content.decode()
    assert again(home).area == Decimal("74.50")


def test_people_of_other_bodies_cannot_write(dwelling, actor, now):
    home = dwelling()
    for login in ("amira", "goran", "lars"):
        with pytest.raises(NotAllowed):
            change_dwelling(dwelling=home, values={"rooms": Decimal(1)}, by=actor(login), at=now)
        with pytest.raises(NotAllowed):
            withdraw_letting(letting=current(home), by=actor(login), at=now)


# -- rights -------------------------------------------------------------------------------------------------------------


def test_right_is_recorded_changed_and_removed(browser, dwelling):
    home, client = dwelling(), browser("jonas")
    holder = str(Organisation.objects.get(code="stadt").pk)
    data = {"right_kind": "nomination", "right_law": "wfng_nrw", "right_holder": holder, "right_starts_on": "1.1.2015"}
    assert client.post(f"/wohnungen/{home.pk}/belegungsrecht/", data).status_code == 302
    right = AllocationRight.objects.for_system(reason="test").get()
    fill_in(client, f"/belegungsrechte/{right.pk}/", data | {"right_ends_on": "31.05.2026"})
    text = client.get(f"/wohnungen/{home.pk}/").content.decode()
    assert "Ein Belegungsrecht läuft aus" in text and "in weniger als 3 Monaten" in text
    client.post(f"/belegungsrechte/{right.pk}/entfernen/")
    assert AllocationRight.objects.for_system(reason="test").count() == 0


@pytest.mark.parametrize(
    ("days", "months"), [(400, None), (300, 12), (170, 6), (80, 3), (1, 3)]
)  # fmt: skip
def test_lapse_is_warned_of_in_steps(days, months):
    today = date(2026, 3, 10)
    assert lapse_steps(today + timedelta(days=days), on=today) == months


def test_removed_right_comes_back_as_it_was_for_who_removed_it(browser, dwelling):
    home, client = dwelling(), browser("jonas")
    holder = str(Organisation.objects.get(code="stadt").pk)
    data = {"right_kind": "nomination", "right_law": "wfng_nrw", "right_holder": holder, "right_starts_on": "1.1.2015"}
    client.post(f"/wohnungen/{home.pk}/belegungsrecht/", data, follow=True)
    right = AllocationRight.objects.for_system(reason="test").get()
    before = AllocationRight.objects.for_system(reason="test").values().get()
    answer = client.post(f"/belegungsrechte/{right.pk}/entfernen/", follow=True)
    back = undo_of(answer)
    assert AllocationRight.objects.for_system(reason="test").count() == 0
    other = browser("katja").post(back, follow=True)
    assert "ist nicht mehr da. Bitte tragen Sie es neu ein." in other.content.decode()
    answer = client.post(back, follow=True)
    assert "Das Belegungsrecht ist wieder eingetragen." in answer.content.decode()
    assert AllocationRight.objects.for_system(reason="test").values().get() == before
    assert "ist nicht mehr da" in client.post(back, follow=True).content.decode()
    assert AllocationRight.objects.for_system(reason="test").count() == 1
    assert client.post(f"/wohnungen/{dwelling(street='Probeweg').pk}/belegungsrecht/zurueckholen/").status_code == 302


def test_right_needs_kind_law_holder_and_beginning(browser, dwelling):
    answer = browser("jonas").post(
        f"/wohnungen/{dwelling().pk}/belegungsrecht/", {"right_kind": "general", "right_holder": ""}
    )
    assert set(answer.context["form"].errors) == {"right_law", "right_holder", "right_starts_on"}


# -- what the page says ---------------------------------------------------------------------------------------------------


def test_rent_is_compared_with_the_table_of_the_day():
    compared = compare_rent(Decimal("692.40"), Decimal("74.5"), on=date(2026, 3, 10))
    assert (compared.least, compared.most) == (3, 7)
    assert [line.over for line in compared.lines][:3] == [Decimal("122.40"), Decimal("2.40"), Decimal(0)]
    assert compare_rent(Decimal(5000), Decimal(50), on=date(2026, 3, 10)).least is None
    assert compare_rent(None, Decimal(50), on=date(2026, 3, 10)) is None


def test_page_says_rent_rights_duties_and_who_sees(browser, dwelling):
    text = browser("jonas").get(f"/wohnungen/{dwelling().pk}/").content.decode()
    for part in ("692,40", "Passt für 3 bis 7 Personen", "GEG § 87", "Wer kann das sehen", "Angebot zurückziehen"):
        assert part in text


# -- lists ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", 2), ("state=open", 2), ("state=withdrawn", 0), ("state=none", 0), ("district=innenstadt-nord", 2),
        ("district=eving", 0), ("rooms=4", 1), ("rent=700", 2), ("rent=600", 0), ("wbs=a", 1), ("wbs=none", 1),
        ("step_free=wheelchair", 1), ("step_free=yes", 2), ("right=yes", 1), ("right=no", 1), ("rooms=viele", 2),
        ("state=quatsch", 2), ("sortierung=-gross_cold", 2), ("sortierung=owner", 2), ("seite=99", 2),
    ],
)  # fmt: skip
def test_list_is_filtered(browser, dwelling, actor, now, query, seen):
    home = dwelling()
    dwelling(street="Beispielweg", rooms=Decimal(4), wbs_kind="", step_free="wheelchair")
    values = {"kind": "general", "law": "contract", "holder": Organisation.objects.get(code="stadt")}
    record_right(dwelling=home, values=values | {"starts_on": date(2020, 1, 1)}, by=actor("jonas"), at=now)
    answer = browser("jonas").get(f"/wohnungen/?{query}")
    assert (answer.status_code, len(answer.context["table"].objects)) == (200, seen)


def test_list_goes_into_files(browser, dwelling):
    dwelling(street="=Formelweg")
    answer = browser("jonas").get("/wohnungen/?ausgabe=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][0] == "'=Formelweg 3"
    assert rows[1][rows[0].index("Bruttokalt")] == "692.40"
    assert b"".join(browser("jonas").get("/eigentuemer/?ausgabe=xlsx").streaming_content).startswith(b"PK")


def test_owner_is_changed_with_a_sentence_for_a_wrong_mail(browser, dwelling):
    owner = dwelling().building.owner
    client, url = browser("katja"), f"/eigentuemer/{dwelling(street='Probeweg').building.owner_id}/bearbeiten/"
    wrong = fill_in(client, url, {"name": "Neu", "email": "keine", "phone": "anrufen!"})
    assert wrong.context["form"].errors["email"] == ["Das ist keine gültige E-Mail-Adresse."]
    assert "phone" in wrong.context["form"].errors
    right = {"name": "Neu GmbH", "email": "neu@demo.invalid", "is_company": "on"}
    assert fill_in(client, url, right).status_code == 302
    text = client.post("/eigentuemer/", {"name": "neu"}, follow=True).content.decode()
    assert "Neu GmbH" in text and owner.name not in text
