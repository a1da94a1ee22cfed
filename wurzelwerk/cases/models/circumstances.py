"""How a household lives now, and on what."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import District, User
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from .people import Household


class Accommodation(GuardedModel):
    """Where a household lives, from one day to another. Kinds are a data list.

    `reach`: where people without a fixed address are found. `shares_with`: who lives there too and is no part of the
    household (Wohngemeinschaft).
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="accommodations")
    kind = models.CharField(_("Art der Unterkunft"), max_length=30)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120, blank=True)
    postcode = models.CharField(_("Postleitzahl"), max_length=10, blank=True)
    city = models.CharField(_("Ort"), max_length=80, blank=True)
    care_of = models.CharField(_("c/o"), max_length=120, blank=True)
    reach = models.CharField(_("Wo anzutreffen"), max_length=200, blank=True)
    shares_with = models.CharField(_("Wohnt zusammen mit"), max_length=200, blank=True)
    is_blocked = models.BooleanField(_("Auskunftssperre (§ 51 BMG)"), default=False)
    blocked_until = models.DateField(_("Auskunftssperre bis"), null=True, blank=True)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Stadtbezirk")
    )
    since = models.DateField(_("seit"), null=True, blank=True)
    until = models.DateField(_("bis"), null=True, blank=True)
    must_leave_by = models.DateField(_("muss verlassen werden bis"), null=True, blank=True)

    class Guard:
        scope = Scope.CONTACT

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(until__isnull=True), name="accommodation_one_present"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="accommodation_period",
            ),
            models.CheckConstraint(
                condition=Q(blocked_until__isnull=True) | Q(is_blocked=True), name="accommodation_block_has_end"
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class SharedHome(GuardedModel):
    """Two households live together at one place, and are two all the same (Wohngemeinschaft).

    Lies in the Akte of the one where it was noted; who reads it sees the other as far as that one is open to them.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="shared_homes")
    other = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+", verbose_name=_("Haushalt"))
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Guard:
        scope = Scope.CONTACT

    class Meta:
        ordering = ["noted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "other"], condition=Q(removed_at__isnull=True), name="shared_home_once"
            ),
            models.CheckConstraint(condition=~Q(household=F("other")), name="shared_home_two_households"),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} + {self.other_id}"


class EconomicSituation(GuardedModel):
    """On what a household lives. Amounts in euro; empty means not known, never zero."""

    household = models.OneToOneField(Household, on_delete=models.CASCADE, related_name="economy")
    income_kinds = models.JSONField(_("Einkommen"), default=list)
    monthly_net = models.DecimalField(
        _("Nettoeinkommen im Monat"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    yearly_chargeable = models.DecimalField(
        _("anrechenbares Jahreseinkommen"), max_digits=10, decimal_places=2, null=True, blank=True
    )

    class Guard:
        scope = Scope.ECONOMIC

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="economy_not_negative",
                condition=(Q(monthly_net__isnull=True) | Q(monthly_net__gte=0))
                & (Q(yearly_chargeable__isnull=True) | Q(yearly_chargeable__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.income_kinds)
