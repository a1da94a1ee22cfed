"""A letter to many: who is found, who gets none and why, what is filed, and all of it taken back."""

import io
from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.conftest import family_of_five
from tests.forms import as_shown
from wurzelwerk.base import clock
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.base.undo import undo_address
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.models import Accommodation, Document, Household, Person
from wurzelwerk.evidence.indicators import Slice, count
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.letters import mailing_actions as actions
from wurzelwerk.letters import tasks_mailing
from wurzelwerk.letters.actions import send_letter, take_back_sending
from wurzelwerk.letters.indicators import INDICATORS
from wurzelwerk.letters.mailing_actions import MailingChoice, MailingText
from wurzelwerk.letters.mailing_lists import lines_of
from wurzelwerk.letters.models import Letter, Mailing
from wurzelwerk.letters.tasks_mailing import write_later
from wurzelwerk.network.models import District, ExportEntry, Membership, Site

TEXT = MailingText(
    "Einladung zum Sommerfest", "wir laden Sie herzlich zu einer Veranstaltung ein:\n\nAm 1. Juni im Hof."
)


def placed(case, by, at, **options):
    """Give the household of a case a place to live."""
    row = Household.objects.for_system(reason="test").get(akte=case.akte)
    values = {"kind": "own_flat", "street": "Weg 1", "postcode": "44145", "city": "Dortmund"} | options
    cases.set_accommodation(household=row, by=by, at=at, **values)
    return row


@pytest.fixture
def town(open_household, actor, now):
    """Five households of Amira's team: two that can be written to, three that cannot; one of Carla's."""
    by = actor("amira")

    def one(name, rule="", hint="", language="tr", login="amira", **options):
        member = MemberData("Ada", name, family_of_five()[0].birth_date, "self", languages=(language,))
        case = open_household(login, [member])
        Person.objects.for_system(reason="test").filter(akte=case.akte).update(contact_rule=rule, contact_hint=hint)
        return placed(case, actor(login), now, **options)

    district = District.objects.order_by("code").first()
    found = {
        "Aydin": one("Aydin", district=district),
        "Bondar": one("Bondar", language="uk"),
        "Cem": one("Cem", rule="no_letters"),
        "Demir": one("Demir", rule="only_via", hint="über die Schule"),
        "Esen": one("Esen", street="Verborgene Gasse 1"),
        "Fremd": one("Fremd", login="carla"),
    }
    Accommodation.objects.for_system(reason="test").filter(household=found["Esen"]).update(is_blocked=True)
    assert by
    return found


@pytest.fixture
def mailing(town, actor, now):
    return actions.begin_mailing(choice=MailingChoice("event"), by=actor("amira"), at=now)


def chosen(mailing, actor, now):
    lines = lines_of(mailing, actor=actor("amira"), on=now.date())
    return [(line.household.pk, line.person.pk) for line in lines if not line.barred]


def test_who_must_get_no_letter_is_left_out_and_said(mailing, actor, now):
    lines = lines_of(mailing, actor=actor("amira"), on=now.date())
    assert [(line.household.name, line.language, line.barred) for line in lines] == [
        ("Aydin", "tr", ""),
        ("Bondar", "uk", ""),
        ("Cem", "tr", "Gebeten: keine Post nach Hause."),
        ("Demir", "tr", "Gebeten: nur über eine andere Person oder Stelle: über die Schule."),
        ("Esen", "tr", "Für die Anschrift gilt eine Auskunftssperre (§ 51 BMG)."),
    ]


@pytest.mark.parametrize(("choice", "names"), [({"spoken": "uk"}, ["Bondar"]), ({"need": "housing"}, ["Bondar"])])
def test_filter_finds_by_language_and_by_need(town, actor, now, choice, names):
    by = actor("amira")
    from wurzelwerk.cases.models import Case

    case = Case.objects.for_system(reason="test").get(akte=town["Bondar"].akte)
    cases.note_need(case=case, kind="housing", by=by, at=now)
    mailing = actions.begin_mailing(choice=MailingChoice("event", **choice), by=by, at=now)
    assert [line.household.name for line in lines_of(mailing, actor=by, on=now.date())] == names


