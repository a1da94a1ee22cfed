"""What can happen to an offer."""

from wurzelwerk.evidence.types import FactType

OFFER_OPENED = FactType("offers.opened", "Angebot eröffnet")
OFFER_CHANGED = FactType(
    "offers.changed",
    "Angebot geändert",
    dimensions={"state": frozenset({"draft", "open", "reserved", "taken", "withdrawn"})},
)

FACTS = (OFFER_OPENED, OFFER_CHANGED)
