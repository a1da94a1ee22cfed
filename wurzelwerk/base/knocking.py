"""Who asks in vain too often waits, and so does who does too much by one link.

Counted by network address or by link, for all processes together, in the database.

Of the address only a keyed hash of its network and of the window is kept, for a day: nobody can be told from it.
Signing in is counted three times: this name from this network, this name from anywhere, any name from this network.
So guessing ends soon, and nobody far away keeps a colleague out by a few wrong tries.
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
SIGN_INS_OF_NAME_HERE, SIGN_INS_OF_NAME, SIGN_INS_HERE = 10, 50, TIMES
KEPT = timedelta(days=1)


def is_too_often(request: HttpRequest, *, at: datetime) -> bool:
    """Say whether this address has asked in vain too often within the present window (one query)."""
    return Knock.objects.filter(key=_key(at, network_of(request)), times__gte=TIMES).exists()


def count(request: HttpRequest, *, at: datetime) -> None:
    """Count that this address has asked in vain; two at a time both count."""
    _count(_key(at, network_of(request)), _window(at))


def signs_in_too_often(request: HttpRequest, name: str, *, at: datetime) -> bool:
    """Say whether somebody has tried in vain to sign in too often within the present window (one query)."""
    limits = _sign_in_limits(request, name, at)
    tried = Knock.objects.filter(key__in=limits).values_list("key", "times")
    return any(times >= limits[key] for key, times in tried)


def count_sign_in(request: HttpRequest, name: str, *, at: datetime) -> None:
    """Count that somebody tried in vain to sign in under a name, whether there is such an account or not."""
    for key in _sign_in_limits(request, name, at):
        _count(key, _window(at))


def _sign_in_limits(request: HttpRequest, name: str, at: datetime) -> dict[str, int]:
    who, network = f"name {name.strip().casefold()}", network_of(request)
    return {
        _key(at, "sign-in", who, network): SIGN_INS_OF_NAME_HERE,
        _key(at, "sign-in", who): SIGN_INS_OF_NAME,
        _key(at, "sign-in", network): SIGN_INS_HERE,
    }


def _count(key: str, since: datetime) -> None:
    if Knock.objects.filter(key=key).update(times=F("times") + 1):
        return
    try:
        with transaction.atomic():
            Knock.objects.create(key=key, since=since, times=1)
    except IntegrityError:
        Knock.objects.filter(key=key).update(times=F("times") + 1)


def may_go_on(what: str, *, most: int, at: datetime) -> bool:
    """Count something that is done within the present hour; False where that was often enough already.

    Counted in the caller's transaction: what is undone does not count.
    """
    hour = datetime.fromtimestamp(int(at.timestamp()) // 3600 * 3600, tz=at.tzinfo)
    key = _keyed(f"{hour.timestamp():.0f} done {what}")
    if Knock.objects.filter(key=key, times__gte=most).exists():
        return False
    _count(key, hour)
    return True


def forget(*, at: datetime) -> int:
    """Delete what is older than a day; return how many. Called by the nightly job."""
    deleted, _by_model = Knock.objects.filter(since__lt=at - KEPT).delete()
    return deleted


def _window(at: datetime) -> datetime:
    seconds = int(WINDOW.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, tz=at.tzinfo)


def _key(at: datetime, *words: str) -> str:
    return _keyed(" ".join((f"{_window(at).timestamp():.0f}", *words)))


def _keyed(said: str) -> str:
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
