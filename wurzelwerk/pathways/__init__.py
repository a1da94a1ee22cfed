"""Pathways: the multi-stage access of the programmes, as data."""
