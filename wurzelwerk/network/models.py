"""Who works together: organisations, sites, programmes, people with an account."""

from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.ids import new_id
from wurzelwerk.base.models import BaseModel

from .enums import AbsenceKind, OrganisationKind


class District(models.Model):
    """A part of the city: a Stadtbezirk or, below one, a statistical district."""

    unguarded = "public geography"

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(_("Name"), max_length=80)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    order = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class Directory(models.Manager):
    """The directory of the network, without the bodies that one controller keeps for itself."""

    def get_queryset(self) -> models.QuerySet:
        """Return the bodies that everybody knows."""
        return super().get_queryset().filter(kept_by__isnull=True)


class Organisation(BaseModel):
    """A body of the network. A controller (Art. 4 No. 7 GDPR) owns its own Akten.

    `kept_by`: the controller that wrote this body down for itself (a doctor, a debt advice office); None: it stands in
    the directory. `objects` knows the directory alone, `every` all of them.
    """

    unguarded = "directory of bodies, open to everybody with an account; a kept one is read by `known_to`"

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=160)
    short_name = models.CharField(_("Kurzname"), max_length=60)
    kind = models.CharField(_("Art"), max_length=20, choices=OrganisationKind.choices)
    is_controller = models.BooleanField(_("eigene Verantwortliche für Akten"), default=False)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120, blank=True)
    postcode = models.CharField(_("Postleitzahl"), max_length=10, blank=True)
    city = models.CharField(_("Ort"), max_length=80, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    kept_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", editable=False)

    objects = Directory()
    every = models.Manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def known_to(cls, controllers: Collection[UUID]) -> models.QuerySet["Organisation"]:
        """Return the directory and what these controllers keep for themselves."""
        return cls.every.filter(Q(kept_by__isnull=True) | Q(kept_by__in=list(controllers)))


class Places(models.Manager):
    """The places of the network, without those of bodies that one controller keeps for itself."""

    def get_queryset(self) -> models.QuerySet:
        """Return the places that everybody knows."""
        return super().get_queryset().filter(organisation__kept_by__isnull=True)


class Site(BaseModel):
    """A place where an organisation works, with its own team.

    `objects` knows the places of the directory alone, `every` also those of bodies that a controller keeps for itself.
    """

    unguarded = "directory of places, open to everybody with an account; those of a kept body are read by `known_to`"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120, blank=True)
    postcode = models.CharField(_("Postleitzahl"), max_length=10, blank=True)
    city = models.CharField(_("Ort"), max_length=80, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    districts = models.ManyToManyField(District, related_name="sites", verbose_name=_("Zuständig für"))

    objects = Places()
    every = models.Manager()

    class Meta:
        ordering = ["organisation__name", "name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def known_to(cls, controllers: Collection[UUID]) -> models.QuerySet["Site"]:
        """Return the places of the directory, and of the bodies that these controllers keep for themselves."""
        kept = Q(organisation__kept_by__in=list(controllers))
        return cls.every.filter(Q(organisation__kept_by__isnull=True) | kept)


class Programme(BaseModel):
    """A funded project with period, area and targets."""

    unguarded = "funded projects are public"

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=160)
    funder = models.CharField(_("Förderung durch"), max_length=160)
    starts_on = models.DateField(_("Beginn"))
    ends_on = models.DateField(_("Ende"))
    organisations = models.ManyToManyField(Organisation, related_name="programmes")
    districts = models.ManyToManyField(District, related_name="programmes", verbose_name=_("Gebiet"))

    class Meta:
        ordering = ["starts_on", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="programme_period"),
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammeTarget(BaseModel):
    """What a programme promised to reach: an indicator's code and the number for the whole period."""

    unguarded = "promises to the funder are public"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="targets")
    indicator = models.CharField(max_length=60)
    value = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "indicator"], name="programme_target_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class User(AbstractUser):
    """A person with an account. What they may do comes from their memberships."""

    unguarded = "colleagues' names are known to everybody with an account"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    lists = models.JSONField(default=dict, blank=True, editable=False)
    """How the person arranged their lists (`list_keeping`): no query of its own, it comes with the account."""

    NAMED = ("id", "first_name", "last_name", "username")
    """What lists of colleagues need of an account, for `only`: a whole team's passwords need not be read."""

    @property
    def display_name(self) -> str:
        """The name under which colleagues know the person."""
        return self.name_of(self.first_name, self.last_name, self.username)

    @staticmethod
    def name_of(first_name: str, last_name: str, username: str) -> str:
        """The same from columns alone, for lists."""
        return f"{first_name} {last_name}".strip() or username

    def __str__(self) -> str:
        return self.display_name


class Membership(BaseModel):
    """A role of a user at an organisation, or at one of its sites, from one day to another."""

    unguarded = "who works where is known to everybody with an account"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    leaves_on = models.DateField(_("verlässt das Haus am"), null=True, editable=False)
    """The first day without access, where somebody said that the person leaves; `valid_to` is the day before."""
    until_before = models.DateField(null=True, editable=False)
    """How `valid_to` stood before, to be put back."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_period",
            ),
            models.CheckConstraint(
                condition=Q(leaves_on__isnull=True, until_before__isnull=True)
                | Q(leaves_on__isnull=False, valid_to__isnull=False, valid_to__lt=F("leaves_on")),
                name="membership_leaving",
            ),
            models.UniqueConstraint(
                fields=["user", "site", "role", "valid_from"],
                condition=Q(site__isnull=False),
                name="membership_once_site",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "valid_from"],
                condition=Q(site__isnull=True),
                name="membership_once_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"


class Absence(BaseModel):
    """Somebody is away from one day to another, both included. Its kind may tell of an illness: see `absences`."""

    unguarded = "that a colleague is away is known to everybody; pages show the kind to the person and their lead alone"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(_("Art"), max_length=10, choices=AbsenceKind.choices)
    starts_on = models.DateField(_("vom"))
    ends_on = models.DateField(_("bis einschließlich"))
    planned_until = models.DateField(null=True)
    """The last day that was planned, where the absence was ended before it."""
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_period"),
            models.CheckConstraint(
                condition=Q(planned_until__isnull=True) | Q(planned_until__gt=F("ends_on")), name="absence_ended_early"
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_on"], name="absence_user_end")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_on:%d.%m.%Y} – {self.ends_on:%d.%m.%Y}"


class AbsenceDay(models.Model):
    """A day on which somebody is away: the unique pair forbids that two absences overlap, on every database."""

    unguarded = "the days of an absence, without its kind"

    absence = models.ForeignKey(Absence, on_delete=models.CASCADE, related_name="days")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="absence_day_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day:%d.%m.%Y}"


class ExportEntry(BaseModel):
    """Somebody took a list out as a file: which, how many rows, when, of which kind. Never what stood in it."""

    unguarded = "read only through network.exports_log, by oneself and by who answers for the body"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("wer"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    list_name = models.CharField(_("Liste"), max_length=60)
    title = models.CharField(_("Liste"), max_length=120)
    kind = models.CharField(_("Art"), max_length=8)
    rows = models.PositiveIntegerField(_("Zeilen"))
    taken_at = models.DateTimeField(_("wann"))

    class Meta:
        verbose_name = _("Ausgabe")
        ordering = ["-taken_at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "-taken_at"], name="export_body_day"),
            models.Index(fields=["user", "-taken_at"], name="export_user_day"),
        ]

    def __str__(self) -> str:
        return f"{self.list_name} {self.taken_at:%d.%m.%Y}"
