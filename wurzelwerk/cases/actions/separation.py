"""One household becomes two from a day on, and one again where that was a mistake."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput
from wurzelwerk.evidence.ledger import record, void
from wurzelwerk.evidence.types import Keys
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.fates import fates
from wurzelwerk.trust.models import Akte, Consent, Grant, Pseudonym
from wurzelwerk.trust.pseudonyms import pseudonym_for
from wurzelwerk.trust.queries import frame_of, keys_of

from .. import facts, lists
from ..covers import PURPOSE as COVER
from ..covers import follow_lead
from ..enums import Presence
from ..ledger import case_key
from ..merge_moving import Group, change, change_back, every
from ..models import Case, CaseParty, Custody, Household, HouseholdMember, Kinship, Person, Separation
from ..rules import check_day_not_future
from ..separation_rules import check_can_separate, check_can_unseparate
from ..signals import people_left
from .matter import open_case

SELF, NOT_ASKED = "self", "not_asked"
REASON = "both households of a separation that was checked"


@dataclass(frozen=True)
class SeparationPlan:
    """Who goes. `going`: persons who leave for the new household, children with them; `both`: children of both."""

    on: date
    going: frozenset[UUID]
    both: frozenset[UUID] = frozenset()


@transaction.atomic
def separate_household(
    *, case: Case, household: Household, plan: SeparationPlan, by: Actor, at: datetime
) -> Separation:
    """Make two households of one: who goes gets an Akte and a case of their own, with what is theirs alone.

    The journal stays where it was written. Raises NotAllowed, WrongState, BadInput (nobody stays or goes, a day to come
    or before somebody joined).
    """
    Household.objects.for_system(reason="two people part it at once").select_for_update().get(pk=household.pk)
    check_can_separate(by, case, household)
    rows = HouseholdMember.objects.for_system(reason=REASON).filter(household=household, left_on__isnull=True)
    members = list(rows.select_related("person").order_by("position", "pk"))
    going = _checked(members, plan, at=at)
    made = _new_household(household, going, by, at)
    persons = [one.person_id for one in going]
    groups = list(_what_goes(household.akte, made.akte, persons))
    _put(groups)
    Pseudonym.objects.filter(subject__in=persons).update(akte=made.akte)
    changed = [*_new_contact(members, going, plan), *_end_what_they_hold(household.akte, persons, at)]
    _belong(made, members, going, plan)
    HouseholdMember.objects.for_system(reason=REASON).filter(pk__in=_ids(going)).update(left_on=plan.on)
    _open_case(case, made, by, at)
    told = record(facts.HOUSEHOLD_SEPARATED, about=_about(household, made), frame=frame_of(household.akte), at=at)
    return Separation.objects.create(
        akte=household.akte,
        household=household,
        made=made,
        happened_on=plan.on,
        recorded_at=at,
        recorded_by_id=by.user_id,
        moved=[group.stored() for group in groups],
        ended=_ids(going),
        changed=changed,
        event=told[0].event,
    )


def _checked(members: list[HouseholdMember], plan: SeparationPlan, *, at: datetime) -> list[HouseholdMember]:
    known = {one.person_id for one in members}
    if not plan.going | plan.both <= known or plan.going & plan.both:
        raise BadInput(_("Eine der Personen gehört nicht (mehr) zu diesem Haushalt."))
    here = {one.person_id for one in members if one.is_here}
    if not here & plan.going or not here - plan.going - plan.both:
        raise BadInput(_("In beiden Haushalten muss jemand leben, der nicht zu beiden gehört."))
    check_day_not_future(plan.on, at=at, field="on")
    going = [one for one in members if one.person_id in plan.going]
    if any(one.joined_on > plan.on for one in going if one.is_here):
        raise BadInput(_("An diesem Tag gehörte jemand noch nicht zum Haushalt, der geht."), field="on")
    return going


def _new_household(household: Household, going: list[HouseholdMember], by: Actor, at: datetime) -> Household:
    former = household.akte
    akte = trust.open_akte(controller=former.controller, site=former.site, subject=former.subject, by=by, at=at)
    names = dict.fromkeys(one.person.family_name or one.person.given_name for one in going if one.is_here)
    made = Household.objects.create(akte=akte, name=" / ".join(list(names)[:2])[:160], formed_at=at)
    pseudonym_for(kind=Pseudonym.Kind.HOUSEHOLD, subject=made.pk, akte=akte)
    return made


def _what_goes(former: Akte, akte: Akte, persons: list[UUID]) -> Iterator[Group]:
    """Whatever is a person's own goes with the person; a relation where both ends go, a release of their own too."""
    there = {"akte_id": former.pk, "circle_id": former.circle_id}
    here = {"akte_id": akte.pk, "circle_id": akte.circle_id}
    own = [(model, fate.person) for model, fate in fates().items() if fate.person and model is not HouseholdMember]
    for model, column in (*own, (Custody, "child_id"), (Consent, "subject"), (Kinship, "person_id")):
        rows = every(model).filter(akte=former, **{f"{column}__in": persons})
        if model is Kinship:
            rows = rows.exclude(other__isnull=False, other__in=_others(former, persons))
        yield Group(model, there, here, list(rows.order_by("pk").values_list("pk", flat=True)))


