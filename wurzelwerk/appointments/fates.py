"""What becomes of the calendar's rows when two Akten of one household become one: they go with the appointment."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.trust.fates import Fate

FATES = {
    "appointments.Series": Fate(moves=True, one=_("Terminreihe"), many=_("Terminreihen")),
    "appointments.Booking": Fate(moves=True),
    "appointments.Move": Fate(moves=True),
    "appointments.InterpreterRequest": Fate(moves=True),
}
