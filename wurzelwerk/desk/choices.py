"""Choices of the filter bar that hardly ever change, remembered for a while so that a list costs no query for them."""

import time
from collections.abc import Callable
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save

from wurzelwerk.network.models import District, Programme

KEPT_SECONDS = 300

Choices = list[tuple[str, str]]


class Remembered:
    """A list of choices, read again after five minutes or when this process changed the table."""

    def __init__(self, model: type, read: Callable[[], Choices]) -> None:
        self._read = read
        self._choices: Choices = []
        self._until = 0.0
        for signal in (post_save, post_delete, m2m_changed):
            signal.connect(self.forget, sender=model, weak=False)

    def forget(self, **_signal: Any) -> None:
        """Read the table again next time."""
        self._until = 0.0

    def __call__(self) -> Choices:
        """Return the choices."""
        if time.monotonic() >= self._until:
            self._choices = self._read()
            self._until = time.monotonic() + KEPT_SECONDS
        return list(self._choices)


def _programmes() -> Choices:
    return [(str(pk), name) for pk, name in Programme.objects.values_list("pk", "name")]


districts = Remembered(District, lambda: list(District.objects.values_list("code", "name")))
programmes = Remembered(Programme, _programmes)
