"""Pages of the journal: read, search, write, change, correct."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from wurzelwerk.base import asked, clock, formats, paging
from wurzelwerk.base.editing import Editing
from wurzelwerk.base.readonly import reads_only
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.document_files import kept_files
from wurzelwerk.cases.journal_rules import last_day_to_change
from wurzelwerk.cases.models import Case, Note
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.network.colleagues import Colleagues
from wurzelwerk.network.models import User
from wurzelwerk.trust.scopes import Scope

from ..contacts import contact_lines, linked_to
from ..forms.journal import JournalFilter, NewNoteForm, NoteForm, begins_of
from ..journal import journal_lines, more_of
from ..queries import OpenHousehold, may_write
from ..text_blocks import offered
from .answering import ask, found_or_404, household_address, opened, opened_by_row, opened_case, posted, trail

NOTES_A_PAGE = 25


def _journal_address(subject: OpenHousehold) -> str:
    return reverse("journal", args=[subject.household.pk])


@sensitive_post_parameters(asked.TEXT)
@reads_only
def journal(request: HttpRequest, household: UUID) -> HttpResponse:
    """Show the whole journal of a household, newest first; a posted text is searched for in it."""
    subject = opened(request, household)
    if subject.case is None or not request.actor.reads_somewhere(Scope.JOURNAL):
        raise Http404
    if request.method == "POST":
        kept = {**request.GET.dict(), asked.MARK: asked.keep(request, request.POST.get(asked.TEXT, ""))}
        return redirect(f"{_journal_address(subject)}?{urlencode({key: one for key, one in kept.items() if one})}")
    notes = Note.objects.visible_to(request.actor).filter(case=subject.case)
    text = asked.kept(request, request.GET.get(asked.MARK, ""))
    sieve = JournalFilter(request.GET, authors=_authors(notes), text=text)
    notes = sieve.apply(notes)
    total = paging.count(notes)
    found, page = paging.take(notes, params=request.GET, size=NOTES_A_PAGE, total=total)
    names = Colleagues()
    linked = names.add(linked_to(subject.case, actor=request.actor), "taken_by_id")
    writes = subject.may_write(Scope.JOURNAL) and not subject.case.closed_on
    context = {
        "subject": subject,
        "lines": journal_lines(
            found,
            subject.members,
            names,
            more=more_of(found, subject, writes=writes),
            reader=request.actor.user_id,
            since=subject.new_since,
        ),
        "linked": contact_lines(linked),
        "page": page,
        "total": total.text(_("Eintrag"), _("Einträge")),
        "filter": sieve,
        "text": text,
        "trail": trail(subject),
        "may_write": writes,
    }
    return render(request, "counselling/journal.html", context)


def _authors(notes) -> list[tuple[str, str]]:
    """Return who wrote in this journal, for the filter."""
    users = User.objects.filter(pk__in=notes.order_by().values("author_id"))
    return [(str(user.pk), user.display_name) for user in users.order_by("last_name", "first_name", "pk")]


def note_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Write a journal entry."""
    return _write(request, opened_case(request, household, write=Scope.JOURNAL))


def note_correct(request: HttpRequest, note: UUID) -> HttpResponse:
    """Set an entry right by another one; both stay."""
    row = found_or_404(Note, request, note)
    return _write(request, opened_by_row(request, row, write=Scope.JOURNAL), corrected=row)


def _write(request: HttpRequest, subject: OpenHousehold, *, corrected: Note | None = None) -> HttpResponse:
    if (case := subject.case) is None:
        raise Http404
    form = _new_form(request, subject, case, corrected)

    def write(at):
        made = cases.write_note(
            case=case, corrects=corrected, note_id=form.cleaned_data["kennung"], by=request.actor, at=at,
            **form.to_note(at=at),
        )  # fmt: skip
        for file, data in form.to_documents(on=subject.today):
            cases.file_document(
                akte=case.akte, case=case, file=file, data=data, attached_to=made, by=request.actor, at=at
            )
        return made

    key, about = ("note_correction", corrected.pk) if corrected else ("note", case.pk)
    with kept_files():
        return ask(
            request,
            subject,
            form,
            title=_("Berichtigung schreiben") if corrected else _("Journaleintrag schreiben"),
            do=write,
            done=_("Der Eintrag steht im Journal."),
            to=household_address(subject, "journal"),
            template="counselling/note.html",
            blocks=offered(subject, author=request.user.display_name, at=clock.now()),
            writing=Writing(key, Scope.JOURNAL, case, about),
            lead=_correcting(corrected),
        )


def _new_form(request: HttpRequest, subject: OpenHousehold, case: Case, corrected: Note | None) -> NewNoteForm:
    return NewNoteForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        members=subject.members,
        today=subject.today,
        attaches=may_write(request.actor, case, Scope.DOCUMENTS),
        initial={"day": subject.today} | ({"kind": corrected.kind, "theme": corrected.theme} if corrected else {}),
    )


def _correcting(corrected: Note | None) -> str:
    if corrected is None:
        return ""
    day = formats.day(corrected.occurred_at)
    return _("Zum Eintrag vom %(day)s. Er bleibt stehen, Ihre Berichtigung steht dabei.") % {"day": day}


def note_edit(request: HttpRequest, note: UUID) -> HttpResponse:
    """Change an own entry of the last days; the former wording is kept and shown."""
    row = found_or_404(Note, request, note)
    subject = opened_by_row(request, row, write=Scope.JOURNAL)
    if row.author_id != request.actor.user_id:
        raise Http404
    editing = Editing(row, lambda: begins_of(row))
    form = NoteForm(posted(request), members=subject.members, today=subject.today, initial=editing.initial)
    present = {str(pk) for pk in editing.initial["participants"]}
    known = dict(form.fields["participants"].choices)
    form.fields["participants"].choices += [(pk, _("früheres Mitglied")) for pk in sorted(present - known.keys())]
    return ask(
        request,
        subject,
        form,
        title=_("Eintrag ändern"),
        do=lambda at: cases.change_note(note=row, by=request.actor, at=at, **form.to_note(at=at)),
        done=_("Der Eintrag ist geändert."),
        to=_journal_address(subject),
        cancel=_journal_address(subject),
        guard="yes",
        editing=editing,
        writing=Writing("note_change", Scope.JOURNAL, row, row.pk, stored=editing.stored or {}),
        lead=_("Ändern geht bis %(day)s. Die bisherige Fassung bleibt sichtbar.")
        % {"day": formats.day(last_day_to_change(row))},
    )
