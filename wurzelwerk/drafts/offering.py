"""What a form's own address answers about its draft: keep it, discard it, bring it back, offer it again.

Every request has passed the form's own checks before it comes here; the address tells nothing of the content.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from wurzelwerk.base import clock, formats, idempotency
from wurzelwerk.base.errors import HouseError
from wurzelwerk.base.undo import say_done

from .keeping import bring_back, discard, keep
from .models import ADDRESS_LENGTH
from .queries import draft_of
from .writing import Writing

WISH = "entwurf"
"""What is asked about the draft: a field of the script's request, or a parameter of the address."""
KEEP, DISCARD, BRING_BACK, PUT_IN = "sichern", "verwerfen", "zurueckholen", "einsetzen"
MARK = "entwurf-stand"
"""Hidden field of the page: for whom it was made, and the mark of what was stored then."""
BACK = "zurueck"
"""Where a button that discards stood; who brings the draft back returns there too."""
NOT_KEPT = {"csrfmiddlewaretoken", idempotency.FIELD, WISH, MARK}


@dataclass(frozen=True)
class Offered:
    """The draft as a form shows it (`base/forms/draft.html`).

    `found`: there is one; `put_in`: the fields are filled with it; `changed`: what is stored is no longer what it
    began with; `behind`: what the page shows is newer than what is kept; `keeps`: the page keeps what is typed, not
    while somebody still has to decide about an older draft.
    """

    address: str
    mark: str
    found: bool = False
    put_in: bool = False
    changed: bool = False
    behind: bool = False
    kept_at: datetime | None = None

    @property
    def keeps(self) -> bool:
        """Whether the page's script sends what is typed."""
        return self.put_in or not self.found

    def asking(self, wish: str) -> str:
        """Return the form's address with a wish about the draft."""
        return f"{self.address}{'&' if '?' in self.address else '?'}{WISH}={wish}"

    @property
    def discard_url(self) -> str:
        """Posting there discards the draft."""
        return self.asking(DISCARD)

    @property
    def put_in_url(self) -> str:
        """The form filled with the draft, though what is stored has changed."""
        return self.asking(PUT_IN)


def answer(request: HttpRequest, form: Any, writing: Writing | None) -> HttpResponse | None:
    """Answer a wish about the draft, or put the draft into the form and return None: the view goes on as always."""
    if writing is None:
        return None
    if request.method == "POST":
        if request.POST.get(WISH) == KEEP:
            return _kept(request, writing)
        if request.GET.get(WISH) == DISCARD:
            return _discarded(request, writing)
        if request.GET.get(WISH) == BRING_BACK:
            return _brought_back(request, writing)
        mark = _mark(request, request.POST.get(MARK, "").partition(".")[2])
        form.draft = Offered(_address(request), mark, behind=True)
        return None
    form.draft = _offered(request, form, writing)
    return None


def _offered(request: HttpRequest, form: Any, writing: Writing) -> Offered:
    address, mark = _address(request), _mark(request, writing.state)
    draft = draft_of(writing, actor=request.actor, at=clock.now())
    if draft is None:
        return Offered(address, mark)
    changed = draft.based_on != writing.state
    put_in = not changed or request.GET.get(WISH) == PUT_IN
    if put_in:
        typed, opened = _as_sent(draft.content), getattr(form, "opened", None)
        form.refill(opened.resume(typed, changed=changed) if opened else typed)
    return Offered(address, mark, found=True, put_in=put_in, changed=changed, kept_at=draft.changed_at)


def _kept(request: HttpRequest, writing: Writing) -> JsonResponse:
    """Keep what the script sends; 409 where the form was sent meanwhile, or somebody else is logged in by now."""
    owner, _dot, based_on = request.POST.get(MARK, "").partition(".")
    if owner != request.actor.user_id.hex:
        return JsonResponse({"why": "other"}, status=409)
    if idempotency.is_taken(request):
        return JsonResponse({"why": "sent"}, status=409)
    at = clock.now()
    try:
        content, place = _typed(request.POST), _address(request)
        place = place if len(place) <= ADDRESS_LENGTH else request.path
        keep(writing=writing, content=content, based_on=based_on, by=request.actor, at=at, address=place)
    except HouseError as error:
        return JsonResponse({"sentence": error.message}, status=422)
    return JsonResponse({"kept": formats.clock(at)})


def _discarded(request: HttpRequest, writing: Writing) -> HttpResponse:
    discard(writing=writing, by=request.actor, at=clock.now())
    offered, back = Offered(_address(request), ""), _stood(request)
    undo = offered.asking(BRING_BACK) + (f"&{urlencode({BACK: back})}" if back else "")
    say_done(request, _("Der Entwurf ist verworfen."), undo=undo)
    return redirect(back or offered.address)


def _brought_back(request: HttpRequest, writing: Writing) -> HttpResponse:
    if not bring_back(writing=writing, by=request.actor, at=clock.now()):
        messages.warning(request, _("Dieser Entwurf ist nicht mehr da."))
    return redirect(_stood(request) or _address(request))


def _stood(request: HttpRequest) -> str:
    """The page of the house on which the button stood, where it was not the form's own; else empty."""
    wish = request.POST.get(BACK) or request.GET.get(BACK, "")
    safe = url_has_allowed_host_and_scheme(wish, allowed_hosts=None, require_https=request.is_secure())
    return wish if wish.startswith("/") and safe else ""


def _typed(data: QueryDict) -> dict[str, list[str]]:
    """What was typed, without files and keys, and without signs that a database cannot keep."""
    return {
        name.replace("\x00", ""): [one.replace("\x00", "") for one in values]
        for name, values in data.lists()
        if name not in NOT_KEPT
    }


def _as_sent(content: Any) -> QueryDict:
    """The draft as the browser would send it; what is no draft counts as empty."""
    data = QueryDict(mutable=True)
    for name, values in content.items() if isinstance(content, dict) else ():
        if isinstance(values, list) and all(isinstance(one, str) for one in values):
            data.setlist(name, values)
    return data


def _address(request: HttpRequest) -> str:
    """The form's own address, with what it was asked for but without a wish about the draft."""
    asked = request.GET.copy()
    asked.pop(WISH, None)
    asked.pop(BACK, None)
    return f"{request.path}?{asked.urlencode()}" if asked else request.path


def _mark(request: HttpRequest, state: str) -> str:
    return f"{request.actor.user_id.hex}.{state[:32]}"
