"""What the members' releases open to the placing body, stage by stage (the stages are a data list of the case trunk).

The household's income is never opened: from declared interest on, only a band is shown
(`queries.households.income_band`).
"""

from datetime import date, datetime
from uuid import UUID

from wurzelwerk.base.clock import local_day
from wurzelwerk.cases.actions.referral import PassingOn
from wurzelwerk.cases.lists import table
from wurzelwerk.cases.models import Referral
from wurzelwerk.trust.grants import Terms, open_scopes
from wurzelwerk.trust.queries import standing_consents
from wurzelwerk.trust.scopes import Basis, Scope

SCOPES_OF_ITEM = {
    "search_profile": frozenset({Scope.SEARCH_PROFILE}),
    "wbs": frozenset({Scope.SEARCH_PROFILE}),
    "household_size": frozenset({Scope.SEARCH_PROFILE}),
    "name": frozenset({Scope.CONTACT}),
    "contact": frozenset({Scope.CONTACT}),
    "proofs": frozenset({Scope.DOCUMENTS}),
}
AT_ACCEPTANCE = ("search", "viewing")


def released_stages(referral: Referral, *, on: date) -> frozenset[str]:
    """Return the stages that every member who signed has released to the receiver on a day."""
    consents = standing_consents(referral.akte, receiver_id=referral.receiver_id, purpose=referral.purpose, on=on)
    stages = [frozenset(consent.stages) for consent in consents.values()]
    return frozenset.intersection(*stages) if stages else frozenset()


def scopes_of(stages: frozenset[str], *, on: date) -> frozenset[str]:
    """Return the scopes that the data of these stages lie in."""
    rows = [row for row in table("release_stages").all_on(on) if row.key in stages]
    return frozenset().union(*(SCOPES_OF_ITEM.get(item, frozenset()) for row in rows for item in row.value["data"]))


def passing_on(referral: Referral, *, on: date) -> PassingOn:
    """Return what accepting this referral opens: what is released for search and viewing, the way, and news back."""
    stages = released_stages(referral, on=on) & frozenset(AT_ACCEPTANCE)
    return PassingOn(
        read=scopes_of(stages, on=on) | {Scope.REGISTER, Scope.PATHWAY},
        write=frozenset({Scope.PATHWAY}),
        back=frozenset({Scope.REGISTER, Scope.PLACEMENT}),
    )


def open_stage(referral_ref: UUID | None, stage: str, *, at: datetime) -> bool:
    """Open what one more stage releases, as the consequence of a placement that reached it.

    Returns whether the stage is released; nothing is opened otherwise. A search without referral needs no release.
    """
    if referral_ref is None:
        return True
    referral = Referral.objects.for_system(reason="what its releases allow").get(pk=referral_ref)
    day = local_day(at)
    if referral.receiver_akte is None or stage not in released_stages(referral, on=day):
        return False
    consents = standing_consents(referral.akte, receiver_id=referral.receiver_id, purpose=referral.purpose, on=day)
    until = min((consent.valid_until for consent in consents.values()), default=None)
    open_scopes(
        akte=referral.akte,
        circle=referral.receiver_akte.circle,
        scopes=scopes_of(frozenset({stage}), on=day),
        terms=Terms(referral.purpose, Basis.CONSENT, "Freigabe aller Mitglieder des Haushalts", until, referral.pk),
        at=at,
    )
    return True
