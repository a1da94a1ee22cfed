"""Rooms, hours and a team's week in the story; nothing of it is left to chance."""

from datetime import datetime, time, timedelta

from wurzelwerk.appointments import actions as calendar
from wurzelwerk.appointments.actions import HoursData, Meeting, PlaceData
from wurzelwerk.appointments.models import Place
from wurzelwerk.appointments.spans import Span
from wurzelwerk.base.errors import HouseError
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment
from wurzelwerk.network.models import Site, User

from .world import CITY, World

KEEPER, TEAM = "lars", ("amira", "bernd", "elif")
SITE = "stadt-nord"
ROOMS = (
    PlaceData("Raum 1", seats=4, step_free="yes", way="Eingang Beispielstraße, gleich links"),
    PlaceData("Raum 2", seats=8, step_free="no", way="Eingang Beispielstraße, erster Stock, Tür 1.04"),
)
OPEN_HOURS = [HoursData(2, time(9), time(11))]
MEETING_DAY = 3


class Calendars:
    """Plans the rooms and hours of one site, its team's meeting, and a series."""

    def __init__(self, world: World) -> None:
        self.world = world

    def plan(self) -> None:
        """Rooms a month ago, the rest on the last day, when the next days' appointments stand."""
        self.world.plan(self.world.until - timedelta(days=30), self.furnish)
        self.world.plan(self.world.until - timedelta(seconds=30), self.fill_week)

    def furnish(self) -> None:
        """The site gets its rooms and its open hours, a colleague her own."""
        by, at, site = self.world.actor(KEEPER), self.world.at, Site.objects.get(code=SITE)
        for data in ROOMS:
            calendar.add_place(site=site, data=data, by=by, at=at)
        calendar.keep_hours(site=site, rows=OPEN_HOURS, by=by, at=at)
        own = [HoursData(day, time(9), time(15 if day == 4 else 17)) for day in range(5)]
        calendar.keep_hours(rows=own, by=self.world.actor("amira"), at=at)

    def fill_week(self) -> None:
        """Next days' appointments take rooms, one becomes a series, one waits for its interpreter; the team meets."""
        rooms = list(Place.objects.filter(site__code=SITE).select_related("site").order_by("name"))
        if not rooms:
            return
        for number, row in enumerate(self._to_come()):
            self._settle(row, rooms[number % len(rooms)], number)
        day = self.world.until + timedelta(days=(MEETING_DAY - self.world.until.weekday()) % 7 or 7)
        starts = datetime.combine(day.date(), time(13), tzinfo=CITY)
        calendar.keep_own_time(
            kind="meeting", title="Teambesprechung", span=Span(starts, starts + timedelta(hours=1)), room=None,
            people=list(User.objects.filter(username__in=TEAM)), by=self.world.actor("elif"), at=self.world.at,
        )  # fmt: skip

    def _to_come(self) -> list[Appointment]:
        rows = Appointment.objects.visible_to(self.world.actor("amira")).filter(
            host__username__in=TEAM, state=AppointmentState.PLANNED, starts_at__gt=self.world.at, kind="counselling"
        )
        return list(rows.select_related("host").order_by("starts_at", "pk")[:8])

    def _settle(self, row: Appointment, room: Place, number: int) -> None:
        by, at = self.world.actor("amira"), self.world.at
        meeting = Meeting(row.kind, row.starts_at, row.ends_at, row.host, room)
        try:
            calendar.change_appointment(
                appointment=row, meeting=meeting, reason="Raum gebucht", double=True, by=by, at=at
            )
            if number == 0:
                calendar.ask_interpreter(appointment=row, language="ar", service="Sprachpool", by=by, at=at)
            if number == 1:
                later = timedelta(weeks=1)
                series = Meeting(row.kind, row.starts_at + later, row.ends_at + later, row.host, room)
                calendar.make_series(case=row.case, meeting=series, every="week", times=4, double=True, by=by, at=at)
        except HouseError:
            return
