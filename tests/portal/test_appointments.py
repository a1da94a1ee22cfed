"""Appointments from outside: reminded of, called off, put to another time and booked by links; earlier ones offered."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from tests.outbox import ways
from wurzelwerk.appointments.actions import Meeting, book, cancel_appointment, move_appointment
from wurzelwerk.appointments.models import Place
from wurzelwerk.base import clock
from wurzelwerk.base.errors import NotAllowed, WrongState
from wurzelwerk.cases.models import Appointment, Notice, Person, PersonLanguage
from wurzelwerk.network.models import Site
from wurzelwerk.outbox import sending
from wurzelwerk.outbox.models import Message
from wurzelwerk.portal import actions, reminding
from wurzelwerk.portal.choosing import times_to_move
from wurzelwerk.portal.models import EarlierOffer, EarlierWish, Reminder, Reminding
from wurzelwerk.portal.slip import Slip, geo_of, render_slip
from wurzelwerk.portal.texts_of import APPOINTMENT
from wurzelwerk.trust.link_actions import issue_link
from wurzelwerk.trust.links import Link

FORBIDDEN = ("Al-Khatib", "Samira", "Beratung", "counselling", "Anlaufstelle Ankommen")
STARTS = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)  # Thursday, ten o'clock in Dortmund
HOUR = timedelta(hours=1)


def everything(model):
    return model.objects.for_system(reason="test")


@pytest.fixture(autouse=True)
def outside(settings):
    """People reach the house; what goes out is kept."""
    settings.PUBLIC_URL = "https://wurzelwerk.example"
    ways.kept.clear()
    ways.answers.clear()


@pytest.fixture
def room(city) -> Place:
    site = Site.objects.get(code="stadt-nord")
    return Place.objects.create(
        site=site, name="Raum 2", way="Eingang im Hof", latitude=Decimal("51.523900"), longitude=Decimal("7.459100")
    )


@pytest.fixture
def case(open_household):
    return open_household()


@pytest.fixture
def samira(case) -> Person:
    person = everything(Person).get(akte=case.akte, given_name="Samira")
    everything(Person).filter(pk=person.pk).update(phone="0231 000111, 0151 12345678", email="samira@example.org")
    person.refresh_from_db(from_queryset=everything(Person))
    return person


@pytest.fixture
def booked(case, room, actor, user, now) -> Appointment:
    meeting = Meeting("counselling", STARTS, STARTS + timedelta(minutes=45), user("amira"), room)
    return book(case=case, meeting=meeting, by=actor("amira"), at=now)


@pytest.fixture
def agreed(samira, actor, now) -> Reminding:
    return actions.agree_reminding(person=samira, channel="sms", by=actor("amira"), at=now)


@pytest.fixture
def slip_link(booked, actor, now) -> str:
    """The address on the slip of the appointment."""
    until = booked.ends_at + timedelta(days=28)
    return issue_link(purpose="portal.appointment", thing=booked, valid_until=until, by=actor("amira"), at=now).path


def fresh(row):
    return everything(type(row)).get(pk=row.pk)


def link_in(text: str) -> str:
    return urlsplit(re.search(r"https://\S+", text)[0]).path


def times_on(page) -> list[str]:
    return re.findall(r'name="zeit" value="([^"]+)"', page.content.decode())


# -- reminders --------------------------------------------------------------------------------------------------------


def test_person_is_reminded_twice_in_their_language_and_without_content(booked, agreed, now):
    rounds = [now, STARTS - 48 * HOUR, STARTS - 47 * HOUR, STARTS - 3 * HOUR, STARTS - 2 * HOUR, STARTS + HOUR]
    assert [sending.tick(at=at) for at in rounds] == [1, 0, 0, 1, 0, 0]  # the first is due when it is agreed to
    texts = [one.text for one in ways.kept]
    assert [one.address for one in ways.kept] == ["+4915112345678"] * 2
    assert all(
        text.startswith("موعد: 12.03.2026 10:00، Raum 2, Anlaufstelle Nordstadt. إلغاء/تغيير: https://")
        for text in texts
    )
    assert [word for word in FORBIDDEN for text in texts if word in text] == []
    assert texts[0] != texts[1]  # each has a link of its own
    assert [len(row.text) for row in everything(Message)] == [0, 0]


def test_mail_is_written_out_and_has_no_link_where_nobody_reaches_the_house(booked, samira, actor, now, settings):
    settings.PUBLIC_URL = ""
    everything(PersonLanguage).filter(person=samira).delete()
    actions.agree_reminding(person=samira, channel="mail", by=actor("amira"), at=now)
    sending.tick(at=now)
    [mail] = ways.kept
    assert (mail.title, mail.address) == ("Ihr Termin", "samira@example.org")
    assert (
        mail.text
        == "Sie haben einen Termin am Donnerstag, 12. März 2026 um 10:00 Uhr. Ort: Raum 2, Anlaufstelle Nordstadt."
    )


def test_moved_appointment_is_reminded_of_anew_and_a_cancelled_one_not(booked, agreed, actor, user, now):
    assert sending.tick(at=now) == 1
    later = STARTS + timedelta(days=7)
    move_appointment(appointment=booked, starts_at=later, ends_at=later + HOUR, by=actor("amira"), at=now)
    assert [sending.tick(at=at) for at in (now, later - 40 * HOUR)] == [0, 1]
    cancel_appointment(appointment=booked, by=actor("amira"), at=now)
    assert sending.tick(at=later - 2 * HOUR) == 0


def test_appointment_moved_over_and_over_is_reminded_of_once_a_day(booked, agreed, actor, now):
    told = []
    for days in range(8):
        starts = STARTS + timedelta(hours=days) if days < 4 else STARTS + timedelta(hours=8 - days)
        if days:
            move_appointment(appointment=booked, starts_at=starts, ends_at=starts + HOUR, by=actor("amira"), at=now)
        told.append(sending.tick(at=now))
    assert told == [1, 0, 0, 0, 0, 0, 0, 0]
    assert everything(Reminder).count() == 1
    assert sending.tick(at=now + timedelta(days=1)) == 1


def test_who_asked_for_no_messages_is_not_reminded_and_the_page_says_why(
    booked, agreed, samira, client, user, actor, now
):
    everything(Person).filter(pk=samira.pk).update(contact_rule="no_messages")
    assert (sending.tick(at=now), ways.kept) == (0, [])
    assert "keine Nachricht hinterlassen" in everything(Reminder).get().why_not
    client.force_login(user("amira"))
    page = client.get(reverse("reminder_list", args=[household_of(booked)])).content.decode()
    assert "Keine Erinnerung:" in page
    with pytest.raises(NotAllowed, match="um sichere Erreichbarkeit gebeten"):
        actions.agree_reminding(person=fresh(samira), channel="mail", by=actor("amira"), at=now)


def household_of(appointment: Appointment):
    from wurzelwerk.cases.models import Household

    return everything(Household).get(akte=appointment.akte).pk


def test_reminding_is_agreed_by_one_way_and_ended_with_its_way_back(samira, booked, client, user, now):
    client.force_login(user("amira"))
    page = reverse("reminder_list", args=[household_of(booked)])
    for channel in ("sms", "mail"):
        answer = client.post(reverse("reminding_agree", args=[samira.pk, channel]), follow=True)
        assert answer.redirect_chain == [(page, 302)]
    standing = everything(Reminding).get(ended_at__isnull=True)
    assert standing.channel == "mail"
    said = client.post(reverse("reminding_end", args=[standing.pk]), follow=True).content.decode()
    assert ("Es gehen keine Erinnerungen mehr hinaus." in said, "Rückgängig" in said) == (True, True)
    assert not everything(Reminding).filter(ended_at__isnull=True).exists()
    everything(Person).filter(pk=samira.pk).update(phone="0231 000111", email="")
    text = client.get(page).content.decode()
    assert ("Dafür fehlt eine Mobilnummer." in text, "Dafür fehlt eine E-Mail-Adresse." in text) == (True, True)


def test_link_of_a_reminder_ends_reminders(booked, agreed, client, now):
    sending.tick(at=now)
    path = link_in(ways.kept[0].text)
    page = client.get(path)
    assert (page.status_code, "عدم إرسال تذكيرات" in page.content.decode()) == (200, True)
    said = client.post(path, {"tun": "still", "sprache": "de"}, follow=True).content.decode()
    assert "Wir senden Ihnen keine Erinnerungen mehr." in said
    assert (fresh(agreed).by_link, sending.tick(at=STARTS - 2 * HOUR)) == (True, 0)
    assert client.post(path, {"tun": "still"}).status_code == 302  # twice does no harm
    assert everything(Link).get(purpose="portal.reminded", used_at__isnull=False).used_at == now


# -- by link ----------------------------------------------------------------------------------------------------------


def test_link_shows_when_and_where_and_nothing_else(slip_link, booked, client):
    page = client.get(slip_link).content.decode()
    shown = [
        "Donnerstag, 12. März 2026" in page,
        "10:00" in page,
        "Raum 2, Anlaufstelle Nordstadt" in page,
        "Eingang im Hof" in page,
    ]
    assert shown == [True] * 4
    assert [word for word in FORBIDDEN if word in page] == []
    assert fresh(booked).state == "planned"


def test_appointment_is_called_off_by_link_once(slip_link, booked, client, now):
    said = client.post(slip_link, {"tun": "absagen", "grund": "ill"}, follow=True).content.decode()
    assert ("Ihr Termin ist abgesagt. Danke" in said, fresh(booked).state) == (True, "cancelled")
    assert everything(Notice).get().text == "Ein Termin wurde über einen Link abgesagt. Grund: Krankheit."
    again = client.post(slip_link, {"tun": "absagen", "grund": "<script>"})
    assert (again.status_code, "Dieser Termin ist abgesagt." in again.content.decode()) == (200, True)
    assert everything(Notice).count() == 1


def test_appointment_is_put_to_a_free_time_by_link(slip_link, booked, client):
    times = times_on(client.get(slip_link))
    chosen = times[-1]
    said = client.post(slip_link, {"tun": "verlegen", "zeit": chosen}, follow=True).content.decode()
    assert ("Ihr Termin ist verlegt." in said, fresh(booked).starts_at.isoformat()) == (True, chosen)


def test_time_that_went_meanwhile_is_told_and_others_are_offered(
    slip_link, booked, client, case, room, user, actor, now
):
    times = times_on(client.get(slip_link))
    taken = datetime.fromisoformat(times[0])
    book(case=case, meeting=Meeting("counselling", taken, taken + HOUR, user("amira"), room), by=actor("amira"), at=now)
    for wish, said in (
        (times[0], "gerade vergeben worden"),
        ("", "Bitte wählen Sie eine Uhrzeit"),
        ("gestern\x00", "gerade vergeben"),
    ):
        page = client.post(slip_link, {"tun": "verlegen", "zeit": wish})
        assert (page.status_code, said in page.content.decode(), times[0] in times_on(page)) == (422, True, False)
        assert len(times_on(page)) > 10
    assert fresh(booked).starts_at == STARTS


@pytest.mark.parametrize("wanted", ["absagen", "verlegen", "frueher", "nehmen", "still", "unsinn", ""])
def test_nothing_changes_after_the_appointment(slip_link, booked, client, wanted):
    with clock.frozen(STARTS + HOUR):
        page = client.post(slip_link, {"tun": wanted, "zeit": "2026-03-20T10:00:00+00:00"}, follow=True)
        assert "Dieser Termin ist vorbei." in page.content.decode()
    assert fresh(booked).state == "planned"


def test_time_is_booked_by_an_invitation_and_its_link_leads_to_it_ever_after(case, room, client, user, now, agreed):
    office, person = Client(), client
    office.force_login(user("amira"))
    household = household_of(case)
    form = {
        "kind": "counselling",
        "host": str(user("amira").pk),
        "room": str(room.pk),
        "until": "20.03.2026",
        "to": str(agreed.pk),
    }
    page = office.post(reverse("invitation_new", args=[household]), form)
    link = re.search(r"<code>(https://wurzelwerk.example/l/[\w-]+/)</code>", page.content.decode())[1]
    assert "geht gleich hinaus" in page.content.decode()
    assert (sending.tick(at=now), link in ways.kept[0].text) == (1, True)
    assert link not in office.get(reverse("reminder_list", args=[household])).content.decode()
    path = urlsplit(link).path
    times = times_on(person.get(path + "?sprache=de"))
    assert {datetime.fromisoformat(time).date() <= date(2026, 3, 20) for time in times} == {True}
    said = person.post(path, {"tun": "buchen", "zeit": times[3], "sprache": "de"}, follow=True).content.decode()
    assert "Ihr Termin ist gebucht." in said
    row = everything(Appointment).get()
    assert (row.starts_at.isoformat(), row.host.username, row.place) == (
        times[3],
        "amira",
        "Raum 2, Anlaufstelle Nordstadt",
    )
    twice = person.post(path, {"tun": "buchen", "zeit": times[4], "sprache": "de"})
    assert (twice.status_code, everything(Appointment).count()) == (200, 1)
    assert "Anderen Termin wählen" in twice.content.decode()


def test_invitation_of_a_closed_case_or_for_what_nobody_books_is_refused(case, actor, user, now):
    values = {
        "case": case,
        "host": user("amira"),
        "room": None,
        "until": date(2026, 3, 20),
        "by": actor("amira"),
        "at": now,
    }
    with pytest.raises(Exception, match="nicht von außen"):
        actions.make_invitation(kind="home_visit", **values)
    with pytest.raises(NotAllowed):
        actions.make_invitation(kind="counselling", **(values | {"by": actor("carla")}))
    case.closed_on = date(2026, 3, 9)
    with pytest.raises(WrongState):
        actions.make_invitation(kind="counselling", **values)


# -- earlier ----------------------------------------------------------------------------------------------------------


def test_earlier_time_is_offered_to_who_waits_and_the_first_takes_it(
    case, booked, agreed, open_household, room, client, user, actor, now
):
    """Everything before is taken; one calls off; two wait; who comes first has it, the other is told kindly."""
    eight = STARTS.replace(hour=8)
    spans = [(eight - 24 * HOUR, 7 * HOUR), (eight, HOUR)]
    full, _rest = [book(case=case, meeting=Meeting("phone", begins, begins + lasts, user("amira")), by=actor("amira"), at=now)
                   for begins, lasts in spans]  # fmt: skip
    other = open_household(members=None)
    nour = everything(Person).get(akte=other.akte, given_name="Samira")
    everything(Person).filter(pk=nour.pk).update(phone="0151 12345679")
    actions.agree_reminding(person=fresh(nour), channel="sms", by=actor("amira"), at=now)
    second = book(case=other, by=actor("amira"), at=now,
                  meeting=Meeting("counselling", STARTS + 24 * HOUR, STARTS + 25 * HOUR, user("amira"), room))  # fmt: skip
    for appointment, person in ((booked, agreed.person_id), (second, nour.pk)):
        EarlierWish.objects.create(akte=appointment.akte, appointment=appointment, person=person, wished_at=now)
    sending.tick(at=now)
    ways.kept.clear()
    before = everything(EarlierOffer).filter(starts_at__lt=STARTS).count()
    cancel_appointment(appointment=full, by=actor("amira"), at=now)
    everything(EarlierOffer).update(expires_at=now + timedelta(seconds=1))
    later = now + HOUR
    assert (before, sending.tick(at=later) >= 2) == (0, True)
    paths = [link_in(message.text) for message in ways.kept[-2:]]
    with clock.frozen(later):
        pages = [client.get(path + "?sprache=de").content.decode() for path in paths]
        assert ["Ein früherer Termin ist frei" in page for page in pages] == [True, True]
        done = client.post(paths[0], {"tun": "nehmen", "sprache": "de"}, follow=True).content.decode()
        assert "Ihr Termin ist verlegt." in done
        late = client.post(paths[1], {"tun": "nehmen", "sprache": "de"})
        assert (late.status_code, "gerade vergeben worden" in late.content.decode()) == (422, True)
    moved = sorted(fresh(one).starts_at for one in (booked, second))
    assert moved[0] < STARTS
    assert everything(EarlierWish).filter(ended_at__isnull=False).count() == 1


def test_wish_for_an_earlier_time_is_made_by_a_reminders_link(booked, agreed, client, now):
    sending.tick(at=now)
    path = link_in(ways.kept[0].text)
    said = client.post(path, {"tun": "frueher", "wert": "ja", "sprache": "de"}, follow=True).content.decode()
    assert "Wir schreiben Ihnen, wenn etwas früher frei wird." in said
    assert everything(EarlierWish).get().ended_at is None
    client.post(path, {"tun": "frueher", "wert": "nein"})
    assert everything(EarlierWish).get().ended_at == now
    assert reminding.offer_earlier(now) == 0


# -- slips and links --------------------------------------------------------------------------------------------------


def test_slip_says_it_in_both_languages_and_names_nobody(booked, room, client, user, now):
    client.force_login(user("amira"))
    answer = client.post(reverse("appointment_slip", args=[booked.pk]), {"sprache": "ar"})
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("application/pdf", "private, no-store")
    pdf = PdfReader(io.BytesIO(answer.content))
    text = pdf.pages[0].extract_text()
    assert len(pdf.pages) == 1
    assert ("Donnerstag, 12. März 2026" in text, "Eingang im Hof" in text, "0231 000-11" in text) == (True, True, True)
    assert "مارس" in text
    assert [word for word in FORBIDDEN if word in text] == []
    assert geo_of(room) == "geo:51.5239,7.4591"


@pytest.mark.parametrize("language", ["de", "fa", "uk", "tr", "pl", "bg"])
def test_slip_is_one_page_in_every_language(booked, room, language, now):
    slip = Slip(booked, room, booked.akte.site, "https://wurzelwerk.example/l/abcdefghijklmnopqrstuv/", now)
    assert len(PdfReader(io.BytesIO(render_slip(slip, language=language))).pages) == 1


@pytest.mark.parametrize("language", ["de", "ar", "bg", "en", "fa", "fr", "pl", "ro", "ru", "tr", "uk"])
def test_place_in_free_words_goes_by_no_message_and_no_link_but_stands_on_the_slip(
    case, samira, user, actor, now, settings, language
):
    secret = "Beratung Gewaltschutz, Geheimweg 9"
    meeting = Meeting("counselling", STARTS, STARTS + HOUR, user("amira"), place=secret)
    row = book(case=case, meeting=meeting, by=actor("amira"), at=now)
    everything(PersonLanguage).filter(person=samira).delete()
    PersonLanguage.objects.create(akte=case.akte, person=samira, code=language)
    agreed = APPOINTMENT.of(language)["as_agreed"]
    for channel in ("sms", "mail"):
        everything(Reminder).delete()
        actions.agree_reminding(person=samira, channel=channel, by=actor("amira"), at=now)
        sending.tick(at=now)
        text = ways.kept[-1].text
        assert ("Geheimweg" in text, "Gewaltschutz" in text, agreed in text) == (False, False, True)
    page = Client().get(link_in(text) + f"?sprache={language}").content.decode()
    assert ("Geheimweg" in page, "Gewaltschutz" in page, agreed in page) == (False, False, True)
    slip = render_slip(Slip(row, None, row.akte.site, "", now), language=language)
    assert "Geheimweg 9" in PdfReader(io.BytesIO(slip)).pages[0].extract_text()


def test_office_by_its_name_is_told(case, samira, agreed, user, actor, now):
    meeting = Meeting("counselling", STARTS, STARTS + HOUR, user("amira"), place="Anlaufstelle Nordstadt")
    book(case=case, meeting=meeting, by=actor("amira"), at=now)
    sending.tick(at=now)
    assert "Anlaufstelle Nordstadt" in ways.kept[-1].text


def test_links_of_a_household_are_listed_revoked_and_freed(slip_link, booked, client, user):
    client.force_login(user("amira"))
    page = reverse("reminder_list", args=[household_of(booked)])
    text = client.get(page).content.decode()
    revoke = re.search(r'action="(/links/[^"]+/sperren/)"', text)[1]
    assert ("Terminzettel" in text, slip_link in text) == (True, False)
    assert "Rückgängig" in client.post(revoke, follow=True).content.decode()
    assert Client().get(slip_link).status_code == 404
    client.post(revoke.replace("sperren", "freigeben"))
    assert Client().get(slip_link).status_code == 200


def test_free_times_keep_away_from_what_the_host_has(booked, case, user, actor, room, now):
    slots = times_to_move(booked, at=now)
    assert {slot.starts_at >= now + 12 * HOUR for slot in slots} == {True}
    assert STARTS not in {slot.starts_at for slot in slots}


def test_page_of_links_asks_the_same_for_one_as_for_three(booked, case, room, client, user, actor, now):
    """Appointments, reminders and links do not multiply the questions; only people of age who can be reached do."""
    client.force_login(user("amira"))
    page = reverse("reminder_list", args=[household_of(booked)])
    until = booked.ends_at + HOUR
    counts = []
    for hours in (24, 48):
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        counts.append(len(asked))
        begins = STARTS + hours * HOUR
        book(case=case, meeting=Meeting("phone", begins, begins + HOUR, user("amira")), by=actor("amira"), at=now)
        issue_link(purpose="portal.appointment", thing=booked, valid_until=until, by=actor("amira"), at=now)
    assert (counts[0], counts[1] - counts[0]) == (counts[1], 0)
