"""What the interface gives out. Never an address, an owner or a person."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from ninja import Schema


class Problem(Schema):
    """Why a request was not answered."""

    detail: str


class LettingOut(Schema):
    """An open letting: amounts in euro a month, area in square metres."""

    id: UUID
    title: str
    district: str | None
    available_from: date | None
    rooms: Decimal
    area: Decimal
    net_cold: Decimal
    operating_costs: Decimal | None
    gross_cold: Decimal | None
    heating_costs: Decimal | None
    deposit: Decimal | None
    step_free: str
    wbs_kind: str


class LettingPage(Schema):
    """One page of open lettings; `more` says whether there is another."""

    items: list[LettingOut]
    offset: int
    limit: int
    more: bool
