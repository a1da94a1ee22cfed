"""Pages of the notes for whoever takes a case over: write, read, put away, print."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wurzelwerk.base import clock, exports
from wurzelwerk.base.editing import Editing
from wurzelwerk.base.formats import day
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.absence_rules import may_manage
from wurzelwerk.cases.models import Case, HandoverNote
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.network.colleagues import Colleagues
from wurzelwerk.network.models import User
from wurzelwerk.trust.scopes import Scope

from ..forms.handing import HandoverNoteForm
from ..handing import known_lines, latest_notes, notes_of, parts_of
from ..handing_sheet import HandingSheet, render_handing
from ..handover import ROWS_AT_MOST
from ..queries import HouseholdNames, OpenHousehold, may_read, may_write
from .answering import act, ask, found_or_404, household_address, opened, opened_by_row, opened_case, posted, trail

PARTS = ("stands", "ahead", "mind")


def _notes_address(subject: OpenHousehold) -> str:
    return reverse("handover_notes", args=[subject.household.pk])


def _found(request: HttpRequest, pk: UUID, **state: Any) -> tuple[HandoverNote, OpenHousehold]:
    """Return a note that the actor may change, with its household; 404 for every other."""
    row = found_or_404(HandoverNote, request, pk)
    if any(getattr(row, name) != value for name, value in state.items()):
        raise Http404
    return row, opened_by_row(request, row, write=Scope.HANDOVER)


def handover_notes(request: HttpRequest, household: UUID) -> HttpResponse:
    """Show the hand-over notes of the case in which the actor works with a household."""
    subject = opened(request, household)
    if subject.case is None or not may_read(request.actor, subject.case, Scope.HANDOVER):
        raise Http404
    context = {
        "subject": subject,
        "trail": trail(subject),
        "lines": notes_of(subject.case, actor=request.actor, colleagues=Colleagues()),
        "writes": not subject.case.closed_on and may_write(request.actor, subject.case, Scope.HANDOVER),
    }
    return render(request, "counselling/handing/notes.html", context)


def handover_note_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Write a note; it begins with what the Akte knows of the next days."""
    subject = opened_case(request, household, write=Scope.HANDOVER)
    known = known_lines(subject.case, actor=request.actor, today=subject.today, now=clock.now())
    form = HandoverNoteForm(posted(request), initial={"ahead": "\n".join(f"- {line}" for line in known)})
    return ask(
        request, subject, form,
        title=_("Übergabenotiz schreiben"),
        do=lambda at: cases.write_handover_note(case=subject.case, text=form.to_text(), by=request.actor, at=at),
        done=_("Die Übergabenotiz liegt in der Akte."),
        undo=lambda row: reverse("handover_note_remove", args=[row.pk]),
        to=_notes_address(subject),
        writing=Writing("handover_note", Scope.HANDOVER, subject.case, subject.case.pk),
        lead=_("Wer den Fall übernimmt, sieht sie auf der Seite des Haushalts, bis sie als gelesen vermerkt ist."),
    )  # fmt: skip


def handover_note_edit(request: HttpRequest, handing: UUID) -> HttpResponse:
    """Change a note that nobody has read yet."""
    row, subject = _found(request, handing, read_at=None, removed_at=None)
    editing = Editing(row, lambda: {name: getattr(row, name) for name in PARTS})
    form = HandoverNoteForm(posted(request), initial=editing.initial)
    return ask(
        request, subject, form,
        title=_("Übergabenotiz ändern"),
        do=lambda at: cases.change_handover_note(note=row, text=form.to_text(), by=request.actor, at=at),
        done=_("Die Übergabenotiz ist geändert."),
        to=_notes_address(subject),
        editing=editing,
        writing=Writing("handover_note_change", Scope.HANDOVER, row, row.pk, editing.initial),
    )  # fmt: skip


@require_POST
def handover_note_read(request: HttpRequest, handing: UUID) -> HttpResponse:
    """Say that one has read the note."""
    row, subject = _found(request, handing, removed_at=None)
    return act(
        request,
        do=lambda at: cases.read_handover_note(note=row, by=request.actor, at=at),
        done=_("Vermerkt: gelesen. Die Übergabenotiz bleibt in der Akte."),
        to=household_address(subject),
    )


