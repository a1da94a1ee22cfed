"""A month as people type it: when a child is due, when the family may come."""

import re
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock, typed

NUMBERS = re.compile(r"^(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})$")
TURNED = re.compile(r"^(\d{4})-(\d{1,2})$")
NAMED = re.compile(r"^([A-Za-zä]{3,9})\.?\s+(\d{4})$")


class MonthInput(forms.TextInput):
    """Shows a stored day as its month."""

    def format_value(self, value):
        if isinstance(value, date):
            return f"{value.month:02d}.{value.year}"
        return super().format_value(value)


class MonthField(forms.Field):
    """A month; cleans to its first day. A whole date counts as its month."""

    widget = MonthInput

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", MonthInput({"autocomplete": "off", "class": "ww-short"}))
        kwargs.setdefault("help_text", lazy("Zum Beispiel 05.2026 oder Mai 2026"))
        super().__init__(**kwargs)

    def to_python(self, value) -> date | None:
        if isinstance(value, datetime):
            value = clock.local_day(value)
        if isinstance(value, date):
            return value.replace(day=1)
        text = str(value or "").strip()
        return self._read(text).replace(day=1) if text else None

    def _read(self, text: str) -> date:
        try:
            if found := NUMBERS.match(text):
                return typed.read_day(f"1.{found[1]}.{found[2]}", today=clock.today())
            if found := TURNED.match(text):
                return typed.read_day(f"1.{found[2]}.{found[1]}", today=clock.today())
            if found := NAMED.match(text):
                return typed.read_day(f"1. {found[1]} {found[2]}", today=clock.today())
            return typed.read_day(text, today=clock.today())
        except typed.Unreadable:
            raise ValidationError(
                _("„%(text)s“ ist kein Monat. Bitte zum Beispiel 05.2026 schreiben.") % {"text": text[:40]}
            ) from None
