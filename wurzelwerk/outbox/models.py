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
    `calendar`: an invitation that goes along (`base.ical`), emptied with the text. `try_at`: not before; `tries`: how
    often it was tried. `error`: why it did not go, in words of our own.
    """

    channel = models.CharField(_("Weg"), max_length=8, choices=Channel.choices)
    address = models.CharField(_("an"), max_length=254)
    person = models.UUIDField(null=True)
    cause = models.CharField(max_length=60)
    subject = models.UUIDField(null=True)
    title = models.CharField(_("Betreff"), max_length=120, blank=True)
    text = models.TextField(_("Text"), max_length=2000, blank=True)
    calendar = models.TextField(blank=True, max_length=4000)
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
            models.CheckConstraint(condition=Q(calendar="") | ~Q(text=""), name="message_calendar_goes_with_text"),
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


class Inviting(GuardedModel):
    """Whether those who take part in a meeting are invited by mail, and what they were told last of when and where.

    `subject`: the id of the meeting, which lies in a room above. `version` counts what was told; 0: nothing yet.
    """

    subject = models.UUIDField(unique=True)
    is_on = models.BooleanField(default=True)
    version = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    cancelled = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Guard:
        scope = Scope.CALENDAR

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(version=0, starts_at__isnull=True, ends_at__isnull=True)
                | Q(version__gt=0, ends_at__gt=F("starts_at")),
                name="inviting_told_of_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.version}"


class Invited(GuardedModel):
    """Somebody who is invited to a meeting by mail, and what became of the latest message.

    `version`: of which version they were told last, None: they must be told anew. `sequence` counts what they were
    told, so that their calendar knows the newer of two. `reached`: something has gone out to them. `why_not`: why the
    latest was not even queued.
    """

    inviting = models.ForeignKey(Inviting, on_delete=models.CASCADE, related_name="guests")
    email = models.EmailField()
    name = models.CharField(max_length=160)
    version = models.PositiveSmallIntegerField(null=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    is_off = models.BooleanField(default=False)
    reached = models.BooleanField(default=False)
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    why_not = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(null=True)

    class Guard:
        scope = Scope.CALENDAR
        joins = ("inviting", "message")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["inviting", "email"], name="invited_once")]

    def __str__(self) -> str:
        return self.name


class Beat(models.Model):
    """When the process that sends was last at work; one row."""

    unguarded = "a time, of nobody"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="beat_once")]
