"""Pages of a placement: propose, every step of the way, and back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurzelwerk.base import clock, formats
from wurzelwerk.base.editing import Editing
from wurzelwerk.base.errors import WrongState
from wurzelwerk.drafts.writing import NOTHING_YET, Writing
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.scopes import Scope

from .. import actions, law
from ..enums import PlacementState
from ..forms.placing import (
    ConfirmForm,
    ContractForm,
    DeclineForm,
    KeysForm,
    ProposeForm,
    ReasonForm,
    ShortReasonForm,
    ViewingForm,
)
from ..locking import lock
from ..models import HousingSearch, Letting, Placement, PlacementMove
from ..moves import STANDING, WAY
from ..queries.rounds import next_in_reserve
from ..queries.searches import names_of, open_searches
from ..round_tables import open_lettings
from .answering import address_of_household, ask, demand, found_or_404, posted

STATE_KINDS = {
    "proposed": "info", "viewing": "info", "applied": "warning", "promised": "success", "contract": "success",
    "keys": "success", "declined": "danger", "refused": "", "withdrawn": "",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A step as a page asks for it: its part of the address, title, form and action."""

    code: str
    to: str
    label: str
    form: type[BaseForm]
    do: Callable[..., Any]
    kind: str = "secondary"
    hint: str = ""


STEPS = (
    Step("besichtigung", "viewing", gettext_lazy("Besichtigung vereinbaren"), ViewingForm, actions.arrange_viewing,
         "primary"),
    Step("anfrage", "applied", gettext_lazy("Zusage erbitten"), ConfirmForm, actions.ask_for_promise, "primary",
         gettext_lazy("Der Haushalt möchte die Wohnung. Die Eigentümerseite wird um eine Zusage gebeten.")),
    Step("zusage", "promised", gettext_lazy("Zusage eintragen"), ConfirmForm, actions.promise_placement, "primary",
         gettext_lazy("Die Wohnung ist dann reserviert. Andere laufende Vorschläge dieses Haushalts werden"
                      " zurückgezogen und die Zuständigen sofort benachrichtigt.")),
    Step("vertrag", "contract", gettext_lazy("Mietvertrag eintragen"), ContractForm, actions.sign_contract, "primary",
         gettext_lazy("Namen und Geburtsdaten der Erwachsenen werden damit Ihr eigener Datensatz. Andere Haushalte, die"
                      " für diese Wohnung vorgeschlagen sind, werden zurückgezogen und benachrichtigt.")),
    Step("schluessel", "keys", gettext_lazy("Schlüssel übergeben"), KeysForm, actions.hand_over_keys, "primary",
         gettext_lazy("Die Suche ist damit abgeschlossen. Geplant wird die Nachbetreuung nach 4 Wochen,"
                      " 6 und 12 Monaten.")),
    Step("absage", "declined", gettext_lazy("Absage der Eigentümerseite"), DeclineForm, actions.decline_placement),
    Step("ablehnung", "refused", gettext_lazy("Haushalt lehnt ab"), ReasonForm, actions.refuse_placement, "secondary",
         gettext_lazy("Eine Ablehnung zählt nie gegen den Haushalt.")),
    Step("rueckzug", "withdrawn", gettext_lazy("Zurückziehen"), ReasonForm, actions.withdraw_placement, "tertiary"),
)  # fmt: skip
AT_ONCE = "von"
"""Parameter of the way back that a message offers: the state to which the step led; the reason is given by itself."""
SHORT = {
    "proposed": gettext_lazy("Vorschlag"), "viewing": gettext_lazy("Besich\u00adtigung"),
    "applied": gettext_lazy("Antwort"),
    "promised": gettext_lazy("Zusage"), "contract": gettext_lazy("Vertrag"), "keys": gettext_lazy("Schlüssel"),
}  # fmt: skip
TAKE_BACK = Step(
    "zuruecknehmen", "", gettext_lazy("Letzten Schritt zurücknehmen"), ShortReasonForm, actions.take_back_placement,
    "tertiary", gettext_lazy("Der Weg des Haushalts und der Stand der Wohnung gehen mit zurück."),
)  # fmt: skip


