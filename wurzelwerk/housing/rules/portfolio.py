"""What stands against keeping owners, buildings, dwellings, rights, lettings and photos."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.offers.enums import OfferState
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.rules import check_can_write, check_permission

from .. import law
from ..enums import BINDING_PLACEMENT, OPEN_PLACEMENT
from ..models import AllocationRight, Building, Dwelling, DwellingPhoto, Letting, Owner, Placement
from ..photo_files import MOST

LISTS = {
    "energy_kind": "energy_certificate_kinds",
    "energy_carrier": "energy_carriers",
    "energy_class": "energy_classes",
}


def check_can_keep(actor: Actor, thing: GuardedModel) -> None:
    """Raise NotAllowed unless the actor keeps dwellings and may write this row."""
    check_permission(actor, "housing.portfolio")
    check_can_write(actor, thing)


def check_can_import(actor: Actor) -> None:
    """Raise NotAllowed unless the actor takes OpenImmo files in."""
    check_permission(actor, "housing.import")
    check_permission(actor, "housing.portfolio")


def check_owner(owner: Owner) -> None:
    """Raise BadInput where an owner has no name."""
    if not owner.name.strip():
        raise BadInput(_("Bitte geben Sie einen Namen an."), field="name")


def check_building(building: Building, *, on: date) -> None:
    """Raise BadInput where a house has no street or an impossible year."""
    if not building.street.strip():
        raise BadInput(_("Bitte geben Sie die Straße an."), field="street")
    if building.built_in is not None and not 1000 <= building.built_in <= on.year + 5:
        raise BadInput(_("Dieses Baujahr kann nicht stimmen."), field="built_in")


def check_dwelling(dwelling: Dwelling, *, on: date) -> None:
    """Raise BadInput where a figure is impossible or a code is not on its list."""
    if not 0 < dwelling.rooms <= 30:
        raise BadInput(_("Die Zahl der Zimmer muss zwischen 0,5 und 30 liegen."), field="rooms")
    if not 0 < dwelling.area <= 1000:
        raise BadInput(_("Die Wohnfläche muss zwischen 1 und 1.000 m² liegen."), field="area")
    if dwelling.max_persons is not None and not 1 <= dwelling.max_persons <= 50:
        raise BadInput(_("Die Höchstzahl der Personen muss zwischen 1 und 50 liegen."), field="max_persons")
    if dwelling.energy_value is not None and dwelling.energy_value <= 0:
        raise BadInput(_("Der Energiewert muss größer als 0 sein."), field="energy_value")
    if dwelling.wbs_kind and dwelling.wbs_kind not in dict(law.choices("wbs_kinds", on=on)):
        raise BadInput(_("Diese Art des WBS gibt es nicht."), field="wbs_kind")
    for field, name in LISTS.items():
        code = getattr(dwelling, field)
        if code and code not in law.table(name).keys:
            raise BadInput(_("Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen."), field=field)


def check_right(right: AllocationRight) -> None:
    """Raise BadInput where a right's kind, law or days do not fit together."""
    for field, name in (("kind", "allocation_kinds"), ("law", "allocation_laws"), ("form", "allocation_forms")):
        code = getattr(right, field)
        if code not in law.table(name).keys and (code or field != "form"):
            raise BadInput(_("Bitte wählen Sie einen Eintrag der Liste."), field=f"right_{field}")
    if right.ends_on and right.ends_on < right.starts_on:
        raise BadInput(_("Das Ende liegt vor dem Beginn."), field="right_ends_on")
    if right.after_effect_until and not right.ends_on:
        raise BadInput(
            _("Eine Nachwirkung beginnt erst nach dem Ende. Bitte geben Sie das Ende an."), field="right_ends_on"
        )
    if right.after_effect_until and right.after_effect_until < right.ends_on:
        raise BadInput(_("Die Nachwirkung endet vor dem Recht selbst."), field="right_after_effect_until")
    grants_until = law.table("allocation_laws").latest(right.law).value.get("grants_until")
    if grants_until and right.starts_on > date.fromisoformat(str(grants_until)):
        raise BadInput(
            _(
                "Nach diesem Gesetz werden seit %(year)s keine neuen Rechte begründet. "
                "Bitte prüfen Sie Gesetz und Beginn."
            )
            % {"year": date.fromisoformat(str(grants_until)).year + 1},
            field="right_law",
        )


