"""Send a list, and say how it is to be read."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.formats import moment
from wurzelwerk.base.forms import add_action_error

from ..actions import set_columns, start_sheet
from ..columns import Layout, propose
from ..enums import State
from ..forms import NO_HEAD, ColumnsForm, SheetForm
from ..importer import Importer
from ..jobs import work_later
from ..models import Sheet
from ..reading import read
from .finding import WRONG, demand, found_or_404

LATEST = 20
MAPPED = (State.SENT, State.CHECKED, State.FAILED)


def sheet_list(request: HttpRequest) -> HttpResponse:
    """The lists that somebody sent, and the form for another."""
    known = demand(request)
    form = SheetForm(request.POST if request.method == "POST" else None, request.FILES or None, actor=request.actor)
    if form.is_bound and form.is_valid():
        try:
            return _send(request, form, known[form.cleaned_data["kind"]])
        except HouseError as error:
            add_action_error(form, error)
    rows = Sheet.objects.visible_to(request.actor).order_by("-sent_at", "-pk").defer("outline", "heads", "columns")
    sheets = [{"row": row, "kind": one.label} for row in rows[:LATEST] if (one := known.get(row.kind))]
    context = {"form": form, "sheets": sheets, "hints": [(one.label, one.hint) for one in known.values()]}
    return render(request, "sheets/list.html", context, status=WRONG if form.is_bound else 200)


def _send(request: HttpRequest, form: SheetForm, importer: Importer) -> HttpResponse:
    [file] = form.cleaned_data["file"]
    content = file.read()
    contents = read(content)
    at = clock.now()
    with transaction.atomic():
        idempotency.once(request)  # a second click finds the same file by its digest
        sheet, fresh = start_sheet(
            content=content, contents=contents, name=file.name or "", importer=importer, by=request.actor, at=at
        )
        layout = propose(sheet.outline, importer, controller=sheet.akte.controller_id) if fresh else None
        if known := bool(layout and layout.remembered):
            work_later(set_columns(sheet=sheet, layout=layout, by=request.actor, at=at))
    if not fresh:
        said = _("Diese Datei ist schon da, hochgeladen am %(moment)s. Hier ist ihr Stand.")
        messages.info(request, said % {"moment": moment(sheet.sent_at)})
    if known:
        messages.info(
            request, _("Eine Liste mit diesen Spalten kennen wir schon; sie werden wie beim letzten Mal gelesen.")
        )
    return redirect("sheet" if known or not fresh else "sheet_columns", sheet.pk)


def sheet_columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how a list is to be read; another table or head is proposed anew."""
    sheet, importer = found_or_404(request, pk)
    if sheet.state not in MAPPED or not sheet.outline:
        return redirect("sheet", pk)
    stored = Layout(sheet.table, sheet.head, sheet.heads, sheet.columns, sheet.option)
    asked = _asked(request, sheet, stored, importer)
    same = asked is stored or (asked.table, asked.head) == (stored.table, stored.head)
    layout = stored if same else asked
    is_sent = request.method == "POST" and _is_shown(request, layout)
    form = ColumnsForm(request.POST if is_sent else None, sheet=sheet, layout=layout, importer=importer)
    if is_sent and form.is_valid():
        try:
            with transaction.atomic():
                if idempotency.once(request):
                    work_later(set_columns(sheet=sheet, layout=form.to_layout(), by=request.actor, at=clock.now()))
            return redirect("sheet", pk)
        except HouseError as error:
            add_action_error(form, error)
    context = {
        "form": form, "sheet": sheet, "shown": _shown(layout), "cancel": reverse("sheet_list"),
        "proposed": sum(map(bool, layout.columns)), "all": len(layout.columns),
    }  # fmt: skip
    return render(request, "sheets/columns.html", context, status=WRONG if is_sent else 200)


def _shown(layout: Layout) -> str:
    return f"{layout.table}-{NO_HEAD if layout.head is None else layout.head}"


def _is_shown(request: HttpRequest, layout: Layout) -> bool:
    """Whether the columns that were sent are those of this table and head."""
    return request.POST.get("gezeigt") == _shown(layout)


def _asked(request: HttpRequest, sheet: Sheet, stored: Layout, importer: Importer) -> Layout:
    """The layout for the table and head that somebody chose; the stored one where that is the same, or nonsense."""
    if request.method != "POST":
        return stored
    table, head = request.POST.get("table", str(stored.table)), request.POST.get("head", "")
    if not (table.isascii() and table.isdigit() and int(table) < len(sheet.outline)):
        return stored
    number: int | None = -1
    if head == NO_HEAD:
        number = None
    elif head.isascii() and head.isdigit() and int(head) < len(sheet.outline[int(table)]["rows"]):
        number = int(head)
    if number == -1 and int(table) == stored.table:
        return stored
    shown_table = request.POST.get("gezeigt", "").partition("-")[0]
    if table != shown_table:
        number = -1  # the head of another table says nothing about this one
    controller = sheet.akte.controller_id
    return propose(sheet.outline, importer, controller=controller, table=int(table), head=number)
