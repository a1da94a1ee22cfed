"""Letters to owners: written by who wins dwellings, kept with the owner, seen by nobody of the counselling."""

import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from tests.forms import as_shown
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.base.rooms import letter_partner
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.housing.actions.portfolio import add_building, record_owner
from wurzelwerk.letters import partner_actions as actions
from wurzelwerk.letters.models import Letter, PartnerLetter

OWNER = {"name": "Hausgemeinschaft Nord", "is_company": True, "contact_person": "Frau Brandt", "street": "Südwall 5",
         "postcode": "44137", "city": "Dortmund"}  # fmt: skip


@pytest.fixture
def owner(actor, now):
    """An owner of Ankerplatz with one house."""
    row = record_owner(values=OWNER, by=actor("jonas"), at=now)
    values = {"street": "Hansastraße", "number": "7", "postcode": "44137", "city": "Dortmund"}
    add_building(owner=row, values=values, by=actor("jonas"), at=now)
    return row


@pytest.fixture
def begin(owner, actor, now):
    """Begin a letter to the owner from a template."""

    def begin_it(template="owner_details", login="jonas"):
        partner = letter_partner(actor("jonas"), owner.akte_id)
        return actions.begin_partner_letter(partner=partner, template=template, by=actor(login), at=now)

    return begin_it


def send(letter, actor, now, login="jonas"):
    actions.send_partner_letter(letter=letter, way="post", sent_on=now.date(), by=actor(login), at=now)


def test_new_letter_says_what_is_known_of_the_owner(begin):
    letter = begin()
    assert letter.address.splitlines() == ["Hausgemeinschaft Nord", "Frau Brandt", "Südwall 5", "44137 Dortmund"]
    assert letter.salutation == "Guten Tag Frau Brandt,"
    assert "- Anschrift: Südwall 5, 44137 Dortmund\n- Häuser: Hansastraße 7" in letter.text
    assert "[" not in letter.text


def test_what_is_not_known_leaves_a_gap_that_stops_the_sending(begin, owner, actor, now):
    letter = begin("owner_question")
    with pytest.raises(BadInput, match=r"\[Anschrift der Wohnung\], \[Frage\], \[Tag\]"):
        send(letter, actor, now)
    assert PartnerLetter.objects.for_system(reason="test").get().sent_on is None


def test_sent_letter_stays_as_it_was_counted_and_is_taken_back(begin, actor, now):
    letter = begin()
    send(letter, actor, now)
    text = PdfReader(io.BytesIO(letter.content)).pages[0].extract_text()
    assert ("Hausgemeinschaft Nord" in text, "Hansastraße 7" in text) == (True, True)
    rows = standing_facts().filter(type="letters.sent")
    assert [(row.dimensions, row.person_key, row.household_key) for row in rows] == [
        ({"way": "post", "template": "owner_details"}, None, None)
    ]
    for late in (lambda: send(letter, actor, now), lambda: actions.discard_partner_letter(letter=letter, by=actor("jonas"), at=now)):  # fmt: skip
        with pytest.raises(WrongState):
            late()
    actions.take_back_partner_letter(letter=letter, by=actor("katja"), at=now)
    assert (letter.content, standing_facts().filter(type="letters.sent").exists()) == (None, False)


def test_database_refuses_a_sent_letter_without_its_sheet(begin, actor, now):
    letter = begin()
    send(letter, actor, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerLetter.objects.for_system(reason="test").update(content=None)


def test_nobody_but_who_wins_dwellings_writes_or_reads(begin, owner, actor, now):
    letter = begin()
    for login in ("amira", "elif", "carla", "goran", "frieda", "lars"):
        assert letter_partner(actor(login), owner.akte_id) is None
        assert not PartnerLetter.objects.visible_to(actor(login)).exists()
        with pytest.raises(NotAllowed):
            begin(login=login)
        with pytest.raises(NotAllowed):
            send(letter, actor, now, login)
    assert list(PartnerLetter.objects.visible_to(actor("katja"))) == [letter]


def test_letter_is_written_sent_and_taken_back_on_its_pages(browser, owner):
    jonas = browser("jonas")
    assert (
        reverse("partner_letters", args=[owner.akte_id])
        in jonas.get(reverse("owner", args=[owner.pk])).content.decode()
    )
    place = jonas.post(reverse("partner_letter_new", args=[owner.akte_id]), {"template": "owner_free"}).headers[
        "Location"
    ]
    sent = as_shown(jonas.get(place)) | {"subject": "Danke", "text": "Wir danken Ihnen.", "einmal": "k"}
    shown = jonas.post(place, sent, follow=True)
    letter = PartnerLetter.objects.for_system(reason="test").get()
    assert (letter.subject, shown.status_code) == ("Danke", 200)
    jonas.post(reverse("partner_letter_sent", args=[letter.pk]), {"way": "post", "sent_on": "10.03.2026"})
    pdf = jonas.get(reverse("partner_letter_pdf", args=[letter.pk]))
    assert pdf["Content-Disposition"] == 'inline; filename="brief-2026-03-10.pdf"'
    assert "Wir danken Ihnen." in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert jonas.get(reverse("partner_letter_edit", args=[letter.pk])).status_code == 404
    assert browser("amira").get(reverse("partner_letter", args=[letter.pk])).status_code == 404
    assert not Letter.objects.for_system(reason="test").exists()


def test_discarded_letter_leaves_the_list_and_comes_back(browser, begin, owner):
    letter, jonas = begin(), browser("jonas")
    gone = jonas.post(reverse("partner_letter_discard", args=[letter.pk]), follow=True)
    assert gone.context["lines"] == []
    jonas.post(reverse("partner_letter_restore", args=[letter.pk]))
    page = jonas.get(reverse("partner_letters", args=[owner.akte_id]))
    assert [row for row, _template in page.context["lines"]] == [letter]


def test_list_costs_the_same_for_one_and_for_three(browser, begin, owner, django_assert_num_queries):
    jonas, place = browser("jonas"), reverse("partner_letters", args=[owner.akte_id])
    begin()
    jonas.get(place)
    with django_assert_num_queries(8):
        jonas.get(place)
    begin()
    begin()
    with django_assert_num_queries(8):
        jonas.get(place)
