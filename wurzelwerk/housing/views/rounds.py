"""Pages of rounds: run one, read it, propose from it, ask about any pair."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock, formats
from wurzelwerk.base.tables import EXPORT

from .. import actions
from ..enums import OutcomeKind, RoundState
from ..forms.placing import ConfirmForm, PairForm
from ..jobs import run_later
from ..models import Outcome, Round
from ..queries.round_lines import lettings_left, lettings_named, lines_of, reserves_of
from ..queries.rounds import latest_round, rounds_of
from ..queries.searches import names_of, open_searches
from ..round_run import explain_pair, inputs_hash
from ..round_tables import open_lettings, round_tables
from .answering import act, ask, demand, found_or_404, posted
from .placements import letting_label
from .round_tables import AcquisitionTable, FreeTable, LeftTable, PlacedTable, RoundsTable, UnclearTable

RUNS = "housing.round"
GOING = (RoundState.WAITING, RoundState.RUNNING)


def round_list(request: HttpRequest) -> HttpResponse:
    """Show all rounds."""
    demand(request, RUNS)
    rows = rounds_of(request.actor)
    table = RoundsTable(rows=rows, request=request)
    return table.export() or render(
        request, "housing/placing/rounds.html", {"table": table, "going": rows.filter(state__in=GOING).first()}
    )


@require_POST
def round_new(request: HttpRequest) -> HttpResponse:
    """Begin a round; a job runs it while the page is used."""
    demand(request, RUNS)
    begun: list[Round] = []

    def begin(at: Any) -> None:
        begun.append(actions.start_round(by=request.actor, at=at))
        run_later(begun[0])

    answer = act(request, do=begin, done=_("Die Runde ist begonnen."), to=reverse("round_list"))
    return redirect("round", begun[0].pk) if begun else answer


def round_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how far a round is: a fragment that asks again, or the sign to show the result."""
    demand(request, RUNS)
    found = found_or_404(Round, request, pk)
    answer = render(request, "housing/placing/round_progress.html", {"round": found, "going": found.state in GOING})
    if found.state not in GOING:
        answer["HX-Refresh"] = "true"
    return answer


VIEWS = ("vorschlaege", "ohne", "klaeren", "frei", "akquise", "paar")


def round_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one round, a part at a time so that it stays readable."""
    demand(request, RUNS)
    found = rounds_of(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    if found.state != RoundState.DONE:
        return render(request, "housing/placing/round_going.html", {"round": found, "going": found.state in GOING})
    view = request.GET.get("ansicht", VIEWS[0])
    if view not in VIEWS:
        raise Http404
    context = PARTS[view](request, found)
    table = context.get("table")
    if table is not None and (file := table.export()) is not None:
        return file
    context |= _head(request, found, view)
    return render(request, f"housing/placing/round_{view}.html", context)


def _head(request: HttpRequest, found: Round, view: str) -> dict[str, Any]:
    lines = Outcome.objects.visible_to(request.actor).filter(round=found).exclude(kind=OutcomeKind.RESERVE)
    kinds = list(lines.values_list("kind", flat=True))
    counts = {kind: kinds.count(kind) for kind in OutcomeKind.values}
    labels = {
        "vorschlaege": (_("Vorschläge"), counts["placed"]),
        "ohne": (_("Ohne Wohnung"), counts["left"] + counts["unclear"]),
        "klaeren": (_("Zu klären"), counts["unclear"]),
        "frei": (_("Ohne Haushalt"), found.lettings - found.placed),
        "akquise": (_("Akquise"), len(found.summary.get("acquisition", []))),
        "paar": (_("Einzelnes Paar"), 0),
    }
    latest = latest_round(found.akte.controller_id)
    is_latest = latest is not None and latest.pk == found.pk
    stale = is_latest and inputs_hash(round_tables(request.actor, on=clock.today())) != found.inputs_hash
    return {
        "round": found,
        "view": view,
        "counts": counts,
        "tabs": [
            {"label": label, "count": count, "url": f"?ansicht={key}", "active": key == view}
            for key, (label, count) in labels.items()
        ],
        "stale": stale,
        "newer": None if is_latest else latest,
        "trail": [(_("Runden"), reverse("round_list"))],
    }


def _placed(request: HttpRequest, found: Round) -> dict[str, Any]:
    rows = lines_of(found, [OutcomeKind.PLACED], actor=request.actor)
    table = PlacedTable(rows=rows, request=request, today=clock.today())
    _furnish(request, found, table)
    waiting = rows.filter(placement_id__isnull=True).exists()
    return {"table": table, "waiting": waiting}


def _furnish(request: HttpRequest, found: Round, table: PlacedTable) -> None:
    """Give the lines shown their dwelling and reserve: two queries, whatever the length."""
    if request.GET.get(EXPORT):
        table.found = list(table.found)
        shown = table.found
    else:
        shown = table.objects
    ids = [row.letting_id for row in shown]
    homes = lettings_named(ids, actor=request.actor)
    reserves = reserves_of(found, ids, actor=request.actor)
    for row in shown:
        row.home, row.reserve = homes.get(str(row.letting_id)), reserves.get(row.letting_id, [])


def _left(request: HttpRequest, found: Round) -> dict[str, Any]:
    rows = lines_of(found, [OutcomeKind.LEFT, OutcomeKind.UNCLEAR], actor=request.actor)
    table = LeftTable(rows=rows, request=request, today=clock.today())
    _name_misses(request, table)
    return {"table": table}


def _unclear(request: HttpRequest, found: Round) -> dict[str, Any]:
    rows = lines_of(found, [OutcomeKind.UNCLEAR], actor=request.actor)
    table = UnclearTable(rows=rows, request=request, today=clock.today())
    _name_misses(request, table)
    return {"table": table}


def _name_misses(request: HttpRequest, table: LeftTable | UnclearTable) -> None:
    if request.GET.get(EXPORT):
        table.found = list(table.found)
        shown = table.found
    else:
        shown = table.objects
    for row in shown:
        if not row.household_name:  # passing on has ended, or its time is over
            row.misses, row.unclear = [], []
    ids = {UUID(miss["letting"]) for row in shown for miss in row.misses}
    titles = {key: one.dwelling.building.address for key, one in lettings_named(ids, actor=request.actor).items()}
    for row in shown:
        row.titles = titles


def _free(request: HttpRequest, found: Round) -> dict[str, Any]:
    return {"table": FreeTable(rows=lettings_left(found, actor=request.actor), request=request)}


def _acquisition(request: HttpRequest, found: Round) -> dict[str, Any]:
    return {"table": AcquisitionTable(rows=found.summary.get("acquisition", []), request=request)}


def _pair(request: HttpRequest, found: Round) -> dict[str, Any]:
    """Explain any pair as things stand today, whatever the round said."""
    actor = request.actor
    searches = [(str(one.pk), one.household_name) for one in open_searches(actor) if one.household_name]
    lettings = [(str(one.pk), letting_label(one)) for one in open_lettings(actor)]
    form = PairForm(request.GET, searches=searches, lettings=lettings)
    given = dict(form.given())
    explanation = None
    if {"suche", "vermietung"} <= set(given):
        explanation = explain_pair(actor, search=given["suche"], letting=given["vermietung"], on=clock.today())
    return {"form": form, "explanation": explanation, "asked": len(given) == 2, "pair": given}


PARTS = {
    "vorschlaege": _placed, "ohne": _left, "klaeren": _unclear, "frei": _free, "akquise": _acquisition, "paar": _pair,
}  # fmt: skip


def round_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose one line of a round (`?zeile=`), or all that are still open."""
    demand(request, "housing.place")
    found = found_or_404(Round, request, pk)
    line = request.GET.get("zeile", "")
    return _propose_one(request, found, line) if line else _propose_all(request, found)


