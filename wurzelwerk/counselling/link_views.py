"""The page of a referral's link: what is asked of a body without an account, and its answer."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wurzelwerk.base import clock
from wurzelwerk.base.errors import HouseError, WrongState
from wurzelwerk.base.forms import add_action_error
from wurzelwerk.base.own_language import OwnTexts
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.enums import ReferralNews, ReferralState
from wurzelwerk.cases.models import Referral, ReferralEvent
from wurzelwerk.trust.link_actions import use_link
from wurzelwerk.trust.links import LinkBusy, LinkGone, Visit

from .forms.outside import LinkForm, OutcomeForm, QuestionForm, RefusalForm
from .outside import messages_of, passed_on
from .referrals import purpose_label

TEXTS = OwnTexts(Path(__file__).parent / "link_texts")
STANDING = {ReferralState.SENT, ReferralState.ACCEPTED}
FORMS: dict[str, type[LinkForm]] = {"ablehnen": RefusalForm, "erledigt": OutcomeForm, "rueckfrage": QuestionForm}
WRONG = 422


def referral_by_link(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what is asked, without data until somebody says that they want to see them; take the answer.

    Programs that check mails open every address: only a POST shows the data, and none does without being counted.
    """
    referral = visit.subject(Referral)
    if referral.state not in STANDING:
        raise LinkGone
    words = TEXTS.of(visit.language)
    if request.method != "POST":
        return _page(request, referral, words)
    wish = request.POST.get("was", "")
    forms = {name: shape(request.POST if name == wish else None, words=words) for name, shape in FORMS.items()}
    do = _acts(referral, visit, forms).get(wish)
    form = forms.get(wish)
    if do is None:
        return _page(request, referral, words)
    if form is not None and not form.is_valid():
        return _again(request, referral, visit, words, forms)
    try:
        with transaction.atomic():
            use_link(link=visit.link, by=visit.actor, at=clock.now())
            if wish not in {"ansehen", "ablehnen"} and not _was_opened(referral, visit):
                cases.open_outside(referral=referral, by=visit.actor, at=clock.now())
            do(clock.now())
    except (LinkGone, LinkBusy):
        raise
    except HouseError as error:
        if form is not None:
            add_action_error(form, error)
        return _again(request, referral, visit, words, forms)
    referral.refresh_from_db(from_queryset=Referral.objects.for_system(reason="what the answer made of it"))
    return _page(request, referral, words, seen=wish != "ablehnen", done=words.get(f"done_{wish}", ""))


def _again(
    request: HttpRequest, referral: Referral, visit: Visit, words: Mapping[str, Any], forms: Mapping[str, LinkForm]
) -> HttpResponse:
    """Show the forms with what is wrong; the data stand beside them, so that this too counts as opened."""
    try:
        with transaction.atomic():
            use_link(link=visit.link, by=visit.actor, at=clock.now())
            cases.open_outside(referral=referral, by=visit.actor, at=clock.now())
    except WrongState:
        raise LinkGone from None  # it ended meanwhile
    return _page(request, referral, words, seen=True, forms=forms, status=WRONG)


def _was_opened(referral: Referral, visit: Visit) -> bool:
    rows = ReferralEvent.objects.for_system(reason="whether the data were looked at by this link")
    return rows.filter(referral=referral, news=ReferralNews.OPENED, at__gte=visit.link.issued_at).exists()


def _acts(referral: Referral, visit: Visit, forms: Mapping[str, LinkForm]) -> dict[str, Callable[[datetime], Any]]:
    """What each button does; the data of its form are valid by then."""
    by = visit.actor
    return {
        "ansehen": lambda at: cases.open_outside(referral=referral, by=by, at=at),
        "annehmen": lambda at: cases.accept_outside(referral=referral, by=by, at=at),
        "ablehnen": lambda at: cases.refuse_outside(
            referral=referral, by=by, at=at, **_picked(forms["ablehnen"], "because", "reason")
        ),
        "erledigt": lambda at: cases.complete_outside(
            referral=referral, by=by, at=at, **_picked(forms["erledigt"], "outcome", "text")
        ),
        "rueckfrage": lambda at: cases.ask_outside(
            referral=referral, by=by, at=at, text=forms["rueckfrage"].cleaned_data["question"]
        ),
    }


def _picked(form: LinkForm, *names: str) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in names}


def _page(
    request: HttpRequest,
    referral: Referral,
    words: Mapping[str, Any],
    *,
    seen: bool = False,
    forms: Mapping[str, LinkForm] | None = None,
    done: str = "",
    status: int = 200,
) -> HttpResponse:
    stands = referral.state in STANDING
    office = referral.akte.site or referral.akte.controller
    context = {
        "own": words,
        "referral": referral,
        "body": referral.akte.controller,
        "office": office,
        "purpose": purpose_label(referral.purpose),
        "passed": passed_on(referral, on=clock.today()) if seen and stands else None,
        "messages_seen": messages_of(referral) if seen and stands else [],
        "forms": forms or {name: shape(words=words) for name, shape in FORMS.items()},
        "wish": request.POST.get("was", ""),
        "done": done,
        "waits": referral.state == ReferralState.SENT,
        "accepted": referral.state == ReferralState.ACCEPTED,
    }
    return render(request, "counselling/outside/link.html", context, status=status)
