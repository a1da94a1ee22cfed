"""A referral brings a household to another body; accepted, it opens what was released."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import Organisation, User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.scopes import Basis, Scope

from ..enums import ReferralNews, ReferralState, ReferralWay
from .matter import Case
from .people import Household


class Referral(GuardedModel):
    """Lies in the sender's Akte; the receiver reads it by grant. Before the answer it names nobody.

    A body without an account gets a link or paper: `concern` and `items` (codes of `release_items`, by stage) say what
    it is told, `named` whose name and contact, `open_until` until when, `question_at` since when it waits for a reply
    to its question. `sent_to`: the address to which the link went last; reminders go there.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="referrals")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("an"))
    purpose = models.CharField(_("Zweck"), max_length=40)
    persons = models.PositiveSmallIntegerField(_("Personen im Haushalt"))
    message = models.CharField(_("Nachricht ohne Namen"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=ReferralState.choices, default=ReferralState.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    refused_because = models.CharField(_("Grund"), max_length=30, blank=True)
    reason = models.CharField(_("Begründung"), max_length=300, blank=True)
    due_on = models.DateField(_("Antwort bis"), null=True)
    reminded_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("Ergebnis"), max_length=30, blank=True)
    outcome_text = models.CharField(max_length=300, blank=True)
    way = models.CharField(max_length=8, choices=ReferralWay.choices, default=ReferralWay.ACCOUNT)
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.CONSENT)
    basis_text = models.CharField(_("Rechtsvorschrift"), max_length=200, blank=True)
    concern = models.TextField(_("Anliegen"), max_length=2000, blank=True)
    items = models.JSONField(default=dict)
    named = models.UUIDField(null=True)
    sent_to = models.EmailField(blank=True)
    open_until = models.DateField(null=True)
    question_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    receiver_akte = models.ForeignKey(Akte, on_delete=models.PROTECT, null=True, related_name="+")

    class Guard:
        scope = Scope.REFERRAL
        joins = ("household", "case", "receiver_akte")

        @staticmethod
        def released_to(actor: Actor) -> tuple[str, frozenset[UUID]]:
            """A receiver reads the referrals to itself, not to whom else the household was sent."""
            return "receiver_id", actor.organisation_ids

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "receiver", "purpose"],
                condition=Q(state__in=["sent", "accepted"]),
                name="referral_one_standing",
            ),
            models.CheckConstraint(
                name="referral_accepted_has_akte",
                condition=~Q(state="accepted") | Q(receiver_akte__isnull=False) | ~Q(way="account"),
            ),
            models.CheckConstraint(
                name="referral_answer_has_author",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False)
                | Q(answered_at__isnull=False) & ~Q(way="account"),
            ),
            models.CheckConstraint(condition=~Q(basis="law") | ~Q(basis_text=""), name="referral_law_named"),
            models.CheckConstraint(
                name="referral_outside_ends", condition=Q(way="account") | Q(open_until__isnull=False)
            ),
            models.CheckConstraint(
                name="referral_done_has_outcome",
                condition=Q(state="done", done_at__isnull=False, answered_at__isnull=False) & ~Q(outcome="")
                | ~Q(state="done") & Q(done_at__isnull=True, outcome=""),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state="sent"), name="referral_waits"),
            models.Index(fields=["circle", "-sent_at"], name="referral_circle"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.get_state_display()}"


class ReferralEvent(GuardedModel):
    """Something in the course of a referral that its own columns do not say. Both sides read it.

    `outside`: it came by the link, from somebody without an account whom nobody knows.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="events")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    news = models.CharField(max_length=10, choices=ReferralNews.choices)
    text = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    outside = models.BooleanField(default=False)

    class Guard:
        scope = Scope.REFERRAL

        @staticmethod
        def released_to(actor: Actor) -> tuple[str, frozenset[UUID]]:
            """A receiver reads what came of the referrals to itself."""
            return "receiver_id", actor.organisation_ids

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["referral", "-at"], name="referral_event_course")]

    def __str__(self) -> str:
        return str(self.get_news_display())
