"""Four eyes: an act that a controller wants to have approved by somebody else before it is done."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.models import BaseModel
from wurzelwerk.network.models import Organisation, User
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from .matter import Case


class ApprovedAct(models.TextChoices):
    """What can be made to need an approval."""

    CLOSE_CASE = "close_case", _("Beratung abschließen")
    SEND_REFERRAL = "send_referral", _("Überweisung senden")


class ApprovalState(models.TextChoices):
    """Where a request for approval stands."""

    WAITS = "waits", _("wartet")
    APPROVED = "approved", _("freigegeben")
    SENT_BACK = "sent_back", _("zurückgegeben")
    WITHDRAWN = "withdrawn", _("zurückgezogen")
    USED = "used", _("erledigt")


class ApprovalRule(BaseModel):
    """A controller wants this act approved by a second person, from now on and wherever it is done."""

    unguarded = "which acts need four eyes is known to everybody with an account"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=20, choices=ApprovedAct.choices)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "act"], name="approval_rule_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.act}"


class Approval(GuardedModel):
    """Somebody asked to do an act in a case. `what` tells acts of a kind apart: to whom a referral goes."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="approvals")
    act = models.CharField(max_length=20, choices=ApprovedAct.choices)
    what = models.CharField(max_length=100, blank=True)
    why = models.CharField(_("Begründung"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=ApprovalState.choices, default=ApprovalState.WAITS)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(_("Antwort"), max_length=300, blank=True)

    class Guard:
        scope = Scope.PLAN

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "act", "what"],
                condition=Q(state__in=["waits", "approved"]),
                name="approval_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")), name="approval_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "sent_back", "used"]) | Q(answered_by__isnull=False),
                name="approval_answer_has_author",
            ),
        ]
        indexes = [
            models.Index(fields=["circle"], condition=Q(state="waits"), name="approval_waiting"),
            models.Index(fields=["asked_by", "state"], name="approval_asked_by"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.state}"
