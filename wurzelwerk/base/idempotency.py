"""A form sent twice (a double click, a dropped line) is taken once.

The form carries a key made when the page was shown. `once` claims the key inside the write's own transaction: the
database's unique column decides, so that two requests at the same time cannot both win.

    with transaction.atomic():
        if not idempotency.once(request):
            return redirect(...)          # the first of the two has done it
        actions.place(...)
"""

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from wurzelwerk.base import clock
from wurzelwerk.base.models import SubmittedForm

FIELD = "einmal"
KEPT = timedelta(days=2)


def new_key() -> str:
    """Return a key for one showing of a form."""
    return secrets.token_urlsafe(24)


def once(request: HttpRequest) -> bool:
    """Claim the form's key; False if it was claimed before.

    Call it inside the transaction of the write: if the write fails the key is free again. A request without key is
    always taken.
    """
    key = _key(request)
    if not key:
        return True
    try:
        with transaction.atomic():
            SubmittedForm.objects.create(key=key, taken_at=clock.now())
    except IntegrityError:
        return False
    return True


def is_taken(request: HttpRequest) -> bool:
    """Say whether the form was sent already; False for a request without key."""
    key = _key(request)
    return bool(key) and SubmittedForm.objects.filter(key=key).exists()


def _key(request: HttpRequest) -> str:
    key = request.POST.get(FIELD, "").replace("\x00", "")[:64]
    return f"{request.user.pk or ''}:{key}"[:128] if key else ""


def forget(*, at: datetime) -> int:
    """Delete keys older than two days before `at`; return how many. Called by the nightly job."""
    deleted, _by_model = SubmittedForm.objects.filter(taken_at__lt=at - KEPT).delete()
    return deleted
