"""OpenImmo in: preview, one transaction, recognised again, nothing half."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from wurzelwerk.housing import tasks_import
from wurzelwerk.housing.actions import importing
from wurzelwerk.housing.actions.importing import GIVEN_UP_AFTER, begin_take_in, repeat_import, start_import
from wurzelwerk.housing.models import AllocationRight, Building, Dwelling, DwellingPhoto, ImportRun, Letting, Owner
from wurzelwerk.housing.rules import portfolio as rules

from .conftest import picture, upload
from .listings import RIGHT, file_of, listing

URL = "/wohnungen/import/"

pytestmark = pytest.mark.django_db(transaction=True)


def runs() -> list[ImportRun]:
    return list(ImportRun.objects.for_system(reason="test").order_by("started_at", "pk"))


def homes() -> list[Dwelling]:
    return list(Dwelling.objects.for_system(reason="test").order_by("openimmo_key"))


def states() -> dict[str, str]:
    lettings = (
        Letting.objects.for_system(reason="test").select_related("offer", "dwelling").order_by("offer__opened_at")
    )
    return {row.dwelling.openimmo_key.rpartition("|")[2]: row.offer.state for row in lettings}


@pytest.fixture
def send(browser):
    """Upload a file as Jonas; returns the answer."""
    client = browser("jonas")
    return lambda content, name="bestand.xml": client.post(URL, {"file": upload(content, name)}, follow=True)


@pytest.fixture
def take(send, browser):
    """Upload a file and take it in; returns the run."""
    client = browser("jonas")

    def take_it(content: bytes) -> ImportRun:
        before = {run.pk for run in runs()}
        send(content)
        run = next(run for run in runs() if run.pk not in before)
        client.post(f"{URL}{run.pk}/uebernehmen/")
        return next(found for found in runs() if found.pk == run.pk)

    return take_it


def actions(run: ImportRun) -> dict[str, str]:
    return {row["object"]: row["action"] for row in run.report["accepted"]}


def messages(run: ImportRun, name: str) -> str:
    return " ".join(row["message"] for row in run.report["remarks"] if row["object"] == name)


def reasons(run: ImportRun) -> dict[str, str]:
    return {row["object"]: row["reason"] for row in run.report["refused"]}


def test_file_is_previewed_and_nothing_is_written(send):
    text = send(file_of(listing(), listing("PROBE-2", net_cold="-5"))).content.decode()
    [run] = runs()
    assert (run.state, actions(run), list(reasons(run))) == ("checked", {"PROBE-1": "added"}, ["PROBE-2"])
    assert "Das ist eine Vorschau" in text and "wird aufgenommen" in text
    assert homes() == []


def test_file_is_taken_in_with_everything_it_says(take, files_kept):
    run = take(file_of(listing(more=RIGHT, photo=picture())))
    assert (run.state, actions(run), run.report["refused"]) == ("done", {"PROBE-1": "added"}, [])
    [home] = homes()
    assert (home.rooms, home.area, home.wbs_kind, home.openimmo_sender) == (
        Decimal("2.5"), Decimal("62.50"), "a", "PROBE01",
    )  # fmt: skip
    building = Building.objects.for_system(reason="test").get()
    assert (building.address, building.district_id, building.owner.name) == (
        "Musterweg 5",
        "nordmarkt",
        "Hausverwaltung Probe",
    )
    letting = Letting.objects.for_system(reason="test").select_related("offer").get()
    assert (letting.gross_cold, letting.warm, letting.offer.state, letting.offer.audience) == (
        Decimal("650.00"), Decimal("730.00"), "open", "network",
    )  # fmt: skip
    right = AllocationRight.objects.for_system(reason="test").get()
    assert (right.kind, right.law, right.ends_on) == ("nomination", "wfng_nrw", date(2040, 12, 31))
    photo = DwellingPhoto.objects.for_system(reason="test").get()
    assert photo.caption == "Küche"
    assert len(files_kept()) == 3


def test_same_file_is_recognised(send, take):
    run = take(file_of(listing()))
    text = send(file_of(listing())).content.decode()
    assert "Diese Datei ist schon da, hochgeladen am 10.03.2026" in text
    assert [found.pk for found in runs()] == [run.pk]


def test_double_click_on_take_in_does_it_once(take, browser):
    run = take(file_of(listing()))
    text = browser("jonas").post(f"{URL}{run.pk}/uebernehmen/", follow=True).content.decode()
    assert "wird schon übernommen oder ist es schon" in text
    assert len(homes()) == 1


def test_changed_object_is_changed_and_the_same_stays(take):
    take(file_of(listing(), listing("PROBE-2")))
    run = take(file_of(listing(net_cold="540", as_of="2026-03-05"), listing("PROBE-2", as_of="2026-03-05")))
    assert actions(run) == {"PROBE-1": "changed", "PROBE-2": "unchanged"}
    rents = Letting.objects.for_system(reason="test").order_by("net_cold").values_list("net_cold", flat=True)
    assert list(rents) == [Decimal(500), Decimal(540)]
    assert Owner.objects.for_system(reason="test").count() == 1


def test_older_state_is_refused_with_its_days(take):
    take(file_of(listing()))
    run = take(file_of(listing(net_cold="300", as_of="2026-02-01")))
    assert reasons(run) == {"PROBE-1": "Der Stand der Datei (01.02.2026) ist älter als der Stand hier (01.03.2026)."}
    assert states() == {"PROBE-1": "open"}


@pytest.mark.parametrize("action", ["DELETE", "REFERENZ", "ARCHIV"])
def test_object_off_the_market_is_withdrawn(take, action):
    take(file_of(listing()))
    run = take(file_of(listing(action=action, as_of="2026-03-02")))
    assert (actions(run), states()) == ({"PROBE-1": "withdrawn"}, {"PROBE-1": "withdrawn"})


def test_object_let_elsewhere_is_withdrawn_and_comes_back(take):
    take(file_of(listing()))
    take(file_of(listing(more="<vermietet>true</vermietet>", as_of="2026-03-02")))
    assert states() == {"PROBE-1": "withdrawn"}
    take(file_of(listing(action="NEW", as_of="2026-03-03")))
    assert states() == {"PROBE-1": "open"}
    assert len(homes()) == 1


def test_unknown_object_cannot_be_deleted(take, send):
    send(file_of(listing(action="DELETE")))
    assert "nicht bekannt" in reasons(runs()[0])["PROBE-1"]


def test_running_placement_keeps_a_letting(take, monkeypatch):
    take(file_of(listing()))
    monkeypatch.setattr("wurzelwerk.housing.import_plan.running_placements", lambda letting: 1)
    send_it = file_of(listing(action="DELETE", as_of="2026-03-02"))
    run = take(send_it)
    assert (actions(run), states()) == ({"PROBE-1": "unchanged"}, {"PROBE-1": "open"})
    assert "laufen Vermittlungen" in messages(run, "PROBE-1")
    assert rules.running_placements is not None


def test_whole_stock_withdraws_what_is_missing_of_the_same_sender_only(take):
    other = "<firma>Andere</firma><openimmo_anid>ANDERE</openimmo_anid>"
    take(file_of(listing(), listing("PROBE-2")))
    take(file_of(listing("FREMD-1"), sender=other))
    run = take(file_of(listing(as_of="2026-03-05"), scope="VOLL"))
    assert states() == {"PROBE-1": "open", "PROBE-2": "withdrawn", "FREMD-1": "open"}
    assert actions(run) == {"PROBE-1": "unchanged", "PROBE-2": "withdrawn"}


def test_part_of_a_stock_withdraws_nothing(take):
    take(file_of(listing(), listing("PROBE-2")))
    take(file_of(listing(as_of="2026-03-05")))
    assert states() == {"PROBE-1": "open", "PROBE-2": "open"}


def test_whole_stock_with_a_nameless_object_withdraws_nothing(take):
    take(file_of(listing(), listing("PROBE-2")))
    take(file_of(listing(as_of="2026-03-05"), listing(""), scope="VOLL"))
    assert states() == {"PROBE-1": "open", "PROBE-2": "open"}


BAD = {
    "empty": b"",
    "no XML": b"Das ist keine XML-Datei",
    "cut off": file_of(listing())[:900],
    "entities": b'<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><openimmo>&x;</openimmo>',
    "billion laughs": b'<!DOCTYPE o [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><openimmo>&b;</openimmo>',
    "web page": b"<html><body>Angebote</body></html>",
    "archive": b"PK\x03\x04 nothing in it",
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_bad_file_is_refused_in_words_and_nothing_is_written(send, content):
    answer = send(content)
    text = answer.content.decode()
    if answer.status_code == 422:
        assert len(answer.context["form"].errors["file"]) == 1
        assert runs() == []
    else:
        [run] = runs()
        assert run.state == "failed"
        assert run.message.endswith(".") and run.message[:20] in text
    assert "root:" not in text
    assert homes() == []


def test_file_of_fifty_megabytes_is_refused_before_it_is_kept(browser, files_kept):
    answer = browser("jonas").post(URL, {"file": upload(b" " * 50_000_001, "gross.xml")})
    assert answer.status_code == 422
    assert "Erlaubt sind höchstens 50 MB" in str(answer.context["form"].errors["file"])
    assert (runs(), files_kept()) == ([], [])


def test_wrong_kind_and_no_file_are_said_at_the_field(browser):
    client = browser("jonas")
    assert "file" in client.post(URL, {"file": upload(b"x", "bestand.pdf")}).context["form"].errors
    assert client.post(URL, {}).context["form"].errors["file"] == ["Bitte „OpenImmo-Datei“ als Datei auswählen."]


def test_died_job_leaves_nothing_half(take, send, browser, monkeypatch, files_kept):
    real = importing.carry_out

    def dies(*, planned, **rest):
        real(planned=planned, **rest)
        if planned.label == "PROBE-2":
            raise ConnectionError("the line drops in mid-import")

    monkeypatch.setattr(importing, "carry_out", dies)
    run = take(file_of(listing(photo=picture()), listing("PROBE-2")))
    assert (run.state, homes(), len(files_kept())) == ("failed", [], 1)
    assert "nichts wurde übernommen" in run.message
    monkeypatch.setattr(importing, "carry_out", real)
    client = browser("jonas")
    client.post(f"{URL}{run.pk}/erneut/")
    client.post(f"{URL}{run.pk}/uebernehmen/")
    assert len(homes()) == 2


def test_killed_worker_is_recognised_and_cannot_come_back(send, browser, actor, now, monkeypatch):
    send(file_of(listing()))
    run = begin_take_in(run=runs()[0], by=actor("jonas"), at=now)
    client = browser("jonas")
    assert "wird übernommen" in client.get(f"{URL}{run.pk}/stand/").content.decode()
    ImportRun.objects.for_system(reason="test").update(alive_at=now - GIVEN_UP_AFTER - timedelta(minutes=1))
    assert "abgebrochen" in client.get(f"{URL}{run.pk}/").content.decode()
    assert client.get(f"{URL}{run.pk}/stand/")["HX-Refresh"] == "true"
    repeat_import(run=run, by=actor("katja"), at=now)
    tasks_import.take_import_job.func(run_id=str(run.pk), attempt=run.attempt)
    assert homes() == []


def test_given_up_run_does_not_stand_for_its_file(actor, now):
    first, _fresh = start_import(content=b"<a/>", name="a.xml", by=actor("jonas"), at=now)
    later = now + GIVEN_UP_AFTER + timedelta(minutes=1)
    second, fresh = start_import(content=b"<a/>", name="a.xml", by=actor("jonas"), at=later)
    assert (fresh, second.pk == first.pk) == (True, False)


def test_default_owner_gets_new_dwellings(browser, dwelling):
    owner = dwelling().building.owner
    client = browser("jonas")
    client.post(URL, {"file": upload(file_of(listing()), "a.xml"), "owner": str(owner.pk)})
    client.post(f"{URL}{runs()[0].pk}/uebernehmen/")
    assert Owner.objects.for_system(reason="test").count() == 1


def test_dwelling_withdrawn_by_hand_stays_so_until_the_sender_says_news(take, actor, now):
    from wurzelwerk.housing.actions.lettings import withdraw_letting

    take(file_of(listing()))
    letting = Letting.objects.for_system(reason="test").select_related("offer").get()
    withdraw_letting(letting=letting, by=actor("jonas"), at=now)
    run = take(file_of(listing(), listing("PROBE-2")))
    assert states()["PROBE-1"] == "withdrawn"
    assert "bleibt es" in messages(run, "PROBE-1")


def test_missing_rent_or_rooms_refuses_the_object(send):
    send(file_of(listing(net_cold="")))
    assert "Nettokaltmiete" in reasons(runs()[0])["PROBE-1"]


def test_bad_photo_is_a_remark_and_the_dwelling_is_taken(take):
    run = take(file_of(listing(photo=b"kein Bild")))
    assert (actions(run), "kein Foto" in messages(run, "PROBE-1")) == ({"PROBE-1": "added"}, True)
