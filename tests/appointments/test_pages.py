"""The pages: make, find a free time, change, cancel, see the week; what is closed is taken and no more."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.appointments.conftest import WEDNESDAY, at
from tests.forms import as_shown
from wurzelwerk.appointments import actions as calendar
from wurzelwerk.appointments.models import Booking, HeldTime, InterpreterRequest, Move, OwnTime, Place, Series
from wurzelwerk.appointments.spans import Span
from wurzelwerk.base.formats import local
from wurzelwerk.base.undo import undo_address
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Appointment

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(actor):
    """Return the rows of a model that Amira sees."""
    return lambda model: model.objects.visible_to(actor("amira"))


def undo(answer, client) -> str:
    """Follow the redirect and return the address of the undo button on the next page."""
    page = client.get(answer.headers["Location"])
    return [undo_address(message) for message in page.context["messages"]][-1]


def said(answer, client) -> str:
    return str(list(client.get(answer.headers["Location"]).context["messages"])[-1])


@pytest.fixture
def typed(user):
    """What is sent of the form for one appointment."""

    def fields(**changes):
        sent = {"kind": "counselling", "day": "11.03.2026", "time": "10", "place": "hier", "host": user("amira").pk}
        return sent | changes

    return fields


def test_appointment_takes_the_length_of_its_kind(browser, household, seen, typed, user):
    browser().post(f"/haushalte/{household.pk}/termine/neu/", typed(kind="home_visit", host=user("bernd").pk))
    row = seen(Appointment).get()
    assert (row.ends_at - row.starts_at, row.host.username, row.place) == (timedelta(minutes=90), "bernd", "hier")


def test_room_is_chosen_or_a_place_said(browser, household, room, seen, typed):
    client, place = browser(), f"/haushalte/{household.pk}/termine/neu/"
    answer = client.post(place, typed(place=""))
    assert answer.context["form"].errors == {"room": ["Bitte einen Raum wählen oder den Ort in Worten angeben."]}
    client.post(place, typed(place="", room=room.pk))
    assert (seen(Appointment).get().place, HeldTime.objects.count()) == ("Raum 1, Anlaufstelle Nordstadt", 9)


def test_colleague_who_is_taken_is_asked_about(browser, household, booked, seen, typed):
    booked()
    client, place = browser(), f"/haushalte/{household.pk}/termine/neu/"
    asked = client.post(place, typed())
    assert (asked.status_code, 'type="checkbox" name="double"' in asked.content.decode()) == (422, True)
    assert client.post(place, typed(double="on")).status_code == 302
    assert seen(Appointment).count() == 2


def test_free_times_are_offered_and_put_in_without_saving(browser, household, booked, room, seen, typed):
    booked(room=room, minutes=60)
    client, place = browser(), f"/haushalte/{household.pk}/termine/neu/"
    found = client.post(place, typed(time="", frei="suchen")).context["proposals"]
    assert ([one.room.name for one in found][:1], len(found)) == (["Raum 1"], 9)
    assert max(local(one.slot.starts_at).day for one in found) > 10
    page = client.post(place, typed(time="", frei=found[4].key))
    shown = as_shown(page)
    assert (shown["day"], shown["time"], str(shown["room"])) == (
        f"{local(found[4].slot.starts_at):%d.%m.%Y}", f"{local(found[4].slot.starts_at):%H:%M}", str(room.pk),
    )  # fmt: skip
    assert (page.status_code, seen(Appointment).count()) == (200, 1)
    assert client.post(place, {**shown, "place": ""}).status_code == 302
    nothing = client.post(place, {"frei": "suchen"})
    assert "Bitte wählen Sie zuerst die Art" in nothing.content.decode()


def test_appointment_is_moved_and_put_back(browser, booked, seen):
    row, client = booked(), browser()
    place = reverse("appointment_edit", args=[row.pk])
    answer = client.post(place, as_shown(client.get(place)) | {"time": "15:00", "reason": "Schule"})
    assert (local(seen(Appointment).get().starts_at).hour, seen(Move).get().reason) == (15, "Schule")
    way_back = undo(answer, client)
    assert "Schule" in client.get(reverse("appointment", args=[row.pk])).content.decode()
    client.post(way_back)
    assert local(seen(Appointment).get().starts_at).hour == 10


def test_appointment_is_marked_and_taken_back(browser, case, actor, now, seen):
    by, client = actor("amira"), browser()
    row = cases.make_appointment(
        case=case, kind="phone", starts_at=now - timedelta(hours=1), ends_at=now, by=by, at=now
    )  # fmt: skip
    answer = client.post(f"/termine/{row.pk}/nicht-erschienen/")
    assert seen(Appointment).get().state == "missed"
    client.post(undo(answer, client))
    assert seen(Appointment).get().state == "planned"
    assert client.post(f"/termine/{row.pk}/vergessen/").status_code == 404


def test_appointment_to_come_cannot_have_been_kept(browser, booked):
    answer = browser().post(f"/termine/{booked().pk}/wahrgenommen/", follow=True)
    assert [str(m) for m in answer.context["messages"]] == ["Der Termin hat noch nicht stattgefunden."]


def test_series_says_what_it_left_out_and_is_cancelled_with_a_way_back(browser, household, seen, typed):
    client = browser()
    sent = typed(day="27.03.2026", every="week", until="17.04.2026")
    answer = client.post(f"/haushalte/{household.pk}/termine/reihe/", sent)
    assert said(answer, client) == (
        "Die Reihe ist vereinbart: 3 Termine bis 17.04.2026. Ausgelassen: 03.04.2026 (Karfreitag)."
    )
    first = seen(Booking).filter(series=seen(Series).get()).order_by("series_on").first().appointment_id
    answer = client.post(reverse("series_cancel", args=[first]), {"reach": "all"})
    assert set(seen(Appointment).values_list("state", flat=True)) == {"cancelled"}
    client.post(undo(answer, client))
    assert set(seen(Appointment).values_list("state", flat=True)) == {"planned"}


def test_week_shows_names_to_whom_they_are_open_and_nothing_else_to_others(
    browser, booked, actor, user, now, open_household
):
    booked()
    own = {"people": [user("amira")], "by": actor("amira"), "at": now}
    calendar.keep_own_time(kind="private", title="Zahnarzt", span=Span(at(WEDNESDAY, 14), at(WEDNESDAY, 15)), **own)
    foreign = open_household("carla")
    start = at(WEDNESDAY, 12)
    cases.make_appointment(case=foreign, kind="phone", starts_at=start, ends_at=start + timedelta(minutes=30),
                           host=user("amira"), by=actor("carla"), at=now)  # fmt: skip
    mine = browser().get("/kalender/woche/").content.decode()
    assert [word in mine for word in ("Beratung: Al-Khatib", "Zahnarzt", "belegt")] == [True, True, True]
    team = browser("bernd").get("/kalender/team/").content.decode()
    assert [word in team for word in ("Beratung: Al-Khatib", "Zahnarzt")] == [True, False]
    assert team.count("belegt</span>") == 2
    day = browser().get("/kalender/?tag=2026-03-11").content.decode()
    assert re.findall(r"(\d\d:\d\d) –", day) == ["10:00", "12:00", "14:00"]
    assert browser("carla").get("/kalender/team/").content.decode().count("Al-Khatib") == 0


@pytest.mark.parametrize("asked", ["", "2026-03-29", "31.12.2099", "unsinn", "31.02.2026", "9999-12-31", "\x00"])
@pytest.mark.parametrize("page", ["", "woche/", "team/"])
def test_calendar_answers_whatever_day_is_asked(browser, page, asked):
    assert browser().get(f"/kalender/{page}", {"tag": asked}).status_code == 200


def test_calendar_costs_the_same_for_one_and_for_three(browser, booked, room, household):
    client, found = browser(), []
    pages = ["/kalender/", "/kalender/woche/", "/kalender/team/", "/kalender/raeume/", f"/kalender/raeume/{room.pk}/"]
    for number in range(3):
        booked(room=room, start=at(WEDNESDAY, 9 + number))
        costs = []
        for page in pages:
            client.get(page, {"tag": "2026-03-11"})
            with CaptureQueriesContext(connection) as captured:
                client.get(page, {"tag": "2026-03-11"})
            costs.append(len(captured))
        found.append(costs)
    assert found == [[13, 13, 14, 6, 11]] * 3


def test_room_is_made_changed_given_up_and_offered_again(browser, room):
    client = browser("elif")
    site = room.site_id
    client.post(reverse("place_new"), {"site": site, "name": "Raum 2", "step_free": "no", "way": "Hof", "seats": "4"})
    made = Place.objects.get(name="Raum 2")
    answer = client.post(reverse("place_remove", args=[made.pk]))
    assert Place.objects.get(pk=made.pk).removed_at is not None
    client.post(undo(answer, client))
    assert Place.objects.get(pk=made.pk).removed_at is None
    wrong = client.post(reverse("place_new"), {"site": site, "name": "Raum 1", "step_free": "no", "latitude": "51,5"})
    assert list(wrong.context["form"].errors) == ["longitude"]
    assert browser().get(reverse("place_edit", args=[made.pk])).status_code == 404


def test_hours_are_kept_and_half_of_them_is_refused(browser):
    client = browser()
    place = reverse("hours_edit")
    wrong = client.post(place, as_shown(client.get(place)) | {"starts_0": "9", "ends_1": "12"})
    assert wrong.context["form"].errors == {
        "ends_0": ["Bitte Beginn und Ende angeben."], "starts_1": ["Bitte Beginn und Ende angeben."],
    }  # fmt: skip
    over = client.post(place, as_shown(client.get(place)) | {"starts_0": "9", "ends_0": "12", "starts_0_2": "11",
                                                             "ends_0_2": "13"})  # fmt: skip
    assert list(over.context["form"].errors) == ["starts_0_2"]
    assert client.post(place, as_shown(client.get(place)) | {"starts_0": "9", "ends_0": "12"}).status_code == 302
    assert as_shown(client.get(place))["starts_0"] == "09:00"


def test_own_time_is_entered_cancelled_and_brought_back(browser, room, user):
    client = browser()
    sent = {"kind": "meeting", "title": "Team", "day": "11.03.2026", "time": "13", "minutes": "60", "room": room.pk,
            "people": [user("amira").pk, user("bernd").pk]}  # fmt: skip
    client.post(reverse("own_time_new"), sent)
    row = OwnTime.objects.get()
    assert (HeldTime.objects.filter(own_time=row).count(), row.people.count()) == (12, 2)
    bernd = browser("bernd")
    answer = bernd.post(reverse("own_time_cancel", args=[row.pk]))
    assert HeldTime.objects.count() == 0
    bernd.post(undo(answer, bernd))
    assert HeldTime.objects.count() == 12
    assert browser("elif").post(reverse("own_time_cancel", args=[row.pk])).status_code == 404


def test_interpreter_is_asked_answers_and_is_asked_once_a_language(browser, booked, seen, now):
    row, client = booked(), browser()
    place = reverse("interpreter_new", args=[row.pk])
    assert as_shown(client.get(place))["language"] == "ar"
    client.post(place, {"language": "ar", "service": "Sprachpool", "free_of_charge": "on"})
    twice = client.post(place, {"language": "ar"})
    assert twice.context["form"].errors == {"language": ["Für diese Sprache ist schon jemand angefragt."]}
    assert "Sprachmittlung noch offen" in client.get("/heute/").content.decode()
    request = seen(InterpreterRequest).get()
    nobody = client.post(reverse("interpreter_answer", args=[request.pk]), {"state": "confirmed"})
    assert list(nobody.context["form"].errors) == ["who"]
    answer = client.post(reverse("interpreter_answer", args=[request.pk]), {"state": "confirmed", "who": "Frau Haile"})
    assert (seen(InterpreterRequest).get().state, seen(InterpreterRequest).get().who) == ("confirmed", "Frau Haile")
    way_back = undo(answer, client)
    assert "Sprachmittlung noch offen" not in client.get("/heute/").content.decode()
    client.post(way_back)
    assert seen(InterpreterRequest).get().state == "requested"


def test_habit_is_a_hint_and_the_team_figures_are_counts(browser, household, case, actor, now):
    by = actor("amira")
    for number, state in enumerate(["missed", "kept", "missed", "kept", "kept"], 1):
        start = at(date(2026, 3, 10) - timedelta(weeks=number), 9 if state == "missed" else 14)
        row = cases.make_appointment(case=case, kind="phone", starts_at=start, ends_at=start + timedelta(minutes=30),
                                     by=by, at=now)  # fmt: skip
        cases.close_appointment(appointment=row, state=state, by=by, at=now)
    page = browser().get(f"/haushalte/{household.pk}/termine/neu/").content.decode()
    assert "Von den letzten 5 Terminen hat es 2 Mal nicht geklappt, meist vormittags." in page
    figures = browser("elif").get("/kalender/auswertung/").context["figures"]
    assert [(line.label, line.kept, line.missed, line.share) for line in figures.tables[0][2]] == [
        ("Telefontermin", 3, 2, "40\xa0%")
    ]
    assert [line.share for line in figures.tables[2][2]] == ["–", "–"]
    assert browser("carla").get("/kalender/auswertung/").context["figures"].number == 0
