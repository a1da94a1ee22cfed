"""The app of sheets."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Lists of other programs, taken in."""

    name = "wurzelwerk.sheets"
    label = "sheets"
