"""Person first, then state: what stands against a write on a case."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.rules import check_can_write, check_permission

from . import lists
from .enums import AppointmentState, ReferralState, StepState
from .models import (
    Appointment,
    Case,
    HandoverNote,
    Household,
    Note,
    OpenHour,
    Person,
    Referral,
    ShortContact,
    Step,
    Task,
)
from .models.contact import LINE_LENGTH, LONGEST_MINUTES

CONTACTS_AN_HOUR = 200


def check_can_open_case(actor: Actor) -> None:
    """Raise NotAllowed for somebody who opens no cases."""
    check_permission(actor, "case.open")


def check_can_work(actor: Actor, case: Case, thing: GuardedModel) -> None:
    """Raise where the actor may not write this, or the case is closed. The house acts for whoever came by a link."""
    if not actor.is_house:
        check_can_write(actor, thing)
    if case.closed_on:
        raise WrongState(_("Der Fall ist abgeschlossen. Öffnen Sie ihn wieder, um etwas einzutragen."))


def check_day_not_future(day: date, *, at: datetime, field: str) -> None:
    """Raise BadInput where something that happened would lie in the future."""
    if day > local_day(at):
        raise BadInput(_("Dieser Tag liegt in der Zukunft."), field=field)


def check_contact(*, topic: str, language: str, minutes: int, day: date) -> None:
    """Raise BadInput where a short contact names something that its lists do not offer, or no working time."""
    if topic not in dict(lists.choices("journal_themes", on=day)):
        raise BadInput(_("Bitte wählen Sie ein Thema."), field="topic")
    if language and language not in dict(lists.choices("languages", on=day)):
        raise BadInput(_("Diese Sprache gibt es nicht (mehr). Bitte neu auswählen."), field="language")
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise BadInput(_("Bitte 1 bis %(most)d Minuten angeben.") % {"most": LONGEST_MINUTES}, field="minutes")


def check_contact_time(occurred_at: datetime, *, at: datetime) -> None:
    """Raise BadInput where a short contact would lie in the future, or too far back to be entered."""
    check_day_not_future(local_day(occurred_at), at=at, field="day")
    if occurred_at > at:
        raise BadInput(_("Diese Uhrzeit liegt noch vor uns."), field="time")
    days = lists.number("contact_rules", "entry_days", on=local_day(at))
    if local_day(occurred_at) < local_day(at) - timedelta(days=days):
        raise BadInput(
            _("Kurzkontakte lassen sich nur bis zu %(days)d Tage danach eintragen.") % {"days": days}, field="day"
        )


def check_line(line: str) -> None:
    """Raise BadInput where the line is too long or says how to reach somebody: an address of mail, a long number."""
    if len(line) > LINE_LENGTH:
        raise BadInput(
            _("Zu lang: höchstens %(most)d Zeichen, es sind %(length)d.") % {"most": LINE_LENGTH, "length": len(line)},
            field="line",
        )
    if "@" in line or re.search(r"\d(?:[ /()-]{0,2}\d){5,}", line):
        raise BadInput(
            _("Das sieht nach einer Telefonnummer, Kennnummer oder E-Mail-Adresse aus. Ein Kurzkontakt bleibt ohne."),
            field="line",
        )


def check_open_hour(starts_at: datetime, ends_at: datetime, numbers: Sequence[int], *, at: datetime) -> None:
    """Raise BadInput where an open consultation hour has no length or no contacts, or more than anybody can have."""
    if ends_at <= starts_at:
        raise BadInput(_("Das Ende liegt nicht nach dem Beginn."), field="ends")
    check_contact_time(starts_at, at=at)
    if ends_at > at:
        raise BadInput(_("Das Ende der Sprechstunde liegt noch vor uns."), field="ends")
    if any(number < 1 for number in numbers) or not numbers:
        raise BadInput(_("Bitte tragen Sie mindestens einen Kontakt ein."))
    if sum(numbers) > CONTACTS_AN_HOUR:
        raise BadInput(_("Eine Sprechstunde hat hier höchstens %(most)d Kontakte.") % {"most": CONTACTS_AN_HOUR})


def check_own_contact(actor: Actor, contact: ShortContact | OpenHour, *, taken_by: UUID, at: datetime) -> None:
    """Raise unless the actor recorded this today: only then it is a slip that can be taken back."""
    check_can_write(actor, contact)
    if taken_by != actor.user_id:
        raise NotAllowed(_("Zurücknehmen kann nur, wer es festgehalten hat."))
    if local_day(contact.recorded_at) != local_day(at):
        raise WrongState(_("Zurücknehmen lässt es sich nur am selben Tag."))


def check_can_link(actor: Actor, contact: ShortContact, case: Case, *, at: datetime) -> None:
    """Raise where a short contact may not be linked to a case: foreign, of another team, closed, linked, too old."""
    check_can_write(actor, contact)
    check_can_work(actor, case, Note(akte=case.akte))
    if contact.circle_id != case.circle_id:
        raise WrongState(_("Ein Kurzkontakt lässt sich nur einem Fall des eigenen Teams zuordnen."))
    if contact.case_id:
        raise WrongState(_("Dieser Kurzkontakt ist schon einem Fall zugeordnet."))
    days = lists.number("contact_rules", "linkable_days", on=local_day(at))
    if local_day(contact.occurred_at) < local_day(at) - timedelta(days=days):
        raise WrongState(_("Nach %(days)d Tagen lässt sich ein Kurzkontakt nicht mehr zuordnen.") % {"days": days})


def note_waits_for(note: HandoverNote, actor: Actor) -> bool:
    """Say whether a hand-over note is for this person to read: in charge, not its author, and has not read it."""
    in_charge = note.case.lead_id is not None and note.case.lead_id == actor.user_id
    return in_charge and actor.user_id not in {note.written_by_id, note.read_by_id}


def check_step_open(step: Step) -> None:
    """Raise WrongState where a step is closed already."""
    if step.state != StepState.OPEN:
        raise WrongState(_("Dieser Schritt ist schon abgeschlossen."))


def check_task_open(task: Task) -> None:
    """Raise WrongState where a task is done or cancelled already."""
    if task.done_at or task.cancelled_at:
        raise WrongState(_("Diese Aufgabe ist schon abgeschlossen."))


def check_colleague(user: User, case: Case, *, on: date, field: str = "assignee") -> None:
    """Raise BadInput where somebody does not work (any more) for the body that keeps the case's Akte."""
    held = user.memberships.filter(organisation_id=case.akte.controller_id, valid_from__lte=on).exclude(valid_to__lt=on)
    if not user.is_active or not held.exists():
        raise BadInput(_("Das kann nur jemand aus der eigenen Stelle übernehmen."), field=field)


