"""To whom a letter goes, what stands in the window, and what the person asked for so that it does no harm."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wurzelwerk.cases.enums import ContactRule
from wurzelwerk.cases.letters import LetterSubject, body_lines, home_lines
from wurzelwerk.cases.models import Accommodation, Person
from wurzelwerk.network.models import Organisation

from .enums import Target

NOT_HOME = (ContactRule.NO_LETTERS, ContactRule.ONLY_VIA)
"""Who asked for one of these gets no letter to where they live."""


@dataclass(frozen=True)
class Recipient:
    """Lines of the address, and who is greeted (empty: nobody in particular)."""

    lines: tuple[str, ...] = ()
    name: str = ""


def recipient(target: str, *, subject: LetterSubject, body: Organisation | None) -> Recipient:
    """Return what a new letter begins with; the address of who asked for no letters stays out."""
    if target == Target.PERSON and subject.person is not None:
        home = [] if not goes_home(subject.person) else home_lines(subject.home)
        return Recipient((subject.person.name, *home), subject.person.name)
    if target == Target.BODY and body is not None:
        return Recipient((body.name, *body_lines(body)))
    return Recipient()


def goes_home(person: Person) -> bool:
    """Whether a letter may go to where the person lives, as far as they asked for something."""
    return person.contact_rule not in NOT_HOME


def warnings(target: str, *, person: Person | None, home: Accommodation | None) -> list[str]:
    """Return what to mind about this letter, in sentences."""
    found = []
    if person is not None and person.contact_warning and (target == Target.PERSON):
        found.append(_("%(name)s: %(rule)s.") % {"name": person.name, "rule": person.contact_warning})
        if not goes_home(person):
            found.append(
                _("Die Anschrift der Wohnung wird nicht eingesetzt. Bitte übergeben Sie den Brief persönlich.")
            )
    if home is not None and home.is_blocked:
        found.append(
            _("Für die Anschrift gilt eine Auskunftssperre (§ 51 BMG). Sie darf in keinem Schreiben an andere stehen.")
        )
    return found


def names_place(texts: Iterable[str], home: Accommodation | None) -> bool:
    """Whether one of these texts names the street of an accommodation, however it is spaced or capitalised."""
    if home is None or not home.street.strip():
        return False
    street = _plain(home.street)
    return any(street in _plain(text) for text in texts)


def _plain(text: str) -> str:
    """A street as it is compared: small letters, without blanks and points, with "str" for "straße"."""
    small = re.sub(r"stra(ß|ss)e", "str", text.casefold().replace("ß", "ss").replace("strasse", "straße"))
    return re.sub(r"[\W_]+", "", small)
