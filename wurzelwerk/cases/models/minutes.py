"""Minutes of a conference that another body may read, as they stood when they were opened to it."""

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import Organisation, User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from ..enums import ReferralState
from .referral import Referral
from .support import MINUTES_LENGTH, Conference


class OpenedMinutes(GuardedModel):
    """One conference's minutes, opened to a body that took part, by the releases of a referral to it.

    Lies in the sender's Akte beside the referral, whose grant opens it: with the referral it is gone. `text` and
    `decisions` ([what, who, until as ISO day]) are what was opened; what is written later is opened by a new act.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="opened")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="minutes")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("an"))
    kind = models.CharField(_("Art"), max_length=30)
    held_at = models.DateTimeField()
    text = models.TextField(max_length=MINUTES_LENGTH)
    decisions = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Guard:
        scope = Scope.REFERRAL
        joins = ("referral", "conference")

        @staticmethod
        def released_to(actor: Actor) -> tuple[str, QuerySet]:
            """A body reads what was opened to it, as long as that stands and its referral does."""
            return "id", OpenedMinutes.standing_for(actor)

    class Meta:
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "receiver"], condition=Q(closed_at__isnull=True), name="opened_minutes_once"
            ),
            models.CheckConstraint(
                name="opened_minutes_closed_whole",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]

    @classmethod
    def standing_for(cls, actor: Actor) -> QuerySet:
        """Return the ids of the minutes that the actor's bodies may read."""
        if (key := (cls, "standing_for")) not in actor.scoped:
            rows = cls.objects.for_system(reason="which minutes were opened to the reader's body").filter(
                receiver_id__in=list(actor.organisation_ids), closed_at__isnull=True,
                referral__state=ReferralState.ACCEPTED,
            )  # fmt: skip
            actor.scoped[key] = rows.order_by().values("pk")
        return actor.scoped[key]

    def __str__(self) -> str:
        return f"{self.kind} {self.held_at:%d.%m.%Y}"
