"""The daily work on a case: journal, tasks, appointments."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import User
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from ..enums import AppointmentState
from .matter import Case
from .people import Person

OTHERS_LENGTH = 300
OPEN = Q(done_at__isnull=True, cancelled_at__isnull=True)
"""Tasks that wait: of all that were ever set the few that lists and counts ask for."""


class NoteContent(models.Model):
    """What a journal entry says. Kinds, themes and languages are data lists; minutes are working time.

    One theme an entry: hours are counted by theme, and an hour of two themes would be counted twice.
    """

    kind = models.CharField(_("Art"), max_length=20)
    theme = models.CharField(_("Thema"), max_length=30)
    occurred_at = models.DateTimeField(_("am"))
    minutes = models.PositiveSmallIntegerField(_("Minuten"), null=True, blank=True)
    travel_minutes = models.PositiveSmallIntegerField(_("Fahrtzeit"), null=True, blank=True)
    travel_km = models.PositiveSmallIntegerField(_("Kilometer"), null=True, blank=True)
    interpreter = models.BooleanField(_("mit Sprachmittlung"), default=False)
    interpreter_language = models.CharField(_("Sprache"), max_length=8, blank=True)
    others = models.CharField(_("Weitere Beteiligte"), max_length=OTHERS_LENGTH, blank=True)
    text = models.TextField(_("Eintrag"), max_length=20000)

    class Meta:
        abstract = True


class Note(NoteContent, GuardedModel):
    """A journal entry. It is never deleted: its author changes it for some days, afterwards another corrects it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    corrects = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="corrections")
    participants = models.ManyToManyField(Person, related_name="+", verbose_name=_("Beteiligte"))

    class Guard:
        scope = Scope.JOURNAL

    class Meta:
        ordering = ["-occurred_at", "-pk"]
        indexes = [models.Index(fields=["case", "-occurred_at"], name="note_case_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_at:%d.%m.%Y}"


class NoteVersion(NoteContent, GuardedModel):
    """What a journal entry said before it was changed; `present`: who took part, in words."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="versions")
    present = models.TextField(blank=True)
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Guard:
        scope = Scope.JOURNAL

    class Meta:
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_at:%d.%m.%Y}"


class Task(GuardedModel):
    """Something somebody has to do until a day. `origin` says which rule of a room made it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(_("Aufgabe"), max_length=200)
    due_on = models.DateField(_("fällig"))
    assignee = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    origin = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("Ergebnis"), max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateField(_("zurückgestellt bis"), null=True, blank=True)
    """Up to this day it does not ring on "Heute"; when it is due stays as it is."""

    class Guard:
        scope = Scope.PLAN

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="task_done_has_doer",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="task_done_or_cancelled", condition=Q(done_at__isnull=True) | Q(cancelled_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["assignee", "due_on", "circle", "case", "snoozed_until"],
                name="task_open_assignee",
                condition=OPEN,
            ),
            models.Index(fields=["due_on", "id", "circle", "case"], name="task_open_due", condition=OPEN),
        ]

    def __str__(self) -> str:
        return self.title


class Appointment(GuardedModel):
    """A meeting with a household at a time and place. Kinds are a data list."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="appointments")
    kind = models.CharField(_("Art"), max_length=20)
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))
    place = models.CharField(_("Ort"), max_length=200, blank=True)
    host = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("mit"))
    state = models.CharField(max_length=10, choices=AppointmentState.choices, default=AppointmentState.PLANNED)

    class Guard:
        scope = Scope.CALENDAR

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_period"),
        ]
        indexes = [
            models.Index(fields=["host", "starts_at"], name="appointment_host"),
            models.Index(fields=["case"], name="appointment_case"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%d.%m.%Y}"


class Notice(GuardedModel):
    """Tells the person in charge that something happened in a case. Carries no personal data."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notices")
    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Guard:
        scope = Scope.REGISTER

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["recipient", "read_at", "-made_at"], name="notice_recipient")]

    def __str__(self) -> str:
        return self.text
