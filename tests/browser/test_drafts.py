"""What is typed into a long form survives: a reload, a dead line, a session that ended, somebody else at the desk."""

import re

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Household, Note
from wurzelwerk.drafts.models import Draft
from wurzelwerk.trust.actor import Actor

from .chromium import needs_browser
from .desk import NARROW, PASSWORD, WIDE, Desk, Opener

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]

TEXT = "Herr K. hat die Zusage der Schule mitgebracht."
DEAD = "Keine Verbindung: Ihr Text ist noch nicht gesichert"
ENDED = "Sie sind nicht mehr angemeldet: Ihr Text ist noch nicht gesichert"


@pytest.fixture
def case(open_household):
    """Amira's case of the family of five."""
    return open_household()


@pytest.fixture
def writing(desk: Opener, case):
    """Return a maker of windows in which somebody has the form of a journal entry before them."""

    def open_it(login: str = "amira", **options) -> Desk:
        household = Household.objects.visible_to(actor("amira")).get(akte=case.akte)
        return desk(login, **options).visit("note_new", household.pk)

    return open_it


def actor(login: str) -> Actor:
    return Actor.of(get_user_model().objects.get(username=login))


def entry(person: Desk):
    """The field of the entry."""
    return person.page.get_by_label("Eintrag", exact=True)


def quiet(person: Desk):
    """The line that says when the draft was kept."""
    return person.page.locator("[data-draft-quiet]")


def loud(person: Desk):
    """The line, always in sight, that says that the text is not kept."""
    return person.page.locator("[data-draft-title]")


def more(person: Desk):
    """The box below it: what is not kept, and what to do."""
    return person.page.locator("[data-draft-loud]")


def texts() -> list[str]:
    """The texts of all drafts."""
    rows = Draft.objects.for_system(reason="test").order_by("author__username")
    return [row.content["text"][0] for row in rows]


def forget_failed_requests(person: Desk) -> None:
    """The browser remarks on a request that fails; here it is made to fail."""
    person.said[:] = [text for text in person.said if not text.startswith("Failed to load resource")]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_typed_text_is_back_after_a_reload(writing, width):
    amira = writing(width=width)
    entry(amira).fill(TEXT)
    amira.tick("mit Sprachmittlung")
    expect(quiet(amira)).to_contain_text("Entwurf gesichert 10:0")
    amira.stands("Journaleintrag schreiben")
    amira.page.reload()
    expect(entry(amira)).to_have_value(TEXT)
    expect(amira.page.get_by_label("mit Sprachmittlung")).to_be_checked()
    amira.reads("Entwurf vom 10.03.2026, 10:0").stands()
    amira.press("Entwurf verwerfen").reads("Der Entwurf ist verworfen.")
    expect(entry(amira)).to_have_value("")
    amira.stands().press("Rückgängig")
    expect(entry(amira)).to_have_value(TEXT)


def test_saved_is_said_once_and_not_at_every_pause(writing):
    amira = writing()
    said = amira.page.locator("[data-draft-said]")
    entry(amira).fill("eins")
    expect(said).to_contain_text("Entwurf gesichert")
    amira.page.evaluate("document.querySelector('[data-draft-said]').textContent = ''")
    entry(amira).fill("eins zwei")
    with amira.page.expect_response(lambda answer: answer.request.method == "POST"):
        pass
    assert texts() == ["eins zwei"]
    expect(said).to_be_empty()


def test_leaving_the_page_keeps_what_was_typed_last(writing):
    amira = writing()
    amira.page.on("dialog", lambda dialog: dialog.accept())
    entry(amira).fill(TEXT)
    amira.menu("Heute")
    expect(amira.page.get_by_role("heading", name="Meine Termine")).to_be_visible()
    amira.back()
    amira.page.reload()
    expect(entry(amira)).to_have_value(TEXT)


def test_kept_text_does_not_ask_at_leaving(writing):
    amira = writing()
    asked = []
    amira.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    entry(amira).fill(TEXT)
    expect(quiet(amira)).to_be_visible()
    amira.menu("Heute")
    expect(amira.page.get_by_role("heading", name="Meine Termine")).to_be_visible()
    assert asked == []