def test_filter_finds_by_district(town, actor, now):
    by = actor("amira")
    code = District.objects.order_by("code").first().code
    mailing = actions.begin_mailing(choice=MailingChoice("event", district=code), by=by, at=now)
    assert [line.household.name for line in lines_of(mailing, actor=by, on=now.date())] == ["Aydin"]


def test_list_costs_the_same_for_many(mailing, actor, now, django_assert_max_num_queries):
    by = actor("amira")
    by.granted_akten("contact")
    with django_assert_max_num_queries(6):
        lines_of(mailing, actor=by, on=now.date())


def test_letters_are_written_filed_printed_and_taken_back(browser, mailing, now, django_capture_on_commit_callbacks):
    client, address = browser(), reverse("mailing", args=[mailing.pk])
    page = client.get(address)
    text = page.content.decode()
    assert "Auskunftssperre" in text
    assert "Verborgene Gasse" not in text
    assert "Fremd" not in text
    sending = as_shown(page) | {"subject": TEXT.subject, "text": TEXT.text}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, sending).status_code == 302
    letters = Letter.objects.for_system(reason="test").order_by("begun_at", "pk")
    assert [(row.person.family_name, row.language, row.sent_way) for row in letters] == [
        ("Aydin", "tr", "post"), ("Bondar", "uk", "post"),
    ]  # fmt: skip
    assert Document.objects.for_system(reason="test").filter(removed_at__isnull=True).count() == 2
    pdf = PdfReader(io.BytesIO(client.get(reverse("mailing_pdf", args=[mailing.pk])).content))
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert ["Ada Aydin" in pages[0], "sizi içtenlikle bir etkinliğe" in pages[0], "Щиро запрошуємо" in pages[1]] == [
        True
    ] * 3
    sheet = load_workbook(io.BytesIO(b"".join(client.get(reverse("mailing_addresses", args=[mailing.pk])))))
    assert [row[:3] for row in sheet.active.iter_rows(min_row=2, values_only=True)] == [
        ("Ada Aydin", "Weg 1", "44145 Dortmund"), ("Ada Bondar", "Weg 1", "44145 Dortmund"),
    ]  # fmt: skip
    noted = ExportEntry.objects.values_list("user__username", "list_name", "kind", "rows")
    assert set(noted) == {("amira", "anschriften", "xlsx", 2), ("amira", "serienbrief", "pdf", 2)}
    assert "Alle zurücknehmen" in client.get(address).content.decode()
    client.post(reverse("mailing_take_back", args=[mailing.pk]))
    assert not Document.objects.for_system(reason="test").filter(removed_at__isnull=True).exists()
    assert not standing_facts().filter(type="letters.sent").exists()
    assert client.get(reverse("mailing_pdf", args=[mailing.pk])).status_code == 404


def test_who_asks_for_no_letters_after_the_list_was_shown_gets_none(
    mailing, actor, now, django_capture_on_commit_callbacks
):
    by = actor("amira")
    actions.start_mailing(mailing=mailing, text=TEXT, recipients=chosen(mailing, actor, now), by=by, at=now)
    Person.objects.for_system(reason="test").filter(family_name="Aydin").update(contact_rule="no_letters")
    with django_capture_on_commit_callbacks(execute=True):
        write_later(mailing)
    mailing.refresh_from_db()
    assert [why for _household, why in mailing.failures] == ["Gebeten: keine Post nach Hause."]
    assert (mailing.state, mailing.done, Letter.objects.for_system(reason="test").count()) == ("done", 2, 1)


