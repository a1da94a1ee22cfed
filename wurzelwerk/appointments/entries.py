"""What stands in a calendar: own and visible appointments by name, everything else as "belegt" without a word."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from wurzelwerk.base.clock import local_day
from wurzelwerk.base.fields import joined
from wurzelwerk.cases.enums import AppointmentState
from wurzelwerk.cases.models import Appointment, Conference
from wurzelwerk.trust.actor import Actor

from .absences import away
from .busy import REASON
from .enums import InterpreterState
from .kinds import kind_label
from .models import Booking, HeldTime, InterpreterRequest, OwnTime, Place
from .queries import HouseholdNames
from .recurrence import holiday
from .spans import Span
from .weekly import conferences_within, weekly_within


@dataclass(frozen=True)
class Entry:
    """One line of a calendar. `note`: a word of status; `url`: empty where the actor may not look."""

    span: Span
    title: str
    detail: str = ""
    url: str = ""
    note: str = ""
    note_kind: str = "info"
    person: str = ""
    whole_day: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether the actor may know no more than that this time is taken."""
        return not self.url and not self.whole_day


@dataclass
class Day:
    """A day of a calendar. `holiday`: its name, empty for a working day."""

    on: date
    today: date
    entries: list[Entry] = field(default_factory=list)

    @property
    def holiday(self) -> str:
        """The public holiday, if it is one."""
        return holiday(self.on)

    @property
    def is_today(self) -> bool:
        """Whether it is the present day."""
        return self.on == self.today


def whole_days(first: date, last: date) -> Span:
    """Return the stretch from the beginning of one day to the end of another."""
    return Span(joined(first, time(0)), joined(last + timedelta(days=1), time(0)))


def entries_of(user_ids: Collection[UUID], span: Span, *, actor: Actor) -> dict[UUID, list[Entry]]:
    """Return colleague -> what stands in their calendar, in order of time (at most fourteen queries, however many)."""
    found: dict[UUID, list[Entry]] = {pk: [] for pk in user_ids}
    within = Q(host_id__in=list(found), starts_at__lt=span.ends_at, ends_at__gt=span.starts_at)
    within &= ~Q(state=AppointmentState.CANCELLED)
    names = HouseholdNames(actor)
    seen = names.add(Appointment.objects.visible_to(actor).filter(within).order_by("starts_at"))
    asked = _interpreting([row.pk for row in seen], actor)
    for row in seen:
        found[row.host_id].append(_appointment(row, asked.get(row.pk, "")))
    everybody = Appointment.objects.for_system(reason=REASON).filter(within).exclude(pk__in=[row.pk for row in seen])
    planned = everybody.filter(state=AppointmentState.PLANNED)
    for host, starts, ends in planned.order_by().values_list("host_id", "starts_at", "ends_at"):
        found[host].append(Entry(Span(starts, ends), _("belegt")))
    for user, entry in _own_times(found, span, actor):
        found[user].append(entry)
    for user, entry in (*_conferences(found, span, actor), *_weekly(found, span, actor)):
        found[user].append(entry)
    for user, days in away(list(found), first=local_day(span.starts_at), last=local_day(span.ends_at)).items():
        found[user] += [Entry(whole_days(*one), _("nicht im Dienst"), whole_day=True) for one in days]
    return {pk: sorted(rows, key=lambda one: (one.span, one.title)) for pk, rows in found.items()}


def _appointment(row: Appointment, interpreting: str) -> Entry:
    label = row.about.name if row.about else _("Haushalt nicht mehr offen")
    note, kind = {
        AppointmentState.KEPT: (_("wahrgenommen"), "success"),
        AppointmentState.MISSED: (_("nicht erschienen"), "warning"),
    }.get(row.state, (interpreting, "warning"))
    url = reverse("appointment", args=[row.pk]) if row.about else ""
    return Entry(Span(row.starts_at, row.ends_at), f"{kind_label(row.kind)}: {label}", row.place, url, note, kind)


def _interpreting(ids: list[UUID], actor: Actor) -> dict[UUID, str]:
    rows = InterpreterRequest.objects.visible_to(actor).filter(appointment_id__in=ids, state=InterpreterState.REQUESTED)
    return dict.fromkeys(rows.order_by().values_list("appointment_id", flat=True), _("Sprachmittlung offen"))


def _own_times(user_ids: Iterable[UUID], span: Span, actor: Actor) -> list[tuple[UUID, Entry]]:
    wanted = set(user_ids)
    rows = OwnTime.objects.filter(
        people__in=list(wanted), cancelled_at__isnull=True, starts_at__lt=span.ends_at, ends_at__gt=span.starts_at
    )
    found = []
    for row in rows.distinct().select_related("place").prefetch_related("people"):
        people = {person.pk for person in row.people.all()}
        found += [(user, _own(row, open_=actor.user_id in people or actor.user_id == row.made_by_id))
                  for user in people & wanted]  # fmt: skip
    return found


