"""Closed lists of letters that code depends on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

BINDING = "de"
"""The language that binds."""


class Way(models.TextChoices):
    """How a letter left the house."""

    POST = "post", _("mit der Post")
    HAND = "hand", _("persönlich übergeben")
    MAIL = "mail", _("per E-Mail")
    FAX = "fax", _("per Fax")


class MailingState(models.TextChoices):
    """Where a letter to many stands."""

    DRAFT = "draft", _("wird vorbereitet")
    RUNNING = "running", _("wird geschrieben")
    DONE = "done", _("geschrieben")
    FAILED = "failed", _("abgebrochen")
    UNDONE = "undone", _("zurückgenommen")


class Target(models.TextChoices):
    """To whom a letter goes."""

    PERSON = "person", _("an die Person selbst")
    BODY = "body", _("an eine Stelle aus dem Verzeichnis")
    OTHER = "other", _("an jemand anderen, die Anschrift schreibe ich selbst")
