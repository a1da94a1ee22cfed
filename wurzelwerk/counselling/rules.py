"""Person first, then state: what stands against a write of counselling."""

from collections.abc import Collection, Iterable
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput
from wurzelwerk.cases import lists
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.models import Household
from wurzelwerk.network.models import Organisation


class Signs(Protocol):
    """Somebody whose release is prepared, and who signs for them."""

    person: UUID
    custodian: UUID | None


MEMBERS_AT_MOST = 30


def check_one_contact(members: Collection[MemberData]) -> None:
    """Raise BadInput where nobody, too many, or two people are named as the one who came."""
    if not members:
        raise BadInput(_("Ein Haushalt braucht mindestens eine Person."))
    if len(members) > MEMBERS_AT_MOST:
        raise BadInput(_("Ein Haushalt hat hier höchstens %(most)d Personen.") % {"most": MEMBERS_AT_MOST})
    if sum(member.relation == "self" for member in members) > 1:
        raise BadInput(_("Nur eine Person kann die Ansprechperson sein."))


def check_receiver(household: Household, receiver: Organisation) -> None:
    """Raise BadInput where data would be passed on to the own body, or to one that another controller wrote down."""
    if receiver.pk == household.akte.controller_id:
        raise BadInput(_("Innerhalb der eigenen Stelle braucht es keine Freigabe."), field="receiver")
    if receiver.kept_by_id not in {None, household.akte.controller_id}:
        raise BadInput(_("Diese Stelle gibt es nicht (mehr). Bitte neu auswählen."), field="receiver")


def check_release_fits(receiver: Organisation, purpose: str, stages: Collection[str]) -> None:
    """Raise BadInput where purpose or stages are not those towards such a body: with an account, or outside."""
    rows = [("purpose", "release_purposes", {purpose}), ("stages", "release_stages", set(stages))]
    for field, name, wanted in rows:
        table = lists.table(name)
        known = {key for key in table.keys if bool(table.latest(key).value.get("outside")) != receiver.is_controller}
        if not wanted <= known:
            raise BadInput(_("Das passt nicht zu dieser Stelle. Bitte neu auswählen."), field=field)


def check_belong(members: Collection[UUID], persons: Iterable[Signs], *, outside: Collection[UUID] = ()) -> None:
    """Raise BadInput where a person does not belong to the household, or a custodian neither to it nor to `outside`."""
    for one in persons:
        if one.person not in members or (one.custodian and one.custodian not in {*members, *outside}):
            raise BadInput(_("Eine der Personen gehört nicht (mehr) zu diesem Haushalt."))
