"""What becomes of unsent text when two Akten of one household become one: its author finds it at the same form."""

from wurzelwerk.trust.fates import Fate

FATES = {"drafts.Draft": Fate(moves=True, refs=("subject",), once=("author_id", "form", "subject"))}