def _propose_one(request: HttpRequest, found: Round, line: str) -> HttpResponse:
    try:
        row = (
            Outcome.objects.visible_to(request.actor)
            .select_related("search", "letting__offer")
            .get(pk=UUID(line), round=found, kind=OutcomeKind.PLACED)
        )
    except (ValueError, Outcome.DoesNotExist):
        raise Http404 from None
    name = names_of([row.search.household_ref], actor=request.actor).get(row.search.household_ref, "")
    form = ConfirmForm(posted(request))
    return ask(
        request,
        form,
        title=_("Wohnung vorschlagen"),
        do=lambda at: actions.propose_placement(
            search=row.search, letting=row.letting, in_round=found, by=request.actor, at=at
        ),
        done=_("Die Wohnung ist vorgeschlagen; die beratende Stelle ist benachrichtigt."),
        to=reverse("round", args=[found.pk]),
        confirm=_("Vorschlagen"),
        lead=_("%(home)s für %(name)s") % {"home": row.letting.offer.title, "name": name},
        explanation=row.explanation,
        template="housing/placing/propose.html",
        trail=[
            (_("Runden"), reverse("round_list")),
            (formats.moment(found.started_at), reverse("round", args=[found.pk])),
        ],
    )


def _propose_all(request: HttpRequest, found: Round) -> HttpResponse:
    form = ConfirmForm(posted(request))
    count = lines_of(found, [OutcomeKind.PLACED], actor=request.actor).filter(placement_id__isnull=True).count()
    return ask(
        request,
        form,
        title=_("Alle Vorschläge der Runde übernehmen"),
        do=lambda at: actions.propose_all(found=found, by=request.actor, at=at),
        done=_said,
        to=reverse("round", args=[found.pk]),
        confirm=_("Alle vorschlagen"),
        lead=_("%(count)d Vorschläge sind noch nicht gemacht. Die beratenden Stellen werden benachrichtigt.")
        % {"count": count},
        trail=[
            (_("Runden"), reverse("round_list")),
            (formats.moment(found.started_at), reverse("round", args=[found.pk])),
        ],
    )


def _said(result: Any) -> str:
    made, refused = result
    text = _("%(count)d Wohnungen vorgeschlagen.") % {"count": len(made)}
    if refused:
        text += " " + _("Nicht möglich: %(why)s") % {"why": " ".join(refused[:5])}
    return text
