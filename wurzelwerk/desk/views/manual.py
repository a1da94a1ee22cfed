"""The manual at the desk: its index, its pages, their pictures; the steps of the first day."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base.readonly import reads_only
from wurzelwerk.base.undo import say_done

from .. import first_day, manual

PICTURES_KEPT = 60 * 60
TOUR_HIDDEN_FOR = 365 * 24 * 60 * 60


def index(request: HttpRequest) -> HttpResponse:
    """Show what the manual has, chapter by chapter."""
    return render(request, "desk/manual/index.html", {"chapters": manual.chapters()})


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one page; the overview of keys alone where a script asks for it."""
    found = manual.pages().get(slug)
    if found is None:
        raise Http404
    if request.htmx and slug == manual.KEYS:
        return render(request, "desk/manual/keys.html", {"manual_page": found})
    chapter = next(one for one in manual.chapters() if found in one.pages)
    context = {"manual_page": found, "chapter": chapter, "has_keys": slug == manual.KEYS}
    if slug == manual.FIRST_DAY:
        context |= {"tour": first_day.tour(request.actor), "is_shown": first_day.is_shown(request)}
    return render(request, "desk/manual/page.html", context)


def picture(request: HttpRequest, name: str) -> FileResponse:
    """Serve a picture of the manual."""
    path = manual.picture(name)
    if path is None:
        raise Http404
    answer = FileResponse(path.open("rb"), content_type="image/png")
    answer["Cache-Control"] = f"private, max-age={PICTURES_KEPT}"
    return answer


@require_POST
@reads_only
def tour_hide(request: HttpRequest) -> HttpResponse:
    """Take the first day's steps off Heute on this device."""
    answer = redirect("today")
    answer.set_cookie(first_day.HIDDEN, "1", max_age=TOUR_HIDDEN_FOR, samesite="Lax", httponly=True)
    say_done(request, _("„Ihr erster Tag“ steht jetzt nur noch in der Hilfe."), undo=reverse("tour_show"))
    return answer


@require_POST
@reads_only
def tour_show(request: HttpRequest) -> HttpResponse:
    """Put the first day's steps on Heute again."""
    answer = redirect("today")
    answer.set_cookie(first_day.HIDDEN, "0", max_age=TOUR_HIDDEN_FOR, samesite="Lax", httponly=True)
    return answer
