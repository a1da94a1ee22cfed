"""To whom a letter to many goes: households of one's own team by filter, and who gets none and why.

Seven queries, however many households there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.cases.enums import Presence
from wurzelwerk.cases.models import (
    Accommodation,
    Case,
    CaseParty,
    Household,
    HouseholdMember,
    Need,
    Person,
    PersonLanguage,
)
from wurzelwerk.network.models import Site
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Circle
from wurzelwerk.trust.scopes import Scope

from .enums import BINDING
from .models import Mailing
from .recipients import goes_home

MOST = 300
"""So many letters are written at once at most."""


@dataclass(frozen=True)
class Line:
    """A household that the filter found; `barred` says why it gets no letter, empty where it gets one."""

    household: Household
    case_id: UUID
    person: Person | None
    language: str
    barred: str

    @property
    def key(self) -> str:
        """The household's id, as a form sends it."""
        return str(self.household.pk)


def lines_of(mailing: Mailing, *, actor: Actor, on: date) -> list[Line]:
    """Return the households of a mailing, by name, those who get no letter among them."""
    cases = _open_cases(actor, mailing.site)
    rows = Household.objects.visible_to(actor).among(id=cases.keys())
    wanted = _narrowed(mailing, actor, cases)
    households = sorted((row for row in rows if row.pk in wanted), key=lambda row: (row.name.casefold(), row.pk.int))
    ids = [row.pk for row in households]
    people = _first_adults(ids, actor, on)
    languages = _languages([row.pk for row in people.values()], actor, mailing.spoken)
    homes = {row.household_id: row for row in _homes(ids, actor)}
    return [
        Line(
            household=row,
            case_id=cases[row.pk],
            person=people.get(row.pk),
            language=languages.get(person.pk, "") if (person := people.get(row.pk)) else "",
            barred=_barred(people.get(row.pk), homes.get(row.pk)),
        )
        for row in households
    ]


def writing_sites(actor: Actor) -> list[Site]:
    """Return the sites of the teams in whose Akten the actor writes letters, by name (one query)."""
    circles = Circle.objects.filter(pk__in=actor.home_circles(Scope.DOCUMENTS, write=True), site__isnull=False)
    return sorted((circle.site for circle in circles.select_related("site")), key=lambda one: (one.name, one.code))


def _open_cases(actor: Actor, site: str) -> dict[UUID, UUID]:
    """Household -> the open case in an Akte in which the actor writes letters; of one site, where it is named."""
    cases = Case.objects.writable_by(actor).filter(
        circle_id__in=actor.home_circles(Scope.DOCUMENTS, write=True), closed_on__isnull=True
    )
    cases = cases.filter(circle__site__code=site) if site else cases
    parties = CaseParty.objects.visible_to(actor).filter(case__in=cases, household__isnull=False)
    return dict(parties.order_by("case__opened_on").values_list("household_id", "case_id"))


def _narrowed(mailing: Mailing, actor: Actor, cases: dict[UUID, UUID]) -> set[UUID]:
    """Keep the households that the filter of a mailing names."""
    found = set(cases)
    if mailing.district:
        homes = Accommodation.objects.visible_to(actor).filter(district_id=mailing.district, until__isnull=True)
        found &= set(homes.values_list("household_id", flat=True))
    if mailing.need:
        needs = Need.objects.visible_to(actor).filter(kind=mailing.need, met_on__isnull=True)
        having = set(needs.values_list("case_id", flat=True))
        found = {household for household in found if cases[household] in having}
    if mailing.spoken:
        speaking = PersonLanguage.objects.visible_to(actor).filter(code=mailing.spoken).values("person_id")
        members = HouseholdMember.objects.visible_to(actor).filter(
            person_id__in=speaking, left_on__isnull=True, presence=Presence.PRESENT
        )
        found &= set(members.values_list("household_id", flat=True))
    return found


def _first_adults(households: list[UUID], actor: Actor, on: date) -> dict[UUID, Person]:
    rows = HouseholdMember.objects.visible_to(actor).among(household_id=households)
    rows = rows.filter(left_on__isnull=True, presence=Presence.PRESENT)
    found: dict[UUID, Person] = {}
    for row in rows.select_related("person").order_by("position", "pk"):
        if row.person.is_adult(on=on):
            found.setdefault(row.household_id, row.person)
    return found


def _languages(persons: list[UUID], actor: Actor, wanted: str) -> dict[UUID, str]:
    """Person -> the language beside German: the one asked for, one that needs interpreting, another."""
    rows = PersonLanguage.objects.visible_to(actor).among(person_id=persons).exclude(code=BINDING).order_by()
    found: dict[UUID, str] = {}
    for row in sorted(rows, key=lambda one: (one.code != wanted, not one.needs_interpreter, str(one.pk))):
        found.setdefault(row.person_id, row.code)
    return found


def _homes(households: list[UUID], actor: Actor) -> Iterable[Accommodation]:
    return Accommodation.objects.visible_to(actor).among(household_id=households).filter(until__isnull=True).order_by()


def _barred(person: Person | None, home: Accommodation | None) -> str:
    if person is None:
        return _("Im Haushalt lebt keine erwachsene Person.")
    if not goes_home(person):
        return _("Gebeten: %(rule)s.") % {"rule": person.contact_warning}
    if home is not None and home.is_blocked:
        return _("Für die Anschrift gilt eine Auskunftssperre (§ 51 BMG).")
    if home is None or not (home.street and home.city):
        return _("Die Anschrift ist nicht vollständig.")
    return ""


def in_words(mailing: Mailing, labels: Any) -> str:
    """Return by what the households of a mailing were found, in one line."""
    return " · ".join(labels) or _("Alle Haushalte des Teams mit offenem Fall")