def test_job_that_stopped_half_way_goes_on_and_writes_nobody_twice(mailing, actor, now, monkeypatch):
    by, written = actor("amira"), tasks_mailing.write_mailed_letter
    actions.start_mailing(mailing=mailing, text=TEXT, recipients=chosen(mailing, actor, now), by=by, at=now)

    def first_only(**given):
        if Letter.objects.for_system(reason="test").exists():
            raise KeyboardInterrupt
        return written(**given)

    monkeypatch.setattr(tasks_mailing, "write_mailed_letter", first_only)
    with pytest.raises(KeyboardInterrupt):
        tasks_mailing.write_mailing_job.func(mailing_id=str(mailing.pk))
    monkeypatch.undo()
    tasks_mailing.write_mailing_job.func(mailing_id=str(mailing.pk))
    mailing.refresh_from_db()
    names = [row.person.family_name for row in Letter.objects.for_system(reason="test").order_by("begun_at", "pk")]
    assert (mailing.state, mailing.done, names) == ("done", 2, ["Aydin", "Bondar"])


def test_mailing_that_nobody_writes_any_more_says_so_and_is_taken_back(mailing, browser, actor, now):
    by = actor("amira")
    actions.start_mailing(mailing=mailing, text=TEXT, recipients=chosen(mailing, actor, now), by=by, at=now)
    address = reverse("mailing", args=[mailing.pk])
    with clock.frozen(now + timedelta(minutes=50)):
        assert "Unterbrochen" not in browser().get(address).content.decode()
        browser().post(reverse("mailing_take_back", args=[mailing.pk]))
    with clock.frozen(now + timedelta(minutes=70)):
        mailing.refresh_from_db()
        assert mailing.state == "running"
        assert "Unterbrochen" in browser().get(address).content.decode()
        browser().post(reverse("mailing_take_back", args=[mailing.pk]))
    mailing.refresh_from_db()
    assert mailing.state == "undone"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (MailingText("Fest", "[Was, wann und wo]"), r"Im Brief steht noch: \[Was, wann und wo\]"),
        (MailingText("Fest", "Am {termin.datum}"), "Diese Felder gibt es nicht: termin.datum"),
    ],
)
def test_unfinished_text_starts_nothing(mailing, actor, now, text, why):
    with pytest.raises(BadInput, match=why):
        actions.start_mailing(
            mailing=mailing, text=text, recipients=chosen(mailing, actor, now), by=actor("amira"), at=now
        )


def test_mailing_is_started_once_and_by_the_own_team_alone(mailing, actor, now):
    options = {"mailing": mailing, "text": TEXT, "recipients": chosen(mailing, actor, now), "at": now}
    with pytest.raises(NotAllowed):
        actions.start_mailing(**options, by=actor("carla"))
    with pytest.raises(BadInput, match="mindestens einen Haushalt"):
        actions.start_mailing(**options | {"recipients": []}, by=actor("amira"))
    actions.start_mailing(**options, by=actor("amira"))
    with pytest.raises(WrongState):
        actions.start_mailing(**options, by=actor("amira"))
    with pytest.raises(WrongState):
        actions.take_back_mailing(mailing=mailing, by=actor("amira"), at=now)


def test_list_of_mailings_costs_the_same_for_one_and_for_three(browser, mailing, actor, now):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, costs = browser(), []
    for _number in range(2):
        client.get(reverse("mailing_list"))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("mailing_list")).status_code == 200
        costs.append(len(captured))
        for _more in range(2):
            actions.begin_mailing(choice=MailingChoice("event"), by=actor("amira"), at=now)
    assert costs == [costs[0]] * 2
    assert Mailing.objects.for_system(reason="test").count() == 5


def test_site_is_asked_for_and_narrows_where_somebody_writes_at_several(town, browser, actor, user, now):
    assert "site" not in browser().get(reverse("mailing_new")).context["form"].fields
    other = Site.objects.get(pk=actor("carla").home.site_id)
    Membership.objects.create(
        user=user("amira"), organisation=other.organisation, site=other, role="counsellor", valid_from=now.date()
    )
    assert (other.code, other.name) in browser().get(reverse("mailing_new")).context["form"].fields["site"].choices
    names = {
        site: [line.household.name for line in lines_of(
            actions.begin_mailing(choice=MailingChoice("event", site=site), by=actor("amira"), at=now),
            actor=actor("amira"), on=now.date(),
        )]
        for site in ("", other.code)
    }  # fmt: skip
    assert (len(names[""]), names[other.code]) == (6, ["Fremd"])


