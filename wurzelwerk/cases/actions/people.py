"""Form a household and keep what is known about it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import Keys
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte, Pseudonym
from wurzelwerk.trust.pseudonyms import pseudonym_for
from wurzelwerk.trust.queries import frame_of, keys_of
from wurzelwerk.trust.rules import check_can_write

from .. import facts, lists
from ..enums import BirthKnown, Presence, ResidenceBasis
from ..models import (
    Accommodation,
    EconomicSituation,
    Household,
    HouseholdMember,
    Person,
    PersonLanguage,
    Residence,
)
from ..outside_rules import check_nothing_told_outside
from ..rules import check_day_not_future
from ..signals import people_left


@dataclass(frozen=True)
class ResidenceData:
    """The right of residence as stated; `as_printed` only with that basis."""

    basis: str = ResidenceBasis.NOT_ASKED
    as_printed: str = ""
    code: str = ""
    valid_until: date | None = None
    condition: str = ""


@dataclass(frozen=True)
class MemberData:
    """A member as typed in; one name is enough, everything else may be missing; for an unborn child no name is needed.

    `presence`: whether they are here already; who has the relation of an expected child is not born. `expected_on`: the
    month in which they are expected, as its first day. `unsaid`: codes of `unsaid_topics`.
    """

    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    relation: str = "self"
    phone: str = ""
    email: str = ""
    benefit_unit: int | None = None
    birth_known: str = BirthKnown.DAY
    original_name: str = ""
    other_names: str = ""
    contact_rule: str = ""
    contact_hint: str = ""
    unsaid: tuple[str, ...] = ()
    presence: str = Presence.PRESENT
    expected_on: date | None = None
    languages: tuple[str, ...] = ()
    needs_interpreter: bool = False
    residence: ResidenceData = field(default_factory=ResidenceData)


@transaction.atomic
def form_household(*, akte: Akte, members: list[MemberData], by: Actor, at: datetime, name: str = "") -> Household:
    """Make a household with its first members in an Akte. Raises NotAllowed, BadInput."""
    if not members:
        raise BadInput(_("Ein Haushalt braucht mindestens eine Person."))
    household = Household(akte=akte, name=name or _household_name(members), formed_at=at)
    check_can_write(by, household)
    household.save()
    pseudonym_for(kind=Pseudonym.Kind.HOUSEHOLD, subject=household.pk, akte=akte)
    for member in members:
        add_member(household=household, member=member, by=by, at=at)
    record(facts.HOUSEHOLD_CHANGED, about=_about(household), frame=frame_of(akte), at=at)
    return household


def _household_name(members: list[MemberData]) -> str:
    """Return the family names of a household, two at most."""
    names = dict.fromkeys(m.family_name or m.given_name for m in members)
    return " / ".join(list(names)[:2])[:160]


def _about(household: Household) -> list[Keys]:
    return [Keys(household=keys_of(Pseudonym.Kind.HOUSEHOLD, [household.pk]).get(household.pk))]


@transaction.atomic
def add_member(*, household: Household, member: MemberData, by: Actor, at: datetime) -> HouseholdMember:
    """Add a person to a household. Raises NotAllowed, BadInput (no name, birth date to come)."""
    person = Person(akte=household.akte, **_columns_of(member))
    check_can_write(by, person)
    _check_person(person, day=local_day(at))
    person.save()
    pseudonym_for(kind=Pseudonym.Kind.PERSON, subject=person.pk, akte=household.akte)
    PersonLanguage.objects.bulk_create(
        PersonLanguage(
            akte=household.akte, person=person, code=code, needs_interpreter=member.needs_interpreter and not index
        )
        for index, code in enumerate(dict.fromkeys(member.languages))
    )
    if member.residence != ResidenceData():
        set_residence(person=person, residence=member.residence, by=by, at=at)
    siblings = household.members.for_system(reason="the next place in the household")
    belonging = HouseholdMember.objects.create(
        akte=household.akte,
        household=household,
        person=person,
        relation=member.relation,
        benefit_unit=member.benefit_unit,
        **_presence_of(member),
        position=siblings.count(),
        joined_on=local_day(at),
    )
    record(facts.HOUSEHOLD_CHANGED, about=_about(household), frame=frame_of(household.akte), at=at)
    return belonging


def _columns_of(member: MemberData) -> dict[str, Any]:
    """Return the columns of a person as typed; what is known of a birth only counts with a date."""
    return {
        "given_name": member.given_name.strip() or _unnamed(member),
        "family_name": member.family_name.strip(),
        "birth_date": member.birth_date,
        "birth_known": member.birth_known if member.birth_date else BirthKnown.DAY,
        "original_name": member.original_name.strip(),
        "other_names": ", ".join(filter(None, (name.strip() for name in member.other_names.split(",")))),
        "phone": member.phone,
        "email": member.email,
        "contact_rule": member.contact_rule,
        "contact_hint": member.contact_hint.strip(),
        "unsaid": list(member.unsaid),
    }


def _presence_of(member: MemberData) -> dict[str, Any]:
    """Whether a member is here, as typed; an expected child has a relation of its own."""
    kinds = lists.table("relation_kinds")
    unborn = member.relation in kinds.keys and kinds.latest(member.relation).value.get("born") is False
    presence = Presence.UNBORN if unborn else Presence(member.presence)
    if not unborn and presence == Presence.UNBORN:
        presence = Presence.PRESENT
    return {"presence": presence, "expected_on": None if presence == Presence.PRESENT else member.expected_on}


def _unnamed(member: MemberData) -> str:
    """What an unborn child is called as long as it has no name; nothing for everybody else."""
    unborn = _presence_of(member)["presence"] == Presence.UNBORN
    return _("Erwartetes Kind") if unborn and not member.family_name.strip() else ""


def _check_person(person: Person, *, day: date) -> None:
    """Raise BadInput for what cannot be true of a person."""
    if not person.name:
        raise BadInput(_("Bitte geben Sie mindestens einen Namen an."), field="given_name")
    if person.birth_date:
        if person.birth_date > day:
            raise BadInput(_("Dieser Tag liegt in der Zukunft."), field="birth_date")
        if person.birth_known != BirthKnown.DAY and (person.birth_date.month, person.birth_date.day) != (1, 1):
            raise BadInput(_("Ist der Tag nicht bekannt, steht dort der 1. Januar."), field="birth_known")
    if person.contact_hint and not person.contact_rule:
        raise BadInput(_("Bitte wählen Sie aus, worauf sich der Hinweis bezieht."), field="contact_rule")


@transaction.atomic
def change_person(
    *,
    belonging: HouseholdMember,
    member: MemberData,
    by: Actor,
    at: datetime,
) -> None:
    """Correct what is known about a member. Raises NotAllowed, BadInput."""
    person = belonging.person
    check_can_write(by, person)
    for name, value in _columns_of(member).items():
        setattr(person, name, value)
    _check_person(person, day=local_day(at))
    person.save()
    said = {"relation": member.relation, "benefit_unit": member.benefit_unit, **_presence_of(member)}
    for name, value in said.items():
        setattr(belonging, name, value)
    belonging.save(update_fields=list(said))
    person.languages.for_system(reason="replaced by what was typed").all().delete()
    PersonLanguage.objects.bulk_create(
        PersonLanguage(
            akte=person.akte, person=person, code=code, needs_interpreter=member.needs_interpreter and not index
        )
        for index, code in enumerate(dict.fromkeys(member.languages))
    )
    record(facts.HOUSEHOLD_CHANGED, about=_about(belonging.household), frame=frame_of(person.akte), at=at)


@transaction.atomic
def remove_member(*, belonging: HouseholdMember, left_on: date, by: Actor, at: datetime) -> None:
    """Record that somebody left the household; what they hold of its Akte ends.

    Raises NotAllowed, BadInput, WrongState (a body outside is told of them by name).
    """
    check_can_write(by, belonging)
    check_day_not_future(left_on, at=at, field="left_on")
    if left_on < belonging.joined_on:
        raise BadInput(_("Das liegt vor dem Tag, an dem die Person dazukam."), field="left_on")
    check_nothing_told_outside(belonging.household, person=belonging.person_id)
    belonging.left_on = left_on
    belonging.save(update_fields=["left_on"])
    people_left.send(HouseholdMember, akte=belonging.akte, persons=[belonging.person_id], parted=False, at=at)
    record(facts.HOUSEHOLD_CHANGED, about=_about(belonging.household), frame=frame_of(belonging.akte), at=at)


@transaction.atomic
def return_member(*, belonging: HouseholdMember, by: Actor, at: datetime) -> None:
    """Take back that somebody left the household. Raises NotAllowed, WrongState."""
    check_can_write(by, belonging)
    siblings = belonging.household.members.for_system(reason="a person belongs to a household once")
    if not belonging.left_on or siblings.filter(person=belonging.person_id, left_on__isnull=True).exists():
        raise WrongState(_("Diese Person gehört schon zum Haushalt."))
    belonging.left_on = None
    belonging.save(update_fields=["left_on"])
    record(facts.HOUSEHOLD_CHANGED, about=_about(belonging.household), frame=frame_of(belonging.akte), at=at)


@transaction.atomic
def set_residence(*, person: Person, residence: ResidenceData, by: Actor, at: datetime) -> Residence:
    """Record the right of residence as stated. Raises NotAllowed, BadInput (printed without text)."""
    printed = residence.basis == ResidenceBasis.AS_PRINTED
    if printed and not residence.as_printed.strip():
        raise BadInput(_("Bitte tragen Sie den Text so ein, wie er im Dokument steht."), field="as_printed")
    reason = "one residence a person; the write is checked next"
    row = Residence.objects.for_system(reason=reason).filter(person=person).first() or Residence(
        akte=person.akte, person=person
    )
    check_can_write(by, row)
    row.basis = residence.basis
    row.as_printed = residence.as_printed.strip() if printed else ""
    row.code = residence.code if printed else ""
    row.valid_until = residence.valid_until if printed else None
    row.condition = residence.condition if printed else ""
    row.save()
    about = [Keys(person=keys_of(Pseudonym.Kind.PERSON, [person.pk]).get(person.pk))]
    record(facts.HOUSEHOLD_CHANGED, about=about, frame=frame_of(person.akte), at=at)
    return row


@transaction.atomic
def set_accommodation(
    *, household: Household, kind: str, by: Actor, at: datetime, since: date | None = None, **known: Any
) -> Accommodation:
    """Record where the household lives now; what stood before ends on that day.

    `known`: further fields of `Accommodation` (street, postcode, city, care_of, is_blocked, blocked_until, district_id,
    must_leave_by, reach, shares_with). Raises NotAllowed, BadInput.
    """
    row = Accommodation(akte=household.akte, household=household, kind=kind, since=since, **known)
    check_can_write(by, row)
    start = since or local_day(at)
    Household.objects.for_system(reason="two people record a move at once").select_for_update().get(pk=household.pk)
    former = household.accommodations.for_system(reason="ends with the new one").filter(until__isnull=True)
    for old in former:
        old.until = max(start, old.since or start)
        old.save(update_fields=["until"])
    row.save()
    record(facts.HOUSEHOLD_CHANGED, about=_about(household), frame=frame_of(household.akte), at=at)
    return row


@transaction.atomic
def take_back_move(*, accommodation: Accommodation, by: Actor, at: datetime) -> None:
    """Take a move back: the new accommodation goes, the one that ended with it is the present one again.

    Raises NotAllowed, WrongState (it is not the present one, or nothing ended with it).
    """
    check_can_write(by, accommodation)
    household = accommodation.household
    Household.objects.for_system(reason="two people record a move at once").select_for_update().get(pk=household.pk)
    rows = household.accommodations.for_system(reason="the one that ended with the move")
    former = rows.filter(until=accommodation.since).exclude(pk=accommodation.pk).order_by("-since", "-pk").first()
    if former is None or not rows.filter(pk=accommodation.pk, until__isnull=True).exists():
        raise WrongState(_("Dieser Umzug lässt sich nicht mehr zurücknehmen."))
    accommodation.delete()
    former.until = None
    former.save(update_fields=["until"])
    record(facts.HOUSEHOLD_CHANGED, about=_about(household), frame=frame_of(household.akte), at=at)


@transaction.atomic
def correct_accommodation(*, accommodation: Accommodation, by: Actor, at: datetime, **changes: Any) -> None:
    """Correct what is known of an accommodation without a move.

    `changes`: fields of `Accommodation` (kind, street, postcode, city, care_of, is_blocked, blocked_until, district_id,
    since, must_leave_by, reach, shares_with).
    Raises NotAllowed, BadInput (it would begin after its end).
    """
    check_can_write(by, accommodation)
    for name, value in changes.items():
        setattr(accommodation, name, value)
    if accommodation.until and accommodation.since and accommodation.since > accommodation.until:
        raise BadInput(_("Der Beginn liegt nach dem Ende."), field="since")
    accommodation.save(update_fields=list(changes))
    household = accommodation.household
    record(facts.HOUSEHOLD_CHANGED, about=_about(household), frame=frame_of(household.akte), at=at)


@transaction.atomic
def set_economy(
    *,
    household: Household,
    income_kinds: list[str],
    by: Actor,
    at: datetime,
    monthly_net: Decimal | None = None,
    yearly_chargeable: Decimal | None = None,
) -> EconomicSituation:
    """Record on what the household lives. Raises NotAllowed, BadInput (negative amounts)."""
    for amount, name in ((monthly_net, "monthly_net"), (yearly_chargeable, "yearly_chargeable")):
        if amount is not None and amount < 0:
            raise BadInput(_("Ein Einkommen kann nicht negativ sein."), field=name)
    reason = "one economic situation a household; the write is checked next"
    row = EconomicSituation.objects.for_system(reason=reason).filter(household=household).first() or EconomicSituation(
        akte=household.akte, household=household
    )
    check_can_write(by, row)
    row.income_kinds, row.monthly_net, row.yearly_chargeable = income_kinds, monthly_net, yearly_chargeable
    row.save()
    record(facts.HOUSEHOLD_CHANGED, about=_about(household), frame=frame_of(household.akte), at=at)
    return row
