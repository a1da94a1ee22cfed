"""Who stands in for whom: for everything of a person who is away, or for single cases of theirs."""

from django.db import models
from django.db.models import Q

from wurzelwerk.base.models import BaseModel
from wurzelwerk.network.models import Absence, User

from .matter import Case


class Cover(BaseModel):
    """Somebody covers during an absence. Without a case for all that is not given to others; with one for it alone."""

    unguarded = "ids only; who covers for whom is known to everybody, cases are read through their own guard"

    absence = models.ForeignKey(Absence, on_delete=models.CASCADE, related_name="covers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    until = models.DateField(null=True)
    """The last day of a single case's cover, where it ends before the absence; then the case is the others' again."""
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["absence", "user"], condition=Q(case__isnull=True), name="cover_person_once"
            ),
            models.UniqueConstraint(
                fields=["absence", "case"], condition=Q(case__isnull=False), name="cover_case_once"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(case__isnull=False), name="cover_until_of_case"),
        ]
        indexes = [models.Index(fields=["user"], name="cover_user")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.absence_id}"


class AbsenceChange(BaseModel):
    """A change of an absence or its covers: how they stood before and after, so that it can be taken back."""

    unguarded = "ids, days and the kind; read only to take a change back, by whoever may manage the absence"

    absence = models.ForeignKey(Absence, on_delete=models.CASCADE, related_name="changes")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    before = models.JSONField()
    after = models.JSONField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.absence_id} {self.made_at:%d.%m.%Y}"
