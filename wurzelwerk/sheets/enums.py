"""Where a list stands, and what becomes of its rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The way of a list."""

    SENT = "sent", _("Spalten zuordnen")
    CHECKING = "checking", _("wird geprüft")
    CHECKED = "checked", _("geprüft")
    RUNNING = "running", _("wird übernommen")
    DONE = "done", _("übernommen")
    UNDOING = "undoing", _("wird zurückgenommen")
    UNDONE = "undone", _("zurückgenommen")
    FAILED = "failed", _("abgebrochen")


GOING = (State.CHECKING, State.RUNNING, State.UNDOING)


class Verdict(models.TextChoices):
    """What was found about a row."""

    FINE = "fine", _("in Ordnung")
    HINT = "hint", _("mit Hinweis")
    REFUSED = "refused", _("abgelehnt")
    ALIKE = "alike", _("vielleicht schon da")
    TWICE = "twice", _("doppelt in der Liste")
    BEFORE = "before", _("schon übernommen")


class Choice(models.TextChoices):
    """What is to become of a row."""

    TAKE = "take", _("aufnehmen")
    SKIP = "skip", _("auslassen")
    COMPLETE = "complete", _("Vorhandenes ergänzen")
