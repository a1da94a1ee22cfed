"""Pages on which interpreters are asked for an appointment, and their answers noted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.cases.models import Appointment, PersonLanguage

from .. import actions
from ..forms.keeping import AnswerForm, InterpreterForm
from ..kinds import kind_label
from ..models import InterpreterRequest
from .answering import act, ask, found_or_404, household_address, household_of_appointment, posted


def _trail(household, row: Appointment) -> list[tuple[str, str]]:
    return [
        (_("Haushalte"), reverse("household_list")),
        (household.name, household_address(household.pk)),
        (kind_label(row.kind), reverse("appointment", args=[row.pk])),
    ]


def interpreter_new(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Note that an interpreter was asked; the language that needs one is proposed."""
    row = found_or_404(Appointment, request, appointment, write=True)
    household = household_of_appointment(request, row)
    needed = PersonLanguage.objects.visible_to(request.actor).of(akte_id=household.akte_id)
    language = needed.filter(needs_interpreter=True).order_by("pk").values_list("code", flat=True).first()
    form = InterpreterForm(posted(request), today=clock.today(), initial={"language": language or ""})
    return ask(
        request,
        form,
        title=_("Sprachmittlung anfragen"),
        do=lambda at: actions.ask_interpreter(appointment=row, **_asked(form), by=request.actor, at=at),
        done=_("Die Anfrage ist festgehalten."),
        to=reverse("appointment", args=[row.pk]),
        household=household,
        trail=_trail(household, row),
    )


def _asked(form: InterpreterForm) -> dict:
    return {name: form.cleaned_data[name] for name in ("language", "service", "free_of_charge")}


def interpreter_answer(request: HttpRequest, interpreter: UUID) -> HttpResponse:
    """Note who comes, or that nobody does."""
    row = found_or_404(InterpreterRequest, request, interpreter, write=True)
    household = household_of_appointment(request, row.appointment)
    form = AnswerForm(posted(request))

    def note(at):
        data = form.cleaned_data
        said = {name: data[name] for name in ("state", "who", "email")}
        actions.answer_request(request=row, **said, by=request.actor, at=at)
        return row

    return ask(
        request,
        form,
        title=_("Antwort festhalten"),
        do=note,
        done=_("Die Antwort ist festgehalten."),
        undo=lambda _row: reverse("interpreter_reopen", args=[row.pk]),
        to=reverse("appointment", args=[row.appointment_id]),
        household=household,
        trail=_trail(household, row.appointment),
    )


@require_POST
def interpreter_cancel(request: HttpRequest, interpreter: UUID) -> HttpResponse:
    """Note that the interpreter is not needed any more."""
    row = found_or_404(InterpreterRequest, request, interpreter, write=True)
    household_of_appointment(request, row.appointment)
    return act(
        request,
        do=lambda at: actions.cancel_request(request=row, by=request.actor, at=at),
        done=_("Die Anfrage ist abbestellt."),
        undo=reverse("interpreter_reopen", args=[row.pk]),
        to=reverse("appointment", args=[row.appointment_id]),
    )


@require_POST
def interpreter_reopen(request: HttpRequest, interpreter: UUID) -> HttpResponse:
    """Take back an answer, or that the interpreter was cancelled."""
    row = found_or_404(InterpreterRequest, request, interpreter, write=True)
    household_of_appointment(request, row.appointment)
    return act(
        request,
        do=lambda at: actions.reopen_request(request=row, by=request.actor, at=at),
        done=_("Die Anfrage ist wieder offen."),
        to=reverse("appointment", args=[row.appointment_id]),
    )
