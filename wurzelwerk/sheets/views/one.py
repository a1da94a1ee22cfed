"""A list: progress, preview with remarks, what became of it, its refused rows as a file."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wurzelwerk.base import clock, exports
from wurzelwerk.base.paging import Count as Number
from wurzelwerk.base.paging import take

from ..enums import Choice, State, Verdict
from ..importer import Importer
from ..models import Sheet, SheetLine
from ..rules import is_given_up
from ..taking import kept_of
from ..writing import TYPES, column_letter, refused_file
from .finding import found_or_404

PAGE = 50
CHOSEN_FROM = {
    Verdict.ALIKE: (Choice.SKIP, Choice.TAKE, Choice.COMPLETE),
    Verdict.TWICE: (Choice.SKIP, Choice.TAKE),
    Verdict.FINE: (Choice.TAKE, Choice.SKIP),
    Verdict.HINT: (Choice.TAKE, Choice.SKIP),
}
ALL_OF = (Verdict.ALIKE, Verdict.TWICE)
KINDS = {Verdict.REFUSED: "danger", Verdict.ALIKE: "warning", Verdict.TWICE: "warning", Verdict.FINE: "success"}


def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a list stands."""
    row, importer = found_or_404(request, pk)
    return render(request, "sheets/sheet.html", _context(request, row, importer))


@require_GET
def sheet_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part of the page that asks again while a job runs; when it ends the page is loaded anew."""
    row, _importer = found_or_404(request, pk)
    answer = render(request, "sheets/state.html", {"sheet": row})
    if not row.is_going or is_given_up(row, at=clock.now()):
        answer["HX-Refresh"] = "true"
    return answer


@require_GET
def sheet_refused(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The refused rows as a file of the same kind, with what is wrong beside them."""
    row, importer = found_or_404(request, pk)
    lines = SheetLine.objects.visible_to(request.actor).of(sheet_id=row.pk).filter(verdict=Verdict.REFUSED)
    rows = list(lines.order_by("number"))
    if not rows:
        raise Http404
    name, title = "abgelehnte-zeilen", _("Abgelehnte Zeilen einer Liste")
    exports.tell(request, name=name, title=title, kind=row.form, rows=len(rows))
    answer = HttpResponse(refused_file(row, rows, importer), content_type=TYPES[row.form])
    answer["Content-Disposition"] = f'attachment; filename="{exports.dated_name(name)}.{row.form}"'
    return answer


def _context(request: HttpRequest, row: Sheet, importer: Importer) -> dict[str, Any]:
    given_up = is_given_up(row, at=clock.now())
    context: dict[str, Any] = {
        "sheet": row, "importer": importer, "given_up": given_up, "going": row.is_going and not given_up,
        "may_map": row.state in {State.SENT, State.CHECKED, State.FAILED} and bool(row.outline),
    }  # fmt: skip
    if row.state in {State.CHECKED, State.DONE, State.UNDONE}:
        context |= _preview(request, row, importer)
    return context


def _preview(request: HttpRequest, row: Sheet, importer: Importer) -> dict[str, Any]:
    lines = SheetLine.objects.visible_to(request.actor).of(sheet_id=row.pk)
    counted = list(lines.order_by().values_list("verdict", "choice", "is_taken").annotate(rows=Count("pk")))
    by_verdict = {str(one): sum(rows for verdict, _c, _t, rows in counted if verdict == one) for one in Verdict}
    by_choice = {str(one): sum(rows for _v, choice, _t, rows in counted if choice == one) for one in Choice}
    view = request.GET.get("ansicht", "")
    view = view if view in Verdict.values else ""
    total = Number(by_verdict[view] if view else sum(by_verdict.values()))
    asked = lines.filter(verdict=view) if view else lines
    shown, page = take(asked.order_by("number"), params=request.GET, size=PAGE, total=total)
    columns = [place for place, key in enumerate(row.columns) if key]
    return {
        "tabs": _tabs(row, by_verdict, view), "view": view, "page": page, "counts": by_verdict,
        "tiles": _tiles(row, by_verdict, by_choice), "may_choose": row.state == State.CHECKED,
        "has_work": by_choice[Choice.TAKE] + by_choice[Choice.COMPLETE] > 0, "work": by_choice,
        "heads": [_head(row, place, importer) for place in columns],
        "lines": [_line(row, line, columns, importer) for line in shown],
        "all_of": [(one.value, one.label) for one in CHOSEN_FROM[Verdict(view)]] if view in ALL_OF else [],
        "back": request.get_full_path(),
    }  # fmt: skip


def _tabs(row: Sheet, counts: dict[str, int], view: str) -> list[dict[str, Any]]:
    address = reverse("sheet", args=[row.pk])
    every = {"label": _("alle"), "url": address, "active": not view, "count": sum(counts.values())}
    return [every] + [
        {"label": one.label, "url": f"{address}?ansicht={one}", "active": view == one, "count": counts[one]}
        for one in Verdict
        if counts[one]
    ]


def _tiles(row: Sheet, verdicts: dict[str, int], choices: dict[str, int]) -> list[tuple[str, int]]:
    taken = _("aufgenommen") if row.state == State.DONE else _("werden aufgenommen")
    completed = _("ergänzt") if row.state == State.DONE else _("werden ergänzt")
    left = choices[Choice.SKIP] - verdicts[Verdict.REFUSED] - verdicts[Verdict.BEFORE]
    return [
        (taken, choices[Choice.TAKE]), (completed, choices[Choice.COMPLETE]), (_("ausgelassen"), left),
        (_("schon übernommen"), verdicts[Verdict.BEFORE]), (_("abgelehnt"), verdicts[Verdict.REFUSED]),
    ]  # fmt: skip


def _head(row: Sheet, place: int, importer: Importer) -> str:
    labels = {one.key: str(one.label) for one in importer.fields}
    return row.heads[place] or labels.get(row.columns[place], "") or column_letter(place)


def _line(row: Sheet, line: SheetLine, columns: Iterable[int], importer: Importer) -> dict[str, Any]:
    """A row as the table shows it: each cell with what is remarked upon it."""
    remarks: dict[int | None, list[dict[str, Any]]] = {}
    shown = set(columns)
    for place, text, refuses in line.remarks:
        remarks.setdefault(place if place in shown else None, []).append({"text": text, "refuses": refuses})
    [kept] = kept_of([line]) if line.is_taken or line.verdict == Verdict.BEFORE else [None]
    return {
        "line": line, "number": line.number, "verdict": line.get_verdict_display(),
        "kind": KINDS.get(line.verdict, "info"),
        "cells": [{"text": line.cells[place] if place < len(line.cells) else "", "remarks": remarks.get(place, []),
                   "head": _head(row, place, importer)} for place in columns],
        "remarks": remarks.get(None, []),
        "at": ", ".join(_head(row, place, importer) for place in columns if remarks.get(place)),
        "choices": [
            (one.value, one.label)
            for one in CHOSEN_FROM.get(Verdict(line.verdict), ())
            if one != Choice.COMPLETE or not line.alike[0].get("fixed")
        ],
        "url": importer.address(kept) if kept else "",
    }  # fmt: skip
