"""What can happen on a pathway."""

from wurzelwerk.evidence.types import FactType

JOURNEY_STARTED = FactType("pathways.started", "Weg begonnen")
STAGE_REACHED = FactType("pathways.stage_reached", "Stufe erreicht")
STAGE_TAKEN_BACK = FactType("pathways.stage_taken_back", "Stufe zurückgenommen")

FACTS = (JOURNEY_STARTED, STAGE_REACHED, STAGE_TAKEN_BACK)
