"""What can happen to appointments beyond being made and closed (`cases.facts`)."""

from wurzelwerk.evidence.types import FactType

from .enums import InterpreterState

APPOINTMENT_MOVED = FactType("appointments.moved", "Termin verlegt")
APPOINTMENT_CHANGED = FactType("appointments.changed", "Angaben zum Termin geändert")
SERIES_MADE = FactType("appointments.series_made", "Terminreihe vereinbart")
SERIES_CHANGED = FactType("appointments.series_changed", "Terminreihe geändert")
INTERPRETER_ASKED = FactType(
    "appointments.interpreter",
    "Sprachmittlung für einen Termin",
    dimensions={"state": frozenset(InterpreterState.values)},
)
PLACE_KEPT = FactType("appointments.place_kept", "Angaben zu einem Raum geändert")
HOURS_KEPT = FactType("appointments.hours_kept", "Sprechzeiten geändert")
OWN_TIME_KEPT = FactType("appointments.own_time_kept", "Termin ohne Haushalt eingetragen oder geändert")
FEED_KEPT = FactType("appointments.feed_kept", "Kalender-Abo eingerichtet oder beendet")

FACTS = tuple(value for value in list(vars().values()) if isinstance(value, FactType))
