"""Letters from an office's own Word templates: which fields there are, and the letter filled in."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base import formats
from wurzelwerk.base.rooms import LetterField
from wurzelwerk.base.rooms import letter_fields as fields_of_rooms

from .enums import BINDING
from .filling import written
from .models import Letter
from .word_files import filled

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OWN = (
    LetterField("brief.anschrift", _("Anschrift, Zeile für Zeile"), "Ada Beispiel", lambda one: one.address),
    LetterField("brief.datum", _("Datum des Briefs"), "10.03.2026", lambda one: formats.day(one.dated_on)),
    LetterField("brief.betreff", _("Betreff"), "Einladung zum Termin", lambda one: one.subject),
    LetterField("brief.anrede", _("Anrede"), "Guten Tag Ada Beispiel,", lambda one: one.salutation),
    LetterField("brief.text", _("Text, den Sie beim Schreiben eingeben"), "…", lambda one: one.text),
    LetterField("brief.anlagen", _("Anlagen"), "Stadtplan", lambda one: one.enclosures),
)
"""What is typed for each letter; the other fields come from the rooms."""
ADDRESS = "brief.anschrift"


def known_fields() -> dict[str, LetterField]:
    """Return every field that a Word template may name, those of the letter itself first."""
    return {one.key: one for one in OWN} | fields_of_rooms()


def letter_docx(letter: Letter) -> bytes:
    """Return a letter from an office's own template, filled in, as DOCX; a missing value stays empty."""
    values = {key: written(value, BINDING) for key, value in letter.values.items()}
    values |= {one.key: one.value(letter) for one in OWN}
    return filled(bytes(letter.office_version.content), values)
