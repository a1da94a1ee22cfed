"""Template filters for German numbers, money, areas, dates and counts: `{% load formats %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wurzelwerk.base import clock as house_clock
from wurzelwerk.base import formats

register = template.Library()

for _name, _function in {
    "number": formats.number,
    "euro": formats.euro,
    "cents": formats.cents,
    "area": formats.area,
    "percent": formats.percent,
    "day": formats.day,
    "long_day": formats.long_day,
    "weekday": formats.weekday,
    "month": formats.month,
    "clock": formats.clock,
    "moment": formats.moment,
    "yes_no": formats.yes_no,
    "file_size": formats.file_size,
}.items():
    register.filter(_name, _function)


@register.filter
def distance(value) -> str:
    """Say how far a day lies from today: `{{ task.due|distance }}` → `in 3 Tagen`."""
    return formats.distance(value, house_clock.today())


@register.filter
def age(birth) -> int | None:
    """Return full years lived today: `{{ person.birth_date|age }}`."""
    return formats.age(birth, house_clock.today())


@register.filter
def counted(value, nouns: str) -> str:
    """Write a count with its noun: `{{ 3|counted:"Haushalt,Haushalte" }}` → `3 Haushalte`."""
    one, many = nouns.split(",")
    return formats.counted(value, one.strip(), many.strip())


@register.filter
def or_dash(value) -> SafeString | str:
    """Show a dash for nothing, read out as “keine Angabe”."""
    if value is None or value == "":
        return format_html(
            '<span class="ww-muted"><span aria-hidden="true">–</span><span class="kern-sr-only">{}</span></span>',
            _("keine Angabe"),
        )
    return value
