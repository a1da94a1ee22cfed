"""Writes on drafts: check and change.

They leave no fact, unlike the actions of the house: the ledger says what happened to people, and how somebody works at
a text is nobody's figure.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import NotAllowed
from wurzelwerk.network.models import Organisation, Site
from wurzelwerk.trust.actions import open_akte
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedQuerySet
from wurzelwerk.trust.models import Akte

from .draft_rules import kept_for
from .models import Draft
from .rules import check_content, check_may_write
from .writing import Writing

AKTE_SUBJECT = "drafts"


@transaction.atomic
def keep(
    *,
    writing: Writing,
    content: Mapping[str, Sequence[str]],
    based_on: str,
    by: Actor,
    at: datetime,
    address: str = "",
) -> Draft:
    """Keep what was typed; a former draft of the same form and row is replaced. `address`: where it can go on.

    Raises NotAllowed for who may not write it, BadInput for too much.
    """
    check_content(content)
    akte = writing.beside.akte if writing.beside else _team_akte(by, at)
    check_may_write(by, akte, writing.scope)
    draft, _created = _own(writing, by).update_or_create(
        author_id=by.user_id,
        form=writing.form,
        subject=writing.subject,
        defaults={
            "akte": akte,
            "circle_id": akte.circle_id,
            "scope": writing.scope,
            "address": address,
            "content": dict(content),
            "based_on": based_on[:32],
            "changed_at": at,
            "expires_at": at + kept_for(on=local_day(at)),
            "discarded_at": None,
        },
    )
    return draft


@transaction.atomic
def discard(*, writing: Writing, by: Actor, at: datetime) -> None:
    """Put the own draft aside; until the next night `bring_back` returns it."""
    _own(writing, by).filter(discarded_at__isnull=True).update(discarded_at=at)


@transaction.atomic
def bring_back(*, writing: Writing, by: Actor, at: datetime) -> bool:
    """Take the discarding back; False where the draft is gone for good."""
    rows = _own(writing, by).filter(expires_at__gt=at)
    return bool(rows.update(discarded_at=None))


@transaction.atomic
def remove(*, writing: Writing | None, by: Actor) -> None:
    """Delete the own draft, because its form was sent; called in the transaction of that write. None keeps no draft."""
    if writing is not None:
        _own(writing, by).delete()


def forget(*, at: datetime) -> int:
    """Delete the drafts that have run out or were discarded; return how many. Called by the nightly job."""
    rows = Draft.objects.for_system(reason="nobody keeps a draft for longer than its days")
    deleted, _by_model = rows.filter(Q(expires_at__lte=at) | Q(discarded_at__isnull=False)).delete()
    return deleted


def _own(writing: Writing, by: Actor) -> GuardedQuerySet:
    """The author's draft, also where it was begun in another team's Akte: there is only one."""
    rows = Draft.objects.for_system(reason="one draft per author, form and row, wherever it was begun")
    return rows.filter(author_id=by.user_id, form=writing.form, subject=writing.subject)


def _team_akte(by: Actor, at: datetime) -> Akte:
    """Where drafts lie that are about nothing yet; opened when the team's first is kept."""
    if by.home is None:
        raise NotAllowed(_("Ohne Team kann kein Entwurf gesichert werden."))
    rows = Akte.objects.writable_by(by).filter(
        controller_id=by.home.organisation_id, site_id=by.home.site_id, subject=AKTE_SUBJECT, closed_at__isnull=True
    )
    if (found := rows.order_by("opened_at", "pk").first()) is not None:
        return found
    controller = Organisation.objects.get(pk=by.home.organisation_id)
    site = Site.objects.filter(pk=by.home.site_id).first()
    return open_akte(controller=controller, site=site, subject=AKTE_SUBJECT, by=by, at=at)
