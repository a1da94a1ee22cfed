"""What stands against a referral to a body without an account, and against what comes back by its link."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.rules import check_can_write
from wurzelwerk.trust.scopes import Basis

from . import lists
from .enums import ReferralState, ReferralWay
from .models import Case, Household, Referral

QUESTION_LENGTH = 500
STAGES = ("request", "accepted")
STANDING = (ReferralState.SENT, ReferralState.ACCEPTED)


def check_outside_receiver(akte: Akte, receiver: Organisation) -> None:
    """Raise BadInput for the own body, for one that keeps Akten here, or for one that another controller wrote down."""
    if receiver.pk == akte.controller_id:
        raise BadInput(_("Innerhalb der eigenen Stelle braucht es keine Überweisung."), field="receiver")
    if receiver.is_controller:
        raise BadInput(_("Diese Stelle hat Zugang zu Wurzelwerk; überweisen Sie dort ohne Link."), field="receiver")
    if receiver.kept_by_id not in {None, akte.controller_id}:
        raise BadInput(_("Diese Stelle gibt es nicht (mehr). Bitte neu auswählen."), field="receiver")


def check_outside(referral: Referral) -> None:
    """Raise BadInput where nothing says what is passed on, why, and on which ground."""
    if not referral.concern:
        raise BadInput(_("Bitte schreiben Sie auf, worum es geht."), field="concern")
    if referral.basis not in {Basis.CONSENT, Basis.LAW}:
        raise BadInput(_("Bitte wählen Sie eine Grundlage."), field="basis")
    if referral.basis == Basis.LAW and not referral.basis_text:
        raise BadInput(_("Bitte nennen Sie die Rechtsvorschrift."), field="basis_text")
    if referral.way not in {ReferralWay.LINK, ReferralWay.PAPER}:
        raise BadInput(_("Bitte wählen Sie, wie die Stelle es bekommt."), field="way")
    _check_items(referral.items)


def _check_items(items: Mapping[str, Collection[str]]) -> None:
    known = {row.key: set(row.value["data"]) for row in lists.table("release_stages").all_on(date.max)
             if row.value.get("outside")}  # fmt: skip
    if not any(items.values()):
        raise BadInput(_("Bitte wählen Sie aus, was weitergegeben wird."), field="items")
    allowed = set().union(*known.values())
    if any(stage not in known or not set(chosen) <= allowed for stage, chosen in items.items()):
        raise BadInput(_("Das gehört nicht zu dem, was weitergegeben werden kann."), field="items")


def check_answers_outside(actor: Actor, referral: Referral, *states: str) -> None:
    """Raise unless the actor came by the referral's link or writes for the own team, in one of the states."""
    check_can_write(actor, referral)
    if referral.way == ReferralWay.ACCOUNT:
        raise WrongState(_("Diese Stelle antwortet in Wurzelwerk selbst."))
    if referral.state not in states:
        raise WrongState(_("Zu dieser Überweisung ist schon etwas anderes vermerkt."))


def check_nothing_told_outside(household: Household, *, person: UUID | None = None) -> None:
    """Raise WrongState while a body without an account is told of the household (or of one person, by name)."""
    rows = Referral.objects.for_system(reason="what bodies outside are told of who leaves").filter(
        household=household, state__in=STANDING
    )
    rows = rows.exclude(way=ReferralWay.ACCOUNT)
    told = (rows.filter(named=person) if person else rows).select_related("receiver").order_by("sent_at").first()
    if told is None:
        return
    said = (
        _("Bei der Überweisung an %(body)s ist diese Person die Ansprechperson. Beenden Sie zuerst die Überweisung.")
        if person
        else _("Die Überweisung an %(body)s nennt beide Seiten. Beenden Sie zuerst die Überweisung.")
    )
    raise WrongState(said % {"body": told.receiver.short_name})


def check_known(known: str, typed: str, *, field: str) -> None:
    """Raise BadInput where something else is known of a body already: all colleagues write to that."""
    if known and known.casefold() != typed.casefold():
        raise BadInput(
            _("Bekannt ist hier %(known)s. Zum Behalten leeren Sie das Feld, zum Ändern kreuzen Sie unten an.")
            % {"known": known},
            field=field,
        )


def check_closes(case: Case) -> None:
    """Raise WrongState while a body without an account is told of the matter: nobody would hear its answer."""
    rows = Referral.objects.for_system(reason="what still stands of a case that is closed").filter(
        case=case, state__in=STANDING
    )
    told = rows.exclude(way=ReferralWay.ACCOUNT).select_related("receiver").order_by("sent_at").first()
    if told is not None:
        raise WrongState(
            _("Die Überweisung an %(body)s läuft noch. Vermerken Sie zuerst die Antwort, oder beenden Sie sie.")
            % {"body": told.receiver.short_name}
        )


def check_words(text: str, *, field: str) -> None:
    """Raise BadInput where a question or a reply says nothing, or too much."""
    if not text.strip():
        raise BadInput(_("Bitte schreiben Sie etwas."), field=field)
    if len(text) > QUESTION_LENGTH:
        raise BadInput(
            _("Zu lang: höchstens %(most)d Zeichen, es sind %(length)d.")
            % {"most": QUESTION_LENGTH, "length": len(text)},
            field=field,
        )
