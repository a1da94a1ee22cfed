"""Lists: columns declared once become a table on the page, cards on a telephone, sort links, CSV and XLSX.

    class DwellingTable(Table):
        name, title, one, many = "wohnungen", _("Wohnungen"), _("Wohnung"), _("Wohnungen")
        columns = (
            Column("address", _("Anschrift"), sort=("street", "house_number"), url=lambda row: row.get_absolute_url()),
            Column("rooms", _("Zimmer"), kind="number", sort=("rooms",)),
            Column("rent", _("Kaltmiete"), kind="euro", value="net_cold_rent", sort=("net_cold_rent",)),
        )
        filter_class = DwellingFilter

    def dwellings(request):
        table = DwellingTable(rows=Dwelling.objects.visible_to(request.actor), request=request)
        return table.export() or render(request, "housing/dwellings.html", {"table": table})

and in the template `<c-data-table :table="table" />`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import F, Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base import exports, formats, list_state, paging
from wurzelwerk.base.arranged import Arranged
from wurzelwerk.base.filters import FilterForm
from wurzelwerk.base.markup import exact
from wurzelwerk.base.templatetags.formats import or_dash
from wurzelwerk.base.templatetags.links import with_query

__all__ = ["Cell", "Column", "FilterForm", "Head", "Link", "Row", "Table", "badge", "lines"]

SORT, PAGE, EXPORT = "sortierung", "seite", "ausgabe"

_WRITERS: dict[str, Callable[[Any], Any]] = {
    "text": lambda value: "" if value is None else value,
    "number": lambda value: formats.number(value, None),
    "whole": formats.number,
    "euro": formats.euro,
    "area": formats.area,
    "percent": lambda value: formats.percent(value, 1),
    "day": formats.day,
    "moment": formats.moment,
    "yes_no": lambda value: "" if value is None else formats.yes_no(value),
}
_NUMERIC = frozenset({"number", "whole", "euro", "area", "percent"})


@dataclass(frozen=True)
class Column:
    """One column.

    key      name in addresses and files
    label    head
    value    attribute path (`household.name`) or function of the row; default: `key`. This goes into exports
    kind     text, number, whole, euro, area, percent, day, moment, yes_no: how the value is written
    cell     function of the row to what the page shows instead (a badge, two lines); must be safe HTML or plain text
    url      function of the row to an address; makes the cell a link
    note     function of the row to a quiet second line under the cell
    sort     order_by fields (ascending); none: the column cannot be sorted. For rows in memory any non-empty tuple
    heading  the cell that names the row (default: the first column)
    only     "page" or "file" to show it in one of them alone
    """

    key: str
    label: str
    value: str | Callable[[Any], Any] | None = None
    kind: str = "text"
    cell: Callable[[Any], str] | None = None
    url: Callable[[Any], str] | None = None
    note: Callable[[Any], str] | None = None
    sort: tuple[str, ...] = ()
    heading: bool = False
    only: str = ""

    def read(self, row: Any) -> Any:
        """Return the row's value; None where a part of the path is missing."""
        if callable(self.value):
            return self.value(row)
        if isinstance(row, dict):
            return row.get(self.value or self.key)
        try:
            return attrgetter(self.value or self.key)(row)
        except AttributeError:
            if "." in (self.value or self.key):
                return None
            raise

    def written(self, row: Any) -> Any:
        """Return what the page shows."""
        return self.cell(row) if self.cell else _WRITERS[self.kind](self.read(row))

    @property
    def css(self) -> str:
        """The cell's class."""
        if self.kind in _NUMERIC:
            return "is-number"
        return "is-nowrap" if self.kind in {"day", "moment"} else ""


def _sort_key(model: type[Model], name: str, downwards: bool) -> Any:
    """What is unknown comes last; of a column that always has a value this is not said, for it hides the index."""
    own = {field.name: field for field in model._meta.concrete_fields}
    nulls_last = None if name in own and not own[name].null else True
    return F(name).desc(nulls_last=nulls_last) if downwards else F(name).asc(nulls_last=nulls_last)


@dataclass(frozen=True)
class Head:
    """A column's head: `direction` is ascending, descending or empty; `url` sorts the other way."""

    label: str
    css: str
    url: str
    direction: str


@dataclass(frozen=True)
class Cell:
    """One cell as the page shows it."""

    label: str
    html: Any
    css: str
    url: str
    heading: bool
    note: Any = ""

    @property
    def markup(self) -> str:
        """The cell as safe HTML; text is escaped, nothing shows as a dash."""
        inner = exact(self.html) if self.html not in ("", None) else or_dash(None)
        if self.url:
            inner = f'<a href="{exact(self.url)}">{inner}</a>'
        if self.note:
            inner += f'<span class="ww-table__note">{exact(self.note)}</span>'
        css = f' class="{self.css}"' if self.css else ""
        label = exact(self.label)
        if self.heading:
            return f'<th scope="row" data-label="{label}"{css}>{inner}</th>'
        return f'<td data-label="{label}"{css}>{inner}</td>'


