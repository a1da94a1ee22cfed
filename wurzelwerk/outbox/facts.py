"""What can happen to a message."""

from wurzelwerk.evidence.types import FactType

MESSAGE_QUEUED = FactType("outbox.message_queued", "Nachricht vorgemerkt")
MESSAGE_CANCELLED = FactType("outbox.message_cancelled", "Nachricht verworfen")
MESSAGE_REPEATED = FactType("outbox.message_repeated", "Nachricht noch einmal vorgemerkt")
INVITING_SET = FactType("outbox.inviting_set", "Einladungen per E-Mail ein- oder ausgeschaltet")

FACTS = (MESSAGE_QUEUED, MESSAGE_CANCELLED, MESSAGE_REPEATED, INVITING_SET)