def placement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one placement, with its steps to who moves it."""
    rows = Placement.objects.visible_to(request.actor).select_related(
        "letting__offer", "letting__dwelling__building__district", "search", "round", "proposed_by"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    moves_it = _moves(request, row)
    name = names_of([row.household_ref], actor=request.actor).get(row.household_ref, "")
    offered = [step for step in STEPS if step.to in STANDING[PlacementState(row.state)].next]
    page = {
        "placement": row,
        "moves_it": moves_it,
        "name": name,
        "household_url": address_of_household(row.household_ref),
        "steps": [step for step in offered if step.kind == "primary"] if moves_it else [],
        "other_steps": [step for step in offered if step.kind != "primary"] if moves_it else [],
        "take_back": TAKE_BACK if moves_it and row.state != "proposed" else None,
        "viewing_again": moves_it and row.state == "viewing",
        "stages": _stages(row),
        "moves": _history(request, row),
        "withdrew": row.withdrew.visible_to(request.actor).select_related("letting__offer"),
        "kind": STATE_KINDS[row.state],
        "decline": law.label("decline_reasons", row.decline_reason) if row.decline_reason else "",
        "explanation": _explanation(request, row) if name else {},
        "following": next_in_reserve(row.letting, actor=request.actor) if moves_it else None,
        "trail": [(_("Suchen"), reverse("housing_search_list"))] if moves_it else [],
    }
    if page["following"]:
        page["following_name"] = names_of([page["following"].household_ref], actor=request.actor)
        page["following_name"] = page["following_name"].get(page["following"].household_ref, "")
    return render(request, "housing/placing/placement.html", page)


def _history(request: HttpRequest, row: Placement) -> list[PlacementMove]:
    """Every move, the newest first, with its sentence."""
    moves = PlacementMove.objects.visible_to(request.actor).filter(placement=row).select_related("moved_by")
    found = list(moves.order_by("-moved_at", "-pk"))
    for move in found:
        label = str(PlacementState(move.to_state).label)
        move.title = _("Zurück zu: %(state)s") % {"state": label} if move.is_back else label
    return found


def _moves(request: HttpRequest, row: Placement) -> bool:
    return request.actor.may("housing.place") and row.circle_id in request.actor.circles


def _stages(row: Placement) -> list[dict[str, str]]:
    """The way as a stepper; a placement that is over shows how far it came."""
    over = row.state not in WAY
    moves = list(row.moves.for_system(reason="how far a visible placement came").values_list("from_state", flat=True))
    reached = row.state if not over else next((one for one in reversed(moves) if one in WAY), "proposed")
    place = WAY.index(PlacementState(reached))
    notes = {
        "viewing": formats.moment(row.viewing_at),
        "contract": formats.day(row.contract_from),
        "keys": formats.day(row.keys_on),
    }
    shown = []
    for number, code in enumerate(WAY):
        state = "done" if number < place else "open"
        if number == place:
            state = "done" if over or code == PlacementState.KEYS else "current"
        shown.append({"name": str(SHORT[code.value]), "state": state, "note": notes.get(code.value) or ""})
    return shown


def _explanation(request: HttpRequest, row: Placement) -> dict:
    if row.round_id is None:
        return {}
    lines = row.search.outcomes.visible_to(request.actor).filter(round_id=row.round_id, letting=row.letting_id)
    line = lines.exclude(kind="reserve").first()
    return line.explanation if line and isinstance(line.explanation, dict) else {}


def placement_step(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    demand(request, "housing.place")
    row = found_or_404(Placement, request, pk, write=True)
    asked = next((one for one in (*STEPS, TAKE_BACK) if one.code == step), None)
    if asked is None:
        raise Http404
    editing = Editing(row, lambda: _viewing(row), before=[row.letting]) if asked.form is ViewingForm else None
    form = _form(request, asked, row)
    address, goes_on = reverse("placement", args=[row.pk]), asked.to and asked.to != row.state
    at_once = request.GET.get(AT_ONCE, "") if asked is TAKE_BACK else ""
    return ask(
        request,
        form,
        title=str(asked.label),
        do=lambda at: _take(asked, row, _arguments(asked, form), by=request.actor, at=at, only_from=at_once),
        done=lambda result: _said(request, asked, row, result),
        to=address,
        lead=asked.hint,
        confirm=str(asked.label),
        editing=editing,
        undo=f"{reverse('placement_step', args=[row.pk, TAKE_BACK.code])}?{AT_ONCE}={asked.to}" if goes_on else "",
        about=row,
        trail=[(row.letting.offer.title, address)],
    )


def _take(step: Step, row: Placement, asked: dict[str, Any], *, by: Actor, at: datetime, only_from: str) -> Any:
    """Take a step; the way back that a message offered holds only while the placement stands where that step led."""
    if only_from:
        lock(row)
        if row.state != only_from:
            raise WrongState(_("Das ist schon zurückgenommen, oder der Vorschlag ist inzwischen weiter."))
    return step.do(placement=row, by=by, at=at, **asked)


def _form(request: HttpRequest, step: Step, row: Placement) -> BaseForm:
    data, today = posted(request), clock.today()
    if step is TAKE_BACK and data is not None and AT_ONCE in request.GET and "reason" not in data:
        data = data.copy()
        data["reason"] = _("Gleich wieder zurückgenommen.")
    if step.form is DeclineForm:
        return DeclineForm(data, today=today)
    initial: dict[str, Any] = {}
    if step.form is ViewingForm:
        initial = _viewing(row) or {"place": row.viewing_place or row.letting.dwelling.building.address}
    if step.form is KeysForm:
        initial = {"keys_on": today}
    if step.form is ContractForm:
        initial = {"contract_from": row.letting.offer.available_from}
    return step.form(data, initial=initial)


def _viewing(row: Placement) -> dict[str, Any] | None:
    """The viewing that is arranged; None where there is none yet."""
    if row.viewing_at is None:
        return None
    moment = formats.local(row.viewing_at)
    return {"day": moment.date(), "time": moment.time(), "place": row.viewing_place}


def _arguments(step: Step, form: BaseForm) -> dict[str, Any]:
    data = dict(form.cleaned_data)
    data.pop("einmal", None)
    if isinstance(form, ViewingForm):
        return {"viewing_at": form.viewing_at(), "place": data["place"]}
    return data


def _said(request: HttpRequest, step: Step, row: Placement, result: Any) -> str:
    """Say what is done, which others it touched, and who is next for what became free."""
    others = result if isinstance(result, list) else []
    names = ", ".join(one.letting.offer.title for one in others)
    if others and step is TAKE_BACK:
        messages.warning(request, _("Damals zurückgezogen und jetzt nicht wiederbelebt: %(names)s.") % {"names": names})
    elif others:
        messages.info(request, _("Zurückgezogen und benachrichtigt: %(names)s.") % {"names": names})
    freed = [one.letting for one in others if one.letting_id != row.letting_id and step is not TAKE_BACK]
    if step.to in {"declined", "refused", "withdrawn"}:
        freed.append(row.letting)
    for letting in freed:
        following = next_in_reserve(letting, actor=request.actor)
        if following is not None:
            name = names_of([following.household_ref], actor=request.actor).get(following.household_ref, "")
            text = _("%(dwelling)s: Auf der Nachrückliste steht als Nächstes %(name)s.")
            messages.info(request, text % {"dwelling": letting.offer.title, "name": name})
    return _("„%(step)s“ ist eingetragen.") % {"step": step.label}


def placement_new(request: HttpRequest) -> HttpResponse:
    """Propose a dwelling to a household by hand; what the round does not say needs a reason."""
    demand(request, "housing.place")
    actor = request.actor
    searches = [(str(one.pk), one.household_name or "") for one in open_searches(actor) if one.household_name]
    lettings = [(str(one.pk), letting_label(one)) for one in open_lettings(actor)]
    initial = {"search": request.GET.get("suche", ""), "letting": request.GET.get("vermietung", "")}
    form = ProposeForm(posted(request), initial=initial, searches=searches, lettings=lettings)
    return ask(
        request,
        form,
        title=_("Wohnung vorschlagen"),
        do=lambda at: actions.propose_placement(
            search=found_or_404(HousingSearch, request, UUID(form.cleaned_data["search"]), write=True),
            letting=found_or_404(Letting, request, UUID(form.cleaned_data["letting"]), write=True),
            override_reason=form.cleaned_data["override_reason"],
            by=actor,
            at=at,
        ),
        done=_("Die Wohnung ist vorgeschlagen; die beratende Stelle ist benachrichtigt."),
        to=lambda made: reverse("placement", args=[made.pk]),
        cancel=reverse("housing_search_list"),
        confirm=_("Vorschlagen"),
        trail=[(_("Suchen"), reverse("housing_search_list"))],
        writing=Writing("placement", Scope.PLACEMENT, subject=_search_asked_for(request, searches)),
    )


def _search_asked_for(request: HttpRequest, searches: list[tuple[str, str]]) -> UUID:
    """For whom somebody proposes, where the address says it: each search has a draft of its own."""
    asked = request.GET.get("suche", "")
    return UUID(asked) if asked in dict(searches) else NOTHING_YET


def letting_label(letting: Letting) -> str:
    """Name a letting in a choice of its own body: address, size, rent."""
    parts = [letting.dwelling.building.address, letting.offer.title]
    if letting.gross_cold is not None:
        parts.append(_("%(rent)s bruttokalt") % {"rent": formats.euro(letting.gross_cold, 0)})
    return " · ".join(parts)
