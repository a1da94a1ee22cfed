"""Time of one's own that comes back every week."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.models import BaseModel
from wurzelwerk.network.models import User

from ..enums import OwnKind


class WeeklyTime(BaseModel):
    """Time of one colleague on the same weekday each week (0 is Monday), at the same wall time.

    To everybody else it is taken, without a word. `last_on`: the last day, None: it goes on. From `ended_at` on it does
    not come back any more; what was before stays in the calendar.
    """

    unguarded = "names no household; what it is for is shown to its owner and to nobody else"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("Art"), max_length=10, choices=OwnKind.choices)
    title = models.CharField(_("Worum es geht"), max_length=120, blank=True)
    weekday = models.PositiveSmallIntegerField(_("Wochentag"))
    starts = models.TimeField(_("von"))
    ends = models.TimeField(_("bis"))
    first_on = models.DateField(_("ab"))
    last_on = models.DateField(_("bis einschließlich"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["weekday", "starts", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")) & Q(weekday__lte=6), name="weekly_time_hours"),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")), name="weekly_time_period"
            ),
        ]
        indexes = [models.Index(fields=["user", "first_on"], name="weekly_time_user")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.weekday} {self.starts:%H:%M}–{self.ends:%H:%M}"
