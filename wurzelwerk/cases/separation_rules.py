"""Person first, then state: what stands against parting a household, and against making it one again."""

from django.utils.translation import gettext as _

from wurzelwerk.base.errors import NotAllowed, WrongState
from wurzelwerk.evidence.bulk import keys_recorded_since
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.building import about_akten
from wurzelwerk.trust.guard import guarded_models
from wurzelwerk.trust.models import Akte, Grant

from .covers import PURPOSE as COVER
from .merge_moving import Group, every
from .merge_sides import may_merge
from .models import Case, CaseParty, Household, HouseholdMember, Separation
from .outside_rules import check_nothing_told_outside
from .rules import check_can_work


def may_separate(actor: Actor, household: Household) -> bool:
    """Say whether the actor may write whatever goes with the people who leave."""
    return may_merge(actor, household.akte)


def check_can_separate(actor: Actor, case: Case, household: Household) -> None:
    """Raise where the actor may not write all of the Akte, the case is closed, or a body outside is told of both."""
    if not may_separate(actor, household) or case.akte_id != household.akte_id:
        raise NotAllowed(_("Trennen kann nur, wer in dieser Akte schreiben darf."))
    check_can_work(actor, case, case)
    check_nothing_told_outside(household)


def check_can_unseparate(actor: Actor, separation: Separation) -> None:
    """Raise unless the actor may write both Akten, the separation stands, and nothing came into the new Akte since."""
    if not may_separate(actor, separation.household):
        raise NotAllowed(_("Zurücknehmen kann nur, wer in beiden Akten schreiben darf."))
    if separation.undone_at or separation.made is None:
        raise WrongState(_("Diese Trennung ist schon zurückgenommen."))
    if not may_separate(actor, separation.made):
        raise NotAllowed(_("Zurücknehmen kann nur, wer in beiden Akten schreiben darf."))
    if _written_since(separation, separation.made):
        raise WrongState(
            _("In der neuen Akte wurde seitdem etwas eingetragen. Die Trennung lässt sich nicht mehr zurücknehmen.")
        )


def _written_since(separation: Separation, made: Household) -> bool:
    """Whether more lies in the new Akte than came by the separation, or anything was recorded about it since."""
    if keys_recorded_since(about_akten([made.akte_id]), since=separation.recorded_at):
        return True
    came: dict[str, set[str]] = {}
    for group in map(Group.read, separation.moved):
        came.setdefault(group.model._meta.label, set()).update(map(str, group.ids))
    own = {Akte, Case, CaseParty, Household, HouseholdMember}
    for model in guarded_models():
        known = came.get(model._meta.label, set())
        lying = every(model).filter(akte=made.akte).values_list("pk", flat=True) if model not in own else ()
        if {str(pk) for pk in lying} - known:
            return True
    joined = every(HouseholdMember).filter(akte=made.akte).exclude(joined_on=separation.happened_on, left_on=None)
    return joined.exists() or Grant.objects.filter(akte=made.akte).exclude(purpose=COVER).exists()
