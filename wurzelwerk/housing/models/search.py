"""What a household looks for, and who looks for it.

The profile lies in the Akte of the body that advises the household. The search lies in the
Akte of the body that places it: the same where it does both, another after a referral.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.cases.models import Case, Household
from wurzelwerk.network.models import District
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from ..enums import SearchState, StepFree, WbsState

MONEY = {"max_digits": 9, "decimal_places": 2}


class SearchProfile(GuardedModel):
    """What the household may claim and wishes; never origin, residence status or religion."""

    household = models.OneToOneField(Household, on_delete=models.CASCADE, related_name="search_profile")
    persons = models.PositiveSmallIntegerField(_("Personen"))
    benefit_persons = models.PositiveSmallIntegerField(_("Personen in der Bedarfsgemeinschaft"), default=0)
    draws_benefits = models.BooleanField(_("Kosten der Unterkunft vom Jobcenter oder Sozialamt"), null=True, blank=True)
    most_gross_cold = models.DecimalField(_("Mietgrenze laut Bescheid, bruttokalt"), null=True, blank=True, **MONEY)
    """As the benefit office confirmed it; empty: by the dated table for `benefit_persons`."""
    most_warm = models.DecimalField(_("tragbare Warmmiete aus eigenem Einkommen"), null=True, blank=True, **MONEY)
    step_free = models.CharField(_("stufenlos nötig"), max_length=10, choices=StepFree.choices, default=StepFree.NO)
    pets = models.BooleanField(_("Haustier"), default=False)
    wbs_state = models.CharField(_("WBS"), max_length=10, choices=WbsState.choices, default=WbsState.UNKNOWN)
    wbs_kind = models.CharField(_("Art des WBS"), max_length=20, blank=True)
    wbs_persons = models.PositiveSmallIntegerField(_("WBS für Personen"), null=True, blank=True)
    wbs_valid_until = models.DateField(_("WBS gültig bis"), null=True, blank=True)
    wished = models.ManyToManyField(District, related_name="+", blank=True, verbose_name=_("gern in"))
    excluded = models.ManyToManyField(District, related_name="+", blank=True, verbose_name=_("nicht in"))
    needed_by = models.DateField(_("spätestens zum"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("Dringlichkeitsklasse"), default=3)
    priority_ground = models.CharField(_("Grund der Dringlichkeit"), max_length=200, blank=True)
    waiting_since = models.DateField(_("sucht seit"))
    changed_at = models.DateTimeField()

    class Guard:
        scope = Scope.SEARCH_PROFILE
        joins = ("household", "akte")

    class Meta:
        verbose_name = _("Suchprofil")
        constraints = [
            models.CheckConstraint(condition=Q(persons__gte=1, persons__lte=30), name="profile_persons_plausible"),
            models.CheckConstraint(
                condition=Q(benefit_persons__lte=models.F("persons")), name="profile_benefit_within_persons"
            ),
            models.CheckConstraint(condition=Q(priority__gte=1, priority__lte=5), name="profile_priority_class"),
            models.CheckConstraint(
                condition=(Q(most_gross_cold__isnull=True) | Q(most_gross_cold__gte=0))
                & (Q(most_warm__isnull=True) | Q(most_warm__gte=0)),
                name="profile_rent_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(priority=3) | ~Q(priority_ground=""), name="profile_priority_has_ground"
            ),
            models.CheckConstraint(
                condition=Q(wbs_state="held") | Q(wbs_kind="", wbs_valid_until__isnull=True),
                name="profile_wbs_held",
            ),
        ]
        indexes = [models.Index(fields=["circle", "waiting_since"], name="profile_circle_waiting")]

    def __str__(self) -> str:
        return f"{self.persons} Personen"


class HousingSearch(GuardedModel):
    """The placing body's work for one household; `household_ref` is the household's id."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="housing_searches")
    household_ref = models.UUIDField()
    referral_ref = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=SearchState.choices, default=SearchState.SEARCHING)
    taken_on = models.DateField(_("übernommen"))
    closed_on = models.DateField(_("abgeschlossen"), null=True)
    close_reason = models.CharField(_("Begründung"), max_length=300, blank=True)
    changed_at = models.DateTimeField()
    """When it was taken on, paused, taken up again or closed."""

    class Guard:
        scope = Scope.PLACEMENT
        joins = ("case", "akte")

    class Meta:
        verbose_name = _("Suche")
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "household_ref"],
                condition=Q(state__in=["searching", "paused"]),
                name="search_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["circle", "state", "taken_on"], name="search_circle_state"),
            models.Index(fields=["household_ref"], name="search_household"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.taken_on:%d.%m.%Y}"
