"""Owners, as letters are written to them: their letters lie in the owner's Akte, never in that of a household."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base.rooms import LetterPartner
from wurzelwerk.trust.actor import Actor

from .models import Building, Owner

KIND = "owner"


def owner_of_akte(actor: Actor, akte_id: UUID) -> LetterPartner | None:
    """Return the owner of an Akte as the actor sees them; None where there is none (two queries)."""
    rows = Owner.objects.visible_to(actor).filter(akte_id=akte_id)
    owner = rows.select_related("akte__controller", "akte__site").first()
    if owner is None:
        return None
    houses = Building.objects.visible_to(actor).filter(owner=owner).order_by("street", "number", "pk")
    town = f"{owner.postcode} {owner.city}".strip()
    person = owner.contact_person
    lines = (owner.name, person if owner.is_company else "", owner.street, town)
    return LetterPartner(
        akte=owner.akte,
        kind=KIND,
        name=owner.name,
        lines=tuple(line for line in lines if line),
        greeted=person or ("" if owner.is_company else owner.name),
        address=reverse("owner", args=[owner.pk]),
        fields={
            "eigentuemer.name": (_("Name der Eigentümerin oder des Eigentümers"), owner.name),
            "eigentuemer.ansprechperson": (_("Ansprechperson"), person),
            "eigentuemer.anschrift": (_("Anschrift"), ", ".join(line for line in (owner.street, town) if line)),
            "eigentuemer.haeuser": (_("Häuser"), "; ".join(house.address for house in houses)),
        },
    )
