"""A letter of a case, from its first draft until it has left the house."""

from types import MappingProxyType
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.models import BaseModel
from wurzelwerk.cases.models import Case, Document, Person
from wurzelwerk.network.models import Organisation, User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from .enums import MailingState, Target, Way

ADDRESS_LINES, LINE_LENGTH = 6, 60
SUBJECT_LENGTH = 200
TEXT_LENGTH = 20_000


class OfficeTemplate(BaseModel):
    """A Word template of an office, with its versions; a retired one is offered no more."""

    unguarded = "blank forms of an office, without a word about anybody"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="letter_templates")
    name = models.CharField(_("Name"), max_length=120)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Briefvorlage")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(retired_at__isnull=True), name="office_template_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="office_template_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class OfficeTemplateVersion(BaseModel):
    """One Word file of a template, and which fields it names; letters that were begun with it keep it."""

    unguarded = "blank forms of an office, without a word about anybody"

    template = models.ForeignKey(OfficeTemplate, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    fields = models.JSONField(default=list)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Fassung einer Briefvorlage")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="office_template_version_once"),
        ]

    def __str__(self) -> str:
        return f"Fassung {self.number}"


class Mailing(GuardedModel):
    """One letter to many households; it lies in the Akte in which a team keeps its mailings.

    `text` may name fields (`{person.name}`), filled for each. `district`, `spoken`, `need` and `site` are codes by
    which the households were found, empty for all. `recipients`: [household, person] as chosen; `failures`:
    [household, sentence] of those who got none after all.
    """

    template = models.CharField(_("Vorlage"), max_length=40)
    in_languages = models.BooleanField(_("neben dem Deutschen in der Sprache der Person"), default=True)
    subject = models.CharField(_("Betreff"), max_length=SUBJECT_LENGTH)
    text = models.TextField(_("Text"), max_length=TEXT_LENGTH)
    enclosures = models.CharField(_("Anlagen"), max_length=300, blank=True)
    district = models.CharField(_("Stadtbezirk"), max_length=20, blank=True)
    spoken = models.CharField(_("Sprache"), max_length=12, blank=True)
    need = models.CharField(_("Bedarf"), max_length=30, blank=True)
    site = models.CharField(_("Standort"), max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=MailingState.choices, default=MailingState.DRAFT)
    recipients = models.JSONField(default=list)
    failures = models.JSONField(default=list)
    done = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Guard:
        scope = Scope.DOCUMENTS

        @staticmethod
        def released_to(actor: Actor) -> tuple[str, Any]:
            """Nobody's release opens what a team sends."""
            return "id", ()

    class Meta:
        verbose_name = _("Serienbrief")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MailingState.DRAFT, started_at__isnull=True)
                | Q(state=MailingState.UNDONE)
                | (~Q(state=MailingState.DRAFT) & Q(started_at__isnull=False)),
                name="mailing_started",
            ),
        ]

    @property
    def total(self) -> int:
        """How many were chosen."""
        return len(self.recipients)

    def __str__(self) -> str:
        return f"Serienbrief {self.begun_at:%d.%m.%Y}"


