"""Two people change the same thing: what both typed is brought together, field by field.

A value is what a form shows: a text, or for several choices the texts in order. Nothing here knows of forms or rows.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Shown = str | list[str]


@dataclass(frozen=True)
class Merged:
    """What came of it.

    `values`: every field as it is to be saved; one that collides keeps mine. `theirs`: fields in which something came
    in that I did not type. `colliding`: fields that both changed to different things.
    """

    values: Mapping[str, Shown]
    theirs: tuple[str, ...] = ()
    colliding: tuple[str, ...] = ()


def meet(base: Shown | None, mine: Shown, theirs: Shown) -> Shown | None:
    """Return what one field becomes, None where both changed it to different things.

    `base` is what both began with; None: not known, then whatever differs from something stored collides. Several
    choices are ticks, and each tick is a field of its own: what either of the two added or took away holds.
    """
    if mine == theirs:
        return mine
    if base is None:
        return None if theirs else mine
    if isinstance(base, list) and isinstance(mine, list) and isinstance(theirs, list):
        kept = set(base) & set(mine) & set(theirs)
        return sorted(kept | (set(mine) - set(base)) | (set(theirs) - set(base)))
    if mine == base:
        return theirs
    return mine if theirs == base else None


def merge(
    base: Mapping[str, Shown],
    mine: Mapping[str, Shown],
    theirs: Mapping[str, Shown],
    *,
    most: Mapping[str, int] | None = None,
    chosen_mine: Collection[str] = (),
    chosen_theirs: Collection[str] = (),
) -> Merged:
    """Bring what I typed together with what is stored now; a field that `base` lacks is one of which nothing is known.

    `most`: how many choices a field has room for; what becomes more collides. Where fields collide the choice
    decides: `chosen_mine`, `chosen_theirs`.
    """
    values, brought, colliding, room = {}, [], [], most or {}
    for name, typed in mine.items():
        met = meet(base.get(name), typed, theirs[name])
        if met is not None and len(met) > room.get(name, len(met)):
            met = None
        if met is None and name in chosen_theirs:
            met = theirs[name]
        elif met is None and name not in chosen_mine:
            colliding.append(name)
        elif met is not None and met != typed:
            brought.append(name)
        values[name] = typed if met is None else met
    return Merged(values, tuple(brought), tuple(colliding))
