"""Reads of housing, one file an aggregate; the first filter is visible_to."""
