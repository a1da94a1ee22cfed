"""What an OpenImmo file would do to the stock: read and decided, nothing written.

The preview shows a plan, the take-in makes a new one inside its transaction and carries it out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput
from wurzelwerk.base.formats import day
from wurzelwerk.network.models import Organisation
from wurzelwerk.offers.enums import OfferState
from wurzelwerk.trust.actor import Actor

from .listing_values import ListingValues, Places, Unusable, from_listing, key_text, own_id, own_sender
from .models import Dwelling, Letting
from .openimmo import ListingRecord, OpenImmoFile, Sender
from .photo_files import MOST, Picture, prepare
from .rules.portfolio import running_placements

OFF_THE_MARKET = {"DELETE", "REFERENZ", "ARCHIV"}


class Step(StrEnum):
    """What becomes of an object."""

    ADD = "added"
    CHANGE = "changed"
    WITHDRAW = "withdrawn"
    KEEP = "unchanged"
    REFUSE = "refused"


@dataclass
class Planned:
    """One object: its name in the file, what becomes of it, and what has to be said about it."""

    label: str
    step: Step
    record: ListingRecord | None = None
    dwelling: Dwelling | None = None
    letting: Letting | None = None
    values: ListingValues | None = None
    reason: str = ""
    opens: bool = False
    """A new letting is opened for a dwelling that is held already."""
    remarks: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Prepared:
    """A file that was read, with its pictures made ready; may be planned again and again."""

    file: OpenImmoFile
    pictures: dict[int, list[tuple[Picture, str]]]
    remarks: list[dict[str, str]]


def prepare_file(file: OpenImmoFile, *, progress: Callable[[int, int], None]) -> Prepared:
    """Make the pictures of a file ready, which takes the longest; `progress(done, total)` counts objects."""
    found = Prepared(file, {}, [])
    total = len(file.listings)
    for number, record in enumerate(file.listings, 1):
        for attachment in record.attachments:
            if attachment.content is None:
                continue
            taken = found.pictures.setdefault(id(record), [])
            try:
                if len(taken) >= MOST:
                    raise BadInput(_("Mehr als 20 Fotos; dieses wurde nicht übernommen."))
                taken.append((prepare(attachment.content, name=attachment.title), attachment.title))
            except BadInput as error:
                found.remarks.append({"object": label_of(record), "field": "anhaenge/anhang", "message": error.message})
        progress(number, total)
    return found


def label_of(record: ListingRecord) -> str:
    """Return what a person calls the object: the number it has in the file."""
    return record.number_extern or record.openimmo_obid or record.number_intern


def plan_file(file: OpenImmoFile, *, by: Actor, on: date) -> list[Planned]:
    """Decide what becomes of every object, and of what a whole stock leaves out."""
    own = Organisation.objects.get(pk=by.home.organisation_id)
    places = Places.of(own)
    held = _held(file.listings, by)
    plan = [_plan(record, held.get(_key(record)), places, on) for record in file.listings]
    return plan + _left_out(file, own, by)


def _key(record: ListingRecord) -> str:
    return key_text(record.key) if record.key else ""


def _held(listings: Iterable[ListingRecord], by: Actor) -> dict[str, Dwelling]:
    """The dwellings that are held already, by key of the file."""
    keys = {_key(record): own_id(record.key) for record in listings if record.key}
    rows = Dwelling.objects.writable_by(by).select_related("building__owner", "building__district", "akte")
    found: dict[str, Dwelling] = {}
    names = list(keys)
    for start in range(0, len(names), 500):
        part = names[start : start + 500]
        found |= {row.openimmo_key: row for row in rows.filter(openimmo_key__in=part)}
        ours = {pk: name for name in part if (pk := keys[name]) is not None}
        found |= {ours[row.pk]: row for row in rows.filter(pk__in=list(ours))}
    return found


def _latest(dwelling: Dwelling) -> Letting | None:
    lettings = Letting.objects.for_system(reason="what a file changes of a dwelling that may be written")
    return (
        lettings.filter(dwelling=dwelling)
        .select_related("offer")
        .order_by("-is_current", "-offer__opened_at", "pk")
        .first()
    )


def _plan(record: ListingRecord, dwelling: Dwelling | None, places: Places, on: date) -> Planned:
    label = label_of(record)
    gone = record.action in OFF_THE_MARKET or record.let is True
    if dwelling is None:
        if gone:
            reason = _("Die Wohnung ist nicht bekannt und soll nicht mehr angeboten werden; es gibt nichts zu tun.")
            return Planned(label, Step.REFUSE, record, reason=reason)
        return _valued(Planned(label, Step.ADD, record), places, on)
    held_as_of = dwelling.openimmo_as_of
    if held_as_of and record.as_of and record.as_of < held_as_of:
        reason = _("Der Stand der Datei (%(file)s) ist älter als der Stand hier (%(held)s).") % {
            "file": day(record.as_of), "held": day(held_as_of)
        }  # fmt: skip
        return Planned(label, Step.REFUSE, record, dwelling, reason=reason)
    planned = Planned(label, Step.CHANGE, record, dwelling, _latest(dwelling))
    return _withdrawal(planned) if gone else _change(_valued(planned, places, on))


def _valued(planned: Planned, places: Places, on: date) -> Planned:
    try:
        planned.values = from_listing(planned.record, places=places, on=on)
    except Unusable as error:
        planned.step, planned.reason = Step.REFUSE, str(error)
    else:
        planned.remarks += planned.values.remarks
    return planned


def _change(planned: Planned) -> Planned:
    """Decide about the letting of a dwelling that is held."""
    if planned.step is Step.REFUSE:
        return planned
    dwelling, letting, record = planned.dwelling, planned.letting, planned.record
    path = "verwaltung_techn/aktion"
    if dwelling.archived_at:
        planned.step = Step.KEEP
        planned.remarks.append((path, _("Die Wohnung ist hier abgelegt und bleibt es. Bitte prüfen.")))
    elif letting is None:
        planned.opens = True
    elif letting.offer.state == OfferState.TAKEN:
        planned.remarks.append(
            (path, _("Die Wohnung ist hier vergeben. Bieten Sie sie von Hand neu an, falls sie frei ist."))
        )
    elif letting.offer.state == OfferState.WITHDRAWN:
        newer = bool(record.as_of and (dwelling.openimmo_as_of is None or record.as_of > dwelling.openimmo_as_of))
        planned.opens = record.action == "NEW" or newer
        if not planned.opens:
            planned.remarks.append((path, _("Die Wohnung ist hier zurückgezogen und bleibt es. Bitte prüfen.")))
    return planned


def _withdrawal(planned: Planned) -> Planned:
    letting = planned.letting
    planned.step = Step.KEEP
    if letting is None or not letting.is_current:
        return planned
    if running_placements(letting):
        text = _(
            "Für die Wohnung laufen Vermittlungen; das Angebot bleibt. Bitte klären Sie das mit der Eigentümerseite."
        )
        planned.remarks.append(("verwaltung_techn/aktion", text))
        return planned
    planned.step = Step.WITHDRAW
    return planned


def _left_out(file: OpenImmoFile, own: Organisation, by: Actor) -> list[Planned]:
    """What a sender's whole stock does not mention is off the market; other senders' dwellings are not touched."""
    if not file.covers_whole_stock:
        return []
    mentioned = {key_text(key) for key in file.mentioned}
    found = []
    for sender in dict.fromkeys(file.senders):
        if not sender.key or sender.key == own_sender(own).key:
            continue
        rows = Dwelling.objects.writable_by(by).filter(openimmo_sender=sender_text(sender), lettings__is_current=True)
        for dwelling in rows.exclude(openimmo_key="").order_by("openimmo_key"):
            if dwelling.openimmo_key not in mentioned:
                label = dwelling.openimmo_key.rpartition("|")[2]
                planned = _withdrawal(Planned(label, Step.KEEP, None, dwelling, _latest(dwelling)))
                text = _("Der ganze Bestand des Anbieters enthält die Wohnung nicht mehr.")
                planned.remarks.insert(0, ("uebertragung@umfang", text))
                found.append(planned)
    return found


def sender_text(sender: Sender) -> str:
    """Return the sender as it is kept with a dwelling."""
    return sender.key[:200]


def report_of(file: OpenImmoFile, plan: list[Planned], *, more: Iterable[dict[str, str]] = ()) -> dict[str, list]:
    """Return the report: {"accepted", "remarks": [{"object", "field", "message"}], "refused": [{"object", "reason"}]}.

    An accepted object: {"object", "action", "dwelling": id or None, "title"}.
    """
    remarks = [{"object": row.object, "field": row.field, "message": row.message} for row in file.remarks]
    remarks += list(more)
    accepted, refused = [], [{"object": row.object, "reason": row.reason} for row in file.refused]
    for planned in plan:
        if planned.step is Step.REFUSE:
            refused.append({"object": planned.label, "reason": planned.reason})
            continue
        remarks += [{"object": planned.label, "field": path, "message": text} for path, text in planned.remarks]
        accepted.append(
            {
                "object": planned.label,
                "action": planned.step.value,
                "dwelling": str(planned.dwelling.pk) if planned.dwelling else None,
                "title": _title(planned),
            }
        )
    return {"accepted": accepted, "remarks": remarks, "refused": refused}


def _title(planned: Planned) -> str:
    if planned.values is not None:
        return f"{planned.values.building['street']} {planned.values.building['number']}".strip()
    return planned.dwelling.building.address if planned.dwelling else ""
