"""An interpreter is asked to come to an appointment, and answers."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.cases.ledger import about_case, case_frame
from wurzelwerk.cases.models import Appointment
from wurzelwerk.evidence.ledger import record
from wurzelwerk.trust.actor import Actor

from .. import facts
from ..enums import InterpreterState
from ..models import InterpreterRequest
from ..rules import check_changeable, check_language

ANSWERS = (InterpreterState.CONFIRMED, InterpreterState.REFUSED)


@transaction.atomic
def ask_interpreter(
    *, appointment: Appointment, language: str, by: Actor, at: datetime, service: str = "", free_of_charge: bool = True
) -> InterpreterRequest:
    """Note that an interpreter was asked for an appointment. Raises NotAllowed, WrongState, BadInput."""
    check_changeable(by, appointment)
    check_language(language, at=at)
    request = InterpreterRequest(
        akte=appointment.akte, appointment=appointment, language=language, service=service.strip(),
        free_of_charge=free_of_charge, asked_by_id=by.user_id, asked_at=at,
    )  # fmt: skip
    return _save(request, at)


@transaction.atomic
def answer_request(
    *, request: InterpreterRequest, state: str, by: Actor, at: datetime, who: str = "", email: str = ""
) -> None:
    """Note the answer: who comes (with a mail address: who can be invited), or that nobody does.

    Raises NotAllowed, WrongState, BadInput.
    """
    check_changeable(by, request.appointment)
    if request.state == InterpreterState.CANCELLED:
        raise WrongState(_("Diese Anfrage ist abbestellt."))
    if state not in ANSWERS:
        raise BadInput(_("Bitte auswählen, ob jemand kommt."), field="state")
    if state == InterpreterState.CONFIRMED and not who.strip():
        raise BadInput(_("Bitte eintragen, wer kommt: der Dienst oder die Person."), field="who")
    request.state, request.who, request.email = InterpreterState(state), who.strip(), email.strip()
    _save(request, at)


@transaction.atomic
def cancel_request(*, request: InterpreterRequest, by: Actor, at: datetime) -> None:
    """Note that the interpreter is not needed any more. Raises NotAllowed, WrongState."""
    check_changeable(by, request.appointment)
    if request.state == InterpreterState.CANCELLED:
        raise WrongState(_("Diese Anfrage ist schon abbestellt."))
    request.state = InterpreterState.CANCELLED
    _save(request, at)


@transaction.atomic
def reopen_request(*, request: InterpreterRequest, by: Actor, at: datetime) -> None:
    """Take back the answer to a request, or that it was cancelled. Raises NotAllowed, WrongState, BadInput."""
    check_changeable(by, request.appointment)
    if request.state == InterpreterState.REQUESTED:
        raise WrongState(_("Diese Anfrage wartet noch auf Antwort."))
    request.state = InterpreterState.REQUESTED
    _save(request, at)


def _save(request: InterpreterRequest, at: datetime) -> InterpreterRequest:
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError:
        raise BadInput(_("Für diese Sprache ist schon jemand angefragt."), field="language") from None
    case = request.appointment.case
    record(facts.INTERPRETER_ASKED, about=about_case(case), frame=case_frame(case), at=at,
           dimensions={"state": request.state})  # fmt: skip
    return request
