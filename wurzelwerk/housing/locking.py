"""Lock what two people may act on at once, and turn the database's refusal into a sentence."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.errors import WrongState

from .models import Letting, Placement

TAKEN_MEANWHILE = {
    "placement_one_promise_a_letting": _("Diese Wohnung ist inzwischen einem anderen Haushalt zugesagt."),
    "placement_one_promise_a_household": _("Dieser Haushalt hat inzwischen schon eine Zusage für eine andere Wohnung."),
    "placement_one_open_pair": _("Dieser Haushalt ist für diese Wohnung schon vorgeschlagen."),
}


def lock(placement: Placement) -> Letting:
    """Lock the letting, then the placement, and read both anew; who comes second sees what the first did."""
    letting = Letting.objects.for_system(reason="two people act on one letting").select_for_update()
    locked = letting.get(pk=placement.letting_id)
    list(Placement.objects.for_system(reason="two people act on it").select_for_update().filter(pk=placement.pk))
    placement.refresh_from_db()
    placement.letting = locked
    return locked


def save_once(placement: Placement) -> None:
    """Save; where the database forbids it, say what somebody else did meanwhile. Raises WrongState."""
    try:
        with transaction.atomic():
            placement.save()
    except IntegrityError as error:
        raise WrongState(_sentence(str(error))) from error


def _sentence(message: str) -> str:
    for name, sentence in TAKEN_MEANWHILE.items():
        if name in message:
            return str(sentence)
    if "letting_id" in message and "search_id" in message:
        return str(TAKEN_MEANWHILE["placement_one_open_pair"])
    if "household_ref" in message:
        return str(TAKEN_MEANWHILE["placement_one_promise_a_household"])
    return str(TAKEN_MEANWHILE["placement_one_promise_a_letting"])
