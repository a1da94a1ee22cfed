"""Pages of one household's letters: the list, a new one, its text, its sheet, what became of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.documents import TextNotPrintable
from wurzelwerk.base.editing import Editing
from wurzelwerk.cases.document_files import kept_files
from wurzelwerk.cases.queries import home_of
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.scopes import Scope

from .. import actions
from ..filling import gaps, pairs
from ..forms import TEXT_FIELDS, BeginForm, LetterForm, SentForm
from ..models import Letter
from ..queries import Correspondence, filed_content, filed_versions, first_languages, letters_of, members
from ..recipients import warnings
from ..sheet import letter_pages, letter_pdf
from ..tables import LetterTable, template_name
from ..word import WORD, letter_docx
from ..wording import words
from .answering import act, ask, letters_address, of_household, of_letter, posted, trail

COUNTED = 10
"""Dots an inch of a picture that is only counted."""


def letter_list(request: HttpRequest, household: UUID) -> HttpResponse:
    """Show the letters of a household."""
    frame = of_household(request, household)
    table = LetterTable(rows=letters_of(frame.case, actor=request.actor), request=request)
    page = {"frame": frame, "table": table, "trail": trail(frame.household)}
    return table.export() or render(request, "letters/list.html", page)


def letter_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Begin a letter: which one, to whom, in which language."""
    frame = of_household(request, household, write=True)
    people = members(frame.household, actor=request.actor)
    if not people:
        raise Http404
    spoken = first_languages([member.person_id for member in people], actor=request.actor)
    initial = {"person": str(people[0].person_id), "language": spoken.get(people[0].person_id, "")}
    form = BeginForm(posted(request), household=frame, members=people, initial=initial)

    def begin(at: Any) -> Letter:
        subject = frame.subject(form.persons[form.cleaned_data["person"]])
        return actions.begin_letter(subject=subject, choice=form.to_choice(), by=request.actor, at=at)

    return ask(
        request,
        form,
        title=_("Brief schreiben"),
        do=begin,
        done=_("Der Brief ist begonnen. Bitte prüfen und ergänzen."),
        undo=lambda letter: reverse("letter_discard", args=[letter.pk]),
        to=lambda letter: reverse("letter_edit", args=[letter.pk]) if letter else letters_address(frame.household),
        cancel=letters_address(frame.household),
        label=_("Weiter zum Text"),
        frame=frame,
        trail=trail(frame.household, (_("Briefe"), letters_address(frame.household))),
    )


def letter_edit(request: HttpRequest, letter: UUID) -> HttpResponse:
    """Write what stands on a letter."""
    row, frame = of_letter(request, letter, write=True)
    if row.sent_on or row.discarded_at:
        raise Http404
    home = home_of(frame.household, actor=request.actor)
    editing = Editing(row, lambda: {name: getattr(row, name) for name in TEXT_FIELDS})
    form = LetterForm(posted(request), initial=editing.initial, letter=row)
    return ask(
        request,
        form,
        title=_("Brief bearbeiten"),
        do=lambda at: actions.change_letter(letter=row, text=form.to_text(), home=home, by=request.actor, at=at),
        done=_("Der Brief ist gespeichert."),
        to=reverse("letter", args=[row.pk]),
        cancel=reverse("letter", args=[row.pk]),
        label=_("Speichern und ansehen"),
        editing=editing,
        writing=Writing("letter", Scope.DOCUMENTS, row, row.pk, editing.initial),
        warnings=warnings(row.target, person=row.person, home=home),
        lead=template_name(row),
        frame=frame,
        trail=trail(frame.household, (_("Briefe"), letters_address(frame.household))),
    )


def letter(request: HttpRequest, letter: UUID) -> HttpResponse:
    """Show a letter as it will be printed, with what is still to do."""
    row, frame = of_letter(request, letter)
    home = home_of(frame.household, actor=request.actor)
    pages, unprintable = (0, "") if row.is_word else _pages(row)
    context = {
        "letter": row,
        "frame": frame,
        "template": template_name(row),
        "language": words(row.language)["name"] if row.language else "",
        "pages": range(1, pages + 1),
        "unprintable": unprintable,
        "gaps": gaps(row.subject, row.salutation, row.text, row.own_text),
        "warnings": warnings(row.target, person=row.person, home=home),
        "single": []
        if row.is_word
        else [german for german, own in pairs(row.text, row.own_text, row.beside) if german and not own],
        "versions": filed_versions(row, actor=request.actor),
        "trail": trail(frame.household, (_("Briefe"), letters_address(frame.household))),
        "may_write": frame.may_write,
    }
    return render(request, "letters/letter.html", context)


def _pages(row: Letter) -> tuple[int, str]:
    """How many pages a letter has, or why it cannot be printed."""
    try:
        letter_pdf([row], authors={row.author_id: row.author}, at=clock.now())
    except TextNotPrintable as error:
        return 0, error.message
    return len(letter_pages(row, author=row.author, dots=COUNTED)), ""


