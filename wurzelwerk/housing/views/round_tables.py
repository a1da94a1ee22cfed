"""The lists of a round: who is proposed what, who is left and why, what is to be clarified, which dwellings to win."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurzelwerk.base import formats
from wurzelwerk.base.tables import Column, FilterForm, Table, badge

from .. import law
from ..enums import PlacementState, RoundState
from .placements import STATE_KINDS

ROUND_KINDS = {"waiting": "info", "running": "info", "done": "success", "failed": "danger"}


def _household(row: Any) -> str:
    return row.household_name or _("Weitergabe beendet")


def _search_url(row: Any) -> str:
    return reverse("housing_search", args=[row.search_id])


def _priority(row: Any) -> str:
    return str(row.priority or "")


class LineFilter(FilterForm):
    """Filters of a round's lines."""

    name = forms.CharField(label=gettext_lazy("Haushalt"), max_length=80)
    priority = forms.ChoiceField(label=gettext_lazy("Klasse"))
    lookups = {"name": "household_name__icontains"}

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priority"].choices = [("", _("alle")), *law.choices("priority_classes", on=today)]


class PlacedFilter(LineFilter):
    """Filters of the placements."""

    wohnung = forms.CharField(label=gettext_lazy("Wohnung"), max_length=80)
    lookups = {"name": "household_name__icontains", "wohnung": "offer_title__icontains"}


def letting_cell(letting: Any) -> SafeString:
    """Write a letting in two lines: address, which its own body knows it by; size, place and gross-cold rent."""
    if letting is None:
        return format_html("{}", _("nicht mehr offen"))
    parts = [letting.offer.title]
    if letting.gross_cold is not None:
        parts.append(_("%(rent)s bruttokalt") % {"rent": formats.euro(letting.gross_cold, 0)})
    address = letting.dwelling.building.address
    return format_html('{}<br><span class="ww-muted ww-small">{}</span>', address, " · ".join(parts))


def _reserve(row: Any) -> SafeString:
    """The reserve, folded: the number first, the names on demand."""
    names = getattr(row, "reserve", [])
    if not names:
        return SafeString("")
    items = format_html_join("", "<li>{}</li>", ((name,) for _search, name in names))
    count = formats.counted(len(names), _("Haushalt"), _("Haushalte"))
    return format_html(
        '<details class="ww-fold"><summary>{}</summary><ol class="ww-plain-list">{}</ol></details>', count, items
    )


def _made(row: Any) -> SafeString:
    """What became of the proposal, or the way to make it."""
    if row.placement_id:
        state = badge(PlacementState(row.placement_state).label, STATE_KINDS[row.placement_state])
        return format_html('<a href="{}">{}</a>', reverse("placement", args=[row.placement_id]), state)
    address = f"{reverse('round_propose', args=[row.round_id])}?{urlencode({'zeile': row.pk})}"
    return format_html(
        '<a class="ww-nowrap" href="{}">{}<span class="kern-sr-only">: {}</span></a>',
        address,
        _("Vorschlagen"),
        _household(row),
    )


class PlacedTable(Table):
    """The round's placements."""

    name, title = "vorschlaege", gettext_lazy("Vorschläge der Runde")
    one, many = gettext_lazy("Vorschlag"), gettext_lazy("Vorschläge")
    empty_title = gettext_lazy("Die Runde schlägt nichts vor")
    empty_text = gettext_lazy("Unter „Ohne Wohnung“ steht, was im Weg stand.")
    empty_icon = "match"
    filter_class = PlacedFilter
    default_sort = "letting"
    columns = (
        Column(
            "letting",
            gettext_lazy("Wohnung"),
            value=lambda row: row.offer_title,
            cell=lambda row: letting_cell(row.home),
            sort=("offer_title",),
            heading=True,
        ),
        Column("household", gettext_lazy("Haushalt"), value=_household, url=_search_url, sort=("household_name",)),
        Column("persons", gettext_lazy("Personen"), kind="whole", sort=("persons",)),
        Column("priority", gettext_lazy("Klasse"), kind="whole", sort=("priority",)),
        Column("score", gettext_lazy("Passung"), kind="percent", sort=("score",)),
        Column(
            "reserve",
            gettext_lazy("Nachrückliste"),
            value=lambda row: "; ".join(name for _search, name in getattr(row, "reserve", [])),
            cell=_reserve,
        ),
        Column("made", gettext_lazy("Vermittlung"), value=lambda row: row.placement_state or "", cell=_made),
    )


