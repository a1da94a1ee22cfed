"""Pages of the receiving side: the list of searches, referrals that wait, one search."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.tables import Column, Table, badge
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases import lists
from wurzelwerk.cases.models import Household, Referral, Task

from .. import actions, law
from ..enums import WbsState
from ..forms.placing import ConfirmForm, RefusalForm, SearchFilter, ShortReasonForm
from ..models import HousingSearch
from ..queries.households import income_band, profile_of, table_limit, wishes_of
from ..queries.panels import journey_seen
from ..queries.searches import contacts_of, placements_of, searches_of, waiting_referrals
from ..release import released_stages
from .answering import act, address_of_household, ask, demand, found_or_404, posted

STATE_KINDS = {"searching": "info", "paused": "warning", "placed": "success", "ended": ""}
PLACES = "housing.place"


def search_state(row: HousingSearch) -> str:
    """Write a search's state as a badge."""
    return badge(row.get_state_display(), STATE_KINDS[row.state])


def _name(row) -> str:
    return row.household_name or _("Weitergabe beendet")


class SearchTable(Table):
    """The searches of the body."""

    name, title = "suchen", gettext_lazy("Suchen")
    one, many = gettext_lazy("Suche"), gettext_lazy("Suchen")
    empty_title = gettext_lazy("Noch keine Suchen")
    empty_text = gettext_lazy("Nehmen Sie eine Anfrage an; der Haushalt steht dann hier.")
    empty_icon = "search"
    filter_class = SearchFilter
    default_sort = "taken_on"
    columns = (
        Column(
            "household",
            gettext_lazy("Haushalt"),
            value=_name,
            sort=("household_name",),
            url=lambda row: reverse("housing_search", args=[row.pk]),
        ),
        Column(
            "state",
            gettext_lazy("Stand"),
            value=lambda row: str(row.get_state_display()),
            cell=search_state,
            sort=("state",),
        ),
        Column("persons", gettext_lazy("Personen"), kind="whole", sort=("persons",)),
        Column("priority", gettext_lazy("Klasse"), kind="whole", sort=("priority",)),
        Column(
            "wbs",
            gettext_lazy("WBS"),
            value=lambda row: str(WbsState(row.wbs_state).label) if row.wbs_state else "",
            sort=("wbs_state",),
        ),
        Column("proposals", gettext_lazy("laufende Vorschläge"), kind="whole", sort=("proposals",)),
        Column("waiting_since", gettext_lazy("sucht seit"), kind="day", sort=("waiting_since",)),
        Column("needed_by", gettext_lazy("spätestens"), kind="day", sort=("needed_by",)),
        Column("taken_on", gettext_lazy("übernommen"), kind="day", sort=("taken_on",)),
    )


def search_list(request: HttpRequest) -> HttpResponse:
    """Show referrals that wait for an answer, and the searches."""
    demand(request, PLACES)
    table = SearchTable(rows=searches_of(request.actor), request=request, today=clock.today())
    page = {"table": table, "referrals": list(waiting_referrals(request.actor)[:50])}
    return table.export() or render(request, "housing/placing/searches.html", page)


def _waiting(request: HttpRequest, pk: UUID) -> Referral:
    referral = found_or_404(Referral, request, pk)
    if not request.actor.may("referral.answer") or not request.actor.works_for([referral.receiver_id]):
        raise Http404
    return referral


def referral_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept a referral: the search begins."""
    referral = _waiting(request, pk)
    form = ConfirmForm(posted(request))
    return ask(
        request,
        form,
        title=_("Anfrage annehmen"),
        do=lambda at: actions.accept_search(referral=referral, by=request.actor, at=at),
        done=_("Die Suche ist übernommen. Sie sehen jetzt Suchprofil und Kontakt."),
        to=lambda search: reverse("housing_search", args=[search.pk]),
        cancel=reverse("housing_search_list"),
        confirm=_("Anfrage annehmen"),
        template="housing/placing/referral_accept.html",
        referral=referral,
        stages=_stage_labels(referral),
        trail=[(_("Suchen"), reverse("housing_search_list"))],
    )


def _stage_labels(referral: Referral) -> list[str]:
    released = released_stages(referral, on=clock.today())
    return [row.value["label"] for row in lists.table("release_stages").all_on(clock.today()) if row.key in released]


def referral_refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Refuse a referral with a reason."""
    referral = _waiting(request, pk)
    form = RefusalForm(posted(request))
    return ask(
        request,
        form,
        title=_("Anfrage ablehnen"),
        do=lambda at: cases.refuse_referral(
            referral=referral,
            because=form.cleaned_data["because"],
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=at,
        ),
        done=_("Die Anfrage ist abgelehnt; die überweisende Stelle sieht Ihre Begründung."),
        to=reverse("housing_search_list"),
        lead=_("Die überweisende Stelle erfährt es sofort. Es lässt sich nicht zurücknehmen; sie kann neu überweisen."),
        confirm=_("Ablehnen"),
        trail=[(_("Suchen"), reverse("housing_search_list"))],
    )


