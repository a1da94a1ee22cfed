"""Give a record its key in the ledger of facts."""

from uuid import UUID

from .models import Akte, Pseudonym


def pseudonym_for(*, kind: str, subject: UUID, akte: Akte) -> UUID:
    """Return a record's pseudonym, made on first use; belongs into the write that makes the record."""
    row, _created = Pseudonym.objects.get_or_create(kind=kind, subject=subject, defaults={"akte": akte})
    return row.key
