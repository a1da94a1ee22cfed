"""Person first, then state: what stands against an appointment, a room, an own time."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment
from wurzelwerk.cases.rules import check_can_work
from wurzelwerk.network.models import Site, User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.roles import ROLES

from .busy import hosts_taken
from .models import OwnTime
from .spans import Span

KEEP_PLACES = "place.keep"
LONGEST = timedelta(hours=12)


def lock_hosts(hosts: Iterable[UUID]) -> None:
    """Let nobody else make an appointment with these colleagues until this transaction is done."""
    list(User.objects.select_for_update().filter(pk__in=set(hosts)).order_by("pk").values_list("pk", flat=True))


def check_host_free(host: User, spans: Iterable[Span], *, confirmed: bool, leave: Collection[UUID] = ()) -> bool:
    """Say whether the host is taken at any of these times; raise BadInput where that was not confirmed."""
    wanted = sorted(spans)
    whole = Span(wanted[0].starts_at, max(span.ends_at for span in wanted))
    taken = hosts_taken([host.pk], whole, leave=leave)[host.pk]
    clashes = [span for span in wanted if any(span.meets(one) for one in taken)]
    if clashes and not confirmed:
        times = ", ".join(formats.moment(span.starts_at) for span in clashes[:5])
        raise BadInput(
            _("%(name)s ist dann nicht frei: %(times)s. Soll es trotzdem sein, kreuzen Sie das bitte an.")
            % {"name": host.display_name, "times": times},
            field="double",
        )
    return bool(clashes)


def check_span(span: Span) -> None:
    """Raise BadInput where an appointment would end before it begins, or last longer than a day's work."""
    if span.ends_at <= span.starts_at:
        raise BadInput(_("Das Ende liegt nicht nach dem Beginn."), field="minutes")
    if span.ends_at - span.starts_at > LONGEST:
        raise BadInput(_("Ein Termin dauert höchstens zwölf Stunden."), field="minutes")


def check_changeable(actor: Actor, appointment: Appointment) -> None:
    """Raise where the actor may not change an appointment, or nothing about it can change any more."""
    check_can_work(actor, appointment.case, appointment)
    if appointment.state == AppointmentState.CANCELLED:
        raise WrongState(_("Dieser Termin ist inzwischen abgesagt. Ihre Änderung ist nicht gespeichert."))
    if appointment.state != AppointmentState.PLANNED:
        raise WrongState(_("Zu diesem Termin ist schon etwas vermerkt."))


def check_to_come(span: Span, *, at: datetime, field: str = "day") -> None:
    """Raise BadInput where something is put into the past."""
    if span.ends_at <= at:
        raise BadInput(_("Dieser Zeitpunkt ist schon vorbei."), field=field)


def check_language(language: str, *, at: datetime) -> None:
    """Raise BadInput for a language that the list does not offer."""
    if language not in dict(lists.choices("languages", on=local_day(at))):
        raise BadInput(_("Diese Sprache gibt es nicht (mehr). Bitte neu auswählen."), field="language")


def keeps_places_at(actor: Actor, site: Site) -> bool:
    """Say whether the actor keeps rooms and open hours of a site: whoever leads there, or keeps the body's lists."""
    return any(
        KEEP_PLACES in ROLES[held.role].permissions
        and held.organisation_id == site.organisation_id
        and held.site_id in {None, site.pk}
        for held in actor.memberships
    )


def check_keeps_places(actor: Actor, site: Site) -> None:
    """Raise NotAllowed for whoever does not keep the rooms of a site."""
    if not keeps_places_at(actor, site):
        raise NotAllowed(_("Räume und offene Sprechstunden pflegt die Leitung des Standorts."))


def check_own(actor: Actor, own: OwnTime) -> None:
    """Raise NotAllowed unless the actor entered this time or takes part in it."""
    if actor.user_id != own.made_by_id and not own.people.filter(pk=actor.user_id).exists():
        raise NotAllowed(_("Das kann nur ändern, wer es eingetragen hat oder dabei ist."))