def test_sending_leaves_no_draft(writing):
    amira = writing()
    amira.choose("Art", "Gespräch").choose("Thema", "Wohnen")
    entry(amira).fill(TEXT)
    expect(quiet(amira)).to_be_visible()
    entry(amira).fill(TEXT + " Danach Anruf.")
    amira.submit("Speichern", "Der Eintrag steht im Journal.")
    assert (texts(), Note.objects.visible_to(actor("amira")).get().text) == ([], TEXT + " Danach Anruf.")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_dead_line_shows_itself_and_what_is_not_kept(writing, width):
    amira = writing(width=width)
    here = amira.page.url
    amira.page.route(here, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    entry(amira).fill(TEXT)
    expect(loud(amira)).to_contain_text(DEAD)
    expect(more(amira)).to_contain_text("Noch nicht gesichert: Eintrag.")
    expect(amira.page.locator("[data-draft-said]")).to_contain_text(DEAD)
    expect(loud(amira)).to_be_in_viewport()
    amira.stands()
    amira.press("Speichern")
    expect(loud(amira)).to_contain_text("Nicht abgesendet.")
    expect(entry(amira)).to_have_value(TEXT)
    assert (amira.page.url, texts()) == (here, [])
    amira.page.unroute(here)
    expect(loud(amira)).to_be_hidden()
    expect(amira.page.locator("[data-draft-said]")).to_contain_text("Die Verbindung ist wieder da.")
    assert texts() == [TEXT]
    forget_failed_requests(amira)


def test_session_that_ended_keeps_the_text_until_the_new_login(writing):
    amira = writing()
    amira.page.context.clear_cookies()
    entry(amira).fill(TEXT)
    expect(loud(amira)).to_contain_text(ENDED)
    expect(entry(amira)).to_have_value(TEXT)
    amira.stands()
    with amira.page.context.expect_page() as opened:
        amira.page.get_by_role("link", name="In neuem Fenster anmelden").click()
    window = opened.value
    window.get_by_label("Anmeldename").fill("amira")
    window.get_by_label("Passwort").fill(PASSWORD)
    window.keyboard.press("Enter")
    expect(window.locator("#navigation")).to_be_attached()
    expect(loud(amira)).to_be_hidden()
    assert texts() == [TEXT]
    amira.choose("Art", "Gespräch").choose("Thema", "Wohnen").submit("Speichern", "Der Eintrag steht im Journal.")
    assert texts() == []
    forget_failed_requests(amira)


def test_text_does_not_become_that_of_somebody_else_at_the_same_desk(writing):
    amira = writing()
    amira.page.context.clear_cookies()
    window = amira.page.context.new_page()
    window.goto(amira.address + "/anmelden/")
    window.get_by_label("Anmeldename").fill("bernd")
    window.get_by_label("Passwort").fill(PASSWORD)
    window.keyboard.press("Enter")
    expect(window.locator("#navigation")).to_be_attached()
    entry(amira).fill(TEXT)
    expect(loud(amira)).to_contain_text("In diesem Browser ist jetzt jemand anderes angemeldet")
    amira.stands().choose("Art", "Gespräch").choose("Thema", "Wohnen").press("Speichern")
    expect(loud(amira)).to_contain_text("Nicht abgesendet.")
    assert (texts(), Note.objects.for_system(reason="test").count()) == ([], 0)
    forget_failed_requests(amira)


def test_refused_form_is_kept_without_another_key(writing):
    amira = writing()
    entry(amira).fill(TEXT)
    amira.press("Speichern")
    expect(amira.page.get_by_role("alert")).to_be_visible()
    expect(quiet(amira)).to_be_visible()
    assert texts() == [TEXT]


def test_intake_comes_back_with_every_person(desk):
    amira = desk("amira").visit("household_new")
    amira.fill({"Vorname": "Amal", "Familienname": "Haddad"}).press("Weitere Person")
    amira.page.get_by_label("Vorname").nth(1).fill("Nour")
    kept = re.compile(r"Nour.*entwurf=sichern")  # the question who may be that already is posted as well
    with amira.page.expect_response(lambda answer: kept.search(answer.request.post_data or "")):
        pass
    amira.page.reload()
    expect(amira.page.get_by_label("Vorname").nth(1)).to_have_value("Nour")
    amira.page.get_by_label("Beziehung zur Ansprechperson").nth(1).select_option(label="Kind")
    amira.stands("Haushalt aufnehmen").submit("Haushalt aufnehmen", "ist aufgenommen.")
    assert Draft.objects.for_system(reason="test").count() == 0


def test_form_works_without_scripts(writing):
    amira = writing()
    context = amira.page.context.browser.new_context(
        java_script_enabled=False, storage_state=amira.page.context.storage_state()
    )
    page = context.new_page()
    page.goto(amira.page.url)
    page.get_by_label("Art", exact=True).select_option(label="Gespräch")
    page.get_by_label("Thema", exact=True).select_option(label="Wohnen")
    page.get_by_label("Eintrag", exact=True).fill(TEXT)
    page.get_by_role("main").get_by_role("button", name="Speichern").click()
    expect(page.locator("body")).to_contain_text("Der Eintrag steht im Journal.")
    context.close()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_draft_is_offered_where_the_stored_changed(desk, case, now, width):
    household = Household.objects.visible_to(actor("amira")).get(akte=case.akte)
    amira = desk("amira", width=width).visit("economy_edit", household.pk)
    income = amira.page.get_by_label("Nettoeinkommen im Monat")
    income.fill("1.111")
    expect(quiet(amira)).to_be_visible()
    cases.set_economy(household=household, income_kinds=["wages"], monthly_net=2222, by=actor("bernd"), at=now)
    amira.page.reload()
    expect(income).to_have_value("2.222,00")
    amira.stands().follow("Entwurf einsetzen")
    expect(income).to_have_value("1.111")
    amira.reads("Bitte vergleichen Sie, bevor Sie speichern.").stands()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_begun_entry_is_found_again_on_heute(writing, width):
    amira = writing(width=width)
    entry(amira).fill(TEXT)
    expect(quiet(amira)).to_be_visible()
    amira.visit("today").reads("Begonnen und nicht gespeichert", "zuletzt 10.03.2026, 10:0").lacks(TEXT)
    amira.stands()
    panel = amira.panel("Begonnen und nicht gespeichert")
    panel.get_by_role("button", name="Verwerfen").click()
    amira.reads("Der Entwurf ist verworfen.").lacks("Begonnen und nicht gespeichert")
    amira.stands().press("Rückgängig")
    panel.get_by_role("link", name="Weiterschreiben").click()
    expect(entry(amira)).to_have_value(TEXT)
