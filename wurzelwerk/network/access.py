"""Who may come in: an account of somebody who has left the house opens nothing any more."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef, Q

from wurzelwerk.base import clock

from .models import Membership, User


def has_left(on: date) -> Q:
    """Return the condition on accounts of people who left before or on a day, and who work nowhere else."""
    held = Membership.objects.filter(user=OuterRef("pk"))
    return Exists(held.filter(leaves_on__lte=on)) & ~Exists(held.exclude(valid_to__lt=on))


def leaving_day(user_id: UUID) -> date | None:
    """Return the first day on which somebody is to have left one of their places; None where no day is set."""
    rows = Membership.objects.filter(user_id=user_id, leaves_on__isnull=False)
    return rows.order_by("leaves_on").values_list("leaves_on", flat=True).first()


class MemberBackend(ModelBackend):
    """Accounts by name and password; who has left is let in no more, and a session that goes on ends with the day."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Say whether an account may come in: active, and not of somebody who has left."""
        if not super().user_can_authenticate(user):
            return False
        return not User.objects.filter(has_left(clock.today()), pk=user.pk).exists()

    def get_user(self, user_id: Any) -> User | None:
        """Return the account of a session (one query); None where it opens nothing any more."""
        user = User.objects.exclude(has_left(clock.today())).filter(pk=user_id).first()
        return user if user is not None and user.is_active else None
