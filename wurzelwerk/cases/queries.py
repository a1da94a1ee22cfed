"""Reads of the case trunk; the first filter is visible_to."""

import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import F

from wurzelwerk.trust.actor import Actor

from .enums import Presence, ReferralState
from .models import Accommodation, Case, CaseParty, EconomicSituation, Household, Person, Referral


def household_of(case: Case, *, actor: Actor) -> Household | None:
    """Return the client household of a case, as far as the actor may see it."""
    parties = CaseParty.objects.visible_to(actor).filter(case=case, household__isnull=False)
    ids = list(parties.values_list("household_id", flat=True))
    return Household.objects.visible_to(actor).filter(pk__in=ids).first()


def case_of(household: Household, *, actor: Actor) -> Case | None:
    """Return the open (else the latest) case in which the household is client, as far as visible."""
    ids = CaseParty.objects.visible_to(actor).filter(household=household).values_list("case_id", flat=True)
    cases = Case.objects.visible_to(actor).filter(pk__in=list(ids))
    return cases.order_by(F("closed_on").desc(nulls_first=True), "-opened_on").first()


def home_of(household: Household, *, actor: Actor) -> Accommodation | None:
    """Return where the household lives now, as far as the actor may see it (one query)."""
    rows = (
        Accommodation.objects.visible_beside(household, actor).of(household_id=household.pk).filter(until__isnull=True)
    )
    return rows.sole()


def economy_of(household: Household, *, actor: Actor) -> EconomicSituation | None:
    """Return what the household lives on, as far as the actor may see it (one query)."""
    return EconomicSituation.objects.visible_beside(household, actor).of(household_id=household.pk).sole()


def households_by_akte(akte_ids: Iterable[UUID], *, actor: Actor) -> dict[UUID, Household]:
    """Return Akte -> household for what the actor may see."""
    rows = Household.objects.visible_to(actor).filter(akte_id__in=list(akte_ids)).order_by("formed_at")
    return {row.akte_id: row for row in rows}


def present_members(household: Household) -> list[UUID]:
    """Return the ids of the present members in their order; ids only, for rules and the ledger.

    Who is not born or not here yet counts for nothing that needs a person.
    """
    rows = household.members.for_system(reason="ids of members").filter(left_on__isnull=True, presence=Presence.PRESENT)
    return list(rows.values_list("person_id", flat=True))


def without_names(places: Mapping[UUID, str], akten: Mapping[UUID, UUID]) -> dict[UUID, str]:
    """Return what may be said outside of where things take place: empty where the words name somebody of the household.

    `places`: id of a row -> words; `akten`: id of a row -> its Akte. Two queries, none where no place is in words.
    """
    asked = {akten[pk] for pk, words in places.items() if words}
    if not asked:
        return dict(places)
    names: dict[UUID, set[str]] = {akte: set() for akte in asked}
    people = Person.objects.for_system(reason="words that must not go out").among(akte_id=list(asked))
    households = Household.objects.for_system(reason="words that must not go out").among(akte_id=list(asked))
    for akte, *said in (
        *people.values_list("akte_id", "given_name", "family_name"),
        *households.values_list("akte_id", "name"),
    ):
        names[akte] |= {word.casefold() for one in said for word in re.findall(r"\w{3,}", one)}
    return {
        pk: "" if set(re.findall(r"\w{3,}", words.casefold())) & names.get(akten[pk], set()) else words
        for pk, words in places.items()
    }


def colleagues_of_others(case: Case) -> dict[UUID, Case]:
    """Return who of other bodies works with the household by an accepted referral -> the case in which they do."""
    accepted = Referral.objects.for_system(reason="who works with the household elsewhere").filter(
        case=case, state=ReferralState.ACCEPTED
    )
    theirs = Case.objects.for_system(reason="who is in charge there").filter(
        akte_id__in=accepted.values("receiver_akte_id"), lead__isnull=False
    )
    return {one.lead_id: one for one in theirs.select_related("lead") if one.lead_id}
