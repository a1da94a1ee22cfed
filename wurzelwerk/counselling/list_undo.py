"""Take back what a list of people brought, and say what stands against it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.cases.actions.bulk import (
    OF_A_LIST,
    take_back_addition,
    take_back_households,
    take_back_members,
)
from wurzelwerk.cases.models import Household, Person
from wurzelwerk.cases.people_marks import written_about
from wurzelwerk.evidence.bulk import About, keys_recorded_since
from wurzelwerk.sheets.importer import Against, Kept
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.building import built_on
from wurzelwerk.trust.models import Pseudonym
from wurzelwerk.trust.queries import keys_of

ASKED_AT_ONCE = 400
REASON = "what a list brought"


def against(kept: Sequence[Kept], *, actor: Actor, since: datetime) -> list[Against]:
    """Return the households on which was built since, by name as far as the actor sees them."""
    akten = _akten([one.place for one in kept if one.place and not one.joined and not one.completed])
    reasons: dict[UUID, tuple[str, ...]] = {}
    for akte, what in built_on(list(akten), since=since, but=OF_A_LIST).items():
        reasons[akten[akte]] = what
    joined = {one.place for one in kept if one.joined and one.place}
    keys = keys_of(Pseudonym.Kind.HOUSEHOLD, joined)
    changed = keys_recorded_since(About(households=list(keys.values())), since=since)
    reasons |= {pk: (_("Änderung"),) for pk, key in keys.items() if key in changed}
    places = {one.key: one.place for one in kept if one.joined and one.place and not one.completed}
    for person, what in written_about(list(places), since=since).items():
        reasons[places[person]] = tuple(dict.fromkeys([*reasons.get(places[person], ()), *what]))
    named = Household.objects.visible_to(actor).among(id=list(reasons)).order_by() if reasons else ()
    names = {one.pk: one.name for one in named}
    return sorted(
        (
            Against(names.get(pk, _("ein Haushalt, den Sie nicht mehr sehen")),
                    reverse("household", args=[pk]) if pk in names else "", what)
            for pk, what in reasons.items()
        ),
        key=lambda one: one.label,
    )  # fmt: skip


def _akten(households: Sequence[UUID]) -> dict[UUID, UUID]:
    """Akte -> household, of those that still stand."""
    every, found = list(dict.fromkeys(households)), {}
    for start in range(0, len(every), ASKED_AT_ONCE):
        rows = Household.objects.for_system(reason=REASON).filter(pk__in=every[start : start + ASKED_AT_ONCE])
        found.update(rows.order_by().values_list("akte_id", "pk"))
    return found


def take_back(kept: Sequence[Kept], *, events: Sequence[UUID], by: Actor, since: datetime, at: datetime) -> None:
    """Take back households, people added to others, and what was filled in. Raises NotAllowed, WrongState."""
    new = [one.place for one in kept if one.place and not one.joined and not one.completed]
    akten = list(_akten(new))
    if akten or events:
        take_back_households(akten=akten, events=events, since=since, by=by, at=at)
    people = Person.objects.for_system(reason=REASON).select_related("akte")
    if joined := [one.key for one in kept if one.joined and not one.completed]:
        take_back_members(persons=joined, since=since, by=by, at=at)
    completed = {one.completed: one.before for one in kept if one.completed}
    for person in people.filter(pk__in=list(completed)):
        take_back_addition(person=person, added=completed[person.pk] or {}, by=by, at=at)
