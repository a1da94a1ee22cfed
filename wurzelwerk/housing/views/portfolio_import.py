"""Pages of OpenImmo: upload, preview, progress, result."""

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.formats import moment
from wurzelwerk.base.forms import add_action_error

from ..actions.importing import GIVEN_UP_AFTER, GOING, begin_take_in, repeat_import, start_import
from ..forms.importing import ImportForm
from ..import_plan import Step
from ..models import ImportRun
from ..tasks_import import check_later, take_in_later
from .answering import WRONG, act, demand, found_or_404, posted

MAY = "housing.import"
SHOWN = 200
"""Lines of each part of a report that the page shows; the figures count all."""


def _labels(*, future: bool) -> dict[str, str]:
    if future:
        return {
            Step.ADD: _("wird aufgenommen"),
            Step.CHANGE: _("wird abgeglichen"),
            Step.WITHDRAW: _("wird vom Markt genommen"),
            Step.KEEP: _("bleibt, wie sie ist"),
        }
    return {
        Step.ADD: _("neu aufgenommen"),
        Step.CHANGE: _("geändert"),
        Step.WITHDRAW: _("vom Markt genommen"),
        Step.KEEP: _("unverändert"),
    }


def import_new(request: HttpRequest) -> HttpResponse:
    """Upload a file; it is checked first, nothing is taken in yet."""
    demand(request, MAY)
    form = ImportForm(posted(request), request.FILES or None, actor=request.actor)
    if form.is_bound and form.is_valid():
        try:
            return _upload(request, form)
        except HouseError as error:
            add_action_error(form, error)
    runs = ImportRun.objects.visible_to(request.actor).select_related("started_by").order_by("-started_at", "-pk")
    context = {"form": form, "runs": list(runs[:10]), "cancel": reverse("dwelling_list")}
    return render(request, "housing/portfolio/import.html", context, status=WRONG if form.is_bound else 200)


def _upload(request: HttpRequest, form: ImportForm) -> HttpResponse:
    [file] = form.cleaned_data["file"]
    with transaction.atomic():
        idempotency.once(request)  # a second click finds the same file by its digest
        run, fresh = start_import(
            content=file.read(),
            name=file.name or "",
            owner=form.cleaned_data["owner"],
            by=request.actor,
            at=clock.now(),
        )
        if fresh:
            check_later(run)
    if not fresh:
        said = _("Diese Datei ist schon da, hochgeladen am %(moment)s. Hier ist ihr Stand.")
        messages.info(request, said % {"moment": moment(run.started_at)})
    return redirect("import_run", run.pk)


def import_run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a file stands: progress, preview, or what became of it."""
    demand(request, MAY)
    run = found_or_404(ImportRun, request, pk)
    return render(request, "housing/portfolio/import_run.html", _context(run))


@require_GET
def import_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part of the page that asks again while a job runs; when it ends the page is loaded anew."""
    demand(request, MAY)
    run = found_or_404(ImportRun, request, pk)
    answer = render(request, "housing/portfolio/import_state.html", _context(run))
    if run.state not in GOING or _given_up(run):
        answer["HX-Refresh"] = "true"
    return answer


def _given_up(run: ImportRun) -> bool:
    return run.state in GOING and clock.now() - (run.alive_at or run.started_at) > GIVEN_UP_AFTER


def _context(run: ImportRun) -> dict:
    report = run.report or {}
    accepted = report.get("accepted", [])
    labels = _labels(future=run.state == ImportRun.State.CHECKED)
    counts = Counter(row["action"] for row in accepted)
    lines = [
        row
        | {
            "label": labels.get(row["action"], ""),
            "url": reverse("dwelling", args=[row["dwelling"]]) if row.get("dwelling") else "",
        }
        for row in accepted[:SHOWN]
    ]
    remarks, refused = report.get("remarks", []), report.get("refused", [])
    return {
        "run": run,
        "going": run.state in GOING and not _given_up(run),
        "given_up": _given_up(run),
        "saving": run.state == ImportRun.State.RUNNING and bool(run.total) and run.done == run.total,
        "tiles": [(labels[step], counts.get(step, 0)) for step in labels],
        "lines": lines,
        "accepted": len(accepted),
        "remarks": remarks[:SHOWN],
        "remark_count": len(remarks),
        "refused": refused[:SHOWN],
        "refused_count": len(refused),
        "does_something": any(counts.get(step) for step in (Step.ADD, Step.CHANGE, Step.WITHDRAW)),
    }


@require_POST
def import_take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a checked file in."""
    demand(request, MAY)
    run = found_or_404(ImportRun, request, pk, write=True)

    def begin(at):
        with transaction.atomic():
            take_in_later(begin_take_in(run=run, by=request.actor, at=at))

    return act(request, do=begin, done=_("Die Datei wird übernommen."), to=reverse("import_run", args=[pk]))


@require_POST
def import_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Check a file anew."""
    demand(request, MAY)
    run = found_or_404(ImportRun, request, pk, write=True)

    def again(at):
        with transaction.atomic():
            check_later(repeat_import(run=run, by=request.actor, at=at))

    return act(request, do=again, done=_("Die Datei wird noch einmal geprüft."), to=reverse("import_run", args=[pk]))
