"""Closed lists of the calendar that code depends on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepFree(models.TextChoices):
    """Whether somebody reaches a room without a step."""

    NOT_KNOWN = "not_known", _("nicht bekannt")
    YES = "yes", _("ja")
    NO = "no", _("nein")


class OwnKind(models.TextChoices):
    """What a colleague's time without a household is for."""

    MEETING = "meeting", _("Besprechung")
    FOCUS = "focus", _("ungestört arbeiten")
    TRAVEL = "travel", _("unterwegs")
    PRIVATE = "private", _("privat")
    OTHER = "other", _("anderes")


class Every(models.TextChoices):
    """By what a series goes on."""

    DAY = "day", _("täglich (Montag bis Freitag)")
    WEEK = "week", _("wöchentlich")
    TWO_WEEKS = "two_weeks", _("alle 2 Wochen")
    THREE_WEEKS = "three_weeks", _("alle 3 Wochen")
    FOUR_WEEKS = "four_weeks", _("alle 4 Wochen")
    MONTH = "month", _("monatlich am selben Wochentag")


class Reach(models.TextChoices):
    """Which appointments of a series are meant."""

    ONE = "one", _("nur diesen Termin")
    FOLLOWING = "following", _("diesen und alle folgenden")
    ALL = "all", _("alle, die noch nicht waren")


class InterpreterState(models.TextChoices):
    """Where a request for an interpreter stands."""

    REQUESTED = "requested", _("angefragt")
    CONFIRMED = "confirmed", _("zugesagt")
    REFUSED = "refused", _("abgelehnt")
    CANCELLED = "cancelled", _("abbestellt")