def check_appointment_times(starts_at: datetime, ends_at: datetime) -> None:
    """Raise BadInput where an appointment would end before it begins."""
    if ends_at <= starts_at:
        raise BadInput(_("Das Ende liegt nicht nach dem Beginn."), field="ends_at")


def check_appointment_planned(appointment: Appointment, *, state: str, at: datetime) -> None:
    """Raise where an appointment is closed already, or would be kept before it takes place."""
    if appointment.state != AppointmentState.PLANNED:
        raise WrongState(_("Zu diesem Termin ist schon etwas vermerkt."))
    if state in {AppointmentState.KEPT, AppointmentState.MISSED} and appointment.starts_at > at:
        raise WrongState(_("Der Termin hat noch nicht stattgefunden."))


def check_referral_waits(referral: Referral) -> None:
    """Raise WrongState where a referral has been answered or withdrawn."""
    if referral.state != ReferralState.SENT:
        raise WrongState(_("Diese Überweisung wartet nicht mehr auf eine Antwort."))


def check_names_nobody(message: str, household: Household) -> None:
    """Raise BadInput where a message that is read before the answer calls a member of the household by name."""
    said = set(re.findall(r"\w{3,}", message.casefold()))
    members = Person.objects.for_system(reason="whose names a message must not call").filter(
        memberships__household=household
    )
    names = {part for person in members for part in re.findall(r"\w{3,}", person.name.casefold())}
    if said & names:
        raise BadInput(
            _("Die Nachricht nennt einen Namen. Bis zur Annahme darf sie niemanden nennen."), field="message"
        )


def check_can_answer(actor: Actor, referral: Referral) -> None:
    """Raise NotAllowed unless the actor answers referrals at the receiving organisation."""
    check_permission(actor, "referral.answer")
    if not actor.works_for([referral.receiver_id]):
        raise NotAllowed(_("Diese Überweisung richtet sich an eine andere Stelle."))


def check_referral_stands(referral: Referral) -> None:
    """Raise WrongState where there is nothing left to end."""
    if referral.state not in {ReferralState.SENT, ReferralState.ACCEPTED}:
        raise WrongState(_("Diese Überweisung ist schon beendet."))


def check_refusal_reason(because: str, *, on: date) -> None:
    """Raise BadInput for a reason of refusing that the list does not have; none at all is allowed."""
    if because and because not in dict(lists.choices("refusal_reasons", on=on)):
        raise BadInput(_("Bitte wählen Sie einen Grund."), field="because")


def check_outcome(outcome: str, *, on: date) -> None:
    """Raise BadInput for an outcome of a referral that the list does not have."""
    if outcome not in dict(lists.choices("referral_outcomes", on=on)):
        raise BadInput(_("Bitte wählen Sie aus, womit die Überweisung erledigt ist."), field="outcome")