def _end_what_they_hold(former: Akte, persons: list[UUID], at: datetime) -> Iterator[dict[str, Any]]:
    """Let the rooms end what those who go, or anybody, holds of the former Akte; yield what was changed."""
    for _receiver, answer in people_left.send(Separation, akte=former, persons=persons, parted=True, at=at):
        yield from answer or ()


def _put(groups: Iterable[Group]) -> None:
    """Put rows from one Akte into another; who took them elsewhere meanwhile is left alone."""
    for group in groups:
        every(group.model).filter(pk__in=group.ids, akte=group.former["akte_id"]).update(**group.now)


def _others(former: Akte, persons: list[UUID]) -> list[UUID]:
    rows = Person.objects.for_system(reason=REASON).filter(akte=former).exclude(pk__in=persons)
    return list(rows.values_list("pk", flat=True))


def _new_contact(
    members: list[HouseholdMember], going: list[HouseholdMember], plan: SeparationPlan
) -> Iterator[dict[str, Any]]:
    """Where the contact person goes, the first adult of those who stay becomes the contact person."""
    if not any(one.relation == SELF for one in going):
        return
    staying = [one for one in members if one.person_id not in plan.going | plan.both and one.is_here]
    yield change(_eldest(staying, on=plan.on), relation=SELF)


def _eldest(members: list[HouseholdMember], *, on: date) -> HouseholdMember:
    return next((one for one in members if one.person.is_adult(on=on)), members[0])


def _belong(
    made: Household, members: list[HouseholdMember], going: list[HouseholdMember], plan: SeparationPlan
) -> None:
    contact = _eldest([one for one in going if one.is_here], on=plan.on)
    coming = [one for one in members if one in going or one.person_id in plan.both]
    coming.sort(key=lambda one: one is not contact)
    HouseholdMember.objects.bulk_create(
        HouseholdMember(
            akte=made.akte,
            household=made,
            person_id=one.person_id,
            relation=SELF if one is contact else _relation(one),
            benefit_unit=one.benefit_unit,
            position=place,
            presence=one.presence,
            expected_on=one.expected_on,
            joined_on=plan.on,
        )
        for place, one in enumerate(coming)
    )


def _relation(member: HouseholdMember) -> str:
    """A child is most likely the child of the one it goes with; what others are to them, nobody has said."""
    kinds = lists.table("relation_kinds")
    is_child = member.relation in kinds.keys and kinds.latest(member.relation).value.get("child")
    return member.relation if is_child or member.presence == Presence.UNBORN else NOT_ASKED


def _open_case(case: Case, made: Household, by: Actor, at: datetime) -> Case:
    """The new household's own matter, of the same service and in the same hands."""
    runs = case.programme and case.programme.starts_on <= local_day(at) <= case.programme.ends_on
    opened = open_case(
        akte=made.akte,
        service=case.service,
        household=made,
        programme=case.programme if runs else None,
        lead=case.lead,
        by=by,
        at=at,
    )
    follow_lead(opened.lead_id, by=by, at=at)
    return opened


def _about(*households: Household) -> list[Keys]:
    keys = keys_of(Pseudonym.Kind.HOUSEHOLD, [one.pk for one in households])
    return [Keys(household=keys.get(one.pk)) for one in households]


@transaction.atomic
def unseparate_household(*, separation: Separation, by: Actor, at: datetime) -> Household:
    """Make one household of the two again, as it was; only as long as nothing was written in the new Akte.

    Returns the household. Raises NotAllowed, WrongState.
    """
    household = Household.objects.for_system(reason="two people part it at once").select_for_update().get(
        pk=separation.household_id
    )  # fmt: skip
    check_can_unseparate(by, separation)
    made = separation.made
    _put([Group(one.model, one.now, one.former, one.ids) for one in map(Group.read, separation.moved)])
    persons = [pk for group in separation.moved if group["model"] == Person._meta.label for pk in group["ids"]]
    Pseudonym.objects.filter(subject__in=persons).update(akte=household.akte)
    for stored in reversed(separation.changed):
        change_back(stored)
    _remove(made, at)
    ended = HouseholdMember.objects.for_system(reason=REASON).filter(pk__in=separation.ended)
    ended.filter(left_on=separation.happened_on).update(left_on=None)
    separation.made, separation.undone_at, separation.undone_by_id = None, at, by.user_id
    separation.save(update_fields=["made", "undone_at", "undone_by"])
    void(facts.HOUSEHOLD_SEPARATED, event=separation.event, at=at)
    return household


def _remove(made: Household, at: datetime) -> None:
    """Take away what the separation made and nobody has touched since; what was open to a cover goes with it."""
    akte, cases = made.akte, list(Case.objects.for_system(reason=REASON).filter(akte=made.akte))
    for case in cases:
        void(facts.CASE_OPENED, case_key=case_key(case), at=at)
    Grant.objects.filter(akte=akte, purpose=COVER).delete()
    _delete(CaseParty, akte)
    _delete(Case, akte)
    _delete(HouseholdMember, akte)
    Separation.objects.for_system(reason=REASON).filter(made=made).update(made=None)
    _delete(Household, akte)
    Pseudonym.objects.filter(subject__in=[made.pk, *_ids(cases)]).delete()
    Akte.objects.for_system(reason=REASON).filter(pk=akte.pk).delete()


def _ids(rows: Iterable[Any]) -> list[UUID]:
    return [row.pk for row in rows]


def _delete(model: Any, akte: Akte) -> None:
    model.objects.for_system(reason=REASON).filter(akte=akte).delete()
