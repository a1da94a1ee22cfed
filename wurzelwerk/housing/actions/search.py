"""What a household looks for, and who looks for it: keep the profile, take a search on, let it rest, close it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.ledger import about_case, case_frame
from wurzelwerk.cases.models import Case, Household, Referral
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import District
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Pseudonym
from wurzelwerk.trust.queries import frame_of, keys_of
from wurzelwerk.trust.rules import check_can_write, check_permission

from .. import facts
from ..actions.placing import withdraw_placement
from ..enums import OPEN_PLACEMENT, SearchState, StepFree, WbsState
from ..journeys import follow_placements, journey_of, stand_at
from ..models import HousingSearch, Placement, SearchProfile
from ..release import AT_ACCEPTANCE, passing_on, released_stages
from ..rules.placing import check_can_place, check_reason
from ..telling import advising_case, tell_counsellor

ORDINARY_PRIORITY = 3


@dataclass(frozen=True)
class ProfileData:
    """A search profile as typed in. Amounts in euro a month."""

    persons: int
    benefit_persons: int = 0
    draws_benefits: bool | None = None
    most_gross_cold: Decimal | None = None
    most_warm: Decimal | None = None
    step_free: str = StepFree.NO
    pets: bool = False
    wbs_state: str = WbsState.UNKNOWN
    wbs_kind: str = ""
    wbs_persons: int | None = None
    wbs_valid_until: date | None = None
    wished: tuple[District, ...] = ()
    excluded: tuple[District, ...] = ()
    needed_by: date | None = None
    priority: int = ORDINARY_PRIORITY
    priority_ground: str = ""
    waiting_since: date | None = None


@transaction.atomic
def keep_profile(*, household: Household, profile: ProfileData, by: Actor, at: datetime) -> SearchProfile:
    """Write down what the household looks for. Raises NotAllowed, BadInput."""
    reason = "one profile a household; the write is checked next"
    row = SearchProfile.objects.for_system(reason=reason).filter(household=household).first() or SearchProfile(
        akte=household.akte, household=household, waiting_since=profile.waiting_since or local_day(at)
    )
    check_can_write(by, row)
    _check_profile(profile, at=at)
    for name in (
        "persons", "benefit_persons", "draws_benefits", "most_gross_cold", "most_warm", "step_free", "pets",
        "wbs_state", "needed_by", "priority",
    ):  # fmt: skip
        setattr(row, name, getattr(profile, name))
    held = profile.wbs_state == WbsState.HELD
    row.wbs_kind = profile.wbs_kind if held else ""
    row.wbs_persons = profile.wbs_persons if held else None
    row.wbs_valid_until = profile.wbs_valid_until if held else None
    row.priority_ground = profile.priority_ground.strip() if profile.priority != ORDINARY_PRIORITY else ""
    row.waiting_since = profile.waiting_since or row.waiting_since
    row.changed_at = at
    row.save()
    row.wished.set(profile.wished)
    row.excluded.set(profile.excluded)
    journey = journey_of(household.pk, by=by)
    if journey is not None and journey.stage == "clarify":
        stand_at(household.pk, "profile", by=by, at=at)
    household_key = keys_of(Pseudonym.Kind.HOUSEHOLD, [household.pk]).get(household.pk)
    case = advising_case(household.pk)
    about = about_case(case) if case else []
    record(
        facts.PROFILE_KEPT,
        about=[keys for keys in about if keys.household == household_key],
        frame=frame_of(household.akte),
        at=at,
    )
    return row


def _check_profile(profile: ProfileData, *, at: datetime) -> None:
    if not 1 <= profile.persons <= 30:
        raise BadInput(_("Bitte geben Sie eine Zahl zwischen 1 und 30 an."), field="persons")
    if profile.benefit_persons > profile.persons:
        raise BadInput(_("Das sind mehr Personen, als der Haushalt hat."), field="benefit_persons")
    if profile.draws_benefits and not profile.benefit_persons:
        raise BadInput(
            _("Bitte geben Sie an, wie viele Personen zur Bedarfsgemeinschaft gehören."), field="benefit_persons"
        )
    if both := {one.pk for one in profile.wished} & {one.pk for one in profile.excluded}:
        names = ", ".join(sorted(one.name for one in profile.wished if one.pk in both))
        raise BadInput(_("Gewünscht und zugleich ausgeschlossen: %(names)s.") % {"names": names}, field="excluded")
    if profile.priority != ORDINARY_PRIORITY and not profile.priority_ground.strip():
        raise BadInput(_("Bitte nennen Sie den Grund der Dringlichkeit."), field="priority_ground")
    if profile.waiting_since and profile.waiting_since > local_day(at):
        raise BadInput(_("Dieser Tag liegt in der Zukunft."), field="waiting_since")
    for amount, name in ((profile.most_gross_cold, "most_gross_cold"), (profile.most_warm, "most_warm")):
        if amount is not None and amount < 0:
            raise BadInput(_("Eine Miete kann nicht negativ sein."), field=name)


@transaction.atomic
def accept_search(*, referral: Referral, by: Actor, at: datetime) -> HousingSearch:
    """Accept a referral: own Akte and case, what was released is opened, the search begins.

    Raises NotAllowed, WrongState (answered already, releases ended or without the stages of a search).
    """
    check_permission(by, "referral.answer")
    if not released_stages(referral, on=local_day(at)) & frozenset(AT_ACCEPTANCE):
        raise WrongState(_("Die Freigaben der Mitglieder umfassen die Wohnungssuche nicht."))
    case = cases.accept_referral(
        referral=referral, service="housing", passing_on=passing_on(referral, on=local_day(at)), by=by, at=at
    )
    search = _begin(case, referral.household_id, by, at, referral_ref=referral.pk)
    stand_at(referral.household_id, "referred", by=by, at=at)
    follow_placements(search, by=by, at=at)
    return search


@transaction.atomic
def take_on_search(*, case: Case, household: Household, by: Actor, at: datetime) -> HousingSearch:
    """Search for a household of one's own body, without a referral. Raises NotAllowed, WrongState."""
    if household.akte_id != case.akte_id:
        raise WrongState(_("Dieser Haushalt gehört nicht zu diesem Fall."))
    if not SearchProfile.objects.visible_to(by).filter(household=household).exists():
        raise WrongState(_("Bitte halten Sie zuerst das Suchprofil fest."))
    search = _begin(case, household.pk, by, at)
    follow_placements(search, by=by, at=at)
    return search


