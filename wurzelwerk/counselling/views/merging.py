"""Pages for a household that was taken in twice: find the other Akte, compare, merge, part."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from wurzelwerk.base.errors import WrongState
from wurzelwerk.base.formats import day
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MergeChoice
from wurzelwerk.cases.merge_rules import may_unmerge
from wurzelwerk.cases.merge_sides import Side, may_merge, proposed_double, side_of
from wurzelwerk.cases.models import Household, Merge
from wurzelwerk.network import remembered

from ..forms.merging import PAIR, DoubleForm, MergeForm, PairForm, TwiceForm
from ..merging import Preview, doubles_of, pairs_proposed, person_preview, preview, sides
from ..queries import OpenHousehold
from .answering import WRONG, ask, household_address, opened, posted, trail
from .case import ClosingForm

MARK = "stand"
SEARCHED = "double"
"""Under which name the session holds for which household somebody looked, and for what."""


@sensitive_post_parameters("text")
def duplicate_choose(request: HttpRequest, household: UUID) -> HttpResponse:
    """Look for the other Akte of a household taken in twice, or for two entries of one person in this one.

    What is looked for is kept with the session, so that no address holds it.
    """
    subject = _own(request, household)
    side = side_of(subject.household)
    twice = TwiceForm(request.GET if "person" in request.GET else None, side=side, initial=_twice(side))
    if twice.is_bound and twice.is_valid():
        return redirect("person_merge", household, twice.cleaned_data["person"], twice.cleaned_data["double"])
    form = DoubleForm(posted(request))
    if form.is_bound and form.is_valid():
        request.session[SEARCHED] = [str(household), form.cleaned_data["text"]]
        return redirect("duplicate_choose", household=household)
    kept_for, text = request.session.get(SEARCHED) or ("", "")
    if kept_for != str(household):
        text = ""
    if not form.is_bound:
        form = DoubleForm(initial={"text": text})
    found = doubles_of(subject.household, text, actor=request.actor)
    context = {
        "subject": subject,
        "trail": trail(subject),
        "form": form,
        "twice": twice if len(side.persons) > 1 else None,
        "proposed": bool(twice.initial),
        "text": text,
        "lines": [(one, _place(one), _compare(subject.household, one)) for one in found],
    }
    return render(request, "counselling/merging/choose.html", context, status=WRONG if form.is_bound else 200)


def _twice(side: Side) -> dict[str, str]:
    """Who probably stands twice in a household."""
    found = proposed_double(side)
    return {"person": str(found[0].pk), "double": str(found[1].pk)} if found else {}


def _own(request: HttpRequest, household: UUID) -> OpenHousehold:
    subject = opened(request, household)
    if not may_merge(request.actor, subject.household.akte):
        raise Http404
    return subject


def _place(household: Household) -> str:
    akte = household.akte
    return remembered.sites.name(akte.site_id) or remembered.organisations.name(akte.controller_id)


def _compare(one: Household, other: Household) -> str:
    """The address at which two are compared; the older Akte is the one to keep."""
    kept, dropped = sorted([one, other], key=lambda row: (row.akte.opened_at, row.akte_id.int))
    return reverse("household_merge", args=[kept.pk, dropped.pk])


def household_merge(request: HttpRequest, household: UUID, dropped: UUID) -> HttpResponse:
    """Show two Akten side by side and what merging would do; by POST do it."""
    found = sides(household, dropped, actor=request.actor)
    if found is None:
        raise Http404
    subject = opened(request, household)
    pairing = PairForm(_asked(request), kept=found[0], dropped=found[1], pairs=pairs_proposed(*found))
    shown = preview(*found, _pairs(pairing, found), on=subject.today)
    form = MergeForm(posted(request), preview=shown)

    def merge(at: datetime) -> Merge:
        _check_unchanged(request, shown, pairing)
        choice = MergeChoice(shown.pairs, form.taken())
        return cases.merge_households(
            kept=found[0].household, dropped=found[1].household, choice=choice, by=request.actor, at=at
        )

    return ask(
        request,
        subject,
        form,
        title=_("Akten zusammenführen"),
        template="counselling/merging/preview.html",
        do=merge,
        done=_("Die Akten sind zusammengeführt. %(reference)s ist geschlossen.")
        % {"reference": found[1].akte.reference},
        undo=lambda made: reverse("household_unmerge", args=[household, made.pk]),
        to=household_address(subject),
        label=_("Zusammenführen"),
        preview=shown,
        pairing=pairing,
        turned=reverse("household_merge", args=[dropped, household]),
    )


def _asked(request: HttpRequest):
    return request.GET if any(name.startswith(PAIR) for name in request.GET) else None


def _pairs(pairing: PairForm, found: tuple) -> dict[UUID, UUID]:
    """Return who is chosen to be the same; as long as the choice is impossible nobody is."""
    if pairing.is_bound:
        return pairing.pairs() if pairing.is_valid() else {}
    return pairs_proposed(*found)


def _check_unchanged(request: HttpRequest, shown: Preview, pairing: PairForm) -> None:
    if pairing.is_bound and not pairing.is_valid():
        raise WrongState(_("Bitte wählen Sie zuerst aus, wer dieselbe Person ist."))
    _check_mark(request, shown.mark)


def _check_mark(request: HttpRequest, mark: str) -> None:
    if request.POST.get(MARK) != mark:
        raise WrongState(_("Inzwischen hat sich etwas geändert. Bitte sehen Sie die Vorschau noch einmal an."))


def person_merge(request: HttpRequest, household: UUID, person: UUID, double: UUID) -> HttpResponse:
    """Show two entries for one person side by side and what merging would do; by POST do it."""
    subject = _own(request, household)
    side = side_of(subject.household)
    known = {one.pk: one for one in side.persons}
    if person == double or person not in known or double not in known:
        raise Http404
    kept, dropped = known[person], known[double]
    shown = person_preview(side, kept, dropped, on=subject.today)
    form = MergeForm(posted(request), preview=shown)

    def merge(at: datetime) -> Merge:
        _check_mark(request, shown.mark)
        return cases.merge_persons(
            household=subject.household, kept=kept, dropped=dropped, taken=form.taken(), by=request.actor, at=at
        )

    return ask(
        request,
        subject,
        form,
        title=_("Doppelt geführte Person"),
        template="counselling/merging/person.html",
        do=merge,
        done=_("Die beiden Einträge sind einer geworden."),
        undo=lambda made: reverse("household_unmerge", args=[household, made.pk]),
        to=household_address(subject, "personen"),
        label=_("Zusammenführen"),
        preview=shown,
        turned=reverse("person_merge", args=[household, double, person]),
    )


def household_unmerge(request: HttpRequest, household: UUID, merge: UUID) -> HttpResponse:
    """Part two Akten, or two entries of one Akte, again, after a question."""
    subject = _own(request, household)
    rows = Merge.objects.visible_to(request.actor).filter(household=subject.household, undone_at__isnull=True)
    row = get_object_or_404(rows.select_related("akte", "dropped_akte"), pk=merge)
    if not may_unmerge(request.actor, row):
        raise Http404
    texts = _of_person(row) if row.is_of_person else _of_akten(row)
    return ask(
        request,
        subject,
        ClosingForm(posted(request)),
        do=lambda at: cases.unmerge_households(merge=row, by=request.actor, at=at),
        to=household_address(subject),
        label=_("Trennen"),
        **texts,
    )


def _of_akten(merge: Merge) -> dict[str, Any]:
    said = {"reference": merge.dropped_akte.reference, "day": day(merge.merged_at)}
    return {
        "title": _("Akten wieder trennen?"),
        "lead": _("Zusammengeführt mit %(reference)s am %(day)s.") % said,
        "points": [
            _("Beide Akten stehen danach wieder so da wie vor dem Zusammenführen."),
            _("Was seitdem geschrieben wurde, bleibt in dieser Akte."),
        ],
        "done": _("Die Akten sind wieder getrennt. %(reference)s steht wieder für sich.") % said,
    }


def _of_person(merge: Merge) -> dict[str, Any]:
    return {
        "title": _("Einträge wieder trennen?"),
        "lead": _("Zusammengeführt am %(day)s.") % {"day": day(merge.merged_at)},
        "points": [
            _("Beide Einträge stehen danach wieder so da wie vor dem Zusammenführen."),
            _("Was seitdem geschrieben wurde, bleibt bei dem Eintrag, der geblieben ist."),
        ],
        "done": _("Es sind wieder zwei Einträge."),
    }
