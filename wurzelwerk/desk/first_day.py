"""The first day of a new colleague: what to try, and what of it is done already, as their own work shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, Value
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from wurzelwerk.base.rooms import TourStep, tour_steps
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

NEW_FOR = timedelta(days=14)
"""So long after the account was made the steps stand on Heute, where nobody took them off."""
HIDDEN = "erster-tag"
"""The cookie: "1" takes the steps off Heute on this device, "0" keeps them there."""


@dataclass(frozen=True)
class Try:
    """A step as it is shown. `is_done`: None where nothing would show it."""

    label: str
    text: str
    url: str
    manual: str
    is_done: bool | None


@dataclass(frozen=True)
class Tour:
    """The steps that the actor's roles allow."""

    steps: tuple[Try, ...]

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(step.is_done is True for step in self.steps)

    @property
    def countable(self) -> int:
        """How many can be seen to be done."""
        return sum(step.is_done is not None for step in self.steps)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left that could be ticked."""
        return self.done == self.countable


def tour(actor: Actor) -> Tour:
    """Return the steps of the first day with what is done (one query)."""
    steps = [(step, url) for step in tour_steps() if _is_open(step, actor) and (url := _address(step))]
    done = _done(actor, [step for step, _url in steps])
    return Tour(
        tuple(
            Try(str(step.label), str(step.text), url, _page(step), is_done)
            for (step, url), is_done in zip(steps, done, strict=True)
        )
    )


def is_new(joined: datetime, *, now: datetime) -> bool:
    """Whether the account is so young that the steps help."""
    return timedelta() <= now - joined < NEW_FOR


def is_shown(request: HttpRequest) -> bool:
    """Whether nobody took the steps off Heute on this device."""
    return request.COOKIES.get(HIDDEN) != "1"


def _is_open(step: TourStep, actor: Actor) -> bool:
    return not step.permission or actor.may(step.permission)


def _address(step: TourStep) -> str:
    """Where the step is done; empty where the room that would serve it is not part of this city."""
    try:
        return reverse(step.url_name)
    except NoReverseMatch:
        return ""


def _page(step: TourStep) -> str:
    return reverse("manual_page", args=[step.manual]) if step.manual else ""


def _done(actor: Actor, steps: list[TourStep]) -> list[bool | None]:
    asked = [Exists(step.done(actor)) if step.done else Value(None) for step in steps]
    if not any(step.done for step in steps):
        return [None] * len(steps)
    found = User.objects.filter(pk=actor.user_id).values_list(*asked).first()
    return list(found) if found else [None] * len(steps)
