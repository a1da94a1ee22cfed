"""Writes of counselling: take a household in, prepare releases, record what came back signed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases import lists
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.enums import Urgency
from wurzelwerk.cases.ledger import about_case, case_frame
from wurzelwerk.cases.models import Case, Custody, Household
from wurzelwerk.cases.queries import present_members
from wurzelwerk.cases.rules import check_can_open_case
from wurzelwerk.evidence.ledger import record
from wurzelwerk.network.models import Organisation, Programme, Site
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte, Consent
from wurzelwerk.trust.queries import standing_consents

from . import facts, rules
from .enums import SERVICE


@dataclass(frozen=True)
class AccommodationData:
    """Where a household lives now; `kind` is a code of `dwelling_kinds`."""

    kind: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    care_of: str = ""
    is_blocked: bool = False
    blocked_until: date | None = None
    district_id: str | None = None
    since: date | None = None
    must_leave_by: date | None = None
    reach: str = ""
    shares_with: str = ""


@dataclass(frozen=True)
class EconomyData:
    """On what a household lives; amounts in euro, None means not known."""

    income_kinds: tuple[str, ...] = ()
    monthly_net: Decimal | None = None
    yearly_chargeable: Decimal | None = None


@dataclass(frozen=True)
class NeedData:
    """What is missing; `kind` is a code of `need_kinds`."""

    kind: str
    urgency: int = Urgency.SOON
    text: str = ""


@dataclass(frozen=True)
class IntakeData:
    """Everything that a first talk yields; only the members are needed."""

    members: tuple[MemberData, ...]
    accommodation: AccommodationData | None = None
    economy: EconomyData | None = None
    needs: tuple[NeedData, ...] = ()
    programme: Programme | None = None


@transaction.atomic
def take_in(*, intake: IntakeData, by: Actor, at: datetime) -> tuple[Household, Case]:
    """Take a household in: Akte, household, members, circumstances, case and needs, all or nothing.

    The Akte lies with the team of the actor's own site. Raises NotAllowed, WrongState, BadInput.
    """
    check_can_open_case(by)
    rules.check_one_contact(intake.members)
    akte = _own_akte(by=by, at=at)
    household = cases.form_household(akte=akte, members=list(intake.members), by=by, at=at)
    if home := intake.accommodation:
        cases.set_accommodation(household=household, by=by, at=at, **vars(home))
    if money := intake.economy:
        cases.set_economy(
            household=household,
            income_kinds=list(money.income_kinds),
            monthly_net=money.monthly_net,
            yearly_chargeable=money.yearly_chargeable,
            by=by,
            at=at,
        )
    case = cases.open_case(akte=akte, service=SERVICE, household=household, programme=intake.programme, by=by, at=at)
    for need in intake.needs:
        cases.note_need(case=case, kind=need.kind, text=need.text, urgency=need.urgency, by=by, at=at)
    record(
        facts.TAKEN_IN,
        about=about_case(case),
        frame=case_frame(case),
        at=at,
        dimensions={"size": facts.size_band(len(intake.members)), "housed": _housed(intake.accommodation)},
    )
    return household, case


def _own_akte(*, by: Actor, at: datetime) -> Akte:
    home = by.home
    if home is None:
        raise WrongState(_("Ihr Zugang gehört zu keiner Stelle. Bitte wenden Sie sich an die Verwaltung der Zugänge."))
    controller = Organisation.objects.get(pk=home.organisation_id)
    site = Site.objects.filter(pk=home.site_id).first() if home.site_id else None
    return trust.open_akte(controller=controller, site=site, subject="household", by=by, at=at)


def _housed(home: AccommodationData | None) -> str:
    housed = lists.table("dwelling_kinds").latest(home.kind).value["housed"] if home else None
    return {True: "yes", False: "no"}.get(housed, "unknown")


@dataclass(frozen=True)
class PersonRelease:
    """One member's release: in which language the sheet is, and who signs where the member cannot.

    `custodian`: a member, or the custody (its id) by which somebody outside the household signs.
    """

    person: UUID
    language: str
    custodian: UUID | None = None


@dataclass(frozen=True)
class ReleaseTerms:
    """What a release allows: codes of `release_stages`, until a day, for a receiver and a purpose."""

    receiver: Organisation
    purpose: str
    stages: tuple[str, ...]
    valid_until: date
    interpreter: str = ""
    persons: tuple[PersonRelease, ...] = field(default=())


@transaction.atomic
def prepare_releases(*, household: Household, terms: ReleaseTerms, by: Actor, at: datetime) -> list[Consent]:
    """Prepare the sheets of a household's members; whose release stands already keeps it.

    Raises NotAllowed, BadInput (no stage, a past end, the own body as receiver), WrongState (nobody left to ask).
    """
    rules.check_receiver(household, terms.receiver)
    rules.check_release_fits(terms.receiver, terms.purpose, terms.stages)
    members = set(present_members(household))
    rules.check_belong(members, terms.persons, outside=_custodies(household, by))
    standing = standing_consents(household.akte, receiver_id=terms.receiver.pk, purpose=terms.purpose, on=local_day(at))
    wanted = [one for one in terms.persons if one.person not in standing]
    if not wanted:
        raise WrongState(_("Für alle ausgewählten Personen gilt schon eine unterschriebene Freigabe."))
    try:
        return [_prepare(household, terms, one, by, at) for one in wanted]
    except IntegrityError:
        raise WrongState(
            _("Gerade hat schon jemand diese Freigabe vorbereitet. Bitte laden Sie die Seite neu.")
        ) from None


def _custodies(household: Household, by: Actor) -> set[UUID]:
    """The ids of the custodies that somebody outside the household has; they stand for who signs there."""
    rows = Custody.objects.visible_beside(household, by).of(akte_id=household.akte_id).exclude(outside="")
    return set(rows.order_by().values_list("pk", flat=True))


def _prepare(household: Household, terms: ReleaseTerms, one: PersonRelease, by: Actor, at: datetime) -> Consent:
    with transaction.atomic():
        return trust.prepare_release(
            akte=household.akte,
            subject=one.person,
            by_custodian=one.custodian,
            receiver=terms.receiver,
            purpose=terms.purpose,
            stages=list(terms.stages),
            language=one.language,
            interpreter=terms.interpreter,
            valid_until=terms.valid_until,
            by=by,
            at=at,
        )


@transaction.atomic
def record_signatures(*, consents: list[Consent], signed_on: date, by: Actor, at: datetime) -> None:
    """Record that the sheets one adult signs came back: the own one and those for children.

    Raises NotAllowed, WrongState (nothing waits), BadInput (a day to come, or after the end).
    """
    waiting = [consent for consent in consents if not consent.signed_on and not consent.revoked_at]
    if not waiting:
        raise WrongState(_("Hier wartet kein Blatt auf eine Unterschrift."))
    for consent in waiting:
        trust.record_signature(consent=consent, signed_on=signed_on, by=by, at=at)


@transaction.atomic
def withdraw_releases(*, consents: list[Consent], how: str, by: Actor, at: datetime) -> None:
    """Record that somebody withdrew the releases they signed; referrals resting on them end.

    Raises NotAllowed, WrongState (nothing stands), BadInput (not said how).
    """
    if not how.strip():
        raise BadInput(_("Bitte vermerken Sie, wie der Widerruf kam."), field="how")
    standing = [consent for consent in consents if not consent.revoked_at]
    if not standing:
        raise WrongState(_("Diese Freigabe ist schon widerrufen."))
    for consent in standing:
        cases.withdraw_release(consent=consent, how=how.strip(), by=by, at=at)
