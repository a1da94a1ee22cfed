"""What the office does for people without an account: reminders, slips, times to choose from, links given out."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.appointments.models import Place
from wurzelwerk.appointments.queries import may_write, places_of, team_of
from wurzelwerk.appointments.sketches import sketch_of
from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.formats import moment
from wurzelwerk.base.forms import add_action_error
from wurzelwerk.base.rooms import link_pages
from wurzelwerk.base.undo import say_done
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment, Household, Person
from wurzelwerk.counselling.queries import OpenHousehold, household_of_row, is_minor, open_household
from wurzelwerk.counselling.views.answering import ask
from wurzelwerk.outbox.backends import channels_set_up
from wurzelwerk.outbox.enums import Channel
from wurzelwerk.outbox.queries import troubles
from wurzelwerk.trust import link_actions
from wurzelwerk.trust.links import Issued, Link
from wurzelwerk.trust.scopes import Scope

from .. import actions, choosing, reminder_rules
from ..forms import ALSO_NEXT, NOBODY, InvitationForm, RemindedForm
from ..inviting import send_invitation
from ..models import Reminder, Reminding
from ..reminded import agreed_of, choices_of, is_asked, meant
from ..rules import why_no_reminders
from ..slip import Slip, qr_svg, render_slip
from ..texts_of import APPOINTMENT, FRAME

WRONG = 422
LINKS_SHOWN = 50


def reminder_list(request: HttpRequest, household: UUID) -> HttpResponse:
    """Show who is reminded and how, the appointments to come with their slips, and the links that were given out."""
    subject = _opened(request, household, Scope.CALENDAR)
    at = clock.now()
    context = {
        "subject": subject, "trail": _trail(subject), "troubles": troubles(at=at),
        "people": _people(subject), "appointments": _to_come(subject, at),
        "links": _links(subject, at), "languages": [FRAME.of(code) for code in FRAME.languages],
        "may_invite": bool(subject.case and not subject.case.closed_on),
        "writes_contact": subject.may_write(Scope.CONTACT), "none_set_up": not channels_set_up(),
        "no_public_url": not settings.PUBLIC_URL,
    }  # fmt: skip
    return render(request, "portal/reminders.html", context)


def _people(subject: OpenHousehold) -> list[dict[str, Any]]:
    """Everybody of age, how they are reminded, or by which ways they could be and why not by the others."""
    rows = Reminding.objects.visible_to(subject.actor).filter(akte=subject.household.akte, ended_at__isnull=True)
    standing = {row.person_id: row for row in rows}
    return [
        {
            "person": member.person,
            "reminding": standing.get(member.person_id),
            "warning": member.person.contact_warning,
            "ways": [(way.value, way.label, why_no_reminders(member.person, way.value)) for way in Channel],
        }
        for member in subject.members
        if not is_minor(member, on=subject.today)
    ]


def _to_come(subject: OpenHousehold, at: Any) -> list[dict[str, Any]]:
    rows = Appointment.objects.visible_to(subject.actor).filter(
        akte=subject.household.akte, state=AppointmentState.PLANNED, starts_at__gt=at
    )
    found = list(rows.order_by("starts_at", "pk")[:20])
    told: dict[UUID, list[Reminder]] = {}
    for one in Reminder.objects.visible_to(subject.actor).filter(appointment__in=found).select_related("message"):
        told.setdefault(one.appointment_id, []).append(one)
    agreed, chosen = _agreed(subject), choices_of(found)
    return [
        {"row": row, "told": told.get(row.pk, []), "asks": is_asked(agreed, chosen.get(row.pk)),
         "reminded": meant(agreed, chosen.get(row.pk))}
        for row in found
    ]  # fmt: skip


def _agreed(subject: OpenHousehold) -> list[Reminding]:
    """Who agreed, of those whom the actor sees."""
    seen = {member.person_id for member in subject.members}
    return [row for row in agreed_of(subject.household.akte_id) if row.person_id in seen]


def _links(subject: OpenHousehold, at: Any) -> list[dict[str, Any]]:
    rows = Link.objects.visible_to(subject.actor).filter(akte=subject.household.akte).select_related("issued_by")
    pages = link_pages()
    return [
        {"row": row, "label": pages[row.purpose].label if row.purpose in pages else row.purpose,
         "stands": row.is_standing(at=at), "late": row.valid_until <= at}
        for row in rows[:LINKS_SHOWN]
    ]  # fmt: skip


@require_POST
def reminding_agree(request: HttpRequest, person: UUID, channel: str) -> HttpResponse:
    """Record that somebody agreed to be reminded by this way."""
    row = Person.objects.writable_by(request.actor).filter(pk=person).select_related("akte").first()
    if row is None or channel not in Channel.values:
        raise Http404
    said = _("Erinnerungen sind vereinbart.")
    agreed = _try(request, lambda at: actions.agree_reminding(person=row, channel=channel, by=request.actor, at=at))
    if agreed:
        say_done(request, said, undo=reverse("reminding_end", args=[agreed.pk]))
    return _back(request, row)


@require_POST
def reminding_end(request: HttpRequest, reminding: UUID) -> HttpResponse:
    """Send somebody no more reminders."""
    row = Reminding.objects.writable_by(request.actor).filter(pk=reminding).select_related("person").first()
    if row is None:
        raise Http404
    if _try(request, lambda at: actions.end_reminding(reminding=row, by=request.actor, at=at) or row):
        again = reverse("reminding_agree", args=[row.person_id, row.channel])
        say_done(request, _("Es gehen keine Erinnerungen mehr hinaus."), undo=again)
    return _back(request, row)


def appointment_reminded(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Ask who is reminded of an appointment to come."""
    row = Appointment.objects.writable_by(request.actor).filter(pk=appointment).select_related("akte__site").first()
    found = household_of_row(row, actor=request.actor) if row is not None else None
    if found is None:
        raise Http404
    subject = _opened(request, found, Scope.CALENDAR)
    agreed, chosen = _agreed(subject), choices_of([row]).get(row.pk)
    form = RemindedForm(
        request.POST if request.method == "POST" else None, agreed=agreed,
        initial={"who": [str(one.person_id) for one in meant(agreed, chosen)], NOBODY: chosen == set()},
    )  # fmt: skip
    return ask(
        request, subject, form, title=_("Wer wird erinnert?"),
        do=lambda at: actions.set_reminded(
            appointments=[row, *(_unchosen(subject, row, at) if form.cleaned_data[ALSO_NEXT] else ())],
            persons={UUID(pk) for pk in form.cleaned_data["who"]}, by=request.actor, at=at,
        ),
        done=_("Gemerkt, wer erinnert wird."), to=_address(subject), trail=_trail(subject),
        lead=_("Termin am %(when)s. Zugestimmt haben die Personen unten.") % {"when": moment(row.starts_at)},
    )  # fmt: skip


