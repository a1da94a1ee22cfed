"""Other households that Ankerplatz searches for, so that a round has something to weigh: made by the actions."""

from datetime import date

from tests.conftest import NOW
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.models import Household
from wurzelwerk.housing import actions as housing
from wurzelwerk.housing.actions import ProfileData
from wurzelwerk.network.models import Organisation, User
from wurzelwerk.pathways.actions import start_journey
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.actor import Actor

WITH_WBS = {"wbs_state": "held", "wbs_kind": "a", "wbs_valid_until": date(2026, 12, 31)}
FIVE = {"persons": 5, "benefit_persons": 5, "draws_benefits": True}
TWO = {"persons": 2, "benefit_persons": 2, "draws_benefits": True}
NEIGHBOURS = {
    "Okoye": (5, ProfileData(**FIVE, **WITH_WBS, wbs_persons=5, waiting_since=date(2026, 2, 1))),
    "Bergmann": (2, ProfileData(**TWO, **WITH_WBS, wbs_persons=2, waiting_since=date(2025, 11, 1))),
    "Dimitrova": (5, ProfileData(**FIVE, wbs_state="unknown", waiting_since=date(2026, 1, 15))),
}
"""Who would take the same dwelling, for whom it is too dear, and for whom a paper is missing."""
STAGES = ["search", "viewing", "interest", "chosen", "contract"]


def move_in_next_door() -> None:
    """Take them in at the contact point of the south, and let Ankerplatz accept them."""
    for name, (persons, profile) in NEIGHBOURS.items():
        _search_for(_members(name, persons), profile)


def _actor(login: str) -> Actor:
    return Actor.of(User.objects.get(username=login))


def _members(name: str, persons: int) -> list[MemberData]:
    grown = [MemberData("Ada", name, date(1985, 6, 1), "self", benefit_unit=1, languages=("en",))]
    born = [date(2012 + n, 3, 1) for n in range(persons - 1)]
    return grown + [MemberData(f"Kind {n}", name, day, "child", benefit_unit=1) for n, day in enumerate(born, 1)]


def _search_for(members: list[MemberData], profile: ProfileData) -> None:
    by, ankerplatz = _actor("carla"), Organisation.objects.get(code="ankerplatz")
    city = Organisation.objects.get(code="stadt")
    akte = trust.open_akte(controller=city, site=city.sites.get(code="stadt-sued"), subject="household", by=by, at=NOW)
    household: Household = cases.form_household(akte=akte, members=members, by=by, at=NOW)
    case = cases.open_case(akte=akte, service="counselling", household=household, by=by, at=NOW)
    start_journey(case=case, pathway="housing", by=by, at=NOW)
    housing.keep_profile(household=household, profile=profile, by=by, at=NOW)
    for member in household.members.visible_to(by):
        consent = trust.prepare_release(
            akte=akte, subject=member.person_id, receiver=ankerplatz, purpose="housing", stages=STAGES, language="de",
            valid_until=date(2027, 3, 10), by=by, at=NOW,
        )  # fmt: skip
        trust.record_signature(consent=consent, signed_on=date(2026, 3, 9), by=by, at=NOW)
    sent = cases.send_referral(case=case, household=household, receiver=ankerplatz, purpose="housing", by=by, at=NOW)
    housing.accept_search(referral=sent, by=_actor("jonas"), at=NOW)
