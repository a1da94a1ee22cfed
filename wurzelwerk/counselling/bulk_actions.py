"""Take many households in at once, for a list: what `take_in` writes for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import WrongState
from wurzelwerk.base.ids import new_id
from wurzelwerk.cases import lists
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.actions.bulk import form_households, open_cases
from wurzelwerk.cases.forming import Formed, HouseholdForm
from wurzelwerk.cases.rules import check_can_open_case
from wurzelwerk.evidence.bulk import Entry, record_all
from wurzelwerk.network.models import Organisation, Site
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.bulk_actions import open_akten

from . import facts, rules
from .enums import SERVICE


@dataclass(frozen=True)
class ListedHousehold:
    """A household of a list, under ids that the list's sender made.

    `members`: (id of the person to be, what is known); `home`: fields of `Accommodation`, `kind` among them.
    """

    household: UUID
    members: tuple[tuple[UUID, MemberData], ...]
    home: Mapping[str, Any] | None = None


@transaction.atomic
def take_in_households(*, households: Sequence[ListedHousehold], by: Actor, at: datetime) -> tuple[list[UUID], UUID]:
    """Take each household in: Akte, household, members, where it lives, case. Returns the Akten and their event.

    They lie with the team of the actor's own site. Raises NotAllowed, WrongState, BadInput.
    """
    check_can_open_case(by)
    for one in households:
        rules.check_one_contact([member for _pk, member in one.members])
    controller, site = _own_place(by)
    ids = [new_id() for _one in households]
    akten, event = open_akten(ids=ids, controller=controller, site=site, subject="household", by=by, at=at)
    forms = [
        HouseholdForm(akte, one.household, one.members, one.home) for akte, one in zip(akten, households, strict=True)
    ]
    formed = form_households(forms=forms, by=by, at=at)
    opened = open_cases(formed=formed, service=SERVICE, by=by, at=at)
    record_all((_taken_in(one) for one in opened), at=at)
    return ids, event


def _taken_in(one: Formed) -> Entry:
    home = one.form.home
    housed = lists.table("dwelling_kinds").latest(home["kind"]).value["housed"] if home else None
    dimensions = {
        "size": facts.size_band(len(one.persons)),
        "housed": {True: "yes", False: "no"}.get(housed, "unknown"),
    }  # fmt: skip
    return one.record_of(facts.TAKEN_IN, dimensions=dimensions)


def _own_place(by: Actor) -> tuple[Organisation, Site | None]:
    """Return the controller and site in which the actor opens Akten. Raises WrongState for who has none."""
    home = by.home
    if home is None:
        raise WrongState(_("Ihr Zugang gehört zu keiner Stelle. Bitte wenden Sie sich an die Verwaltung der Zugänge."))
    controller = Organisation.objects.get(pk=home.organisation_id)
    return controller, Site.objects.filter(pk=home.site_id).first() if home.site_id else None