def _unchosen(subject: OpenHousehold, but: Appointment, at: Any) -> list[Appointment]:
    """The other appointments to come of which nobody said who is reminded."""
    rows = Appointment.objects.writable_by(subject.actor).filter(
        akte=subject.household.akte, state=AppointmentState.PLANNED, starts_at__gt=at
    )
    found = list(rows.exclude(pk=but.pk).select_related("akte"))
    chosen = choices_of(found)
    return [one for one in found if one.pk not in chosen]


@require_POST
def appointment_slip(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Give the slip as PDF in the language chosen, with a link of its own to change the appointment."""
    row = Appointment.objects.writable_by(request.actor).filter(pk=appointment).select_related("akte__site").first()
    if row is None:
        raise Http404
    at, language = clock.now(), request.POST.get("sprache", "de")
    language = language if language in APPOINTMENT.languages else "de"

    def make(when):
        until = row.ends_at + reminder_rules.days("link_after", on=clock.local_day(when))
        return link_actions.issue_link(purpose="portal.appointment", thing=row, valid_until=until, language=language,
                                       by=request.actor, at=when)  # fmt: skip

    if (issued := _try(request, make)) is None:
        return _back(request, row)
    room = choosing.places_of(row)
    slip = Slip(row, room, row.akte.site, _whole(request, issued), at, sketch_of(room))
    answer = HttpResponse(render_slip(slip, language=language), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="terminzettel-{row.starts_at:%Y%m%d}.pdf"'
    return answer


def invitation_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Let somebody choose a time by a link; the link is shown once, and sent to whom it is meant for."""
    subject = _opened(request, household, Scope.CALENDAR)
    if subject.case is None or subject.case.closed_on or not may_write(request.actor, subject.case, Scope.CALENDAR):
        raise Http404
    agreed = Reminding.objects.visible_to(request.actor).filter(akte=subject.household.akte, ended_at__isnull=True)
    form = InvitationForm(
        request.POST if request.method == "POST" else None, team=team_of(subject.case.akte, on=subject.today),
        rooms=places_of(request.actor), reminded=list(agreed.select_related("person")), today=subject.today,
        initial={"host": request.actor.user_id, "kind": "counselling", "room": _first_room(request)},
    )  # fmt: skip
    page = {"trail": _trail(subject), "subject": subject, "form": form, "cancel": _address(subject)}
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                if not idempotency.once(request):
                    return redirect(_address(subject))
                issued, sent = send_invitation(case=subject.case, data=form.cleaned_data, reminded=agreed,
                                               host=_host(request), by=request.actor, at=clock.now())  # fmt: skip
        except HouseError as error:
            add_action_error(form, error)
        else:
            link = _whole(request, issued)
            return render(request, "portal/invited.html", {**page, "link": link, "code": qr_svg(link), "sent": sent})
    return render(request, "portal/invitation.html", page, status=WRONG if form.is_bound else 200)


def _first_room(request: HttpRequest) -> Place | None:
    return places_of(request.actor).first()


@require_POST
def link_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a link open nothing any more."""
    row = _link(request, pk)
    if _try(request, lambda at: link_actions.revoke_link(link=row, by=request.actor, at=at) or row):
        say_done(request, _("Der Link ist gesperrt."), undo=reverse("link_restore", args=[row.pk]))
    return _back(request, row)


@require_POST
def link_restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a revoked link open again what it opened."""
    row = _link(request, pk)
    if _try(request, lambda at: link_actions.restore_link(link=row, by=request.actor, at=at) or row):
        say_done(request, _("Der Link gilt wieder."), undo=reverse("link_revoke", args=[row.pk]))
    return _back(request, row)


def _link(request: HttpRequest, pk: UUID) -> Link:
    row = Link.objects.writable_by(request.actor).filter(pk=pk).select_related("akte").first()
    if row is None:
        raise Http404
    return row


def _opened(request: HttpRequest, pk: UUID, scope: str) -> OpenHousehold:
    """Return a household whose content of a scope the actor may change; anything else is not there."""
    try:
        subject = open_household(pk, actor=request.actor, today=clock.today())
    except Household.DoesNotExist:
        raise Http404 from None
    if not subject.may_write(scope):
        raise Http404
    return subject


def _try(request: HttpRequest, do: Any) -> Any:
    """Do something at the present time; where it is refused say so, and return None."""
    try:
        return do(clock.now())
    except HouseError as error:
        messages.error(request, error.message)
        return None


def _back(request: HttpRequest, row: Any) -> HttpResponse:
    found = household_of_row(row, actor=request.actor)
    return redirect("reminder_list", household=found) if found else redirect("household_list")


def _address(subject: OpenHousehold) -> str:
    return reverse("reminder_list", args=[subject.household.pk])


def _trail(subject: OpenHousehold) -> list[tuple[str, str]]:
    name, address = subject.household.name, reverse("household", args=[subject.household.pk])
    return [(_("Haushalte"), reverse("household_list")), (name, address)]


def _host(request: HttpRequest) -> str:
    """The address of the site as people outside reach it."""
    return settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")


def _whole(request: HttpRequest, issued: Issued) -> str:
    return _host(request) + issued.path
