"""Which households a list shows, and what stands in its lines; built to stay fast for a million people.

Every filter begins with what is rare (one's own cases, a stage, a programme) or walks an index in the
order of the list; nothing is counted beyond what a person would read, and each line's cases, persons
and stages come with one query for the whole page.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery

from wurzelwerk.cases.enums import Presence
from wurzelwerk.cases.models import (
    Accommodation,
    Case,
    CaseParty,
    Household,
    HouseholdMember,
    Referral,
)
from wurzelwerk.network.models import Membership, User
from wurzelwerk.pathways.models import Journey
from wurzelwerk.pathways.stages import all_pathways
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.scopes import Scope

from .queries import first_case

OWN_AKTE = "cases in the Akte of a household whose register the actor reads"
LAST_SIGN = "\U0010ffff"


@dataclass(frozen=True)
class CaseLine:
    """A case as a line of the list needs it; `lead` is a name, empty where nobody is in charge."""

    circle_id: UUID
    opened_on: date
    closed_on: date | None
    last_contact_on: date | None
    lead: str


@dataclass(frozen=True)
class HouseholdLine:
    """A line of the list; `case` is the one in which the actor works, `stage` the newest open one's name."""

    pk: UUID
    name: str
    reference: str
    place: str
    case: CaseLine | None
    persons: int
    stage: str


def visible_households(actor: Actor) -> QuerySet[Household]:
    """Return the households whose name and register the actor may read."""
    rows = Household.objects.visible_to(actor)
    same_home = set(actor.home_circles(Scope.CONTACT)) <= set(actor.home_circles(Scope.REGISTER))
    names, register = actor.granted_akten(Scope.CONTACT), actor.granted_akten(Scope.REGISTER)
    if same_home and isinstance(names, frozenset) and names <= register:
        return rows
    return rows.opened_in(Scope.REGISTER, actor)


def _parties(**conditions) -> QuerySet[CaseParty]:
    """The parties that tie households to cases of their own Akte."""
    rows = CaseParty.objects.for_system(reason=OWN_AKTE)
    return rows.filter(household__isnull=False, akte_id=F("case__akte_id"), **conditions)


def _receives(actor: Actor) -> bool:
    """Whether the actor's body works on households of others, in cases of its own."""
    return actor.may("referral.answer")


def with_open_case(rows: QuerySet[Household]) -> QuerySet[Household]:
    """Keep households with an open case. Most have one, so each line of the list is asked in turn."""
    return rows.filter(_has_open_case())


def without_open_case(rows: QuerySet[Household]) -> QuerySet[Household]:
    """Keep households whose cases are all closed."""
    return rows.filter(~_has_open_case())


def _has_open_case(**conditions) -> Exists:
    """An open case in the household's own Akte: one look into a small index."""
    cases = Case.objects.for_system(reason=OWN_AKTE)
    return Exists(cases.filter(akte_id=OuterRef("akte_id"), closed_on__isnull=True, **conditions))


def led_by(rows: QuerySet[Household], user_id: UUID, *, actor: Actor) -> QuerySet[Household]:
    """Keep the households for which somebody is in charge, here or as the receiver of a referral."""
    return _led(rows, actor, lead_id=user_id)


def led_by_anyone(rows: QuerySet[Household], memberships: QuerySet[Membership], *, actor: Actor) -> QuerySet[Household]:
    """Keep the households for which somebody of these is in charge."""
    return _led(rows, actor, lead_id__in=memberships.values("user_id"))


def _led(rows: QuerySet[Household], actor: Actor, **lead) -> QuerySet[Household]:
    in_charge = {f"case__{name}": value for name, value in lead.items()}
    found = Q(pk__in=_parties(case__closed_on__isnull=True, **in_charge).values("household_id"))
    if _receives(actor):
        own = Case.objects.visible_to(actor).filter(closed_on__isnull=True, **lead)
        referrals = Referral.objects.visible_to(actor).filter(receiver_akte_id__in=own.values("akte_id"))
        found |= Q(pk__in=referrals.values("household_id"))
    return rows.filter(found)


def of_own_team(rows: QuerySet[Household], *, actor: Actor) -> QuerySet[Household]:
    """Keep the households of the teams to which the actor belongs, without those opened by a grant."""
    return rows.filter(circle_id__in=actor.home_circles(Scope.CONTACT))


def living_in(rows: QuerySet[Household], district: str) -> QuerySet[Household]:
    """Keep the households that live in a district now."""
    homes = Accommodation.objects.for_system(reason="dwelling of a household that the actor sees")
    return rows.filter(Exists(homes.filter(household_id=OuterRef("pk"), district_id=district, until__isnull=True)))


def in_programme(rows: QuerySet[Household], programme_id: UUID) -> QuerySet[Household]:
    """Keep the households with a case in a programme."""
    cases = Case.objects.for_system(reason=OWN_AKTE)
    return rows.filter(Exists(cases.filter(akte_id=OuterRef("akte_id"), programme_id=programme_id)))


def at_stage(rows: QuerySet[Household], stage: str, *, actor: Actor) -> QuerySet[Household]:
    """Keep the households that stand at a stage ("housing:viewing") as far as the actor sees pathways."""
    pathway, _, code = stage.partition(":")
    standing = Journey.objects.visible_to(actor).filter(pathway=pathway, stage=code, akte_id=OuterRef("akte_id"))
    return rows.filter(Exists(standing))


def seen_before(rows: QuerySet[Household], day: date) -> QuerySet[Household]:
    """Keep the households with an open case whose last contact lies before a day."""
    return rows.filter(_has_open_case(last_contact_on__lt=day))


