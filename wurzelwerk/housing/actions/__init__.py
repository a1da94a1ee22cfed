"""Writes of housing, one file an aggregate: check, change, record."""

from .aftercare import note_aftercare, take_back_aftercare
from .placing import (
    arrange_viewing,
    ask_for_promise,
    decline_placement,
    hand_over_keys,
    promise_placement,
    propose_placement,
    refuse_placement,
    sign_contract,
    take_back_placement,
    withdraw_placement,
)
from .rounds import propose_all, start_round
from .search import (
    ProfileData,
    accept_search,
    close_search,
    keep_profile,
    pause_search,
    resume_search,
    take_on_search,
)

__all__ = [
    "ProfileData",
    "accept_search",
    "arrange_viewing",
    "ask_for_promise",
    "close_search",
    "decline_placement",
    "hand_over_keys",
    "keep_profile",
    "note_aftercare",
    "pause_search",
    "promise_placement",
    "propose_all",
    "propose_placement",
    "refuse_placement",
    "resume_search",
    "sign_contract",
    "start_round",
    "take_back_aftercare",
    "take_back_placement",
    "take_on_search",
    "withdraw_placement",
]
