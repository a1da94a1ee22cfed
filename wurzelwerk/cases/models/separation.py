"""A household that became two, and all that it takes to make it one again."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import User
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from .people import Household


class Separation(GuardedModel):
    """Lies in the Akte of those who stayed. `made`: the new household in an Akte of its own, None once it was undone.

    `moved`: groups of rows with the Akte they had. `ended`: ids of the memberships that ended. `changed`: single rows
    with former and present values. `event` names the separation's facts.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="separations")
    made = models.ForeignKey(Household, on_delete=models.SET_NULL, null=True, related_name="+")
    happened_on = models.DateField(_("getrennt am"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    ended = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    changed = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    event = models.UUIDField(unique=True, editable=False)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Guard:
        scope = Scope.CONTACT
        joins = ("made", "made__akte")

    class Meta:
        verbose_name = _("Trennung")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["made"], condition=Q(made__isnull=False), name="separation_made_once"),
            models.CheckConstraint(condition=~Q(household=F("made")), name="separation_two_households"),
            models.CheckConstraint(
                name="separation_undone_whole",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Trennung {self.happened_on:%d.%m.%Y}"
