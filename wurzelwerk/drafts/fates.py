"""What becomes of unsent text when two Akten of one household become one."""

from wurzelwerk.trust.fates import stays

FATES = {"drafts.Draft": stays("its author's alone, made for a form of the former Akte, gone after 14 days")}
