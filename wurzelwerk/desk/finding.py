"""What the desk gives to the search: people, households by name or Aktenzeichen, and the bodies of the network."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base.rooms import Hit
from wurzelwerk.cases.finding import FoundPerson, find_people
from wurzelwerk.cases.models import Household
from wurzelwerk.linkage.letters import spellings, words
from wurzelwerk.network.models import Organisation, Site
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.scopes import Scope

from . import listing

_HOUSEHOLD = ("pk", "name", "akte__reference", "akte__site__name", "akte__controller__short_name")
_PLACE = ("street", "postcode", "city", "phone")


def is_called(name: str, text: str) -> bool:
    """Say whether every word of a text begins a word of a name, however umlauts are typed."""
    parts, wanted = [spellings(part) for part in words(name)], [spellings(word) for word in words(text)]
    return bool(wanted) and all(any(_begins(part, word) for part in parts) for word in wanted)


def _begins(part: tuple[str, ...], word: tuple[str, ...]) -> bool:
    return any(one.startswith(begun) for one in part for begun in word)


def people(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Find people by name as heard, telephone, birth date or Aktenzeichen; each leads to the household they live in."""
    if not actor.reads(Scope.CONTACT):
        return []
    found = find_people(text, actor=actor, limit=limit)
    akten = Akte.objects.visible_to(actor).among(id={one.person.akte_id for one in found}).order_by()
    references = dict(akten.values_list("pk", "reference")) if found else {}
    return [
        Hit(one.name, _described(one, references.get(one.person.akte_id, "")), _home(one), one.score) for one in found
    ]


def _home(found: FoundPerson) -> str:
    return reverse("household", args=[found.household.pk]) if found.household else ""


def _described(found: FoundPerson, reference: str) -> str:
    """What tells people of one name apart; the reference also two bodies' entries of one human being."""
    born = found.person.birth_text
    parts = (
        _("geboren %(day)s") % {"day": born} if born else "",
        _("auch: %(names)s") % {"names": ", ".join(found.person.all_names[1:])} if found.person.all_names[1:] else "",
        _("Haushalt %(name)s") % {"name": found.household.name} if found.household else _("in keinem Haushalt"),
        reference,
    )
    return " · ".join(part for part in parts if part)


def households(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Find households by the beginning of their name, or of their Aktenzeichen if there is a digit (two queries)."""
    if not actor.reads(Scope.CONTACT):
        return []
    rows = listing.visible_households(actor)
    if any(sign.isdigit() for sign in text):  # one index or the other: both in one condition would walk all rows
        begun = text.upper()
        rows = rows.filter(akte__reference__gte=begun, akte__reference__lt=begun + listing.LAST_SIGN)
        rows = rows.order_by("akte__reference", "pk")
    else:
        rows = listing.in_order_of(listing.called(rows, text), "name", downwards=False, actor=actor)
    ids = list(rows.values_list("pk", flat=True)[:limit])  # alone, so that an index is walked and nothing joined
    shown = Household.objects.visible_to(actor).among(id=ids).values_list(*_HOUSEHOLD) if ids else ()
    described = {
        pk: Hit(name, " · ".join((reference, site or body)), reverse("household", args=[pk]))
        for pk, name, reference, site, body in shown
    }
    return [described[pk] for pk in ids if pk in described]


def organisations(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Find bodies and their sites by name (two queries). They have no pages, so each says how to reach it."""
    bodies = Organisation.known_to(actor.organisation_ids).order_by("name", "pk")
    bodies = bodies.values_list("name", "short_name", "email", *_PLACE)
    sites = (
        Site.known_to(actor.organisation_ids)
        .order_by("organisation__name", "name", "pk")
        .values_list("name", "organisation__short_name", *_PLACE)
    )
    found = [
        Hit(name, _reached(street, f"{postcode} {city}", phone, email))
        for name, short_name, email, street, postcode, city, phone in bodies
        if is_called(f"{name} {short_name}", text)
    ]
    found += [
        Hit(f"{name} ({body})", _reached(street, f"{postcode} {city}", phone))
        for name, body, street, postcode, city, phone in sites
        if is_called(name, text)
    ]
    return found[:limit]


def _reached(*parts: str) -> str:
    return " · ".join(part.strip() for part in parts if part.strip())
