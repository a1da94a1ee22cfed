"""What an accepted referral opened is closed again, as the consequence of an action that has been checked."""

from datetime import datetime

from wurzelwerk.trust import actions as trust_actions
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.link_actions import revoke_link
from wurzelwerk.trust.links import Link

from .models import Referral
from .signals import referral_ended


def close_passing_on(referral: Referral, *, by: Actor, at: datetime) -> None:
    """Close what the referral opened in the sender's Akte, and tell the services; `by`: the sender, or the house."""
    trust_actions.end_access(akte=referral.akte, because=referral.pk, by=by, at=at)
    trust_actions.end_links(because=referral.pk, akte=referral.akte, by=by, at=at)
    close_links(referral, at=at)
    referral_ended.send(sender=Referral, referral=referral, by=by, at=at)


def close_links(referral: Referral, *, at: datetime, but: Link | None = None) -> None:
    """Let no link to the referral open anything any more, but for one."""
    house = Actor.system("a referral has ended")
    rows = Link.objects.for_system(reason="links to a referral that has ended")
    for link in rows.filter(akte=referral.akte_id, subject=referral.pk, revoked_at__isnull=True):
        if but is not None and link.pk == but.pk:
            continue
        revoke_link(link=link, by=house, at=at)
