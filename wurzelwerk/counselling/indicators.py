"""What counselling is measured by. The codes are those of the programmes' targets."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.cases import facts as case_facts
from wurzelwerk.evidence.indicators import Indicator, Unit

INDICATORS = (
    Indicator(
        code="households_advised",
        label=_("Beratene Haushalte"),
        definition=_(
            "Haushalte mit mindestens einer im Journal festgehaltenen Beratung im Zeitraum. Es zählt der Tag der "
            "Beratung, nicht der Tag der Eintragung."
        ),
        unit=Unit.HOUSEHOLDS,
        begin=(case_facts.CONSULTED,),
        order=10,
    ),
    Indicator(
        code="persons_advised",
        label=_("Beratene Personen"),
        definition=_(
            "Personen, die im Zeitraum an mindestens einer Beratung teilgenommen haben. Ist nicht festgehalten, wer "
            "dabei war, zählen alle Mitglieder des Haushalts."
        ),
        unit=Unit.PERSONS,
        begin=(case_facts.CONSULTED,),
        order=20,
    ),
    Indicator(
        code="cases_opened",
        label=_("Neu eröffnete Fälle"),
        definition=_("Fälle aller Dienste, die im Zeitraum eröffnet oder nach einem Abschluss neu begonnen wurden."),
        unit=Unit.CASES,
        begin=(case_facts.CASE_OPENED,),
        order=30,
    ),
    Indicator(
        code="consultations",
        label=_("Beratungen"),
        definition=_(
            "Im Journal festgehaltene Beratungen. Eine Beratung zählt einmal, gleich wie viele Personen teilnahmen."
        ),
        unit=Unit.EVENTS,
        begin=(case_facts.CONSULTED,),
        order=40,
    ),
    Indicator(
        code="consultations_interpreted",
        label=_("Beratungen mit Sprachmittlung"),
        definition=_("Beratungen, zu denen eine Sprachmittlung vermerkt ist."),
        unit=Unit.EVENTS,
        begin=(case_facts.CONSULTED,),
        dimensions={"interpreter": "yes"},
        order=50,
    ),
    Indicator(
        code="short_contacts",
        label=_("Kurzkontakte"),
        definition=_(
            "Anfragen ohne Namen und ohne Akte: am Tresen, am Telefon, unterwegs, im Chat, in der offenen "
            "Sprechstunde. Jede zählt einmal; sie gehören zu keinem Programm."
        ),
        unit=Unit.EVENTS,
        begin=(case_facts.SHORT_CONTACT,),
        order=60,
    ),
    Indicator(
        code="case_conferences",
        label=_("Fallkonferenzen"),
        definition=_(
            "Fallkonferenzen, Hilfeplan- und Übergabegespräche mit Protokoll. Es zählt der Tag der Besprechung; jede "
            "zählt einmal, gleich wie viele teilnahmen."
        ),
        unit=Unit.EVENTS,
        begin=(case_facts.CONFERENCE_HELD,),
        order=45,
    ),
    Indicator(
        code="referrals_sent",
        label=_("Überweisungen"),
        definition=_("Überweisungen an andere Stellen, am Tag des Sendens. Jede zählt einmal, auch wenn sie endet."),
        unit=Unit.EVENTS,
        begin=(case_facts.REFERRAL_SENT,),
        order=70,
    ),
    Indicator(
        code="referrals_answered_in_time",
        label=_("Rechtzeitig beantwortete Überweisungen"),
        definition=_(
            "Überweisungen, die innerhalb der Frist (Arbeitstage nach den Arbeitsregeln) angenommen oder abgelehnt "
            "wurden, am Tag der Antwort."
        ),
        unit=Unit.EVENTS,
        begin=(case_facts.REFERRAL_ANSWERED,),
        dimensions={"in_time": "yes"},
        order=72,
    ),
)
