"""Lists of bodies outside with their sites: columns, which rows are one body, and what is written of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.cases.actions.bodies import ListedBody, Place, add_sites, add_to_body, keep_bodies
from wurzelwerk.network.enums import OrganisationKind
from wurzelwerk.network.models import Organisation, Site
from wurzelwerk.sheets import cells
from wurzelwerk.sheets.heads import plain
from wurzelwerk.sheets.importer import Against, Field, Kept, Option, Progress, Remark, Row, Taken
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.building import prints

from . import list_bodies_alike, list_bodies_undo

FIELDS = (
    Field("name", lazy("Name der Stelle"), (
        "name", "stelle", "organisation", "organisationsname", "träger", "trägername", "einrichtung", "verein", "firma",
        "institution", "beratungsstelle", "praxis", "organization", "organization name",
    )),
    Field("short_name", lazy("Kurzname"), ("kurzbezeichnung", "abkürzung", "kürzel", "kurzform", "alternate name")),
    Field("kind", lazy("Art der Stelle"), ("art", "typ", "kategorie", "organisationstyp")),
    Field("site", lazy("Standort"), (
        "standortname", "name des standorts", "filiale", "zweigstelle", "niederlassung", "dienststelle", "außenstelle",
        "geschäftsstelle", "site", "location",
    )),
    Field("street", lazy("Straße und Hausnummer"), (
        "straße", "strasse", "str", "adresse", "anschrift", "street", "address", "address 1",
    ), looks=cells.looks_like_street),
    Field("house_number", lazy("Hausnummer"), ("hausnr", "haus nr", "hnr", "hsnr")),
    Field("postcode", lazy("Postleitzahl"), ("plz", "zip", "postcode", "postal code", "plz ort"),
          looks=cells.looks_like_postcode),
    Field("city", lazy("Ort"), ("stadt", "city")),
    Field("phone", lazy("Telefon"), (
        "tel", "telefonnummer", "telefon nr", "tel nr", "rufnummer", "festnetz", "phone", "zentrale",
    ), looks=cells.looks_like_phone),
    Field("email", lazy("E-Mail"), ("email", "mail", "e mail adresse", "emailadresse", "mailadresse"),
          looks=cells.looks_like_mail),
)  # fmt: skip


@dataclass
class Listed:
    """What a row says: of the body (`names`), where and how it is reached, and which site it is about.

    `site`: columns of the site that the row becomes; None where the row is about the body as a whole.
    """

    names: dict[str, str]
    reached: dict[str, str]
    site_name: str
    site: dict[str, str] | None = None
    leads: bool = field(default=False)


class BodiesImporter:
    """Bodies without an account, with their sites, for referrals and the search."""

    key = "bodies"
    label = lazy("Stellen und Standorte")
    one, many = lazy("Stelle"), lazy("Stellen")
    hint = lazy(
        "Eine Zeile je Stelle oder je Standort: Zeilen mit gleichem Namen sind Standorte einer Stelle. "
        "Nur die eigene Stelle sieht sie."
    )
    joining = lazy("Kommt zu der Stelle, die schon übernommen ist.")
    permission = "referral.send"
    fields = FIELDS
    option: Option | None = None
    batch = 400

    def lacking(self, chosen: set[str]) -> str:
        """The name is needed."""
        return "" if "name" in chosen else _("Bitte ordnen Sie die Spalte mit dem Namen der Stelle zu.")

    def settled(self, columns: list[str]) -> list[str]:
        """Nothing depends on other columns."""
        return columns

    def proposed_option(self, chosen: set[str]) -> str:
        """There is none."""
        return ""

    def read(self, row: Row, *, on: date) -> None:
        """Read a body, or one of its sites."""
        typed, note = row.cells, row.remarks.append
        name = " ".join(typed.get("name", "").split())
        if not name:
            note(Remark("name", _("In dieser Zeile steht kein Name einer Stelle."), refuses=True))
        names = {
            "name": cells.limited("name", name, 160, note),
            "short_name": cells.limited("short_name", typed.get("short_name", ""), 60, note),
            "kind": _kind(typed.get("kind", ""), note),
        }
        reached = cells.address(typed, note)
        reached["phone"] = cells.phones(typed.get("phone", ""), note, most=40)
        reached["email"] = cells.email(typed.get("email", ""), note)
        row.values = Listed(names, reached, cells.limited("site", typed.get("site", ""), 120, note))

    def gather(self, rows: Sequence[Row], *, option: str) -> None:
        """Rows of one name are one body; the first that names no site speaks for it as a whole."""
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            row.group = plain(row.values.names["name"])
            if not row.is_refused:
                groups[row.group].append(row)
        for together in groups.values():
            leading = next((row for row in together if not row.values.site_name), together[0])
            leading.values.leads = True
            for row in together:
                row.values.site = _site(row, leading)

    def find_alike(self, rows: Sequence[Row], *, actor: Actor, progress: Progress) -> None:
        """Find bodies that are known already, and rows that stand in the list twice."""
        list_bodies_alike.find_alike(rows, actor=actor, progress=progress)

    def shown(self, row: Row) -> str:
        """The name of the body."""
        return row.values.names["name"]

    def take_in(self, groups: Sequence[Sequence[Row]], *, by: Actor, at: datetime) -> Taken:
        """Keep new bodies with their sites; sites of bodies that are there are added."""
        new = [_body(group) for group in groups if not group[0].joined]
        events = (keep_bodies(bodies=new, by=by, at=at),) if new else ()
        joined = [row for group in groups if group[0].joined for row in group]
        added = [(row.place, (row.key, row.values.site or _whole(row))) for row in joined]
        if added:
            add_sites(added=added, by=by, at=at)
        return Taken(events, _marks([row for group in groups for row in group]))

    def complete(self, row: Row, target: UUID, *, by: Actor, at: datetime) -> Any:
        """Fill in what is not known of a body yet; a site is added to it."""
        place = (row.key, row.values.site) if row.values.site else None
        return add_to_body(body=target, values=row.values.reached, place=place, by=by, at=at)

    def against(self, kept: Sequence[Kept], *, actor: Actor, since: datetime) -> list[Against]:
        """Return which bodies were changed or used."""
        return list_bodies_undo.against(kept)

    def take_back(
        self, kept: Sequence[Kept], *, events: Sequence[UUID], by: Actor, since: datetime, at: datetime
    ) -> None:
        """Take back bodies, sites added to others, and what was filled in."""
        list_bodies_undo.take_back(kept, events=events, by=by, at=at)

    def address(self, kept: Kept) -> str:
        """A body has no page of its own; the search finds it."""
        return ""


def _kind(text: str, note: cells.Note) -> str:
    known = {plain(str(label)): code for code, label in OrganisationKind.choices} | {
        "behörden": "authority", "amt": "authority", "ev": "association", "e v": "association", "firma": "business",
        "unternehmen": "business", "stadt": "municipality", "gemeinde": "municipality", "wohlfahrt": "welfare",
    }  # fmt: skip
    code = known.get(plain(text), "")
    if text and not code:
        said = _("Die Art „%(text)s“ ist nicht bekannt; eingetragen wird „Verein“.")
        note(Remark("kind", said % {"text": text[:40]}))
    return code


def _site(row: Row, leading: Row) -> dict[str, str] | None:
    """The site that a row becomes: it is named, or stands at another address than the body as a whole."""
    said = row.values
    reached = {name: said.reached[name] for name in ("street", "postcode", "city", "phone")}
    if row is not leading and said.reached["email"]:
        row.remarks.append(Remark("email", _("Ein Standort hat keine eigene E-Mail; sie wird nicht übernommen.")))
    if said.site_name:
        return reached | {"name": said.site_name}
    if row is leading or _where(said) == _where(leading.values):
        return None
    return _whole(row)


def _whole(row: Row) -> dict[str, str]:
    """A row without the name of a site as a site: it is called by its street, its place, or like its body."""
    said = row.values
    reached = {name: said.reached[name] for name in ("street", "postcode", "city", "phone")}
    return reached | {"name": said.reached["street"] or said.reached["city"] or said.names["name"][:120]}


def _where(said: Listed) -> tuple[str, ...]:
    return tuple(cells.same_word(said.reached[name]) for name in ("street", "postcode", "city"))


def _body(group: Sequence[Row]) -> ListedBody:
    leading = next((row for row in group if row.values.leads), group[0]).values
    sites: list[Place] = [(row.key, row.values.site) for row in group if row.values.site]
    return ListedBody(group[0].place, leading.names | leading.reached, sites)


def _marks(rows: Sequence[Row]) -> dict[int, dict[str, str]]:
    """Row -> prints of what was written of it, to tell later whether somebody changed it."""
    bodies = prints(Organisation, {row.place for row in rows if not row.joined})
    sites = prints(Site, [row.key for row in rows])
    return {row.number: {"body": bodies.get(row.place, ""), "site": sites.get(row.key, "")} for row in rows}


BODIES = BodiesImporter()
