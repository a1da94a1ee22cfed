"""Pages about my own month: what I did by week, and the sheet of my hours."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock
from wurzelwerk.base.tables import Cell, Column, Table

from ..contacts import hours_and_minutes
from ..my_month import HoursLine, Month, by_theme, hours_lines, my_month, my_work, remarks

MONTH = "monat"
EARLIEST = date(2000, 1, 1)


class HoursTable(Table):
    """My working time of one month by day, theme and programme."""

    title, one, many = lazy("Stundennachweis"), lazy("Zeile"), lazy("Zeilen")
    page_size = 500
    choosable = False
    default_sort = "tag"
    empty_title = lazy("In diesem Monat steht noch keine Arbeitszeit")
    empty_text = lazy("Gezählt werden Ihre Journaleinträge, Kurzkontakte und offenen Sprechstunden.")
    empty_icon = "clock"
    columns = (
        Column("tag", lazy("Tag"), value="day", kind="day", sort=("day",)),
        Column("thema", lazy("Thema"), value="theme", sort=("theme",)),
        Column("programm", lazy("Programm"), value="programme", sort=("programme",)),
        Column("eintraege", lazy("Einträge"), value="entries", kind="whole", sort=("entries",)),
        Column("minuten", lazy("Minuten"), value="minutes", kind="whole", sort=("minutes",), only="file"),
        Column("zeit", lazy("Stunden"), value="hours", kind="number", cell=lambda row: row.written, sort=("hours",)),
    )

    def __init__(self, *, rows: list[HoursLine], month: Month, request: HttpRequest) -> None:
        super().__init__(rows=rows, request=request)
        self.name = f"stunden-{month.code}"
        self.sum = sum(line.minutes for line in rows)

    @property
    def totals(self) -> list[Cell]:
        """The sum of the month."""
        cells = [Cell(_("Summe"), _("Summe"), "", "", False), *(Cell("", "", "", "", False) for _place in range(3))]
        return [*cells, Cell(_("Stunden"), hours_and_minutes(self.sum), "is-number", "", False)]


def _month(request: HttpRequest) -> Month:
    """The month asked for (`2026-03`), else the present one; never one to come."""
    today = clock.today()
    year, _dash, number = request.GET.get(MONTH, "").partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and number.isascii() and number.isdigit()):
        return Month(today.replace(day=1))
    if not 1 <= int(number) <= 12 or int(year) < EARLIEST.year:
        return Month(today.replace(day=1))
    return Month(min(date(int(year), int(number), 1), today.replace(day=1)))


def _frame(request: HttpRequest, month: Month, name: str) -> dict:
    """What both pages show around their content."""
    here = reverse(name)
    later = month.beside(1)
    pages = (("my_month", _("Mein Monat")), ("timesheet", _("Stundennachweis")))
    return {
        "month": month,
        "before": f"{here}?{MONTH}={month.beside(-1).code}",
        "after": f"{here}?{MONTH}={later.code}" if later.first <= clock.today() else "",
        "tabs": [
            {"label": label, "url": f"{reverse(one)}?{MONTH}={month.code}", "active": one == name}
            for one, label in pages
        ],
    }


def _own(request: HttpRequest) -> None:
    if not request.actor.may("contact.record"):
        raise Http404


def month_page(request: HttpRequest) -> HttpResponse:
    """Show what I did in a month by week: my own work, nobody else's."""
    _own(request)
    month = _month(request)
    context = _frame(request, month, "my_month") | {"figures": my_month(request.actor, month)}
    return render(request, "counselling/my_month.html", context)


def timesheet(request: HttpRequest) -> HttpResponse:
    """Show my working time by day, theme and programme; as a file too."""
    _own(request)
    month = _month(request)
    work = my_work(request.actor, month)
    lines = hours_lines(work)
    table = HoursTable(rows=lines, month=month, request=request)
    context = _frame(request, month, "timesheet") | {
        "table": table,
        "themes": by_theme(lines),
        "total": hours_and_minutes(table.sum),
        "remarks": remarks(work, month, today=clock.today()),
    }
    return table.export() or render(request, "counselling/timesheet.html", context)
