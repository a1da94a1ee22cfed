"""Tell the people in charge what became of a placement; the sentences name nobody."""

from datetime import datetime
from uuid import UUID

from wurzelwerk.cases.enums import PartyRole
from wurzelwerk.cases.models import Case, CaseParty
from wurzelwerk.cases.notices import tell
from wurzelwerk.trust.actor import Actor

from .models import HousingSearch, Placement


def advising_case(household_ref: UUID) -> Case | None:
    """Return the case in which the household is advised: the open one, else the latest."""
    parties = CaseParty.objects.for_system(reason="who advises the household").filter(
        household_id=household_ref, role=PartyRole.CLIENT
    )
    cases = Case.objects.for_system(reason="who advises the household").filter(pk__in=parties.values("case_id"))
    ordered = sorted(cases, key=lambda case: (case.closed_on is None, case.opened_on, case.pk))
    return ordered[-1] if ordered else None


def tell_counsellor(search: HousingSearch, text: str, *, by: Actor, at: datetime) -> None:
    """Tell who advises the household; oneself needs no news."""
    case = advising_case(search.household_ref)
    if case is not None and case.lead_id != by.user_id:
        tell(case=case, text=text[:200], at=at)


def tell_placer(search: HousingSearch, text: str, *, by: Actor, at: datetime) -> None:
    """Tell who places the household."""
    if search.case.lead_id != by.user_id:
        tell(case=search.case, text=text[:200], at=at)


def of_letting(placement: Placement) -> str:
    """Name the dwelling as the offer does."""
    return placement.letting.offer.title[:80]
