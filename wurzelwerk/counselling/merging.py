"""Two Akten of one household side by side: what differs, who is the same, what comes along, what speaks against it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base.formats import day
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.finding import find_people
from wurzelwerk.cases.merge_differences import Difference, differences, home_text, same_home
from wurzelwerk.cases.merge_moving import Group, what_moves
from wurzelwerk.cases.merge_rules import hindrances, person_hindrances
from wurzelwerk.cases.merge_sides import Pairs, Side, proposed_pairs, side_of, writable_household
from wurzelwerk.cases.models import (
    Appointment,
    Household,
    HouseholdMember,
    Merge,
    Note,
    Person,
    Residence,
    Task,
)
from wurzelwerk.network import remembered
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.fates import fates
from wurzelwerk.trust.models import Grant

REASON = "both Akten of a merge that the actor may write"
FOUND_AT_MOST = 25


@dataclass(frozen=True)
class Line:
    """One thing of both households; several texts stand below each other."""

    label: str
    kept: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """All that the preview shows. `coming`: (what, how many); `also_seen_by`: other bodies that read the Akte kept."""

    kept: Side
    dropped: Side
    pairs: Pairs
    lines: tuple[Line, ...]
    differences: tuple[Difference, ...]
    coming: tuple[tuple[str, int], ...]
    hindrances: tuple[str, ...]
    turned_round: tuple[str, ...]
    also_seen_by: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What tells this preview from one of other values."""
        return _mark(self.differences, self.coming, self.lines, sorted(map(str, self.pairs.items())))

    @property
    def may_turn_round(self) -> bool:
        """Whether the other Akte can be kept instead."""
        return not self.turned_round


