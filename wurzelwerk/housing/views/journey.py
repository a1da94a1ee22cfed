"""Pages of a household's way: start it, bring it on, take a stage back; the search profile; after-care."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.editing import Editing
from wurzelwerk.cases.models import Accommodation, Case, EconomicSituation, Household, HouseholdMember
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.pathways import actions as pathways
from wurzelwerk.pathways.models import Journey
from wurzelwerk.trust.scopes import Scope

from .. import actions
from ..claims import HousingClaims, claims_of
from ..forms.placing import AfterCareForm, ReasonForm, StageForm
from ..forms.profile import ProfileForm, initial_of, split_ground
from ..journeys import PATHWAY, journey_of
from ..law import load_limits
from ..models import AfterCare
from ..queries.households import facts_of, profile_of, proposed_profile
from .answering import act, address_of_household, ask, demand, found_or_404, posted


def _household(request: HttpRequest, pk: UUID, *, scope: str) -> Household:
    """Return a household whose content of this scope the actor may change; 404 otherwise."""
    household = found_or_404(Household, request, pk)
    actor = request.actor
    home = actor.keeps(household.circle_id, scope, write=True)
    if not home and not actor.holds_grant(household.akte_id, scope, write=True):
        raise Http404
    return household


def _journey(request: HttpRequest, household: Household) -> Journey:
    journey = journey_of(household.pk, by=request.actor)
    if journey is None:
        raise Http404
    return journey


@require_POST
def pathway_start(request: HttpRequest, household: UUID) -> HttpResponse:
    """Set the household on the way to a home."""
    home = _household(request, household, scope=Scope.PATHWAY)
    case = Case.objects.visible_to(request.actor).filter(parties__household=home, akte_id=home.akte_id).first()
    if case is None:
        raise Http404
    return act(
        request,
        do=lambda at: pathways.start_journey(case=case, pathway=PATHWAY, by=request.actor, at=at),
        done=_("Der Weg in die Wohnung ist begonnen."),
        to=address_of_household(home.pk, "weg"),
    )


def pathway_advance(request: HttpRequest, household: UUID) -> HttpResponse:
    """Bring the journey to a following stage by hand, where no placement does it."""
    home = _household(request, household, scope=Scope.PATHWAY)
    journey = _journey(request, home)
    stages = [(code, journey.table.stage(code).label) for code in journey.at_stage.next]
    form = StageForm(posted(request), stages=stages)
    return ask(
        request,
        form,
        title=_("Nächste Stufe auf dem Weg in die Wohnung"),
        do=lambda at: pathways.advance(journey=journey, to=form.cleaned_data["to"], by=request.actor, at=at),
        done=_("Die Stufe ist eingetragen."),
        to=address_of_household(home.pk, "weg"),
        lead=_("Von Vorschlag bis Schlüsselübergabe geht der Weg mit der Vermittlung von selbst weiter."),
        trail=[(home.name, address_of_household(home.pk))],
    )


def pathway_take_back(request: HttpRequest, household: UUID) -> HttpResponse:
    """Take the last stage back, with a reason."""
    home = _household(request, household, scope=Scope.PATHWAY)
    journey = _journey(request, home)
    form = ReasonForm(posted(request))
    return ask(
        request,
        form,
        title=_("Stufe „%(stage)s“ zurücknehmen") % {"stage": journey.at_stage.label},
        do=lambda at: pathways.take_back(
            journey=journey, reason=form.cleaned_data["reason"][:300], by=request.actor, at=at
        ),
        done=_("Die Stufe ist zurückgenommen; beides steht im Verlauf."),
        to=address_of_household(home.pk, "weg"),
        confirm=_("Zurücknehmen"),
        trail=[(home.name, address_of_household(home.pk))],
    )


def profile_edit(request: HttpRequest, household: UUID) -> HttpResponse:
    """Write down what the household looks for; the first time with values proposed from household and claims."""
    home = _household(request, household, scope=Scope.SEARCH_PROFILE)
    profile = profile_of(home.pk, actor=request.actor)
    today = clock.today()
    known = _known(request, home, profile)

    def stored():
        now = profile_of(home.pk, actor=request.actor) if request.method == "POST" else profile
        return initial_of(now, on=today) if now else None

    editing = Editing(home, stored)
    form = ProfileForm(posted(request), initial=editing.initial or _proposed(known, today), today=today)
    return ask(
        request,
        form,
        title=_("Suchprofil"),
        do=lambda at: actions.keep_profile(household=home, profile=form.profile(), by=request.actor, at=at),
        done=_("Das Suchprofil ist gespeichert. Es gilt ab der nächsten Runde."),
        to=address_of_household(home.pk, "suchprofil"),
        template="housing/placing/profile_form.html",
        writing=Writing("profile", Scope.SEARCH_PROFILE, home, home.pk, editing.initial),
        editing=editing,
        claims=known[0],
        is_new=profile is None,
        trail=[(home.name, address_of_household(home.pk))],
    )


def _proposed(known: tuple[HousingClaims, list, date | None], today: date) -> dict[str, Any]:
    """What the form begins with where there is no profile yet."""
    claims, members, leave_by = known
    proposed = {"waiting_since": today, "wbs_state": "unknown", "step_free": "no"}
    proposed |= proposed_profile(claims, members, must_leave_by=leave_by)
    proposed["grounds"], proposed["priority_note"] = split_ground(proposed["priority_ground"], on=today)
    return proposed


def _known(request: HttpRequest, home: Household, profile) -> tuple[HousingClaims, list, date | None]:
    actor, today = request.actor, clock.today()
    members = list(
        HouseholdMember.objects.visible_to(actor)
        .filter(household=home, left_on__isnull=True)
        .select_related("person")
        .order_by("position", "pk")
    )
    economy = EconomicSituation.objects.visible_to(actor).filter(household=home).first()
    present = Accommodation.objects.visible_to(actor).filter(household=home, until__isnull=True).first()
    facts = facts_of(members, economy=economy, accommodation=present, profile=profile, on=today)
    return claims_of(facts, load_limits(today)), members, present.must_leave_by if present else None


@require_POST
def search_take_on(request: HttpRequest, household: UUID) -> HttpResponse:
    """Search for a household of one's own body."""
    demand(request, "housing.place")
    home = _household(request, household, scope=Scope.CONTACT)
    case = Case.objects.visible_to(request.actor).filter(parties__household=home, akte_id=home.akte_id).first()
    if case is None or home.circle_id not in request.actor.circles:
        raise Http404
    return act(
        request,
        do=lambda at: actions.take_on_search(case=case, household=home, by=request.actor, at=at),
        done=_("Die Suche ist aufgenommen."),
        to=address_of_household(home.pk, "vermittlung"),
    )


