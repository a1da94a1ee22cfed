"""The secret of a calendar's address: random, and known to the house only by its hash."""

import hashlib
import secrets

from django.core.cache import cache

SECRET_BYTES = 32
READS_AN_HOUR = 60


def new_secret() -> str:
    """Return a secret that nobody guesses."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_too_often(digest: str, *, hour: int) -> bool:
    """Count a reading of an address in this hour and say whether there were too many (counted in each process)."""
    key = f"appointments.feed.{digest}.{hour}"
    cache.add(key, 0, timeout=2 * 60 * 60)
    return cache.incr(key) > READS_AN_HOUR
