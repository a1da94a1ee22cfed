"""What is known of a household, in the shape the claims are computed from; no database, no names."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from wurzelwerk.base.formats import age


class Presence(StrEnum):
    """Whether a member lives in the household already."""

    PRESENT = "present"
    UNBORN = "unborn"
    AWAITED = "awaited"


@dataclass(frozen=True, slots=True)
class Member:
    """One member. `birth_year_only`: of `birth` only the year is known. `benefit_unit`: key of the unit, if in any."""

    key: str
    birth: date | None = None
    birth_year_only: bool = False
    presence: Presence = Presence.PRESENT
    benefit_unit: str | None = None
    counts_as_child: bool | None = None
    severely_disabled: bool = False
    pregnant: bool = False


@dataclass(frozen=True, slots=True)
class BenefitUnit:
    """A Bedarfsgemeinschaft. `draws`: are its housing costs paid today; `benefit`: sgb2, sgb12 or asylblg."""

    key: str
    draws: bool | None = None
    benefit: str = "sgb2"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A WBS held by the household, as printed on it."""

    valid_until: date | None
    persons: int | None = None
    square_metres: int | None = None
    rooms: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """What is known. `yearly_income`: chargeable income after deductions, euro a year; None = unknown, never 0.

    `benefits_asked`: False while nobody has asked whether benefits are drawn; no `benefit_units` then means nothing.
    """

    members: tuple[Member, ...]
    benefit_units: tuple[BenefitUnit, ...] = ()
    benefits_asked: bool = False
    yearly_income: Decimal | None = None
    certificate: Certificate | None = None
    lasting_residence: bool | None = None
    homeless: bool = False

    @property
    def present(self) -> tuple[Member, ...]:
        """The members who live in the household today."""
        return tuple(member for member in self.members if member.presence is Presence.PRESENT)


def is_valid(certificate: Certificate, on: date) -> bool:
    """True where the certificate still holds on the day; one without a date does not."""
    return certificate.valid_until is not None and on <= certificate.valid_until


def age_range(member: Member, on: date) -> tuple[int, int] | None:
    """Least and greatest possible age in completed years; None where no birth is known or the person is not born yet.

    Who was born on 29 February completes a year at the end of 28 February, and is one older from 1 March on.
    """
    if member.birth is None or member.presence is Presence.UNBORN or member.birth > on:
        return None
    if not member.birth_year_only:
        exact = age(member.birth, on) or 0
        return exact, exact
    year = member.birth.year
    return max(0, age(date(year, 12, 31), on) or 0), age(date(year, 1, 1), on) or 0
