"""Who is whose mother or carer, who has custody, who is born and who arrives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import Keys
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte, Pseudonym
from wurzelwerk.trust.queries import frame_of, keys_of
from wurzelwerk.trust.rules import check_can_write

from .. import facts, lists
from ..enums import BirthKnown, Presence
from ..models import Custody, HouseholdMember, Kinship, Person
from ..rules import check_day_not_future

CHILD, UNBORN = "child", "unborn"


def _record(akte: Akte, person: UUID, at: datetime) -> None:
    about = [Keys(person=keys_of(Pseudonym.Kind.PERSON, [person]).get(person))]
    record(facts.HOUSEHOLD_CHANGED, about=about, frame=frame_of(akte), at=at)


@transaction.atomic
def relate(
    *,
    person: Person,
    kind: str,
    by: Actor,
    at: datetime,
    other: Person | None = None,
    outside: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Kinship:
    """Write down what a person is to another of the same Akte, or to somebody in none (`outside`).

    Raises NotAllowed, BadInput (nobody or both named, the same person, said already, an end before the beginning).
    """
    row = Kinship(
        akte=person.akte, person=person, kind=kind, other=other, outside=outside.strip(), since=since, until=until
    )
    check_can_write(by, row)
    if (other is None) == (not row.outside):
        raise BadInput(_("Bitte wählen Sie eine Person aus, oder schreiben Sie, wer es ist."), field="other")
    if other is not None and (other == person or other.akte_id != person.akte_id):
        raise BadInput(_("Bitte wählen Sie zwei verschiedene Personen aus diesem Haushalt."), field="other")
    if since and until and until < since:
        raise BadInput(_("Das Ende liegt vor dem Beginn."), field="until")
    said = Kinship.objects.for_system(reason="the same is not said twice").filter(
        person=person, kind=kind, other=other, outside=row.outside, removed_at__isnull=True
    )
    if said.exists():
        raise BadInput(_("Diese Beziehung ist schon eingetragen."), field="kind")
    row.save()
    _record(row.akte, person.pk, at)
    return row


@transaction.atomic
def remove_kinship(*, kinship: Kinship, by: Actor, at: datetime) -> None:
    """Take a relation away that is not so. Raises NotAllowed, WrongState."""
    check_can_write(by, kinship)
    if kinship.removed_at:
        raise WrongState(_("Diese Beziehung ist schon entfernt."))
    kinship.removed_at = at
    kinship.save(update_fields=["removed_at"])
    _record(kinship.akte, kinship.person_id, at)


@transaction.atomic
def restore_kinship(*, kinship: Kinship, by: Actor, at: datetime) -> None:
    """Bring a relation back. Raises NotAllowed, WrongState (it was written down anew meanwhile)."""
    check_can_write(by, kinship)
    same = {name: getattr(kinship, name) for name in ("person_id", "kind", "other_id", "outside")}
    standing = Kinship.objects.for_system(reason="the same is not said twice").filter(removed_at__isnull=True, **same)
    if not kinship.removed_at or standing.exists():
        raise WrongState(_("Diese Beziehung ist schon eingetragen."))
    kinship.removed_at = None
    kinship.save(update_fields=["removed_at"])
    _record(kinship.akte, kinship.person_id, at)


@dataclass(frozen=True)
class CustodyData:
    """Who has custody, as stated. `holders`: ids of persons of the Akte; `outside`: somebody else, or an authority."""

    kind: str
    holders: tuple[UUID, ...] = ()
    outside: str = ""
    document: str = ""
    since: date | None = None


@transaction.atomic
def set_custody(*, child: Person, custody: CustodyData, by: Actor, at: datetime) -> Custody:
    """Write down who has custody of a child. A later beginning ends what held before; otherwise that is corrected.

    Raises NotAllowed, BadInput (too few or too many who have it, a foreign person, the child itself).
    """
    rows = Custody.objects.for_system(reason="one custody a child; the write is checked next")
    Person.objects.for_system(reason="two people write at once").select_for_update().get(pk=child.pk)
    former = rows.filter(child=child, until__isnull=True).first()
    row = former or Custody(akte=child.akte, child=child)
    check_can_write(by, row)
    _check_custody(child, custody, at=at)
    if former and custody.since and former.since and custody.since > former.since:
        former.until = custody.since
        former.save(update_fields=["until"])
        row = Custody(akte=child.akte, child=child)
    row.kind, row.outside, row.document = custody.kind, custody.outside.strip(), custody.document.strip()
    row.since = custody.since
    row.save()
    _hold(row, custody.holders)
    _record(child.akte, child.pk, at)
    return row


def _hold(row: Custody, persons: Iterable[UUID]) -> None:
    through = Custody.holders.through
    through.objects.filter(custody=row).delete()
    through.objects.bulk_create(through(custody_id=row.pk, person_id=person) for person in dict.fromkeys(persons))


def _check_custody(child: Person, custody: CustodyData, *, at: datetime) -> None:
    rule = lists.table("custody_kinds").on(local_day(at), custody.kind).value
    named = len(custody.holders) + bool(custody.outside.strip())
    if named < rule.get("least", 0):
        raise BadInput(
            _("Bitte wählen Sie beide aus; wer nicht zum Haushalt gehört, kommt in das Feld darunter.")
            if rule["least"] > 1
            else _("Bitte geben Sie an, wer es ist."),
            field="holders",
        )
    if named > rule.get("most", named):
        raise BadInput(_("Zu „%(kind)s“ passen nicht so viele Personen.") % {"kind": rule["label"]}, field="holders")
    own = Person.objects.for_system(reason="who may have custody").filter(akte=child.akte, pk__in=custody.holders)
    if child.pk in custody.holders or own.count() != len(set(custody.holders)):
        raise BadInput(_("Bitte wählen Sie Personen aus diesem Haushalt."), field="holders")
    if custody.since:
        check_day_not_future(custody.since, at=at, field="since")


@transaction.atomic
def bear_child(
    *, belonging: HouseholdMember, born_on: date, given_name: str, family_name: str, by: Actor, at: datetime
) -> None:
    """Record that an expected child was born: it is a member from that day on.

    Raises NotAllowed, WrongState (it is born), BadInput (no name, a day to come).
    """
    check_can_write(by, belonging)
    if belonging.presence != Presence.UNBORN:
        raise WrongState(_("Dieses Kind ist schon geboren."))
    if not (given_name.strip() or family_name.strip()):
        raise BadInput(_("Bitte geben Sie mindestens einen Namen an."), field="given_name")
    check_day_not_future(born_on, at=at, field="born_on")
    child = belonging.person
    child.given_name, child.family_name = given_name.strip(), family_name.strip()
    child.birth_date, child.birth_known = born_on, BirthKnown.DAY
    child.save()
    _come(belonging, born_on, at, relation=CHILD)


@transaction.atomic
def take_back_birth(*, belonging: HouseholdMember, by: Actor, at: datetime) -> None:
    """Take back that a child was born; its name stays, its birth date goes. Raises NotAllowed, WrongState."""
    check_can_write(by, belonging)
    child = belonging.person
    if belonging.presence != Presence.PRESENT or belonging.joined_on != child.birth_date or belonging.left_on:
        raise WrongState(_("Diese Geburt lässt sich nicht mehr zurücknehmen."))
    child.birth_date = None
    child.save()
    belonging.relation, belonging.presence = UNBORN, Presence.UNBORN
    belonging.save(update_fields=["relation", "presence"])
    _record(belonging.akte, belonging.person_id, at)


@transaction.atomic
def welcome_member(*, belonging: HouseholdMember, arrived_on: date, by: Actor, at: datetime) -> None:
    """Record that somebody who was awaited has come. Raises NotAllowed, WrongState, BadInput (a day to come)."""
    check_can_write(by, belonging)
    if belonging.presence != Presence.AWAITED:
        raise WrongState(_("Diese Person ist schon da."))
    check_day_not_future(arrived_on, at=at, field="arrived_on")
    _come(belonging, arrived_on, at)


@transaction.atomic
def take_back_arrival(*, belonging: HouseholdMember, by: Actor, at: datetime) -> None:
    """Take back that somebody has come: they are awaited again. Raises NotAllowed, WrongState."""
    check_can_write(by, belonging)
    if belonging.presence != Presence.PRESENT or belonging.left_on:
        raise WrongState(_("Diese Ankunft lässt sich nicht mehr zurücknehmen."))
    belonging.presence = Presence.AWAITED
    belonging.save(update_fields=["presence"])
    _record(belonging.akte, belonging.person_id, at)


def _come(belonging: HouseholdMember, day: date, at: datetime, **changes: str) -> None:
    for name, value in {"presence": Presence.PRESENT, "joined_on": day, **changes}.items():
        setattr(belonging, name, value)
    belonging.save(update_fields=["presence", "joined_on", *changes])
    _record(belonging.akte, belonging.person_id, at)
