"""What was written about people since they came: asked before somebody whom a list brought is taken back."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.evidence.bulk import About, keys_recorded_since
from wurzelwerk.trust.building import called, pointed_at
from wurzelwerk.trust.fates import fates
from wurzelwerk.trust.models import Consent, Pseudonym
from wurzelwerk.trust.queries import keys_of

from .models import HouseholdMember, Person, PersonKeys, PersonLanguage

OF_A_PERSON = (PersonLanguage, HouseholdMember, PersonKeys)
"""What comes with a person and goes with them."""
REASON = "what stands against taking back"


def written_about(persons: Collection[UUID], *, since: datetime) -> dict[UUID, tuple[str, ...]]:
    """Return person -> what was written about them since, in German; who only came is left out.

    A row may point at a person by a foreign key, or hold the id alone (a release, a message, a wish): both count.
    """
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    for pk, what in pointed_at(Person, persons, but=OF_A_PERSON).items():
        found[pk] |= dict.fromkeys(what)
    columns = [(model, column) for model, fate in fates().items() for column in fate.refs]
    for model, column in [*columns, (Consent, "subject")]:
        rows = model.objects.for_system(reason=REASON).filter(**{f"{column}__in": list(persons)}).order_by()
        for pk in rows.values_list(column, flat=True).distinct():
            found[pk][called(model)] = None
    keys = keys_of(Pseudonym.Kind.PERSON, persons)
    recorded = keys_recorded_since(About(persons=list(keys.values())), since=since)
    for pk, key in keys.items():
        if key in recorded:
            found[pk][_("Änderung")] = None
    return {pk: tuple(what) for pk, what in found.items()}