def _misses(row: Any) -> SafeString:
    """The three nearest misses: dwelling and what stood against it; the same sentence is written once."""
    grouped: dict[str, list[str]] = {}
    for miss in row.misses:
        grouped.setdefault(miss["sentence"], []).append(row.titles.get(miss["letting"], ""))
    lines = format_html_join(
        "", "<li><strong>{}</strong>: {}</li>", ((" · ".join(homes), sentence) for sentence, homes in grouped.items())
    )
    return format_html('<ul class="ww-plain-list">{}</ul>', lines) if row.misses else SafeString("")


def _misses_text(row: Any) -> str:
    return "; ".join(f"{row.titles.get(miss['letting'], '')}: {miss['sentence']}" for miss in row.misses)


class LeftTable(Table):
    """The households left without, with their nearest misses."""

    name, title = "ohne-wohnung", gettext_lazy("Haushalte ohne Wohnung")
    one, many = gettext_lazy("Haushalt"), gettext_lazy("Haushalte")
    empty_title = gettext_lazy("Alle Haushalte haben einen Vorschlag")
    empty_text = ""
    empty_icon = "household"
    filter_class = LineFilter
    default_sort = "priority"
    columns = (
        Column("household", gettext_lazy("Haushalt"), value=_household, url=_search_url, sort=("household_name",)),
        Column("persons", gettext_lazy("Personen"), kind="whole", sort=("persons",)),
        Column("priority", gettext_lazy("Klasse"), kind="whole", sort=("priority",)),
        Column("waiting_since", gettext_lazy("sucht seit"), kind="day", sort=("waiting_since",)),
        Column("misses", gettext_lazy("Am nächsten dran"), value=_misses_text, cell=_misses),
    )


def _open_questions(row: Any) -> SafeString:
    lines = format_html_join(
        "",
        "<li>{} <span class='ww-muted'>({})</span></li>",
        ((one["title"], formats.counted(one["lettings"], _("Wohnung"), _("Wohnungen"))) for one in row.unclear),
    )
    return format_html('<ul class="ww-plain-list">{}</ul>', lines)


class UnclearTable(Table):
    """The households for whom a missing fact decides."""

    name, title = "zu-klaeren", gettext_lazy("Zu klären")
    one, many = gettext_lazy("Haushalt"), gettext_lazy("Haushalte")
    empty_title = gettext_lazy("Nichts zu klären")
    empty_text = gettext_lazy("Für jeden Haushalt ist bekannt, was die Regeln brauchen.")
    empty_icon = "check"
    filter_class = LineFilter
    default_sort = "priority"
    columns = (
        Column("household", gettext_lazy("Haushalt"), value=_household, url=_search_url, sort=("household_name",)),
        Column("priority", gettext_lazy("Klasse"), kind="whole", sort=("priority",)),
        Column(
            "unclear",
            gettext_lazy("Offen ist"),
            value=lambda row: "; ".join(one["title"] for one in row.unclear),
            cell=_open_questions,
        ),
        Column(
            "change",
            gettext_lazy("Was es klären würde"),
            value=lambda row: " ".join(dict.fromkeys(miss["change"] for miss in row.misses if miss["change"])),
        ),
    )


