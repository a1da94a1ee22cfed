"""Wurzelwerk: the shared workspace of a city's integration network."""

__version__ = "0.1.0"
