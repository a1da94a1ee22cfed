"""Closed lists of the case trunk that code depends on; lists of the field are data files."""

from django.db import models
from django.utils.translation import gettext_lazy as _

CONTACTS = "contacts"
"""The subject of the Akte in which a team keeps its short contacts."""


DOUBLE = "double"
"""The subject of the hidden Akte that takes in whoever stood twice in another."""


class ResidenceBasis(models.TextChoices):
    """How the right of residence was stated. "Not asked" is a full answer."""

    NOT_ASKED = "not_asked", _("nicht erfragt")
    AS_PRINTED = "as_printed", _("wie im Dokument aufgedruckt")
    EU = "eu", _("EU-Freizügigkeit nach eigener Angabe")
    GERMAN = "german", _("deutsche Staatsangehörigkeit nach eigener Angabe")
    NO_ANSWER = "no_answer", _("keine Angabe gewünscht")


class BirthKnown(models.TextChoices):
    """How exactly a birth date is known. A 1 January in the papers often stands for a day that nobody wrote down."""

    DAY = "day", _("auf den Tag")
    YEAR = "year", _("nur das Jahr")
    ASSIGNED = "assigned", _("1. Januar eingetragen, Tag unbekannt")


class Presence(models.TextChoices):
    """Whether a member lives in the household already. Who does not yet is shown, and counts for no person."""

    PRESENT = "present", _("lebt im Haushalt")
    UNBORN = "unborn", _("noch nicht geboren")
    AWAITED = "awaited", _("wird erwartet")


class ContactRule(models.TextChoices):
    """What somebody asked for so that a contact does them no harm."""

    NO_CALLS = "no_calls", _("nicht anrufen")
    NO_MESSAGES = "no_messages", _("keine Nachricht hinterlassen")
    NO_LETTERS = "no_letters", _("keine Post nach Hause")
    ONLY_VIA = "only_via", _("nur über eine andere Person oder Stelle")


class PartyRole(models.TextChoices):
    """What a party is in a matter."""

    CLIENT = "client", _("ratsuchend")
    COUNTERPART = "counterpart", _("Gegenseite")
    OWNER = "owner", _("Eigentümer:in")


class Urgency(models.IntegerChoices):
    """How urgent a need is; 1 comes first."""

    NOW = 1, _("sofort")
    SOON = 2, _("in den nächsten Wochen")
    LATER = 3, _("später")


class StepState(models.TextChoices):
    """Where a step of the plan stands."""

    OPEN = "open", _("offen")
    DONE = "done", _("erledigt")
    DROPPED = "dropped", _("entfällt")


class AppointmentState(models.TextChoices):
    """What became of an appointment."""

    PLANNED = "planned", _("vereinbart")
    KEPT = "kept", _("wahrgenommen")
    MISSED = "missed", _("nicht erschienen")
    CANCELLED = "cancelled", _("abgesagt")


class Channel(models.TextChoices):
    """By which way somebody without a name came."""

    DESK = "desk", _("am Tresen")
    PHONE = "phone", _("am Telefon")
    STREET = "street", _("unterwegs")
    CHAT = "chat", _("im Chat")


class ReferralState(models.TextChoices):
    """Where a referral stands."""

    SENT = "sent", _("gesendet, wartet auf Antwort")
    ACCEPTED = "accepted", _("angenommen")
    REFUSED = "refused", _("abgelehnt")
    DONE = "done", _("erledigt")
    WITHDRAWN = "withdrawn", _("zurückgezogen")
    ENDED = "ended", _("beendet")


class ReferralNews(models.TextChoices):
    """What happens to a referral besides its states."""

    REMINDED = "reminded", _("erinnert")
    OPENED = "opened", _("Angaben angesehen")
    ASKED = "asked", _("Rückfrage")
    REPLIED = "replied", _("geantwortet")


class ReferralWay(models.TextChoices):
    """How a referral reaches its receiver."""

    ACCOUNT = "account", _("in Wurzelwerk")
    LINK = "link", _("mit einem Link")
    PAPER = "paper", _("auf Papier")


class HelperBasis(models.TextChoices):
    """On what talking with a helper about the household rests."""

    NONE = "none", _("nur zur Kenntnis; wir geben nichts weiter")
    CONSENT = "consent", _("Einwilligung oder Schweigepflichtentbindung")
    LAW = "law", _("Rechtsvorschrift")


class ConferenceState(models.TextChoices):
    """What became of a conference."""

    PLANNED = "planned", _("geplant")
    HELD = "held", _("hat stattgefunden")
    CANCELLED = "cancelled", _("abgesagt")


class InvitationAnswer(models.TextChoices):
    """Whether somebody invited is coming."""

    OPEN = "open", _("noch keine Antwort")
    YES = "yes", _("kommt")
    NO = "no", _("kommt nicht")
