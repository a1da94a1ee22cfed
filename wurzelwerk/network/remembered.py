"""Small tables that hardly ever change, remembered for a while so that nothing asks for their names and codes."""

import time
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from .models import District, Organisation, Programme, Site

KEPT_SECONDS = 300


class Remembered:
    """Names by key, read again after five minutes, for a key not known yet, or when this process changed the table."""

    def __init__(self, model: type[Model], key: str, name: str) -> None:
        self._model, self._columns = model, (key, name)
        self._names: dict[Any, str] = {}
        self._until = 0.0
        for signal in (post_save, post_delete, m2m_changed):
            signal.connect(self.forget, sender=model, weak=False)

    def forget(self, **_signal: Any) -> None:
        """Read the table again next time."""
        self._until = 0.0

    def choices(self) -> list[tuple[str, str]]:
        """Return (key, name) of every row, in the table's order."""
        if time.monotonic() >= self._until:
            self._read()
        return [(str(key), name) for key, name in self._names.items()]

    def name(self, key: Any) -> str:
        """Return a row's name; empty for no key, or one that names no row."""
        if key is None:
            return ""
        if time.monotonic() >= self._until or key not in self._names:
            self._read()
        return self._names.get(key, "")

    def _read(self) -> None:
        self._names = dict(self._model._default_manager.values_list(*self._columns))
        self._until = time.monotonic() + KEPT_SECONDS


districts = Remembered(District, "code", "name")
programmes = Remembered(Programme, "pk", "name")
sites = Remembered(Site, "pk", "name")
sites_by_code = Remembered(Site, "code", "name")
organisations = Remembered(Organisation, "pk", "short_name")
programme_codes = Remembered(Programme, "pk", "code")
site_codes = Remembered(Site, "pk", "code")
organisation_codes = Remembered(Organisation, "pk", "code")
