"""Writes on Akten, grants and releases: check, change, record."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import Organisation, Site

from . import facts, rules
from .actor import Actor
from .circles import team_circle
from .grants import Terms, open_scopes
from .guard import guarded_models
from .models import Akte, Circle, Consent, Grant, PersonLink, ReferenceCounter
from .queries import frame_of, person_keys
from .scopes import Form
from .signals import akte_moved


@transaction.atomic
def open_akte(*, controller: Organisation, site: Site | None, subject: str, by: Actor, at: datetime) -> Akte:
    """Open a guarded folder; its home circle is the team of the site (or of the controller).

    `subject`: what the folder is about ("household", "owner", …). Raises NotAllowed for
    somebody who does not work for the controller, WrongState where it owns no Akten.
    """
    if not by.works_for([controller.pk]):
        raise NotAllowed(_("Sie können nur für die eigene Stelle Akten anlegen."))
    if not controller.is_controller:
        raise WrongState(_("Diese Stelle führt keine eigenen Akten."))
    akte = Akte.objects.create(
        controller=controller,
        site=site,
        circle=team_circle(organisation=controller, site=site),
        reference=_next_reference(controller, local_day(at).year),
        subject=subject,
        opened_at=at,
    )
    record(facts.AKTE_OPENED, about=[], frame=frame_of(akte), at=at)
    return akte


def _next_reference(controller: Organisation, year: int) -> str:
    counter, _created = ReferenceCounter.objects.select_for_update().get_or_create(controller=controller, year=year)
    ReferenceCounter.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    counter.refresh_from_db(fields=["last"])
    return f"{controller.code.upper()}-{year}-{counter.last:05d}"


@transaction.atomic
def move_akte(*, akte: Akte, site: Site, by: Actor, at: datetime) -> None:
    """Hand an Akte to another team of the same controller; every row in it follows.

    Raises NotAllowed for people outside the present team, WrongState for a foreign site.
    """
    rules.check_owns(by, akte)
    if site.organisation_id != akte.controller_id:
        raise WrongState(_("Eine Akte kann nur innerhalb der eigenen Stelle übergeben werden."))
    circle = team_circle(organisation=akte.controller, site=site)
    akte.site, akte.circle = site, circle
    akte.save(update_fields=["site", "circle"])
    for model in guarded_models():
        if model is not Akte:
            rows = model.objects.for_system(reason="the Akte moves to another team")
            rows.filter(akte=akte).update(circle=circle)
    akte_moved.send(Akte, akte=akte, by=by, at=at)
    record(facts.AKTE_MOVED, about=[], frame=frame_of(akte), at=at)


@transaction.atomic
def close_akte(*, akte: Akte, by: Actor, at: datetime) -> None:
    """Close an Akte. Raises NotAllowed, WrongState."""
    rules.check_can_write(by, akte)
    if akte.closed_at:
        raise WrongState(_("Die Akte ist schon geschlossen."))
    akte.closed_at = at
    akte.save(update_fields=["closed_at"])
    record(facts.AKTE_CLOSED, about=[], frame=frame_of(akte), at=at)


@transaction.atomic
def grant_access(
    *,
    akte: Akte,
    circle: Circle,
    scopes: Iterable[str],
    purpose: str,
    basis: str,
    by: Actor,
    at: datetime,
    form: str = Form.READ,
    basis_text: str = "",
    valid_until: date | None = None,
    because: UUID | None = None,
) -> list[Grant]:
    """Open scopes of an Akte to a circle. Scopes already open for the same reason stay as they are.

    Raises NotAllowed unless the actor belongs to the team that keeps the Akte; BadInput where
    the basis is a law that is not named, or the end lies before the beginning.
    """
    rules.check_owns(by, akte)
    rules.check_grant(basis=basis, basis_text=basis_text, valid_until=valid_until, valid_from=local_day(at))
    grants = open_scopes(
        akte=akte,
        circle=circle,
        scopes=scopes,
        terms=Terms(purpose, basis, basis_text=basis_text, valid_until=valid_until, because=because),
        form=form,
        granted_by_id=by.user_id,
        at=at,
    )
    by.forget_grants()
    record(facts.ACCESS_GRANTED, about=[], frame=frame_of(akte), at=at)
    return grants


@transaction.atomic
def end_access(*, akte: Akte, because: UUID, by: Actor, at: datetime) -> int:
    """End every standing grant on an Akte that came with `because`; returns how many ended."""
    rules.check_owns(by, akte)
    ended = Grant.objects.filter(akte=akte, because=because, revoked_at__isnull=True).update(revoked_at=at)
    by.forget_grants()
    record(facts.ACCESS_ENDED, about=[], frame=frame_of(akte), at=at)
    return ended


@transaction.atomic
def prepare_release(
    *,
    akte: Akte,
    subject: UUID,
    receiver: Organisation,
    purpose: str,
    stages: list[str],
    language: str,
    valid_until: date,
    by: Actor,
    at: datetime,
    by_custodian: UUID | None = None,
    interpreter: str = "",
) -> Consent:
    """Prepare a release sheet for one person; a former unsigned one is replaced.

    Raises NotAllowed, BadInput (no stage, past end), WrongState (a signed one stands).
    """
    consent = Consent(
        akte=akte,
        subject=subject,
        by_custodian=by_custodian,
        receiver=receiver,
        purpose=purpose,
        stages=stages,
        language=language,
        interpreter=interpreter,
        prepared_at=at,
        valid_until=valid_until,
    )
    rules.check_can_write(by, consent)
    if not stages:
        raise BadInput(_("Bitte wählen Sie mindestens eine Stufe."), field="stages")
    if valid_until < local_day(at):
        raise BadInput(_("Das Ende der Freigabe liegt in der Vergangenheit."), field="valid_until")
    _replace_former(consent, at)
    consent.save()
    record(facts.RELEASE_PREPARED, about=person_keys([subject]), frame=frame_of(akte), at=at)
    return consent


def _replace_former(consent: Consent, at: datetime) -> None:
    former = Consent.objects.for_system(reason="one standing release a person and receiver").filter(
        subject=consent.subject, receiver=consent.receiver, purpose=consent.purpose, revoked_at__isnull=True
    )
    for old in former:
        if old.stands(on=local_day(at)):
            raise WrongState(_("Für diese Person gilt schon eine unterschriebene Freigabe."))
        old.revoked_at, old.revoked_how = at, _("durch ein neues Blatt ersetzt")
        old.save(update_fields=["revoked_at", "revoked_how"])


@transaction.atomic
def record_signature(*, consent: Consent, signed_on: date, by: Actor, at: datetime) -> None:
    """Record that the sheet came back signed. Raises NotAllowed, WrongState, BadInput."""
    rules.check_can_write(by, consent)
    rules.check_can_record_signature(consent, signed_on=signed_on, today=local_day(at))
    consent.signed_on = signed_on
    consent.signature_recorded_by_id = by.user_id
    consent.save(update_fields=["signed_on", "signature_recorded_by"])
    record(
        facts.RELEASE_SIGNED,
        about=person_keys([consent.subject]),
        frame=frame_of(consent.akte),
        at=at,
        occurred_on=signed_on,
    )


@transaction.atomic
def revoke_release(*, consent: Consent, how: str, by: Actor, at: datetime) -> None:
    """Record a withdrawal; it works from now on. Raises NotAllowed, WrongState."""
    rules.check_can_write(by, consent)
    if consent.revoked_at:
        raise WrongState(_("Diese Freigabe ist schon widerrufen."))
    consent.revoked_at, consent.revoked_how = at, how
    consent.save(update_fields=["revoked_at", "revoked_how"])
    record(facts.RELEASE_REVOKED, about=person_keys([consent.subject]), frame=frame_of(consent.akte), at=at)


@transaction.atomic
def link_records(
    *, from_akte: Akte, from_subject: UUID, to_akte: Akte, to_subject: UUID, because: UUID, by: Actor, at: datetime
) -> PersonLink:
    """Say that two controllers' records are about the same; the records stay apart.

    Raises NotAllowed unless the actor belongs to the receiving side, WrongState within one Akte.
    """
    rules.check_owns(by, to_akte)
    if from_akte.pk == to_akte.pk:
        raise WrongState(_("Eine Verknüpfung verbindet zwei Akten."))
    link, _created = PersonLink.objects.get_or_create(
        from_subject=from_subject,
        to_akte=to_akte,
        ended_at=None,
        defaults={"from_akte": from_akte, "to_subject": to_subject, "because": because, "linked_at": at},
    )
    record(facts.RECORDS_LINKED, about=[], frame=frame_of(to_akte), at=at)
    return link


@transaction.atomic
def end_links(*, because: UUID, akte: Akte, by: Actor, at: datetime) -> int:
    """End the links that came with a referral; either side may. Returns how many ended."""
    links = PersonLink.objects.filter(because=because, ended_at__isnull=True).filter(from_akte=akte)
    rules.check_owns(by, akte)
    ended = links.update(ended_at=at)
    record(facts.RECORDS_UNLINKED, about=[], frame=frame_of(akte), at=at)
    return ended
