"""Make one of two Akten of a household that was taken in twice, and part them again."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput
from wurzelwerk.base.rooms import installed_rooms
from wurzelwerk.evidence.ledger import carry_back, carry_over, record, void
from wurzelwerk.evidence.types import FactType, Keys
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.circles import nobodys_circle
from wurzelwerk.trust.fates import fates
from wurzelwerk.trust.models import Akte, Pseudonym

from .. import facts
from ..enums import DOUBLE
from ..ledger import case_frame, case_key
from ..merge_differences import HOME, Difference, differences, same_home
from ..merge_moving import (
    REASON,
    Group,
    apply,
    change,
    change_back,
    every,
    moved_ids,
    put_into,
    remove,
    revert,
    twice_in,
    what_a_double_takes,
    what_moves,
)
from ..merge_rules import (
    binding,
    check_can_merge,
    check_can_merge_persons,
    check_can_unmerge,
    check_no_hindrance,
    check_pairs,
    hindrances,
    pairs_of,
    person_hindrances,
)
from ..merge_sides import Pairs, Side, side_of
from ..models import Case, Household, Merge, Person, PersonLanguage
from ..notices import tell

SELF, OTHER = "self", "other"


@dataclass(frozen=True)
class MergeChoice:
    """What the preview leaves open: who is the same, and where the value of the Akte given up is taken (keys)."""

    pairs: Pairs = field(default_factory=dict)
    taken: frozenset[str] = frozenset()


@transaction.atomic
def merge_households(*, kept: Household, dropped: Household, choice: MergeChoice, by: Actor, at: datetime) -> Merge:
    """Make one household of two of the same controller: all that was written about the second comes to the first.

    Its Akte is closed and lies in nobody's circle from then on; nothing is deleted. Raises NotAllowed, BadInput (who is
    whom, an unknown choice), WrongState (what stands in the way, in sentences).
    """
    _lock(kept, dropped)
    here, there = side_of(_again(kept)), side_of(_again(dropped))
    check_can_merge(by, here, there)
    check_no_hindrance(hindrances(there, here, on=local_day(at)))
    check_pairs(here, there, choice.pairs)
    chosen = _chosen(here, there, choice)
    replaced = {there.household.pk: here.household.pk, there.matter.pk: here.matter.pk, **choice.pairs}
    merge = _merge_of(here, there, by, at)
    merge.pairs = {str(former): str(now) for former, now in replaced.items()}
    merge.event = _record(here.matter, at)
    merge.changed = [
        *_changes(here, there, chosen, choice.pairs, local_day(at)),
        *_languages(here, there, choice.pairs),
    ]
    left = {there.home.pk} if there.home and same_home(here, there) else set()
    groups = what_moves(here, there, replaced, exchanged=[one.single for one in chosen if one.single], left=left)
    apply(groups)
    merge.moved = [group.stored() for group in groups]
    _close(here.akte, there.akte, at)
    _own(groups, here.akte)
    carry_over(_keys(replaced), leave=_once(merge), event=merge.event, at=at)
    merge.save()
    _tell(here.matter, _leads(here, there), by, at)
    return merge


def _leads(kept: Side, dropped: Side) -> set[User]:
    """Who is in charge of either case, as far as they work in the team that has both now."""
    sides = [kept, dropped] if kept.akte.site_id == dropped.akte.site_id else [kept]
    return {side.matter.lead for side in sides if side.matter.lead}


def _tell(case: Case, leads: set[User], by: Actor, at: datetime) -> None:
    """Whoever is in charge and did not do it themselves hears that there is one Akte now."""
    for lead in sorted(leads, key=lambda one: one.pk.int):
        if lead.pk != by.user_id:
            tell(case=case, text=_("Zwei Akten dieses Haushalts sind zusammengeführt worden."), at=at, to=lead)


def _merge_of(kept: Side, dropped: Side, by: Actor, at: datetime) -> Merge:
    return Merge(
        akte=kept.akte,
        household=kept.household,
        dropped_household=dropped.household,
        dropped_akte=dropped.akte,
        dropped_circle_id=dropped.akte.circle_id,
        dropped_closed_at=dropped.akte.closed_at,
        merged_at=at,
        merged_by_id=by.user_id,
        bound=binding(kept.akte, on=local_day(at)),
    )


def _record(case: Case, at: datetime) -> UUID:
    """Record that two became one, without a word about people, and return the event."""
    recorded = record(facts.HOUSEHOLDS_MERGED, about=[Keys(case=case_key(case))], frame=case_frame(case), at=at)
    return recorded[0].event


def _lock(*households: Household) -> None:
    """Two people may merge the same Akten at once; the second one finds what the first has made of them."""
    akten = [household.akte_id for household in households]
    list(Akte.objects.for_system(reason=REASON).select_for_update().filter(pk__in=akten).order_by("pk"))


def _again(household: Household) -> Household:
    return Household.objects.for_system(reason=REASON).select_related("akte").get(pk=household.pk)


def _chosen(kept: Side, dropped: Side, choice: MergeChoice) -> list[Difference]:
    found = {one.key: one for one in differences(kept, dropped, choice.pairs)}
    if not choice.taken <= found.keys():
        raise BadInput(_("Die Angaben haben sich inzwischen geändert. Bitte sehen Sie die Vorschau noch einmal an."))
    return [found[key] for key in found if key in choice.taken]


def _changes(kept: Side, dropped: Side, chosen: list[Difference], pairs: Pairs, day: date) -> Iterator[dict[str, Any]]:
    yield from _taken(chosen)
    yield from _homes(kept, dropped, takes=any(one.key == HOME for one in chosen), day=day)
    yield from _members(kept, dropped, pairs)
    contacts = [case.last_contact_on for case in (kept.matter, dropped.matter) if case.last_contact_on]
    if contacts and kept.matter.last_contact_on != max(contacts):
        yield change(kept.matter, last_contact_on=max(contacts))
    if not dropped.matter.closed_on:
        yield change(dropped.matter, closed_on=day)


def _taken(chosen: list[Difference]) -> Iterator[dict[str, Any]]:
    for one in chosen:
        if one.column:
            yield change(one.row, **{one.column: one.value, **one.beside})


def _homes(kept: Side, dropped: Side, *, takes: bool, day: date) -> Iterator[dict[str, Any]]:
    """A household lives in one place; where it does not live now it lived before."""
    if not kept.home or not dropped.home or same_home(kept, dropped):
        return
    present, former = (dropped.home, kept.home) if takes else (kept.home, dropped.home)
    yield change(former, until=max(former.since or day, min(present.since or day, day)))


def _members(kept: Side, dropped: Side, pairs: Pairs) -> Iterator[dict[str, Any]]:
    """Whoever comes along stands behind the others, in a Bedarfsgemeinschaft that is not taken for one of theirs."""
    units = _units(kept, dropped, pairs)
    has_self = any(row.relation == SELF for row in kept.belongings.values() if row.left_on is None)
    coming = [row for row in dropped.belongings.values() if row.person_id not in pairs]
    coming.sort(key=lambda row: (row.position, row.pk.int))
    for place, row in enumerate(coming, start=len(kept.belongings)):
        yield change(row, position=place)
        yield change(row, benefit_unit=units.get(row.benefit_unit))
        if has_self and row.relation == SELF:
            yield change(row, relation=OTHER)


def _units(kept: Side, dropped: Side, pairs: Pairs) -> dict[int | None, int]:
    """Return number of a Bedarfsgemeinschaft there -> its number here: that of those who are in both, else the next."""
    taken = {row.benefit_unit for row in kept.belongings.values() if row.benefit_unit}
    both = [(dropped.belongings.get(former), kept.belongings.get(now)) for former, now in pairs.items()]
    found: dict[int | None, int] = {}
    for number in sorted({row.benefit_unit for row in dropped.belongings.values() if row.benefit_unit}):
        here = {one.benefit_unit for other, one in both if one and other and other.benefit_unit == number}
        here.discard(None)
        found[number] = here.pop() or 0 if len(here) == 1 else max({0, *taken, *found.values()}) + 1
    return found


def _languages(kept: Side, dropped: Side, pairs: Pairs) -> list[dict[str, Any]]:
    """Whoever is known on both sides speaks what is known on either."""
    added = []
    for former, now in pairs.items():
        known = {row.code for row in kept.languages.get(now, ())}
        for row in dropped.languages.get(former, ()):
            if row.code not in known:
                new = PersonLanguage.objects.create(
                    akte=kept.akte, person_id=now, code=row.code, needs_interpreter=row.needs_interpreter
                )
                added.append({"model": "cases.PersonLanguage", "id": new.pk, "added": True})
    return added


def _close(kept: Akte, dropped: Akte, at: datetime) -> None:
    """From now on the Akte lies where nobody looks, and says where it went."""
    akten = Akte.objects.for_system(reason=REASON)
    circle = nobodys_circle(organisation=dropped.controller)
    akten.filter(pk=kept.pk).update(received=F("received") + 1)
    akten.filter(pk=dropped.pk).update(circle=circle, closed_at=at, merged_into=kept)
    put_into(circle, dropped)


def _own(groups: list[Group], akte: Akte) -> None:
    """The pseudonyms of people who came along lead to the Akte in which they are."""
    persons = [pk for group in groups if group.model is Person for pk in group.ids]
    Pseudonym.objects.filter(subject__in=persons).update(akte=akte)


def _once(merge: Merge) -> list[FactType]:
    """What a matter has once is not counted again; where one matter stays one, nothing is."""
    return [fact for room in installed_rooms() for fact in room.facts if fact.once and not merge.is_of_person]


def _keys(replaced: Pairs) -> dict[UUID, UUID]:
    """Return former -> present pseudonym."""
    subjects = {*replaced, *replaced.values()}
    keys = dict(Pseudonym.objects.filter(subject__in=subjects).values_list("subject", "key"))
    return {keys[former]: keys[now] for former, now in replaced.items() if former in keys and now in keys}


@transaction.atomic
def merge_persons(
    *, household: Household, kept: Person, dropped: Person, taken: frozenset[str], by: Actor, at: datetime
) -> Merge:
    """Make one person of two that stand in one Akte; the double goes into a hidden Akte of its own.

    `taken`: keys of the differences for which the double's value holds. Raises NotAllowed, BadInput, WrongState.
    """
    _lock(household)
    side = side_of(_again(household))
    check_can_merge_persons(by, side, kept, dropped)
    kept, dropped = (next(one for one in side.persons if one == person) for person in (kept, dropped))
    check_no_hindrance(person_hindrances(dropped, kept, side, on=local_day(at)))
    pairs = {dropped.pk: kept.pk}
    here, there = side.alone(kept), side.alone(dropped)
    chosen = _chosen(here, there, MergeChoice(pairs, taken))
    away = _hidden(side, at)
    merge = _merge_of(here, replace(there, household=away), by, at)
    merge.pairs = {str(dropped.pk): str(kept.pk)}
    merge.dropped_circle_id = side.akte.circle_id
    merge.event = _record(side.matter, at)
    merge.changed = [*_taken(chosen), *_place(side, kept, dropped), *_languages(here, there, pairs)]
    merge.changed += map(remove, twice_in(pairs))
    exchanged = [one.single for one in chosen if one.single]
    groups = what_a_double_takes(kept, dropped, away, side, exchanged=exchanged)
    apply(groups)
    merge.moved = [group.stored() for group in groups]
    carry_over(_keys(pairs), leave=_once(merge), event=merge.event, at=at, cases=[case_key(side.matter)])
    merge.save()
    return merge


def _hidden(side: Side, at: datetime) -> Household:
    """An Akte in nobody's circle, with a household to which the double belongs from now on."""
    akten, akte = Akte.objects.for_system(reason=REASON), side.akte
    number = akten.filter(controller=akte.controller, subject=DOUBLE, reference__startswith=akte.reference).count() + 1
    made = Akte.objects.create(
        controller=akte.controller,
        site=akte.site,
        circle=nobodys_circle(organisation=akte.controller),
        reference=f"{akte.reference}-D{number}",
        subject=DOUBLE,
        opened_at=at,
        closed_at=at,
        merged_into=akte,
    )
    akten.filter(pk=akte.pk).update(received=F("received") + 1)
    return Household.objects.create(akte=made, name=side.household.name, formed_at=at)


