"""Text blocks as a form offers them: the own and the team's, with their placeholders filled."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base import formats
from wurzelwerk.cases.models import TextBlock
from wurzelwerk.trust.actor import Actor

from .queries import OpenHousehold

PLACEHOLDERS = {
    "haushalt": _("Name des Haushalts"),
    "person": _("Ansprechperson"),
    "datum": _("heutiger Tag"),
    "uhrzeit": _("jetzige Uhrzeit"),
    "ich": _("Ihr Name"),
    "stelle": _("Ihre Stelle"),
}
GAP = "…"


@dataclass(frozen=True)
class Offered:
    """A block ready to be put in."""

    name: str
    text: str
    of_team: bool


def standing_blocks(actor: Actor) -> QuerySet[TextBlock]:
    """Return the blocks that the actor may use, by name."""
    return TextBlock.of(actor).filter(removed_at__isnull=True).order_by("name", "pk")


def offered(subject: OpenHousehold, *, author: str, at: datetime) -> list[Offered]:
    """Return the blocks for an entry about a household (one query); `author`: who writes."""
    home = subject.actor.home
    first = next((one.person.name for one in subject.members if one.relation == "self"), "")
    values = {
        "haushalt": subject.household.name,
        "person": first or (subject.members[0].person.name if subject.members else ""),
        "datum": formats.day(at),
        "uhrzeit": formats.clock(at),
        "ich": author,
        "stelle": home.organisation_name if home else "",
    }
    return [
        Offered(block.name, filled(block.text, values), block.circle_id is not None)
        for block in standing_blocks(subject.actor)
    ]


def filled(text: str, values: dict[str, str]) -> str:
    """Return a text with its placeholders filled; what is not known stays as it was written."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value or GAP)
    return text
