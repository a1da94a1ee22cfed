"""What a calendar knows of an appointment beyond the trunk's row: room, series, moves, interpreter."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.models import BaseModel
from wurzelwerk.cases import lists
from wurzelwerk.cases.models import Appointment, Case
from wurzelwerk.network.models import User
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from ..enums import Every, InterpreterState
from .places import OwnTime, Place


class Series(GuardedModel):
    """Appointments that were agreed upon in one go. `skipped`: holidays left out, as ISO dates."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    every = models.CharField(_("Wiederholung"), max_length=12, choices=Every.choices)
    first_on = models.DateField()
    last_on = models.DateField()
    skipped = models.JSONField(default=list)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Guard:
        scope = Scope.CALENDAR

    class Meta:
        ordering = ["first_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="series_period")]
        indexes = [models.Index(fields=["case"], name="series_case")]

    def __str__(self) -> str:
        return f"{self.get_every_display()} {self.first_on:%d.%m.%Y}"


class Booking(GuardedModel):
    """The calendar's side of an appointment; one that was made elsewhere has none until it is touched here.

    `alone`: changed by itself, so that a change of its series passes it by. `sequence` counts what an invitation must
    tell anew (RFC 5545). `double`: the host's other appointment at the same time was confirmed. `ended_with`: what was
    cancelled in one act, for the way back.
    """

    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="booking")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("Raum"))
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="bookings")
    series_on = models.DateField(null=True)
    alone = models.BooleanField(default=False)
    double = models.BooleanField(default=False)
    sequence = models.PositiveSmallIntegerField(default=0)
    ended_with = models.UUIDField(null=True)

    class Guard:
        scope = Scope.CALENDAR

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="booking_day_of_series",
                condition=Q(series__isnull=True, series_on__isnull=True)
                | Q(series__isnull=False, series_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["series", "series_on"], condition=Q(series__isnull=False), name="booking_once_a_day_of_series"
            ),
        ]

    def __str__(self) -> str:
        return f"Buchung {self.pk}"


class HeldTime(models.Model):
    """Five minutes of a room that belong to somebody: the unique column is what refuses a double booking (ADR)."""

    unguarded = "a room, a time and who holds it, as ids"

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    begins_at = models.DateTimeField()
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, null=True, related_name="+")
    own_time = models.ForeignKey(OwnTime, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "begins_at"], name="held_time_once"),
            models.CheckConstraint(
                name="held_time_by_one",
                condition=Q(booking__isnull=True, own_time__isnull=False)
                | Q(booking__isnull=False, own_time__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.begins_at:%d.%m.%Y %H:%M}"


class Move(GuardedModel):
    """An appointment was put to another time: where it was before, and why."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="moves")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    host = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("Grund"), max_length=200, blank=True)
    moved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Guard:
        scope = Scope.CALENDAR

    class Meta:
        ordering = ["-moved_at", "-pk"]
        indexes = [models.Index(fields=["booking", "-moved_at"], name="move_booking")]

    def __str__(self) -> str:
        return f"verlegt von {self.starts_at:%d.%m.%Y}"


class InterpreterRequest(GuardedModel):
    """Somebody is asked to interpret at an appointment. `who` comes, a service or person; `email`: theirs."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="interpreters")
    language = models.CharField(_("Sprache"), max_length=8)
    service = models.CharField(_("Angefragt bei"), max_length=120, blank=True)
    who = models.CharField(_("Es kommt"), max_length=120, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    free_of_charge = models.BooleanField(_("kostenfrei"), default=True)
    state = models.CharField(max_length=10, choices=InterpreterState.choices, default=InterpreterState.REQUESTED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Guard:
        scope = Scope.CALENDAR

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "language"],
                condition=Q(state__in=["requested", "confirmed"]),
                name="interpreter_once_a_language",
            )
        ]

    @property
    def language_label(self) -> str:
        """The German name of the language."""
        known = self.language in lists.table("languages").keys
        return lists.label("languages", self.language) if known else self.language

    @property
    def is_open(self) -> bool:
        """Whether the answer is still to come."""
        return self.state == InterpreterState.REQUESTED

    @property
    def stands(self) -> bool:
        """Whether somebody was asked and has not refused."""
        return self.state in {InterpreterState.REQUESTED, InterpreterState.CONFIRMED}

    @property
    def badge(self) -> str:
        """The kind of badge that shows the state."""
        return {"requested": "warning", "confirmed": "success", "refused": "danger"}.get(self.state, "")

    def __str__(self) -> str:
        return f"{self.language}: {self.get_state_display()}"


class Feed(BaseModel):
    """An address under which somebody's own calendar can be subscribed to; kept is only what its secret hashes to."""

    unguarded = "read only by its owner, and by whoever knows the secret"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    names = models.BooleanField(_("mit Namen der Haushalte"), default=False)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at__isnull=True), name="feed_one_standing")
        ]

    def __str__(self) -> str:
        return f"Abo {self.pk}"
