"""Households on their way into the tables, many at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wurzelwerk.evidence.bulk import Entry
from wurzelwerk.evidence.types import FactType, Frame, Keys
from wurzelwerk.trust.models import Akte


@dataclass(frozen=True)
class HouseholdForm:
    """A household to be formed in an Akte opened for it, under ids that its sender made.

    `members`: (id of the person to be, `MemberData`), one at least. `home`: fields of `Accommodation`, `kind` among
    them.
    """

    akte: Akte
    household: UUID
    members: tuple[tuple[UUID, Any], ...]
    home: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Formed:
    """A household that was formed, and under which pseudonyms it counts; `case` once a matter was opened."""

    form: HouseholdForm
    frame: Frame
    household: UUID
    persons: tuple[UUID, ...]
    case: UUID | None = None

    @property
    def about(self) -> tuple[Keys, ...]:
        """One entry per member, as `about_case` says it."""
        return tuple(Keys(person=person, household=self.household, case=self.case) for person in self.persons)

    def record_of(
        self, fact_type: FactType, *, about: tuple[Keys, ...] = (), dimensions: Mapping[str, str] | None = None
    ) -> Entry:
        """Return the record of a fact about the household; one fact a member unless `about` says otherwise."""
        return Entry(fact_type, about or self.about, self.frame, dimensions or {})
