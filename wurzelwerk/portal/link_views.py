"""What links about appointments open: one page, to see it, call it off, put it to another time, or book one.

The page says when and where, never of what kind, about what, or for whom: whoever holds the telephone may read it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wurzelwerk.appointments.sketches import answer_with, sketch_of
from wurzelwerk.appointments.slots import Slot
from wurzelwerk.appointments.whereabouts import place_to_tell
from wurzelwerk.base import clock
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment, Person
from wurzelwerk.trust.links import LinkGone, Visit

from . import actions
from .choosing import (
    chosen,
    clock_in_words,
    day_in_words,
    host_name,
    lives_there,
    places_of,
    spread,
    times_to_book,
    times_to_move,
)
from .models import EarlierOffer, EarlierWish, Invitation, Reminder, Reminding
from .texts_of import APPOINTMENT

WRONG = 422
PICTURE = "bild"
"""What the address of a link carries when it is asked for the picture of the way instead of the page."""


@dataclass
class Opened:
    """What a link led to. `person`: to whom it was sent, where that is known."""

    request: HttpRequest
    visit: Visit
    at: datetime
    appointment: Appointment | None = None
    person: Person | None = None
    offer: EarlierOffer | None = None
    invitation: Invitation | None = None

    @property
    def words(self) -> Any:
        """The texts in the visitor's language."""
        return APPOINTMENT.of(self.visit.language)

    @property
    def is_to_come(self) -> bool:
        """Whether the appointment stands and has not begun."""
        row = self.appointment
        return bool(row and row.state == AppointmentState.PLANNED and row.starts_at > self.at)

    @property
    def may_change(self) -> bool:
        """Whether it can still be changed by the link: not when the office has closed the case."""
        return bool(self.appointment and self.is_to_come and not self.appointment.case.closed_on)

    def by(self) -> dict[str, Any]:
        """What every write by a link is called with."""
        return {"link": self.visit.link, "by": self.visit.actor, "at": self.at}


def appointment_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A link about one appointment: of a slip, or of a booking."""
    return _answer(Opened(request, visit, clock.now(), appointment=visit.subject(Appointment)))


def reminder_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A link in a reminder: the appointment, and how to get no more of them; nothing for who left the household."""
    reminder = visit.subject(Reminder)
    person = _person(reminder.person, visit)
    return _answer(Opened(request, visit, clock.now(), _appointment(reminder.appointment_id), person))


def offer_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A link that offers an earlier time, as long as it is free; nothing for who left the household."""
    offer = visit.subject(EarlierOffer)
    wish = EarlierWish.objects.for_system(reason="whose offer a link opened").get(pk=offer.wish_id)
    at = clock.now()
    stands = offer if offer.expires_at > at and not wish.ended_at else None
    person = _person(wish.person, visit)
    return _answer(Opened(request, visit, at, _appointment(wish.appointment_id), person, stands))


def booking_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A link that lets somebody choose a time; afterwards it leads to the appointment that was booked."""
    invitation = visit.subject(Invitation)
    opened = Opened(request, visit, clock.now(), invitation=invitation)
    if invitation.appointment_id:
        opened.appointment = _appointment(invitation.appointment_id)
        return _answer(opened)
    if invitation.case.closed_on:
        raise LinkGone
    slots = times_to_book(invitation, at=opened.at)
    if request.method != "POST":
        return _booking(opened, slots)
    return _choose(
        opened, slots, "booked", _booking,
        lambda slot: actions.accept_invitation(invitation=invitation, slot=slot, **opened.by()),
    )  # fmt: skip


def _appointment(pk: Any) -> Appointment:
    row = Appointment.objects.for_system(reason="a link opens this appointment").filter(pk=pk).first()
    if row is None:
        raise LinkGone
    return row


def _person(pk: Any, visit: Visit) -> Person | None:
    if not lives_there(pk, visit.link.akte_id):
        raise LinkGone
    return Person.objects.for_system(reason="whom a link was sent to").filter(pk=pk).first()


def _answer(opened: Opened) -> HttpResponse:
    if opened.request.method != "POST":
        return _show(opened)
    wanted = opened.request.POST.get("tun", "")
    acts: dict[str, Callable[[Opened], HttpResponse]] = {
        "absagen": _cancel, "verlegen": _move, "frueher": _wish, "nehmen": _take, "still": _quiet,
    }  # fmt: skip
    try:
        return acts.get(wanted, _show)(opened)
    except WrongState as error:
        if isinstance(error, LinkGone):
            raise
        opened.appointment.refresh_from_db(from_queryset=Appointment.objects.for_system(reason="as it is now"))
        return _show(opened)  # over or cancelled meanwhile: the page says so by itself


def _cancel(opened: Opened) -> HttpResponse:
    reason = APPOINTMENT.of("de")["reasons"].get(opened.request.POST.get("grund", ""), "")
    actions.cancel_by_link(appointment=opened.appointment, reason=reason, **opened.by())
    return _done(opened, "cancelled")


