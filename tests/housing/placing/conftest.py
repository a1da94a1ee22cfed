"""A household of five on its way to a dwelling of Ankerplatz."""

from datetime import date
from decimal import Decimal

import pytest

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Household
from wurzelwerk.housing import actions as housing
from wurzelwerk.housing.actions import ProfileData
from wurzelwerk.housing.models import Building, Dwelling, HousingSearch, Letting, Owner
from wurzelwerk.network.models import District, Organisation
from wurzelwerk.offers.actions import open_offer
from wurzelwerk.pathways.actions import start_journey
from wurzelwerk.pathways.models import Journey
from wurzelwerk.trust import actions as trust

STAGES = ["search", "viewing", "interest", "chosen", "contract"]
FITTING = ProfileData(
    persons=5, benefit_persons=5, draws_benefits=True, wbs_state="held", wbs_kind="a", wbs_persons=5,
    wbs_valid_until=date(2026, 12, 31),
)  # fmt: skip


@pytest.fixture
def household_on_its_way(open_household, actor, now):
    """Return a maker of households with profile, journey and signed releases: (case, household)."""

    def make(login: str = "amira", profile: ProfileData = FITTING, stages: list[str] = STAGES, members=None):
        by = actor(login)
        case = open_household(login, members)
        household = Household.objects.visible_to(by).get(akte=case.akte)
        start_journey(case=case, pathway="housing", by=by, at=now)
        housing.keep_profile(household=household, profile=profile, by=by, at=now)
        for member in household.members.visible_to(by):
            consent = trust.prepare_release(
                akte=case.akte, subject=member.person_id, receiver=Organisation.objects.get(code="ankerplatz"),
                purpose="housing", stages=stages, language="de", valid_until=date(2027, 3, 10), by=by, at=now,
            )  # fmt: skip
            trust.record_signature(consent=consent, signed_on=date(2026, 3, 9), by=by, at=now)
        return case, household

    return make


@pytest.fixture
def referred(household_on_its_way, actor, now):
    """Return a maker of referrals that wait at Ankerplatz."""

    def make(login: str = "amira", **options):
        case, household = household_on_its_way(login, **options)
        return cases.send_referral(
            case=case, household=household, receiver=Organisation.objects.get(code="ankerplatz"), purpose="housing",
            by=actor(login), at=now,
        )  # fmt: skip

    return make


@pytest.fixture
def searching(referred, actor, now):
    """Return a maker of searches that Ankerplatz has taken on."""

    def make(login: str = "amira", **options) -> HousingSearch:
        return housing.accept_search(referral=referred(login, **options), by=actor("jonas"), at=now)

    return make


@pytest.fixture
def letting(actor, now):
    """Return a maker of open lettings of Ankerplatz."""

    def make(
        title: str = "5 Zimmer am Hafen",
        net_cold: str = "900",
        operating: str = "200",
        rooms: str = "5",
        area: str = "105",
        district: str = "innenstadt-nord",
        **dwelling,
    ) -> Letting:
        by = actor("jonas")
        controller = Organisation.objects.get(code="ankerplatz")
        akte = trust.open_akte(controller=controller, site=None, subject="owner", by=by, at=now)
        owner = Owner.objects.create(akte=akte, name="Erfundene Hausverwaltung", won_on=date(2026, 1, 1))
        place = District.objects.get(code=district)
        building = Building.objects.create(akte=akte, owner=owner, street="Musterweg", number="4", district=place)
        home = Dwelling.objects.create(
            akte=akte, building=building, rooms=Decimal(rooms), area=Decimal(area), added_at=now,
            **{"wbs_kind": "a", "step_free": "no", "pets_allowed": True, **dwelling},
        )  # fmt: skip
        offer = open_offer(akte=akte, service="housing", title=title, by=by, at=now, district_id=place.pk)
        return Letting.objects.create(
            akte=akte, offer=offer, dwelling=home, net_cold=Decimal(net_cold), operating_costs=Decimal(operating),
            heating_costs=Decimal("110"),
        )  # fmt: skip

    return make


@pytest.fixture
def stage_of():
    """Return where a household's journey stands."""

    def look(household_ref) -> str:
        reason = "a test looks"
        return Journey.objects.for_system(reason=reason).get(case__parties__household_id=household_ref).stage

    return look
