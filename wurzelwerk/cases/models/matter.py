"""A case is a matter with parties; its plan goes from needs over goals to steps."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import Organisation, Programme, User
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from ..enums import PartyRole, StepState, Urgency
from .people import Household, Person


class Case(GuardedModel):
    """A matter that a service works on. The service's name is data, never a reason to branch."""

    service = models.CharField(max_length=20)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Programm")
    )
    lead = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("zuständig"))
    opened_on = models.DateField(_("eröffnet"))
    closed_on = models.DateField(_("abgeschlossen"), null=True, blank=True)
    last_contact_on = models.DateField(_("letzter Kontakt"), null=True, blank=True)
    weight = models.CharField(_("Aufwand"), max_length=20, blank=True)
    """A code of the list of weights that somebody chose; empty where it is proposed."""

    class Guard:
        scope = Scope.REGISTER
        joins = ("akte",)

    class Meta:
        verbose_name = _("Fall")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")), name="case_period"
            ),
        ]
        indexes = [
            models.Index(fields=["circle", "-opened_on"], name="case_circle_opened"),
            models.Index(fields=["lead", "closed_on"], name="case_lead"),
            models.Index(fields=["akte"], condition=Q(closed_on__isnull=True), name="case_open_akte"),
            models.Index(
                fields=["last_contact_on", "id"], condition=Q(closed_on__isnull=True), name="case_open_contact"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.opened_on:%d.%m.%Y}"


class CaseParty(GuardedModel):
    """Somebody with a part in a matter: a household, a person or an organisation."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=12, choices=PartyRole.choices, default=PartyRole.CLIENT)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="case_parties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="case_parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    class Guard:
        scope = Scope.REGISTER
        joins = ("household", "person")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="party_is_one",
                condition=Q(household__isnull=False, person__isnull=True, organisation__isnull=True)
                | Q(household__isnull=True, person__isnull=False, organisation__isnull=True)
                | Q(household__isnull=True, person__isnull=True, organisation__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["case", "household"], condition=Q(household__isnull=False), name="party_household_once"
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class Planned(models.Model):
    """What the parts of a plan share: the words in the person's language, the place among its like, the last change."""

    own_words = models.CharField(_("In der Sprache der Person"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class Need(Planned, GuardedModel):
    """What is missing, in the words of the field, with its urgency."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(_("Bedarf"), max_length=30)
    text = models.CharField(_("Beschreibung"), max_length=300, blank=True)
    urgency = models.PositiveSmallIntegerField(_("Dringlichkeit"), choices=Urgency.choices, default=Urgency.SOON)
    noted_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    archived_on = models.DateField(null=True, blank=True)

    class Guard:
        scope = Scope.PLAN

    class Meta:
        ordering = ["urgency", "noted_on", "pk"]
        indexes = [models.Index(fields=["case"], name="need_case")]

    def __str__(self) -> str:
        return self.kind


class Goal(Planned, GuardedModel):
    """What the person wants to reach, in their own words."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="goals")
    text = models.CharField(_("Ziel in eigenen Worten"), max_length=300)
    agreed_on = models.DateField()
    reached_on = models.DateField(null=True, blank=True)
    archived_on = models.DateField(null=True, blank=True)

    class Guard:
        scope = Scope.PLAN

    class Meta:
        ordering = ["agreed_on", "pk"]

    def __str__(self) -> str:
        return self.text


class Step(Planned, GuardedModel):
    """A next step towards a goal: what, who, until when."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(_("Schritt"), max_length=300)
    by_client = models.BooleanField(_("macht der Haushalt selbst"), default=False)
    assignee = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("bis"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.OPEN)
    closed_on = models.DateField(null=True, blank=True)

    class Guard:
        scope = Scope.PLAN

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="step_closed_has_day",
                condition=Q(state="open", closed_on__isnull=True) | (~Q(state="open") & Q(closed_on__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["assignee", "state", "due_on"], name="step_assignee")]

    def __str__(self) -> str:
        return self.text
