"""Closed lists of the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """By which way a message goes."""

    MAIL = "mail", _("E-Mail")
    SMS = "sms", _("SMS")


class MessageState(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting", _("wartet")
    SENDING = "sending", _("geht gerade hinaus")
    SENT = "sent", _("gesendet")
    FAILED = "failed", _("nicht gesendet")
    UNCLEAR = "unclear", _("ungewiss")
    CANCELLED = "cancelled", _("verworfen")
