"""The address under which somebody's own calendar can be subscribed to."""

from datetime import datetime

from django.db import transaction

from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..feeds import digest_of, new_secret
from ..frames import own_frame
from ..models import Feed


@transaction.atomic
def make_feed(*, names: bool, by: Actor, at: datetime) -> str:
    """Make an address for the actor's calendar; a former one ends. Returns the secret, which is kept nowhere."""
    Feed.objects.filter(user_id=by.user_id, revoked_at__isnull=True).update(revoked_at=at)
    secret = new_secret()
    Feed.objects.create(user_id=by.user_id, digest=digest_of(secret), names=names, made_at=at)
    record(facts.FEED_KEPT, about=[], frame=own_frame(by), at=at)
    return secret


@transaction.atomic
def revoke_feed(*, by: Actor, at: datetime) -> bool:
    """End the actor's address; False where there was none."""
    ended = Feed.objects.filter(user_id=by.user_id, revoked_at__isnull=True).update(revoked_at=at)
    record(facts.FEED_KEPT, about=[], frame=own_frame(by), at=at)
    return bool(ended)
