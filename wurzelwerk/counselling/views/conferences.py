"""Pages of a conference about a household: call it, invite, write the minutes, confirm them."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.editing import Editing
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.enums import ConferenceState, InvitationAnswer
from wurzelwerk.cases.models import Conference, Participant
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.network.models import User
from wurzelwerk.outbox import actions as outbox
from wurzelwerk.outbox.queries import InvitingShown, inviting_of, troubles
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.scopes import Scope

from ..conferences import calendar_file, decisions_of, goals_of, invitable, participants_of
from ..forms.support import ConferenceForm, MinutesForm
from ..minutes import may_open, readers_of
from ..queries import OpenHousehold, colleagues, may_write
from ..support import named_conferences
from .answering import act, ask, found_or_404, opened_by_row, opened_case, posted
from .support import circle_address, circle_trail


def conference_address(conference: Conference) -> str:
    """Return the address of a conference's page."""
    return reverse("conference", args=[conference.pk])


def found_conference(request: HttpRequest, pk: UUID, *, write: str = "") -> tuple[OpenHousehold, Conference]:
    """Return a conference and its household, for the team that keeps the Akte; 404 for anybody else."""
    row = found_or_404(Conference, request, pk)
    subject = opened_by_row(request, row, write=write)
    if subject.case is None or subject.case.pk != row.case_id:
        raise Http404
    named_conferences([row])
    return subject, row


def _below(subject: OpenHousehold, conference: Conference) -> list[tuple[str, str]]:
    return [*circle_trail(subject), (conference.label, conference_address(conference))]


def conference(request: HttpRequest, conference: UUID) -> HttpResponse:
    """Show a conference: who is invited, the minutes, what was decided and what became of it."""
    subject, row = found_conference(request, conference)
    writes = may_write(request.actor, row, Scope.SUPPORT) and not subject.case.closed_on
    people = participants_of(row, actor=request.actor)
    names = User.objects.in_bulk([pk for pk in (row.called_by_id, row.written_by_id) if pk])
    context = {
        "subject": subject,
        "conference": row,
        "participants": people,
        "mine": next((one for one in people if one.user_id == request.actor.user_id), None),
        "decisions": decisions_of(row, actor=request.actor, today=subject.today),
        "called_by": names.get(row.called_by_id),
        "written_by": names.get(row.written_by_id),
        "may_write": writes,
        "is_planned": row.state == ConferenceState.PLANNED,
        "is_held": row.state == ConferenceState.HELD,
        "has_begun": row.starts_at <= clock.now(),
        "trail": circle_trail(subject),
        "inviting": _shown_inviting(request, row),
        "troubles": troubles(at=clock.now()),
        "readers": readers_of(row, actor=request.actor),
        "opens_minutes": may_open(row, actor=request.actor, at=clock.now()),
    }
    return render(request, "counselling/support/conference.html", context)


