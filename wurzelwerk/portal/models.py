"""Who wants to be reminded, what was reminded of, who may choose a time, who waits for an earlier one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.appointments.models import Place
from wurzelwerk.cases.models import Appointment, Case, Person
from wurzelwerk.network.models import User
from wurzelwerk.outbox.enums import Channel
from wurzelwerk.outbox.models import Message
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope


class Reminding(GuardedModel):
    """Somebody agreed to be reminded of appointments, by one way; ended by the office or by the person's own link."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(_("Weg"), max_length=8, choices=Channel.choices)
    agreed_at = models.DateTimeField()
    agreed_with = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    by_link = models.BooleanField(default=False)

    class Guard:
        scope = Scope.CONTACT
        joins = ("person",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at__isnull=True), name="reminding_once"),
            models.CheckConstraint(condition=Q(by_link=False) | Q(ended_at__isnull=False), name="reminding_by_link"),
        ]
        indexes = [models.Index(fields=["akte"], name="reminding_akte")]

    def __str__(self) -> str:
        return self.get_channel_display()


class Reminder(GuardedModel):
    """One person is told once, by one rule, of one time of an appointment. `why_not`: why no message went out."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    rule = models.CharField(max_length=20)
    person = models.UUIDField()
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    why_not = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    class Guard:
        scope = Scope.CALENDAR
        joins = ("appointment", "message")

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["appointment", "starts_at", "rule", "person"], name="reminder_once")
        ]

    def __str__(self) -> str:
        return self.rule


class ReminderChoice(GuardedModel):
    """Somebody who is to be reminded of an appointment, as it was chosen; without a `person`: nobody is."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="+")
    person = models.UUIDField(null=True)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Guard:
        scope = Scope.CALENDAR
        joins = ("appointment",)

    class Meta:
        ordering = ["chosen_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["appointment", "person"], name="reminder_choice_once")]

    def __str__(self) -> str:
        return f"Wahl {self.pk}"


class Invitation(GuardedModel):
    """Somebody may choose a time by a link: of this kind, with this colleague, in this room, until a day."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("Art"), max_length=20)
    host = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("mit"))
    room = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("Raum"))
    until = models.DateField(_("wählbar bis"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, null=True, related_name="+")

    class Guard:
        scope = Scope.CALENDAR

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Einladung {self.pk}"


class EarlierWish(GuardedModel):
    """Somebody wants an earlier time, if one becomes free. `person`: whom it is offered to."""

    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="+")
    person = models.UUIDField()
    wished_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Guard:
        scope = Scope.CALENDAR
        joins = ("appointment",)

    class Meta:
        ordering = ["wished_at", "pk"]

    def __str__(self) -> str:
        return f"Wunsch {self.pk}"


class EarlierOffer(GuardedModel):
    """An earlier time that became free, offered to one who waits; whoever takes it first has it."""

    wish = models.ForeignKey(EarlierWish, on_delete=models.CASCADE, related_name="offers")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Guard:
        scope = Scope.CALENDAR
        joins = ("wish__appointment",)

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["wish", "starts_at"], name="earlier_offer_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), expires_at__gt=F("offered_at")), name="earlier_offer_period"
            ),
        ]

    def __str__(self) -> str:
        return f"Angebot {self.pk}"
