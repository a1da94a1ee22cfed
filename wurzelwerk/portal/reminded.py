"""Who is reminded of which appointment: whoever was chosen; without a choice the one who agreed, if but one did."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from wurzelwerk.cases.models import Appointment, HouseholdMember

from .models import ReminderChoice, Reminding

REASON = "who is to be reminded of an appointment"


def agreed_in(akten: Collection[UUID]) -> Mapping[UUID, list[Reminding]]:
    """Return Akte -> who of its household lives there now and agreed to be reminded, each with person (two queries).

    Who agreed did so with the body that keeps the Akte: appointments of others are none of these.
    """
    members = HouseholdMember.objects.for_system(reason=REASON).filter(left_on__isnull=True, akte_id__in=akten)
    people: dict[UUID, set[UUID]] = defaultdict(set)
    for akte_id, person_id in members.values_list("akte_id", "person_id"):
        people[akte_id].add(person_id)
    agreed = Reminding.objects.for_system(reason=REASON).filter(
        ended_at__isnull=True, person_id__in=set().union(*people.values())
    )
    by_person = {row.person_id: row for row in agreed.select_related("person")}
    return {akte: [by_person[pk] for pk in sorted(found) if pk in by_person] for akte, found in people.items()}


def agreed_of(akte: UUID) -> list[Reminding]:
    """Return the same of one Akte (one query)."""
    members = HouseholdMember.objects.for_system(reason=REASON).filter(left_on__isnull=True, akte_id=akte)
    rows = Reminding.objects.for_system(reason=REASON).filter(
        ended_at__isnull=True, person_id__in=members.order_by().values("person_id")
    )
    return list(rows.select_related("person").order_by("person_id"))


def choices_of(appointments: Iterable[Appointment]) -> Mapping[UUID, set[UUID]]:
    """Return appointment -> who was chosen, nobody included; what is not in it was not asked (one query)."""
    rows = ReminderChoice.objects.for_system(reason=REASON).among(appointment_id=[one.pk for one in appointments])
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for appointment, person in rows.values_list("appointment_id", "person"):
        found[appointment] |= {person} if person else set()
    return found


def is_asked(agreed: Collection[Reminding], chosen: set[UUID] | None) -> bool:
    """Say whether somebody has to choose yet: several agreed, and nobody said whom the appointment is for."""
    return chosen is None and len(agreed) > 1


def meant(agreed: Collection[Reminding], chosen: set[UUID] | None) -> list[Reminding]:
    """Return who of those who agreed is reminded; nobody as long as it is to be asked."""
    if chosen is None:
        return [] if is_asked(agreed, chosen) else list(agreed)
    return [row for row in agreed if row.person_id in chosen]