def letter_pdf_file(request: HttpRequest, letter: UUID) -> HttpResponse:
    """Serve a letter as PDF, to be printed from the window of the browser; its name and title name nobody."""
    row, _frame = of_letter(request, letter)
    if row.is_word:
        raise Http404
    try:
        content = filed_content(row, actor=request.actor) or letter_pdf(
            [row], authors={row.author_id: row.author}, at=clock.now()
        )
    except TextNotPrintable as error:
        raise Http404(error.message) from None
    return served(content, "application/pdf", f'inline; filename="brief-{row.dated_on:%Y-%m-%d}.pdf"')


def letter_word(request: HttpRequest, letter: UUID) -> HttpResponse:
    """Serve a letter from an office's own template as a Word file."""
    row, _frame = of_letter(request, letter)
    if not row.is_word:
        raise Http404
    content = filed_content(row, actor=request.actor) or letter_docx(row)
    return served(content, WORD, f'attachment; filename="brief-{row.dated_on:%Y-%m-%d}.docx"')


def letter_page(request: HttpRequest, letter: UUID, number: int) -> HttpResponse:
    """Serve one page of a letter as a picture, for the preview."""
    row, _frame = of_letter(request, letter)
    if row.is_word:
        raise Http404
    pages = letter_pages(row, author=row.author)
    if not 1 <= number <= len(pages):
        raise Http404
    return served(pages[number - 1], "image/png", "inline")


def served(content: bytes, kind: str, disposition: str) -> HttpResponse:
    """Answer with a file that nobody keeps."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = disposition
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def letter_sent(request: HttpRequest, letter: UUID) -> HttpResponse:
    """Mark a letter as sent."""
    row, frame = of_letter(request, letter, write=True)
    if row.sent_on or row.discarded_at:
        raise Http404
    form = SentForm(posted(request), initial={"sent_on": frame.today})
    with kept_files():
        return _sent(request, row, frame, form)


def _sent(request: HttpRequest, row: Letter, frame: Correspondence, form: SentForm) -> HttpResponse:
    home = home_of(frame.household, actor=request.actor)
    return ask(
        request,
        form,
        title=_("Versand vermerken"),
        do=lambda at: actions.send_letter(
            letter=row, way=form.cleaned_data["way"], sent_on=form.cleaned_data["sent_on"], home=home,
            by=request.actor, at=at,
        ),
        done=_("Der Versand ist vermerkt, der Brief liegt in der Akte."),
        undo=lambda _letter: reverse("letter_take_back", args=[row.pk]),
        to=reverse("letter", args=[row.pk]),
        cancel=reverse("letter", args=[row.pk]),
        label=_("Versand vermerken"),
        warnings=warnings(row.target, person=row.person, home=home),
        lead=row.subject,
        frame=frame,
        trail=_trail_of(row, frame),
    )  # fmt: skip


def _trail_of(row: Letter, frame: Correspondence) -> list[tuple[str, str]]:
    own = (_("Brief vom %(day)s") % {"day": f"{row.dated_on:%d.%m.%Y}"}, reverse("letter", args=[row.pk]))
    return trail(frame.household, (_("Briefe"), letters_address(frame.household)), own)


@require_POST
def letter_take_back(request: HttpRequest, letter: UUID) -> HttpResponse:
    """Take back that a letter is sent; what was filed of it is hidden."""
    row, _frame = of_letter(request, letter, write=True)
    return act(
        request,
        do=lambda at: actions.take_back_sending(letter=row, by=request.actor, at=at),
        done=_("Der Brief ist wieder ein Entwurf."),
        to=reverse("letter", args=[row.pk]),
    )


@require_POST
def letter_reopen(request: HttpRequest, letter: UUID) -> HttpResponse:
    """Write a new version of a letter that was sent."""
    row, _frame = of_letter(request, letter, write=True)
    return act(
        request,
        do=lambda at: actions.reopen_letter(letter=row, by=request.actor, at=at),
        done=_("Sie schreiben eine neue Fassung. Was verschickt wurde, liegt weiter in der Akte."),
        to=reverse("letter_edit", args=[row.pk]),
    )


@require_POST
def letter_discard(request: HttpRequest, letter: UUID) -> HttpResponse:
    """Put a letter aside."""
    row, frame = of_letter(request, letter, write=True)
    return act(
        request,
        do=lambda at: actions.discard_letter(letter=row, by=request.actor, at=at),
        done=_("Der Brief ist verworfen."),
        undo=reverse("letter_restore", args=[row.pk]),
        to=letters_address(frame.household),
    )


@require_POST
def letter_restore(request: HttpRequest, letter: UUID) -> HttpResponse:
    """Bring a discarded letter back."""
    row, _frame = of_letter(request, letter, write=True)
    return act(
        request,
        do=lambda at: actions.restore_letter(letter=row, by=request.actor, at=at),
        done=_("Der Brief ist wieder da."),
        to=reverse("letter", args=[row.pk]),
    )