class Letter(GuardedModel):
    """A letter in German, with the person's language beside it where one is chosen.

    `template` and `language` are codes of lists; a letter from an office's own Word file names its version instead.
    `person`: whom it is about; `body`: the office to which it goes.
    `address`: the lines in the window. `values`: field -> [kind, value], what was put in when the letter was begun.
    `beside`: German sentence -> the same in `language`, of sentences that stand as the template has them; `own_text` is
    what an interpreter wrote for the others, paragraph by paragraph. `document`: what left the house, a version a time.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Um wen es geht")
    )
    target = models.CharField(_("An wen"), max_length=8, choices=Target.choices)
    body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Stelle")
    )
    template = models.CharField(_("Vorlage"), max_length=40, blank=True)
    office_version = models.ForeignKey(OfficeTemplateVersion, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(_("Sprache daneben"), max_length=8, blank=True)
    address = models.TextField(_("Anschrift"), max_length=ADDRESS_LINES * (LINE_LENGTH + 2), blank=True)
    dated_on = models.DateField(_("Datum"))
    subject = models.CharField(_("Betreff"), max_length=SUBJECT_LENGTH)
    salutation = models.CharField(_("Anrede"), max_length=160, blank=True)
    text = models.TextField(_("Text"), max_length=TEXT_LENGTH)
    own_text = models.TextField(_("Übersetzung eigener Absätze"), max_length=TEXT_LENGTH, blank=True)
    enclosures = models.CharField(_("Anlagen"), max_length=300, blank=True)
    values = models.JSONField(default=dict)
    beside = models.JSONField(default=dict)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("von"))
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    mailing = models.ForeignKey(Mailing, on_delete=models.SET_NULL, null=True, related_name="letters")
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_on = models.DateField(_("verschickt am"), null=True, blank=True)
    sent_way = models.CharField(_("Weg"), max_length=8, choices=Way.choices, blank=True)
    sent_event = models.UUIDField(null=True, editable=False)
    discarded_at = models.DateTimeField(null=True)

    class Guard:
        scope = Scope.DOCUMENTS
        joins = ("case", "person", "document", "mailing")

        @staticmethod
        def released_to(actor: Actor) -> tuple[str, Any]:
            """Where only releases open the Akte, nobody else reads the team's letters."""
            return "id", ()

    class Meta:
        verbose_name = _("Brief")
        ordering = ["-dated_on", "-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="letter_has_subject"),
            models.CheckConstraint(
                name="letter_one_template",
                condition=Q(template="", office_version__isnull=False)
                | (~Q(template="") & Q(office_version__isnull=True)),
            ),
            models.CheckConstraint(
                name="letter_sent_whole",
                condition=Q(sent_on__isnull=True, sent_way="", sent_event__isnull=True)
                | (Q(sent_on__isnull=False, sent_event__isnull=False) & ~Q(sent_way="")),
            ),
            models.CheckConstraint(
                name="letter_sent_or_discarded", condition=Q(sent_on__isnull=True) | Q(discarded_at__isnull=True)
            ),
            models.CheckConstraint(
                name="letter_body_is_target", condition=Q(body__isnull=True) | Q(target=Target.BODY)
            ),
        ]
        indexes = [models.Index(fields=["case", "-dated_on"], name="letter_case_day")]

    @property
    def is_word(self) -> bool:
        """Whether the letter comes from an office's own Word file."""
        return self.office_version_id is not None

    def __str__(self) -> str:
        return f"Brief {self.dated_on:%d.%m.%Y}"


class PartnerLetter(GuardedModel):
    """A letter, in German alone, to somebody whom a room keeps in an Akte of their own: an owner of dwellings.

    It lies in that Akte and never in one of a household. `content`: the PDF as it left the house.
    """

    is_word, language, own_text, beside = False, "", "", MappingProxyType({})
    """What the sheet asks of every letter."""

    template = models.CharField(_("Vorlage"), max_length=40)
    address = models.TextField(_("Anschrift"), max_length=ADDRESS_LINES * (LINE_LENGTH + 2), blank=True)
    dated_on = models.DateField(_("Datum"))
    subject = models.CharField(_("Betreff"), max_length=SUBJECT_LENGTH)
    salutation = models.CharField(_("Anrede"), max_length=160, blank=True)
    text = models.TextField(_("Text"), max_length=TEXT_LENGTH)
    enclosures = models.CharField(_("Anlagen"), max_length=300, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("von"))
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_on = models.DateField(_("verschickt am"), null=True, blank=True)
    sent_way = models.CharField(_("Weg"), max_length=8, choices=Way.choices, blank=True)
    sent_event = models.UUIDField(null=True, editable=False)
    content = models.BinaryField(null=True)
    discarded_at = models.DateTimeField(null=True)

    class Guard:
        scope = Scope.OWNER
        joins = ("akte",)

    class Meta:
        verbose_name = _("Brief")
        ordering = ["-dated_on", "-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="partner_letter_has_subject"),
            models.CheckConstraint(
                name="partner_letter_sent_whole",
                condition=Q(sent_on__isnull=True, sent_way="", sent_event__isnull=True, content__isnull=True)
                | (Q(sent_on__isnull=False, sent_event__isnull=False, content__isnull=False) & ~Q(sent_way="")),
            ),
            models.CheckConstraint(
                name="partner_letter_sent_or_discarded",
                condition=Q(sent_on__isnull=True) | Q(discarded_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["akte", "-dated_on"], name="partner_letter_akte_day")]

    def __str__(self) -> str:
        return f"Brief {self.dated_on:%d.%m.%Y}"
