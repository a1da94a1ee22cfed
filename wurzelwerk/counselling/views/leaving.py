"""The page on which somebody's leaving of the house is entered and taken back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.leaving_rules import kept, kept_memberships, people_that_may_leave
from wurzelwerk.network.models import User

from ..forms.leaving import LeavingForm
from ..leaving import leavers
from .answering import act, ask, posted


def leaving(request: HttpRequest) -> HttpResponse:
    """Show who leaves of those whose day the actor may set, and set one."""
    if kept_memberships(request.actor) is None:
        raise Http404
    people = people_that_may_leave(request.actor)
    form = LeavingForm(posted(request), people=people)

    def set_it(at):
        cases.set_leaving(user=form.person(), leaves_on=form.cleaned_data["leaves_on"], by=request.actor, at=at)
        return form.person()

    return ask(
        request, None, form,
        title=_("Wer das Haus verlässt"),
        do=set_it,
        done=_("Der Tag ist eingetragen."),
        undo=lambda person: reverse("leaving_take_back", args=[person.pk]),
        to=reverse("leaving"),
        template="counselling/leaving/page.html",
        lines=leavers(request.actor, now=clock.now()),
        asks=bool(people),
        hands_over=request.actor.may("case.assign"),
    )  # fmt: skip


@require_POST
def leaving_take_back(request: HttpRequest, user: UUID) -> HttpResponse:
    """Somebody stays after all."""
    person = User.objects.filter(pk=user).first()
    if person is None or not kept(request.actor).filter(user=person).exists():
        raise Http404
    return act(
        request,
        do=lambda at: cases.take_back_leaving(user=person, by=request.actor, at=at),
        done=_("Zurückgenommen: Der Zugang bleibt, wie er war."),
        to=reverse("leaving"),
    )
