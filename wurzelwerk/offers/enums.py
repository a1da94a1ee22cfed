"""Closed lists of the offer trunk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfferState(models.TextChoices):
    """Where an offer stands."""

    DRAFT = "draft", _("in Vorbereitung")
    OPEN = "open", _("offen")
    RESERVED = "reserved", _("zugesagt")
    TAKEN = "taken", _("vergeben")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


class Audience(models.TextChoices):
    """Who may see an offer besides the team that keeps it."""

    TEAM = "team", _("nur das eigene Team")
    NETWORK = "network", _("alle Stellen des Netzes")
    PUBLIC = "public", _("öffentlich")
