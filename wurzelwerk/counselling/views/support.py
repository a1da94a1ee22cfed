"""Pages of the helper circle: who works with a household, and its helpers without an account."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base.editing import Editing
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Helper, OpenedMinutes
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.scopes import Scope

from ..forms.support import HelperEndForm, HelperForm
from ..minutes import named
from ..queries import OpenHousehold
from ..support import circle_of, conferences_of
from .answering import act, ask, found_or_404, opened, opened_by_row, posted, trail


def circle_address(subject: OpenHousehold) -> str:
    """Return the address of the household's helper circle."""
    return reverse("support_circle", args=[subject.household.pk])


def circle_trail(subject: OpenHousehold) -> list[tuple[str, str]]:
    """Return the links above a page below the helper circle."""
    return [*trail(subject), (_("Helferkreis"), circle_address(subject))]


def support_circle(request: HttpRequest, household: UUID) -> HttpResponse:
    """Show who works with a household, as far as the actor may know of each."""
    subject = opened(request, household)
    writes = subject.may_write(Scope.SUPPORT)
    keeps = subject.household.circle_id in request.actor.circles
    context = {
        "subject": subject,
        "circle": circle_of(subject),
        "conferences": conferences_of(subject.case, subject) if keeps else [],
        "keeps": keeps,
        "opened": [] if keeps else _opened_minutes(subject),
        "may_write": writes,
        "may_meet": writes and subject.case is not None and not subject.case.closed_on,
        "trail": trail(subject),
    }
    return render(request, "counselling/support/circle.html", context)


def _opened_minutes(subject: OpenHousehold) -> list[OpenedMinutes]:
    """The minutes that the actor's body may read."""
    rows = OpenedMinutes.objects.visible_to(subject.actor).of(akte_id=subject.household.akte_id)
    return named(rows.filter(closed_at__isnull=True, referral__household_id=subject.household.pk))


def helper_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Enter somebody without an account who works with the household."""
    subject = opened(request, household, write=Scope.SUPPORT)
    form = HelperForm(posted(request), members=subject.members, today=subject.today, initial={"since": subject.today})
    return ask(
        request,
        subject,
        form,
        title=_("In den Helferkreis eintragen"),
        do=lambda at: cases.add_helper(household=subject.household, helper=form.to_helper(), by=request.actor, at=at),
        done=_("Der Eintrag steht im Helferkreis."),
        to=circle_address(subject),
        trail=circle_trail(subject),
        writing=Writing("helper", Scope.SUPPORT, subject.household, subject.household.pk),
    )


def helper_edit(request: HttpRequest, helper: UUID) -> HttpResponse:
    """Correct what is known of a helper."""
    row = found_or_404(Helper, request, helper)
    subject = opened_by_row(request, row, write=Scope.SUPPORT)
    editing = Editing(row, lambda: HelperForm.initial_of(row))
    form = HelperForm(posted(request), members=subject.members, today=subject.today, initial=editing.initial)
    return ask(
        request,
        subject,
        form,
        title=_("Eintrag im Helferkreis"),
        do=lambda at: cases.change_helper(helper=row, data=form.to_helper(), by=request.actor, at=at),
        done=_("Der Eintrag ist gespeichert."),
        to=circle_address(subject),
        trail=circle_trail(subject),
        writing=Writing("helper", Scope.SUPPORT, row, row.pk, editing.initial),
        editing=editing,
    )


def helper_end(request: HttpRequest, helper: UUID) -> HttpResponse:
    """Record that somebody no longer works with the household."""
    row = found_or_404(Helper, request, helper)
    subject = opened_by_row(request, row, write=Scope.SUPPORT)
    form = HelperEndForm(posted(request), initial={"until": subject.today})

    def end(at):
        cases.end_helper(
            helper=row, until=form.cleaned_data["until"], because=form.cleaned_data["because"], by=request.actor, at=at
        )
        return row

    return ask(
        request,
        subject,
        form,
        title=_("Aus dem Helferkreis nehmen"),
        do=end,
        done=_("Der Eintrag ist beendet."),
        undo=lambda _result: reverse("helper_return", args=[row.pk]),
        to=circle_address(subject),
        trail=circle_trail(subject),
        lead=_("%(name)s steht danach unter „Früher“.") % {"name": row.name},
        label=_("Beenden"),
    )


@require_POST
def helper_return(request: HttpRequest, helper: UUID) -> HttpResponse:
    """Take back that somebody ended."""
    row = found_or_404(Helper, request, helper)
    subject = opened_by_row(request, row, write=Scope.SUPPORT)
    return act(
        request,
        do=lambda at: cases.return_helper(helper=row, by=request.actor, at=at),
        done=_("Der Eintrag steht wieder im Helferkreis."),
        to=circle_address(subject),
    )
