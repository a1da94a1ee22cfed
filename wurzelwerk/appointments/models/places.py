"""Rooms, hours and colleagues' own time: what stands in a calendar without a household."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.models import BaseModel
from wurzelwerk.network.models import Site, User

from ..enums import OwnKind, StepFree


class Place(BaseModel):
    """A room of a site in which people can meet. One that is given up stays, for former appointments name it."""

    unguarded = "rooms of a site are known to everybody with an account"

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="places")
    name = models.CharField(_("Raum"), max_length=80)
    seats = models.PositiveSmallIntegerField(_("Plätze"), null=True, blank=True)
    step_free = models.CharField(
        _("ohne Stufen erreichbar"), max_length=10, choices=StepFree.choices, default=StepFree.NOT_KNOWN
    )
    way = models.TextField(_("Weg"), max_length=600, blank=True)
    latitude = models.DecimalField(_("Breite"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("Länge"), max_digits=9, decimal_places=6, null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["site__name", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "name"], condition=Q(removed_at__isnull=True), name="place_name_once_a_site"
            ),
            models.CheckConstraint(
                name="place_on_the_map",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Sketch(BaseModel):
    """A drawing or photograph of the way to a room, as JPEG: pixels alone, small enough to lie in the table.

    `said`: what it shows, in words, for whoever does not see it. One that was replaced or removed can come back.
    """

    unguarded = "the way to a room is told to whoever comes"

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="sketches")
    content = models.BinaryField()
    said = models.CharField(_("Was ist zu sehen?"), max_length=300)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=Q(removed_at__isnull=True), name="sketch_one_standing")
        ]

    def __str__(self) -> str:
        return self.said


class Hours(BaseModel):
    """When somebody can be met on a weekday (0 is Monday), or when a site is open for whoever comes.

    A colleague's appointments are proposed within the own hours, and never while their site is open for everybody.
    """

    unguarded = "when somebody can be met is known to everybody with an account"

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="+")
    weekday = models.PositiveSmallIntegerField(_("Wochentag"))
    starts = models.TimeField(_("von"))
    ends = models.TimeField(_("bis"))

    class Meta:
        ordering = ["weekday", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                name="hours_one_owner",
                condition=Q(user__isnull=True, site__isnull=False) | Q(user__isnull=False, site__isnull=True),
            ),
            models.CheckConstraint(name="hours_period", condition=Q(ends__gt=F("starts")) & Q(weekday__lte=6)),
            models.UniqueConstraint(
                fields=["user", "weekday", "starts"], condition=Q(user__isnull=False), name="hours_user_once"
            ),
            models.UniqueConstraint(
                fields=["site", "weekday", "starts"], condition=Q(site__isnull=False), name="hours_site_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M}–{self.ends:%H:%M}"


class OwnTime(BaseModel):
    """Time of colleagues without a household: a meeting, work undisturbed, something private.

    Who takes part reads what it is; to everybody else the time is taken, without a word.
    """

    unguarded = "names no household; what it is for is shown to those who take part and to nobody else"

    kind = models.CharField(_("Art"), max_length=10, choices=OwnKind.choices)
    title = models.CharField(_("Worum es geht"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    people = models.ManyToManyField(User, related_name="+", verbose_name=_("Wer"))
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="own_time_period")]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="own_time_when")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_at:%d.%m.%Y}"
