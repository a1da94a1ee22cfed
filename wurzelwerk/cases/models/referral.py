"""A referral brings a household to another body; accepted, it opens what was released."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import Organisation, User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.scopes import Scope

from ..enums import ReferralState
from .matter import Case
from .people import Household


class Referral(GuardedModel):
    """Lies in the sender's Akte; the receiver reads it by grant. Before the answer it names nobody."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="referrals")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("an"))
    purpose = models.CharField(_("Zweck"), max_length=40)
    persons = models.PositiveSmallIntegerField(_("Personen im Haushalt"))
    message = models.CharField(_("Nachricht ohne Namen"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=ReferralState.choices, default=ReferralState.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("Begründung"), max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    receiver_akte = models.ForeignKey(Akte, on_delete=models.PROTECT, null=True, related_name="+")

    class Guard:
        scope = Scope.REFERRAL
        joins = ("household", "case", "receiver_akte")

        @staticmethod
        def released_to(actor: Actor) -> tuple[str, frozenset[UUID]]:
            """A receiver reads the referrals to itself, not to whom else the household was sent."""
            return "receiver_id", actor.organisation_ids

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "receiver", "purpose"],
                condition=Q(state__in=["sent", "accepted"]),
                name="referral_one_standing",
            ),
            models.CheckConstraint(
                name="referral_accepted_has_akte",
                condition=~Q(state="accepted") | Q(receiver_akte__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_answer_has_author",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.get_state_display()}"
