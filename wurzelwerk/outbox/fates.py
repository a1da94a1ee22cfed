"""What becomes of messages when two Akten of one household become one."""

from wurzelwerk.trust.fates import Fate

FATES = {"outbox.Message": Fate(moves=True, refs=("person",))}
