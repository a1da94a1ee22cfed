"""Absence and cover: the list, entering, changing, ending, taking back; who stands in for single cases."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base.editing import Editing
from wurzelwerk.base.formats import day
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.absence_rules import led_people, may_manage
from wurzelwerk.cases.covers import away_meanwhile
from wurzelwerk.cases.models import AbsenceChange, Case, Cover
from wurzelwerk.counselling.queries import HouseholdNames
from wurzelwerk.network.models import Absence

from ..absence_forms import AbsenceForm, CaseCoversForm, stored
from ..absences import AbsenceTable, colleagues_of, single_covers, state_of
from ..answering import act, ask, posted

LIST = "absence_list"


def absence_list(request: HttpRequest) -> HttpResponse:
    """Show who of the actor's team is away when."""
    table = AbsenceTable(actor=request.actor, request=request)
    return table.export() or render(request, "desk/absence/list.html", {"table": table})


def _managed(request: HttpRequest, pk: UUID) -> Absence:
    """Return an absence that the actor may read whole and change; 404 for every other."""
    absence = Absence.objects.select_related("user").filter(pk=pk).first()
    if absence is None or not may_manage(request.actor, absence.user_id):
        raise Http404
    return absence


def _trail() -> list[tuple[str, str]]:
    return [(_("Abwesenheiten"), reverse(LIST))]


def absence_new(request: HttpRequest) -> HttpResponse:
    """Enter an absence: one's own, or as a lead that of somebody of the team."""
    me = request.user
    whose = {user.pk: user for user in [me, *led_people(request.actor)]}
    form = AbsenceForm(
        posted(request),
        whose=list(whose.values()),
        team=colleagues_of(request.actor),
        initial={"user": me.pk, "starts_on": request.actor.on, "ends_on": None},
    )

    def enter(at):
        absence = cases.record_absence(user=form.person(me), **form.to_absence(), by=request.actor, at=at)
        _warn(request, absence)
        return absence

    return ask(
        request,
        form,
        do=enter,
        done=_("Die Abwesenheit ist eingetragen."),
        undo=lambda absence: reverse("absence_cancel", args=[absence.pk]),
        to=reverse(LIST),
        template="desk/absence/form.html",
        trail=_trail(),
        title=_("Abwesenheit eintragen"),
    )


def _warn(request: HttpRequest, absence: Absence) -> None:
    """Say which covers are themselves away meanwhile, and that nobody covers where so it is."""
    covers = [cover.user for cover in absence.covers.select_related("user")]
    for user, away in away_meanwhile(covers, absence):
        said = _("%(name)s ist selbst abwesend: %(from)s bis %(until)s.")
        messages.warning(request, said % {"name": user, "from": day(away.from_), "until": day(away.until)})
    if not covers:
        messages.warning(request, _("Es ist noch keine Vertretung eingetragen."))


def absence_edit(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Change an absence, or end it."""
    row = _managed(request, absence)
    editing = Editing(row, lambda: stored(row))
    form = AbsenceForm(posted(request), whose=[row.user], team=colleagues_of(request.actor), initial=editing.initial)

    def change(at):
        done = cases.change_absence(absence=row, **form.to_absence(), by=request.actor, at=at)
        _warn(request, row)
        return done

    covers = [cover.user for cover in row.covers.select_related("user")]
    return ask(
        request,
        form,
        do=change,
        done=_("Die Abwesenheit ist geändert."),
        undo=_back,
        to=reverse(LIST),
        template="desk/absence/edit.html",
        editing=editing,
        trail=_trail(),
        title=_("Abwesenheit von %(name)s") % {"name": row.user},
        absence=row,
        state=state_of(row, on=request.actor.on),
        runs=row.starts_on < request.actor.on <= row.ends_on and not row.cancelled_at,
        missing=away_meanwhile(covers, row),
        singles=single_covers(row, actor=request.actor),
    )


def _back(change: AbsenceChange) -> str:
    return reverse("absence_change_back", args=[change.pk])


def absence_cases(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Say who stands in for single cases of somebody who is away."""
    row = _managed(request, absence)
    named = _named_cases(request, row)
    known = {cover.case_id: str(cover.user_id) for cover in row.covers.filter(case__isnull=False)}
    everything = [cover.user.display_name for cover in row.covers.filter(case__isnull=True).select_related("user")]
    form = CaseCoversForm(
        posted(request),
        cases=named,
        team=colleagues_of(request.actor),
        otherwise=", ".join(everything) or _("niemand"),
        initial={f"fall_{case.pk.hex}": known.get(case.pk, "") for case, _label in named},
    )
    return ask(
        request,
        form,
        do=lambda at: cases.assign_covers(absence=row, cases=form.to_covers(), by=request.actor, at=at),
        done=_("Die Vertretung für einzelne Fälle ist eingetragen."),
        undo=_back,
        to=reverse("absence_edit", args=[row.pk]),
        template="desk/absence/cases.html",
        trail=[*_trail(), (_("Abwesenheit"), reverse("absence_edit", args=[row.pk]))],
        title=_("Vertretung für einzelne Fälle"),
        absence=row,
        number=len(named),
    )


def _named_cases(request: HttpRequest, row: Absence) -> list[tuple[Case, str]]:
    """The open cases of somebody as far as the actor sees them, each with its household's name."""
    rows = Case.objects.visible_to(request.actor).filter(lead_id=row.user_id, closed_on__isnull=True)
    found = HouseholdNames(request.actor).add(rows.select_related("akte"))
    named = [(case, case.about.name if case.about else case.akte.reference) for case in found]
    return sorted(named, key=lambda one: one[1])


@require_POST
def absence_end(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Somebody is back earlier than planned."""
    row = _managed(request, absence)
    return act(
        request,
        do=lambda at: cases.end_absence(absence=row, by=request.actor, at=at),
        done=_("Die Abwesenheit ist beendet. Wieder da: %(name)s.") % {"name": row.user},
        undo=reverse("absence_resume", args=[row.pk]),
        to=reverse(LIST),
    )


@require_POST
def absence_resume(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Take back that somebody is back."""
    row = _managed(request, absence)
    return act(
        request,
        do=lambda at: cases.resume_absence(absence=row, by=request.actor, at=at),
        done=_("Die Abwesenheit geht weiter wie geplant."),
        to=reverse(LIST),
    )


@require_POST
def absence_cancel(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Take an absence out of the list."""
    row = _managed(request, absence)
    return act(
        request,
        do=lambda at: cases.cancel_absence(absence=row, by=request.actor, at=at),
        done=_("Die Abwesenheit ist zurückgenommen."),
        undo=reverse("absence_restore", args=[row.pk]),
        to=reverse(LIST),
    )


@require_POST
def absence_restore(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Bring an absence back into the list."""
    row = _managed(request, absence)
    return act(
        request,
        do=lambda at: cases.restore_absence(absence=row, by=request.actor, at=at),
        done=_("Die Abwesenheit steht wieder in der Liste."),
        to=reverse(LIST),
    )


@require_POST
def cover_seen(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Say that one knows of having to cover; somebody else's cover is not found."""
    mine = list(Cover.objects.filter(absence_id=absence, user_id=request.actor.user_id).select_related("absence"))
    if not mine:
        raise Http404
    return act(
        request,
        do=lambda at: cases.read_cover(covers=mine, by=request.actor, at=at),
        done=_("Vermerkt: Sie wissen von der Vertretung."),
        to=reverse("today"),
    )
