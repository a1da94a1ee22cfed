"""Person first, then state: what stands against a write on a list."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.rules import check_can_write, check_permission

from .enums import GOING, State
from .importer import Importer, importers_of
from .models import Sheet

GIVEN_UP_AFTER = timedelta(minutes=10)


def is_given_up(sheet: Sheet, *, at: datetime) -> bool:
    """Whether a job that should be at it has not been heard of for too long."""
    return sheet.state in GOING and at - sheet.alive_at > GIVEN_UP_AFTER


def check_can_send(actor: Actor, importer: Importer) -> None:
    """Raise NotAllowed for somebody who takes in no lists of this kind."""
    check_permission(actor, importer.permission)


def importer_for(actor: Actor, sheet: Sheet) -> Importer:
    """Return the importer of a list. Raises NotAllowed where the actor may (no longer) take in lists of its kind."""
    if (importer := importers_of(actor).get(sheet.kind)) is None:
        raise NotAllowed(_("Dazu fehlt Ihnen die Berechtigung."))
    return importer


def check_can_work(actor: Actor, sheet: Sheet) -> Importer:
    """Return the importer. Raises NotAllowed unless the list is the actor's own and they may take in its kind."""
    check_can_write(actor, sheet)
    if sheet.author_id != actor.user_id:
        raise NotAllowed(_("Diese Liste hat jemand anderes hochgeladen."))
    return importer_for(actor, sheet)


def check_state(sheet: Sheet, *states: State, at: datetime) -> None:
    """Raise WrongState where the list stands elsewhere; what a job left lying may be taken up again."""
    if sheet.state not in states and not (sheet.state in GOING and is_given_up(sheet, at=at)):
        raise WrongState(_("Diese Liste ist inzwischen weiter. Bitte laden Sie die Seite neu."))


def check_columns(importer: Importer, columns: Sequence[str]) -> None:
    """Raise BadInput where a field is chosen twice that only one column can hold, or something needed is missing."""
    many = {one.key for one in importer.fields if one.many}
    labels = {one.key: str(one.label) for one in importer.fields}
    chosen = [key for key in columns if key]
    for key in chosen:
        if key not in labels:
            raise BadInput(_("Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen."))
        if key not in many and chosen.count(key) > 1:
            said = _("„%(label)s“ ist mehreren Spalten zugeordnet. Möglich ist nur eine.")
            raise BadInput(said % {"label": labels[key]})
    if lacking := importer.lacking(set(chosen)):
        raise BadInput(lacking)
