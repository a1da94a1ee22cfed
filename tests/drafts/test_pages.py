"""A form that keeps a draft: what the script sends, what the page shows, what sending and discarding do."""

import logging
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.forms import as_shown
from wurzelwerk.base.undo import undo_address
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import EconomicSituation, Household, Note
from wurzelwerk.drafts import rules

SECRET = "Streit mit dem Bruder in Hagen"
NOTE = {"kind": "conversation", "theme": "housing", "day": "10.03.2026", "text": SECRET}


def shown(page) -> str:
    return page.content.decode()


def test_form_that_keeps_drafts_says_so_to_the_script(browser, note_page, user):
    page = shown(browser().get(note_page))
    assert f'data-draft="{note_page}"' in page
    assert f'name="entwurf-stand" value="{user("amira").pk.hex}."' in page
    assert page.count("data-draft-line") == 1
    assert "Entwurf vom" not in page


def test_text_is_back_when_the_form_is_opened_again(browser, note_page, types):
    client = browser()
    answer = types(client, note_page, **NOTE, interpreter="on", minutes="45")
    assert (answer.status_code, answer.json()) == (200, {"kept": "10:00\u00a0Uhr"})
    page = client.get(note_page)
    form = page.context["form"]
    assert [form[name].value() for name in ("text", "kind", "theme", "day", "minutes", "interpreter")] == [
        SECRET, "conversation", "housing", "10.03.2026", "45", True,
    ]  # fmt: skip
    assert "Entwurf vom 10.03.2026, 10:00\u00a0Uhr" in shown(page)


def test_ticked_people_and_emptied_fields_are_back_too(browser, household, note_page, types, actor):
    persons = [str(one.person_id) for one in household.members.visible_to(actor("amira"))][:2]
    client = browser()
    types(client, note_page, **{**NOTE, "day": ""}, participants=persons)
    form = client.get(note_page).context["form"]
    assert (form["participants"].value(), form["day"].value(), form["interpreter"].value()) == (persons, "", False)


@pytest.mark.parametrize("login", ["bernd", "elif"])
def test_colleague_opens_an_empty_form(browser, note_page, types, login):
    types(browser(), note_page, **NOTE)
    page = shown(browser(login).get(note_page))
    assert SECRET not in page
    assert "Entwurf vom" not in page


@pytest.mark.parametrize("login", ["carla", "goran", "jonas", "frieda", "lars"])
def test_foreign_form_keeps_no_draft_and_is_not_there(browser, note_page, types, login, drafts):
    for wish in ("", "?entwurf=verwerfen", "?entwurf=zurueckholen"):
        assert types(browser(login), note_page + wish, login, **NOTE).status_code == 404
    assert drafts() == []


def test_colleague_cannot_discard_somebodys_draft(browser, note_page, types, drafts):
    types(browser(), note_page, **NOTE)
    browser("bernd").post(note_page + "?entwurf=verwerfen")
    assert [one.discarded_at for one in drafts()] == [None]


def test_page_made_for_somebody_else_keeps_nothing(browser, note_page, types, drafts):
    """Amira's page is still open when Bernd logs in on the same desk: her text does not become his."""
    answer = types(browser("bernd"), note_page, "amira", **NOTE)
    assert (answer.status_code, answer.json(), drafts()) == (409, {"why": "other"}, [])


def test_who_is_logged_out_is_led_to_the_login(client, note_page, types, drafts, city):
    answer = types(client, note_page, **NOTE)
    assert (answer.status_code, urlsplit(answer.headers["Location"]).path, drafts()) == (302, reverse("login"), [])


def test_draft_waits_behind_the_login(browser, note_page, types, user):
    types(browser(), note_page, **NOTE)
    again = browser()
    assert SECRET in shown(again.get(note_page))


def test_request_without_the_pages_token_is_refused(browser, note_page, types, drafts):
    answer = types(browser(enforce_csrf_checks=True), note_page, **NOTE)
    assert (answer.status_code, drafts()) == (403, [])


def test_sending_removes_the_draft(browser, note_page, types, drafts, actor):
    client = browser()
    types(client, note_page, **NOTE)
    client.post(note_page, {**NOTE, "einmal": "k"})
    assert (drafts(), Note.objects.visible_to(actor("amira")).get().text) == ([], SECRET)


def test_refused_form_keeps_the_draft(browser, note_page, types, drafts):
    client = browser()
    types(client, note_page, **NOTE)
    answer = client.post(note_page, {**NOTE, "kind": "", "einmal": "k"})
    assert (answer.status_code, len(drafts())) == (422, 1)
    assert "data-draft-behind" in shown(answer)


