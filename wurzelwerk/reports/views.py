"""Pages of reports. Nothing here writes; what is counted is decided by `rights`, what is opened by `trust`."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base import clock, exports
from wurzelwerk.base.tables import Link
from wurzelwerk.base.templatetags.links import with_query
from wurzelwerk.evidence.indicators import Indicator, all_indicators, count, keys_behind
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.queries import akten_behind

from .figures import UNIT_NAMES, build_report, slice_params
from .forms import PeriodForm, ReportForm
from .paper import pdf_answer
from .periods import presets
from .queries import Reader, reader_of
from .rights import READ
from .tables import AkteTable
from .workbook import xlsx_answer

FILES = {"xlsx": xlsx_answer, "pdf": pdf_answer}


def _check_reads_figures(actor: Actor) -> None:
    if not actor.may(READ):
        raise PermissionDenied


def report(request: HttpRequest) -> HttpResponse:
    """Show the figures of a period, or answer with them as a file (`?ausgabe=xlsx|pdf`)."""
    _check_reads_figures(request.actor)
    now, today = clock.now(), clock.today()
    reader, usual = reader_of(request.actor), presets(today)
    form = ReportForm(request.GET, reader=reader, preset=usual[-1])
    if not form.is_valid():
        return render(request, "reports/report.html", {"form": form, "tabs": _tabs(request, usual, None)})
    choice = form.choice()
    found = build_report(choice, reader=reader, today=today)
    kind = request.GET.get("ausgabe", "")
    if answer := FILES.get(kind):
        exports.tell(request, name="bericht", title=_("Bericht"), kind=kind, rows=len(found.lines))
        return answer(found, organisation=request.actor.organisation_name, at=now)
    context = {"form": form, "report": found, "tabs": _tabs(request, usual, choice), "files": _files(request)}
    return render(request, "reports/report.html", context)


def _tabs(request: HttpRequest, usual: list, choice) -> list[dict]:
    """The usual periods as links; the chosen programme goes along."""
    kept = {"programm": request.GET["programm"]} if request.GET.get("programm") else {}
    return [
        {
            "label": one.label,
            "url": "?" + urlencode(slice_params(one.first, one.last, None) | {"nach": one.grain.value} | kept),
            "active": choice is not None and (one.first, one.last) == (choice.first, choice.last),
        }
        for one in usual
    ]


def _files(request: HttpRequest) -> list[Link]:
    return [
        Link(label, with_query(request.GET, ausgabe=kind))
        for kind, label in (("xlsx", _("Excel (XLSX)")), ("pdf", _("Druckfassung (PDF)")))
    ]


def report_cases(request: HttpRequest, code: str) -> HttpResponse:
    """Show the cases behind a figure as far as the reader may see them, and how many he may not."""
    _check_reads_figures(request.actor)
    indicator = next((one for one in all_indicators() if one.code == code), None)
    if indicator is None:
        raise Http404
    today, reader = clock.today(), reader_of(request.actor)
    form = PeriodForm(request.GET, reader=reader, preset=presets(today)[-1])
    context = {"form": form, "indicator": indicator, "trail": [(_("Berichte"), reverse("report"))]}
    if form.is_valid():
        table = _behind(request, form, indicator, reader, context)
        if table is not None and (answer := table.export()):
            return answer
    return render(request, "reports/cases.html", context)


def _behind(
    request: HttpRequest, form: PeriodForm, indicator: Indicator, reader: Reader, context: dict
) -> AkteTable | None:
    one = form.slice(today=clock.today())
    context["programme"] = reader.programme_name(form.programme)
    context["unit"] = UNIT_NAMES[indicator.unit]()
    if one is None:
        context["figure"] = 0
        return None
    readable = reader.right.as_q()
    keys = keys_behind(indicator, one, readable=readable)
    context["figure"] = count(indicator, [one], readable=readable)[one.key]
    behind = akten_behind(keys, counted=keys.count(), actor=request.actor)
    table = AkteTable(rows=behind.visible, request=request)
    context |= {"table": table, "seen": behind.seen, "hidden": behind.hidden, "gone": behind.gone, "slice": one}
    return table
