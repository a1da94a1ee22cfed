"""What people keep of their lists, with their account: columns in order, filters under a name. Nobody else reads it."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.base.list_state import Kept, KeptFilter, read_kept

from .models import User

FILTERS_AT_MOST = 20


@transaction.atomic
def _changed(user_id: UUID, name: str, change: Callable[[Kept], Kept]) -> Kept:
    user = User.objects.select_for_update().get(pk=user_id)
    kept = change(read_kept(user.lists, name))
    user.lists = {**user.lists, name: {"columns": list(kept.columns), "filters": [asdict(one) for one in kept.filters]}}
    user.save(update_fields=["lists"])
    return kept


def keep_columns(*, user_id: UUID, name: str, columns: Sequence[str]) -> None:
    """Keep which columns of a list are shown, in order; none: as the house shows it."""
    _changed(user_id, name, lambda kept: replace(kept, columns=tuple(dict.fromkeys(columns))))


def keep_filter(*, user_id: UUID, name: str, label: str, query: str, is_first: bool) -> str:
    """Keep a filter under a name; return its key. Raises BadInput (no name, the name is taken, too many)."""
    key = token_hex(4)

    def change(kept: Kept) -> Kept:
        _check_label(kept, label)
        if len(kept.standing) >= FILTERS_AT_MOST:
            raise BadInput(_("Mehr als %(most)d Filter je Liste gibt es nicht.") % {"most": FILTERS_AT_MOST})
        made = KeptFilter(key, label.strip(), query, is_first)
        return replace(kept, filters=(*_none_first(kept, is_first), made))

    _changed(user_id, name, change)
    return key


def change_filter(*, user_id: UUID, name: str, key: str, label: str, is_first: bool) -> None:
    """Give a filter another name, or let the list begin with it. Raises BadInput, WrongState (it is gone)."""

    def change(kept: Kept) -> Kept:
        _standing(kept, key)
        _check_label(kept, label, but=key)
        rows = _none_first(kept, is_first)
        found = [replace(one, name=label.strip(), is_first=is_first) if one.key == key else one for one in rows]
        return replace(kept, filters=tuple(found))

    _changed(user_id, name, change)


def discard_filter(*, user_id: UUID, name: str, key: str) -> None:
    """Take a filter away; only the last one taken away can come back. Raises WrongState."""

    def change(kept: Kept) -> Kept:
        _standing(kept, key)
        rows = [replace(one, removed=True) if one.key == key else one for one in kept.filters if not one.removed]
        return replace(kept, filters=tuple(rows))

    _changed(user_id, name, change)


def bring_filter_back(*, user_id: UUID, name: str, key: str) -> None:
    """Bring back the filter that was taken away last. Raises WrongState."""

    def change(kept: Kept) -> Kept:
        if not any(one.key == key and one.removed for one in kept.filters):
            raise WrongState(_("Dieser Filter lässt sich nicht mehr zurückholen."))
        other = kept.first is not None
        rows = [
            replace(one, removed=False, is_first=one.is_first and not other) if one.key == key else one
            for one in kept.filters
        ]
        return replace(kept, filters=tuple(rows))

    _changed(user_id, name, change)


def _none_first(kept: Kept, is_first: bool) -> list[KeptFilter]:
    return [replace(one, is_first=False) if is_first else one for one in kept.filters]


def _standing(kept: Kept, key: str) -> KeptFilter:
    found = next((one for one in kept.standing if one.key == key), None)
    if found is None:
        raise WrongState(_("Diesen Filter gibt es nicht mehr."))
    return found


def _check_label(kept: Kept, label: str, *, but: Any = None) -> None:
    if not label.strip():
        raise BadInput(_("Bitte geben Sie dem Filter einen Namen."), field="name")
    if any(one.name.casefold() == label.strip().casefold() and one.key != but for one in kept.standing):
        raise BadInput(_("So heißt schon ein anderer Filter dieser Liste."), field="name")
