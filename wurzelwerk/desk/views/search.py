"""The search over everything: suggestions while one types, and the page of results.

What is searched for is often a name, so it never stands in an address: it is posted, kept with the session, and the
page of results finds it there by a random mark (ADR 0010).
"""

from secrets import token_urlsafe
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from wurzelwerk.base.readonly import reads_only

from .. import searching
from ..forms import SearchForm

KEPT, KEPT_AT_MOST = "searched", 10
"""Under which name the session holds the latest texts by their marks, and how many of them."""
TEXT, MARK, GROUP = "q", "merk", "gruppe"
WRONG = 422


@sensitive_post_parameters(TEXT)
@reads_only
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found for a text; a posted text is kept first and leads to its page."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect(_keep(request, form.cleaned_data[TEXT]))
    if form.is_bound:
        return _shown(request, form, groups=searching.ways(request.actor), status=WRONG)
    mark, only = request.GET.get(MARK, ""), _group(request.GET)
    kept = request.session.get(KEPT, {})
    if mark not in kept:
        return _shown(request, form, groups=searching.ways(request.actor), is_forgotten=bool(mark))
    limit = searching.AT_MOST if only else searching.SHOWN
    groups = searching.search(request.actor, kept[mark], limit=limit, only=only)
    asked = SearchForm(initial={TEXT: kept[mark]})
    return _shown(request, asked, groups=groups, mark=mark, only=only, limit=limit)


def _shown(request: HttpRequest, form: SearchForm, *, status: int = 200, **context: object) -> HttpResponse:
    """The page has a field of its own in place of the header's."""
    return render(request, "desk/search.html", {"form": form, "search_url": "", **context}, status=status)


def _group(asked: QueryDict) -> str:
    """The one group that is asked for; empty for all of them."""
    key = asked.get(GROUP, "")
    return key if searching.is_group(key) else ""


def _keep(request: HttpRequest, text: str) -> str:
    """Keep a text with the session; return the address of its page."""
    latest = list(request.session.get(KEPT, {}).items())[1 - KEPT_AT_MOST :]
    mark = token_urlsafe(6)
    request.session[KEPT] = dict([*latest, (mark, text)])
    only = _group(request.POST)
    return f"{reverse('search')}?{urlencode({MARK: mark} | ({GROUP: only} if only else {}))}"


@require_POST
@sensitive_post_parameters(TEXT)
@reads_only
def suggestions(request: HttpRequest) -> HttpResponse:
    """Suggest while one types: a fragment. Without a text it offers pages and actions."""
    text = searching.cleaned(request.POST.get(TEXT, ""))
    found = searching.search(request.actor, text, limit=searching.SUGGESTED)
    groups = found if text else searching.ways(request.actor)
    number, more = searching.counted(groups)
    return render(request, "desk/suggestions.html", {"text": text, "groups": groups, "number": number, "more": more})
