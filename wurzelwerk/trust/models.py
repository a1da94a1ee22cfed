"""The guarded folder (Akte), the circles that see it, and what opens it to others."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.ids import random_key
from wurzelwerk.base.models import BaseModel
from wurzelwerk.network.models import Organisation, Site, User

from .actor import Actor, ActorMembership
from .guard import GuardedModel
from .links import Link
from .scopes import Basis, Form, Scope

CirclesHeld = tuple[dict[UUID, frozenset[str]], frozenset[UUID]]


class Circle(BaseModel):
    """Somebody to whom an Akte can be open: a team, a role in an organisation, or a named person.

    A team without a site is everybody who works for the organisation.
    """

    unguarded = "who belongs to a team is known to everybody with an account"

    class Kind(models.TextChoices):
        """The sorts of circle. To nobody belongs what was merged into another Akte."""

        TEAM = "team", _("Team")
        ROLE = "role", _("Rolle")
        PERSON = "person", _("Person")
        NOBODY = "nobody", _("niemand")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="circles")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="circles")
    role = models.CharField(max_length=40, blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="circles")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site"], condition=Q(kind="team", site__isnull=False), name="circle_team_site_once"
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(kind="team", site__isnull=True), name="circle_team_once"
            ),
            models.UniqueConstraint(fields=["organisation", "role"], condition=Q(kind="role"), name="circle_role_once"),
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(kind="person"), name="circle_person_once"
            ),
            models.UniqueConstraint(fields=["organisation"], condition=Q(kind="nobody"), name="circle_nobody_once"),
            models.CheckConstraint(
                name="circle_shape",
                condition=Q(kind="team", role="", user__isnull=True)
                | Q(kind="nobody", role="", site__isnull=True, user__isnull=True)
                | (Q(kind="role", site__isnull=True, user__isnull=True) & ~Q(role=""))
                | Q(kind="person", role="", site__isnull=True, user__isnull=False),
            ),
        ]

    @classmethod
    def of_memberships(cls, user_id: UUID, memberships: Iterable[ActorMembership]) -> CirclesHeld:
        """Return circle -> role codes for somebody with these memberships, and which are teams (one query)."""
        held = list(memberships)
        if not held:
            return {}, frozenset()
        found: dict[UUID, frozenset[str]] = {}
        teams: set[UUID] = set()
        at_site: dict[tuple[UUID, UUID | None], set[str]] = {}
        at_all: dict[UUID, set[str]] = {}
        for membership in held:
            at_site.setdefault((membership.organisation_id, membership.site_id), set()).add(membership.role)
            at_all.setdefault(membership.organisation_id, set()).add(membership.role)
        sites = [site for _, site in at_site if site]
        rows = cls.objects.filter(organisation_id__in=list(at_all)).filter(
            Q(site_id__in=sites) | Q(user_id=user_id) | Q(site_id__isnull=True, user_id__isnull=True)
        )
        for circle_id, kind, organisation_id, site_id, role in rows.exclude(kind=cls.Kind.NOBODY).values_list(
            "pk", "kind", "organisation_id", "site_id", "role"
        ):
            if kind == cls.Kind.TEAM and site_id:
                roles = at_site.get((organisation_id, site_id), set())
            elif kind == cls.Kind.ROLE:
                roles = at_all[organisation_id] & {role}
            else:
                roles = at_all[organisation_id]
            if roles:
                found[circle_id] = frozenset(roles)
                teams.update([circle_id] if kind == cls.Kind.TEAM else [])
        return found, frozenset(teams)

    def __str__(self) -> str:
        match self.kind:
            case self.Kind.PERSON:
                return str(self.user)
            case self.Kind.NOBODY:
                return str(self.Kind.NOBODY.label)
            case self.Kind.ROLE:
                from .roles import ROLES

                return f"{ROLES[self.role].name} · {self.organisation.short_name}"
        return f"Team {self.site.name if self.site else self.organisation.short_name}"


class Akte(GuardedModel):
    """The guarded folder. Everything sensitive lies in exactly one, owned by one controller."""

    akte = None  # an Akte lies in no other
    controller = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="akten")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="akten")
    reference = models.CharField(_("Aktenzeichen"), max_length=40)
    subject = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", editable=False, db_index=False
    )
    received = models.PositiveSmallIntegerField(default=0, editable=False)
    """How many Akten are merged into this one now."""

    class Guard:
        scope = Scope.REGISTER

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["controller", "reference"], name="akte_reference_once"),
            models.CheckConstraint(  # neither into one that was merged itself, nor one into which another was
                condition=Q(merged_into__isnull=True) | Q(received=0, closed_at__isnull=False), name="akte_merged_once"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="akte_not_into_itself"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")), name="akte_period"
            ),
            models.UniqueConstraint(fields=["circle"], condition=Q(subject="contacts"), name="akte_contacts_once"),
        ]
        indexes = [
            models.Index(fields=["circle", "-opened_at"], name="akte_circle_opened"),
            models.Index(fields=["reference", "id"], name="akte_reference"),
            models.Index(fields=["reference"], opclasses=["varchar_pattern_ops"], name="akte_reference_begins"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="akte_merged_into"),
        ]

    @classmethod
    def akte_path(cls) -> str:
        """An Akte is its own folder."""
        return "id"

    def take_circle(self) -> None:
        """An Akte is given its circle when it is opened."""

    def __str__(self) -> str:
        return self.reference


class Consent(GuardedModel):
    """A release: one adult (or a child through a custodian) lets the controller pass data on.

    It releases *our* passing on to another controller, for a purpose, in stages, until a day.
    `subject` is the person's id in the owner's records; `by_custodian` names who signed for a child.
    """

    subject = models.UUIDField()
    by_custodian = models.UUIDField(null=True)
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("Zweck"), max_length=40)
    stages = models.JSONField(_("Stufen"), default=list)
    language = models.CharField(_("Sprache des Blattes"), max_length=8, default="de")
    interpreter = models.CharField(_("Sprachmittlung durch"), max_length=120, blank=True)
    prepared_at = models.DateTimeField()
    valid_until = models.DateField(_("gilt bis"))
    signed_on = models.DateField(_("unterschrieben am"), null=True)
    signature_recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_how = models.CharField(_("Widerruf"), max_length=200, blank=True)

    class Guard:
        scope = Scope.RELEASE

    class Meta:
        ordering = ["prepared_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="consent_signed_has_recorder",
                condition=Q(signed_on__isnull=True, signature_recorded_by__isnull=True)
                | Q(signed_on__isnull=False, signature_recorded_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["subject", "receiver", "purpose"],
                condition=Q(revoked_at__isnull=True),
                name="consent_one_standing",
            ),
        ]
        indexes = [models.Index(fields=["akte"], name="consent_akte")]

    @classmethod
    def released_to(cls, actor: Actor) -> models.QuerySet:
        """Return the ids of the persons whose release to one of the actor's bodies stands today."""
        if (key := (cls, "released_to")) not in actor.scoped:
            rows = cls.objects.for_system(reason="whose release to the reader's body stands").filter(
                receiver_id__in=list(actor.organisation_ids),
                signed_on__lte=actor.on,
                valid_until__gte=actor.on,
                revoked_at__isnull=True,
            )
            actor.scoped[key] = rows.order_by().values("subject")
        return actor.scoped[key]

    def stands(self, *, on: date) -> bool:
        """Say whether the release is signed, not revoked and not run out on this day."""
        return bool(self.signed_on and not self.revoked_at and self.signed_on <= on <= self.valid_until)

    def __str__(self) -> str:
        return f"Freigabe {self.pk}"


