"""Writes on links: issue, use, revoke, and bring back what was revoked."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base import knocking
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.base.rooms import link_pages
from wurzelwerk.evidence.ledger import record

from . import facts
from .actor import Actor
from .guard import GuardedModel
from .links import Issued, Link, LinkBusy, LinkGone, hash_of, new_secret
from .queries import frame_of
from .rules import check_can_write

ACTS_AN_HOUR = 10


@transaction.atomic
def issue_link(
    *,
    purpose: str,
    thing: GuardedModel,
    valid_until: datetime,
    by: Actor,
    at: datetime,
    once: bool = False,
    language: str = "de",
) -> Issued:
    """Make a secret address for one row; the secret is in the answer and nowhere else.

    Raises NotAllowed where the actor may not change the row, BadInput for an end that is past, LookupError for a
    purpose that no room declares.
    """
    if purpose not in link_pages():
        raise LookupError(f"no room declares the purpose {purpose!r} in its manifest")
    if not by.is_house:
        check_can_write(by, thing)
    if valid_until <= at:
        raise BadInput(_("Der Link wäre schon abgelaufen."), field="valid_until")
    secret = new_secret()
    link = Link.objects.create(
        akte=thing.akte,
        purpose=purpose,
        subject=thing.pk,
        secret_hash=hash_of(secret),
        language=language,
        once=once,
        issued_at=at,
        issued_by_id=by.user_id,
        valid_until=valid_until,
    )
    record(facts.LINK_ISSUED, about=[], frame=frame_of(link.akte), at=at)
    return Issued(link, secret)


@transaction.atomic
def use_link(*, link: Link, by: Actor, at: datetime) -> None:
    """Say that something was done by a link; one that is good once is used up. Of two at a time one comes first.

    Raises LinkGone where it does not stand (any more), LinkBusy where too much is done by it, NotAllowed for anybody
    but who opened it.
    """
    if by.link is None or by.link.pk != link.pk:
        raise NotAllowed(_("Dieser Link wurde nicht geöffnet."))
    rows = Link.objects.for_system(reason="the link itself was opened")
    if not rows.filter(Link.stands(at=at), pk=link.pk).update(used_at=at):
        raise LinkGone
    if not knocking.may_go_on(f"link {link.pk}", most=ACTS_AN_HOUR, at=at):
        raise LinkBusy
    link.used_at = at
    record(facts.LINK_USED, about=[], frame=frame_of(link.akte), at=at)


@transaction.atomic
def revoke_link(*, link: Link, by: Actor, at: datetime) -> None:
    """Let a link open nothing any more. Raises NotAllowed, WrongState."""
    if not by.is_house:
        check_can_write(by, link)
    if link.revoked_at:
        raise WrongState(_("Dieser Link ist schon gesperrt."))
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    record(facts.LINK_REVOKED, about=[], frame=frame_of(link.akte), at=at)


@transaction.atomic
def restore_link(*, link: Link, by: Actor, at: datetime) -> None:
    """Let a revoked link open again what it opened. Raises NotAllowed, WrongState."""
    check_can_write(by, link)
    if not link.revoked_at:
        raise WrongState(_("Dieser Link ist nicht gesperrt."))
    link.revoked_at = None
    link.save(update_fields=["revoked_at"])
    record(facts.LINK_RESTORED, about=[], frame=frame_of(link.akte), at=at)
