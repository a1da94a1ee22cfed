"""Many households at once, for a list that is taken in: the rows and facts that the single actions write.

`tests/cases/test_bulk.py` compares the two row by row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from wurzelwerk.base.bulk import insert
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.base.ids import new_ids, random_key
from wurzelwerk.evidence.bulk import About, Entry, record_all, void_all
from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import Keys
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.building import about_akten, built_on, delete_akten
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.models import Akte, Pseudonym
from wurzelwerk.trust.queries import frame_of, keys_of, person_keys
from wurzelwerk.trust.rules import check_can_write

from .. import facts
from ..enums import BirthKnown, PartyRole
from ..forming import Formed, HouseholdForm
from ..models import (
    Accommodation,
    Case,
    CaseParty,
    Household,
    HouseholdMember,
    Person,
    PersonKeys,
    PersonLanguage,
)
from ..people_marks import written_about
from .people import MemberData, _check_person, _columns_of, _household_name, _presence_of

Rows = dict[type[models.Model], list[dict[str, Any]]]


@transaction.atomic
def form_households(*, forms: Sequence[HouseholdForm], by: Actor, at: datetime) -> list[Formed]:
    """Make each household with its members and where it lives, as `form_household`, `set_accommodation` do.

    Raises NotAllowed, BadInput (nobody in it, no name, birth date to come).
    """
    _check(by, forms, (Household, Person, PersonLanguage, HouseholdMember, Accommodation))
    rows: Rows = {}
    formed = [_formed(form, rows, at) for form in forms]
    for model in (Household, Person, PersonKeys, PersonLanguage, HouseholdMember, Accommodation, Pseudonym):
        insert(model, rows.get(model, []))
    record_all((entry for one in formed for entry in _changes(one)), at=at)
    return formed


def _check(by: Actor, forms: Sequence[HouseholdForm], written: Iterable[type[GuardedModel]]) -> None:
    """Raise NotAllowed where the actor may not write one of these; Akten of one circle differ in nothing here."""
    for akte in {form.akte.circle_id: form.akte for form in forms}.values():
        for model in written:
            check_can_write(by, model(akte=akte))


def _formed(form: HouseholdForm, rows: Rows, at: datetime) -> Formed:
    if not form.members:
        raise BadInput(_("Ein Haushalt braucht mindestens eine Person."))
    inside = {"akte_id": form.akte.pk, "circle_id": form.akte.circle_id}
    name = _household_name([member for _id, member in form.members])
    _add(rows, Household, {"id": form.household, "name": name, "formed_at": at} | inside)
    day = local_day(at)
    persons = tuple(_person(form, place, rows, day, inside) for place in range(len(form.members)))
    if form.home:
        _add(rows, Accommodation, {"household_id": form.household} | dict(form.home) | inside)
    key = _pseudonym(rows, Pseudonym.Kind.HOUSEHOLD, form.household, form.akte)
    return Formed(form, frame_of(form.akte), key, persons)


def _person(form: HouseholdForm, place: int, rows: Rows, day: date, inside: dict[str, Any]) -> UUID:
    """Write a member with keys, languages and belonging; returns the pseudonym."""
    pk, member = form.members[place]
    values = _columns_of(member)
    person = Person(id=pk, **values)
    _check_person(person, day=day)
    _add(rows, Person, {"id": pk} | values | inside)
    _add(rows, PersonKeys, {"person_id": pk, "keys": PersonKeys.text_of(person)} | inside)
    for index, code in enumerate(dict.fromkeys(member.languages)):
        needed = member.needs_interpreter and not index
        _add(rows, PersonLanguage, {"person_id": pk, "code": code, "needs_interpreter": needed} | inside)
    belonging = {
        "household_id": form.household, "person_id": pk, "relation": member.relation,
        "benefit_unit": member.benefit_unit, "position": place, **_presence_of(member), "joined_on": day,
    }  # fmt: skip
    _add(rows, HouseholdMember, belonging | inside)
    return _pseudonym(rows, Pseudonym.Kind.PERSON, pk, form.akte)


def _pseudonym(rows: Rows, kind: str, subject: UUID, akte: Akte) -> UUID:
    key = random_key()
    _add(rows, Pseudonym, {"key": key, "kind": str(kind), "subject": subject, "akte_id": akte.pk})
    return key


def _add(rows: Rows, model: type[models.Model], values: dict[str, Any]) -> None:
    rows.setdefault(model, []).append(values)


def _changes(one: Formed) -> Iterable[Entry]:
    """The facts of the single actions: each member added, the household formed, where it lives."""
    acts = len(one.persons) + 1 + bool(one.form.home)
    return [one.record_of(facts.HOUSEHOLD_CHANGED, about=(Keys(household=one.household),))] * acts


@transaction.atomic
def open_cases(*, formed: Sequence[Formed], service: str, by: Actor, at: datetime) -> list[Formed]:
    """Open a matter of a service for each of these households, as `open_case` does. Raises NotAllowed."""
    rows: Rows = {}
    _check(by, [one.form for one in formed], (Case, CaseParty))
    day, ids = local_day(at), new_ids(len(formed))
    said = {"service": service, "lead_id": by.user_id, "opened_on": day, "last_contact_on": day}
    opened = [_opened(one, case, said, rows) for one, case in zip(formed, ids, strict=True)]
    for model in (Case, CaseParty, Pseudonym):
        insert(model, rows.get(model, []))
    record_all((one.record_of(facts.CASE_OPENED) for one in opened), at=at)
    return opened


def _opened(one: Formed, case: UUID, said: dict[str, Any], rows: Rows) -> Formed:
    akte = one.form.akte
    inside = {"akte_id": akte.pk, "circle_id": akte.circle_id}
    _add(rows, Case, {"id": case} | said | inside)
    party = {"case_id": case, "role": str(PartyRole.CLIENT), "household_id": one.form.household}
    _add(rows, CaseParty, party | inside)
    return replace(one, case=_pseudonym(rows, Pseudonym.Kind.CASE, case, akte))


@transaction.atomic
def add_members(*, added: Sequence[tuple[Household, UUID, MemberData]], by: Actor, at: datetime) -> None:
    """Add people under these ids to households that are there, as `add_member` does. Raises NotAllowed, BadInput."""
    homes = {household.pk: household for household, _pk, _member in added}
    members = HouseholdMember.objects.for_system(reason="the next place in the household")
    counted = members.filter(household_id__in=list(homes)).order_by().values_list("household_id")
    places = dict(counted.annotate(number=Count("pk")))
    keys = keys_of(Pseudonym.Kind.HOUSEHOLD, homes)
    rows: Rows = {}
    for household, pk, member in added:
        check_can_write(by, Person(akte=household.akte))
        inside = {"akte_id": household.akte_id, "circle_id": household.circle_id}
        form = HouseholdForm(household.akte, household.pk, ((pk, member),))
        _person(form, 0, rows, local_day(at), inside)
        rows[HouseholdMember][-1]["position"] = places.get(household.pk, 0)
        places[household.pk] = places.get(household.pk, 0) + 1
    for model in (Person, PersonKeys, PersonLanguage, HouseholdMember, Pseudonym):
        insert(model, rows.get(model, []))
    about = ((Keys(household=keys.get(household.pk)), household) for household, _pk, _member in added)
    record_all((Entry(facts.HOUSEHOLD_CHANGED, (key,), frame_of(home.akte), {}) for key, home in about), at=at)


OF_A_LIST: tuple[type[GuardedModel], ...] = (
    Household, Person, PersonKeys, PersonLanguage, HouseholdMember, Accommodation, Case, CaseParty,
)  # fmt: skip
"""What `form_households` and `open_cases` write into an Akte."""


@transaction.atomic
def take_back_households(
    *, akten: Sequence[UUID], events: Sequence[UUID], since: datetime, by: Actor, at: datetime
) -> None:
    """Take households back that a list brought, with their Akten, as long as nothing was built on them.

    `events`: of the facts of their opening. Raises NotAllowed, WrongState.
    """
    for akte in Akte.objects.for_system(reason="the write is checked next").filter(pk__in=akten).only("circle_id"):
        if not by.is_house and not by.keeps(akte.circle_id, Household.Guard.scope, write=True):
            raise NotAllowed(_("Das dürfen Sie in dieser Akte nicht ändern."))
    if built_on(akten, since=since, but=OF_A_LIST):
        raise WrongState(_("Auf einem dieser Haushalte wurde inzwischen aufgebaut."))
    void_all(at=at, about=about_akten(akten), events=events)
    delete_akten(akten, holding=OF_A_LIST)


FILLED = ("birth_date", "original_name", "phone", "email")


@transaction.atomic
def add_to_person(*, person: Person, member: MemberData, by: Actor, at: datetime) -> dict[str, Any]:
    """Fill in what is not known of a person yet; what is known stays. Returns what was added, for taking back.

    Raises NotAllowed, BadInput.
    """
    check_can_write(by, person)
    values = _columns_of(member)
    added = {name: values[name] for name in FILLED if values[name] and not getattr(person, name)}
    if "birth_date" in added:
        added["birth_known"] = values["birth_known"]
    for name, value in added.items():
        setattr(person, name, value)
    _check_person(person, day=local_day(at))
    spoken = set(person.languages.for_system(reason="what is known stays").values_list("code", flat=True))
    codes = [code for code in dict.fromkeys(member.languages) if code not in spoken]
    if added:
        person.save()
    rows = [PersonLanguage(akte=person.akte, person=person, code=code) for code in codes]
    PersonLanguage.objects.bulk_create(rows)
    if added or codes:
        record(facts.HOUSEHOLD_CHANGED, about=person_keys([person.pk]), frame=frame_of(person.akte), at=at)
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in added.items()}
    return kept | ({"language_ids": [str(row.pk) for row in rows]} if rows else {})


@transaction.atomic
def take_back_addition(*, person: Person, added: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Take back what `add_to_person` filled in, where it still stands so. Raises NotAllowed."""
    check_can_write(by, person)
    emptied = []
    for name in (name for name in FILLED if name in added):
        value = getattr(person, name)
        if (value.isoformat() if isinstance(value, date) else value) == added[name]:
            setattr(person, name, None if name == "birth_date" else "")
            emptied.append(name)
    if "birth_date" in emptied:
        person.birth_known = BirthKnown.DAY
    if emptied:
        person.save()
    languages = person.languages.for_system(reason="what a list added, but not what was typed anew since")
    languages.filter(pk__in=added.get("language_ids", [])).delete()
    record(facts.HOUSEHOLD_CHANGED, about=person_keys([person.pk]), frame=frame_of(person.akte), at=at)


@transaction.atomic
def take_back_members(*, persons: Sequence[UUID], since: datetime, by: Actor, at: datetime) -> None:
    """Take back people whom a list added to households that were there; about whom somebody wrote since, stays.

    Raises NotAllowed, WrongState.
    """
    if written_about(persons, since=since):
        raise WrongState(_("Zu einer Person aus der Liste wurde inzwischen etwas eingetragen. Sie bleibt."))
    rows = Person.objects.for_system(reason="the write is checked next").filter(pk__in=persons)
    every = list(rows.select_related("akte"))
    for person in every:
        check_can_write(by, person)
    keys = person_keys([person.pk for person in every])
    void_all(at=at, about=About(persons=[key.person for key in keys if key.person]))
    pairs = zip(keys, every, strict=True)
    record_all((Entry(facts.HOUSEHOLD_CHANGED, (key,), frame_of(one.akte), {}) for key, one in pairs), at=at)
    ids = [person.pk for person in every]
    Pseudonym.objects.filter(subject__in=ids).delete()
    for model in (PersonLanguage, HouseholdMember, PersonKeys):
        model.objects.for_system(reason="goes with the person").filter(person_id__in=ids).delete()
    Person.objects.for_system(reason="what a list added").filter(pk__in=ids).delete()
