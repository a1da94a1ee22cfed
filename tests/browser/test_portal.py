"""Pages that a link opens, as somebody without an account sees them: on a phone, in their language, without a script."""

import pytest

from .accessibility import run_over, violations
from .chromium import needs_browser
from .desk import NARROW, WIDE

pytestmark = needs_browser


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_link_that_opens_nothing_is_readable_in_every_direction(desk, width):
    person = desk(width=width)
    person.page.goto(f"{person.address}/l/kein-solcher-link/")
    for language, name in (("de", "العربية"), ("ar", "Polski"), ("pl", "Deutsch")):
        assert person.page.locator("html").get_attribute("lang") == language
        assert (violations(person.page), run_over(person.page)) == ([], [])
        person.page.locator("summary").press("Enter")
        assert violations(person.page) == []
        person.page.get_by_role("link", name=name).press("Enter")
