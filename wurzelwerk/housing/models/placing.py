"""Rounds propose and explain; placements are what people make of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import User
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from ..enums import AfterCareMark, AfterCareResult, OutcomeKind, PlacementState, RoundState
from .letting import Letting
from .search import HousingSearch


class Round(GuardedModel):
    """One run over all open lettings and all searching households, with its proof."""

    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.WAITING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    searches = models.PositiveIntegerField(default=0)
    lettings = models.PositiveIntegerField(default=0)
    placed = models.PositiveIntegerField(default=0)
    optimal = models.BooleanField(null=True)
    inputs_hash = models.CharField(max_length=64, blank=True)
    rules = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    """By class, unclear counts, acquisition list: figures only, nobody's name."""
    message = models.CharField(max_length=300, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    """Hundredths of the work that are done."""

    class Guard:
        scope = Scope.PLACEMENT

    class Meta:
        verbose_name = _("Vermittlungsrunde")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%d.%m.%Y %H:%M}"


class Outcome(GuardedModel):
    """What a round found for one household; it lies in that household's Akte of the placing body."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="outcomes")
    search = models.ForeignKey(HousingSearch, on_delete=models.CASCADE, related_name="outcomes")
    letting = models.ForeignKey(Letting, on_delete=models.CASCADE, null=True, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=OutcomeKind.choices)
    position = models.PositiveSmallIntegerField(default=0)
    """0 for the placement, 1… for the ordered reserve of the letting."""
    score = models.FloatField(null=True)
    explanation = models.JSONField(default=list)
    misses = models.JSONField(default=list)
    unclear = models.JSONField(default=list)

    class Guard:
        scope = Scope.PLACEMENT
        joins = ("letting", "letting__dwelling", "letting__dwelling__building", "search", "letting__offer")

    class Meta:
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "letting", "position"],
                condition=Q(letting__isnull=False, kind__in=["placed", "reserve"]),
                name="outcome_order",
            ),
            models.UniqueConstraint(
                fields=["round", "search"], condition=~Q(kind="reserve"), name="outcome_one_a_household"
            ),
        ]
        indexes = [models.Index(fields=["round", "kind"], name="outcome_round_kind")]

    def __str__(self) -> str:
        return self.kind


class Placement(GuardedModel):
    """One household and one letting on the way to each other. The database forbids two promises."""

    search = models.ForeignKey(HousingSearch, on_delete=models.PROTECT, related_name="placements")
    letting = models.ForeignKey(Letting, on_delete=models.PROTECT, related_name="placements")
    round = models.ForeignKey(Round, on_delete=models.SET_NULL, null=True, related_name="placements")
    household_ref = models.UUIDField()
    state = models.CharField(max_length=10, choices=PlacementState.choices, default=PlacementState.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    override_reason = models.CharField(_("Begründung der Abweichung"), max_length=500, blank=True)
    viewing_at = models.DateTimeField(_("Besichtigung"), null=True, blank=True)
    viewing_place = models.CharField(_("Treffpunkt"), max_length=200, blank=True)
    decline_reason = models.CharField(_("Grund der Absage"), max_length=30, blank=True)
    decline_text = models.CharField(_("Anmerkung"), max_length=300, blank=True)
    contract_from = models.DateField(_("Mietbeginn"), null=True, blank=True)
    keys_on = models.DateField(_("Schlüsselübergabe"), null=True, blank=True)
    withdrawn_for = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="withdrew")
    """The promise or contract for whose sake this one was withdrawn."""
    tenant_ref = models.UUIDField(null=True, blank=True)
    """The household of the tenant record that became the placing body's own at contract."""

    class Guard:
        scope = Scope.PLACEMENT
        joins = (
            "letting",
            "letting__offer",
            "letting__dwelling",
            "letting__dwelling__building",
            "search",
            "search__case",
        )

    class Meta:
        verbose_name = _("Vermittlung")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letting"],
                condition=Q(state__in=["promised", "contract", "keys"]),
                name="placement_one_promise_a_letting",
            ),
            models.UniqueConstraint(
                fields=["household_ref"],
                condition=Q(state__in=["promised", "contract"]),
                name="placement_one_promise_a_household",
            ),
            models.UniqueConstraint(
                fields=["search", "letting"],
                condition=~Q(state__in=["declined", "refused", "withdrawn"]),
                name="placement_one_open_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""), name="placement_decline_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="keys") | Q(keys_on__isnull=False), name="placement_keys_have_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="viewing") | Q(viewing_at__isnull=False), name="placement_viewing_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["contract", "keys"]) | Q(contract_from__isnull=False),
                name="placement_contract_has_start",
            ),
        ]
        indexes = [
            models.Index(fields=["circle", "state"], name="placement_circle_state"),
            models.Index(fields=["household_ref"], name="placement_household"),
            models.Index(fields=["viewing_at"], name="placement_viewing"),
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class PlacementMove(GuardedModel):
    """One move of a placement: forward, or back with a reason."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_back = models.BooleanField(default=False)
    reason = models.CharField(_("Begründung"), max_length=500, blank=True)

    class Guard:
        scope = Scope.PLACEMENT

    class Meta:
        ordering = ["moved_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_back=False) | ~Q(reason=""), name="placement_back_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class AfterCare(GuardedModel):
    """A look-in after moving in; it lies in the Akte of the body that advises the household."""

    placement_ref = models.UUIDField()
    household_ref = models.UUIDField()
    task = models.OneToOneField("cases.Task", on_delete=models.CASCADE, null=True, related_name="+")
    mark = models.CharField(max_length=4, choices=AfterCareMark.choices)
    due_on = models.DateField(_("fällig"))
    result = models.CharField(max_length=10, choices=AfterCareResult.choices, blank=True)
    noted_on = models.DateField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Guard:
        scope = Scope.PATHWAY
        joins = ("task",)

    class Meta:
        verbose_name = _("Nachbetreuung")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement_ref", "mark"], condition=Q(cancelled_at__isnull=True), name="aftercare_once"
            ),
            models.CheckConstraint(
                condition=Q(result="", noted_on__isnull=True) | (~Q(result="") & Q(noted_on__isnull=False)),
                name="aftercare_result_has_day",
            ),
        ]
        indexes = [models.Index(fields=["household_ref"], name="aftercare_household")]

    def __str__(self) -> str:
        return self.get_mark_display()
