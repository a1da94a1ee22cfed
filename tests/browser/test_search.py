"""The search by hand and key: from anywhere, over all groups, on a telephone, on a slow line, without scripts."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import Route, expect

from wurzelwerk.cases.models import Household
from wurzelwerk.trust.actor import Actor

from . import accessibility
from .chromium import needs_browser
from .desk import NARROW, WIDE, Desk

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]
ENDED = "Sie sind nicht mehr angemeldet. Bitte laden Sie die Seite neu."


@pytest.fixture
def household(open_household) -> Household:
    """The household of five in Amira's team."""
    case = open_household()
    return Household.objects.visible_to(Actor.of(get_user_model().objects.get(username="amira"))).get(akte=case.akte)


def field(person: Desk):
    """The field of the search."""
    return person.page.locator("#suche")


def hits(person: Desk):
    """What is suggested."""
    return person.page.locator("#suchtreffer").get_by_role("option")


def active(person: Desk) -> str | None:
    """The hit on which the arrows stand, as a screen reader is told."""
    return person.page.evaluate("""() => {
        const here = document.getElementById(document.getElementById("suche").getAttribute("aria-activedescendant"));
        return here && here.getAttribute("aria-selected") === "true" ? here.innerText.split("\\n")[0] : null;
    }""")


def looked_at(person: Desk) -> Desk:
    """With the hits open: axe-core finds nothing, nothing runs over the side."""
    assert (accessibility.violations(person.page), accessibility.run_over(person.page)) == ([], [])
    return person


@pytest.mark.parametrize("page", ["today", "household_new", "contact_list"])
def test_ctrl_k_goes_to_the_search_and_escape_back_again(desk, page):
    amira = desk("amira").visit(page)
    amira.keys.to("Heute")
    amira.page.keyboard.press("Control+k")
    expect(field(amira)).to_be_focused()
    expect(hits(amira).first).to_be_visible()
    amira.page.keyboard.press("Escape")
    expect(amira.page.get_by_role("link", name="Heute", exact=True)).to_be_focused()
    expect(hits(amira)).to_have_count(0)


def test_arrows_walk_over_all_groups_and_enter_opens(desk, household):
    amira = desk("amira").visit("today")
    amira.page.keyboard.press("Control+k")
    amira.page.keyboard.type("ha")
    expect(amira.page.get_by_role("status").filter(has_text="Treffer")).to_have_count(1)
    walked = []
    for _ in range(hits(amira).count()):
        amira.page.keyboard.press("ArrowDown")
        walked.append(active(amira))
    assert walked == [text.split("\n")[0] for text in hits(amira).all_inner_texts()]
    assert {"Haushalt aufnehmen", "Haushalte"} <= set(walked)
    amira.page.keyboard.press("ArrowDown")
    assert active(amira) == walked[0]
    amira.page.keyboard.press("ArrowUp")
    assert active(amira) == walked[-1]
    expect(field(amira)).to_be_focused()
    looked_at(amira)
    amira.page.keyboard.press("ControlOrMeta+a")
    amira.page.keyboard.type("al-khat")
    expect(hits(amira).filter(has_text="Al-Khatib").first).to_be_visible()
    amira.page.keyboard.press("ArrowDown")
    amira.page.keyboard.press("Enter")
    expect(amira.page.get_by_role("heading", level=1)).to_have_text(household.name)
    assert urlsplit(amira.page.url).path == reverse("household", args=[household.pk])


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_page_of_results_stands_and_is_there_again_on_going_back(desk, household, width):
    amira = desk("amira", width=width).visit("today")
    if width == NARROW:
        amira.page.get_by_role("button", name="Überall suchen").click()
    field(amira).fill("Al-Khatib")
    expect(hits(amira).first).to_be_visible()
    looked_at(amira)
    field(amira).press("Enter")
    amira.stands("Suche")
    assert "Khatib" not in amira.page.url + amira.page.title()
    amira.page.get_by_role("main").get_by_role("link", name="Al-Khatib", exact=True).first.click()
    expect(amira.page.get_by_role("heading", level=1)).to_have_text(household.name)
    amira.back().stands("Suche")
    expect(amira.page.get_by_label("Überall suchen")).to_have_value("Al-Khatib")
    expect(amira.page.get_by_role("main").get_by_role("link", name="Al-Khatib", exact=True).first).to_be_visible()
    amira.page.keyboard.press("Control+k")
    expect(amira.page.get_by_label("Überall suchen")).to_be_focused()
    amira.page.keyboard.type("gibtesnicht")
    amira.page.keyboard.press("Enter")
    amira.reads("Nichts gefunden").stands("Suche")


