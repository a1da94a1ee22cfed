"""A letting is the offer of one dwelling at one time; import runs bring many at once."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import User
from wurzelwerk.offers.models import Offer
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from .portfolio import Dwelling, Owner

MONEY = {"max_digits": 9, "decimal_places": 2}


class Letting(GuardedModel):
    """The rent and terms of one offer of a dwelling. Amounts in euro a month; deposit in euro."""

    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="letting")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="lettings")
    net_cold = models.DecimalField(_("Nettokaltmiete"), **MONEY)
    operating_costs = models.DecimalField(_("Betriebskosten"), null=True, blank=True, **MONEY)
    heating_costs = models.DecimalField(_("Heizkosten"), null=True, blank=True, **MONEY)
    deposit = models.DecimalField(_("Kaution"), null=True, blank=True, **MONEY)
    is_current = models.BooleanField(default=True)
    """The dwelling's present letting: in preparation, open or promised."""

    class Guard:
        scope = Scope.OFFER
        joins = ("dwelling__building", "dwelling__building__owner", "dwelling")

        @staticmethod
        def open_to(actor) -> Q:
            """Rent and terms are open to whoever may see the offer to the network."""
            if not actor.reads(Scope.OFFER):
                return Q(pk__in=[])
            return Q(offer__audience__in=["network", "public"]) & ~Q(offer__state="draft")

    class Meta:
        verbose_name = _("Vermietung")
        constraints = [
            models.UniqueConstraint(fields=["dwelling"], condition=Q(is_current=True), name="letting_one_current"),
            models.CheckConstraint(
                name="letting_not_negative",
                condition=Q(net_cold__gte=0)
                & (Q(operating_costs__isnull=True) | Q(operating_costs__gte=0))
                & (Q(heating_costs__isnull=True) | Q(heating_costs__gte=0))
                & (Q(deposit__isnull=True) | Q(deposit__gte=0)),
            ),
        ]

    @property
    def gross_cold(self) -> Decimal | None:
        """Net-cold rent plus operating costs without heating; None where these are not known."""
        return None if self.operating_costs is None else self.net_cold + self.operating_costs

    @property
    def warm(self) -> Decimal | None:
        """Gross-cold rent plus heating; None where a part is not known."""
        if self.gross_cold is None or self.heating_costs is None:
            return None
        return self.gross_cold + self.heating_costs

    def __str__(self) -> str:
        return f"{self.dwelling_id} {self.net_cold}"


class ImportRun(GuardedModel):
    """One OpenImmo file: what was accepted, with which remarks, and what was refused and why."""

    class State(models.TextChoices):
        """Where the run stands."""

        WAITING = "waiting", _("wartet")
        CHECKING = "checking", _("wird geprüft")
        CHECKED = "checked", _("geprüft, noch nicht übernommen")
        RUNNING = "running", _("wird übernommen")
        DONE = "done", _("übernommen")
        FAILED = "failed", _("nicht übernommen")

    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    """What the file was called where it came from."""
    file = models.FileField(upload_to="housing/imports/", blank=True)
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, null=True, related_name="+")
    """To whom new dwellings belong; None: to whom the sender belongs, made where there is nobody."""
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    """{"accepted": [...], "remarks": [{"object", "field", "message"}], "refused": [{"object", "reason"}]}"""
    message = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    """Counts the jobs begun for this run; one that was given up cannot go on beside its successor."""
    alive_at = models.DateTimeField(null=True)
    """When the job last said that it lives."""
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Guard:
        scope = Scope.PORTFOLIO
        joins = ("owner",)

    class Meta:
        verbose_name = _("OpenImmo-Datei")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["circle", "digest"], name="import_circle_digest")]

    def __str__(self) -> str:
        return f"{self.started_at:%d.%m.%Y %H:%M}"
