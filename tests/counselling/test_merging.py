"""The pages of a merge: found, compared, merged, parted; by whom, and by nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cases.merging import household_of, twice, work_on
from tests.cases.test_merging_persons import AGAIN, FIRST
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.merge_sides import side_of
from wurzelwerk.cases.models import Case, Household, HouseholdMember, Merge
from wurzelwerk.pathways import actions as pathways


@pytest.fixture
def both(open_household, actor, now) -> tuple[Household, Household]:
    by, found = actor("amira"), []
    for number, word in enumerate(("Erste", "Zweite")):
        case = open_household(members=twice(bool(number)))
        work_on(case, by, now, word)
        found.append(household_of(case))
    return found[0], found[1]


@pytest.fixture
def page(both) -> str:
    return reverse("household_merge", args=[both[0].pk, both[1].pk])


def sent(answer) -> dict[str, str]:
    """What the browser sends when nothing is changed in the preview."""
    form = answer.context["form"]
    return {name: form[name].value() for name in form.fields} | {"stand": answer.context["preview"].mark}


def test_other_akte_is_found_by_number_and_compared_with_the_older_first(both, browser):
    client = browser("amira")
    page = reverse("duplicate_choose", args=[both[1].pk])
    assert client.get(page).context["lines"] == []
    for text in (both[0].akte.reference.lower(), "0231 000111", "Samira Al-Khatib"):
        answer = client.post(page, {"text": text})
        assert answer.headers["Location"] == page
        found = client.get(page)
        check_found(found, both)
    assert client.post(page, {"text": ""}).status_code == 422
    assert client.get(reverse("duplicate_choose", args=[both[0].pk])).context["text"] == ""


def check_found(found, both) -> None:
    assert [(one, address) for one, _place, address in found.context["lines"]] == [
        (both[0], reverse("household_merge", args=[both[0].pk, both[1].pk]))
    ]


def test_preview_shows_both_sides_and_changes_nothing(both, page, browser):
    shown = browser("amira").get(page)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert [word in text for word in ("Zweiteweg 2", "Ersteweg 2", "samira@example.org", "Rami Haddad")] == [True] * 4
    assert dict(shown.context["preview"].coming)["Journaleinträge"] == 3
    assert not Merge.objects.for_system(reason="test").exists()


def test_merged_as_proposed_and_parted_by_the_message(both, page, browser):
    client = browser("amira")
    answer = client.post(page, sent(client.get(page)), follow=True)
    assert answer.redirect_chain == [(reverse("household", args=[both[0].pk]), 302)]
    assert "Zusammengeführt mit" in answer.content.decode()
    merge = Merge.objects.for_system(reason="test").get()
    undo = reverse("household_unmerge", args=[both[0].pk, merge.pk])
    assert undo in answer.content.decode()
    assert client.get(undo).status_code == 200
    parted = client.post(undo, follow=True)
    assert "wieder getrennt" in parted.content.decode()
    assert client.get(reverse("household", args=[both[1].pk])).status_code == 200


def test_household_given_up_leads_to_the_one_kept(both, page, browser):
    client = browser("amira")
    client.post(page, sent(client.get(page)))
    for name in ("household", "journal", "member_new"):
        answer = client.get(reverse(name, args=[both[1].pk]))
        assert answer.headers["Location"] == reverse("household", args=[both[0].pk]), name
    assert browser("carla").get(reverse("household", args=[both[1].pk])).status_code == 404


def test_change_meanwhile_shows_the_preview_again(both, page, browser, actor, now):
    client = browser("amira")
    data = sent(client.get(page))
    case = Case.objects.for_system(reason="test").get(akte=both[1].akte)
    cases.write_note(case=case, kind="talk", theme="housing", text="neu", occurred_at=now, by=actor("amira"), at=now)
    answer = client.post(page, data)
    assert answer.status_code == 422
    assert "Inzwischen hat sich etwas geändert" in answer.content.decode()
    assert not Merge.objects.for_system(reason="test").exists()
    assert client.post(page, sent(answer)).status_code == 302


@pytest.mark.parametrize("login", ["carla", "goran", "jonas", "katja", "frieda", "lars"])
def test_nobody_else_finds_the_pages(both, page, browser, login):
    client = browser(login)
    assert [client.get(page).status_code, client.post(page).status_code] == [404, 404]
    assert client.get(reverse("duplicate_choose", args=[both[0].pk])).status_code == 404


def test_pairing_is_chosen_by_ids_and_impossible_choices_say_so(both, page, browser):
    client = browser("amira")
    shown = client.get(page)
    fields = [name for name in shown.context["pairing"].fields if name.startswith("p-")]
    somebody = str(side_of(both[0]).persons[0].pk)
    wrong = client.get(page, dict.fromkeys(fields, somebody))
    assert "Eine Person kann nur einer anderen entsprechen" in wrong.content.decode()
    query = "&".join(f"{name}={somebody}" for name in fields)
    refused = client.post(f"{page}?{query}", sent(wrong))
    assert (refused.status_code, Merge.objects.for_system(reason="test").count()) == (422, 0)
    alone = client.get(page, {fields[0]: ""})
    assert alone.context["preview"].pairs == {}
    assert dict(alone.context["preview"].coming)["Personen"] == 3
    assert client.post(f"{page}?{fields[0]}=", sent(alone)).status_code == 302
    assert HouseholdMember.objects.for_system(reason="test").filter(household=both[0]).count() == 6


def test_what_stands_in_the_way_is_said_and_the_other_direction_offered(both, page, browser, actor, now):
    case = Case.objects.for_system(reason="test").get(akte=both[1].akte)
    pathways.start_journey(case=case, pathway="housing", by=actor("amira"), at=now)
    client = browser("amira")
    shown = client.get(page).content.decode()
    turned = reverse("household_merge", args=[both[1].pk, both[0].pk])
    assert ["läuft ein Weg" in shown, turned in shown, "Vorschau aktualisieren" in shown] == [True, True, False]
    answer = client.post(page, {"stand": "x"})
    assert (answer.status_code, Merge.objects.for_system(reason="test").count()) == (422, 0)
    other = client.get(turned)
    assert client.post(turned, sent(other)).status_code == 302


def test_household_with_itself_is_not_found(both, browser):
    assert browser("amira").get(reverse("household_merge", args=[both[0].pk, both[0].pk])).status_code == 404


def test_preview_costs_the_same_for_little_and_for_much(both, page, browser, open_household, actor, now):
    client = browser("amira")

    def cost() -> int:
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        return len(captured)

    before, by = cost(), actor("amira")
    for household in both:
        case = Case.objects.for_system(reason="test").get(akte=household.akte)
        for number in range(5):
            cases.write_note(case=case, kind="talk", theme="housing", text=str(number), occurred_at=now, by=by, at=now)
        cases.add_member(household=household, member=cases.MemberData("Neu", birth_date=now.date()), by=by, at=now)
    for _ in range(3):
        open_household()
    assert cost() == before


def test_household_page_asks_no_more_where_nothing_was_merged(both, browser):
    client = browser("amira")
    address = reverse("household", args=[both[0].pk])
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert [query for query in captured if "cases_merge" in query["sql"]] == []


@pytest.fixture
def in_one(open_household):
    return household_of(open_household(members=[FIRST, cases.MemberData("Lina", relation="child"), AGAIN]))


def test_person_twice_is_proposed_merged_and_parted(in_one, browser):
    client = browser("amira")
    choose = reverse("duplicate_choose", args=[in_one.pk])
    shown = client.get(choose)
    asked = {name: shown.context["twice"][name].value() for name in ("person", "double")}
    persons = [one.pk for one in side_of(in_one).persons]
    assert asked == {"person": str(persons[0]), "double": str(persons[2])}
    page = client.get(choose, asked).headers["Location"]
    assert page == reverse("person_merge", args=[in_one.pk, persons[0], persons[2]])
    same = client.get(choose, dict.fromkeys(asked, str(persons[0])))
    assert "zwei verschiedene Einträge" in same.content.decode()
    answer = client.post(page, sent(client.get(page)), follow=True)
    assert "einer geworden" in answer.content.decode()
    assert "Doppelt geführte Person zusammengeführt" in answer.content.decode()
    assert len(side_of(in_one).persons) == 2
    merge = Merge.objects.for_system(reason="test").get()
    undo = reverse("household_unmerge", args=[in_one.pk, merge.pk])
    assert "Einträge wieder trennen?" in client.get(undo).content.decode()
    assert "wieder zwei Einträge" in client.post(undo, follow=True).content.decode()
    assert len(side_of(in_one).persons) == 3
    assert client.get(page).status_code == 200


def test_preview_of_persons_is_for_two_of_one_household_and_its_team(in_one, both, browser):
    client, persons = browser("amira"), [one.pk for one in side_of(in_one).persons]
    foreign = side_of(both[0]).persons[0].pk
    for one, other in ((persons[0], persons[0]), (persons[0], foreign)):
        assert client.get(reverse("person_merge", args=[in_one.pk, one, other])).status_code == 404
    page = reverse("person_merge", args=[in_one.pk, *persons[:2]])
    assert client.post(page, {"stand": "alt"}).status_code == 422
    for login in ("carla", "goran", "jonas", "frieda", "lars"):
        assert [browser(login).get(page).status_code, browser(login).post(page).status_code] == [404, 404]
