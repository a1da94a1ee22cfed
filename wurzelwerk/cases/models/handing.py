"""What somebody leaves to whoever takes a case over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import User
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from .matter import Case

PART_LENGTH = 2000


class HandoverNote(GuardedModel):
    """A note for whoever takes the case over: what stands, what comes next, what to look out for.

    `read_by`: the person in charge who read it last; from then on it is not changed any more.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handover_notes")
    stands = models.TextField(_("Was steht"), max_length=PART_LENGTH, blank=True)
    ahead = models.TextField(_("Was als Nächstes ansteht"), max_length=PART_LENGTH, blank=True)
    mind = models.TextField(_("Worauf zu achten ist"), max_length=PART_LENGTH, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Guard:
        scope = Scope.HANDOVER

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="handover_note_read_by_somebody",
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["case", "-written_at"], name="handover_note_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.written_at:%d.%m.%Y}"
