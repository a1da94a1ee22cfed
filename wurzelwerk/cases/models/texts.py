"""Text blocks: what people write again and again, of one person or of a team."""

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.models import BaseModel
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Circle

NAME_LENGTH, BLOCK_LENGTH = 60, 4000


class TextBlock(BaseModel):
    """A text to begin an entry with. It belongs to its owner, or to everybody in a team's circle."""

    unguarded = "words for anybody's case, about nobody's; read through `of(actor)`"

    owner = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, null=True, related_name="+")
    name = models.CharField(_("Name"), max_length=NAME_LENGTH)
    text = models.TextField(_("Text"), max_length=BLOCK_LENGTH)
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="text_block_is_somebodys",
                condition=Q(owner__isnull=False, circle__isnull=True) | Q(owner__isnull=True, circle__isnull=False),
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(text=""), name="text_block_says_something"),
        ]

    @classmethod
    def of(cls, actor: Actor) -> "QuerySet[TextBlock]":
        """Return the actor's own blocks and those of their teams, removed ones too."""
        return cls.objects.filter(Q(owner_id=actor.user_id) | Q(circle_id__in=list(actor.circles)))

    def __str__(self) -> str:
        return self.name
