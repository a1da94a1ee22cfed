"""Under which keys a case, a household or a person appears in the ledger of facts."""

from uuid import UUID

from wurzelwerk.evidence.types import Frame, Keys
from wurzelwerk.network import remembered
from wurzelwerk.network.models import Membership
from wurzelwerk.trust.models import Pseudonym
from wurzelwerk.trust.queries import frame_of, keys_of

from .enums import Presence
from .models import Case, CaseParty, HouseholdMember


def case_frame(case: Case) -> Frame:
    """Return the frame in which facts about a case count."""
    return frame_of(case.akte, programme=remembered.programme_codes.name(case.programme_id))


def person_frame(user_id: UUID) -> Frame:
    """Return the frame in which facts about the work of a colleague count; never who it is."""
    places = Membership.objects.filter(user_id=user_id).order_by("valid_from", "pk")
    place = places.values_list("organisation_id", "site_id").first()
    return Frame(
        controller=remembered.organisation_codes.name(place[0]) if place else "",
        site=remembered.site_codes.name(place[1]) if place else "",
    )


def case_key(case: Case) -> UUID:
    """Return the pseudonym of a case."""
    return keys_of(Pseudonym.Kind.CASE, [case.pk])[case.pk]


def about_case(case: Case, *, persons: list[UUID] | None = None) -> list[Keys]:
    """Return one entry per present member of the case's households (or per given person).

    So that a figure can count persons, households or cases from the same facts. A case whose
    households have no member yet gets one entry without a person.
    """
    reason = "keys of the ledger"
    living = HouseholdMember.objects.for_system(reason=reason).filter(
        household__case_parties__case_id=case.pk, left_on__isnull=True, presence=Presence.PRESENT
    )
    members = list(living.values_list("household_id", "person_id"))
    households = list(dict.fromkeys(household for household, _person in members))
    if not members:
        parties = CaseParty.objects.for_system(reason=reason).of(case_id=case.pk).filter(household__isnull=False)
        households = list(parties.values_list("household_id", flat=True))
    if persons is not None:
        members = [(household, person) for household, person in members if person in set(persons)]
    # Subjects are unique ids across all kinds, so one look-up finds every key.
    subjects = [case.pk, *households, *(person for _, person in members)]
    keys = dict(Pseudonym.objects.filter(subject__in=subjects).values_list("subject", "key"))
    if not members:
        return [Keys(household=keys.get(h), case=keys[case.pk]) for h in households] or [Keys(case=keys[case.pk])]
    return [
        Keys(person=keys.get(person), household=keys.get(household), case=keys[case.pk])
        for household, person in members
    ]