@dataclass(frozen=True)
class PersonPreview:
    """All that the preview of two entries for one person shows."""

    kept: Person
    dropped: Person
    lines: tuple[Line, ...]
    differences: tuple[Difference, ...]
    hindrances: tuple[str, ...]
    turned_round: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What tells this preview from one of other values."""
        return _mark(self.differences, self.lines)

    @property
    def may_turn_round(self) -> bool:
        """Whether the other entry can be kept instead."""
        return not self.turned_round


def _mark(differences: Iterable[Difference], *said: object) -> str:
    whole = repr(([(one.key, one.kept, one.dropped) for one in differences], said))
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def person_preview(side: Side, kept: Person, dropped: Person, *, on: date) -> PersonPreview:
    """Return what it would do to make one of two entries in an Akte; a constant number of queries."""
    here, there = _said_of(kept, side), _said_of(dropped, side)
    against = tuple(person_hindrances(dropped, kept, side, on=on))
    return PersonPreview(
        kept=kept,
        dropped=dropped,
        lines=tuple(Line(label, (here[label],), (there[label],)) for label in here),
        differences=tuple(differences(side.alone(kept), side.alone(dropped), {dropped.pk: kept.pk})),
        hindrances=against,
        turned_round=tuple(person_hindrances(kept, dropped, side, on=on)) if against else (),
    )


def _said_of(person: Person, side: Side) -> dict[str, str]:
    belonging, residence = side.belongings.get(person.pk), side.singles[Residence].get(person.pk)
    talks = Note.objects.for_system(reason=REASON).filter(participants=person.pk).count()
    return {
        _("Name"): person.name,
        _("Weitere Namen"): ", ".join(person.all_names[1:]),
        _("Geburtsdatum"): person.birth_text,
        _("Telefon"): person.phone,
        _("E-Mail"): person.email,
        _("Sichere Erreichbarkeit"): person.contact_warning,
        _("Sprachen"): ", ".join(_spoken(person, side)),
        _("Aufenthalt"): fates()[Residence].say(residence) if residence else "",
        _("Beziehung"): _relation(belonging.relation) if belonging else "",
        _("Im Haushalt"): _belonged(belonging) if belonging else "",
        _("Gespräche, an denen sie teilnahm"): str(talks),
    }


def _relation(code: str) -> str:
    return lists.label("relation_kinds", code) if code in lists.table("relation_kinds").keys else code


def _belonged(belonging: HouseholdMember) -> str:
    since = _("seit %(day)s") % {"day": day(belonging.joined_on)}
    return f"{since}, {_left(belonging)}" if belonging.left_on else since


def _left(belonging: HouseholdMember | None) -> str:
    return _("ausgezogen am %(day)s") % {"day": day(belonging.left_on)} if belonging and belonging.left_on else ""


def _spoken(person: Person, side: Side) -> list[str]:
    codes = [row.code for row in side.languages.get(person.pk, ())]
    return [lists.label("languages", code) if code in lists.table("languages").keys else code for code in codes]


def sides(kept: UUID, dropped: UUID, *, actor: Actor) -> tuple[Side, Side] | None:
    """Return both sides, or None where the actor may not write both or they are not two of one controller."""
    here, there = writable_household(kept, by=actor), writable_household(dropped, by=actor)
    if not here or not there or here.akte_id == there.akte_id:
        return None
    return (side_of(here), side_of(there)) if here.akte.controller_id == there.akte.controller_id else None


def preview(kept: Side, dropped: Side, pairs: Pairs, *, on: date) -> Preview:
    """Return what a merge with these pairs would do; a constant number of queries."""
    against = tuple(hindrances(dropped, kept, on=on))
    return Preview(
        kept=kept,
        dropped=dropped,
        pairs=pairs,
        lines=tuple(_lines(kept, dropped)),
        differences=tuple(differences(kept, dropped, pairs)),
        coming=() if against else _coming(kept, dropped, pairs),
        hindrances=against,
        turned_round=tuple(hindrances(kept, dropped, on=on)) if against else (),
        also_seen_by=_also_seen_by(kept, on),
    )


def pairs_proposed(kept: Side, dropped: Side) -> dict[UUID, UUID]:
    """Return who is probably the same."""
    return proposed_pairs(kept, dropped)


def _coming(kept: Side, dropped: Side, pairs: Pairs) -> tuple[tuple[str, int], ...]:
    replaced = {dropped.household.pk: kept.household.pk, dropped.matter.pk: kept.matter.pk, **pairs}
    left = {dropped.home.pk} if dropped.home and same_home(kept, dropped) else set()
    return tuple(_counted(what_moves(kept, dropped, replaced, exchanged=(), left=left)))


def _counted(groups: Iterable[Group]) -> Iterable[tuple[str, int]]:
    numbers: dict[type, int] = {}
    for group in groups:
        numbers[group.model] = numbers.get(group.model, 0) + len(group.ids)
    for model, fate in fates().items():
        if (fate.many or fate.single) and (number := numbers.get(model)):
            yield str(fate.many if number > 1 and fate.many else fate.one), number


def _also_seen_by(kept: Side, on: date) -> tuple[str, ...]:
    grants = Grant.valid(on=on).filter(akte=kept.akte).exclude(circle__organisation_id=kept.akte.controller_id)
    bodies = grants.order_by().values_list("circle__organisation_id", flat=True).distinct()
    return tuple(sorted(remembered.organisations.name(one) for one in bodies))


def _lines(kept: Side, dropped: Side) -> Iterable[Line]:
    here, there = _said(kept), _said(dropped)
    for label in here:
        yield Line(label, here[label], there[label])


def _said(side: Side) -> dict[str, tuple[str, ...]]:
    case, akte, reason = side.case, side.akte, REASON
    lead = str(case.lead or _("niemand")) if case else ""
    state = "" if case is None else (_("abgeschlossen") if case.closed_on else _("offen"))
    former = len(side.homes) - bool(side.home)
    notes = Note.objects.for_system(reason=reason).filter(akte=akte).count()
    tasks = Task.objects.for_system(reason=reason).filter(akte=akte, done_at__isnull=True, cancelled_at__isnull=True)
    dates = Appointment.objects.for_system(reason=reason).filter(akte=akte, state=AppointmentState.PLANNED)
    return {
        _("Aktenzeichen"): (akte.reference,),
        _("Team"): (remembered.sites.name(akte.site_id) or remembered.organisations.name(akte.controller_id),),
        _("Aufgenommen"): (day(akte.opened_at),),
        _("Zuständig"): (lead,),
        _("Fall"): (str(state),),
        _("Personen"): tuple(_person(person, side) for person in _in_order(side)),
        _("Wohnt jetzt"): (home_text(side.home) if side.home else "",),
        _("Frühere Unterkünfte"): (str(former),),
        _("Journaleinträge"): (str(notes),),
        _("Offene Aufgaben"): (str(tasks.count()),),
        _("Vereinbarte Termine"): (str(dates.count()),),
    }


def _in_order(side: Side) -> list[Person]:
    places = {pk: (row.position, row.pk.int) for pk, row in side.belongings.items()}
    return sorted(side.persons, key=lambda person: places.get(person.pk, (10_000, person.pk.int)))


def _person(person: Person, side: Side) -> str:
    belonging, residence = side.belongings.get(person.pk), side.singles[Residence].get(person.pk)
    stays = fates()[Residence].say(residence) if residence else ""
    known = [*person.all_names, person.birth_text, person.phone, person.contact_warning]
    said = [*known, *_spoken(person, side), stays, _left(belonging)]
    return ", ".join(filter(None, said))


def person_choices(side: Side) -> list[tuple[str, str]]:
    """Return id and name with birth date of everybody of a side, in order of the household."""
    return [
        (str(person.pk), f"{person.name} ({person.birth_text})" if person.birth_date else person.name)
        for person in _in_order(side)
    ]


def doubles_of(household: Household, text: str, *, actor: Actor) -> list[Household]:
    """Return households that may be the same, the best first: whom the text finds, without one those of the same name.

    Of the same controller, where the actor may write; at most 25 (six queries).
    """
    rows = Household.objects.writable_by(actor).filter(akte__controller_id=household.akte.controller_id)
    others = rows.exclude(pk=household.pk).select_related("akte")
    if not text:
        return list(others.filter(name=household.name).order_by("name", "pk")[:FOUND_AT_MOST])
    found = [one.household.pk for one in find_people(text, actor=actor, limit=FOUND_AT_MOST) if one.household]
    known = {one.pk: one for one in others.among(id=found)}
    return [known[pk] for pk in dict.fromkeys(found) if pk in known]


def merges_of(household: Household, *, actor: Actor) -> list[Merge]:
    """Return what is merged into a household's Akte now, the latest first (one query where there is something)."""
    if not household.akte.received:
        return []
    rows = Merge.objects.visible_beside(household, actor).of(household_id=household.pk).filter(undone_at__isnull=True)
    return list(rows.select_related("dropped_akte"))
