"""Who else works with a household, and the conferences at which they meet."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import User
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from ..enums import ConferenceState, HelperBasis, InvitationAnswer
from .matter import Case, Step
from .people import Household, Person
from .work import Task

MINUTES_LENGTH, AGENDA_LENGTH = 20_000, 4_000


class Helper(GuardedModel):
    """Somebody without an account who works with a household: a doctor, a legal guardian, a teacher, a volunteer.

    `person`: for whom of the household; None: for all. `basis_text` says on what talking with them rests. The main
    contact is the one whose `main_since` is the latest among those who have not ended.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="helpers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("für"))
    role = models.CharField(_("Rolle"), max_length=30)
    name = models.CharField(_("Name"), max_length=120)
    body = models.CharField(_("Stelle"), max_length=160, blank=True)
    phone = models.CharField(_("Telefon"), max_length=120, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    reachable = models.CharField(_("Erreichbar"), max_length=200, blank=True)
    basis = models.CharField(max_length=10, choices=HelperBasis.choices, default=HelperBasis.NONE)
    basis_text = models.CharField(_("Grundlage"), max_length=200, blank=True)
    since = models.DateField(_("seit"))
    until = models.DateField(_("bis"), null=True)
    ended_because = models.CharField(_("Grund"), max_length=200, blank=True)
    main_since = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Guard:
        scope = Scope.SUPPORT

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="helper_period"),
            models.CheckConstraint(condition=Q(basis="none") | ~Q(basis_text=""), name="helper_basis_said"),
        ]
        indexes = [models.Index(fields=["household", "until"], name="helper_household")]

    def __str__(self) -> str:
        return self.name


class Conference(GuardedModel):
    """A meeting about a household of those who work with it. Kinds, with the template of their minutes, are data."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="conferences")
    kind = models.CharField(_("Art"), max_length=30)
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))
    place = models.CharField(_("Ort"), max_length=200, blank=True)
    agenda = models.TextField(_("Tagesordnung"), max_length=AGENDA_LENGTH, blank=True)
    state = models.CharField(max_length=10, choices=ConferenceState.choices, default=ConferenceState.PLANNED)
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    minutes = models.TextField(_("Protokoll"), max_length=MINUTES_LENGTH, blank=True)
    written_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    next_on = models.DateField(_("nächste Besprechung"), null=True)

    class Guard:
        scope = Scope.SUPPORT

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="conference_period"),
            models.CheckConstraint(
                name="conference_held_has_minutes",
                condition=Q(state="held", written_at__isnull=False, written_by__isnull=False)
                | (~Q(state="held") & Q(written_at__isnull=True, written_by__isnull=True, minutes="")),
            ),
        ]
        indexes = [models.Index(fields=["case", "-starts_at"], name="conference_case")]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%d.%m.%Y}"


class Participant(GuardedModel):
    """Who is invited: a colleague with an account, of whichever body, or a helper of the household."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, null=True, related_name="invitations")
    name = models.CharField(max_length=120)
    body = models.CharField(max_length=160, blank=True)
    answer = models.CharField(max_length=5, choices=InvitationAnswer.choices, default=InvitationAnswer.OPEN)
    present = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)

    class Guard:
        scope = Scope.SUPPORT

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="participant_is_one",
                condition=Q(user__isnull=True, helper__isnull=False) | Q(user__isnull=False, helper__isnull=True),
            ),
            models.UniqueConstraint(fields=["conference", "user"], name="participant_user_once"),
            models.UniqueConstraint(fields=["conference", "helper"], name="participant_helper_once"),
        ]
        indexes = [models.Index(fields=["user"], condition=Q(user__isnull=False), name="participant_user")]

    def __str__(self) -> str:
        return self.name


class Decision(GuardedModel):
    """What a conference decided: who does what until when. The task that came of it carries on from there."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField(_("Beschluss"), max_length=160)
    who = models.CharField(_("wer"), max_length=120)
    due_on = models.DateField(_("bis"))
    task = models.OneToOneField(Task, on_delete=models.PROTECT, null=True, related_name="+")
    step = models.OneToOneField(Step, on_delete=models.PROTECT, null=True, related_name="+")

    class Guard:
        scope = Scope.SUPPORT

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_goes_on_once",
                condition=Q(task__isnull=True, step__isnull=False) | Q(task__isnull=False, step__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.text
