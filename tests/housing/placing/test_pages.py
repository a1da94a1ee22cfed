"""The way from referral to keys in the browser's own requests; what is foreign is 404."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.forms import as_shown, fill_in
from wurzelwerk.base.errors import NotAllowed
from wurzelwerk.base.undo import undo_address
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Household, Notice, Referral
from wurzelwerk.housing import actions as housing
from wurzelwerk.housing.models import AfterCare, HousingSearch, Outcome, Placement, Round


@pytest.fixture
def as_user(client, user):
    """Log a person in."""

    def log_in(login: str):
        client.force_login(user(login))
        return client

    return log_in


@pytest.fixture
def run_round(actor, django_capture_on_commit_callbacks):
    """Press „Neue Runde“ and let the job run; returns the answer and the round."""

    def run(client):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("round_new"))
        return answer, Round.objects.visible_to(actor("jonas")).first()

    return run


def step(client, placement, code: str, **data):
    return client.post(reverse("placement_step", args=[placement.pk, code]), data)


def test_journey_from_referral_to_aftercare(as_user, referred, letting, actor, stage_of, run_round):
    referral, home = referred(), letting()
    scout = as_user("jonas")
    listed = scout.get(reverse("housing_search_list"))
    assert "5 Personen" in listed.content.decode()
    assert "Al-Khatib" not in listed.content.decode()
    answer = scout.post(reverse("housing_referral_accept", args=[referral.pk]))
    search = HousingSearch.objects.visible_to(actor("jonas")).get()
    assert answer.url == reverse("housing_search", args=[search.pk])
    page = scout.get(answer.url).content.decode()
    assert "Samira Al-Khatib" in page
    assert "0231 000111" in page

    answer, found = run_round(scout)
    assert (found.state, found.searches, found.lettings) == ("done", 1, 1)
    assert found.placed == 1, scout.get(reverse("round", args=[found.pk]) + "?ansicht=ohne").content.decode()
    assert home.offer.title in scout.get(answer.url).content.decode()
    answer = scout.post(reverse("round_propose", args=[found.pk]))
    placement = Placement.objects.visible_to(actor("jonas")).get()
    assert (placement.round, placement.override_reason) == (found, "")
    for code, data in [
        ("besichtigung", {"day": "12.03.2026", "time": "14:30", "place": "Musterweg 4"}),
        ("anfrage", {}),
        ("zusage", {}),
        ("vertrag", {"contract_from": "01.04.2026"}),
        ("schluessel", {"keys_on": "10.03.2026"}),
    ]:
        assert scout.get(reverse("placement_step", args=[placement.pk, code])).status_code == 200
        assert step(scout, placement, code, **data).status_code == 302, code
        assert scout.get(reverse("placement", args=[placement.pk])).status_code == 200
    assert stage_of(placement.household_ref) == "moved_in"

    counsellor = as_user("amira")
    page = counsellor.get(reverse("household", args=[placement.household_ref])).content.decode()
    assert "Nachbetreuung" in page
    assert home.offer.title in page
    first = AfterCare.objects.visible_to(actor("amira")).order_by("due_on").first()
    assert counsellor.get(reverse("aftercare_note", args=[first.pk])).status_code == 200
    counsellor.post(reverse("aftercare_note", args=[first.pk]), {"result": "kept", "text": "alles gut"})
    assert stage_of(placement.household_ref) == "settled_4w"
    counsellor.post(reverse("aftercare_take_back", args=[first.pk]), {"reason": "vertippt"})
    assert stage_of(placement.household_ref) == "moved_in"


def test_double_click_on_promise_promises_once(as_user, searching, letting, actor, now):
    placement = applied(searching(), letting(), actor, now)
    scout = as_user("jonas")
    data = {"einmal": "derselbe-schluessel"}
    first = step(scout, placement, "zusage", **data)
    second = step(scout, placement, "zusage", **data)
    assert (first.status_code, second.status_code) == (302, 302)
    placement.refresh_from_db()
    assert placement.state == "promised"
    assert placement.moves.for_system(reason="a test counts").filter(to_state="promised").count() == 1


def applied(search, home, actor, now) -> Placement:
    from datetime import timedelta

    from wurzelwerk.housing import actions as housing

    scout = actor("jonas")
    placement = housing.propose_placement(search=search, letting=home, override_reason="weil", by=scout, at=now)
    housing.arrange_viewing(placement=placement, viewing_at=now + timedelta(days=1), place="dort", by=scout, at=now)
    housing.ask_for_promise(placement=placement, by=scout, at=now)
    return placement


def test_late_promise_is_told_at_the_form(as_user, searching, letting, actor, now):
    from wurzelwerk.housing import actions as housing

    home = letting()
    first, second = applied(searching(), home, actor, now), applied(searching("bernd"), home, actor, now)
    housing.promise_placement(placement=first, by=actor("jonas"), at=now)
    answer = step(as_user("jonas"), second, "zusage")
    assert answer.status_code == 422
    assert "inzwischen einem anderen Haushalt zugesagt" in answer.content.decode()


def test_override_without_reason_keeps_what_was_chosen(as_user, searching, letting):
    search, home = searching(), letting()
    answer = as_user("jonas").post(
        reverse("placement_new"), {"search": str(search.pk), "letting": str(home.pk), "override_reason": ""}
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Bitte begründen Sie die Abweichung" in text
    assert f'value="{home.pk}" selected' in text


@pytest.mark.parametrize("login", ["irina", "carla", "frieda", "lars"])
def test_foreign_people_find_nothing(as_user, searching, letting, actor, now, login):
    placement = applied(searching(), letting(), actor, now)
    other = as_user(login)
    for address in (
        reverse("placement", args=[placement.pk]),
        reverse("placement_step", args=[placement.pk, "zusage"]),
        reverse("housing_search", args=[placement.search_id]),
        reverse("search_profile_edit", args=[placement.household_ref]),
        reverse("pathway_take_back", args=[placement.household_ref]),
        reverse("round_list"),
    ):
        assert other.get(address).status_code == 404, address
    assert other.post(reverse("placement_step", args=[placement.pk, "zusage"])).status_code == 404


def test_counsellor_reads_the_placement_and_moves_nothing(as_user, searching, letting, actor, now):
    placement = applied(searching(), letting(), actor, now)
    counsellor = as_user("amira")
    page = counsellor.get(reverse("placement", args=[placement.pk]))
    assert page.status_code == 200
    assert reverse("placement_step", args=[placement.pk, "zusage"]) not in page.content.decode()
    assert counsellor.post(reverse("placement_step", args=[placement.pk, "zusage"])).status_code == 404


def test_search_without_release_names_nobody(as_user, searching, actor, now):
    from wurzelwerk.cases.actions import end_referral

    search = searching()
    referral = Referral.objects.visible_to(actor("amira")).get()
    end_referral(referral=referral, reason="", by=actor("amira"), at=now)
    scout = as_user("jonas")
    page = scout.get(reverse("housing_search", args=[search.pk])).content.decode()
    assert "Weitergabe beendet" in page
    listed = scout.get(reverse("housing_search_list")).content.decode()
    assert "Al-Khatib" not in page + listed


def test_scout_never_meets_the_journal(as_user, searching, actor, now):
    from wurzelwerk.cases.actions import write_note
    from wurzelwerk.cases.models import Case

    search = searching()
    case = Case.objects.visible_to(actor("amira")).get(service="counselling")
    write_note(
        case=case, kind="conversation", theme="housing", text="Geheim: Gewalt", occurred_at=now, by=actor("amira"),
        at=now,
    )  # fmt: skip
    scout = as_user("jonas")
    shown = scout.get(reverse("housing_search", args=[search.pk])).content.decode()
    shown += scout.get(reverse("household", args=[search.household_ref])).content.decode()
    assert "Geheim" not in shown


def test_profile_is_proposed_from_household_and_claims(as_user, open_household, actor, now):
    from decimal import Decimal

    from wurzelwerk.cases.actions import set_accommodation, set_economy
    from wurzelwerk.housing.models import SearchProfile

    case = open_household()
    amira = actor("amira")
    household = Household.objects.visible_to(amira).get(akte=case.akte)
    set_economy(household=household, income_kinds=["sgb2"], monthly_net=Decimal("1900"), by=amira, at=now)
    set_accommodation(household=household, kind="transitional", by=amira, at=now)
    counsellor = as_user("amira")
    counsellor.post(reverse("pathway_start", args=[household.pk]))
    page = counsellor.get(reverse("household", args=[household.pk])).content.decode()
    assert "1.230" in page
    assert "110" in page
    answer = counsellor.get(reverse("search_profile_edit", args=[household.pk]))
    form = answer.context["form"]
    assert (form["persons"].value(), form["benefit_persons"].value()) == ("5", "5")
    assert (form["draws_benefits"].value(), form["priority"].value()) == ("yes", "2")
    data = {
        "persons": "5", "waiting_since": "10.03.2026", "draws_benefits": "yes", "benefit_persons": "5",
        "wbs_state": "unknown", "step_free": "no", "wished": ["hafen"], "excluded": ["eving"],
        "priority": "2", "grounds": ["children"],
    }  # fmt: skip
    assert counsellor.post(answer.request["PATH_INFO"], data).status_code == 302
    kept = SearchProfile.objects.visible_to(amira).get()
    assert kept.priority_ground == "Kinder im Haushalt"
    page = counsellor.get(reverse("household", args=[household.pk])).content.decode()
    assert "Suchprofil vollständig" in page
    answer = counsellor.post(
        reverse("search_profile_edit", args=[household.pk]), data | {"excluded": ["hafen"], "persons": "fünf"}
    )
    assert answer.status_code == 422


def test_every_view_of_a_round_opens_and_exports(as_user, searching, letting, actor, run_round):
    searching()
    letting(net_cold="1111", operating="200")
    searching("bernd")
    scout = as_user("jonas")
    _answer, found = run_round(scout)
    address = reverse("round", args=[found.pk])
    for view in ("vorschlaege", "ohne", "klaeren", "frei", "akquise", "paar"):
        assert scout.get(f"{address}?ansicht={view}").status_code == 200, view
    text = scout.get(f"{address}?ansicht=ohne").content.decode()
    assert "81\xa0€ über der Mietgrenze für 5 Personen" in text or "81 € über der Mietgrenze für 5 Personen" in text
    for view in ("vorschlaege", "ohne", "klaeren", "akquise"):
        assert scout.get(f"{address}?ansicht={view}&ausgabe=csv").status_code == 200, view
        assert scout.get(f"{address}?ansicht={view}&ausgabe=xlsx").status_code == 200, view
    search = HousingSearch.objects.visible_to(actor("jonas")).first()
    from wurzelwerk.housing.models import Letting

    home = Letting.objects.visible_to(actor("jonas")).get()
    pair = scout.get(f"{address}?ansicht=paar&suche={search.pk}&vermietung={home.pk}").content.decode()
    assert "Mietgrenze des Jobcenters" in pair
    assert scout.get(f"{address}?ansicht=nichts").status_code == 404


def test_ended_passing_on_leaves_nothing_of_the_household(as_user, searching, letting, actor, now, run_round):
    """Every page of the scout, also the lines and reasons of a round, and their files."""
    small = letting(title="Eine kleine Wohnung", rooms="1", area="30")
    search, scout = searching(), as_user("jonas")
    _answer, found = run_round(scout)
    placement = housing.propose_placement(
        search=search, letting=small, override_reason="weil", by=actor("jonas"), at=now
    )
    told = [
        reverse("housing_search", args=[search.pk]),
        f"{reverse('round', args=[found.pk])}?ansicht=ohne",
        f"{reverse('round', args=[found.pk])}?ansicht=ohne&ausgabe=csv",
    ]
    sentence = Outcome.objects.visible_to(actor("jonas")).get(kind="left").misses[0]["sentence"][:20]
    before = [scout.get(url).content.decode() for url in told]
    assert [("Al-Khatib" in text, sentence in text) for text in before] == [(True, True)] * 3
    referral = Referral.objects.visible_to(actor("amira")).get()
    cases.end_referral(referral=referral, reason="", by=actor("amira"), at=now)
    line = Outcome.objects.visible_to(actor("jonas")).get(kind="left")
    assert (line.explanation, line.misses, line.unclear) == ({}, [], [])
    lists = ["today", "household_list", "housing_search_list", "round_list", "notice_list", "placement_new"]
    every = [*told, *(reverse(name) for name in lists), reverse("placement", args=[placement.pk])]
    every += [f"{reverse('round', args=[found.pk])}?ansicht={part}" for part in ("vorschlaege", "klaeren", "paar")]
    every += [f"{reverse('housing_search_list')}?ausgabe=csv", f"{reverse('household_list')}?ausgabe=csv"]
    texts = {url: scout.get(url).content.decode() for url in every}
    assert {url for url, text in texts.items() if "Al-Khatib" in text or "Samira" in text} == set()
    assert {url for url, text in texts.items() if sentence in text} == set()
    assert scout.get(reverse("household", args=[search.household_ref])).status_code == 404


def test_after_care_is_noted_by_the_advising_body_alone(as_user, searching, letting, actor, now):
    placement = applied(searching(), letting(), actor, now)
    scout = actor("jonas")
    housing.promise_placement(placement=placement, by=scout, at=now)
    housing.sign_contract(placement=placement, contract_from=now.date(), by=scout, at=now)
    housing.hand_over_keys(placement=placement, keys_on=now.date(), by=scout, at=now)
    row = AfterCare.objects.visible_to(actor("amira")).first()
    assert as_user("jonas").post(reverse("aftercare_note", args=[row.pk]), {"result": "lost"}).status_code == 404
    with pytest.raises(NotAllowed):
        housing.note_aftercare(aftercare=row, result="lost", by=scout, at=now)


def test_reason_of_a_pause_stands_in_no_notice(searching, actor, now):
    search = searching()
    housing.pause_search(search=search, reason="Frau Al-Khatib ist im Krankenhaus", by=actor("jonas"), at=now)
    texts = [notice.text for notice in Notice.objects.visible_to(actor("amira"))]
    assert "Eine Wohnungssuche ruht." in texts
    assert [text for text in texts if "Krankenhaus" in text] == []


def test_two_arrange_a_viewing_and_are_shown_both_times(user, searching, letting, actor, now):
    """Both open the proposal before anything is arranged; afterwards one moves the day, the other the place."""
    placement = housing.propose_placement(
        search=searching(), letting=letting(), override_reason="weil", by=actor("jonas"), at=now
    )
    jonas, katja = Client(), Client()
    jonas.force_login(user("jonas"))
    katja.force_login(user("katja"))
    place = reverse("placement_step", args=[placement.pk, "besichtigung"])
    first, second = (as_shown(client.get(place)) for client in (jonas, katja))
    assert jonas.post(place, first | {"day": "12.03.2026", "time": "14:30"}).status_code == 302
    asked = katja.post(place, second | {"day": "13.03.2026", "time": "14:30"})
    assert (asked.status_code, list(asked.context["form"].opened.beside)) == (422, ["day"])
    first, second = (as_shown(client.get(place)) for client in (jonas, katja))
    assert jonas.post(place, first | {"day": "16.03.2026"}).status_code == 302
    assert katja.post(place, second | {"place": "am Hafen"}).status_code == 302
    placement.refresh_from_db()
    assert (f"{placement.viewing_at:%d.%m.%Y}", placement.viewing_place) == ("16.03.2026", "am Hafen")


def way_back(client, answer) -> str:
    """The address behind the button of the message on the page to which an answer leads."""
    page = client.get(answer.headers["Location"])
    return [undo_address(message) for message in page.context["messages"]][-1]


def test_every_step_of_a_placement_has_its_way_back_in_the_message(as_user, searching, letting, actor, now):
    placement = housing.propose_placement(
        search=searching(), letting=letting(), override_reason="weil", by=actor("jonas"), at=now
    )
    scout = as_user("jonas")
    ways = [
        ("besichtigung", {"day": "12.03.2026", "time": "14:30", "place": "dort"}),
        ("anfrage", {}), ("zusage", {}), ("vertrag", {"contract_from": "01.04.2026"}),
        ("schluessel", {"keys_on": "10.03.2026"}),
    ]  # fmt: skip
    ends = [("ablehnung", {"reason": "zu laut"}), ("rueckzug", {"reason": "Irrtum"})]
    for code, data in [*ways[:2], ("absage", {"decline_reason": "other_household"}), *ends, *ways[2:]]:
        before = Placement.objects.for_system(reason="test").get(pk=placement.pk).state
        for again in (True, False):
            answer = step(scout, placement, code, **data)
            assert answer.status_code == 302, (code, answer.content.decode())
            back = way_back(scout, answer)
            if again or code in {"absage", "ablehnung", "rueckzug"}:
                assert scout.post(back).status_code == 302
                placement.refresh_from_db()
                assert placement.state == before, code
                late = scout.post(back)
                assert (late.status_code, "schon zurückgenommen" in late.content.decode()) == (422, True)
    reasons = placement.moves.for_system(reason="test").filter(is_back=True).values_list("reason", flat=True)
    assert set(reasons) == {"Gleich wieder zurückgenommen."}


def test_viewing_that_is_only_moved_offers_no_step_back(as_user, searching, letting, actor, now):
    placement = housing.propose_placement(
        search=searching(), letting=letting(), override_reason="weil", by=actor("jonas"), at=now
    )
    housing.arrange_viewing(placement=placement, viewing_at=now, place="dort", by=actor("jonas"), at=now)
    scout = as_user("jonas")
    moved = fill_in(scout, reverse("placement_step", args=[placement.pk, "besichtigung"]),
                    {"day": "13.03.2026", "time": "14:30", "place": "dort"})  # fmt: skip
    assert way_back(scout, moved) == ""


@pytest.mark.parametrize("part", ["ruhen", "beenden"])
def test_search_that_rests_or_is_closed_goes_on_by_the_message(as_user, searching, part):
    search, scout = searching(), as_user("jonas")
    answer = scout.post(f"/suchen/{search.pk}/{part}/", {"reason": "im Urlaub"})
    search.refresh_from_db()
    assert search.state in {"paused", "ended"}
    scout.post(way_back(scout, answer))
    search.refresh_from_db()
    assert search.state == "searching"