def test_failed_write_keeps_the_draft(browser, note_page, types, drafts, monkeypatch):
    client = browser()
    types(client, note_page, **NOTE)

    def fail(**_options):
        raise ZeroDivisionError

    monkeypatch.setattr(cases, "write_note", fail)
    with pytest.raises(ZeroDivisionError):
        client.post(note_page, {**NOTE, "einmal": "k"})
    assert len(drafts()) == 1


def test_late_request_of_a_sent_form_brings_no_draft_back(browser, note_page, types, drafts):
    client = browser()
    client.post(note_page, {**NOTE, "einmal": "k"})
    answer = types(client, note_page, **NOTE, einmal="k")
    assert (answer.status_code, answer.json(), drafts()) == (409, {"why": "sent"}, [])


def test_double_click_makes_one_entry_and_leaves_no_draft(browser, note_page, types, drafts, actor):
    client = browser()
    types(client, note_page, **NOTE)
    for _ in range(2):
        client.post(note_page, {**NOTE, "einmal": "k"})
    assert (drafts(), Note.objects.visible_to(actor("amira")).count()) == ([], 1)


def test_discarded_draft_comes_back_by_the_button_of_the_message(browser, note_page, types):
    client = browser()
    types(client, note_page, **NOTE)
    answer = client.post(note_page + "?entwurf=verwerfen")
    page = client.get(answer.headers["Location"])
    assert (answer.headers["Location"], SECRET in shown(page)) == (note_page, False)
    back = [undo_address(message) for message in page.context["messages"]][-1]
    assert SECRET in shown(client.get(client.post(back).headers["Location"]))


def test_following_a_link_discards_nothing(browser, note_page, types, drafts):
    client = browser()
    types(client, note_page, **NOTE)
    for wish in ("verwerfen", "zurueckholen", "sichern", "x" * 500):
        assert client.get(f"{note_page}?entwurf={wish}").status_code == 200
    assert [(one.discarded_at, one.content["text"]) for one in drafts()] == [(None, [SECRET])]


def test_keys_files_and_signs_that_cannot_be_kept_are_not(browser, note_page, types, drafts):
    types(browser(), note_page, text="a\x00b", einmal="k", csrfmiddlewaretoken="t")
    assert drafts()[0].content == {"text": ["ab"]}


def test_too_long_a_draft_is_refused_with_a_sentence(browser, note_page, types, drafts):
    answer = types(browser(), note_page, text="x" * (rules.LARGEST + 1))
    assert (answer.status_code, drafts()) == (422, [])
    assert answer.json()["sentence"].startswith("Der Text ist zu lang")


@pytest.mark.parametrize(
    "junk", [[], "x", 7, {"text": 7}, {"text": [None]}, {"day": [{"a": 1}], "kind": []}, {"fremd": ["x"]}]
)
def test_junk_in_the_row_leaves_the_form_as_it_was(browser, note_page, types, drafts, junk):
    client = browser()
    types(client, note_page, **NOTE)
    row = drafts()[0]
    row.content = junk
    row.save()
    page = client.get(note_page)
    assert (page.status_code, page.context["form"]["text"].value() or "") == (200, "")


def test_markup_in_a_draft_is_text(browser, note_page, types):
    client = browser()
    types(client, note_page, **{**NOTE, "text": '</textarea><script>alert("x")</script>'})
    assert "<script>alert" not in shown(client.get(note_page))


def test_draft_stands_aside_where_the_stored_changed(browser, household, types, actor, now):
    page = reverse("economy_edit", args=[household.pk])
    client, by = browser(), actor("amira")
    begun = client.get(page).context["form"]
    draft = {"monthly_net": "1.000", "income_kinds": ["sgb2"], "stand": begun.opened.signed}
    types(client, page, state=begun.draft.mark.partition(".")[2], **draft)
    assert client.get(page).context["form"]["monthly_net"].value() == "1.000"
    cases.set_economy(
        household=household, income_kinds=["child_benefit"], yearly_chargeable=Decimal(9000), by=by, at=now
    )
    aside = client.get(page)
    assert aside.context["form"]["yearly_chargeable"].value() == "9.000,00"
    assert "Die gespeicherten Angaben haben sich seither geändert. Das Formular zeigt den neuen Stand." in shown(aside)
    assert "data-draft=" not in shown(aside)
    put_in = client.get(page + "?entwurf=einsetzen")
    form = put_in.context["form"]
    assert [form[name].value() for name in ("monthly_net", "yearly_chargeable", "income_kinds")] == [
        "1.000", "9.000,00", ["child_benefit", "sgb2"],
    ]  # fmt: skip
    assert "Bitte vergleichen Sie, bevor Sie speichern." in shown(put_in)
    assert f'data-draft="{page}"' in shown(put_in)
    client.post(page + "?entwurf=einsetzen", as_shown(put_in))
    kept = EconomicSituation.objects.visible_to(by).get()
    assert (kept.monthly_net, kept.yearly_chargeable) == (Decimal(1000), Decimal(9000))
    assert "Entwurf" not in shown(client.get(page)).partition("data-draft-line")[0]


