"""The team page for leads."""

import pytest

from wurzelwerk.cases.actions import MemberData


def test_team_shows_who_has_how_many_open_cases(browser, open_household):
    open_household(members=[MemberData(family_name="Ahmadi")])
    open_household(members=[MemberData(family_name="Zander")])
    open_household(login="bernd", members=[MemberData(family_name="Müller")])
    open_household(login="carla", members=[MemberData(family_name="Fremd")])
    answer = browser("elif").get("/team/")
    assert [(line.name, line.open, line.unseen) for line in answer.context["lines"]] == [
        ("Amira Scholz", 2, 0),
        ("Bernd Yıldız", 1, 0),
    ]
    assert "Anlaufstelle Nordstadt" in answer.content.decode()


@pytest.mark.parametrize("login", ["amira", "frieda", "jonas", "lars"])
def test_team_is_refused_to_people_who_lead_none(browser, login):
    answer = browser(login).get("/team/")
    assert answer.status_code == 403
    assert "Das ist mit Ihrer Rolle nicht möglich" in answer.content.decode()
