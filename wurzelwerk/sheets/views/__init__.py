"""Pages of lists: send, map, preview, result, take back."""

from .acts import sheet_choose, sheet_drop, sheet_take, sheet_take_back
from .lists import sheet_columns, sheet_list
from .one import sheet, sheet_progress, sheet_refused

__all__ = [
    "sheet", "sheet_choose", "sheet_columns", "sheet_drop", "sheet_list", "sheet_progress", "sheet_refused",
    "sheet_take", "sheet_take_back",
]  # fmt: skip
