"""What the way into a dwelling is measured by. The codes are those of the programmes' targets."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.evidence.indicators import Indicator, Kind, Unit

from . import facts

_SEARCH = {
    "kind": Kind.STANDING,
    "begin": (facts.SEARCH_STARTED, facts.SEARCHING),
    "end": (facts.SEARCH_ENDED, facts.MOVED_IN),
}

INDICATORS = (
    Indicator(
        code="households_searching",
        label=_("Suchende Haushalte"),
        definition=_(
            "Haushalte, deren Weg in die Wohnung bis zum Ende des Zeitraums begonnen hat und an seinem ersten Tag "
            "noch lief. Die Suche endet mit der Schlüsselübergabe oder wenn sie beendet wird."
        ),
        unit=Unit.HOUSEHOLDS,
        order=110,
        **_SEARCH,
    ),
    Indicator(
        code="persons_searching",
        label=_("Suchende Personen"),
        definition=_("Personen, die zu Beginn der Suche im Haushalt lebten, solange dessen Suche läuft."),
        unit=Unit.PERSONS,
        order=120,
        **_SEARCH,
    ),
    Indicator(
        code="households_placed",
        label=_("Vermittelte Haushalte"),
        definition=_("Haushalte, denen im Zeitraum die Schlüssel einer Wohnung übergeben wurden."),
        unit=Unit.HOUSEHOLDS,
        begin=(facts.MOVED_IN,),
        order=130,
    ),
    Indicator(
        code="persons_placed",
        label=_("Vermittelte Personen"),
        definition=_("Mitglieder der Haushalte, denen im Zeitraum die Schlüssel einer Wohnung übergeben wurden."),
        unit=Unit.PERSONS,
        begin=(facts.MOVED_IN,),
        order=140,
    ),
    Indicator(
        code="households_kept_4_weeks",
        label=_("Wohnung nach 4 Wochen gehalten: Haushalte"),
        definition=_("Haushalte, bei denen die Nachbetreuung im Zeitraum vermerkt hat: besteht 4 Wochen nach Einzug."),
        unit=Unit.HOUSEHOLDS,
        begin=(facts.KEPT_4_WEEKS,),
        order=150,
    ),
    Indicator(
        code="households_kept_6_months",
        label=_("Wohnung nach 6 Monaten gehalten: Haushalte"),
        definition=_("Haushalte, bei denen die Nachbetreuung im Zeitraum vermerkt hat: besteht 6 Monate nach Einzug."),
        unit=Unit.HOUSEHOLDS,
        begin=(facts.KEPT_6_MONTHS,),
        order=160,
    ),
    Indicator(
        code="persons_kept_6_months",
        label=_("Wohnung nach 6 Monaten gehalten: Personen"),
        definition=_("Mitglieder der Haushalte, deren Mietverhältnis 6 Monate nach Einzug besteht."),
        unit=Unit.PERSONS,
        begin=(facts.KEPT_6_MONTHS,),
        order=170,
    ),
    Indicator(
        code="households_kept_12_months",
        label=_("Wohnung nach 12 Monaten gehalten: Haushalte"),
        definition=_("Haushalte, bei denen die Nachbetreuung im Zeitraum vermerkt hat: besteht 12 Monate nach Einzug."),
        unit=Unit.HOUSEHOLDS,
        begin=(facts.KEPT_12_MONTHS,),
        order=180,
    ),
)