def search(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one search to who places the household."""
    demand(request, PLACES)
    row = found_or_404(HousingSearch, request, pk, write=True)
    actor = request.actor
    household = Household.objects.visible_to(actor).filter(pk=row.household_ref).first()
    profile = profile_of(row.household_ref, actor=actor)
    placements = placements_of(row.household_ref, actor=actor)
    tasks = Task.objects.visible_to(actor).filter(case=row.case, done_at__isnull=True, cancelled_at__isnull=True)
    latest = row.outcomes.visible_to(actor).exclude(kind="reserve").select_related("round")
    page = {
        "search": row,
        "household": household,
        "household_url": address_of_household(row.household_ref) if household else "",
        "profile": profile,
        "wishes": wishes_of(profile) if profile else None,
        "priority": law.label("priority_classes", str(profile.priority)) if profile else "",
        "table_limit": table_limit(profile, on=clock.today()) if profile else None,
        "wbs_kind": law.label("wbs_kinds", profile.wbs_kind) if profile and profile.wbs_kind else "",
        "contacts": contacts_of(row.household_ref, actor=actor) if household else [],
        "placements": placements,
        "tenant": next((one.tenant_ref for one in placements if one.tenant_ref), None),
        "band": _band(row, placements),
        "journey": journey_seen(row.household_ref, actor=actor),
        "tasks": tasks,
        "outcome": latest.order_by("-round__started_at").first() if household else None,
        "kind": STATE_KINDS[row.state],
    }
    return render(request, "housing/placing/search.html", page)


def _band(row: HousingSearch, placements: list) -> str:
    """The income band, from declared interest on and only where that stage is released."""
    asked = any(one.state in {"applied", "promised", "contract"} for one in placements)
    if not asked or row.referral_ref is None:
        return ""
    referral = Referral.objects.for_system(reason="which stages are released").get(pk=row.referral_ref)
    if referral.state != "accepted" or "interest" not in released_stages(referral, on=clock.today()):
        return ""
    return income_band(row.household_ref, reason="band only, released for declared interest")


def search_pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a search rest, with a reason."""
    lead = _("Der Haushalt nimmt an keiner Runde teil, bis Sie die Suche wieder aufnehmen.")
    return _with_reason(request, pk, actions.pause_search, _("Suche ruhen lassen"), _("Die Suche ruht."), lead)


def search_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a search without a dwelling, with a reason."""
    done = _("Die Suche ist beendet; laufende Vorschläge sind zurückgezogen.")
    lead = _(
        "Laufende Vorschläge werden zurückgezogen. Nehmen Sie die Suche wieder auf, kommen sie nicht von selbst zurück."
    )
    return _with_reason(request, pk, actions.close_search, _("Suche beenden"), done, lead)


def _with_reason(request: HttpRequest, pk: UUID, action, title: str, done: str, lead: str) -> HttpResponse:
    row = found_or_404(HousingSearch, request, pk, write=True)
    form = ShortReasonForm(posted(request))
    address = reverse("housing_search", args=[row.pk])
    return ask(
        request,
        form,
        title=title,
        do=lambda at: action(search=row, reason=form.cleaned_data["reason"], by=request.actor, at=at),
        done=done,
        undo=reverse("housing_search_resume", args=[row.pk]),
        to=address,
        lead=lead,
        confirm=title,
        trail=[(_("Suchen"), reverse("housing_search_list"))],
    )


@require_POST
def search_resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a search up again."""
    row = found_or_404(HousingSearch, request, pk, write=True)
    return act(
        request,
        do=lambda at: actions.resume_search(search=row, by=request.actor, at=at),
        done=_("Die Suche läuft wieder."),
        to=reverse("housing_search", args=[row.pk]),
    )