def _begin(
    case: Case, household_ref: UUID, by: Actor, at: datetime, *, referral_ref: UUID | None = None
) -> HousingSearch:
    search = HousingSearch(
        akte=case.akte,
        case=case,
        household_ref=household_ref,
        referral_ref=referral_ref,
        taken_on=local_day(at),
        changed_at=at,
    )
    check_can_place(by, search)
    _save_open(search)
    record(facts.SEARCH_TAKEN_ON, about=about_case(case), frame=case_frame(case), at=at)
    return search


def _save_open(search: HousingSearch) -> None:
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError as error:
        raise WrongState(_("Für diesen Haushalt läuft hier schon eine Suche.")) from error


@transaction.atomic
def pause_search(*, search: HousingSearch, reason: str, by: Actor, at: datetime) -> None:
    """Let a search rest: the household takes part in no round. Raises NotAllowed, WrongState, BadInput."""
    check_can_place(by, search)
    check_reason(reason)
    if search.state != SearchState.SEARCHING:
        raise WrongState(_("Nur eine laufende Suche kann ruhen."))
    _set_state(search, SearchState.PAUSED, at, reason=reason.strip())
    tell_counsellor(search, _("Eine Wohnungssuche ruht."), by=by, at=at)


@transaction.atomic
def resume_search(*, search: HousingSearch, by: Actor, at: datetime) -> None:
    """Take up a search that rested or was closed. Raises NotAllowed, WrongState."""
    check_can_place(by, search)
    if search.state not in {SearchState.PAUSED, SearchState.ENDED}:
        raise WrongState(_("Diese Suche läuft."))
    if search.referral_ref and not Household.objects.visible_to(by).filter(pk=search.household_ref).exists():
        raise WrongState(_("Die Weitergabe der Daten ist beendet. Es braucht eine neue Überweisung."))
    _set_state(search, SearchState.SEARCHING, at)
    follow_placements(search, by=by, at=at)


@transaction.atomic
def close_search(*, search: HousingSearch, reason: str, by: Actor, at: datetime) -> None:
    """Close a search without a dwelling; its open proposals are withdrawn. Raises NotAllowed, WrongState, BadInput."""
    check_can_place(by, search)
    check_reason(reason)
    if search.state not in {SearchState.SEARCHING, SearchState.PAUSED}:
        raise WrongState(_("Diese Suche ist schon abgeschlossen."))
    placements = Placement.objects.visible_to(by).filter(search=search)
    if placements.filter(state__in=["promised", "contract"]).exists():
        raise WrongState(_("Es gibt eine Zusage. Nehmen Sie sie zuerst zurück."))
    for placement in placements.filter(state__in=OPEN_PLACEMENT):
        withdraw_placement(placement=placement, reason=reason, by=by, at=at)
    _set_state(search, SearchState.ENDED, at, reason=reason.strip())
    stand_at(search.household_ref, "profile", by=by, at=at)
    tell_counsellor(search, _("Eine Wohnungssuche wurde beendet."), by=by, at=at)


def _set_state(search: HousingSearch, state: str, at: datetime, *, reason: str = "") -> None:
    search.state, search.close_reason, search.changed_at = SearchState(state), reason[:300], at
    search.closed_on = local_day(at) if state == SearchState.ENDED else None
    _save_open(search)
    record(
        facts.SEARCH_CHANGED,
        about=about_case(search.case),
        frame=case_frame(search.case),
        at=at,
        dimensions={"state": search.state},
    )
