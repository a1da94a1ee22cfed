"""Close, open and assign the counselling case."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base.editing import Editing
from wurzelwerk.base.forms import Form
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import ApprovedAct
from wurzelwerk.trust.scopes import Scope

from ..approving import ask_first
from ..caseload import loads_of
from ..forms.plan import AssignForm
from ..queries import colleagues
from .answering import act, ask, household_address, opened_case, posted


class ClosingForm(Form):
    """Nothing to fill in; the page asks for a yes."""

    once = True


def case_close(request: HttpRequest, household: UUID) -> HttpResponse:
    """Close the case after a question."""
    subject = opened_case(request, household, write=Scope.REGISTER)
    if asking := ask_first(request, subject, ApprovedAct.CLOSE_CASE, to=household_address(subject)):
        return asking
    return ask(
        request,
        subject,
        ClosingForm(posted(request)),
        title=_("Beratung abschließen?"),
        do=lambda at: cases.close_case(case=subject.case, by=request.actor, at=at) or subject.case,
        done=_("Die Beratung ist abgeschlossen."),
        undo=lambda _result: reverse("case_reopen", args=[subject.household.pk]),
        to=household_address(subject),
        label=_("Beratung abschließen"),
        lead=_(
            "Danach lässt sich nichts mehr eintragen, bis der Fall wieder geöffnet wird. "
            "Offene Aufgaben bleiben stehen."
        ),
    )


@require_POST
def case_reopen(request: HttpRequest, household: UUID) -> HttpResponse:
    """Open a closed case again."""
    subject = opened_case(request, household, write=Scope.REGISTER)
    return act(
        request,
        do=lambda at: cases.reopen_case(case=subject.case, by=request.actor, at=at),
        done=_("Die Beratung ist wieder offen."),
        to=household_address(subject),
    )


def case_assign(request: HttpRequest, household: UUID) -> HttpResponse:
    """Give a case to a colleague; for those who assign work."""
    subject = opened_case(request, household, write=Scope.REGISTER)
    if not request.actor.may("case.assign"):
        raise Http404
    team = colleagues(subject.case.akte, on=subject.today)
    editing = Editing(subject.case, lambda: {"lead": subject.case.lead_id})
    loads = loads_of(list(team), actor=request.actor, today=subject.today)
    form = AssignForm(posted(request), team=team, loads=loads, initial=editing.initial)
    return ask(
        request,
        subject,
        form,
        title=_("Zuständigkeit ändern"),
        do=lambda at: cases.assign_case(case=subject.case, lead=form.cleaned_data["lead"], by=request.actor, at=at),
        done=_("Die Zuständigkeit ist geändert."),
        to=household_address(subject),
        editing=editing,
    )
