"""What becomes of reminders and invitations when two Akten of one household become one."""

from wurzelwerk.trust.fates import Fate

FATES = {
    "portal.Reminding": Fate(moves=True, person="person_id"),
    "portal.Reminder": Fate(moves=True, refs=("person",)),
    "portal.ReminderChoice": Fate(moves=True, refs=("person",)),
    "portal.Invitation": Fate(moves=True),
    "portal.EarlierWish": Fate(moves=True, refs=("person",)),
    "portal.EarlierOffer": Fate(moves=True),
}
