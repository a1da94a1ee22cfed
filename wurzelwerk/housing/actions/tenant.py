"""The tenant record: at contract a minimal record becomes the placing body's own (DSK guidance on prospective tenants).

It rests on the contract, so that a later withdrawal of the release does not take it away: names and birth dates of the
adults, nothing else.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wurzelwerk.base.clock import local_day
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.enums import PartyRole, Presence
from wurzelwerk.cases.ledger import about_case, case_frame
from wurzelwerk.cases.models import CaseParty, Household, HouseholdMember, Person
from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte, PersonLink, Pseudonym

from .. import facts
from ..models import Placement


@transaction.atomic
def keep_tenant_record(*, placement: Placement, by: Actor, at: datetime) -> Household | None:
    """Make the tenants' record in the Akte of the placing body; None where the household is its own already.

    Raises NotAllowed.
    """
    search = placement.search
    foreign = Household.objects.visible_to(by).filter(pk=search.household_ref).exclude(akte=search.akte).first()
    if foreign is None:
        return None
    members = HouseholdMember.objects.visible_to(by).filter(
        household=foreign, left_on__isnull=True, presence=Presence.PRESENT
    )
    adults = [one for one in members.select_related("person") if one.person.is_adult(on=local_day(at))]
    data = [
        MemberData(
            one.person.given_name, one.person.family_name, one.person.birth_date, "self" if not place else "other"
        )
        for place, one in enumerate(adults)
    ]
    own = cases.form_household(akte=search.akte, members=data, by=by, at=at, name=foreign.name)
    CaseParty.objects.create(akte=search.akte, case=search.case, role=PartyRole.CLIENT, household=own)
    if search.referral_ref is not None:
        _link(foreign, adults, own, search.akte, search.referral_ref, by, at)
    placement.tenant_ref = own.pk
    placement.save(update_fields=["tenant_ref"])
    record(facts.TENANT_RECORDED, about=about_case(search.case), frame=case_frame(search.case), at=at)
    return own


def _link(
    foreign: Household,
    adults: list[HouseholdMember],
    own: Household,
    akte: Akte,
    because: UUID,
    by: Actor,
    at: datetime,
) -> None:
    mine = HouseholdMember.objects.visible_to(by).filter(household=own).order_by("position")
    pairs = [(foreign.pk, own.pk), *((one.person_id, new.person_id) for one, new in zip(adults, mine, strict=True))]
    for theirs, ours in pairs:
        if not PersonLink.objects.filter(from_subject=theirs, to_akte=akte, to_subject=ours).exists():
            PersonLink.objects.filter(from_subject=theirs, to_akte=akte, ended_at__isnull=True).update(ended_at=at)
            trust.link_records(
                from_akte=foreign.akte,
                from_subject=theirs,
                to_akte=akte,
                to_subject=ours,
                because=because,
                by=by,
                at=at,
            )


@transaction.atomic
def drop_tenant_record(*, placement: Placement, by: Actor, at: datetime) -> None:
    """Delete the tenants' record where the contract is taken back: its ground has fallen away."""
    if placement.tenant_ref is None:
        return
    reason = "the contract that it rested on is taken back"
    case = placement.search.case
    members = HouseholdMember.objects.for_system(reason=reason).filter(household_id=placement.tenant_ref)
    persons = list(members.values_list("person_id", flat=True))
    record(facts.TENANT_RECORD_DROPPED, about=about_case(case), frame=case_frame(case), at=at)
    PersonLink.objects.filter(to_subject__in=[placement.tenant_ref, *persons], ended_at__isnull=True).update(
        ended_at=at
    )
    CaseParty.objects.for_system(reason=reason).filter(household_id=placement.tenant_ref).delete()
    Household.objects.for_system(reason=reason).filter(pk=placement.tenant_ref).delete()
    Person.objects.for_system(reason=reason).filter(pk__in=persons).delete()
    Pseudonym.objects.filter(subject__in=[placement.tenant_ref, *persons]).delete()
    placement.tenant_ref = None
    placement.save(update_fields=["tenant_ref"])
