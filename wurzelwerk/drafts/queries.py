"""Reads of drafts; the guard gives each author the own ones only."""

from datetime import datetime

from wurzelwerk.trust.actor import Actor

from .models import Draft
from .writing import Writing


def drafts_of(actor: Actor, *, at: datetime) -> list[Draft]:
    """Return what the actor left unsent and may still write, the latest first (one query).

    Nothing that was begun where no address is known, and nothing to who may no longer read there what it was to be.
    """
    rows = Draft.objects.visible_to(actor).filter(discarded_at__isnull=True, expires_at__gt=at).exclude(address="")
    return [
        row
        for row in rows.order_by("-changed_at", "-pk")
        if actor.keeps(row.circle_id, row.scope) or actor.holds_grant(row.akte_id, row.scope)
    ]


def draft_of(writing: Writing, *, actor: Actor, at: datetime) -> Draft | None:
    """Return what the actor left unsent in a form; None where nothing is, it has run out or was discarded (one query).

    Nothing either to who may no longer read in that Akte what the text was going to be.
    """
    rows = Draft.objects.visible_to(actor).opened_in(writing.scope, actor).of(subject=writing.subject)
    return rows.filter(form=writing.form, discarded_at__isnull=True, expires_at__gt=at).sole()
