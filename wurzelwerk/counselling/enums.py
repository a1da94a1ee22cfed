"""Closed lists of counselling that code depends on."""

from enum import StrEnum

SERVICE = "counselling"
"""The service's name on its cases."""


class SheetState(StrEnum):
    """Where a person's release to one receiver stands."""

    MISSING = "missing"
    PREPARED = "prepared"
    SIGNED = "signed"
    EXPIRED = "expired"
