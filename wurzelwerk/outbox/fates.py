"""What becomes of messages and invitations when two Akten of one household become one."""

from wurzelwerk.trust.fates import Fate

FATES = {
    "outbox.Message": Fate(moves=True, refs=("person",)),
    "outbox.Inviting": Fate(moves=True),
    "outbox.Invited": Fate(moves=True),
}