def _place(side: Side, kept: Person, dropped: Person) -> Iterator[dict[str, Any]]:
    """Whom the household has as its contact it keeps; a Bedarfsgemeinschaft is not lost."""
    here, there = side.belongings.get(kept.pk), side.belongings.get(dropped.pk)
    if not here or not there:
        return
    if there.relation == SELF != here.relation:
        yield change(here, relation=SELF)
    if there.benefit_unit and not here.benefit_unit:
        yield change(here, benefit_unit=there.benefit_unit)


@transaction.atomic
def unmerge_households(*, merge: Merge, by: Actor, at: datetime) -> Household:
    """Part what was merged: everything is again where and as it was; what was written since stays in the Akte kept.

    Returns the household that stands again. Raises NotAllowed, WrongState (later work that makes it impossible).
    """
    _lock(merge.household)
    merge = Merge.objects.for_system(reason=REASON).select_related("akte__circle", "dropped_akte").get(pk=merge.pk)
    check_can_unmerge(by, merge, on=local_day(at))
    groups = [Group.read(stored) for stored in merge.moved]
    _reopen(merge)
    revert(groups)
    if not merge.is_of_person:
        _follow(merge)
        _own(groups, merge.dropped_akte)
        put_into(merge.dropped_circle, merge.dropped_akte)
    put_into(merge.akte.circle, merge.akte)  # it may be another team's by now
    for stored in reversed(merge.changed):
        change_back(stored)
    void(facts.HOUSEHOLDS_MERGED, event=merge.event, at=at)
    carry_back(_keys(pairs_of(merge)), leave=_once(merge), event=merge.event, at=at)
    merge.undone_at, merge.undone_by_id = at, by.user_id
    merge.save(update_fields=["undone_at", "undone_by"])
    return _again(merge.dropped_household)


def _reopen(merge: Merge) -> None:
    akten = Akte.objects.for_system(reason=REASON)
    given_up = akten.filter(pk=merge.dropped_akte_id)
    given_up.update(merged_into=None)
    if not merge.is_of_person:  # what was made for a double stays hidden
        given_up.update(circle=merge.dropped_circle, closed_at=merge.dropped_closed_at)
    akten.filter(pk=merge.akte_id).update(received=F("received") - 1)


def _follow(merge: Merge) -> None:
    """What belongs to a person goes with the person, also where it was written anew meanwhile."""
    persons = moved_ids(merge).get(Person, set())
    for model, fate in fates().items():
        if fate.person and fate.person != "id":
            rows = every(model).filter(**{"akte": merge.akte, f"{fate.person}__in": persons})
            rows.update(akte=merge.dropped_akte, circle=merge.dropped_circle)