def _aftercare(request: HttpRequest, pk: UUID) -> AfterCare:
    """Only the body that advises the household notes: the note goes into its task."""
    row = found_or_404(AfterCare, request, pk, write=True)
    if row.circle_id not in request.actor.circles:
        raise Http404
    return row


def aftercare_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what after-care found."""
    row = _aftercare(request, pk)
    form = AfterCareForm(posted(request))
    return ask(
        request,
        form,
        title=_("Nachbetreuung %(when)s") % {"when": row.get_mark_display()},
        do=lambda at: actions.note_aftercare(
            aftercare=row, result=form.cleaned_data["result"], text=form.cleaned_data["text"], by=request.actor, at=at
        ),
        done=_("Die Nachbetreuung ist vermerkt, die Aufgabe ist erledigt."),
        to=address_of_household(row.household_ref, "nachbetreuung"),
        writing=Writing("aftercare", Scope.PATHWAY, row, row.pk),
    )


def aftercare_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what was noted."""
    row = _aftercare(request, pk)
    form = ReasonForm(posted(request))
    return ask(
        request,
        form,
        title=_("Vermerk zur Nachbetreuung zurücknehmen"),
        do=lambda at: actions.take_back_aftercare(
            aftercare=row, reason=form.cleaned_data["reason"][:300], by=request.actor, at=at
        ),
        done=_("Der Vermerk ist zurückgenommen, die Aufgabe ist wieder offen."),
        to=address_of_household(row.household_ref, "nachbetreuung"),
        confirm=_("Zurücknehmen"),
    )