@require_POST
def handover_note_remove(request: HttpRequest, handing: UUID) -> HttpResponse:
    """Put a note away."""
    row, subject = _found(request, handing)
    return act(
        request,
        do=lambda at: cases.remove_handover_note(note=row, by=request.actor, at=at),
        done=_("Die Übergabenotiz ist entfernt."),
        undo=reverse("handover_note_restore", args=[row.pk]),
        to=_notes_address(subject),
    )


@require_POST
def handover_note_restore(request: HttpRequest, handing: UUID) -> HttpResponse:
    """Bring a note back."""
    row, subject = _found(request, handing)
    return act(
        request,
        do=lambda at: cases.restore_handover_note(note=row, by=request.actor, at=at),
        done=_("Die Übergabenotiz steht wieder da."),
        to=_notes_address(subject),
    )


# -- on paper ---------------------------------------------------------------------------------------------------------


@require_GET
def handover_note_pdf(request: HttpRequest, handing: UUID) -> HttpResponse:
    """One note as a page; its name and title name nobody."""
    row = found_or_404(HandoverNote, request, handing)
    case = Case.objects.visible_to(request.actor).select_related("akte__controller", "akte__site", "lead")
    about = HouseholdNames(request.actor).add(case.filter(pk=row.case_id))
    if row.removed_at or not about or not about[0].about:
        raise Http404
    return _printed([_sheet(about[0], row, ())])


@require_GET
def handover_pdf(request: HttpRequest, user: UUID) -> HttpResponse:
    """All open cases of somebody, one page each: the latest note, without one what the Akte knows."""
    person = User.objects.filter(pk=user).first()
    if person is None or not request.actor.may("case.work") or not may_manage(request.actor, person.pk):
        raise Http404
    rows = Case.objects.visible_to(request.actor).filter(lead_id=person.pk, closed_on__isnull=True)
    rows = rows.select_related("akte__controller", "akte__site", "lead").order_by("pk")
    named = [case for case in HouseholdNames(request.actor).add(rows[:ROWS_AT_MOST]) if case.about]
    if not named:
        raise Http404
    notes = latest_notes(named, actor=request.actor)
    exports.tell(request, name="uebergabe", title=_("Übergabe"), kind="pdf", rows=len(named))
    return _printed([
        _sheet(case, notes.get(case.pk), () if case.pk in notes else _known(request, case))
        for case in sorted(named, key=lambda one: (one.about.name.casefold(), one.pk))
    ])  # fmt: skip


def _known(request: HttpRequest, case: Case) -> tuple[str, ...]:
    return tuple(known_lines(case, actor=request.actor, today=request.actor.on, now=clock.now()))


def _sheet(case: Any, note: HandoverNote | None, known: tuple[str, ...]) -> HandingSheet:
    akte = case.akte
    lines = [(_("Aktenzeichen"), akte.reference), (_("Zuständig"), case.lead.display_name if case.lead else "–")]
    if note is not None:
        written = f"{note.written_by.display_name}, {day(note.written_at)}"
        return _as_sheet(case, [*lines, (_("Geschrieben von"), written)], parts_of(note))
    text = "\n".join(f"– {line}" for line in known) or _("In der Akte steht für die nächsten Tage nichts.")
    return _as_sheet(case, lines, [(_("Noch keine Übergabenotiz. Was in der Akte ansteht:"), text)])


def _as_sheet(case: Any, lines: list[tuple[str, str]], parts: list[tuple[str, str]]) -> HandingSheet:
    akte = case.akte
    office = f"{akte.controller.name}, {akte.site.name}" if akte.site else akte.controller.name
    return HandingSheet(case.about.name, office, tuple(lines), tuple(parts))


def _printed(sheets: list[HandingSheet]) -> HttpResponse:
    answer = HttpResponse(render_handing(sheets, at=clock.now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="uebergabe-{clock.today():%Y-%m-%d}.pdf"'
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
