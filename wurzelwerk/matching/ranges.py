"""Work on groups of consecutive arcs without a Python loop."""

import numpy as np


def starts_of(sorted_groups: np.ndarray, groups: int) -> np.ndarray:
    """Return int64 (groups + 1): where each group begins in a sorted column, and the end."""
    return np.searchsorted(sorted_groups, np.arange(groups + 1)).astype(np.int64)


def spread(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return all positions of the ranges ``[start, start + length)`` one after another."""
    total = int(lengths.sum())
    if total == 0:
        return np.zeros(0, dtype=np.int64)
    shift = starts - (np.cumsum(lengths) - lengths)
    return np.repeat(shift, lengths) + np.arange(total)


def maximum_by(groups: np.ndarray, values: np.ndarray, count: int, empty: int) -> np.ndarray:
    """Return the greatest value of each group in any order, `empty` for a group without values."""
    out = np.full(count, empty, dtype=np.int64)
    np.maximum.at(out, groups, values)
    return out
