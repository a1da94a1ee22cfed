"""A message that waits to be sent."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import User
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from .enums import Channel, MessageState


class Message(GuardedModel):
    """One mail or SMS to one person, written in the transaction of its cause, sent after it.

    `cause`: which rule of a room wrote it ("appointments.reminder"); `subject`: the id of the row it is about.
    `person`: whose wishes about being contacted hold. `text` names neither kind nor theme nor body of what it is about,
    and is emptied when it is sent or cancelled, for a link may stand in it. `until`: after that it would be useless.
    `try_at`: not before; `tries`: how often it was tried. `error`: why it did not go, in words of our own.
    """

    channel = models.CharField(_("Weg"), max_length=8, choices=Channel.choices)
    address = models.CharField(_("an"), max_length=254)
    person = models.UUIDField(null=True)
    cause = models.CharField(max_length=60)
    subject = models.UUIDField(null=True)
    title = models.CharField(_("Betreff"), max_length=120, blank=True)
    text = models.TextField(_("Text"), max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.WAITING)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    try_at = models.DateTimeField()
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Guard:
        scope = Scope.CONTACT

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("made_at")), name="message_period"),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "sending"]) | (~Q(text="") & Q(ended_at__isnull=True)),
                name="message_waits_with_text",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "cancelled"]) | Q(text="", ended_at__isnull=False),
                name="message_ended_without_text",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(claimed_at__isnull=False), name="message_sending_is_claimed"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "try_at"], name="message_due"),
            models.Index(fields=["akte"], name="message_akte"),
            models.Index(fields=["subject", "cause"], name="message_subject"),
        ]

    def is_late(self, *, at: datetime) -> bool:
        """Say whether the message would be useless at a time."""
        return self.until <= at

    def __str__(self) -> str:
        return f"{self.channel} {self.cause}"


class Beat(models.Model):
    """When the process that sends was last at work; one row."""

    unguarded = "a time, of nobody"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="beat_once")]
