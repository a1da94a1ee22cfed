"""What the tables of the case trunk and its facts must agree on."""

from collections import Counter
from typing import Any

from django.db.models import Count

from wurzelwerk.evidence.checks import Comparison, once, standing_events
from wurzelwerk.trust.models import Pseudonym
from wurzelwerk.trust.queries import keys_by_subject

from . import facts
from .enums import ConferenceState
from .models import Case, Conference, Merge, Note, ShortContact

REASON = "facts are compared with the tables"


def _cases(**conditions: Any) -> dict[Any, int]:
    keys = keys_by_subject(Pseudonym.Kind.CASE)
    standing = Case.objects.for_system(reason=REASON).filter(akte__merged_into__isnull=True, **conditions)
    ids = standing.values_list("pk", flat=True)
    return {keys.get(pk, pk): 1 for pk in ids.iterator(chunk_size=2_000)}


def _consultations() -> dict[Any, int]:
    keys = keys_by_subject(Pseudonym.Kind.CASE)
    rows = Note.objects.for_system(reason=REASON).order_by().values("case_id").annotate(notes=Count("pk"))
    return Counter({keys.get(row["case_id"], row["case_id"]): row["notes"] for row in rows.iterator(chunk_size=2_000)})


def _short_contacts() -> dict[Any, int]:
    rows = ShortContact.objects.for_system(reason=REASON).order_by().values_list("event", flat=True)
    return dict.fromkeys(rows.iterator(chunk_size=2_000), 1)


def _linked_contacts() -> dict[Any, int]:
    keys = keys_by_subject(Pseudonym.Kind.CASE)
    rows = ShortContact.objects.for_system(reason=REASON).filter(case__isnull=False).order_by()
    return Counter(keys.get(case, case) for case in rows.values_list("case_id", flat=True).iterator(chunk_size=2_000))


def _conferences() -> dict[Any, int]:
    keys = keys_by_subject(Pseudonym.Kind.CASE)
    rows = Conference.objects.for_system(reason=REASON).filter(state=ConferenceState.HELD).order_by()
    return Counter(keys.get(case, case) for case in rows.values_list("case_id", flat=True).iterator(chunk_size=2_000))


def _merges() -> dict[Any, int]:
    rows = Merge.objects.for_system(reason=REASON).filter(undone_at__isnull=True).order_by()
    return dict.fromkeys(rows.values_list("event", flat=True).iterator(chunk_size=2_000), 1)


COMPARISONS = (
    Comparison(
        code="cases.opened",
        label="Eröffnete Fälle",
        state=_cases,
        facts=lambda: once(standing_events(facts.CASE_OPENED)),
    ),
    Comparison(
        code="cases.closed",
        label="Abgeschlossene Fälle",
        state=lambda: _cases(closed_on__isnull=False),
        facts=lambda: once(standing_events(facts.CASE_CLOSED)),
    ),
    Comparison(
        code="cases.consulted",
        label="Beratungen im Journal",
        state=_consultations,
        facts=lambda: standing_events(facts.CONSULTED),
    ),
    Comparison(
        code="cases.short_contact",
        label="Kurzkontakte",
        state=_short_contacts,
        facts=lambda: standing_events(facts.SHORT_CONTACT, key="event"),
    ),
    Comparison(
        code="cases.contact_linked",
        label="Zugeordnete Kurzkontakte",
        state=_linked_contacts,
        facts=lambda: standing_events(facts.CONTACT_LINKED),
    ),
    Comparison(
        code="cases.conference_held",
        label="Fallkonferenzen mit Protokoll",
        state=_conferences,
        facts=lambda: standing_events(facts.CONFERENCE_HELD),
    ),
    Comparison(
        code="cases.merged",
        label="Zusammengeführte Haushalte",
        state=_merges,
        facts=lambda: standing_events(facts.HOUSEHOLDS_MERGED, key="event"),
    ),
)
