"""What is released to whom: who has signed, who is missing, what was sent, and the sheets to sign."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import ReferralState
from wurzelwerk.cases.models import Custody, Person, Referral
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte, Consent

from .enums import SheetState
from .family import outside_custodians, present, told
from .queries import OpenHousehold, is_minor
from .release_sheet import BINDING, Interpreter, Office, ReleaseSheet, is_reviewed, languages

STANDING = (ReferralState.SENT, ReferralState.ACCEPTED)


@dataclass(frozen=True)
class Sheet:
    """One person's release: whose it is, and where it stands; `consent` is None where nothing is prepared."""

    person: UUID
    name: str
    state: SheetState
    consent: Consent | None = None

    @property
    def is_unreviewed(self) -> bool:
        """Whether the sheet is in a translation that nobody has reviewed."""
        code = self.consent.language if self.consent else BINDING
        return code in languages() and not is_reviewed(code)

    @property
    def language(self) -> str:
        """The name of the sheet's language."""
        return lists.label("languages", self.consent.language) if self.consent else ""


@dataclass
class Signer:
    """An adult with the own sheet and those of the children they sign for."""

    name: str
    own: Sheet | None = None
    children: list[Sheet] = field(default_factory=list)

    @property
    def sheets(self) -> list[Sheet]:
        """The own sheet, then the children's."""
        return [sheet for sheet in (self.own, *self.children) if sheet is not None]

    @property
    def first(self) -> Consent | None:
        """A release of this signer, by which the pages address all of them."""
        return next((sheet.consent for sheet in self.sheets if sheet.consent), None)

    @property
    def is_unreviewed(self) -> bool:
        """Whether a sheet is in a translation that nobody has reviewed."""
        return any(sheet.is_unreviewed for sheet in self.sheets)

    @property
    def waits(self) -> bool:
        """Whether a sheet waits for the signature."""
        return any(sheet.state is SheetState.PREPARED for sheet in self.sheets)

    @property
    def stands(self) -> bool:
        """Whether something is signed that could be withdrawn."""
        return any(sheet.state is SheetState.SIGNED for sheet in self.sheets)


@dataclass
class Board:
    """Everything about passing a household's data on to one receiver for one purpose."""

    receiver: Organisation
    purpose: str
    signers: list[Signer]
    missing: list[Sheet]
    referral: Referral | None

    @property
    def label(self) -> str:
        """The purpose in words."""
        known = lists.table("release_purposes").keys
        return lists.label("release_purposes", self.purpose) if self.purpose in known else self.purpose

    @property
    def sheets(self) -> list[Sheet]:
        """Every present member's sheet."""
        return [*(sheet for signer in self.signers for sheet in signer.sheets), *self.missing]

    @property
    def signed(self) -> int:
        """How many releases stand."""
        return sum(sheet.state is SheetState.SIGNED for sheet in self.sheets)

    @property
    def is_complete(self) -> bool:
        """Whether every member's release stands, so that a referral may go out."""
        return bool(self.sheets) and self.signed == len(self.sheets)

    @property
    def may_send(self) -> bool:
        """Whether a referral may go out now."""
        return self.is_complete and self.referral is None

    @property
    def until(self) -> date | None:
        """The day on which the first release runs out."""
        return min((sheet.consent.valid_until for sheet in self.sheets if sheet.consent), default=None)


def boards(subject: OpenHousehold) -> list[Board]:
    """Return a board for each receiver and purpose with a release or a standing referral (two queries)."""
    rows = Consent.objects.visible_beside(subject.household, subject.actor).filter(revoked_at__isnull=True)
    consents = sorted(rows.select_related("receiver").order_by(), key=lambda row: (row.prepared_at, row.pk.int))
    rows = Referral.objects.visible_beside(subject.household, subject.actor).filter(state__in=STANDING)
    referrals = sorted(
        rows.select_related("receiver").order_by(), key=lambda row: (row.sent_at, row.pk.int), reverse=True
    )
    keys = dict.fromkeys((row.receiver_id, row.purpose) for row in (*consents, *referrals))
    receivers = {row.receiver_id: row.receiver for row in (*consents, *referrals)}
    return [
        _board(
            subject,
            receivers[receiver],
            purpose,
            {c.subject: c for c in consents if (c.receiver_id, c.purpose) == (receiver, purpose)},
            next((r for r in referrals if (r.receiver_id, r.purpose) == (receiver, purpose)), None),
        )
        for receiver, purpose in keys
    ]


