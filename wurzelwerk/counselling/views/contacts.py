"""Pages of short contacts: record one, an open hour, count them, link them to the case of somebody who came back."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock, idempotency, paging
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.forms import add_action_error
from wurzelwerk.base.undo import say_done
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import OpenHour, ShortContact
from wurzelwerk.network.colleagues import Colleagues
from wurzelwerk.trust.scopes import Scope

from .. import contacts
from ..contact_tables import AboutFilter, ContactTable
from ..forms.contacts import ContactForm, OpenHourForm, PeriodForm
from ..queries import household_of_row
from .answering import WRONG, act, found_or_404, opened_case, posted, trail

CONTACTS_A_PAGE = 25


def _check_records(request: HttpRequest) -> None:
    if not request.actor.may("contact.record"):
        raise Http404


def _tabs(here: str) -> list[dict[str, object]]:
    pages = (("contact_list", _("Einzeln")), ("open_hour_new", _("Sprechstunde")), ("contact_figures", _("Auswertung")))
    return [{"label": label, "url": reverse(name), "active": name == here} for name, label in pages]


def _done_once(request: HttpRequest, form, do: Callable[[datetime], None]) -> bool:
    """Do it in one transaction with the form's key; False where it is refused, which then stands at its field."""
    try:
        with transaction.atomic():
            if idempotency.once(request):
                do(clock.now())
    except HouseError as error:
        add_action_error(form, error)
        return False
    return True


def contact_list(request: HttpRequest) -> HttpResponse:
    """Record a short contact, ready for the next one; below it the contacts of the team."""
    _check_records(request)
    form = ContactForm(
        posted(request),
        today=clock.today(),
        focus=request.method == "GET" and not request.GET,
        initial=contacts.proposed(request.actor),
    )

    def record(at):
        made = cases.record_contact(**form.to_contact(at=at), by=request.actor, at=at)
        said = _("Festgehalten: %(contact)s.") % {"contact": contacts.in_words(made)}
        say_done(request, said, undo=reverse("contact_take_back", args=[made.pk]))

    if form.is_bound and form.is_valid() and _done_once(request, form, record):
        return redirect("contact_list")
    table = ContactTable(actor=request.actor, request=request)
    page = {"form": form, "table": table, "tabs": _tabs("contact_list")}
    status = WRONG if form.is_bound else 200
    return table.export() or render(request, "counselling/contacts/desk.html", page, status=status)


@require_POST
def contact_take_back(request: HttpRequest, contact: UUID) -> HttpResponse:
    """Take back a contact that was recorded by mistake."""
    row = found_or_404(ShortContact, request, contact)
    return act(
        request,
        do=lambda at: cases.take_back_contact(contact=row, by=request.actor, at=at),
        done=_("Der Kurzkontakt ist zurückgenommen."),
        to=reverse("contact_list"),
    )


def open_hour_new(request: HttpRequest) -> HttpResponse:
    """Record everybody who came to an open consultation hour."""
    _check_records(request)
    form = OpenHourForm(today=clock.today(), data=posted(request), initial=contacts.hour_proposed(clock.now()))

    def record(at):
        starts_at, ends_at = form.times()
        hour = cases.record_open_hour(starts_at=starts_at, ends_at=ends_at, groups=form.groups, by=request.actor, at=at)
        number = sum(group.number for group in form.groups)
        said = _("Festgehalten: eine Sprechstunde mit %(number)d Kontakten.") % {"number": number}
        say_done(request, said, undo=reverse("open_hour_take_back", args=[hour.pk]))

    if form.data is not None and form.asks_for_rows:
        form.redraw()
    elif form.data is not None and form.is_valid() and _done_once(request, form.hour, record):
        return redirect("contact_list")
    status = WRONG if form.data is not None and not form.asks_for_rows else 200
    return render(
        request, "counselling/contacts/open_hour.html", {"form": form, "tabs": _tabs("open_hour_new")}, status=status
    )


@require_POST
def open_hour_take_back(request: HttpRequest, open_hour: UUID) -> HttpResponse:
    """Take back an open hour with all its contacts."""
    row = found_or_404(OpenHour, request, open_hour)
    return act(
        request,
        do=lambda at: cases.take_back_open_hour(open_hour=row, by=request.actor, at=at),
        done=_("Die Sprechstunde ist zurückgenommen."),
        to=reverse("contact_list"),
    )


def contact_figures(request: HttpRequest) -> HttpResponse:
    """Count the contacts of a period by hour, topic, language and channel."""
    _check_records(request)
    form = PeriodForm(request.GET, period=contacts.period_of(clock.today()))
    page = {"form": form, "tabs": _tabs("contact_figures")}
    if form.is_valid():
        rows = ShortContact.objects.visible_to(request.actor)
        found = contacts.contact_figures(contacts.within(rows, form.cleaned_data["von"], form.cleaned_data["bis"]))
        page |= {"figures": found, "time_spent": contacts.hours_and_minutes(found.minutes)}
    return render(request, "counselling/contacts/figures.html", page)


# -- with a case ----------------------------------------------------------------------------------------------------


def contact_choose(request: HttpRequest, household: UUID) -> HttpResponse:
    """Choose which of the team's earlier contacts were this household's."""
    subject = opened_case(request, household, write=Scope.JOURNAL)
    _check_records(request)
    waiting = contacts.waiting_for_case(subject.case, actor=request.actor, today=subject.today)
    sieve = AboutFilter(request.GET)
    waiting = sieve.apply(waiting)
    total = paging.count(waiting)
    found, page = paging.take(waiting, params=request.GET, size=CONTACTS_A_PAGE, total=total)
    colleagues = Colleagues()
    linked = colleagues.add(contacts.linked_to(subject.case, actor=request.actor), "taken_by_id")
    context = {
        "subject": subject,
        "trail": trail(subject),
        "linked": contacts.contact_lines(linked),
        "waiting": contacts.contact_lines(colleagues.add(found, "taken_by_id")),
        "page": page,
        "filter": sieve,
        "waiting_title": _("Noch ohne Fall: %(number)s") % {"number": total.text(_("Kontakt"), _("Kontakte"))},
        "may_write": not subject.case.closed_on,
    }
    return render(request, "counselling/contacts/choose.html", context)


@require_POST
def contact_link(request: HttpRequest, contact: UUID, household: UUID) -> HttpResponse:
    """Link a contact to a household's case."""
    row = found_or_404(ShortContact, request, contact)
    subject = opened_case(request, household, write=Scope.JOURNAL)
    return act(
        request,
        do=lambda at: cases.link_contact(contact=row, case=subject.case, by=request.actor, at=at),
        done=_("Der Kurzkontakt ist zugeordnet."),
        undo=reverse("contact_unlink", args=[row.pk]),
        to=reverse("contact_choose", args=[household]),
    )


@require_POST
def contact_unlink(request: HttpRequest, contact: UUID) -> HttpResponse:
    """Take back that a contact belongs to a case."""
    row = found_or_404(ShortContact, request, contact)
    household = household_of_row(row.case, actor=request.actor) if row.case_id else None
    if household is None:
        raise Http404
    return act(
        request,
        do=lambda at: cases.unlink_contact(contact=row, by=request.actor, at=at),
        done=_("Die Zuordnung ist gelöst."),
        undo=reverse("contact_link", args=[row.pk, household]),
        to=reverse("contact_choose", args=[household]),
    )
