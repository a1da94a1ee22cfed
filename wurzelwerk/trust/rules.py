"""Whether a person may, and then whether the state allows it."""

from datetime import date

from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState

from .actor import Actor
from .guard import GuardedModel, is_granted
from .models import Akte, Consent
from .scopes import Basis, Scope


def check_permission(actor: Actor, permission: str) -> None:
    """Raise NotAllowed where no role of the actor allows this."""
    if not actor.may(permission):
        raise NotAllowed(_("Dazu fehlt Ihnen die Berechtigung."))


def check_can_write(actor: Actor, thing: GuardedModel) -> None:
    """Raise NotAllowed where the actor may not change this row.

    Works on rows not saved yet, too: they will lie in the Akte that they name. Who came by a link may change the row
    that it is about, and nothing else.
    """
    if actor.opens(thing):
        return
    scope = type(thing).Guard.scope
    akte = thing if isinstance(thing, Akte) else thing.akte
    if actor.keeps(akte.circle_id, scope, write=True):
        return
    if is_granted(type(thing)) and actor.holds_grant(akte.pk, scope, write=True):
        return
    raise NotAllowed(_("Das dürfen Sie in dieser Akte nicht ändern."))


def check_owns(actor: Actor, akte: Akte) -> None:
    """Raise NotAllowed unless the actor works in the team that keeps the Akte (or is the house itself, in a job)."""
    if not actor.is_house and not actor.keeps(akte.circle_id, Scope.REGISTER, write=True):
        raise NotAllowed(_("Das kann nur die Stelle tun, die die Akte führt."))


def check_can_record_signature(consent: Consent, *, signed_on: date, today: date) -> None:
    """Raise where the release is not waiting for a signature or the day is impossible."""
    if consent.revoked_at:
        raise WrongState(_("Diese Freigabe ist widerrufen. Bitte erstellen Sie ein neues Blatt."))
    if consent.signed_on:
        raise WrongState(_("Die Unterschrift ist schon vermerkt."))
    if signed_on > today:
        raise BadInput(_("Der Tag der Unterschrift liegt in der Zukunft."), field="signed_on")
    if signed_on > consent.valid_until:
        raise BadInput(_("Die Freigabe war an diesem Tag schon abgelaufen."), field="signed_on")


def check_grant(*, basis: str, basis_text: str, valid_until: date | None, valid_from: date) -> None:
    """Raise BadInput where a grant would not say on what it rests, or ends before it begins."""
    if basis == Basis.LAW and not basis_text.strip():
        raise BadInput(_("Bitte nennen Sie die Rechtsvorschrift."), field="basis_text")
    if valid_until and valid_until < valid_from:
        raise BadInput(_("Das Ende liegt vor dem Beginn."), field="valid_until")
