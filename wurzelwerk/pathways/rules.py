"""What stands against a move on a pathway."""

from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, WrongState

from .models import Journey


def check_can_follow(journey: Journey, to: str) -> None:
    """Raise WrongState where the table does not lead from the present stage to this one."""
    here = journey.at_stage
    if to not in here.next:
        raise WrongState(
            _("Von „%(here)s“ führt kein Schritt zu „%(there)s“.")
            % {"here": here.label, "there": journey.table.stage(to).label}
        )


def check_reason(reason: str) -> None:
    """Raise BadInput where a step back is not explained."""
    if not reason.strip():
        raise BadInput(_("Bitte begründen Sie, warum die Stufe zurückgenommen wird."), field="reason")