def test_draft_that_collides_shows_both_until_somebody_chooses(browser, household, types, actor, now):
    """Also when it was kept again meanwhile: what was typed once does not win by being kept."""
    page, client, by = reverse("economy_edit", args=[household.pk]), browser(), actor("amira")
    begun = as_shown(client.get(page))
    types(client, page, state="x", monthly_net="1.000", stand=begun["stand"])
    cases.set_economy(household=household, income_kinds=[], monthly_net=Decimal(2000), by=by, at=now)
    put_in = client.get(page + "?entwurf=einsetzen")
    assert "Inzwischen steht etwas anderes als in Ihrem Entwurf bei „Nettoeinkommen im Monat“." in shown(put_in)
    mark = put_in.context["form"].draft.mark.partition(".")[2]
    types(client, page, state=mark, **(as_shown(put_in) | {"yearly_chargeable": "5"}))
    again = client.get(page)
    form = again.context["form"]
    assert (form["monthly_net"].value(), form["yearly_chargeable"].value()) == ("1.000", "5")
    assert form.opened.beside["monthly_net"].theirs == "2.000,00\u00a0€"
    assert client.post(page, as_shown(again)).status_code == 422
    assert EconomicSituation.objects.visible_to(by).get().monthly_net == Decimal(2000)
    client.post(page, as_shown(again) | {"fassung-monthly_net": "eigene"})
    assert EconomicSituation.objects.visible_to(by).get().monthly_net == Decimal(1000)


def test_intake_comes_back_with_all_its_rows(browser, types, drafts, user, actor):
    page, client = reverse("household_new"), browser()
    typed = {
        "person-zeilen": "0,2", "person-0-given_name": "Samira", "person-0-family_name": "Al-Khatib",
        "person-2-given_name": "Lina", "person-2-r-basis": "eu", "anliegen-zeilen": "0", "anliegen-0-kind": "housing",
        "street": "Beispielweg 3", "income_kinds": ["sgb2", "child_benefit"],
    }  # fmt: skip
    types(client, page, **typed)
    form = client.get(page).context["form"]
    assert [row["given_name"].value() for row in form.members.forms] == ["Samira", "Lina"]
    assert form.members.forms[1].residence["basis"].value() == "eu"
    assert (form.circumstances["street"].value(), form.circumstances["income_kinds"].value()) == (
        "Beispielweg 3", ["sgb2", "child_benefit"],
    )  # fmt: skip
    assert len(form.circumstances["einmal"].value()) > 20
    assert "Samira" not in shown(browser("bernd").get(page))
    sent = {**typed, "person-0-relation": "self", "person-0-r-basis": "not_asked", "person-2-relation": "child",
            "kind": "transitional", "anliegen-0-urgency": "1", "einmal": "k"}  # fmt: skip
    client.post(page, sent)
    assert (Household.objects.visible_to(actor("amira")).count(), drafts()) == (1, [])


def test_row_added_to_the_intake_keeps_the_drafts_mark(browser, user):
    page = browser().post(reverse("household_new"), {"person-zeilen": "0", "person-mehr": "1"})
    assert (page.status_code, f'data-draft="{reverse("household_new")}"' in shown(page)) == (200, True)
    assert f'value="{user("amira").pk.hex}."' in shown(page)


def test_drafts_of_two_households_do_not_meet(browser, household, note_page, types, open_household, actor):
    other = open_household()
    second = Household.objects.visible_to(actor("amira")).get(akte=other.akte)
    client = browser()
    types(client, note_page, **NOTE)
    assert SECRET not in shown(client.get(reverse("note_new", args=[second.pk])))


def test_offering_a_draft_costs_one_query(browser, note_page, types):
    client = browser()
    client.get(note_page)
    with CaptureQueriesContext(connection) as without:
        client.get(note_page)
    types(client, note_page, **NOTE)
    with CaptureQueriesContext(connection) as captured:
        client.get(note_page)
    asked = [query["sql"] for query in captured if "drafts_draft" in query["sql"]]
    assert (len(asked), len(captured)) == (1, len(without))


def test_addresses_and_logs_tell_nothing_of_the_text(browser, note_page, types, caplog):
    client = browser()
    with caplog.at_level(logging.DEBUG):
        types(client, note_page, **NOTE)
        types(client, note_page, text=SECRET + "x" * rules.LARGEST)
        page = client.get(note_page)
        discarded = client.post(note_page + "?entwurf=verwerfen")
    told = "".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    assert SECRET not in told
    assert SECRET not in discarded.headers["Location"] + page.request["PATH_INFO"]
    assert "no-store" in page.headers["Cache-Control"]
