"""Writes of the calendar, one file an aggregate: check, change, record."""

from .booking import (
    Meeting,
    book,
    cancel_appointment,
    change_appointment,
    move_appointment,
    reopen_appointment,
    take_back_moving,
)
from .interpreting import answer_request, ask_interpreter, cancel_request, reopen_request
from .inviting import set_inviting
from .keeping import (
    HoursData,
    PlaceData,
    add_place,
    cancel_own_time,
    change_own_time,
    change_place,
    keep_hours,
    keep_own_time,
    remove_place,
    restore_own_time,
    restore_place,
)
from .series import SeriesChange, cancel_series, change_series, make_series, reopen_series
from .sketching import keep_sketch, remove_sketch, restore_sketch
from .subscribing import make_feed, revoke_feed
from .weekly import WeeklyData, change_weekly, end_weekly, keep_weekly, resume_weekly

__all__ = [
    "HoursData",
    "Meeting",
    "PlaceData",
    "SeriesChange",
    "WeeklyData",
    "add_place",
    "answer_request",
    "ask_interpreter",
    "book",
    "cancel_appointment",
    "cancel_own_time",
    "cancel_request",
    "cancel_series",
    "change_appointment",
    "change_own_time",
    "change_place",
    "change_series",
    "change_weekly",
    "end_weekly",
    "keep_hours",
    "keep_own_time",
    "keep_sketch",
    "keep_weekly",
    "make_feed",
    "make_series",
    "move_appointment",
    "remove_place",
    "remove_sketch",
    "reopen_appointment",
    "reopen_request",
    "reopen_series",
    "restore_own_time",
    "restore_place",
    "restore_sketch",
    "resume_weekly",
    "revoke_feed",
    "set_inviting",
    "take_back_moving",
]
