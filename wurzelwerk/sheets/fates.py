"""What becomes of lists when two Akten of one household become one: they lie in an Akte of their own."""

from wurzelwerk.trust.fates import stays

_WHY = "a list lies in the Akte of its team's lists, never in a household's"
FATES = {"sheets.Sheet": stays(_WHY), "sheets.SheetLine": stays(_WHY)}
