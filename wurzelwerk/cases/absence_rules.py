"""Who may enter somebody's absence, and what an absence and its covers must be."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.base.formats import day as day_text
from wurzelwerk.network.absences import away_on
from wurzelwerk.network.models import Absence, Membership, User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.roles import ROLES

from . import lists
from .absence_states import is_same, state_of
from .covers import bodies_of
from .models import AbsenceChange


def led_memberships(actor: Actor) -> Q | None:
    """Return the condition on memberships of everybody whose work the actor assigns; None for who leads nobody."""
    held = [m for m in actor.memberships if "case.assign" in ROLES[m.role].permissions]
    if not held:
        return None
    sites = [m.site_id for m in held if m.site_id]
    whole = [m.organisation_id for m in held if not m.site_id]
    return Q(site_id__in=sites) | Q(organisation_id__in=whole)


def led_people(actor: Actor) -> list[User]:
    """Return everybody whose work the actor assigns today or later, in order of names (one query)."""
    if (led := led_memberships(actor)) is None:
        return []
    rows = Membership.objects.filter(led).exclude(valid_to__lt=actor.on)
    users = User.objects.filter(pk__in=rows.values("user_id"), is_active=True)
    return list(users.only(*User.NAMED).order_by("last_name", "first_name", "pk"))


def may_manage(actor: Actor, user_id) -> bool:
    """Say whether the actor may read the kind of somebody's absence and change it: the person, and who leads them."""
    if actor.user_id == user_id:
        return True
    if (led := led_memberships(actor)) is None:
        return False
    rows = Membership.objects.filter(led, user_id=user_id)  # the work of who has left is still to be handed over
    return rows.exclude(valid_to__lt=actor.on, leaves_on__isnull=True).exists()


def check_may_manage(actor: Actor, user_id) -> None:
    """Raise NotAllowed for everybody but the person and who leads them."""
    if not may_manage(actor, user_id):
        raise NotAllowed(_("Eine Abwesenheit tragen die Person selbst oder ihre Teamleitung ein."))


def check_period(user: User, starts_on: date, ends_on: date, *, at: datetime, but: Absence | None = None) -> None:
    """Raise BadInput where the days are impossible, too many, too long ago, or already taken by another absence."""
    today = local_day(at)
    if ends_on < starts_on:
        raise BadInput(_("Das Ende liegt vor dem Beginn."), field="ends_on")
    if starts_on < today - timedelta(days=lists.number("absence_rules", "entry_days", on=today)):
        raise BadInput(_("Dieser Tag liegt zu lange zurück."), field="starts_on")
    longest = lists.number("absence_rules", "longest_days", on=today)
    if (ends_on - starts_on).days >= longest:
        raise BadInput(
            _("Eine Abwesenheit hat höchstens %(days)d Tage. Bitte prüfen Sie das Jahr.") % {"days": longest},
            field="ends_on",
        )
    taken = away_on([user.pk], starts_on, ends_on).get(user.pk, [])
    others = [one for one in taken if but is None or one.absence_id != but.pk]
    if others:
        raise BadInput(taken_sentence(others[0].from_, others[0].until), field="starts_on")


def taken_sentence(starts_on: date, ends_on: date) -> str:
    """Say that somebody is away already."""
    return _("Für diese Zeit steht schon eine Abwesenheit: %(from)s bis %(until)s.") % {
        "from": day_text(starts_on),
        "until": day_text(ends_on),
    }


def check_covers(user: User, covers: Sequence[User], *, on: date, field: str = "cover_1") -> None:
    """Raise BadInput where somebody would cover for themselves, twice, or works for another controller."""
    bodies = bodies_of(user, on=on)
    if len({cover.pk for cover in covers}) < len(covers):
        raise BadInput(_("Diese Person ist schon als Vertretung ausgewählt."), field="cover_2")
    for cover in covers:
        if cover.pk == user.pk:
            raise BadInput(_("Niemand kann sich selbst vertreten."), field=field)
        if bodies.isdisjoint(bodies_of(cover, on=on)):
            raise BadInput(_("Vertreten kann nur jemand aus der eigenen Stelle."), field=field)


def check_cover_until(absence: Absence, until: date | None) -> None:
    """Raise BadInput where the cover of a single case would end outside of the absence."""
    if until is not None and not absence.starts_on <= until <= absence.ends_on:
        raise BadInput(
            _("Dieser Tag liegt nicht in der Abwesenheit (%(from)s bis %(until)s).")
            % {"from": day_text(absence.starts_on), "until": day_text(absence.ends_on)},
            field="until",
        )


def check_stands_as_left(change: AbsenceChange) -> None:
    """Raise WrongState where a change is taken back already, or the absence was changed again since."""
    if change.undone_at:
        raise WrongState(_("Diese Änderung ist schon zurückgenommen."))
    if not is_same(state_of(change.absence), change.after):
        raise WrongState(_("Die Abwesenheit wurde inzwischen noch einmal geändert. Bitte ändern Sie sie von Hand."))


def check_not_cancelled(absence: Absence) -> None:
    """Raise WrongState where an absence was taken out of the list."""
    if absence.cancelled_at:
        raise WrongState(_("Diese Abwesenheit ist zurückgenommen."))


def check_can_end(absence: Absence, *, at: datetime) -> None:
    """Raise WrongState where an absence is not going on, or began today: then it is cancelled instead."""
    check_not_cancelled(absence)
    today = local_day(at)
    if not absence.starts_on < today <= absence.ends_on:
        raise WrongState(_("Beenden lässt sich nur eine Abwesenheit, die läuft und nicht erst heute begonnen hat."))
