"""One answer to "what may this household claim?": a figure or none, a German sentence, its source, its certainty."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from wurzelwerk.base import formats
from wurzelwerk.base.dated import Certainty, Dated

NOTICE = "Prüfhinweis, keine Rechtsberatung"


class Standing(StrEnum):
    """What a claim says: it holds, hangs on a condition, cannot be told yet, or does not apply."""

    HOLDS = "holds"
    CONDITION = "condition"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with its unit as shown: "m²", "Räume", "€", "€ im Monat"."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One answer.

    `quantities`: any one of them suffices. `met`: does the household keep the limit, None = not known.
    `concerns`: key of the Bedarfsgemeinschaft, where the claim is one's. `share`: its persons of all in the household.
    """

    code: str
    standing: Standing
    sentence: str
    source: str
    valid_from: date | None
    certainty: Certainty
    quantities: tuple[Quantity, ...] = ()
    missing: tuple[str, ...] = ()
    met: bool | None = None
    concerns: str = ""
    share: tuple[int, int] | None = None
    review_due: bool = False

    @property
    def value(self) -> Decimal | None:
        """The first value; None where the claim has no figure."""
        return self.quantities[0].value if self.quantities else None

    @property
    def unit(self) -> str:
        """The unit of `value`; empty where there is none."""
        return self.quantities[0].unit if self.quantities else ""

    @property
    def mark(self) -> str:
        """The notice to show beside it; empty for what was read in the law itself or on the household's own paper."""
        if self.certainty is Certainty.VERIFIED:
            return ""
        return f"{NOTICE} – Stand bitte nachprüfen" if self.review_due else NOTICE


def claim_from(code: str, standing: Standing, sentence: str, row: Dated[Any], on: date, **more: Any) -> Claim:
    """A claim that takes source, first day and certainty from a dated row; `more` are further fields of `Claim`."""
    due = row.is_due_for_review(on)
    return Claim(code, standing, sentence, row.source, row.valid_from, row.certainty, review_due=due, **more)


def persons_in_words(count: int) -> str:
    """eine Person, 2 Personen."""
    return "eine Person" if count == 1 else f"{count} Personen"


def money(amount: Decimal) -> str:
    """1.230 €, and with cents only where there are any: 1.234,50 €."""
    return formats.euro(amount, 0 if amount == amount.to_integral_value() else 2)