class Grant(BaseModel):
    """Opens one scope of an Akte to a circle, for a purpose, on a basis, in a form, until a day."""

    unguarded = "read only through trust.queries.who_can_see, for an Akte that is visible itself"

    akte = models.ForeignKey(Akte, on_delete=models.PROTECT, related_name="grants")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="grants")
    scope = models.CharField(max_length=20, choices=Scope.choices)
    form = models.CharField(max_length=10, choices=Form.choices, default=Form.READ)
    purpose = models.CharField(max_length=40)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    basis_text = models.CharField(max_length=200, blank=True)
    because = models.UUIDField(null=True)
    """The referral (or other record) that this grant came with; it ends with it."""
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="grant_period"
            ),
            models.CheckConstraint(condition=~Q(basis="law") | ~Q(basis_text=""), name="grant_law_named"),
            models.UniqueConstraint(
                fields=["akte", "circle", "scope", "form", "because"],
                condition=Q(revoked_at__isnull=True),
                name="grant_standing_once",
            ),
        ]
        indexes = [
            models.Index(  # all that `visible_to` asks for stands in the index itself
                fields=["circle", "scope", "form", "akte", "valid_from", "valid_until", "basis", "revoked_at"],
                condition=Q(revoked_at__isnull=True),
                name="grant_standing",
            ),
            models.Index(fields=["because"], name="grant_because"),
        ]

    @classmethod
    def valid(cls, *, on: date) -> models.QuerySet["Grant"]:
        """Return the grants that stand on a day."""
        return cls.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=on), revoked_at__isnull=True, valid_from__lte=on
        )

    def __str__(self) -> str:
        return f"{self.get_scope_display()} → {self.circle_id}"


class PersonLink(BaseModel):
    """Two controllers' records of one human being (or household), joined by an accepted referral.

    The records stay apart; the link only says that they are about the same. Subjects are the ids
    of the record on either side.
    """

    unguarded = "ids only; both ends are read through their own guard"

    from_akte = models.ForeignKey(Akte, on_delete=models.PROTECT, related_name="links_out")
    from_subject = models.UUIDField()
    to_akte = models.ForeignKey(Akte, on_delete=models.PROTECT, related_name="links_in")
    to_subject = models.UUIDField()
    because = models.UUIDField()
    linked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_subject", "to_akte"], condition=Q(ended_at__isnull=True), name="person_link_once"
            ),
            models.CheckConstraint(condition=~Q(from_akte=F("to_akte")), name="person_link_two_akten"),
        ]
        indexes = [
            models.Index(fields=["to_subject"], name="person_link_to"),
            models.Index(fields=["because"], name="person_link_because"),
        ]

    def __str__(self) -> str:
        return f"{self.from_subject} = {self.to_subject}"


class Pseudonym(BaseModel):
    """Resolves a fact's key to the Akte it belongs to. Deleting the row cuts the tie for good."""

    unguarded = "resolved only through trust.queries.akten_behind"

    class Kind(models.TextChoices):
        """What the key stands for."""

        PERSON = "person"
        HOUSEHOLD = "household"
        CASE = "case"

    key = models.UUIDField(unique=True, default=random_key)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject = models.UUIDField()
    akte = models.ForeignKey(Akte, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "kind"], name="pseudonym_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ReferenceCounter(models.Model):
    """The last running number given to an Akte of a controller in a year."""

    unguarded = "a number"

    controller = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["controller", "year"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.controller_id} {self.year}: {self.last}"


__all__ = ["Akte", "Circle", "Consent", "Grant", "Link", "PersonLink", "Pseudonym", "ReferenceCounter"]
