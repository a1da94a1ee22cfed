"""Pages of letters to many: choose, write, watch, print, take back."""

from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wurzelwerk.base import clock, exports
from wurzelwerk.base.errors import BadInput
from wurzelwerk.base.list_state import KeptFilter, kept_of
from wurzelwerk.cases import lists
from wurzelwerk.cases.models import Household
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.network import list_keeping, remembered
from wurzelwerk.trust.scopes import Scope

from .. import mailing_actions as actions
from ..enums import MailingState
from ..forms import KEPT_FIELDS, LabelsForm, MailingForm, MailingTextForm
from ..labels import labels_pdf
from ..mailing_lists import in_words, lines_of, writing_sites
from ..models import Mailing
from ..queries import letters_of_mailing, mailings
from ..rules import has_stopped
from ..sheet import letter_pdf
from ..tasks_mailing import write_later
from ..wording import template_label
from .answering import act, ask, posted
from .writing import served

SHOWN = 50
KEPT = "serienbriefe"
"""Under which name a person's kept selections lie with their account."""


def _check_writes(request: HttpRequest) -> None:
    if not request.actor.home_circles(Scope.DOCUMENTS, write=True):
        raise Http404


def _found(request: HttpRequest, pk: UUID) -> Mailing:
    _check_writes(request)
    row = mailings(request.actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _trail() -> list[tuple[str, str]]:
    return [(_("Serienbriefe"), reverse("mailing_list"))]


def _words(row: Mailing) -> str:
    labels = [remembered.districts.name(row.district)] if row.district else []
    labels += [remembered.sites_by_code.name(row.site)] if row.site else []
    for name, code in (("languages", row.spoken), ("need_kinds", row.need)):
        labels += [lists.label(name, code)] if code in lists.table(name).keys else []
    return in_words(row, labels)


def mailing_list(request: HttpRequest) -> HttpResponse:
    """Show the team's letters to many, the latest first."""
    _check_writes(request)
    rows = list(mailings(request.actor).order_by("-begun_at", "-pk")[:SHOWN])
    return render(request, "letters/mailings.html", {"mailings": [(row, _words(row)) for row in rows]})


def mailing_new(request: HttpRequest) -> HttpResponse:
    """Prepare a letter to many."""
    _check_writes(request)
    kept = kept_of(request, KEPT).standing
    initial = {"template": "event", **_kept_values(kept, request.GET.get("auswahl", ""))}
    form = MailingForm(posted(request), today=clock.today(), sites=writing_sites(request.actor), initial=initial)

    def begin(at: Any) -> Mailing:
        if name := form.cleaned_data["keep_as"].strip():
            _keep(request, name, form.to_query())
        return actions.begin_mailing(choice=form.to_choice(), by=request.actor, at=at)

    return ask(
        request,
        form,
        title=_("Serienbrief vorbereiten"),
        do=begin,
        done=_("Der Serienbrief ist vorbereitet. Noch ist nichts geschrieben."),
        undo=lambda row: reverse("mailing_take_back", args=[row.pk]),
        to=lambda row: reverse("mailing", args=[row.pk]) if row else reverse("mailing_list"),
        cancel=reverse("mailing_list"),
        label=_("Weiter zu Text und Liste"),
        template="letters/mailing_new.html",
        kept=kept,
        trail=_trail(),
    )


def _kept_values(kept: list[KeptFilter], key: str) -> dict[str, str]:
    """What a kept selection chooses, as far as the form still asks for it."""
    found = next((one.query for one in kept if one.key == key), "")
    return {name: value for name, value in parse_qsl(found) if name in KEPT_FIELDS}


def _keep(request: HttpRequest, name: str, query: str) -> None:
    try:
        list_keeping.keep_filter(user_id=request.actor.user_id, name=KEPT, label=name, query=query, is_first=False)
    except BadInput as error:
        raise BadInput(error.message, field="keep_as") from None


@require_POST
def mailing_filter_discard(request: HttpRequest, key: str) -> HttpResponse:
    """Take a kept selection away."""
    return _kept_act(
        request, key, list_keeping.discard_filter, done=_("Die Auswahl ist entfernt."),
        undo=reverse("mailing_filter_back", args=[key]),
    )  # fmt: skip


@require_POST
def mailing_filter_back(request: HttpRequest, key: str) -> HttpResponse:
    """Bring back the selection that was taken away last."""
    return _kept_act(request, key, list_keeping.bring_filter_back, done=_("Die Auswahl ist wieder da."))


def _kept_act(request: HttpRequest, key: str, do: Any, *, done: str, undo: str = "") -> HttpResponse:
    _check_writes(request)
    if not any(one.key == key for one in kept_of(request, KEPT).filters):
        raise Http404
    return act(
        request,
        do=lambda _at: do(user_id=request.actor.user_id, name=KEPT, key=key),
        done=done,
        undo=undo,
        to=reverse("mailing_new"),
    )


def mailing(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """Write the text and choose who gets a letter; later show how it went."""
    row = _found(request, mailing)
    return _written(request, row) if row.state == MailingState.DRAFT else _went(request, row)


def _written(request: HttpRequest, row: Mailing) -> HttpResponse:
    lines = lines_of(row, actor=request.actor, on=clock.today())
    initial = {name: getattr(row, name) for name in ("subject", "text", "enclosures")}
    form = MailingTextForm(posted(request), lines=lines, initial=initial)

    def start(at: Any) -> None:
        data = form.cleaned_data
        text = actions.MailingText(data["subject"], data["text"], data["enclosures"])
        actions.start_mailing(mailing=row, text=text, recipients=form.recipients(), by=request.actor, at=at)
        write_later(row)

    return ask(
        request,
        form,
        title=_("Serienbrief: %(template)s") % {"template": template_label(row.template)},
        do=start,
        done=_("Die Briefe werden geschrieben."),
        to=reverse("mailing", args=[row.pk]),
        cancel=reverse("mailing_list"),
        label=_("Briefe schreiben und ablegen"),
        lead=_("%(found)s. Jeder Brief wird in der Akte des Haushalts abgelegt und gilt als heute verschickt.")
        % {"found": _words(row)},
        writing=Writing("mailing", Scope.DOCUMENTS, row, row.pk, initial),
        template="letters/mailing_form.html",
        left_out=[line for line in lines if line.barred],
        trail=_trail(),
    )


def _went(request: HttpRequest, row: Mailing) -> HttpResponse:
    return render(request, "letters/mailing.html", _result(request, row) | {"trail": _trail()})


def _result(request: HttpRequest, row: Mailing) -> dict[str, Any]:
    failed = {UUID(household): why for household, why in row.failures}
    stopped = has_stopped(row, at=clock.now())
    names = Household.objects.visible_to(request.actor).among(id=failed).order_by("name", "pk")
    return {
        "mailing": row,
        "going": row.state == MailingState.RUNNING and not stopped,
        "stopped": stopped,
        "letters": list(letters_of_mailing(row, actor=request.actor)),
        "failed": [(household, failed[household.pk]) for household in names],
        "words": _words(row),
        "labels": LabelsForm(auto_id="etiketten_%s"),
        "template": template_label(row.template),
    }


@require_GET
def mailing_progress(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """Say how far the letters are, for the page that asks every two seconds."""
    row = _found(request, mailing)
    return render(request, "letters/mailing_state.html", _result(request, row))


@require_GET
def mailing_pdf(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """Serve all letters of a mailing in one PDF."""
    letters = list(letters_of_mailing(_found(request, mailing), actor=request.actor))
    if not letters:
        raise Http404
    content = letter_pdf(letters, authors={one.author_id: one.author for one in letters}, at=clock.now())
    exports.tell(request, name="serienbrief", title=_("Serienbrief"), kind="pdf", rows=len(letters))
    return served(content, "application/pdf", 'inline; filename="serienbrief.pdf"')


@require_GET
def mailing_addresses(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """Serve the addresses of a mailing as a spreadsheet, for labels."""
    letters = list(letters_of_mailing(_found(request, mailing), actor=request.actor))
    if not letters:
        raise Http404
    heads = [_("Name"), *(_("Zeile %(number)d") % {"number": number} for number in range(2, 7)), _("Sprache")]
    rows = []
    for letter in letters:
        lines = [line.strip() for line in letter.address.splitlines() if line.strip()]
        rows.append([*lines, *[""] * (6 - len(lines)), letter.language])
    name, title = "anschriften", _("Anschriften")
    exports.tell(request, name=name, title=title, kind="xlsx", rows=len(rows))
    return exports.xlsx_answer(name, title, heads, ["text"] * 7, rows)


@require_GET
def mailing_labels(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """Serve the addresses of a mailing as labels, the first on the place that was chosen."""
    letters = list(letters_of_mailing(_found(request, mailing), actor=request.actor))
    form = LabelsForm(request.GET if "ab" in request.GET else {"ab": 1})
    if not letters or not form.is_valid():
        raise Http404
    content = labels_pdf([letter.address for letter in letters], first=form.cleaned_data["ab"], at=clock.now())
    name, title = "etiketten", _("Etiketten")
    exports.tell(request, name=name, title=title, kind="pdf", rows=len(letters))
    return served(content, "application/pdf", 'inline; filename="etiketten.pdf"')


@require_POST
def mailing_take_back(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """Take all letters of a mailing back."""
    row = _found(request, mailing)
    return act(
        request,
        do=lambda at: actions.take_back_mailing(mailing=row, by=request.actor, at=at),
        done=_("Der Serienbrief ist zurückgenommen."),
        to=reverse("mailing_list"),
    )