def test_telephone_opens_the_search_over_the_whole_width_and_closes_it(desk, household):
    amira = desk("amira", width=NARROW).visit("today").stands()
    opener = amira.page.get_by_role("button", name="Überall suchen")
    assert opener.bounding_box()["height"] >= 44
    expect(field(amira)).to_be_hidden()
    opener.press("Enter")
    expect(field(amira)).to_be_focused()
    expect(hits(amira).first).to_be_visible()
    header, box = (amira.page.locator(name).bounding_box() for name in (".ww-header", "#suchtreffer"))
    assert (box["x"], box["width"]) == (header["x"], header["width"])
    looked_at(amira)
    amira.page.get_by_role("button", name="Suche schließen").click()
    expect(field(amira)).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    amira.page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_answer_that_comes_late_is_not_shown(desk, household):
    amira = desk("amira").visit("today")
    asked: list[str] = []

    def slow(route: Route) -> None:
        text = re.search(r"q=([^&]*)", route.request.post_data or "")[1]
        asked.append(text)
        if text == "Al-Khatib":
            amira.page.wait_for_timeout(600)
        route.continue_()

    amira.page.route("**/suche/vorschlaege/", slow)
    field(amira).focus()
    amira.page.keyboard.type("Al-Khatib")
    amira.page.wait_for_timeout(250)
    field(amira).fill("Passwort")
    expect(hits(amira).filter(has_text="Passwort ändern")).to_have_count(1)
    amira.page.wait_for_timeout(900)
    assert hits(amira).all_inner_texts() == ["Passwort ändern"]
    assert asked == ["Al-Khatib", "Passwort"]


def test_one_letter_asks_nothing_and_leaving_closes(desk, household):
    amira = desk("amira").visit("today")
    asked: list[str] = []
    amira.page.on("request", lambda request: asked.append(request.url) if "vorschlaege" in request.url else None)
    field(amira).focus()
    amira.page.keyboard.type("A")
    amira.page.wait_for_timeout(500)
    assert asked == []
    amira.page.keyboard.type("l-")
    expect(hits(amira).first).to_be_visible()
    amira.page.keyboard.press("Tab")
    expect(hits(amira)).to_have_count(0)
    assert len(asked) == 1


def test_ended_session_and_dead_line_are_said(desk, household):
    amira = desk("amira").visit("today")
    amira.page.context.clear_cookies(name="sessionid")
    field(amira).fill("Al-Khatib")
    amira.reads(ENDED)
    expect(hits(amira)).to_have_count(0)
    amira.page.context.set_offline(True)
    field(amira).fill("Al-Khat")
    amira.reads("Keine Verbindung. Bitte versuchen Sie es noch einmal.")
    amira.said[:] = [text for text in amira.said if "Failed to load resource" not in text]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_search_works_without_scripts(desk, household, width):
    amira = desk("amira", width=width, java_script_enabled=False).visit("search")
    amira.page.get_by_label("Überall suchen").fill("Al-Khatib")
    amira.press("Suchen")
    amira.page.get_by_role("main").get_by_role("link", name="Al-Khatib", exact=True).first.click()
    expect(amira.page.get_by_role("heading", level=1)).to_have_text(household.name)
    amira.page.get_by_role("link" if width == NARROW else "searchbox", name="Überall suchen").click()
    if width == NARROW:
        expect(amira.page.get_by_role("heading", level=1)).to_have_text("Suche")
