"""Background jobs of letters."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from wurzelwerk.base import clock
from wurzelwerk.base.errors import HouseError, WrongState
from wurzelwerk.cases.document_files import kept_files
from wurzelwerk.trust.actor import Actor

from .enums import MailingState
from .mailing_actions import keep_mailing_result, write_mailed_letter
from .mailing_lists import Line, lines_of
from .models import Letter, Mailing
from .queries import correspondence


def write_later(mailing: Mailing) -> None:
    """Write the letters of a mailing in the background after commit."""
    transaction.on_commit(lambda: write_mailing_job.enqueue(mailing_id=str(mailing.pk)))


@task()
def write_mailing_job(mailing_id: str) -> None:
    """Write a mailing's letters with the rights of who asked for it, each in a transaction of its own.

    A job that stopped half way may be started again: who has a letter of this mailing gets no second one.
    """
    rows = Mailing.objects.for_system(reason="the job writes what somebody asked for")
    mailing = rows.select_related("akte", "author").get(pk=UUID(mailing_id))
    if mailing.state != MailingState.RUNNING:
        return
    actor = Actor.of(mailing.author)
    letters = Letter.objects.for_system(reason="who has a letter already").filter(mailing=mailing).order_by()
    failures: list[tuple[str, str]] = []
    try:
        lines = {line.key: line for line in lines_of(mailing, actor=actor, on=clock.today())}
        written = {str(one) for one in letters.values_list("person_id", flat=True)}
        for number, (household, person) in enumerate(mailing.recipients, 1):
            if person in written:
                continue
            if why := _write(mailing, lines.get(household), person, actor):
                failures.append((household, why))
            rows.filter(pk=mailing.pk).update(done=number)
    except Exception:
        message = _("Ein Fehler im Programm hat die Arbeit abgebrochen. Was geschrieben ist, lässt sich zurücknehmen.")
        keep_mailing_result(mailing=mailing, failures=failures, by=actor, at=clock.now(), message=message)
        raise
    keep_mailing_result(mailing=mailing, failures=failures, by=actor, at=clock.now())


def _write(mailing: Mailing, line: Line | None, person: str, actor: Actor) -> str:
    """Write one letter; return why not, where it could not be: what changed since it was chosen counts."""
    try:
        with kept_files(), transaction.atomic():
            frame = correspondence(line.household.pk, actor=actor, today=clock.today()) if line else None
            if line is None or frame is None or line.person is None or str(line.person.pk) != person:
                raise WrongState(_("Der Haushalt gehört nicht mehr zu dieser Auswahl."))
            if line.barred:
                raise WrongState(line.barred)
            write_mailed_letter(
                mailing=mailing, subject=frame.subject(line.person), language=line.language, by=actor, at=clock.now()
            )
    except HouseError as error:
        return error.message
    return ""
