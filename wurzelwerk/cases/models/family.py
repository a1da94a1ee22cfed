"""Who is whose mother, sibling or carer, and who has custody of a child."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.scopes import Scope

from .people import Person


class Kinship(GuardedModel):
    """One person is something to another: `person` is the mother of `other`. Kinds are a data list.

    The other may be somebody who is in no Akte; then `outside` says who. What was entered by mistake is taken away by
    `removed_at`, so that it can come back. What people tell of their families is never passed on.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kin")
    kind = models.CharField(_("Beziehung"), max_length=20)
    other = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="kin_of")
    outside = models.CharField(_("jemand außerhalb des Haushalts"), max_length=160, blank=True)
    since = models.DateField(_("seit"), null=True, blank=True)
    until = models.DateField(_("bis"), null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Guard:
        scope = Scope.JOURNAL
        granted = False
        joins = ("person", "other")

    class Meta:
        verbose_name = _("Beziehung")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="kinship_has_one_other",
                condition=(Q(other__isnull=False) & Q(outside="")) | (Q(other__isnull=True) & ~Q(outside="")),
            ),
            models.CheckConstraint(name="kinship_is_of_two", condition=Q(other__isnull=True) | ~Q(other=F("person"))),
            models.CheckConstraint(
                name="kinship_period",
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Custody(GuardedModel):
    """Who has custody of a child (Sorgerecht), as stated, from one day to another. Kinds are a data list.

    `holders`: persons of the same Akte; `outside`: somebody else or an authority, such as the youth office as guardian.
    """

    child = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="custodies")
    kind = models.CharField(_("Sorgerecht"), max_length=12)
    holders = models.ManyToManyField(Person, related_name="+", verbose_name=_("Sorgeberechtigte"))
    outside = models.CharField(_("Person oder Stelle außerhalb"), max_length=160, blank=True)
    document = models.CharField(_("Nachweis"), max_length=160, blank=True)
    since = models.DateField(_("seit"), null=True, blank=True)
    until = models.DateField(_("bis"), null=True, blank=True)

    class Guard:
        scope = Scope.RELEASE
        granted = False
        joins = ("child",)

    class Meta:
        verbose_name = _("Sorgerecht")
        ordering = [F("until").desc(nulls_first=True), "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(until__isnull=True), name="custody_one_present"),
            models.CheckConstraint(
                name="custody_period",
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.kind