@dataclass(frozen=True)
class Row:
    """One line of the table; `object` is what it was made of."""

    object: Any
    cells: Sequence[Cell]
    css: str = ""


@dataclass(frozen=True)
class Link:
    """A text with an address."""

    text: str
    url: str

    @property
    def label(self) -> str:
        """The text, under the name that menus use."""
        return self.text


class Table(Arranged):
    """A list with filter, sorting, paging and exports.

    `rows` is a QuerySet, already limited to what the reader may see, or a sequence.
    """

    name = "liste"
    title = _("Liste")
    one, many = _("Eintrag"), _("Einträge")
    columns: Sequence[Column] = ()
    filter_class: type[FilterForm] | None = None
    page_size = 25
    default_sort = ""
    tie_break = "pk"
    empty_title = _("Noch keine Einträge")
    empty_text = ""
    empty_icon = "root"
    exportable = True

    def __init__(self, *, rows: QuerySet | Sequence, request: HttpRequest, **filter_context: Any) -> None:
        self.request = request
        self.kept_state = list_state.kept_of(request, self.name)
        self.params: QueryDict = list_state.params_of(request, self.kept_state)
        self.filter = self.filter_class(self.params, **filter_context) if self.filter_class else None
        if self.filter is not None:
            self.params = list_state.without_private(self.params, self.filter.private)
            self.filter.data = list_state.with_typed(self.params, request)
        self._unfiltered = rows

    def row_css(self, row: Any) -> str:
        """The class of a row's line; override to mark rows."""
        return ""

    # -- which rows -------------------------------------------------------------------------------------------------

    @cached_property
    def found(self) -> QuerySet | Sequence:
        """All rows that pass the filters, sorted; not yet paged."""
        rows = self.filter.apply(self._unfiltered) if self.filter else self._unfiltered
        return self._sorted(rows)

    @cached_property
    def sorted_by(self) -> tuple[Column | None, bool]:
        """The column the list is sorted by and whether downwards."""
        for asked in (self.params.get(SORT, ""), self.default_sort):
            column = next((c for c in self.columns if c.sort and c.key == asked.removeprefix("-")), None)
            if column:
                return column, asked.startswith("-")
        return None, False

    def _sorted(self, rows: QuerySet | Sequence) -> QuerySet | Sequence:
        column, downwards = self.sorted_by
        if column is None:
            return rows
        if isinstance(rows, QuerySet):
            keys = [_sort_key(rows.model, name, downwards) for name in column.sort]
            return rows.order_by(*keys, self.tie_break)
        known = [row for row in rows if column.read(row) is not None]
        unknown = [row for row in rows if column.read(row) is None]
        return sorted(known, key=column.read, reverse=downwards) + unknown

    @cached_property
    def total(self) -> paging.Count:
        """How many rows pass the filters, counted up to 500."""
        return paging.count(self.found)

    @cached_property
    def _taken(self) -> tuple[list, paging.Page]:
        return paging.take(self.found, params=self.params, size=self.page_size, total=self.total, key=PAGE)

    @property
    def page(self) -> paging.Page:
        """The page shown and the links to the others."""
        return self._taken[1]

    @property
    def objects(self) -> list:
        """What the page's rows are made of."""
        return self._taken[0]

    # -- what the page shows ----------------------------------------------------------------------------------------

    @cached_property
    def _shown(self) -> list[Column]:
        return [column for column in self.chosen if column.only != "file"]

    @cached_property
    def rows(self) -> list[Row]:
        """The page's lines."""
        columns = self._shown
        named = next((c for c in columns if c.heading), columns[0] if columns else None)
        return [
            Row(row, [self._cell(column, row, column is named) for column in columns], self.row_css(row))
            for row in self.objects
        ]

    @property
    def body(self) -> SafeString:
        """The page's lines as HTML, written here because a template takes five times as long for 25 of them."""
        parts = []
        for row in self.rows:
            parts.append(f'<tr class="{exact(row.css)}">' if row.css else "<tr>")
            parts.extend(cell.markup for cell in row.cells)
            parts.append("</tr>")
        return mark_safe("".join(parts))  # noqa: S308 - every cell escapes what it shows

    def _cell(self, column: Column, row: Any, heading: bool) -> Cell:
        html = column.written(row)
        css = column.css if html not in ("", None) else f"{column.css} is-empty".strip()
        url = column.url(row) if column.url and html not in ("", None) else ""
        return Cell(str(column.label), html, css, url or "", heading, column.note(row) if column.note else "")

    @cached_property
    def heads(self) -> list[Head]:
        """The head of each column."""
        return [Head(str(c.label), c.css, self._sort_url(c), self._direction(c)) for c in self._shown]

    def _direction(self, column: Column) -> str:
        current, downwards = self.sorted_by
        if current is not column:
            return ""
        return "descending" if downwards else "ascending"

    def _sort_url(self, column: Column) -> str:
        if not column.sort:
            return ""
        asked = f"-{column.key}" if self._direction(column) == "ascending" else column.key
        return with_query(self.params, **{SORT: asked, PAGE: None, EXPORT: None})

    @cached_property
    def sort_choices(self) -> list[Head]:
        """The columns to sort by, for narrow screens where the heads are hidden."""
        return [head for head in self.heads if head.url]

    @property
    def count_text(self) -> str:
        """`24 Haushalte`, `mehr als 500 Haushalte`."""
        return self.total.text(str(self.one), str(self.many))

    @cached_property
    def chips(self) -> list[Link]:
        """The filters in use; each link takes one away."""
        if self.filter is None:
            return []
        return [
            Link(
                f"{self.filter.fields[name].label}: {self.filter.shown(name, value)}",
                with_query(self.params, **{name: None, PAGE: None, **self.without_typed(name)}),
            )
            for name, value in self.filter.given()
        ]

    @property
    def reset_url(self) -> str:
        """The address without any filter."""
        names = list(self.filter.fields) if self.filter else []
        changes: dict[str, str | None] = dict.fromkeys([*names, PAGE, list_state.MARK])
        return with_query(self.params, **changes | ({list_state.ALL: "1"} if self.kept_state.first else {}))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a new filter takes along: the sorting and foreign parameters, not the page."""
        own = {*(self.filter.fields if self.filter else ()), PAGE, EXPORT, list_state.MARK, list_state.ALL}
        return [(key, value) for key, values in self.params.lists() if key not in own for value in values]

    @property
    def totals(self) -> list[Cell]:
        """A closing line; override with one Cell a column."""
        return []

    # -- files ------------------------------------------------------------------------------------------------------

    @property
    def exports(self) -> list[Link]:
        """The files offered."""
        if not self.exportable or not self.total.seen:
            return []
        return [
            Link(str(label), with_query(self.params, **{EXPORT: kind, PAGE: None}))
            for kind, label in (("xlsx", _("Excel (XLSX)")), ("csv", _("Text (CSV)")))
        ]

    def export(self) -> HttpResponse | None:
        """Return the file asked for by `?ausgabe=csv|xlsx`, at most 100,000 rows; None if none was asked for.

        Who took which file is told by `exports.exported`. A filter that was posted is answered here too.
        """
        if self.request.method == "POST" and self.filter is not None and self.filter.private:
            return list_state.asked_again(self.request, private=self.filter.private)
        kind = self.params.get(EXPORT)
        if not self.exportable or kind not in {"csv", "xlsx"}:
            return None
        columns = [column for column in self.chosen if column.only != "page"]
        heads = [str(column.label) for column in columns]
        lines = _Counted([column.read(row) for column in columns] for row in self._all())
        if kind == "csv":
            answer: HttpResponse = exports.csv_answer(self.name, heads, lines)
        else:
            answer = exports.xlsx_answer(self.name, str(self.title), heads, [c.kind for c in columns], lines)
        exports.tell(self.request, name=self.name, title=str(self.title), kind=kind, rows=lines.number)
        return answer

    def _all(self) -> Iterable[Any]:
        rows = self.found[: exports.ROWS_AT_MOST]
        return rows.iterator(chunk_size=2_000) if isinstance(rows, QuerySet) else rows


class _Counted:
    """Rows that are counted as they go by."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows, self.number = rows, 0

    def __iter__(self) -> Iterator[Any]:
        for row in self._rows:
            self.number += 1
            yield row


def lines(first: Any, second: Any = "") -> SafeString:
    """Write a cell of two lines, the second small and quiet."""
    below = f'<br><span class="ww-muted ww-small">{exact(second)}</span>' if second else ""
    return mark_safe(exact(first) + below)  # noqa: S308 - both parts are escaped


def badge(label: Any, kind: str = "") -> SafeString:
    """Write a badge for a cell; `kind` as for `<c-badge>`."""
    css = f" ww-badge--{exact(kind)}" if kind else ""
    return mark_safe(f'<span class="ww-badge{css}"><span>{exact(label)}</span></span>')  # noqa: S308 - escaped
