"""Whether a letter may be written, and sent: the person, then the state, then what somebody asked for."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Model
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.cases import lists
from wurzelwerk.cases.models import Accommodation
from wurzelwerk.cases.rules import check_can_work
from wurzelwerk.trust.actor import Actor

from .enums import BINDING, MailingState, Target
from .filling import gaps
from .models import ADDRESS_LINES, LINE_LENGTH, Letter, Mailing, OfficeTemplateVersion
from .recipients import goes_home, names_place
from .word import ADDRESS
from .wording import templates


def check_can_write(actor: Actor, letter: Letter) -> None:
    """Raise where the actor may not write letters in this Akte, or the case is closed."""
    check_can_work(actor, letter.case, letter)


STATE = ("sent_on", "sent_way", "sent_event", "discarded_at")


def hold(letter: Model, *more: str) -> None:
    """Lock a letter until the transaction ends, and see what others made of it meanwhile: it is sent once.

    `more`: further columns that the act stands on, for what somebody has on their page may be older.
    """
    rows = type(letter).objects.for_system(reason="locked before it is judged; who may write is checked by itself")
    letter.refresh_from_db(fields=[*STATE, *more], from_queryset=rows.select_for_update(of=("self",)))


def check_open(letter: Letter) -> None:
    """Raise WrongState where a letter is sent or discarded and cannot be changed."""
    if letter.discarded_at:
        raise WrongState(_("Dieser Brief ist verworfen."))
    if letter.sent_on:
        raise WrongState(_("Dieser Brief ist verschickt. Öffnen Sie ihn wieder, um ihn zu ändern."))


def check_choice(letter: Letter, *, on: date) -> None:
    """Raise BadInput where a letter would be of no template, in no language, or to nobody."""
    if not letter.is_word and letter.template not in {row.key for row in templates().all_on(on)}:
        raise BadInput(_("Diese Vorlage gibt es nicht (mehr). Bitte neu auswählen."), field="template")
    code = letter.language
    if code and (code not in dict(lists.choices("languages", on=on)) or code == BINDING):
        raise BadInput(_("Diese Sprache gibt es nicht (mehr). Bitte neu auswählen."), field="language")
    if letter.target == Target.PERSON and letter.person is None:
        raise BadInput(_("Bitte wählen Sie, an wen der Brief geht."), field="person")


def check_office(actor: Actor, version: OfficeTemplateVersion | None) -> None:
    """Raise BadInput where a Word template is of another office, or no longer offered."""
    if version is None:
        return
    template = version.template
    if template.retired_at or not actor.works_for([template.organisation_id]):
        raise BadInput(_("Diese Vorlage gibt es nicht (mehr). Bitte neu auswählen."), field="template")


def check_address(address: str) -> None:
    """Raise BadInput where an address does not fit into the window."""
    lines = [line for line in address.splitlines() if line.strip()]
    if len(lines) > ADDRESS_LINES:
        raise BadInput(
            _("In das Fenster passen höchstens %(most)d Zeilen, es sind %(count)d.")
            % {"most": ADDRESS_LINES, "count": len(lines)},
            field="address",
        )
    if any(len(line.strip()) > LINE_LENGTH for line in lines):
        raise BadInput(
            _("Eine Zeile der Anschrift ist zu lang: höchstens %(most)d Zeichen.") % {"most": LINE_LENGTH},
            field="address",
        )


def check_place(letter: Letter, *, home: Accommodation | None) -> None:
    """Raise BadInput where a letter goes to where the person wants none, or tells others a blocked address."""
    person = letter.person
    stays_out = letter.target == Target.PERSON and person is not None and not goes_home(person)
    if stays_out and names_place([letter.address], home):
        raise BadInput(
            _("%(name)s möchte keine Post nach Hause: %(rule)s. Bitte die Anschrift der Wohnung herausnehmen.")
            % {"name": person.name, "rule": person.contact_warning},
            field="address",
        )
    if home is None or not home.is_blocked:
        return
    texts: Sequence[tuple[str, str]] = [
        ("subject", letter.subject), ("text", letter.text), ("own_text", letter.own_text),
        ("enclosures", letter.enclosures),
    ]  # fmt: skip
    if letter.target != Target.PERSON:
        texts = [("address", letter.address), *texts]
    for field, text in texts:
        if names_place([text], home):
            raise BadInput(
                _("Hier steht die Anschrift, für die eine Auskunftssperre gilt (§ 51 BMG). Bitte herausnehmen."),
                field=field,
            )


def check_complete(letter: Letter) -> None:
    """Raise BadInput where somebody still has to write something: a gap of the template, or no address at all."""
    asks_for_address = not letter.is_word or ADDRESS in letter.office_version.fields
    if asks_for_address and not letter.address.strip():
        raise BadInput(_("Die Anschrift fehlt. Bitte ergänzen Sie, an wen der Brief geht."), field="address")
    if left := gaps(letter.subject, letter.salutation, letter.text, letter.own_text):
        raise BadInput(_("Im Brief steht noch: %(gaps)s. Bitte ergänzen.") % {"gaps": ", ".join(left)}, field="text")


def check_sent(letter: Letter) -> None:
    """Raise WrongState where a letter is not marked as sent."""
    if letter.sent_event is None:
        raise WrongState(_("Dieser Brief ist nicht als verschickt vermerkt."))


def check_sent_on(letter: Letter, day: date, *, at: datetime) -> None:
    """Raise where a letter would be sent before it was begun, or in the future, or twice."""
    check_open(letter)
    if day > local_day(at):
        raise BadInput(_("Dieser Tag liegt in der Zukunft."), field="sent_on")
    if day < local_day(letter.begun_at):
        raise BadInput(_("An diesem Tag gab es den Brief noch nicht."), field="sent_on")


STOPPED_AFTER = timedelta(hours=1)
"""Longer no mailing takes: whatever wrote it is gone."""


def has_stopped(mailing: Mailing, *, at: datetime) -> bool:
    """Say whether a mailing that counts as being written is written by nobody any more."""
    return mailing.state == MailingState.RUNNING and at - mailing.started_at > STOPPED_AFTER


def check_can_take_back(mailing: Mailing, *, at: datetime) -> None:
    """Raise WrongState while a mailing is being written, and where it was taken back."""
    if mailing.state == MailingState.UNDONE or (
        mailing.state == MailingState.RUNNING and not has_stopped(mailing, at=at)
    ):
        raise WrongState(_("Dieser Serienbrief lässt sich jetzt nicht zurücknehmen."))
