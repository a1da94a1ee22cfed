"""Values as safe text of a page, for markup that is written in Python."""

from html import escape
from typing import Any

from django.utils.formats import localize
from django.utils.safestring import SafeData


def exact(value: Any) -> str:
    """Return a value as safe text as it stands: escaped unless it is safe already. Nothing (None) is an empty text."""
    if isinstance(value, SafeData):
        return str(value)
    if isinstance(value, str):
        return escape(value)
    if value is None:
        return ""
    if hasattr(value, "__html__"):
        return str(value.__html__())
    said = str(value)
    return said if isinstance(said, SafeData) else escape(said)


def text(value: Any) -> str:
    """Like `exact`, with numbers and days as Germans write them: the same as `{{ value }}` in a template."""
    return exact(value if isinstance(value, str) or value is None else localize(value))