def undo_of(page) -> str:
    """The address behind "Rückgängig"."""
    return next(filter(None, map(undo_address, page.context["messages"])))


def test_selection_is_kept_under_a_name_for_oneself_and_begins_the_next(browser, town, user):
    client, place = browser(), reverse("mailing_new")
    sent = {
        "template": "event",
        "spoken": "uk",
        "need": "housing",
        "keep_as": "Wohnungssuche, ukrainisch",
        "einmal": "a",
    }
    assert client.post(place, sent).status_code == 302
    kept = client.get(place).context["kept"]
    assert [(one.name, one.query) for one in kept] == [("Wohnungssuche, ukrainisch", "spoken=uk&need=housing")]
    form = client.get(place, {"auswahl": kept[0].key}).context["form"]
    assert [form[name].value() for name in ("template", "district", "spoken", "need")] == [
        "event",
        None,
        "uk",
        "housing",
    ]
    again = client.post(place, sent | {"einmal": "b"})
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["keep_as"])
    assert Mailing.objects.for_system(reason="test").count() == 1
    assert browser("bernd").get(place).context["kept"] == []
    gone = client.post(reverse("mailing_filter_discard", args=[kept[0].key]), follow=True)
    assert gone.context["kept"] == []
    assert len(client.post(undo_of(gone), follow=True).context["kept"]) == 1
    assert browser("bernd").post(reverse("mailing_filter_discard", args=[kept[0].key])).status_code == 404


def test_labels_of_a_mailing_begin_on_the_chosen_place(
    browser, mailing, actor, now, django_capture_on_commit_callbacks
):
    by = actor("amira")
    address = reverse("mailing_labels", args=[mailing.pk])
    assert browser().get(address).status_code == 404
    actions.start_mailing(mailing=mailing, text=TEXT, recipients=chosen(mailing, actor, now), by=by, at=now)
    with django_capture_on_commit_callbacks(execute=True):
        write_later(mailing)
    answer = browser().get(address, {"ab": 24})
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert [("Ada Aydin" in page, "Ada Bondar" in page) for page in pages] == [(True, False), (False, True)]
    assert answer["Content-Disposition"] == 'inline; filename="etiketten.pdf"'
    assert [browser().get(address, {"ab": place}).status_code for place in ("0", "25", "x")] == [404] * 3
    assert list(ExportEntry.objects.values_list("list_name", "kind", "rows")) == [("etiketten", "pdf", 2)]
    assert browser("carla").get(address).status_code == 404


def test_letters_are_counted_by_template_and_month(begin, actor, now):
    by, home = actor("amira"), None
    for template, target in (("invitation", "person"), ("free", "other"), ("free", "other")):
        letter = begin(template, target)
        letter.address, letter.text, letter.subject = "Ada\n44145 Dortmund", "Text", "Betreff"
        letter.save()
        send_letter(letter=letter, way="hand", sent_on=now.date(), home=home, by=by, at=now)
    take_back_sending(letter=letter, by=by, at=now)
    march, april = (Slice(f"{month}", date(2026, month, 1), date(2026, month, 28)) for month in (3, 4))
    known = {one.code: one for one in INDICATORS}
    found = {
        code: count(known[code], [march, april], readable=Q())
        for code in ("letters_sent", "letters_sent_free", "letters_sent_event")
    }
    assert found == {
        "letters_sent": {"3": 2, "4": 0}, "letters_sent_free": {"3": 1, "4": 0}, "letters_sent_event": {"3": 0, "4": 0},
    }  # fmt: skip
