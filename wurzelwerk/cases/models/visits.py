"""When somebody was last in an Akte: so that the pages can mark what is new to them."""

from django.db import models
from django.db.models import F, Q

from wurzelwerk.base.models import BaseModel
from wurzelwerk.network.models import User
from wurzelwerk.trust.models import Akte


class Visit(BaseModel):
    """One's own last visit to an Akte, nothing before it and nothing about others.

    `seen_at`: the last sign of it. `new_since`: when the visit before that one ended; what came later is new.
    """

    unguarded = "read by its own user alone (`visits.py`); says nothing of the Akte, and is deleted after a dated time"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    akte = models.ForeignKey(Akte, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(db_index=True)
    new_since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "akte"], name="visit_once"),
            models.CheckConstraint(condition=Q(new_since__lte=F("seen_at")), name="visit_order"),
        ]
