"""The calendar's pages that send, draw and repeat, and the minutes that another body reads: on a desk and on a telephone."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image, ImageDraw

from wurzelwerk.appointments import actions as calendar
from wurzelwerk.base import clock
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions.referral import PassingOn
from wurzelwerk.cases.models import Case, Conference, Household, OpenedMinutes, Referral
from wurzelwerk.network.models import Organisation, Site, User
from wurzelwerk.outbox.sending import tick
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.link_actions import issue_link
from wurzelwerk.trust.scopes import Scope

from .accessibility import run_over, violations
from .chromium import needs_browser
from .desk import NARROW, WIDE

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [NARROW, WIDE])


def drawing() -> bytes:
    """A way through a gate."""
    picture = Image.new("RGB", (1200, 700), "#e6efe6")
    pen = ImageDraw.Draw(picture)
    pen.line((0, 600, 1200, 600), fill="#888888", width=60)
    pen.rectangle((420, 180, 780, 540), outline="#171a2b", width=10)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


@pytest.fixture
def case(open_household) -> Case:
    return open_household()


@pytest.fixture
def household(case, actor) -> Household:
    return Household.objects.visible_to(actor("amira")).get(akte=case.akte)


@pytest.fixture
def room(actor, city, now):
    """A room with the way to it, in words and as a picture."""
    site, by = Site.objects.get(code="stadt-nord"), actor("elif")
    data = calendar.PlaceData("Raum 1", seats=6, step_free="yes", way="U43 bis Nordmarkt, Eingang im Hof, 2. OG")
    room = calendar.add_place(site=site, data=data, by=by, at=now)
    calendar.keep_sketch(place=room, content=drawing(), said="Durch das grüne Tor in den Hof", by=by, at=now)
    return room


@pytest.fixture
def appointment(case, room, actor, user, now):
    """Amira sees the family in two days, by invitation."""
    amira = user("amira")
    User.objects.filter(pk=amira.pk).update(email="amira@stadt.demo.invalid")
    starts = now + timedelta(days=2)
    meeting = calendar.Meeting("counselling", starts, starts + timedelta(minutes=45), amira, room)
    return calendar.book(case=case, meeting=meeting, invites=True, by=actor("amira"), at=now)


@WIDTHS
def test_appointment_says_what_was_sent_and_what_keeps_it_back(desk, appointment, household, settings, width):
    settings.OUTBOX_WAYS = {"mail": "smtp", "sms": ""}
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False
    tick(at=clock.now())
    amira = desk("amira", width=width).visit("appointment", appointment.pk)
    amira.reads("Versand stockt", "amira@stadt.demo.invalid", "wartet").stands("Beratung")
    amira.submit("Keine Einladungen mehr verschicken", "Es gehen keine Einladungen mehr hinaus.").stands("Beratung")
    amira.visit("appointment_new", household.pk).reads("Einladung verschicken").stands("Termin vereinbaren")


@WIDTHS
def test_picture_of_the_way_is_kept_and_shown_without_an_account(desk, appointment, room, actor, now, width):
    elif_ = desk("elif", width=width).visit("place_list").reads("Durch das grüne Tor in den Hof").stands("Räume")
    elif_.follow("Bild ersetzen: Raum 1").stands("Bild vom Weg")
    elif_.page.set_input_files("input[type=file]", {"name": "weg.png", "mimeType": "image/png", "buffer": drawing()})
    elif_.fill({"Was ist zu sehen?": "Durch das blaue Tor"})
    elif_.submit("Speichern", "Das Bild steht auf dem Terminzettel").reads("Durch das blaue Tor").stands("Räume")
    issued = issue_link(
        purpose="portal.appointment", thing=appointment, valid_until=appointment.ends_at, by=actor("amira"), at=now
    )
    guest = desk(width=width)
    guest.page.goto(guest.address + issued.path)
    shown = guest.page.get_by_role("img", name="Durch das blaue Tor")
    assert shown.evaluate("image => [image.complete, image.naturalWidth]") == [True, 1200]
    assert (violations(guest.page), run_over(guest.page)) == ([], [])


@WIDTHS
def test_time_of_every_week_is_kept_ended_and_taken_back(desk, appointment, width):
    amira = desk("amira", width=width).visit("weekly_times").stands("Wöchentliche Zeiten")
    amira.page.get_by_role("link", name="Wöchentliche Zeit eintragen").first.click()
    amira.choose("Art", "privat").choose("Jeden", "Freitag").fill({"Von": "12:00", "Bis": "14:00"})
    amira.stands("Wöchentliche Zeit eintragen").submit("Speichern", "Die Zeit steht jede Woche im Kalender.")
    amira.reads("Freitag, 12:00").press("Beenden: Freitag, 12:00 Uhr").reads("Die wöchentliche Zeit ist beendet.")
    amira.stands("Wöchentliche Zeiten").press("Wieder aufnehmen: Freitag, 12:00 Uhr")
    amira.reads("Die Zeit steht wieder jede Woche im Kalender.")
    amira.visit("calendar_week").reads("jede Woche").stands()
    desk("bernd", width=width).visit("calendar_team").reads("belegt").stands()


@pytest.fixture
def held(case, household, actor, user, now) -> Conference:
    """Amira met Jonas of Ankerplatz, to which the household was referred; the releases cover minutes."""
    by, receiver = actor("amira"), Organisation.objects.get(code="ankerplatz")
    for member in household.members.visible_to(by):
        consent = trust.prepare_release(
            akte=case.akte, subject=member.person_id, receiver=receiver, purpose="housing", by=by, at=now,
            stages=["search", "minutes"], language="de", valid_until=date(2027, 3, 10),
        )  # fmt: skip
        trust.record_signature(consent=consent, signed_on=now.date(), by=by, at=now)
    sent = cases.send_referral(case=case, household=household, receiver=receiver, purpose="housing", by=by, at=now)
    opening = PassingOn(frozenset({Scope.REGISTER, Scope.CONTACT}), frozenset(), frozenset({Scope.REGISTER}))
    cases.accept_referral(referral=sent, service="housing", passing_on=opening, by=actor("jonas"), at=now)
    called = cases.Invitation(
        kind="case_conference", starts_at=now, ends_at=now + timedelta(hours=1), place="Zimmer 3",
        users=(user("amira"), user("jonas")),
    )  # fmt: skip
    row = cases.call_conference(case=case, invitation=called, by=by, at=now)
    present = [one.pk for one in row.participants.visible_to(by)]
    agreed = cases.Agreed("Rate vereinbaren", date(2026, 3, 20), "Amira Scholz", assignee=user("amira"))
    cases.write_minutes(
        conference=row, text="Besprochen: der Umzug.", present=present, decisions=[agreed], by=by, at=now
    )
    return row


@WIDTHS
def test_minutes_are_opened_read_elsewhere_and_closed(desk, held, household, width):
    amira = desk("amira", width=width).visit("conference", held.pk).reads("Für andere Stellen freigeben")
    amira.submit("Protokoll freigeben: Ankerplatz", "Das Protokoll ist für Ankerplatz freigegeben").stands()
    jonas = desk("jonas", width=width).visit("support_circle", household.pk).stands("Helferkreis")
    opened = OpenedMinutes.objects.for_system(reason="test").get()
    jonas.visit("minutes_opened", opened.pk).reads("Besprochen: der Umzug.", "Rate vereinbaren").stands("Protokoll")
    amira.submit("Zurücknehmen: Ankerplatz", "Die Freigabe des Protokolls ist zurückgenommen.").stands()
    jonas.page.reload()
    jonas.reads("gibt es nicht")
    assert Referral.objects.for_system(reason="test").get().state == "accepted"


@WIDTHS
def test_figures_by_reminder_stand(desk, case, actor, now, width):
    for number in range(1, 7):
        starts = now - timedelta(days=number * 6)
        row = cases.make_appointment(
            case=case, kind="phone", starts_at=starts, ends_at=starts + timedelta(minutes=30), by=actor("amira"), at=now
        )
        cases.close_appointment(appointment=row, state="missed" if number % 2 else "kept", by=actor("amira"), at=now)
    elif_ = desk("elif", width=width).visit("appointment_figures").reads("Mit und ohne Erinnerung")
    elif_.stands("Termine in Zahlen")
