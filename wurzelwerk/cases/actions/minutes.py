"""Minutes of a conference are opened to another body that took part, and closed again."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.errors import WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..ledger import about_case, case_frame
from ..minutes_rules import check_can_open, decisions_of
from ..models import Case, Conference, OpenedMinutes, Referral
from ..notices import tell
from ..rules import check_can_work


@transaction.atomic
def open_minutes(*, conference: Conference, referral: Referral, by: Actor, at: datetime) -> OpenedMinutes:
    """Open the minutes as they stand to the body of a referral; whoever is in charge there is told.

    Only the person in charge of the case, or who stands in for them. Raises NotAllowed, WrongState (no minutes, nobody
    of that body was there, the releases do not cover it, or it is open already).
    """
    check_can_open(by, conference, referral, at=at)
    opened = OpenedMinutes(
        akte=conference.akte, conference=conference, referral=referral, receiver=referral.receiver,
        kind=conference.kind, held_at=conference.starts_at, text=conference.minutes,
        decisions=decisions_of(conference), opened_at=at, opened_by_id=by.user_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            opened.save()
    except IntegrityError:
        raise WrongState(_("Dieses Protokoll ist für die Stelle schon freigegeben.")) from None
    _tell(opened, _("Für Ihre Stelle ist ein Protokoll freigegeben: Besprechung am %(day)s"), at)
    record(facts.MINUTES_OPENED, about=about_case(conference.case), frame=case_frame(conference.case), at=at)
    return opened


@transaction.atomic
def close_minutes(*, opened: OpenedMinutes, by: Actor, at: datetime) -> None:
    """Let the other body read the minutes no more, from now on. Raises NotAllowed, WrongState."""
    conference = opened.conference
    check_can_work(by, conference.case, conference)
    if opened.closed_at:
        raise WrongState(_("Diese Freigabe ist schon zurückgenommen."))
    opened.closed_at, opened.closed_by_id = at, by.user_id
    opened.save(update_fields=["closed_at", "closed_by"])
    _tell(opened, _("Ein Protokoll ist nicht mehr für Sie freigegeben: Besprechung am %(day)s"), at)
    record(facts.MINUTES_CLOSED, about=about_case(conference.case), frame=case_frame(conference.case), at=at)


def _tell(opened: OpenedMinutes, sentence: str, at: datetime) -> None:
    theirs = Case.objects.for_system(reason="who is in charge at the body that may read minutes")
    for case in theirs.filter(akte=opened.referral.receiver_akte_id, lead__isnull=False):
        tell(case=case, text=sentence % {"day": formats.day(opened.held_at)}, at=at)
