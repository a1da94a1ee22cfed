"""Reads of short contacts: how somebody typed the last one, which wait for a case, how many came when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import ExtractHour
from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.charts import Chart, Series, bar_chart
from wurzelwerk.base.fields import joined
from wurzelwerk.base.lying_bars import lying_bars
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import Channel
from wurzelwerk.cases.models import Case, ShortContact
from wurzelwerk.trust.actor import Actor

from .forms.choosing import label_or_code

FIRST_MINUTES = 10
"""What the form proposes to somebody who has recorded nothing yet."""
DAY_BEGINS, DAY_ENDS = 8, 18
LANGUAGES_SHOWN = 10


def proposed(actor: Actor) -> dict[str, object]:
    """Return how the actor came by the last contact and how long it took, for the next one (one query)."""
    mine = ShortContact.objects.visible_to(actor).filter(taken_by_id=actor.user_id, open_hour__isnull=True)
    last = mine.order_by("-recorded_at", "-pk").values_list("channel", "minutes").first()
    return dict(zip(("channel", "minutes"), last or (Channel.DESK, FIRST_MINUTES), strict=True))


def within(rows: QuerySet, first: date | None, last: date | None, *, column: str = "occurred_at") -> QuerySet:
    """Keep what happened (by its `column`) from the first to the last day; both count, each may be missing."""
    if first:
        rows = rows.filter(**{f"{column}__gte": joined(first, time(0))})
    if last:
        rows = rows.filter(**{f"{column}__lt": joined(last + timedelta(days=1), time(0))})
    return rows


def waiting_for_case(case: Case, *, actor: Actor, today: date) -> QuerySet[ShortContact]:
    """Return the contacts of the case's team that may still be linked to a case, newest first."""
    since = today - timedelta(days=lists.number("contact_rules", "linkable_days", on=today))
    rows = ShortContact.objects.visible_to(actor).of(circle_id=case.circle_id).filter(case__isnull=True)
    return within(rows, since, None)


def linked_to(case: Case, *, actor: Actor) -> QuerySet[ShortContact]:
    """Return the contacts that belong to a case, as far as the actor may see them."""
    return ShortContact.objects.visible_to(actor).of(case_id=case.pk)


def language_label(code: str) -> str:
    """Return the German name of a contact's language; "nicht erfragt" where nobody asked."""
    return label_or_code("languages", code) if code else _("nicht erfragt")


def in_words(contact: ShortContact) -> str:
    """Write a contact in a line: `Wohnen, Türkisch, 10 Minuten, am Tresen`."""
    minutes = _("%(minutes)d Min.") % {"minutes": contact.minutes}
    parts = [label_or_code("journal_themes", contact.topic), language_label(contact.language), minutes]
    return ", ".join([*parts, str(contact.get_channel_display())])


@dataclass(frozen=True)
class ContactLine:
    """A contact as lists show it: what it was about in words, and who took it."""

    contact: ShortContact
    words: str
    author: str


def contact_lines(contacts: Iterable[ShortContact]) -> list[ContactLine]:
    """Return contacts for showing, each with `taken_by_name`."""
    return [ContactLine(one, in_words(one), one.taken_by_name) for one in contacts]


@dataclass(frozen=True)
class ContactFigures:
    """How many contacts there were and how long they took; charts by hour, and by topic, language and channel."""

    number: int
    minutes: int
    not_asked: int
    linked: int
    by_hour: Chart
    ranked: tuple[Chart, ...]


def contact_figures(rows: QuerySet[ShortContact]) -> ContactFigures:
    """Count contacts (five queries). Those of an open hour are spread evenly over it."""
    total = rows.aggregate(number=Count("pk"), minutes=Sum("minutes"), linked=Count("case"))
    languages = _counted(rows, "language")
    return ContactFigures(
        number=total["number"],
        minutes=total["minutes"] or 0,
        not_asked=languages.get("", 0),
        linked=total["linked"],
        by_hour=_by_hour(_counted(rows.annotate(hour=ExtractHour("occurred_at")), "hour")),
        ranked=(
            _ranked(_("Kurzkontakte nach Thema"), _("Thema"), _named("journal_themes", _counted(rows, "topic"))),
            _ranked(_("Kurzkontakte nach Sprache"), _("Sprache"), _languages(languages)),
            _ranked(_("Kurzkontakte nach Weg"), _("Weg"), _channels(_counted(rows, "channel"))),
        ),
    )


def _counted(rows: QuerySet[ShortContact], column: str) -> dict:
    return dict(rows.order_by().values_list(column).annotate(number=Count("pk")).values_list(F(column), "number"))


def _by_hour(counts: dict[int, int]) -> Chart:
    first, last = min([DAY_BEGINS, *counts]), max([DAY_ENDS - 1, *counts])
    hours = range(first, last + 1)
    return bar_chart(
        title=_("Kurzkontakte nach Uhrzeit"),
        description=_("Wann jemand kam; die Kontakte einer Sprechstunde sind gleichmäßig über sie verteilt."),
        labels=[_("%(hour)d Uhr") % {"hour": hour} for hour in hours],
        series=[Series(_("Kurzkontakte"), [counts.get(hour, 0) for hour in hours])],
        label_head=_("Stunde"),
    )


def _ranked(title: str, head: str, named: list[tuple[str, int]]) -> Chart:
    return lying_bars(title=title, figures=named, name=_("Kurzkontakte"), label_head=head)


def _most_first(named: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(named, key=lambda one: (-one[1], one[0]))


def _named(name: str, counts: dict[str, int]) -> list[tuple[str, int]]:
    return _most_first((label_or_code(name, code), number) for code, number in counts.items())


def _languages(counts: dict[str, int]) -> list[tuple[str, int]]:
    named = _named("languages", {code: number for code, number in counts.items() if code})
    others = sum(number for _name, number in named[LANGUAGES_SHOWN:])
    found = named[:LANGUAGES_SHOWN] + ([(_("weitere Sprachen"), others)] if others else [])
    return found + ([(language_label(""), counts[""])] if counts.get("") else [])


def _channels(counts: dict[str, int]) -> list[tuple[str, int]]:
    return _most_first((str(Channel(code).label), number) for code, number in counts.items())


def hours_and_minutes(minutes: int) -> str:
    """Write working time in hours: `2:05`."""
    return f"{formats.number(minutes // 60)}:{minutes % 60:02d}"


def period_of(today: date) -> tuple[date, date]:
    """Return the period that is counted where none is asked for: the last four whole weeks and today."""
    return today - timedelta(days=28), today


def hour_proposed(at: datetime) -> dict[str, object]:
    """Return when an open hour that is entered now probably was: the two hours before."""
    ends = formats.local(at).replace(second=0, microsecond=0)
    starts = max(ends - timedelta(hours=2), ends.replace(hour=0, minute=0))
    return {"day": ends.date(), "starts": starts.time(), "ends": ends.time()}
