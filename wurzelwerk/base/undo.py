"""Say that something is done, with the way back beside it.

    say_done(request, _("Schritt erledigt."), undo=reverse("step_reopen", args=[step.pk]))

The next page shows the sentence with a button that posts to the address (component `c-undo`).
"""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

MARK = "undo:"


def say_done(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Leave a success message; `undo` is the address that takes the thing back by POST."""
    messages.success(request, text, extra_tags=f"{MARK}{undo}" if undo else "")


def undo_address(message: Message) -> str:
    """Return the address that takes back what a message tells; empty where there is none."""
    tags = message.extra_tags or ""
    return tags.removeprefix(MARK) if tags.startswith(MARK) else ""
