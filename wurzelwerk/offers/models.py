"""An Offer is the occasion to get something, not the thing; its room adds a detail row."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import District
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from .enums import Audience, OfferState


class Offer(GuardedModel):
    """What search, trust, matching and evidence need of an occasion; nothing of its kind."""

    service = models.CharField(max_length=20)
    title = models.CharField(_("Titel"), max_length=160)
    state = models.CharField(_("Stand"), max_length=10, choices=OfferState.choices, default=OfferState.DRAFT)
    audience = models.CharField(_("sichtbar für"), max_length=10, choices=Audience.choices, default=Audience.NETWORK)
    capacity = models.PositiveIntegerField(_("Plätze"), default=1)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("Stadtbezirk")
    )
    available_from = models.DateField(_("frei ab"), null=True, blank=True)
    available_until = models.DateField(_("frei bis"), null=True, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Guard:
        scope = Scope.OFFER

        @staticmethod
        def open_to(actor: Actor) -> Q:
            """An offer to the network is open to everybody who works for one of its bodies."""
            if not actor.reads(Scope.OFFER):
                return Q(pk__in=[])
            return Q(audience__in=[Audience.NETWORK, Audience.PUBLIC]) & ~Q(state=OfferState.DRAFT)

    class Meta:
        verbose_name = _("Angebot")
        constraints = [
            models.CheckConstraint(
                name="offer_period",
                condition=Q(available_until__isnull=True)
                | Q(available_from__isnull=True)
                | Q(available_until__gte=F("available_from")),
            ),
            models.CheckConstraint(
                name="offer_closed_has_time",
                condition=Q(state__in=["taken", "withdrawn"], closed_at__isnull=False)
                | (~Q(state__in=["taken", "withdrawn"]) & Q(closed_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["circle", "state", "-opened_at"], name="offer_circle_state"),
            models.Index(fields=["service", "state", "-opened_at"], name="offer_service_state"),
        ]

    def __str__(self) -> str:
        return self.title
