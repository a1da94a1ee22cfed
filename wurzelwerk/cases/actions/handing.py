"""Work is handed over: when somebody leaves or is away for long, in one act that is taken back as one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..absence_rules import check_may_manage
from ..covers import follow_lead
from ..ledger import about_case, case_frame
from ..models import Appointment, Case, Notice, Step, Task, WorkChange
from ..notices import ask_to_look_in
from ..rules import check_can_work, check_colleague
from ..work_moving import begin_change, case_of, remember

COLUMNS: dict[type, str] = {Case: "lead_id", Task: "assignee_id", Step: "assignee_id", Appointment: "host_id"}
"""Which column says whose a row is."""


@transaction.atomic
def hand_work(*, person: User, gives: Sequence[tuple[Any, User]], by: Actor, at: datetime) -> WorkChange:
    """Give cases, tasks, steps and appointments of a person to colleagues; each of them is told of new cases.

    Only the person and who leads them may. Raises NotAllowed, WrongState, BadInput; then nothing changes hands.
    """
    check_may_manage(by, person.pk)
    if not gives:
        raise BadInput(_("Bitte wählen Sie aus, wer etwas übernimmt."))
    change = begin_change(user_id=by.user_id, at=at)
    for row, to in gives:
        _give(change, row, person, to, by, at)
    _tell(gives, at)
    follow_lead(person.pk, *{to.pk for _row, to in gives}, by=by, at=at)
    return change


def _give(change: WorkChange, row: Any, person: User, to: User, by: Actor, at: datetime) -> None:
    case, column = case_of(row), COLUMNS[type(row)]
    if getattr(row, column) != person.pk:
        raise BadInput(_("Etwas davon gehört inzwischen jemand anderem. Bitte sehen Sie die Liste noch einmal durch."))
    check_can_work(by, case, row)
    check_colleague(to, case, on=local_day(at), field="")
    remember(change, row, column, to.pk)
    row.save(update_fields=[column])
    if isinstance(row, Case):
        record(facts.CASE_ASSIGNED, about=about_case(case), frame=case_frame(case), at=at)


def _tell(gives: Iterable[tuple[Any, User]], at: datetime) -> None:
    """A notice for every case, and one mail for each colleague however many cases they take over."""
    people: dict[UUID, User] = {}
    for row, to in gives:
        if isinstance(row, Case):
            Notice.objects.create(
                akte=row.akte, case=row, recipient=to, text=_("Ein Fall wurde Ihnen übergeben."), made_at=at
            )
            people[to.pk] = to
    for to in people.values():
        ask_to_look_in(to)
