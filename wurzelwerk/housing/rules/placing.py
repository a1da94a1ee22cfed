"""What stands against taking a search on, proposing and moving a placement."""

from datetime import date

from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.cases.models import Household
from wurzelwerk.offers.enums import OfferState
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.rules import check_can_write, check_permission

from .. import law
from ..enums import BINDING_PLACEMENT, TAKING_PLACEMENT, PlacementState, SearchState
from ..models import AfterCare, HousingSearch, Letting, Placement
from ..moves import STANDING


def check_can_place(actor: Actor, thing: GuardedModel) -> None:
    """Raise NotAllowed unless the actor places households and may write this row."""
    check_permission(actor, "housing.place")
    check_can_write(actor, thing)


def check_can_run_rounds(actor: Actor) -> None:
    """Raise NotAllowed unless the actor runs rounds."""
    check_permission(actor, "housing.round")


def check_reason(reason: str, *, field: str = "reason") -> None:
    """Raise BadInput where a step that needs a reason has none."""
    if not reason.strip():
        raise BadInput(_("Bitte geben Sie eine Begründung an."), field=field)


def check_searching(search: HousingSearch) -> None:
    """Raise WrongState where the search rests or is over."""
    if search.state == SearchState.PAUSED:
        raise WrongState(_("Die Suche dieses Haushalts ruht. Nehmen Sie sie zuerst wieder auf."))
    if search.state != SearchState.SEARCHING:
        raise WrongState(_("Die Suche dieses Haushalts ist abgeschlossen."))


def check_still_passed_on(search: HousingSearch, actor: Actor) -> None:
    """Raise WrongState where the household's data are not passed on any more."""
    if not Household.objects.visible_to(actor).filter(pk=search.household_ref).exists():
        raise WrongState(_("Die Weitergabe der Daten ist beendet. Für diesen Haushalt ist keine Vermittlung möglich."))


def check_letting_open(letting: Letting) -> None:
    """Raise WrongState where a letting cannot be proposed."""
    state = letting.offer.state
    if state == OfferState.RESERVED:
        raise WrongState(_("Diese Wohnung ist inzwischen einem anderen Haushalt zugesagt."))
    if state != OfferState.OPEN or not letting.is_current:
        raise WrongState(_("Diese Wohnung ist nicht mehr offen."))


def check_household_free(search: HousingSearch, *, except_for: Placement | None = None) -> None:
    """Raise WrongState where the household has been promised another dwelling."""
    promised = Placement.objects.for_system(reason="one promise a household").filter(
        household_ref=search.household_ref, state__in=BINDING_PLACEMENT
    )
    if promised.exclude(pk=except_for.pk if except_for else None).exists():
        raise WrongState(_("Dieser Haushalt hat inzwischen schon eine Zusage für eine andere Wohnung."))


def check_letting_free(letting: Letting, *, except_for: Placement) -> None:
    """Raise WrongState where the letting has been promised to another household."""
    promised = Placement.objects.for_system(reason="one promise a letting").filter(
        letting=letting, state__in=TAKING_PLACEMENT
    )
    if promised.exclude(pk=except_for.pk).exists():
        raise WrongState(
            _("Diese Wohnung ist inzwischen einem anderen Haushalt zugesagt. Der Vorschlag bleibt ohne Zusage.")
        )


def check_can_move(actor: Actor, placement: Placement, to: str) -> None:
    """Raise NotAllowed, or WrongState where the table leads from the present state to no such one."""
    check_can_place(actor, placement)
    if PlacementState(to) in STANDING[PlacementState(placement.state)].next:
        return
    raise WrongState(
        _("Diese Vermittlung steht auf „%(now)s“; daraus kann nicht „%(next)s“ werden.")
        % {"now": placement.get_state_display(), "next": PlacementState(to).label}
    )


def check_decline(reason: str, text: str, *, on: date) -> None:
    """Raise BadInput where the reason is not of the list, or needs a note that is missing."""
    if reason not in dict(law.choices("decline_reasons", on=on)):
        raise BadInput(_("Bitte wählen Sie einen Grund aus der Liste."), field="decline_reason")
    row = law.table("decline_reasons").latest(reason).value
    if row.get("note_required") and not text.strip():
        hint = row.get("hint") or _("Dieser Grund braucht eine Anmerkung.")
        raise BadInput(str(hint), field="decline_text")


def check_keys_day(placement: Placement, day: date, *, today: date) -> None:
    """Raise BadInput where keys would be handed over in the future."""
    if day > today:
        raise BadInput(
            _("Dieser Tag liegt in der Zukunft. Tragen Sie die Übergabe ein, wenn sie war."), field="keys_on"
        )


def check_aftercare_untouched(placement: Placement) -> None:
    """Raise WrongState where after-care has noted something that would lose its ground."""
    noted = AfterCare.objects.for_system(reason="whether the keys can be taken back").filter(
        placement_ref=placement.pk, cancelled_at__isnull=True, noted_on__isnull=False
    )
    if noted.exists():
        raise WrongState(
            _("Zur Nachbetreuung ist schon etwas vermerkt. Bitte nehmen Sie zuerst diesen Vermerk zurück.")
        )
