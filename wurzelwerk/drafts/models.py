"""The draft, guarded twice: by its Akte, and by its author."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedManager, GuardedModel, GuardedQuerySet
from wurzelwerk.trust.scopes import Scope

ADDRESS_LENGTH = 300


class DraftQuerySet(GuardedQuerySet):
    """Like every guarded queryset, and of its author alone: a colleague of the same team finds nothing."""

    def _scoped(self, actor: Actor, *, write: bool) -> Self:
        rows = super()._scoped(actor, write=write)
        return rows.none() if actor.user_id is None else rows.of(author_id=actor.user_id)


class Draft(GuardedModel):
    """What somebody typed into a form and has not sent.

    `content`: name of a field -> what was typed, as the browser sends it. `based_on`: the mark of what was stored when
    the form was opened (`Writing.state`). `address`: where it goes on, empty where that is not known. A discarded one
    can be brought back until the next night.
    """

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=100)
    subject = models.UUIDField()
    scope = models.CharField(max_length=20, choices=Scope.choices)
    address = models.CharField(max_length=ADDRESS_LENGTH, blank=True, default="")
    content = models.JSONField()
    based_on = models.CharField(max_length=32, blank=True)
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True)

    objects = GuardedManager.from_queryset(DraftQuerySet)()

    class Guard:
        scope = Scope.REGISTER

    class Meta:
        verbose_name = _("Entwurf")
        constraints = [
            models.UniqueConstraint(fields=["author", "form", "subject"], name="draft_once"),
            models.CheckConstraint(condition=~Q(form=""), name="draft_names_form"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("changed_at")), name="draft_period"),
            models.CheckConstraint(
                condition=Q(discarded_at__isnull=True) | Q(discarded_at__gte=F("changed_at")), name="draft_discarded"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="draft_expires")]

    def __str__(self) -> str:
        return f"Entwurf {self.pk}"
