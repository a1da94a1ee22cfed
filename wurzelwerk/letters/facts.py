"""What can happen to a letter."""

from wurzelwerk.evidence.types import FactType

from .enums import Way
from .wording import partner_templates, templates

OWN_TEMPLATE = "own"
"""Under which name letters from an office's own Word files are counted."""

COUNTED = (*templates().keys, OWN_TEMPLATE, *partner_templates().keys)
"""The templates by which letters are counted."""

LETTER_BEGUN = FactType("letters.begun", "Brief begonnen")
LETTER_CHANGED = FactType("letters.changed", "Brief geändert")
LETTER_SENT = FactType(
    "letters.sent",
    "Brief verschickt",
    dimensions={"way": frozenset(Way.values), "template": frozenset(COUNTED)},
)
LETTER_DISCARDED = FactType(
    "letters.discarded", "Brief verworfen", dimensions={"state": frozenset({"discarded", "restored"})}
)
TEMPLATE_KEPT = FactType(
    "letters.template_kept", "Briefvorlage gepflegt", dimensions={"state": frozenset({"kept", "retired", "restored"})}
)
MAILING = FactType(
    "letters.mailing",
    "Serienbrief",
    dimensions={"state": frozenset({"begun", "started", "done", "failed", "taken_back"})},
)

FACTS = tuple(value for value in list(vars().values()) if isinstance(value, FactType))