def _own(row: OwnTime, *, open_: bool) -> Entry:
    span = Span(row.starts_at, row.ends_at)
    if not open_:
        return Entry(span, _("belegt"))
    return Entry(
        span, row.title or str(row.get_kind_display()), row.place.name if row.place else "",
        reverse("own_time_edit", args=[row.pk]),
    )  # fmt: skip


def _conferences(user_ids: Collection[UUID], span: Span, actor: Actor) -> list[tuple[UUID, Entry]]:
    """By name where the actor may read the conference; to whom is invited from elsewhere that there is one."""
    columns = ("user_id", "conference_id", "conference__starts_at", "conference__ends_at")
    rows = list(conferences_within(user_ids, span, reason=REASON).values_list(*columns))
    ids = {conference for _user, conference, _starts, _ends in rows}
    names = HouseholdNames(actor)
    open_ = {one.pk: one for one in names.add(Conference.objects.visible_to(actor).among(id=list(ids)))} if ids else {}
    return [(user, _conference(open_.get(pk), Span(*when), own=user == actor.user_id)) for user, pk, *when in rows]


def _conference(row: Conference | None, span: Span, *, own: bool) -> Entry:
    if row is None or not row.about:
        return Entry(span, _("Fallkonferenz (eingeladen)") if own else _("belegt"))
    return Entry(
        span, _("Fallkonferenz: %(name)s") % {"name": row.about.name}, row.place, _address("conference", row.pk)
    )


def _address(name: str, pk: UUID) -> str:
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:  # a city without counselling has no such page
        return ""


def _weekly(user_ids: Collection[UUID], span: Span, actor: Actor) -> list[tuple[UUID, Entry]]:
    return [
        (row.user_id, Entry(one, row.title or str(row.get_kind_display()), url=_address("weekly_time_edit", row.pk),
                            note=_("jede Woche")) if row.user_id == actor.user_id else Entry(one, _("belegt")))
        for row, one in weekly_within(user_ids, span)
    ]  # fmt: skip


def entries_of_place(place: Place, span: Span, *, actor: Actor) -> list[Entry]:
    """Return what takes place in a room: by name what the actor may see, else "belegt" with whose it is."""
    held = HeldTime.objects.filter(place=place, begins_at__lt=span.ends_at, begins_at__gte=span.starts_at)
    pairs = list(held.order_by().values_list("booking_id", "own_time_id").distinct())
    bookings = Booking.objects.for_system(reason=REASON).filter(pk__in=[one for one, _own in pairs if one])
    ids = list(bookings.values_list("appointment_id", flat=True))
    seen = HouseholdNames(actor).add(Appointment.objects.visible_to(actor).filter(pk__in=ids).select_related("host"))
    found = [_with_person(_appointment(row, ""), row.host.display_name) for row in seen]
    closed = Appointment.objects.for_system(reason=REASON).filter(pk__in=ids).exclude(pk__in=[row.pk for row in seen])
    found += [
        Entry(Span(row.starts_at, row.ends_at), _("belegt"), person=row.host.display_name)
        for row in closed.select_related("host")
    ]
    own = OwnTime.objects.filter(pk__in=[one for _booking, one in pairs if one]).prefetch_related("people")
    for row in own.select_related("place", "made_by"):
        people = {person.pk for person in row.people.all()}
        open_ = actor.user_id in people or actor.user_id == row.made_by_id
        found.append(_with_person(_own(row, open_=open_), row.made_by.display_name))
    return sorted(found, key=lambda one: (one.span, one.title))


def _with_person(entry: Entry, person: str) -> Entry:
    return Entry(entry.span, entry.title, entry.detail, entry.url, entry.note, entry.note_kind, person)


def by_day(entries: Iterable[Entry], days: Iterable[date], *, today: date) -> list[Day]:
    """Return days with what takes place on each; what lasts over midnight stands on both."""
    listed = list(entries)
    return [Day(on, today, [one for one in listed if one.span.meets(whole_days(on, on))]) for on in days]


def monday_of(on: date) -> date:
    """Return the first day of a week."""
    return on - timedelta(days=on.weekday())


def week_of(on: date) -> list[date]:
    """Return the seven days of a week."""
    return [monday_of(on) + timedelta(days=number) for number in range(7)]


def without_empty_weekend(days: list[Day]) -> list[Day]:
    """Leave out Saturday and Sunday where nothing stands on them."""
    return [day for day in days if day.on.weekday() < 5 or day.entries or day.is_today]
