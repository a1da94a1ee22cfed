"""Two Akten of one household that became one, and all that it takes to part them again."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import User
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.models import Akte, Circle
from wurzelwerk.trust.scopes import Scope

from ..enums import DOUBLE
from .people import Household


class Merge(GuardedModel):
    """Lies in the Akte that was kept; what remained in the other is in nobody's circle.

    `moved`: groups of rows with the values they had (ids only). `changed`: single rows with former and present values.
    `pairs`: former id -> the one that stands for it now: case, household, persons known on both sides. `bound`: what
    stood in the kept Akte already and binds it to others. `event` names the merge's facts.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="merges")
    dropped_household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    dropped_akte = models.ForeignKey(Akte, on_delete=models.PROTECT, related_name="+")
    dropped_circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    dropped_closed_at = models.DateTimeField(null=True)
    merged_at = models.DateTimeField(_("zusammengeführt"))
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    changed = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    pairs = models.JSONField(default=dict)
    bound = models.JSONField(default=list)
    event = models.UUIDField(unique=True, editable=False)
    undone_at = models.DateTimeField(_("getrennt"), null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Guard:
        scope = Scope.CONTACT
        joins = ("dropped_akte",)

    class Meta:
        verbose_name = _("Zusammenführung")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dropped_akte"], condition=Q(undone_at__isnull=True), name="merge_dropped_once"
            ),
            models.CheckConstraint(condition=~Q(akte=F("dropped_akte")), name="merge_two_akten"),
            models.CheckConstraint(condition=~Q(household=F("dropped_household")), name="merge_two_households"),
            models.CheckConstraint(
                name="merge_undone_whole",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    @property
    def is_of_person(self) -> bool:
        """Whether somebody stood twice in one Akte; then the other is a hidden one, made for the double."""
        return self.dropped_akte.subject == DOUBLE

    def __str__(self) -> str:
        return f"Zusammenführung {self.merged_at:%d.%m.%Y}"