def check_letting(letting: Letting) -> None:
    """Raise BadInput where an amount is negative or the rent is missing."""
    if letting.net_cold is None or letting.net_cold <= 0:
        raise BadInput(_("Die Nettokaltmiete muss größer als 0 € sein."), field="net_cold")
    for field in ("operating_costs", "heating_costs", "deposit"):
        if (getattr(letting, field) or Decimal(0)) < 0:
            raise BadInput(_("Dieser Betrag darf nicht negativ sein."), field=field)


def deposit_above_cap(letting: Letting, *, on: date) -> Decimal | None:
    """Return the highest deposit in euro that the law allows where this one is higher, else None."""
    if letting.deposit is None:
        return None
    highest = law.load_limits(on).deposit.value.highest(letting.net_cold)
    return highest if letting.deposit > highest else None


def running_placements(letting: Letting) -> int:
    """Count the placements of a letting that are on their way."""
    running = Placement.objects.for_system(reason="whether a dwelling may be taken off the market")
    return running.filter(letting=letting, state__in=[*OPEN_PLACEMENT, *BINDING_PLACEMENT]).count()


def check_can_withdraw(letting: Letting) -> None:
    """Raise WrongState where a letting is over, or households are on their way to it."""
    if letting.offer.state not in {OfferState.DRAFT, OfferState.OPEN, OfferState.RESERVED}:
        raise WrongState(_("Dieses Angebot ist nicht mehr offen."))
    if running_placements(letting):
        raise WrongState(_("Für diese Wohnung laufen noch Vermittlungen. Bitte beenden Sie diese zuerst."))


def check_can_reopen(letting: Letting) -> None:
    """Raise WrongState where a letting was not withdrawn or its dwelling is archived or let anew."""
    if letting.offer.state != OfferState.WITHDRAWN:
        raise WrongState(_("Nur ein zurückgezogenes Angebot lässt sich wieder öffnen."))
    check_no_current(letting.dwelling)


def check_no_current(dwelling: Dwelling) -> None:
    """Raise WrongState where a dwelling is archived or has a current letting already."""
    if dwelling.archived_at:
        raise WrongState(_("Diese Wohnung ist abgelegt. Holen Sie sie zuerst zurück."))
    current = Letting.objects.for_system(reason="one current letting a dwelling")
    if current.filter(dwelling=dwelling, is_current=True).exists():
        raise WrongState(_("Diese Wohnung hat schon ein laufendes Angebot."))


def check_can_change_letting(letting: Letting) -> None:
    """Raise WrongState where a letting is over: what was agreed stays as it was."""
    if not letting.is_current:
        raise WrongState(_("Dieses Angebot ist abgeschlossen und wird nicht mehr geändert."))


def check_not_archived(dwelling: Dwelling) -> None:
    """Raise WrongState where a dwelling is archived."""
    if dwelling.archived_at:
        raise WrongState(_("Diese Wohnung ist abgelegt. Holen Sie sie zuerst zurück."))


def check_room_for_photos(dwelling: Dwelling, more: int) -> None:
    """Raise BadInput where a dwelling would have more photos than are kept."""
    there = DwellingPhoto.objects.for_system(reason="how many there are").filter(dwelling=dwelling).count()
    if there + more > MOST:
        raise BadInput(
            _("Eine Wohnung hat höchstens %(most)d Fotos; es sind schon %(there)d.") % {"most": MOST, "there": there},
            field="photos",
        )
