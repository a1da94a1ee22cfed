"""Pages on which people arrange their lists, and the page of what left the house as a file."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from wurzelwerk.base import idempotency
from wurzelwerk.base.arranged import LISTS, Arranged
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.filters import is_typed
from wurzelwerk.base.forms import Form, add_action_error
from wurzelwerk.base.list_state import MARK, SORT, KeptFilter, kept_of
from wurzelwerk.base.tables import Column, Table
from wurzelwerk.base.undo import say_done
from wurzelwerk.network import exports_log, list_keeping

from ..forms_lists import ColumnsForm, KeptFilterForm

BACK, QUERY, RESET = "zu", "f", "vorgabe"
WRONG = 422


def _list(name: str) -> type[Arranged]:
    if name not in LISTS:
        raise Http404
    return LISTS[name]


def _back(request: HttpRequest) -> str:
    """The list that somebody came from; what is no address of the house leads to "Heute"."""
    wish = request.GET.get(BACK, "")
    safe = url_has_allowed_host_and_scheme(wish, allowed_hosts=None, require_https=request.is_secure())
    return wish if wish.startswith("/") and safe else reverse("home")


def _joint(request: HttpRequest) -> str:
    """What stands between the list's address and a filter: a page of several parts says in it which one."""
    return "&" if "?" in _back(request) else "?"


def _again(request: HttpRequest, list_name: str) -> str:
    return f"{reverse('list_filters', args=[list_name])}?{urlencode({BACK: _back(request)})}"


