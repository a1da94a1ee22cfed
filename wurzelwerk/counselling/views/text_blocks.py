"""Pages of text blocks: the own and the team's."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base.editing import Editing
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import TextBlock
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.scopes import Scope

from ..forms.text_blocks import NewTextBlockForm, TextBlockForm
from ..text_blocks import standing_blocks
from .answering import act, ask, posted


def _check_writes(request: HttpRequest) -> None:
    if not request.actor.may("case.open"):
        raise Http404


def _found(request: HttpRequest, pk: UUID, **state: Any) -> TextBlock:
    _check_writes(request)
    row = TextBlock.of(request.actor).filter(pk=pk, **state).first()
    if row is None:
        raise Http404
    return row


def text_block_list(request: HttpRequest) -> HttpResponse:
    """Show the own text blocks and the team's."""
    _check_writes(request)
    return render(request, "counselling/texts/list.html", {"blocks": standing_blocks(request.actor)})


def text_block_new(request: HttpRequest) -> HttpResponse:
    """Write a text block."""
    _check_writes(request)
    form = NewTextBlockForm(posted(request))
    return _ask(
        request, form, title=_("Textbaustein schreiben"), done=_("Der Textbaustein ist gespeichert."), key="text_block",
        do=lambda at: cases.write_text_block(
            name=form.cleaned_data["name"], text=form.cleaned_data["text"],
            for_team=form.cleaned_data["whose"] == "team", by=request.actor, at=at,
        ),
    )  # fmt: skip


def text_block_edit(request: HttpRequest, block: UUID) -> HttpResponse:
    """Change a text block."""
    row = _found(request, block, removed_at__isnull=True)
    editing = Editing(row, lambda: {"name": row.name, "text": row.text})
    form = TextBlockForm(posted(request), initial=editing.initial)
    return _ask(
        request, form, title=_("Textbaustein ändern"), done=_("Der Textbaustein ist geändert."),
        key="text_block_change", editing=editing,
        do=lambda at: cases.change_text_block(
            block=row, name=form.cleaned_data["name"], text=form.cleaned_data["text"], by=request.actor, at=at
        ),
    )  # fmt: skip


def _ask(
    request: HttpRequest, form: TextBlockForm, *, key: str, editing: Editing | None = None, **said: Any
) -> HttpResponse:
    to = reverse("text_block_list")
    subject = editing.row.pk if editing else None
    writing = Writing(key, Scope.JOURNAL, stored=(editing.stored or {}) if editing else {})
    if subject is not None:
        writing = Writing(key, Scope.JOURNAL, None, subject, stored=writing.stored)
    return ask(
        request, None, form, to=to, cancel=to, editing=editing, writing=writing,
        template="counselling/texts/form.html", trail=[(_("Textbausteine"), to)], **said,
    )  # fmt: skip


@require_POST
def text_block_remove(request: HttpRequest, block: UUID) -> HttpResponse:
    """Take a text block out of use."""
    row = _found(request, block)
    return act(
        request,
        do=lambda at: cases.remove_text_block(block=row, by=request.actor, at=at),
        done=_("Der Textbaustein ist entfernt."),
        undo=reverse("text_block_restore", args=[row.pk]),
        to=reverse("text_block_list"),
    )


@require_POST
def text_block_restore(request: HttpRequest, block: UUID) -> HttpResponse:
    """Bring back a removed text block."""
    row = _found(request, block)
    return act(
        request,
        do=lambda at: cases.restore_text_block(block=row, by=request.actor, at=at),
        done=_("Der Textbaustein ist wieder da."),
        to=reverse("text_block_list"),
    )