def _board(
    subject: OpenHousehold,
    receiver: Organisation,
    purpose: str,
    consents: dict[UUID, Consent],
    referral: Referral | None,
) -> Board:
    signers: dict[UUID, Signer] = {}
    missing: list[Sheet] = []
    names = {member.person_id: member.person.name for member in subject.members}
    for member in sorted(subject.members, key=lambda m: is_minor(m, on=subject.today)):
        consent = consents.get(member.person_id)
        sheet = Sheet(member.person_id, member.person.name, state_of(consent, on=subject.today), consent)
        if consent is None:
            missing.append(sheet)
            continue
        key = consent.by_custodian or member.person_id
        if key not in names:
            names |= names_of([key], actor=subject.actor)
        signer = signers.setdefault(key, Signer(names.get(key, _("frühere sorgeberechtigte Person"))))
        if consent.by_custodian:
            signer.children.append(sheet)
        else:
            signer.own = sheet
    return Board(receiver, purpose, list(signers.values()), missing, referral)


def state_of(consent: Consent | None, *, on: date) -> SheetState:
    """Return where a release stands on a day."""
    if consent is None or consent.revoked_at:
        return SheetState.MISSING
    if on > consent.valid_until:
        return SheetState.EXPIRED
    return SheetState.SIGNED if consent.stands(on=on) else SheetState.PREPARED


def same_signer(consent: Consent, *, actor: Actor) -> list[Consent]:
    """Return the unrevoked releases that the signer of this one signs for the same receiver and purpose."""
    signer = consent.by_custodian or consent.subject
    rows = Consent.objects.visible_to(actor).filter(
        akte_id=consent.akte_id, receiver_id=consent.receiver_id, purpose=consent.purpose, revoked_at__isnull=True
    )
    return [row for row in rows if signer == (row.by_custodian or row.subject)]


def names_of(persons: Iterable[UUID], *, actor: Actor) -> dict[UUID, str]:
    """Return id -> name as far as the actor may see them: of a person, or of a custody who has it from outside."""
    wanted = set(persons)
    rows = Person.objects.visible_to(actor).filter(pk__in=wanted)
    found = {row.pk: row.name for row in rows}
    return found | (outside_custodians(wanted - found.keys(), actor=actor) if wanted - found.keys() else {})


def sheet_of(consent: Consent, *, actor: Actor, at: datetime) -> ReleaseSheet:
    """Return the sheet of a release, ready to be rendered. Its reference names nobody."""
    names = names_of([pk for pk in (consent.subject, consent.by_custodian) if pk], actor=actor)
    signs = names.get(consent.by_custodian, "") if consent.by_custodian else ""
    akte = consent.akte
    interpreter = Interpreter(consent.interpreter, consent.language) if consent.interpreter else None
    return ReleaseSheet(
        reference=f"{akte.reference}-{consent.pk.hex[-6:]}",
        person=names.get(consent.subject, ""),
        from_office=_office(akte.controller),
        to_office=_office(consent.receiver),
        stages=frozenset(consent.stages),
        valid_until=consent.valid_until,
        contact=_contact(akte),
        made_at=at,
        custodians=tuple(dict.fromkeys([signs, *_joint(consent, actor=actor, on=local_day(at))])) if signs else (),
        purpose=lists.table("release_purposes").latest(consent.purpose).value["sheet"],
        interpreter=interpreter,
    )


def _joint(consent: Consent, *, actor: Actor, on: date) -> tuple[str, ...]:
    """Who else has to sign for a child: all who have custody together, as stated."""
    rows = Custody.objects.visible_to(actor).of(child_id=consent.subject)
    names = names_of(Custody.holders.through.objects.filter(custody__child=consent.subject)
                     .values_list("person_id", flat=True), actor=actor)  # fmt: skip
    found = present(told(rows, names).get(consent.subject, []), on=on)
    return found.everybody if found and found.clear else ()


def _office(body: Organisation) -> Office:
    return Office(name=body.name, address=_joined(body.street, f"{body.postcode} {body.city}"))


def _contact(akte: Akte) -> str:
    place = akte.site or akte.controller
    mail = akte.controller.email
    return _joined(place.name, place.street, f"{place.postcode} {place.city}", place.phone, mail)


def _joined(*parts: str) -> str:
    return ", ".join(part.strip() for part in parts if part.strip())


def former_referrals(subject: OpenHousehold) -> Sequence[Referral]:
    """Return the referrals of a household that wait and stand no more, newest first."""
    rows = Referral.objects.visible_to(subject.actor).filter(akte_id=subject.household.akte_id)
    return list(rows.exclude(state__in=STANDING).select_related("receiver"))


def withdrawn_releases(subject: OpenHousehold) -> list[tuple[str, Consent]]:
    """Return (name, release) of what was signed and withdrawn, newest first."""
    rows = list(
        Consent.objects.visible_to(subject.actor)
        .filter(akte_id=subject.household.akte_id, revoked_at__isnull=False, signed_on__isnull=False)
        .select_related("receiver")
        .order_by("-revoked_at", "-pk")
    )
    names = {member.person_id: member.person.name for member in subject.members}
    names |= names_of({row.subject for row in rows} - set(names), actor=subject.actor)
    return [(names.get(row.subject, _("frühere Person")), row) for row in rows]
