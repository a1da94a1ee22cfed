"""Who of a list is there already: among the Akten of the controller that the actor may see, and within the list."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from wurzelwerk.cases.enums import BirthKnown
from wurzelwerk.cases.models import HouseholdMember, Person
from wurzelwerk.linkage.lists import Known, matches
from wurzelwerk.linkage.pairs import Entry
from wurzelwerk.sheets.importer import Alike, Progress, Row
from wurzelwerk.trust.actor import Actor

from django.urls import reverse  # isort: skip

LEAST = 0.5
COLUMNS = (
    "pk", "given_name", "family_name", "birth_date", "birth_known", "phone", "email", "original_name", "other_names",
)  # fmt: skip
ASKED_AT_ONCE = 500


def find_alike(rows: Sequence[Row], *, actor: Actor, progress: Progress) -> None:
    """Write into each row who it may be; of Akten that the actor does not see there is no sign."""
    home = actor.home
    if home is None or not rows:
        return
    entries = [_entry(row) for row in rows]
    total = len(rows)
    found = matches(
        entries,
        _known(actor, home.organisation_id),
        least=LEAST,
        progress=lambda done: progress(min(done, total), total),
    )
    people = _shown({match.known for match in found if match.known}, actor)
    for match in found:
        row = rows[match.place]
        if match.earlier is not None:
            row.same_as = rows[match.earlier].number
        elif shown := people.get(match.known):
            row.alike.append(Alike(**shown, score=match.probability))


def _entry(row: Row) -> Entry:
    member = row.values.member
    known = member.birth_date and member.birth_known != BirthKnown.YEAR
    return Entry(
        given=member.given_name, family=member.family_name, birth=member.birth_date.isoformat() if known else "",
        phone=member.phone, email=member.email,
    )  # fmt: skip


def _known(actor: Actor, controller: UUID) -> Iterator[Known]:
    rows = Person.objects.visible_to(actor).filter(akte__controller_id=controller).order_by()
    for pk, given, family, born, known, phone, email, original, others in rows.values_list(*COLUMNS).iterator(
        chunk_size=5_000
    ):
        birth = _birth(born, known)
        names = [(given, family)]
        for name in (
            filter(None, (part.strip() for part in (original, *others.split(",")))) if original or others else ()
        ):
            first, _blank, last = name.rpartition(" ")
            names.append((first, last))
        yield Known(pk, tuple(Entry(one, other, birth, "", phone, email) for one, other in names))


def _birth(born: date | None, known: str) -> str:
    return born.isoformat() if born and known != BirthKnown.YEAR else ""


def _shown(ids: set[UUID], actor: Actor) -> dict[UUID, dict]:
    """Person -> what is shown of them, with the household they live in now."""
    every, found = sorted(ids, key=lambda one: one.int), {}
    for start in range(0, len(every), ASKED_AT_ONCE):
        part = every[start : start + ASKED_AT_ONCE]
        members = HouseholdMember.objects.visible_to(actor).among(person_id=part).filter(left_on__isnull=True)
        homes = {one.person_id: one.household for one in members.select_related("household").order_by()}
        for person in Person.objects.visible_to(actor).among(id=part).order_by():
            home = homes.get(person.pk)
            detail = ", ".join(filter(None, (person.birth_text and f"* {person.birth_text}", person.phone)))
            found[person.pk] = {
                "id": person.pk, "label": person.name, "detail": detail, "place": home.pk if home else None,
                "url": reverse("household", args=[home.pk]) if home else "",
            }  # fmt: skip
    return found
