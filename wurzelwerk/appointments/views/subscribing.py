"""The own calendar as a subscription: the page where its address is made and ended, and the address itself."""

from datetime import timedelta
from uuid import uuid5

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.ical import calendar, event
from wurzelwerk.base.undo import say_done
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment
from wurzelwerk.network.access import has_left
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

from .. import actions
from ..feeds import digest_of, is_too_often
from ..forms.keeping import FeedForm
from ..invitations import as_agreed, event_of
from ..kinds import kind_label
from ..models import Booking, Feed, OwnTime
from ..queries import HouseholdNames
from ..spans import Span
from ..weekly import conferences_within, weekly_within
from ..whereabouts import places_to_tell
from .answering import posted

BEHIND, AHEAD = timedelta(days=30), timedelta(days=365)


def feed(request: HttpRequest) -> HttpResponse:
    """Show whether my calendar has an address; make one, which is shown once."""
    form = FeedForm(posted(request))
    address = ""
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            if idempotency.once(request):
                secret = actions.make_feed(names=form.cleaned_data["names"], by=request.actor, at=clock.now())
                address = request.build_absolute_uri(reverse("feed_file", args=[secret]))
    standing = Feed.objects.filter(user_id=request.user.pk, revoked_at__isnull=True).first()
    context = {"form": FeedForm() if address else form, "standing": standing, "address": address}
    context |= {"title": _("Kalender abonnieren"), "trail": [(_("Kalender"), reverse("calendar_day"))]}
    return render(request, "appointments/feed.html", context)


@require_POST
def feed_revoke(request: HttpRequest) -> HttpResponse:
    """End the address of my calendar: whoever subscribed to it reads nothing any more."""
    actions.revoke_feed(by=request.actor, at=clock.now())
    say_done(request, _("Die Adresse ist beendet. Eine neue können Sie jederzeit anlegen."))
    return redirect("feed")


@login_not_required
@require_GET
def feed_file(request: HttpRequest, secret: str) -> HttpResponse:
    """Give somebody's calendar to whoever knows its address; 404 for one that was never there or has ended.

    The address begins like every secret one of the house, so that no log keeps it (`base.logs`).
    """
    now, digest = clock.now(), digest_of(secret)
    gone = User.objects.filter(has_left(clock.today()))
    found = Feed.objects.filter(digest=digest, revoked_at__isnull=True, user__is_active=True)
    found = found.exclude(user_id__in=gone.values("pk"))
    row = found.select_related("user").first()
    if row is None:
        return HttpResponse(status=404)
    if is_too_often(digest, hour=int(now.timestamp() // 3600)):
        return HttpResponse(status=429, headers={"Retry-After": "3600"})
    content = calendar(_events(row, now), name=_("Meine Termine"))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _events(row: Feed, now) -> list:
    actor = Actor.of(row.user)
    rows = Appointment.objects.visible_to(actor).filter(
        host_id=row.user_id, starts_at__gte=now - BEHIND, starts_at__lt=now + AHEAD
    )
    found = HouseholdNames(actor).add(rows.exclude(state=AppointmentState.CANCELLED).order_by("starts_at", "pk"))
    bookings = Booking.objects.visible_to(actor).filter(appointment_id__in=[one.pk for one in found])
    sequences = dict(bookings.values_list("appointment_id", "sequence"))
    places = {one.pk: one.place for one in found} if row.names else places_to_tell(found)
    events = [
        event_of(
            one,
            None,
            at=now,
            sequence=sequences.get(one.pk, 0),
            summary=_summary(one, names=row.names),
            place=places[one.pk] or as_agreed(one),
        )
        for one in found
    ]
    own = OwnTime.objects.filter(
        people=row.user_id, cancelled_at__isnull=True, starts_at__gte=now - BEHIND, starts_at__lt=now + AHEAD
    ).select_related("place")
    return events + _others(row, Span(now - BEHIND, now + AHEAD), now) + [
        event(pk=one.pk, starts_at=one.starts_at, ends_at=one.ends_at, at=now, sequence=0,
              summary=(one.title if row.names else "") or str(one.get_kind_display()),
              place=one.place.name if one.place else "")
        for one in own
    ]  # fmt: skip


def _others(row: Feed, span: Span, now) -> list:
    """Conferences without a word of whom, and weekly times; each time of a week is an event of its own."""
    columns = ("conference_id", "conference__starts_at", "conference__ends_at")
    conferences = conferences_within([row.user_id], span, reason="the own calendar, times alone").values_list(*columns)
    found = [
        event(pk=pk, starts_at=starts, ends_at=ends, at=now, sequence=0, summary=_("Besprechung"), place="")
        for pk, starts, ends in conferences
    ]
    return found + [
        event(pk=uuid5(one.pk, when.starts_at.isoformat()), starts_at=when.starts_at, ends_at=when.ends_at, at=now,
              sequence=0, summary=(one.title if row.names else "") or str(one.get_kind_display()), place="")
        for one, when in weekly_within([row.user_id], span)
    ]  # fmt: skip


def _summary(one: Appointment, *, names: bool) -> str:
    label = kind_label(one.kind)
    return f"{label}: {one.about.name}" if names and one.about else label
