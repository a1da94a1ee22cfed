"""Who may say that somebody leaves the house, and what the day must be."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.network.models import Membership, User
from wurzelwerk.trust.actor import Actor

from .absence_rules import led_memberships


def kept_memberships(actor: Actor) -> Q | None:
    """Return the condition on the memberships whose end the actor may set: led, or of a body whose accounts they keep.

    Never one's own. None for whoever may set none.
    """
    led, bodies = led_memberships(actor), actor.organisations_that_allow("accounts.manage")
    if led is None and not bodies:
        return None
    wanted = Q(organisation_id__in=bodies)
    return (wanted | led if led is not None else wanted) & ~Q(user_id=actor.user_id)


def kept(actor: Actor) -> QuerySet[Membership]:
    """Return the memberships whose end the actor may set."""
    wanted = kept_memberships(actor)
    return Membership.objects.none() if wanted is None else Membership.objects.filter(wanted)


def standing(actor: Actor, user: User) -> QuerySet[Membership]:
    """Return what of somebody's memberships would end: what has not ended yet."""
    return kept(actor).filter(user=user).exclude(valid_to__lt=actor.on)


def leaving(actor: Actor, user: User) -> QuerySet[Membership]:
    """Return somebody's memberships for which a leaving date is set."""
    return kept(actor).filter(user=user, leaves_on__isnull=False)


def people_that_may_leave(actor: Actor) -> list[User]:
    """Return for whom the actor may set a day: they work here, and none is set (one query), in order of names."""
    rows = kept(actor).exclude(valid_to__lt=actor.on)
    users = User.objects.filter(pk__in=rows.values("user_id"), is_active=True)
    gone = kept(actor).filter(leaves_on__isnull=False).values("user_id")
    return list(users.exclude(pk__in=gone).order_by("last_name", "first_name", "pk"))


def people_that_leave(actor: Actor) -> list[tuple[User, date]]:
    """Return who leaves or has left, with the day, the first first (one query)."""
    rows = kept(actor).filter(leaves_on__isnull=False).select_related("user").order_by("leaves_on", "user_id", "pk")
    found: dict[User, date] = {}
    for row in rows:
        found.setdefault(row.user, row.leaves_on)
    return list(found.items())


def check_may_set(actor: Actor, user: User, rows: Sequence[Membership]) -> None:
    """Raise NotAllowed for whoever may not set it, WrongState where a day is set already."""
    if not rows:
        raise NotAllowed(_("Das tragen die Teamleitung oder die Verwaltung der Zugänge ein, nie für sich selbst."))
    if any(row.leaves_on for row in rows):
        raise WrongState(_("Für diese Person steht schon ein Tag. Bitte nehmen Sie ihn zuerst zurück."))


def check_may_take_back(actor: Actor, user: User, rows: Sequence[Membership]) -> None:
    """Raise NotAllowed for whoever may not take it back, WrongState where nothing is set."""
    if not kept(actor).filter(user=user).exists():
        raise NotAllowed(_("Das tragen die Teamleitung oder die Verwaltung der Zugänge ein, nie für sich selbst."))
    if not rows:
        raise WrongState(_("Für diese Person ist kein Tag eingetragen."))


def check_day(rows: Sequence[Membership], leaves_on: date, *, at: datetime) -> None:
    """Raise BadInput for a day that has gone by, or on which somebody has not begun yet or has ended already."""
    if leaves_on < local_day(at):
        raise BadInput(_("Dieser Tag ist schon vorbei."), field="leaves_on")
    if any(row.valid_from >= leaves_on for row in rows):
        raise BadInput(_("An diesem Tag hat die Person hier noch nicht begonnen."), field="leaves_on")
    if any(row.valid_to and row.valid_to < leaves_on for row in rows):
        raise BadInput(_("Der Zugang dieser Person endet schon vorher."), field="leaves_on")
