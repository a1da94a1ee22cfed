"""What can happen to a letter."""

from wurzelwerk.evidence.types import FactType

from .enums import Way

LETTER_BEGUN = FactType("letters.begun", "Brief begonnen")
LETTER_CHANGED = FactType("letters.changed", "Brief geändert")
LETTER_SENT = FactType("letters.sent", "Brief verschickt", dimensions={"way": frozenset(Way.values)})
LETTER_DISCARDED = FactType(
    "letters.discarded", "Brief verworfen", dimensions={"state": frozenset({"discarded", "restored"})}
)

FACTS = tuple(value for value in list(vars().values()) if isinstance(value, FactType))
