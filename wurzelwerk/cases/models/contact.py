"""Contacts of people who give no name: one by one, or counted over an open consultation hour."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import User
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from ..enums import Channel
from .matter import Case

LONGEST_MINUTES = 480
LINE_LENGTH = 200


class OpenHour(GuardedModel):
    """An open consultation hour whose contacts were recorded in one act."""

    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))
    held_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Guard:
        scope = Scope.JOURNAL

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="open_hour_period"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%d.%m.%Y}"


class ShortContact(GuardedModel):
    """Somebody came without giving a name. Topics and languages are data lists; minutes are working time.

    `line` may say what it was about, and is cleared after `line_until`. `case` is set when the person returns and is
    taken in. `event` names the contact's fact, which itself names nobody.
    """

    topic = models.CharField(_("Thema"), max_length=30)
    language = models.CharField(_("Sprache"), max_length=8, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minuten"))
    channel = models.CharField(_("Weg"), max_length=8, choices=Channel.choices)
    occurred_at = models.DateTimeField(_("am"))
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    line = models.CharField(_("Zeile"), max_length=LINE_LENGTH, blank=True)
    line_until = models.DateField(null=True)
    open_hour = models.ForeignKey(OpenHour, on_delete=models.CASCADE, null=True, related_name="contacts")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="short_contacts")
    linked_at = models.DateTimeField(null=True)
    linked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    event = models.UUIDField(unique=True, editable=False)

    class Guard:
        scope = Scope.JOURNAL

    class Meta:
        ordering = ["-occurred_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1) & Q(minutes__lte=LONGEST_MINUTES), name="contact_minutes"
            ),
            models.CheckConstraint(
                name="contact_line_has_end",
                condition=Q(line="", line_until__isnull=True) | (~Q(line="") & Q(line_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="contact_linked_whole",
                condition=Q(case__isnull=True, linked_at__isnull=True, linked_by__isnull=True)
                | Q(case__isnull=False, linked_at__isnull=False, linked_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["circle", "-occurred_at"], name="contact_circle_day"),
            models.Index(fields=["case"], condition=Q(case__isnull=False), name="contact_case"),
            models.Index(fields=["line_until"], condition=Q(line_until__isnull=False), name="contact_line_until"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.occurred_at:%d.%m.%Y}"
