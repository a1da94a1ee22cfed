"""Documents of an Akte, each with its versions; the files lie in the storage under names that tell nothing."""

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.models import Consent
from wurzelwerk.trust.scopes import Scope

from .matter import Case
from .people import Person
from .work import Note

TITLE_LENGTH = 160
ORIGIN_LENGTH = 120


class Document(GuardedModel):
    """A paper of an Akte, about all of it or about one person. Kinds and languages are data lists.

    `is_proof`: where the Akte is open to another body by releases alone, only what is marked so goes along. Removed
    is hidden; after a dated number of days the nightly job deletes it with its files.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="documents")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Person")
    )
    attached_to = models.ForeignKey(Note, on_delete=models.SET_NULL, null=True, related_name="attachments")
    title = models.CharField(_("Titel"), max_length=TITLE_LENGTH)
    kind = models.CharField(_("Art"), max_length=30)
    origin = models.CharField(_("von wem"), max_length=ORIGIN_LENGTH, blank=True)
    language = models.CharField(_("Sprache"), max_length=8, blank=True)
    dated_on = models.DateField(_("Datum auf dem Papier"), null=True, blank=True)
    received_on = models.DateField(_("eingegangen am"))
    is_proof = models.BooleanField(_("Nachweis, der weitergegeben werden darf"), default=False)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Guard:
        scope = Scope.DOCUMENTS

        @staticmethod
        def released_to(actor: Actor) -> tuple[str, QuerySet]:
            """Where only releases open the Akte: proofs, and of one person only with that person's own release."""
            return "id", Document.proofs_released_to(actor)

    class Meta:
        verbose_name = _("Dokument")
        ordering = ["-received_on", "-filed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="document_has_title"),
            models.CheckConstraint(
                name="document_removed_whole",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="document_removed"),
            models.Index(fields=["akte"], condition=Q(is_proof=True), name="document_proof"),
        ]

    @classmethod
    def proofs_released_to(cls, actor: Actor) -> QuerySet:
        """Return the ids of the proofs that may go to a body to which releases alone opened the Akte."""
        if (key := (cls, "proofs_released_to")) not in actor.scoped:
            proofs = cls.objects.for_system(reason="which documents may be passed on").filter(is_proof=True)
            released = Q(person__isnull=True) | Q(person_id__in=Consent.released_to(actor))
            actor.scoped[key] = proofs.filter(released, removed_at__isnull=True).order_by().values("pk")
        return actor.scoped[key]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(GuardedModel):
    """One file of a document; the next one never overwrites it.

    `content_type` was found in the content. `size` in bytes and `digest` (SHA-256) are those of the file as it is kept:
    pictures without what the camera wrote into them.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="", unique=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    remark = models.CharField(_("Was ist neu?"), max_length=160, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Guard:
        scope = Scope.DOCUMENTS

        @staticmethod
        def released_to(actor: Actor) -> tuple[str, QuerySet]:
            """The versions of what is open itself."""
            return "document_id", Document.proofs_released_to(actor)

    class Meta:
        verbose_name = _("Fassung")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1, size__gte=1), name="document_version_counts"),
            models.CheckConstraint(condition=~Q(file=""), name="document_version_has_file"),
            models.CheckConstraint(
                name="document_version_removed_whole",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="document_version_removed"),
        ]

    def __str__(self) -> str:
        return f"Fassung {self.number}"