def conference_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Set a conference and invite to it."""
    subject = opened_case(request, household, write=Scope.SUPPORT)
    offered = invitable(subject.case, subject)
    own = f"u:{request.actor.user_id}"
    site = subject.case.akte.site
    form = ConferenceForm(
        posted(request),
        offered=offered,
        today=subject.today,
        initial={"invited": [own], "place": site.name if site else ""},
    )
    return ask(
        request,
        subject,
        form,
        title=_("Fallkonferenz ansetzen"),
        do=lambda at: _call(subject, form, request.actor, at),
        done=_("Die Besprechung ist angesetzt. Wer einen Zugang hat, sieht die Einladung unter „Hinweise“."),
        to=circle_address(subject),
        trail=circle_trail(subject),
        writing=Writing("conference", Scope.SUPPORT, subject.case, subject.case.pk),
        links=[(_("In den Helferkreis eintragen"), reverse("helper_new", args=[household]), "plus")],
    )


def _call(subject: OpenHousehold, form: ConferenceForm, by: Actor, at: datetime) -> Conference:
    """Set the conference, and invite by mail where that was chosen."""
    made = cases.call_conference(case=subject.case, invitation=form.to_invitation(), by=by, at=at)
    if form.cleaned_data["invites"]:
        outbox.set_inviting(akte=made.akte, subject=made.pk, on=True, by=by, at=at)
    return made


def conference_edit(request: HttpRequest, conference: UUID) -> HttpResponse:
    """Change time, place, agenda and who is invited."""
    subject, row = found_conference(request, conference, write=Scope.SUPPORT)
    editing = Editing(row, lambda: ConferenceForm.initial_of(row, participants_of(row, actor=request.actor)))
    form = ConferenceForm(
        posted(request), offered=invitable(row.case, subject), today=subject.today, initial=editing.initial
    )
    del form.fields["invites"]  # the switch stands on the conference's page
    return ask(
        request,
        subject,
        form,
        title=_("Besprechung ändern"),
        do=lambda at: cases.change_conference(conference=row, invitation=form.to_invitation(), by=request.actor, at=at),
        done=_("Die Besprechung ist geändert. Ändern sich Zeit oder Ort, sind die Antworten wieder offen."),
        to=conference_address(row),
        trail=_below(subject, row),
        writing=Writing("conference", Scope.SUPPORT, row, row.pk, editing.initial),
        editing=editing,
    )


def conference_minutes(request: HttpRequest, conference: UUID) -> HttpResponse:
    """Write the minutes, with decisions that become tasks and steps at once."""
    subject, row = found_conference(request, conference, write=Scope.SUPPORT)
    people = participants_of(row, actor=request.actor)
    editing = Editing(row, lambda: MinutesForm.initial_of(row, participants_of(row, actor=request.actor)))
    form = MinutesForm(
        posted(request),
        participants=people,
        team=list(colleagues(subject.case.akte, on=subject.today)),
        goals=list(goals_of(row.case, actor=request.actor)),
        initial=editing.initial,
    )

    def write(at):
        return cases.write_minutes(conference=row, by=request.actor, at=at, **form.to_minutes())

    return ask(
        request,
        subject,
        form,
        title=_("Protokoll schreiben"),
        do=write,
        done=_("Das Protokoll ist gespeichert. Was beschlossen wurde, steht bei den Aufgaben und im Plan."),
        to=conference_address(row),
        trail=_below(subject, row),
        writing=Writing("minutes", Scope.SUPPORT, row, row.pk, editing.initial),
        editing=editing,
        guard="yes",
    )


@require_POST
def conference_cancel(request: HttpRequest, conference: UUID) -> HttpResponse:
    """Cancel a conference."""
    _subject, row = found_conference(request, conference, write=Scope.SUPPORT)
    return act(
        request,
        do=lambda at: cases.cancel_conference(conference=row, by=request.actor, at=at),
        done=_(
            "Die Besprechung ist abgesagt. Bitte sagen Sie selbst ab, wer weder Zugang noch Einladung per E-Mail hat."
        ),
        undo=reverse("conference_restore", args=[row.pk]),
        to=conference_address(row),
    )


@require_POST
def conference_restore(request: HttpRequest, conference: UUID) -> HttpResponse:
    """Take a cancellation back."""
    _subject, row = found_conference(request, conference, write=Scope.SUPPORT)
    return act(
        request,
        do=lambda at: cases.restore_conference(conference=row, by=request.actor, at=at),
        done=_("Die Besprechung findet wieder statt."),
        to=conference_address(row),
    )


ANSWERS = {"kommt": InvitationAnswer.YES, "kommt-nicht": InvitationAnswer.NO, "offen": InvitationAnswer.OPEN}
SWITCH = {"an": True, "aus": False}
CONFIRMATIONS = {"bestaetigt": True, "nicht-bestaetigt": False}


@require_POST
def participant_mark(request: HttpRequest, participant: UUID, answer: str) -> HttpResponse:
    """Record whether somebody is coming, or that they confirm the minutes; each mark can be replaced by another."""
    row = found_or_404(Participant, request, participant)
    _subject, held = found_conference(request, row.conference_id, write=Scope.SUPPORT)
    if answer in CONFIRMATIONS:
        confirmed = CONFIRMATIONS[answer]
        back = "nicht-bestaetigt" if confirmed else "bestaetigt"
        return act(
            request,
            do=lambda at: cases.confirm_minutes(participant=row, confirmed=confirmed, by=request.actor, at=at),
            done=_("Das Protokoll ist bestätigt.") if confirmed else _("Die Bestätigung ist zurückgenommen."),
            undo=reverse("participant_mark", args=[row.pk, back]),
            to=conference_address(held),
        )
    if answer not in ANSWERS:
        raise Http404
    before = next(mark for mark, state in ANSWERS.items() if state == row.answer)
    return act(
        request,
        do=lambda at: cases.answer_invitation(participant=row, answer=ANSWERS[answer], by=request.actor, at=at),
        done=_("Vermerkt: %(name)s %(answer)s.") % {"name": row.name, "answer": ANSWERS[answer].label},
        undo=reverse("participant_mark", args=[row.pk, before]),
        to=conference_address(held),
    )


@require_POST
def conference_inviting(request: HttpRequest, conference: UUID, inviting: str) -> HttpResponse:
    """Let everybody with a mail address be invited by mail, or no more."""
    _subject, row = found_conference(request, conference, write=Scope.SUPPORT)
    if inviting not in SWITCH:
        raise Http404
    on = SWITCH[inviting]
    return act(
        request,
        do=lambda at: outbox.set_inviting(akte=row.akte, subject=row.pk, on=on, by=request.actor, at=at),
        done=_("Die Einladung geht in der nächsten Minute hinaus.")
        if on
        else _("Es gehen keine Einladungen mehr hinaus."),
        undo=reverse("conference_inviting", args=[row.pk, "aus" if on else "an"]),
        to=conference_address(row),
    )


def _shown_inviting(request: HttpRequest, row: Conference) -> InvitingShown:
    on, off = (reverse("conference_inviting", args=[row.pk, key]) for key in SWITCH)
    return inviting_of(row.pk, actor=request.actor, urls=(on, off))


def conference_calendar(request: HttpRequest, conference: UUID) -> HttpResponse:
    """Give the invitation as a calendar file without content."""
    _subject, row = found_conference(request, conference)
    organiser = get_object_or_404(User, pk=row.called_by_id)
    answer = HttpResponse(
        calendar_file(row, organiser=organiser, at=clock.now()), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="einladung.ics"'
    answer["Cache-Control"] = "no-store"
    return answer


def conference_invitation(request: HttpRequest, conference: UUID) -> HttpResponse:
    """Show the invitation on paper for who has no account: when and where, nothing about whom or what."""
    subject, row = found_conference(request, conference)
    akte = row.case.akte
    context = {
        "subject": subject,
        "conference": row,
        "guests": [one for one in participants_of(row, actor=request.actor) if one.helper_id],
        "organiser": User.objects.filter(pk=row.called_by_id).first(),
        "place": akte.site or akte.controller,
        "body": akte.controller,
        "trail": _below(subject, row),
        "today": subject.today,
    }
    return render(request, "counselling/support/invitation.html", context)
