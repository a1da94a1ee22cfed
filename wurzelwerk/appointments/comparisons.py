"""What the tables of the calendar and its facts must agree on."""

from collections import Counter
from typing import Any

from wurzelwerk.evidence.checks import Comparison, standing_events
from wurzelwerk.trust.models import Pseudonym
from wurzelwerk.trust.queries import keys_by_subject

from . import facts
from .models import Move, Series

REASON = "facts are compared with the tables"


def _by_case(model: Any, **conditions: Any) -> dict[Any, int]:
    keys = keys_by_subject(Pseudonym.Kind.CASE)
    rows = model.objects.for_system(reason=REASON).filter(**conditions).order_by()
    return Counter(keys.get(case, case) for case in rows.values_list("case_id", flat=True).iterator(chunk_size=2_000))


COMPARISONS = (
    Comparison(
        code="appointments.moved",
        label="Verlegte Termine",
        state=lambda: _by_case(Move, undone_at__isnull=True),
        facts=lambda: standing_events(facts.APPOINTMENT_MOVED),
    ),
    Comparison(
        code="appointments.series_made",
        label="Vereinbarte Terminreihen",
        state=lambda: _by_case(Series),
        facts=lambda: standing_events(facts.SERIES_MADE),
    ),
)
