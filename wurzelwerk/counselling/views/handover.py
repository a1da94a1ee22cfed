"""The page on which somebody's open work is handed over to colleagues."""

from collections import Counter
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.forms import add_action_error
from wurzelwerk.base.undo import say_done
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.absence_rules import may_manage
from wurzelwerk.network.absences import away_until
from wurzelwerk.network.access import leaving_day
from wurzelwerk.network.models import User

from ..forms.handover import HandoverForm
from ..handover import KINDS, Line, OpenWork, open_work, planned
from ..queries import at_work_beside
from .answering import WRONG, posted

DO = "uebergeben"
"""The button that hands over; the other one only shows what would happen."""


def handover(request: HttpRequest, user: UUID) -> HttpResponse:
    """Show all that is open in somebody's name; preview and hand over, to the person and who leads them."""
    person = User.objects.filter(pk=user).first()
    if person is None or not request.actor.may("case.work") or not may_manage(request.actor, person.pk):
        raise Http404
    work = open_work(person, actor=request.actor, now=clock.now())
    team = [one for one in at_work_beside(request.actor) if one.pk != person.pk]
    form = HandoverForm(posted(request), work=work, team=team)
    gives: list[tuple[Line, User]] = []
    if form.is_bound and form.is_valid():
        gives = planned(work, form.chosen())
        if request.POST.get("tun") == DO and _handed(request, form, person, gives):
            return redirect("handover", user=person.pk)
    context = {
        "person": person, "work": work, "prints": any(line.about for line in work.of("case")),
        "form": form, "preview": _preview(gives, work),
        "away": away_until([one.pk for one in team], on=request.actor.on), "asked": form.is_bound and form.is_valid(),
        "leaves_on": leaving_day(person.pk),
        "trail": [(_("Abwesenheiten"), reverse("absence_list"))],
    }  # fmt: skip
    status = WRONG if form.is_bound and not form.is_valid() else 200
    return render(request, "counselling/handover.html", context, status=status)


def _handed(request: HttpRequest, form: HandoverForm, person: User, gives: list[tuple[Line, User]]) -> bool:
    try:
        with transaction.atomic():
            if not idempotency.once(request):
                return True
            rows = [(line.row, to) for line, to in gives]
            change = cases.hand_work(person=person, gives=rows, by=request.actor, at=clock.now())
    except HouseError as error:
        add_action_error(form, error)
        return False
    said = _("Übergeben sind %(what)s.") % {"what": _in_words(Counter(line.kind for line, _to in gives))}
    say_done(request, said, undo=reverse("work_take_back", args=[change.pk]))
    return True


def _in_words(number: Counter[str]) -> str:
    return ", ".join(f"{label}: {number[kind]}" for kind, label in KINDS.items() if number[kind])


def _preview(gives: list[tuple[Line, User]], work: OpenWork) -> dict:
    """What each colleague would have, and what would be left."""
    by_person: dict[User, Counter[str]] = {}
    for line, to in gives:
        by_person.setdefault(to, Counter())[line.kind] += 1
    left = Counter(line.kind for line in work.lines) - Counter(line.kind for line, _to in gives)
    return {
        "lines": [(to, _in_words(number)) for to, number in sorted(by_person.items(), key=lambda one: str(one[0]))],
        "left": _in_words(left),
    }