def _move(opened: Opened) -> HttpResponse:
    if not opened.may_change:
        return _show(opened)
    return _choose(
        opened, times_to_move(opened.appointment, at=opened.at), "moved", _show,
        lambda slot: actions.move_by_link(appointment=opened.appointment, slot=slot, **opened.by()),
    )  # fmt: skip


def _take(opened: Opened) -> HttpResponse:
    """Take the earlier time that was offered, if nobody was quicker."""
    slots = times_to_move(opened.appointment, at=opened.at) if opened.offer and opened.may_change else []
    slot = next((one for one in slots if opened.offer and one.starts_at == opened.offer.starts_at), None)
    if slot is None:
        opened.offer = None
        return _show(opened, mistake=opened.words["taken"], slots=slots or None)
    actions.move_by_link(appointment=opened.appointment, slot=slot, **opened.by())
    return _done(opened, "moved")


def _wish(opened: Opened) -> HttpResponse:
    if opened.person is None:
        return _show(opened)
    wanted = opened.request.POST.get("wert") == "ja"
    actions.set_earlier_wish(appointment=opened.appointment, person=opened.person, wanted=wanted, **opened.by())
    return _done(opened, "earlier" if wanted else "earlier_off")


def _quiet(opened: Opened) -> HttpResponse:
    if (reminding := _reminding(opened)) is not None:
        actions.end_reminding(reminding=reminding, by=opened.visit.actor, at=opened.at)
    return _done(opened, "quiet")


def _reminding(opened: Opened) -> Reminding | None:
    rows = Reminding.objects.for_system(reason="whether the person who came by a link is reminded")
    return rows.filter(person=opened.person, ended_at__isnull=True).first() if opened.person else None


def _choose(opened: Opened, slots: list[Slot], done: str, again: Callable, act: Callable[[Slot], Any]) -> HttpResponse:
    """Take the time that was chosen; where none was, or it went meanwhile, offer what is free."""
    text = opened.request.POST.get("zeit", "")
    slot = chosen(text, slots)
    if slot is None:
        return again(opened, slots, mistake=opened.words["taken" if text else "choose_first"])
    try:
        with transaction.atomic():
            act(slot)
    except WrongState as error:
        if isinstance(error, LinkGone):
            raise
        return redirect(opened.request.path)  # booked, called off or over meanwhile: the page says so by itself
    except BadInput:  # somebody was quicker by a moment
        left = [one for one in slots if one != slot]
        return again(opened, left, mistake=opened.words["taken"])
    return _done(opened, done)


def _done(opened: Opened, said: str) -> HttpResponse:
    """Show the page anew, so that loading it again sends nothing twice."""
    return redirect(f"{opened.request.path}?{urlencode({'sprache': opened.visit.language, 'fertig': said})}")


def _booking(opened: Opened, slots: list[Slot], mistake: str = "") -> HttpResponse:
    context = {
        "words": opened.words, "days": spread(slots, opened.visit.language), "mistake": mistake,
        "host": host_name(opened.invitation.host), "office": opened.invitation.akte.site,
    }  # fmt: skip
    return render(opened.request, "portal/booking.html", context, status=WRONG if mistake else 200)


def _show(opened: Opened, slots: list[Slot] | None = None, mistake: str = "") -> HttpResponse:
    row, language = opened.appointment, opened.visit.language
    found = slots
    if found is None:
        found = times_to_move(row, at=opened.at) if opened.may_change else []
    place = places_of(row)
    sketch = sketch_of(place)
    if sketch and PICTURE in opened.request.GET and opened.request.method != "POST":
        return answer_with(sketch)
    reminding = _reminding(opened)
    context = {
        "words": opened.words, "mistake": mistake, "row": row, "to_come": opened.is_to_come,
        "may_change": opened.may_change,
        "cancelled": row.state == AppointmentState.CANCELLED,
        "day": day_in_words(row.starts_at, language), "time": clock_in_words(row.starts_at, language),
        **_where(row, opened.words), "way": place.way if place else "", "sketch": sketch, "picture": PICTURE,
        "host": host_name(row.host),
        "days": spread(found, language), "office": row.akte.site,
        "done": opened.words["done"].get(opened.request.GET.get("fertig", ""), ""),
        "reminding": reminding, "waits": _waits(row),
        "offered": _offered(opened, language) if opened.may_change else None,
    }  # fmt: skip
    return render(opened.request, "portal/appointment.html", context, status=WRONG if mistake else 200)


def _where(row: Appointment, words: Any) -> dict[str, Any]:
    """The room or office; free words stay in the house, and so they are said to be agreed."""
    known = place_to_tell(row)
    return {"where": known or (words["as_agreed"] if row.place else ""), "as_agreed": not known}


def _waits(row: Appointment) -> bool:
    rows = EarlierWish.objects.for_system(reason="whether somebody waits for an earlier time")
    return rows.filter(appointment=row, ended_at__isnull=True).exists()


def _offered(opened: Opened, language: str) -> dict[str, str] | None:
    if opened.offer is None:
        return None
    when = opened.offer.starts_at
    return {"day": day_in_words(when, language), "time": clock_in_words(when, language)}