def _ask(
    request: HttpRequest, form: Form, do: Callable[[], Any], *, done: str, to: str, title: str, label: str, **more: Any
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            if idempotency.once(request):
                do()
        except HouseError as error:
            add_action_error(form, error)
        else:
            say_done(request, done)
            return redirect(to)
    page = {"form": form, "title": title, "cancel": to, "label": label, **more}
    return render(request, "desk/arrange.html", page, status=WRONG if form.is_bound else 200)


def list_columns(request: HttpRequest, list_name: str) -> HttpResponse:
    """Choose the columns of a list and their order; "as the house shows it" goes back."""
    table, user_id = _list(list_name), request.actor.user_id
    if not table.choosable:
        raise Http404
    if request.method == "POST" and RESET in request.POST:
        list_keeping.keep_columns(user_id=user_id, name=list_name, columns=())
        say_done(request, _("Die Liste zeigt wieder die vorgegebenen Spalten."))
        return redirect(_back(request))
    chosen = kept_of(request, list_name).columns or [column.key for column in table.columns]
    form = ColumnsForm(request.POST if request.method == "POST" else None, columns=table.columns, chosen=chosen)
    return _ask(
        request,
        form,
        lambda: list_keeping.keep_columns(user_id=user_id, name=list_name, columns=form.columns()),
        done=_("Die Spalten sind gemerkt, auch für Dateien."),
        to=_back(request),
        title=_("Spalten: %(list)s") % {"list": table.title},
        label=_("Spalten merken"),
        reset=RESET,
        lead=_("Nur für Sie. Die Reihenfolge gilt auch für Dateien; die kleinste Zahl steht vorn."),
    )


def _kept_query(table: type[Arranged], text: str) -> str:
    """What of a filter may be kept: fields of this list that may stand in an address, and the sorting."""
    asked, shapes = QueryDict(text[:2000]), getattr(table.filter_class, "base_fields", {})
    names = [key for key in (SORT, *shapes) if key != MARK and not (key in shapes and is_typed(shapes[key]))]
    return urlencode([(key, one) for key in names for one in asked.getlist(key) if one])


def list_filter_new(request: HttpRequest, list_name: str) -> HttpResponse:
    """Keep the present filter of a list under a name."""
    table = _list(list_name)
    query = _kept_query(table, request.GET.get(QUERY, ""))
    form = KeptFilterForm(request.POST if request.method == "POST" else None)

    def keep() -> None:
        data = form.cleaned_data
        list_keeping.keep_filter(
            user_id=request.actor.user_id, name=list_name, label=data["name"], query=query, is_first=data["is_first"]
        )

    return _ask(
        request,
        form,
        keep,
        done=_("Der Filter ist gemerkt. Sie finden ihn unter „Ansicht“."),
        to=f"{_back(request)}{_joint(request)}{query}" if query else _back(request),
        title=_("Filter merken: %(list)s") % {"list": table.title},
        label=_("Filter merken"),
        lead=_("Gemerkt werden Auswahl und Sortierung, nur für Sie; getippte Namen und Anschriften nie."),
    )


def list_filters(request: HttpRequest, list_name: str) -> HttpResponse:
    """Show the filters that somebody keeps of a list."""
    table = _list(list_name)
    context = {
        "title": _("Filter: %(list)s") % {"list": table.title},
        "name": list_name,
        "filters": kept_of(request, list_name).standing,
        "back": _back(request),
        "joint": _joint(request),
        "carry": urlencode({BACK: _back(request)}),
    }
    return render(request, "desk/list_filters.html", context)


def _kept(request: HttpRequest, list_name: str, key: str) -> KeptFilter:
    _list(list_name)
    found = next((one for one in kept_of(request, list_name).filters if one.key == key), None)
    if found is None:
        raise Http404
    return found


def list_filter_edit(request: HttpRequest, list_name: str, key: str) -> HttpResponse:
    """Give a filter another name, or let the list begin with it."""
    found = _kept(request, list_name, key)
    stored = {"name": found.name, "is_first": found.is_first}
    form = KeptFilterForm(request.POST if request.method == "POST" else None, initial=stored)

    def change() -> None:
        data = form.cleaned_data
        list_keeping.change_filter(
            user_id=request.actor.user_id, name=list_name, key=key, label=data["name"], is_first=data["is_first"]
        )

    title = _("Filter „%(name)s“") % {"name": found.name}
    done = _("Der Filter ist geändert.")
    return _ask(request, form, change, done=done, to=_again(request, list_name), title=title, label=_("Speichern"))


@require_POST
def list_filter_discard(request: HttpRequest, list_name: str, key: str) -> HttpResponse:
    """Take a filter away."""
    _kept(request, list_name, key)
    return _act(
        request,
        lambda: list_keeping.discard_filter(user_id=request.actor.user_id, name=list_name, key=key),
        done=_("Der Filter ist entfernt."),
        to=_again(request, list_name),
        undo=f"{reverse('list_filter_back', args=[list_name, key])}?{urlencode({BACK: _back(request)})}",
    )


@require_POST
def list_filter_back(request: HttpRequest, list_name: str, key: str) -> HttpResponse:
    """Bring back the filter that was taken away last."""
    _kept(request, list_name, key)
    return _act(
        request,
        lambda: list_keeping.bring_filter_back(user_id=request.actor.user_id, name=list_name, key=key),
        done=_("Der Filter ist wieder da."),
        to=_again(request, list_name),
    )


def _act(request: HttpRequest, do: Callable[[], None], *, done: str, to: str, undo: str = "") -> HttpResponse:
    try:
        do()
    except HouseError as error:
        messages.error(request, error.message)
    else:
        say_done(request, done, undo=undo)
    return redirect(to)


class ExportTable(Table):
    """Which lists left the house as a file."""

    name, title, one, many = "ausgaben", lazy("Ausgaben"), lazy("Ausgabe"), lazy("Ausgaben")
    default_sort = "-wann"
    empty_title = lazy("Noch keine Liste ausgegeben")
    empty_text = lazy("Wer eine Liste als Excel- oder CSV-Datei ausgibt, steht danach hier.")
    empty_icon = "download"
    columns = (
        Column("wann", lazy("Wann"), value="taken_at", kind="moment", sort=("taken_at",)),
        Column("wer", lazy("Wer"), value=lambda row: row.user.display_name, sort=("user__last_name",)),
        Column("liste", lazy("Liste"), value="title", sort=("title",)),
        Column("zeilen", lazy("Zeilen"), value="rows", kind="whole", sort=("rows",)),
        Column("art", lazy("Art"), value=lambda row: row.kind.upper(), sort=("kind",)),
    )


def export_log(request: HttpRequest) -> HttpResponse:
    """Show what I took out as a file; who answers for a body sees what everybody there did."""
    table = ExportTable(rows=exports_log.entries_for(request.actor), request=request)
    answers = request.actor.may("exports.read")
    return table.export() or render(request, "desk/exports.html", {"table": table, "answers": answers})
