"""Reads of drafts; the guard gives each author the own ones only."""

from datetime import datetime

from wurzelwerk.trust.actor import Actor

from .models import Draft
from .writing import Writing


def draft_of(writing: Writing, *, actor: Actor, at: datetime) -> Draft | None:
    """Return what the actor left unsent in a form; None where nothing is, it has run out or was discarded (one query).

    Nothing either to who may no longer read in that Akte what the text was going to be.
    """
    rows = Draft.objects.visible_to(actor).opened_in(writing.scope, actor).of(subject=writing.subject)
    return rows.filter(form=writing.form, discarded_at__isnull=True, expires_at__gt=at).sole()
