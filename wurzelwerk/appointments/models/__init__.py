"""The tables of the calendar, beside the trunk's `Appointment`."""

from .bookings import Booking, Feed, HeldTime, InterpreterRequest, Move, Series
from .places import Hours, OwnTime, Place, Sketch
from .weekly import WeeklyTime

__all__ = [
    "Booking",
    "Feed",
    "HeldTime",
    "Hours",
    "InterpreterRequest",
    "Move",
    "OwnTime",
    "Place",
    "Series",
    "Sketch",
    "WeeklyTime",
]
