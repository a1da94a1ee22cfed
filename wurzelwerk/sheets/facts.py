"""What can happen to a list."""

from wurzelwerk.evidence.types import FactType

LIST_SENT = FactType("sheets.sent", "Liste hochgeladen")
LIST_CHECKED = FactType("sheets.checked", "Liste geprüft")
LIST_BEGUN = FactType("sheets.begun", "Übernahme oder Rücknahme einer Liste begonnen")
LIST_TAKEN_IN = FactType("sheets.taken_in", "Liste übernommen")
LIST_TAKEN_BACK = FactType("sheets.taken_back", "Übernahme einer Liste zurückgenommen")
LIST_DROPPED = FactType("sheets.dropped", "Liste gelöscht")

FACTS = (LIST_SENT, LIST_CHECKED, LIST_BEGUN, LIST_TAKEN_IN, LIST_TAKEN_BACK, LIST_DROPPED)
"""Every fact type of this room."""
