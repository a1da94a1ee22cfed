"""Pages of a household's documents, and the one door through which their files leave."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from wurzelwerk.base import asked
from wurzelwerk.base.editing import Editing
from wurzelwerk.base.readonly import reads_only
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.document_files import TYPES, kept_files
from wurzelwerk.cases.models import Document, DocumentVersion, Person
from wurzelwerk.network.colleagues import Colleagues
from wurzelwerk.trust.scopes import Scope

from .. import filing
from ..forms.choosing import label_or_code
from ..forms.documents import DocumentForm, FilingForm, VersionForm
from ..queries import OpenHousehold, may_read, may_write
from .answering import act, ask, found_or_404, opened, opened_by_row, opened_case, posted, trail


def _list_address(subject: OpenHousehold) -> str:
    return reverse("document_list", args=[subject.household.pk])


def _trail(subject: OpenHousehold, document: Document | None = None) -> list[tuple[str, str]]:
    links = [*trail(subject), (_("Dokumente"), _list_address(subject))]
    return links if document is None else [*links, (document.title, reverse("document", args=[document.pk]))]


def _may_keep(subject: OpenHousehold) -> bool:
    case = subject.case
    return case is not None and not case.closed_on and may_write(subject.actor, case, Scope.DOCUMENTS)


def _filing_form(request: HttpRequest, subject: OpenHousehold) -> FilingForm:
    files = request.FILES if request.method == "POST" else None
    begins = {"received_on": subject.today, "kind": "other"}
    return FilingForm(posted(request), files, members=subject.members, today=subject.today, initial=begins)


@sensitive_post_parameters(asked.TEXT)
@reads_only
def document_list(request: HttpRequest, household: UUID) -> HttpResponse:
    """Show the documents of a household; a posted text is searched for among them."""
    subject = opened(request, household)
    if not may_read(request.actor, subject.household, Scope.DOCUMENTS):
        raise Http404
    if request.method == "POST":
        kept = {**request.GET.dict(), asked.MARK: asked.keep(request, request.POST.get(asked.TEXT, ""))}
        return redirect(f"{_list_address(subject)}?{urlencode({key: one for key, one in kept.items() if one})}")
    text = asked.kept(request, request.GET.get(asked.MARK, ""))
    table = filing.DocumentTable(subject=subject, text=text, request=request)
    keeps = _may_keep(subject)
    context = {
        "subject": subject,
        "trail": trail(subject),
        "table": table,
        "text": text,
        "keeps": keeps,
        "removed": filing.removed_of(subject) if keeps else [],
        "filing": _filing_form(request, subject) if keeps else None,
    }
    return table.export() or render(request, "counselling/documents/list.html", context)


def document_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """File one or several documents: all of them, or none. A script sends them one by one and reads the answer."""
    subject = opened_case(request, household, write=Scope.DOCUMENTS)
    form = _filing_form(request, subject)

    def file_all(at: Any) -> list[Document]:
        return [
            cases.file_document(
                akte=subject.household.akte, case=subject.case, file=file, data=data, by=request.actor, at=at
            )
            for file, data in form.to_documents()
        ]

    with kept_files():
        answer = ask(
            request,
            subject,
            form,
            title=_("Dokumente ablegen"),
            do=file_all,
            done=_said(len(request.FILES.getlist("files"))),
            undo=lambda made: reverse("document_remove", args=[made[0].pk]) if len(made) == 1 else "",
            to=_list_address(subject),
            cancel=_list_address(subject),
            label=_("Ablegen"),
            template="counselling/documents/new.html",
            trail=_trail(subject),
        )
    return _told(request, form, answer) if request.accepts("text/html") is False else answer


def _said(count: int) -> str:
    return ngettext("Das Dokument ist abgelegt.", "%(count)d Dokumente sind abgelegt.", count) % {"count": count}


def _told(request: HttpRequest, form: FilingForm, answer: HttpResponse) -> JsonResponse:
    """Answer a script: filed, or the sentence why not. What is said to the person is said once, with the last file."""
    if answer.status_code != 302:
        sentence = " ".join(mistake.message for mistake in form.mistakes)
        return JsonResponse({"sentence": sentence}, status=answer.status_code)
    last = request.POST.get("zuletzt", "")
    if last != "1":
        list(messages.get_messages(request))
    if last.isascii() and last.isdigit() and len(last) < 4 and int(last) > 1:
        messages.success(request, _said(int(last)))
    return JsonResponse({}, status=201)


def document(request: HttpRequest, document: UUID) -> HttpResponse:
    """Show a document: what is said of it, the newest version, and all former ones."""
    row, subject = _opened(request, document)
    versions = filing.versions_of(row, actor=request.actor)
    if not versions:
        raise Http404
    [named] = Colleagues().add([row], "filed_by_id")
    context = {
        "subject": subject,
        "trail": _trail(subject),
        "document": named,
        "kind": label_or_code("document_kinds", row.kind),
        "language": label_or_code("languages", row.language) if row.language else "",
        "about": _name_of(request, row),
        "latest": versions[0],
        "versions": versions,
        "keeps": _may_keep(subject),
    }
    return render(request, "counselling/documents/document.html", context)


def _opened(request: HttpRequest, pk: UUID, *, write: str = "") -> tuple[Document, OpenHousehold]:
    """Return a document that stands and its household; 404 for the foreign and the removed."""
    row = found_or_404(Document, request, pk)
    if row.removed_at:
        raise Http404
    return row, opened_by_row(request, row, write=write)


def _name_of(request: HttpRequest, row: Document) -> str:
    person = Person.objects.visible_to(request.actor).filter(pk=row.person_id).first() if row.person_id else None
    return person.name if person else ""


def document_edit(request: HttpRequest, document: UUID) -> HttpResponse:
    """Change what is said of a document."""
    row, subject = _opened(request, document, write=Scope.DOCUMENTS)
    names = ("title", "kind", "received_on", "dated_on", "origin", "language", "is_proof")
    editing = Editing(row, lambda: {**{name: getattr(row, name) for name in names}, "person": row.person_id or ""})
    persons = [(str(member.person_id), member.person.name) for member in subject.members]
    if row.person_id and str(row.person_id) not in dict(persons):
        persons.append((str(row.person_id), _name_of(request, row) or _("früheres Mitglied")))
    form = DocumentForm(posted(request), persons=persons, today=subject.today, initial=editing.initial)
    back = reverse("document", args=[row.pk])
    return ask(
        request,
        subject,
        form,
        title=_("Angaben zum Dokument"),
        do=lambda at: cases.change_document(document=row, data=form.to_data(), by=request.actor, at=at),
        done=_("Die Angaben sind gespeichert."),
        to=back,
        cancel=back,
        editing=editing,
        trail=_trail(subject, row),
    )


def document_version_new(request: HttpRequest, document: UUID) -> HttpResponse:
    """Add a newer version; the former ones stay."""
    row, subject = _opened(request, document, write=Scope.DOCUMENTS)
    form = VersionForm(posted(request), request.FILES if request.method == "POST" else None)
    back = reverse("document", args=[row.pk])
    with kept_files():
        return ask(
            request,
            subject,
            form,
            title=_("Neue Fassung"),
            do=lambda at: cases.add_version(
                document=row, file=form.prepared[0], remark=form.cleaned_data["remark"], by=request.actor, at=at
            ),
            done=_("Die neue Fassung ist abgelegt. Die bisherige bleibt."),
            undo=lambda made: reverse("version_remove", args=[made.pk]),
            to=back,
            cancel=back,
            label=_("Ablegen"),
            lead=row.title,
            trail=_trail(subject, row),
        )


@require_POST
def document_remove(request: HttpRequest, document: UUID) -> HttpResponse:
    """Remove a document; it can be brought back for a while."""
    row, subject = _opened(request, document, write=Scope.DOCUMENTS)
    return act(
        request,
        do=lambda at: cases.remove_document(document=row, by=request.actor, at=at),
        done=_("Das Dokument ist entfernt."),
        undo=reverse("document_restore", args=[row.pk]),
        to=_list_address(subject),
    )


@require_POST
def document_restore(request: HttpRequest, document: UUID) -> HttpResponse:
    """Bring back a removed document."""
    row = found_or_404(Document, request, document)
    opened_by_row(request, row, write=Scope.DOCUMENTS)
    return act(
        request,
        do=lambda at: cases.restore_document(document=row, by=request.actor, at=at),
        done=_("Das Dokument ist wieder da."),
        to=reverse("document", args=[row.pk]),
    )


@require_POST
def version_remove(request: HttpRequest, version: UUID) -> HttpResponse:
    """Remove one version, for example a wrong file."""
    row = found_or_404(DocumentVersion, request, version)
    opened_by_row(request, row, write=Scope.DOCUMENTS)
    return act(
        request,
        do=lambda at: cases.remove_version(version=row, by=request.actor, at=at),
        done=_("Fassung %(number)d ist entfernt.") % {"number": row.number},
        undo=reverse("version_restore", args=[row.pk]),
        to=reverse("document", args=[row.document_id]),
    )


@require_POST
def version_restore(request: HttpRequest, version: UUID) -> HttpResponse:
    """Bring back a removed version."""
    row = found_or_404(DocumentVersion, request, version)
    opened_by_row(request, row, write=Scope.DOCUMENTS)
    return act(
        request,
        do=lambda at: cases.restore_version(version=row, by=request.actor, at=at),
        done=_("Fassung %(number)d ist wieder da.") % {"number": row.number},
        to=reverse("document", args=[row.document_id]),
    )


@require_GET
@xframe_options_sameorigin
def document_file(request: HttpRequest, document: UUID, number: int) -> HttpResponse:
    """The file itself; pictures and PDF in the browser's window, all else as a download."""
    return _file(request, document, number, inline=True)


@require_GET
def document_download(request: HttpRequest, document: UUID, number: int) -> HttpResponse:
    """The file as a download."""
    return _file(request, document, number, inline=False)


def _file(request: HttpRequest, document: UUID, number: int, *, inline: bool) -> HttpResponse:
    """Answer with the type that was found in the content, shut off from everything else of the house."""
    row, _subject = _opened(request, document)
    rows = DocumentVersion.objects.visible_to(request.actor).filter(document=row, removed_at__isnull=True)
    version = rows.filter(number=number).first()
    if version is None or version.content_type not in TYPES:
        raise Http404
    try:
        file = default_storage.open(version.file.name)
    except FileNotFoundError:
        raise Http404 from None
    kind = TYPES[version.content_type]
    answer = FileResponse(
        file,
        as_attachment=not (inline and kind.inline),
        filename=filing.file_name(row, version),
        content_type=kind.content_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; sandbox"
    return answer
