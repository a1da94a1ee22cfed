"""A journey is one case's way along a pathway; every move is kept, also the way back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.cases.models import Case
from wurzelwerk.network.models import User
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from .stages import Pathway, Stage, all_pathways


class Journey(GuardedModel):
    """Where a case stands on a pathway."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="journeys")
    pathway = models.CharField(max_length=20)
    stage = models.CharField(_("Stufe"), max_length=30)
    since = models.DateField(_("seit"))
    started_on = models.DateField(_("begonnen"))
    ended_on = models.DateField(_("beendet"), null=True, blank=True)

    class Guard:
        scope = Scope.PATHWAY
        joins = ("case",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "pathway"], condition=Q(ended_on__isnull=True), name="journey_one_open"
            ),
        ]
        indexes = [models.Index(fields=["circle", "pathway", "stage"], name="journey_circle_stage")]

    @property
    def table(self) -> Pathway:
        """The pathway's table of stages."""
        return all_pathways()[self.pathway]

    @property
    def at_stage(self) -> Stage:
        """The stage at which the journey stands."""
        return self.table.stage(self.stage)

    def __str__(self) -> str:
        return f"{self.pathway}: {self.stage}"


class Move(GuardedModel):
    """One move of a journey: forward, or back with a reason."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="moves")
    from_stage = models.CharField(max_length=30, blank=True)
    to_stage = models.CharField(max_length=30)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_back = models.BooleanField(default=False)
    reason = models.CharField(_("Begründung"), max_length=300, blank=True)

    class Guard:
        scope = Scope.PATHWAY

    class Meta:
        ordering = ["moved_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_back=False) | ~Q(reason=""), name="move_back_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.from_stage} → {self.to_stage}"
