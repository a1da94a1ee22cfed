"""What runs out soon in the cases of somebody: the day to move out, a residence document, a release."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from wurzelwerk.cases.models import Accommodation, Case, Residence
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Consent

from .working_rules import working_rule

LEAVE, RESIDENCE, RELEASE = "leave", "residence", "release"
LABELS = {LEAVE: _("muss ausziehen bis"), RESIDENCE: _("Aufenthaltsdokument gilt bis"), RELEASE: _("Freigabe endet")}


@dataclass
class Deadline:
    """Something that runs out on a day, in an Akte; `akte_id` names its household (`queries.HouseholdNames`)."""

    akte_id: UUID
    kind: str
    due_on: date
    about: Any = field(default=None, init=False)

    @property
    def label(self) -> Any:
        """What runs out, in words."""
        return LABELS[self.kind]


def deadlines(actor: Actor, cases: Q, *, today: date, limit: int) -> list[Deadline]:
    """Return what runs out in the open cases that `cases` names and the actor sees, the first first (one query)."""
    akten = Case.objects.visible_to(actor).filter(cases, closed_on__isnull=True).order_by().values("akte_id")
    rows = _of(
        Accommodation.objects.visible_to(actor).filter(until__isnull=True),
        akten, LEAVE, "must_leave_by", _until(today, "leave_by_days"),
    )  # fmt: skip
    others = (
        _of(
            Residence.objects.visible_to(actor),
            akten, RESIDENCE, "valid_until", _until(today, "residence_expiry_days"),
        ),
        _of(
            Consent.objects.visible_to(actor).filter(
                signed_on__isnull=False, revoked_at__isnull=True, valid_until__gte=today
            ),
            akten, RELEASE, "valid_until", _until(today, "release_end_days"),
        ),
    )  # fmt: skip
    return [Deadline(*row) for row in rows.union(*others).order_by("due", "akte_id")[:limit]]


def _until(today: date, rule: str) -> date:
    return today + timedelta(days=working_rule(rule, on=today))


def _of(rows: QuerySet, akten: QuerySet, kind: str, column: str, until: date) -> QuerySet:
    rows = rows.filter(akte_id__in=akten, **{f"{column}__lte": until}).order_by()
    named = rows.annotate(sort=Value(kind, output_field=CharField()), due=F(column))
    return named.values_list("akte_id", "sort", "due")


def leads_of(found: Iterable[Deadline], actor: Actor) -> dict[UUID, UUID]:
    """Return Akte -> who is in charge of its open case (one query)."""
    akten = {one.akte_id for one in found}
    cases = Case.objects.visible_to(actor).filter(akte_id__in=akten, closed_on__isnull=True, lead__isnull=False)
    return dict(cases.order_by("opened_on").values_list("akte_id", "lead_id"))