def called(rows: QuerySet[Household], text: str) -> QuerySet[Household]:
    """Keep the households whose name or Aktenzeichen begins with a text, in any case of letters."""
    spellings = {text, text.capitalize(), text.title(), text.upper(), text.lower()}
    found = Q(akte__reference__startswith=text.upper()) if any(sign.isdigit() for sign in text) else Q()
    for spelling in sorted(spellings):
        found |= _begins(spelling)
    return rows.filter(found)


def _begins(text: str) -> Q:
    """A beginning as each database can look it up in its index."""
    if connection.vendor == "sqlite":
        return Q(name__gte=text, name__lt=text + LAST_SIGN)
    return Q(name__startswith=text)


class Gathered(Func):
    """A column to sort by once the rows are gathered: SQLite must not walk the whole list in its order instead."""

    template = "+%(expressions)s"
    arity = 1


def in_order_of(rows: QuerySet[Household], field: str, *, downwards: bool, actor: Actor) -> QuerySet[Household]:
    """Sort by a column and then by id. Who sees single households of others has few: they are gathered first."""
    scattered = isinstance(actor.granted_akten(Scope.CONTACT), QuerySet)
    key = Gathered(field) if scattered and connection.vendor == "sqlite" else F(field)
    return rows.order_by(key.desc() if downwards else key.asc(), "-pk" if downwards else "pk")


CONTACTED = "contacted_household"


def by_last_contact(rows: QuerySet[Household], *, downwards: bool, actor: Actor) -> QuerySet[Case]:
    """Return the open cases of these households by last contact, `CONTACTED` the household of their Akte.

    Who was never spoken to drops out. The index of last contacts is walked, and each line asked for its household:
    joined, PostgreSQL would read them all before it sorts.
    """
    way = "-" if downwards else ""
    own = Subquery(rows.order_by().filter(akte_id=OuterRef("akte_id")).values("pk")[:1])
    cases = Case.objects.visible_to(actor).filter(closed_on__isnull=True, last_contact_on__isnull=False)
    cases = cases.annotate(**{CONTACTED: own}).filter(**{f"{CONTACTED}__isnull": False})
    return cases.order_by(f"{way}last_contact_on", f"{way}pk")


def by_any_contact(rows: QuerySet[Household], *, downwards: bool) -> QuerySet[Household]:
    """Sort by the last contact of any case, also of closed ones; who was never spoken to comes last."""
    cases = Case.objects.for_system(reason=OWN_AKTE).filter(akte_id=OuterRef("akte_id"))
    latest = Subquery(cases.order_by(F("last_contact_on").desc(nulls_last=True)).values("last_contact_on")[:1])
    sorting = latest.desc(nulls_last=True) if downwards else latest.asc(nulls_last=True)
    return rows.order_by(sorting, "pk")


_ROW = ("pk", "name", "akte_id", "akte__reference", "akte__site__name", "akte__controller__short_name")
_CASE = ("circle_id", "opened_on", "closed_on", "last_contact_on")
_LEAD = ("lead__first_name", "lead__last_name", "lead__username")


def lines(ids: Iterable[UUID], *, actor: Actor) -> list[HouseholdLine]:
    """Return the lines for these households in this order: four queries, six for receivers of referrals."""
    wanted = list(dict.fromkeys(ids))
    rows = {row[0]: row for row in Household.objects.visible_to(actor).among(id=wanted).values_list(*_ROW)}
    shown = [rows[pk] for pk in wanted if pk in rows]
    ids = [row[0] for row in shown]
    cases = _cases(ids, actor)
    persons = _persons(ids, actor)
    stages = _stages([row[2] for row in shown], actor)
    return [
        HouseholdLine(
            pk=pk,
            name=name,
            reference=reference,
            place=site or body,
            case=first_case(cases.get(pk, ()), actor),
            persons=persons[pk],
            stage=stages.get(akte, ""),
        )
        for pk, name, akte, reference, site, body in shown
    ]


def _cases(ids: list[UUID], actor: Actor) -> dict[UUID, list[CaseLine]]:
    found: dict[UUID, list[CaseLine]] = {}
    parties = CaseParty.objects.visible_to(actor).among(household_id=ids)
    columns = [f"case__{name}" for name in (*_CASE, *_LEAD)]
    for household_id, *row in parties.order_by("pk").values_list("household_id", *columns):
        found.setdefault(household_id, []).append(_case_line(row))
    if not _receives(actor):
        return found
    referrals = Referral.objects.visible_to(actor).among(household_id=ids).filter(receiver_akte__isnull=False)
    akten = dict(referrals.order_by("pk").values_list("receiver_akte_id", "household_id"))
    own = Case.objects.visible_to(actor).among(akte_id=akten)
    for akte_id, *row in own.order_by("pk").values_list("akte_id", *_CASE, *_LEAD):
        found.setdefault(akten[akte_id], []).append(_case_line(row))
    return found


def _case_line(row: list) -> CaseLine:
    *case, first_name, last_name, username = row
    return CaseLine(*case, lead=User.name_of(first_name, last_name, username) if username else "")


def _persons(ids: list[UUID], actor: Actor) -> Counter[UUID]:
    members = HouseholdMember.objects.visible_to(actor).among(household_id=ids)
    members = members.filter(left_on__isnull=True, presence=Presence.PRESENT)
    return Counter(members.order_by().values_list("household_id", flat=True))


def _stages(akten: list[UUID], actor: Actor) -> dict[UUID, str]:
    rows = Journey.objects.visible_to(actor).among(akte_id=akten)
    columns = ("akte_id", "pathway", "stage", "ended_on", "since")
    found = sorted(rows.values_list(*columns), key=lambda row: (row[3] is None, row[3] or row[4], row[4]))
    known = all_pathways()
    return {akte_id: known[pathway].stage(stage).label for akte_id, pathway, stage, _ended, _since in found}
