"""Owners, their buildings and dwellings, and the rights to allocate them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network import remembered
from wurzelwerk.network.models import District, Organisation
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from ..enums import StepFree


def small_name(name: str) -> str:
    """Return the storage name of a picture's small version: `housing/photos/ab12.jpg` → `…/ab12-klein.jpg`."""
    stem, _dot, ending = name.rpartition(".")
    return f"{stem}-klein.{ending}"


class Owner(GuardedModel):
    """Who lets dwellings: a person or a company. Each has an Akte of its own."""

    name = models.CharField(_("Name"), max_length=160)
    is_company = models.BooleanField(_("Unternehmen oder Gemeinschaft"), default=False)
    contact_person = models.CharField(_("Ansprechperson"), max_length=120, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120, blank=True)
    postcode = models.CharField(_("Postleitzahl"), max_length=10, blank=True)
    city = models.CharField(_("Ort"), max_length=80, blank=True)
    sender_key = models.CharField(max_length=120, blank=True)
    """Under which key an OpenImmo sender's listings belong to this owner."""
    won_on = models.DateField()

    class Guard:
        scope = Scope.OWNER
        joins = ("akte",)

    class Meta:
        verbose_name = _("Eigentümer:in")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["circle", "name"], name="owner_circle_name")]

    def __str__(self) -> str:
        return self.name


class Building(GuardedModel):
    """A house with dwellings."""

    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="buildings")
    street = models.CharField(_("Straße"), max_length=100)
    number = models.CharField(_("Hausnummer"), max_length=20, blank=True)
    postcode = models.CharField(_("Postleitzahl"), max_length=10, blank=True)
    city = models.CharField(_("Ort"), max_length=80, default="Dortmund")
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Stadtbezirk")
    )
    built_in = models.PositiveSmallIntegerField(_("Baujahr"), null=True, blank=True)
    has_lift = models.BooleanField(_("Aufzug"), null=True, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)

    class Guard:
        scope = Scope.PORTFOLIO
        joins = ("owner",)

    class Meta:
        verbose_name = _("Haus")
        ordering = ["street", "number", "pk"]
        indexes = [models.Index(fields=["circle", "street"], name="building_circle_street")]

    @property
    def address(self) -> str:
        """Street and number."""
        return f"{self.street} {self.number}".strip()

    @property
    def district_name(self) -> str:
        """The name of the district; empty where it is not known."""
        return remembered.districts.name(self.district_id)

    def __str__(self) -> str:
        return self.address


class Dwelling(GuardedModel):
    """A home. It has one letting (offer) after another."""

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="dwellings")
    label = models.CharField(_("Lage im Haus"), max_length=60, blank=True)
    floor = models.SmallIntegerField(_("Etage"), null=True, blank=True)
    rooms = models.DecimalField(_("Zimmer"), max_digits=3, decimal_places=1)
    area = models.DecimalField(_("Wohnfläche in m²"), max_digits=6, decimal_places=2)
    step_free = models.CharField(_("stufenlos"), max_length=10, choices=StepFree.choices, default=StepFree.UNKNOWN)
    pets_allowed = models.BooleanField(_("Haustiere erlaubt"), null=True, blank=True)
    max_persons = models.PositiveSmallIntegerField(_("höchstens Personen"), null=True, blank=True)
    wbs_kind = models.CharField(_("nötiger WBS"), max_length=20, blank=True)
    energy_kind = models.CharField(_("Energieausweis"), max_length=20, blank=True)
    energy_value = models.DecimalField(
        _("Endenergie in kWh/(m²·a)"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    energy_carrier = models.CharField(_("Energieträger"), max_length=20, blank=True)
    energy_class = models.CharField(_("Effizienzklasse"), max_length=4, blank=True)
    energy_valid_until = models.DateField(_("Ausweis gültig bis"), null=True, blank=True)
    description = models.TextField(_("Beschreibung"), max_length=4000, blank=True)
    openimmo_key = models.CharField(max_length=200, blank=True)
    openimmo_sender = models.CharField(max_length=200, blank=True)
    """Who sent it; only that sender's whole stock says that it is off the market."""
    openimmo_as_of = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Guard:
        scope = Scope.PORTFOLIO
        joins = ("building__owner",)

    class Meta:
        verbose_name = _("Wohnung")
        constraints = [
            models.CheckConstraint(condition=Q(rooms__gt=0, rooms__lte=30), name="dwelling_rooms_plausible"),
            models.CheckConstraint(condition=Q(area__gt=0, area__lte=1000), name="dwelling_area_plausible"),
            models.UniqueConstraint(
                fields=["circle", "openimmo_key"], condition=~Q(openimmo_key=""), name="dwelling_openimmo_once"
            ),
        ]
        indexes = [models.Index(fields=["circle", "-added_at"], name="dwelling_circle_added")]

    def __str__(self) -> str:
        return f"{self.building_id} {self.label}".strip()


class AllocationRight(GuardedModel):
    """A Belegungsrecht (§ 26 WoFG and its successors) with the law it was granted under."""

    dwelling = models.ForeignKey(Dwelling, on_delete=models.CASCADE, related_name="rights")
    kind = models.CharField(_("Art"), max_length=30)
    form = models.CharField(_("Form"), max_length=30, blank=True)
    law = models.CharField(_("eingeräumt nach"), max_length=30)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("Inhaber"))
    starts_on = models.DateField(_("ab"))
    ends_on = models.DateField(_("bis"), null=True, blank=True)
    after_effect_until = models.DateField(_("Nachwirkung bis"), null=True, blank=True)
    grant_document = models.CharField(_("Bescheid oder Vertrag"), max_length=160, blank=True)
    wbs_kind = models.CharField(_("zugelassener WBS"), max_length=20, blank=True)

    class Guard:
        scope = Scope.PORTFOLIO

    class Meta:
        verbose_name = _("Belegungsrecht")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="right_period"
            ),
            models.CheckConstraint(
                condition=Q(after_effect_until__isnull=True) | Q(after_effect_until__gte=F("ends_on")),
                name="right_after_effect",
            ),
        ]

    def holds(self, *, on: date) -> bool:
        """Whether the right, or its after-effect, holds on a day."""
        end = self.after_effect_until or self.ends_on
        return self.starts_on <= on and (end is None or on <= end)

    def __str__(self) -> str:
        return self.kind


class DwellingPhoto(GuardedModel):
    """A picture of a dwelling; metadata is stripped before it is kept."""

    dwelling = models.ForeignKey(Dwelling, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(upload_to="housing/photos/")
    caption = models.CharField(_("Bildunterschrift"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64)
    """SHA-256 of the file as it was chosen; `kept_digest` of what is kept of it. Either recognises it again."""
    kept_digest = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()

    class Guard:
        scope = Scope.PORTFOLIO

    class Meta:
        ordering = ["position", "added_at", "pk"]
        verbose_name = _("Foto")
        constraints = [models.UniqueConstraint(fields=["dwelling", "digest"], name="photo_once")]

    @property
    def small_name(self) -> str:
        """The name in the storage of the small version that lists show."""
        return small_name(self.file.name)

    def __str__(self) -> str:
        return self.caption
