"""Lists of people and households: columns, how rows become households, and what is written of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.errors import WrongState
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.actions.bulk import add_members, add_to_person
from wurzelwerk.cases.models import Household, Person
from wurzelwerk.sheets.cells import email, limited, phones, yes
from wurzelwerk.sheets.heads import plain
from wurzelwerk.sheets.importer import Against, Kept, Option, Progress, Remark, Row, Taken
from wurzelwerk.trust.actor import Actor

from . import list_cells as cells
from . import list_undo
from .bulk_actions import ListedHousehold, take_in_households
from .list_alike import find_alike
from .list_fields import FIELDS, GROUPING
from .rules import MEMBERS_AT_MOST


@dataclass
class Listed:
    """What a row says of a person, where they live, and to which household they belong."""

    member: MemberData
    home: Mapping[str, Any] | None
    household: str
    relation: str


class PeopleImporter:
    """People and their households, into counselling."""

    key = "people"
    label = lazy("Personen und Haushalte")
    one, many = lazy("Person"), lazy("Personen")
    hint = lazy("Eine Zeile je Person. Jeder Haushalt bekommt eine Akte und einen Beratungsfall bei Ihnen.")
    joining = lazy("Kommt zu dem Haushalt, der schon übernommen ist.")
    permission = "case.open"
    fields = FIELDS
    option: Option | None = GROUPING
    batch = 1_000

    def lacking(self, chosen: set[str]) -> str:
        """A name is needed, however it is written."""
        return (
            ""
            if chosen & {"given_name", "family_name", "full_name"}
            else _("Bitte ordnen Sie die Spalte mit dem Namen zu.")
        )

    def settled(self, columns: list[str]) -> list[str]:
        """Beside a column of given names, "Name" is the family name."""
        if "given_name" in columns and "family_name" not in columns:
            return ["family_name" if key == "full_name" else key for key in columns]
        return columns

    def proposed_option(self, chosen: set[str]) -> str:
        """By the household's column where there is one; else by address only where relations are said."""
        if "household" in chosen:
            return "column"
        return "address" if {"street", "relation"} <= chosen else "alone"

    def read(self, row: Row, *, on: date) -> None:
        """Read a person."""
        typed, note = row.cells, row.remarks.append
        given, family = cells.names(typed, note)
        born, known = cells.birth(typed.get("birth", ""), note, on=on)
        spoken = cells.languages(typed["languages"], note) if typed.get("languages") else ()
        needed = yes("interpreter", typed.get("interpreter", ""), note)
        if needed and not spoken:
            note(Remark("interpreter", _("Ohne Sprache lässt sich keine Sprachmittlung vermerken.")))
        rule, hint = cells.contact_rule(typed.get("contact", ""), note)
        member = MemberData(
            given_name=given, family_name=family, birth_date=born, birth_known=known, languages=spoken,
            needs_interpreter=needed and bool(spoken), phone=phones(typed.get("phone", ""), note),
            email=email(typed.get("email", ""), note), contact_rule=rule, contact_hint=hint,
            original_name=limited("original_name", typed.get("original_name", ""), 200, note),
            other_names=limited("other_names", typed.get("other_names", ""), 300, note),
        )  # fmt: skip
        relation = cells.relation(typed.get("relation", ""), note)
        row.values = Listed(member, cells.home(typed, note), typed.get("household", ""), relation)

    def gather(self, rows: Sequence[Row], *, option: str) -> None:
        """Say who lives together; the first of a household speaks for it where the list names nobody."""
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            row.group = _group(row.values, option)
            if row.group:
                groups[row.group].append(row)
            else:
                self._relate([row])
        for together in groups.values():
            if len(together) > MEMBERS_AT_MOST:
                said = _("Ein Haushalt hat hier höchstens %(most)d Personen, dieser hätte %(count)d.")
                text = said % {"most": MEMBERS_AT_MOST, "count": len(together)}
                for row in together:
                    row.remarks.append(Remark("household", text, refuses=True))
            self._relate([row for row in together if not row.is_refused])

    def _relate(self, together: Sequence[Row]) -> None:
        speaking = min(together, key=lambda row: {"self": 0, "": 1}.get(row.values.relation, 2), default=None)
        for row in together:
            said = row.values.relation
            if row is not speaking and said in {"", "self"}:
                row.remarks.append(Remark("relation", _("Beziehung nicht bekannt; eingetragen wird „andere Person“.")))
                said = "other"
            relation = "self" if row is speaking else said
            if row.values.member.relation != relation:
                row.values.member = replace(row.values.member, relation=relation)
        lived = [row for row in together if row.values.home]
        there = lived[0].values.home if lived else {}
        for row in lived:
            if not _is_same_place(row.values.home, there):
                row.remarks.append(
                    Remark("street", _("Andere Anschrift als die des Haushalts; sie wird nicht übernommen."))
                )

    def find_alike(self, rows: Sequence[Row], *, actor: Actor, progress: Progress) -> None:
        """Find who is there already, and who stands in the list twice."""
        find_alike(rows, actor=actor, progress=progress)

    def shown(self, row: Row) -> str:
        """The name of the person."""
        member = row.values.member
        return f"{member.given_name} {member.family_name}".strip()

    def take_in(self, groups: Sequence[Sequence[Row]], *, by: Actor, at: datetime) -> Taken:
        """Take households in; who belongs to one that is there is added to it."""
        new = [group for group in groups if not group[0].joined]
        events: tuple[UUID, ...] = ()
        if new:
            _akten, event = take_in_households(households=[_household(group) for group in new], by=by, at=at)
            events = (event,)
        self._join([row for group in groups if group[0].joined for row in group], by=by, at=at)
        return Taken(events)

    def _join(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        """Add people to households that are there."""
        if not rows:
            return
        homes = Household.objects.writable_by(by).select_related("akte").in_bulk({row.place for row in rows})
        added = []
        for row in rows:
            if row.place not in homes:
                raise WrongState(_("Zeile %(number)d: Den Haushalt gibt es nicht mehr.") % {"number": row.number})
            relation = "other" if row.values.relation in {"", "self"} else row.values.relation
            added.append((homes[row.place], row.key, replace(row.values.member, relation=relation)))
        add_members(added=added, by=by, at=at)

    def complete(self, row: Row, target: UUID, *, by: Actor, at: datetime) -> Any:
        """Fill in what is not known of somebody yet."""
        person = Person.objects.writable_by(by).select_related("akte").get(pk=target)
        return add_to_person(person=person, member=row.values.member, by=by, at=at)

    def against(self, kept: Sequence[Kept], *, actor: Actor, since: datetime) -> list[Against]:
        """Return on which households was built."""
        return list_undo.against(kept, actor=actor, since=since)

    def take_back(
        self, kept: Sequence[Kept], *, events: Sequence[UUID], by: Actor, since: datetime, at: datetime
    ) -> None:
        """Take back households, people added to others, and what was filled in."""
        list_undo.take_back(kept, events=events, by=by, since=since, at=at)

    def address(self, kept: Kept) -> str:
        """The page of the household."""
        return reverse("household", args=[kept.place]) if kept.place else ""


def _group(listed: Listed, option: str) -> str:
    if option == "column":
        return plain(listed.household)
    if option == "address" and listed.home and listed.home["street"]:
        family = listed.member.family_name or listed.member.given_name
        return "|".join((*_place(listed.home), plain(family)))
    return ""


def _is_same_place(home: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    as_typed = all(home[name] == other[name] for name in ("street", "postcode", "city"))
    return as_typed or _place(home) == _place(other)


def _place(home: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(plain(home[name]) for name in ("street", "postcode", "city"))


def _household(group: Sequence[Row]) -> ListedHousehold:
    home = next((row.values.home for row in group if row.values.home), None)
    ordered = sorted(group, key=lambda row: row.values.member.relation != "self")
    return ListedHousehold(group[0].place, tuple(_members(ordered)), home)


def _members(group: Sequence[Row]) -> Iterator[tuple[UUID, MemberData]]:
    for row in group:
        yield row.key, row.values.member


PEOPLE = PeopleImporter()
