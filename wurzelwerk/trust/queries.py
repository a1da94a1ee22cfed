"""Reads about Akten: who can see one and why, and which Akten stand behind a figure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from wurzelwerk.evidence.types import Frame, Keys
from wurzelwerk.network import remembered
from wurzelwerk.network.models import Membership

from .actor import Actor
from .guard import GuardedQuerySet
from .models import Akte, Consent, Grant, PersonLink, Pseudonym
from .roles import ROLES
from .scopes import APART, Form, Scope


@dataclass(frozen=True)
class Insight:
    """One line of "Wer kann das sehen, und warum?"."""

    who: str
    organisation: str
    scopes: tuple[str, ...]
    form: str
    reason: str
    until: date | None
    foreign: bool


def who_can_see(akte: Akte, *, on: date, reader: Actor) -> list[Insight]:
    """Return who may read what in an Akte, the home circle first (two queries).

    To which other bodies an Akte is open is known to the team that keeps it; a receiver reads of itself alone.
    """
    grants = Grant.valid(on=on).filter(akte=akte).select_related("circle__organisation", "circle__site", "circle__user")
    if akte.circle_id not in reader.circles:
        grants = grants.filter(circle__organisation_id__in=list(reader.organisation_ids))
    grouped: dict[tuple, list[Grant]] = {}
    for grant in grants.order_by("circle_id", "form", "purpose", "scope"):
        key = (grant.circle_id, grant.form, grant.purpose, grant.basis, grant.valid_until)
        grouped.setdefault(key, []).append(grant)
    return [*_home(akte, on), *(_granted(akte, group) for group in grouped.values())]


def _home(akte: Akte, on: date) -> list[Insight]:
    circle = akte.circle
    members = Membership.objects.filter(organisation_id=akte.controller_id, valid_from__lte=on)
    members = members.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    if circle.site_id:
        members = members.filter(site_id=circle.site_id)
    present = set(members.values_list("role", flat=True))
    return [
        Insight(
            who=f"{circle} – {role.name}",
            organisation=circle.organisation.short_name,
            scopes=tuple(str(scope.label) for scope in Scope if scope in role.reads - APART),
            form=str(Form.WRITE.label if role.writes else Form.READ.label),
            reason="führt die Akte",
            until=None,
            foreign=False,
        )
        for role in ROLES.values()
        if role.code in present and role.reads - APART
    ]


def _granted(akte: Akte, group: list[Grant]) -> Insight:
    first = group[0]
    basis = first.get_basis_display() + (f": {first.basis_text}" if first.basis_text else "")
    return Insight(
        who=str(first.circle),
        organisation=first.circle.organisation.short_name,
        scopes=tuple(grant.get_scope_display() for grant in group),
        form=first.get_form_display(),
        reason=basis,
        until=first.valid_until,
        foreign=first.circle.organisation_id != akte.controller_id,
    )


def keys_of(kind: str, subjects: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return subject id -> pseudonym."""
    rows = Pseudonym.objects.filter(kind=kind, subject__in=list(subjects))
    return dict(rows.values_list("subject", "key"))


def keys_by_subject(kind: str) -> dict[UUID, UUID]:
    """Return subject id -> pseudonym for every record of a kind, for jobs that compare the ledger with the tables."""
    return dict(Pseudonym.objects.filter(kind=kind).values_list("subject", "key"))


@dataclass(frozen=True)
class Behind:
    """What stands behind a figure.

    `visible`: the Akten that the actor may see, `seen` of them. `hidden`: how many Akten he may not. `gone`: how many
    pseudonyms lead to no Akte any more.
    """

    visible: GuardedQuerySet
    seen: int
    hidden: int
    gone: int


def akten_behind(keys: Iterable[UUID] | QuerySet, *, counted: int, actor: Actor) -> Behind:
    """Resolve the pseudonyms that a figure counts, as far as the actor may see them (two queries; the rows one more).

    `keys`: a query of one column of pseudonyms stays in the database, however many they are; `counted`: how many
    there are. The numbers say nothing about who the others are.
    """
    wanted = keys if isinstance(keys, QuerySet) else list(keys)
    resolved = Pseudonym.objects.filter(key__in=wanted)
    visible = Akte.objects.visible_to(actor).filter(pk__in=resolved.values("akte_id"))
    numbers = resolved.aggregate(akten=Count("akte_id", distinct=True), keys=Count("pk"))
    seen = visible.count()
    return Behind(
        visible=visible.select_related("site").order_by("-opened_at", "pk"),
        seen=seen,
        hidden=numbers["akten"] - seen,
        gone=counted - numbers["keys"],
    )


def frame_of(akte: Akte, *, programme: str = "") -> Frame:
    """Return the frame in which facts about this Akte count."""
    return Frame(
        controller=remembered.organisation_codes.name(akte.controller_id),
        programme=programme,
        site=remembered.site_codes.name(akte.site_id),
    )


def person_keys(subjects: Iterable[UUID]) -> list[Keys]:
    """Return the ledger's keys for persons."""
    wanted = list(subjects)
    found = keys_of(Pseudonym.Kind.PERSON, wanted)
    return [Keys(person=found[subject]) for subject in wanted if subject in found]


def standing_consents(akte: Akte, *, receiver_id: UUID, purpose: str, on: date) -> Mapping[UUID, Consent]:
    """Return person id -> release to this receiver that stands on a day."""
    rows = Consent.objects.for_system(reason="whether passing on is released").filter(
        akte=akte, receiver_id=receiver_id, purpose=purpose, revoked_at__isnull=True
    )
    return {row.subject: row for row in rows if row.stands(on=on)}


def linked_subject(*, from_subject: UUID, to_akte_controller: UUID) -> PersonLink | None:
    """Return the standing link from a record to one of another controller."""
    return (
        PersonLink.objects.filter(
            from_subject=from_subject, to_akte__controller_id=to_akte_controller, ended_at__isnull=True
        )
        .order_by("-linked_at")
        .first()
    )
