"""Put grants on an Akte as the consequence of an action that has been checked already.

`trust.actions.grant_access` checks and records; an accepted referral calls this directly,
because its sender agreed to it when sending.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wurzelwerk.base.clock import local_day

from .models import Akte, Circle, Grant
from .scopes import Form


@dataclass(frozen=True)
class Terms:
    """On what a grant rests and how long it holds (from today, unless `valid_from` says otherwise).

    `because` is the record it ends with.
    """

    purpose: str
    basis: str
    basis_text: str = ""
    valid_until: date | None = None
    because: UUID | None = None
    valid_from: date | None = None


def open_scopes(
    *,
    akte: Akte,
    circle: Circle,
    scopes: Iterable[str],
    terms: Terms,
    at: datetime,
    form: str = Form.READ,
    granted_by_id: UUID | None = None,
) -> list[Grant]:
    """Open scopes of an Akte to a circle; what stands already on the same ground stays as it is."""
    standing = set(
        Grant.objects.filter(
            akte=akte, circle=circle, form=form, because=terms.because, revoked_at__isnull=True
        ).values_list("scope", flat=True)
    )
    return Grant.objects.bulk_create(
        Grant(
            akte=akte,
            circle=circle,
            scope=scope,
            form=form,
            purpose=terms.purpose,
            basis=terms.basis,
            basis_text=terms.basis_text,
            because=terms.because,
            valid_from=terms.valid_from or local_day(at),
            valid_until=terms.valid_until,
            granted_by_id=granted_by_id,
            granted_at=at,
        )
        for scope in sorted(set(scopes) - standing)
    )
