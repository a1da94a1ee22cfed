"""Pages of a separation: who goes where, what that does, the way back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Case, Separation
from wurzelwerk.cases.separation_rules import may_separate

from ..forms.separation import AGAIN, BOTH, GOES, SEEN, STAYS, SeparationForm
from ..queries import OpenHousehold
from .answering import act, ask, found_or_404, opened, posted, trail


def _own(request: HttpRequest, pk: UUID) -> tuple[OpenHousehold, Case]:
    subject = opened(request, pk)
    if subject.case is None or not may_separate(request.actor, subject.household):
        raise Http404
    return subject, subject.case


def household_separate(request: HttpRequest, household: UUID) -> HttpResponse:
    """Ask who goes where, show what that does, and on the second yes do it."""
    subject, case = _own(request, household)
    above = [*trail(subject), (_("Familie und Sorgerecht"), reverse("family", args=[household]))]
    form = SeparationForm(posted(request), subject=subject, initial={"on": subject.today})
    context = {
        "trail": above, "title": _("Haushalt trennen"), "subject": subject, "form": form,
        "cancel": reverse("family", args=[household]),
    }  # fmt: skip
    if form.is_bound and AGAIN in request.POST:
        fresh = SeparationForm(subject=subject, initial={name: request.POST.get(name) for name in form.fields})
        return render(request, "counselling/separation.html", {**context, "form": fresh})
    if form.is_bound and form.is_valid() and not form.is_seen:
        context |= {"staying": form.living(STAYS, BOTH), "going": form.living(GOES, BOTH), "both": form.living(BOTH)}
        return render(request, "counselling/separation_preview.html", {**context, "seen": SEEN, "again": AGAIN})
    return ask(
        request,
        subject,
        form,
        title=context["title"],
        template="counselling/separation.html",
        do=lambda at: cases.separate_household(
            case=case, household=subject.household, plan=form.to_plan(), by=request.actor, at=at
        ),
        done=_("Aus dem Haushalt sind zwei geworden. Bitte prüfen Sie bei beiden die Beziehungen und die Unterkunft."),
        undo=lambda made: reverse("household_unseparate", args=[household, made.pk]),
        to=context["cancel"],
        trail=above,
    )


@require_POST
def household_unseparate(request: HttpRequest, household: UUID, separation: UUID) -> HttpResponse:
    """Make one household of the two again."""
    _own(request, household)
    row = found_or_404(Separation, request, separation)
    if row.household_id != household:
        raise Http404
    return act(
        request,
        do=lambda at: cases.unseparate_household(separation=row, by=request.actor, at=at),
        done=_("Die Trennung ist zurückgenommen. Es ist wieder ein Haushalt."),
        to=reverse("family", args=[household]),
    )
