"""How many letters left the house: all of them, and by template; reports show them month by month."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wurzelwerk.evidence.indicators import Indicator, Unit

from . import facts
from .facts import OWN_TEMPLATE
from .wording import partner_templates, template_label

ORDER = 300
"""Behind the figures of the services."""
DEFINITION = _(
    "Briefe, die im Zeitraum als verschickt vermerkt wurden, am Tag des Versands; jede Fassung eines Briefs und jeder "
    "Brief eines Serienbriefs zählt einmal. Zurückgenommene zählen nicht."
)


def _by_template(number: int, code: str) -> Indicator:
    name = _("eigene Word-Vorlagen der Stelle") if code == OWN_TEMPLATE else template_label(code)
    if code in partner_templates().keys:
        name = format_lazy(_("{template} (an Eigentümer:innen)"), template=name)
    return Indicator(
        code=f"letters_sent_{code}",
        label=format_lazy(_("Verschickte Briefe: {template}"), template=name),
        definition=DEFINITION,
        unit=Unit.EVENTS,
        begin=(facts.LETTER_SENT,),
        dimensions={"template": code},
        order=ORDER + 1 + number,
    )


INDICATORS = (
    Indicator(
        code="letters_sent",
        label=_("Verschickte Briefe"),
        definition=DEFINITION,
        unit=Unit.EVENTS,
        begin=(facts.LETTER_SENT,),
        order=ORDER,
    ),
    *(_by_template(number, code) for number, code in enumerate(facts.COUNTED)),
)
