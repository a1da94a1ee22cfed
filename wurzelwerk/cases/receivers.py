"""What the trunk does when an Akte goes to another team; inside the same transaction."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.signals import akte_moved

from .covers import follow_lead
from .models import Case


@receiver(akte_moved, dispatch_uid="cases.akte_moved")
def bring_covers_in_line(*, akte: Akte, by: Actor, at: datetime, **_kwargs: Any) -> None:
    """Who stands in for the person in charge may be of the team that keeps the Akte now, or no more."""
    leads = Case.objects.for_system(reason="who is in charge in an Akte that was moved").filter(akte=akte)
    by.forget_grants()
    follow_lead(*set(leads.order_by().values_list("lead_id", flat=True)), by=by, at=at)
