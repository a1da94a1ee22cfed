"""Sentences and figures as a German reader writes them; works with and without Django.

The library is used from the desk (Django is set up, the catalogue applies) and from the command line
(nothing is set up, the German source sentence stands as it is).
"""

import sys

import numpy as np

_GERMAN = str.maketrans({",": ".", ".": ","})


def translate(message: str) -> str:
    """Return `message` in the active language, or as it stands where Django is not set up."""
    conf = sys.modules.get("django.conf")
    if conf is None or not conf.settings.configured:
        return message
    from django.utils.translation import gettext

    return gettext(message)


def number(value: float, decimals: int = 0) -> str:
    """Return a number with German separators: ``number(1234.5, 2)`` is ``1.234,50``."""
    return f"{value:,.{decimals}f}".translate(_GERMAN)


def euro(cents: int) -> str:
    """Return an amount of cents as German euro text without needless decimals: ``81 €``, ``81,50 €``."""
    whole, rest = divmod(int(cents), 100)
    return f"{number(whole)}\u00a0€" if rest == 0 else f"{number(int(cents) / 100, 2)}\u00a0€"


def square_metres(hundredths: int) -> str:
    """Return hundredths of a square metre as text: ``6550`` is ``65,5 m²``."""
    text = number(int(hundredths) / 100, 2).rstrip("0").rstrip(",")
    return f"{text}\u00a0m²"


def day(ordinal: int) -> str:
    """Return a day count since 1970-01-01 as ``05.03.2026``."""
    year, month, date = str(np.datetime64(int(ordinal), "D")).split("-")
    return f"{date}.{month}.{year}"