class FreeTable(Table):
    """Open lettings for which the round found nobody."""

    name, title = "ohne-haushalt", gettext_lazy("Offene Wohnungen ohne Haushalt")
    one, many = gettext_lazy("Wohnung"), gettext_lazy("Wohnungen")
    empty_title = gettext_lazy("Für jede offene Wohnung gibt es einen Vorschlag")
    empty_text = ""
    empty_icon = "building"
    default_sort = "letting"
    columns = (
        Column(
            "letting",
            gettext_lazy("Wohnung"),
            value=lambda row: row.dwelling.building.address,
            sort=("dwelling__building__street", "dwelling__building__number"),
            url=lambda row: reverse("dwelling", args=[row.dwelling_id]),
        ),
        Column("rooms", gettext_lazy("Zimmer"), kind="number", value="dwelling.rooms", sort=("dwelling__rooms",)),
        Column("area", gettext_lazy("Fläche"), kind="area", value="dwelling.area", sort=("dwelling__area",)),
        Column("gross_cold", gettext_lazy("bruttokalt"), kind="euro", sort=("net_cold",)),
        Column(
            "district",
            gettext_lazy("Stadtbezirk"),
            value=lambda row: row.offer.district.name if row.offer.district else "",
            sort=("offer__district__order",),
        ),
        Column("available_from", gettext_lazy("frei ab"), kind="day", value="offer.available_from"),
    )


def _kind(row: dict[str, Any]) -> str:
    rooms = formats.counted(row["rooms"], _("Zimmer"), _("Zimmer"))
    step_free = _("stufenlos") if row["step_free"] else _("mit Stufen")
    return f"{rooms}, {_('bis')} {formats.euro(row['cents'] / 100, 0)} {_('bruttokalt')}, {step_free}"


class AcquisitionTable(Table):
    """Which kinds of dwelling, if won, would place how many more."""

    name, title = "akquise", gettext_lazy("Wohnungen, die fehlen")
    one, many = gettext_lazy("Art von Wohnung"), gettext_lazy("Arten von Wohnungen")
    empty_title = gettext_lazy("Keine Art von Wohnung würde jetzt weiterhelfen")
    empty_text = gettext_lazy("Bei den übrigen Haushalten steht etwas anderes im Weg.")
    empty_icon = "building"
    default_sort = ""
    columns = (
        Column("kind", gettext_lazy("Wohnung"), value=_kind),
        Column("quarter", gettext_lazy("Stadtbezirk"), sort=("quarter",)),
        Column("waiting", gettext_lazy("wartende Haushalte"), kind="whole", sort=("waiting",)),
        Column(
            "one", gettext_lazy("+1 Wohnung"), kind="whole", value=lambda row: row["gains"].get("1", 0), sort=("x",)
        ),
        Column("three", gettext_lazy("+3"), kind="whole", value=lambda row: row["gains"].get("3", 0), sort=("x",)),
        Column("ten", gettext_lazy("+10"), kind="whole", value=lambda row: row["gains"].get("10", 0), sort=("x",)),
    )


class RoundsTable(Table):
    """All rounds of the body."""

    name, title = "runden", gettext_lazy("Vermittlungsrunden")
    one, many = gettext_lazy("Runde"), gettext_lazy("Runden")
    empty_title = gettext_lazy("Noch keine Runde")
    empty_text = gettext_lazy(
        "Eine Runde schlägt für alle offenen Wohnungen und alle suchenden Haushalte zugleich vor."
    )
    empty_icon = "match"
    default_sort = "-started_at"
    columns = (
        Column(
            "started_at",
            gettext_lazy("Runde vom"),
            kind="moment",
            sort=("started_at",),
            url=lambda row: reverse("round", args=[row.pk]),
        ),
        Column(
            "state",
            gettext_lazy("Stand"),
            value=lambda row: str(RoundState(row.state).label),
            cell=lambda row: badge(RoundState(row.state).label, ROUND_KINDS[row.state]),
        ),
        Column("searches", gettext_lazy("Haushalte"), kind="whole", sort=("searches",)),
        Column("lettings", gettext_lazy("Wohnungen"), kind="whole", sort=("lettings",)),
        Column("placed", gettext_lazy("Vorschläge"), kind="whole", sort=("placed",)),
        Column("started_by", gettext_lazy("gerechnet von"), value="started_by.display_name"),
    )
