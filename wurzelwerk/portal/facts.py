"""What can happen between an office and people without an account."""

from wurzelwerk.evidence.types import FactType

REMINDERS_AGREED = FactType("portal.reminders_agreed", "Erinnerungen vereinbart")
REMINDERS_ENDED = FactType("portal.reminders_ended", "Erinnerungen beendet")
REMINDED_CHOSEN = FactType("portal.reminded_chosen", "Gewählt, wer erinnert wird")
INVITED = FactType("portal.invited", "Zum Selbstbuchen eingeladen")
BOOKED_BY_LINK = FactType("portal.booked_by_link", "Termin über einen Link gebucht")
CHANGED_BY_LINK = FactType("portal.changed_by_link", "Termin über einen Link geändert")

FACTS = (REMINDERS_AGREED, REMINDERS_ENDED, REMINDED_CHOSEN, INVITED, BOOKED_BY_LINK, CHANGED_BY_LINK)
