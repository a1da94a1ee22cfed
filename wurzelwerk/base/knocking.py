"""Who asks in vain too often waits: counted by network address, for all processes together, in the database.

Of the address only a keyed hash of its network and of the window is kept, for a day: nobody can be told from it.
"""

import hmac
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest

from wurzelwerk.base.models import Knock

WINDOW = timedelta(minutes=10)
TIMES = 60  # so many from one address within a window: a whole shelter may stand behind one
KEPT = timedelta(days=1)


def is_too_often(request: HttpRequest, *, at: datetime) -> bool:
    """Say whether this address has asked in vain too often within the present window (one query)."""
    return Knock.objects.filter(key=_key(request, at), times__gte=TIMES).exists()


def count(request: HttpRequest, *, at: datetime) -> None:
    """Count that this address has asked in vain; two at a time both count."""
    key = _key(request, at)
    if Knock.objects.filter(key=key).update(times=F("times") + 1):
        return
    try:
        with transaction.atomic():
            Knock.objects.create(key=key, since=_window(at), times=1)
    except IntegrityError:
        Knock.objects.filter(key=key).update(times=F("times") + 1)


def forget(*, at: datetime) -> int:
    """Delete what is older than a day; return how many. Called by the nightly job."""
    deleted, _by_model = Knock.objects.filter(since__lt=at - KEPT).delete()
    return deleted


def _window(at: datetime) -> datetime:
    seconds = int(WINDOW.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, tz=at.tzinfo)


def _key(request: HttpRequest, at: datetime) -> str:
    said = f"{_window(at).timestamp():.0f} {network_of(request)}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), "sha256").hexdigest()


def network_of(request: HttpRequest) -> str:
    """Return who asks: an IPv4 address, or the /64 of an IPv6 one; behind a proxy what the proxy itself added last."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        said = request.META.get("HTTP_X_FORWARDED_FOR", said).rpartition(",")[2].strip()
    try:
        address = ip_address(said)
    except ValueError:
        return "unknown"
    return str(address if address.version == 4 else ip_network(f"{address}/64", strict=False))
