"""Move the rows of one Akte into another, and put them back where they were.

What moves is what the rooms say (`trust.fates`). A row that comes along takes over Akte and circle of its new folder,
and names the records of that folder where it named their doubles.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import F, Manager, ManyToManyField, Model, Q, QuerySet

from wurzelwerk.trust.fates import Fate, fates
from wurzelwerk.trust.guard import GuardedManager, guarded_models
from wurzelwerk.trust.models import Akte, Circle

from .merge_sides import REASON, Side
from .models import Case, Household, HouseholdMember, Merge, Person

DOUBLED = (Case, Household, Person)


@dataclass
class Group:
    """Rows of a model that change alike: from these values to those (ids of their columns)."""

    model: type[Model]
    former: dict[str, Any]
    now: dict[str, Any]
    ids: list[Any] = field(default_factory=list)

    def stored(self) -> dict[str, Any]:
        """Return the group as the merge keeps it."""
        return {"model": self.model._meta.label, "former": self.former, "now": self.now, "ids": self.ids}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Group":
        """Return a group as it was kept."""
        return cls(apps.get_model(stored["model"]), stored["former"], stored["now"], list(stored["ids"]))


def every(model: type[Model]) -> QuerySet:
    """Return all rows of a model, guarded or not."""
    manager: Manager = model._default_manager
    return manager.for_system(reason=REASON) if isinstance(manager, GuardedManager) else manager.all()


def what_moves(
    kept: Side, dropped: Side, replaced: Mapping[UUID, UUID], *, exchanged: Collection[Any], left: Collection[UUID]
) -> list[Group]:
    """Return the groups of rows that come along (one query a model).

    `replaced`: case, household and persons known on both sides -> those that stand for them. `exchanged`: rows of what
    there is one of, that take the place of their counterpart. `left`: rows that remain though their model moves.
    """
    groups: dict[tuple, Group] = {}
    names = {**replaced, **_memberships(kept, dropped, replaced)}
    for model, fate in ((model, fate) for model, fate in fates().items() if fate.moves):
        doubling = _doubling(model, fate, kept, dropped, names)
        for pk, former in _candidates(model, fate, dropped, replaced):
            if pk in left or pk in doubling or _remains(pk, former, model, fate, kept, replaced, exchanged):
                continue
            now = _placed(former, kept, dropped, names)
            key = (model, *former.values(), *now.values())
            groups.setdefault(key, Group(model, former, now)).ids.append(pk)
    back = [_sent_back(row, kept, dropped, replaced) for row in exchanged]
    return [*back, *groups.values(), *_participations(replaced)]


def _columns(model: type[Model]) -> list[str]:
    return [one.attname for one in model._meta.concrete_fields if one.related_model in DOUBLED]


def _memberships(kept: Side, dropped: Side, replaced: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
    """Who is known on both sides has a place in both households; what is about the one is about the other."""
    both = [(dropped.belongings.get(former), kept.belongings.get(now)) for former, now in replaced.items()]
    return {there.pk: here.pk for there, here in both if there and here}


def _doubling(model: type[Model], fate: Fate, kept: Side, dropped: Side, names: Mapping[Any, UUID]) -> set[Any]:
    if not fate.once:
        return set()
    taken = set(every(model).filter(akte=kept.akte).values_list(*fate.once))
    coming = every(model).filter(akte=dropped.akte).values_list("pk", *fate.once)
    return {pk for pk, *values in coming if tuple(names.get(value, value) for value in values) in taken}


def _candidates(
    model: type[Model], fate: Fate, dropped: Side, replaced: Mapping[UUID, UUID]
) -> Iterator[tuple[Any, dict]]:
    doubled = _columns(model)
    columns = ["akte_id", "circle_id", *doubled, *fate.refs]
    wanted = Q(akte_id=dropped.akte.pk)
    for column in doubled:
        wanted |= Q(**{f"{column}__in": list(replaced)})
    for pk, *values in every(model).filter(wanted).order_by("pk").values_list("pk", *columns):
        yield pk, dict(zip(columns, values, strict=True))


def _remains(
    pk: Any, row: dict, model: Any, fate: Fate, kept: Side, replaced: Mapping[UUID, UUID], exchanged: Collection[Any]
) -> bool:
    if fate.single:
        owner = replaced.get(row[fate.single], row[fate.single])
        return owner in kept.singles[model] and pk not in {one.pk for one in exchanged}
    return bool(fate.person) and (pk if fate.person == "id" else row[fate.person]) in replaced


def _placed(row: dict, kept: Side, dropped: Side, replaced: Mapping[UUID, UUID]) -> dict:
    now = {column: replaced.get(value, value) for column, value in row.items()}
    if row["akte_id"] == dropped.akte.pk:
        now |= {"akte_id": kept.akte.pk, "circle_id": kept.akte.circle_id}
    return now


def _sent_back(row: Any, kept: Side, dropped: Side, replaced: Mapping[UUID, UUID]) -> Group:
    """The counterpart of a row that takes its place, on its way into the Akte that is given up."""
    owner = fates()[type(row)].single
    former_owner = getattr(row, owner)
    counterpart = kept.singles[type(row)][replaced[former_owner]]
    former = {"akte_id": kept.akte.pk, "circle_id": kept.akte.circle_id, owner: replaced[former_owner]}
    now = {"akte_id": dropped.akte.pk, "circle_id": dropped.akte.circle_id, owner: former_owner}
    return Group(type(row), former, now, [counterpart.pk])


def _participations(replaced: Mapping[UUID, UUID]) -> Iterator[Group]:
    """Who took part in a talk, told by rows of their own."""
    for through, column in people_tables():
        rows = through._default_manager.filter(**{f"{column}__in": list(replaced)}).order_by("pk")
        groups: dict[UUID, Group] = {}
        for pk, person in rows.values_list("pk", column):
            group = groups.setdefault(person, Group(through, {column: person}, {column: replaced[person]}))
            group.ids.append(pk)
        yield from groups.values()


def twice_in(replaced: Mapping[UUID, UUID]) -> list[Any]:
    """Return the rows that say of a double that it took part where the other took part as well."""
    found: list[Any] = []
    for through, column in people_tables():
        source = source_of(through)
        for former, now in replaced.items():
            there = through._default_manager.filter(**{column: now}).values(source)
            found += through._default_manager.filter(**{column: former, f"{source}__in": there}).order_by("pk")
    return found


def source_of(through: Any) -> str:
    """Return the column of such a table that names what they took part in."""
    return next(one.attname for one in through._meta.concrete_fields if one.related_model not in {None, Person})


def people_tables() -> list[tuple[Any, str]]:
    """Return the tables behind relations of many to many persons, each with its column of the person."""
    found = [one for model in guarded_models() for one in model._meta.many_to_many if one.related_model is Person]
    return [(one.remote_field.through, f"{_named(one)}_id") for one in found]


def _named(relation: ManyToManyField) -> str:
    return relation.m2m_reverse_field_name()


def what_a_double_takes(
    kept: Person, dropped: Person, away: Household, side: Side, *, exchanged: Collection[Any]
) -> list[Group]:
    """Return the groups of rows that change when somebody stands twice in one Akte (two queries a model at most).

    What is the double's own goes `away`, into a hidden Akte; whatever else names the double names the other then.
    """
    groups: list[Group] = []
    for model, fate in fates().items():
        for column in _naming_a_person(model):
            ids = list(every(model).filter(**{column: dropped.pk}).order_by("pk").values_list("pk", flat=True))
            if ids and fate.once and (doubling := _said_already(model, fate, column, kept, dropped, side) & {*ids}):
                groups.append(_gone(model, side, away, sorted(doubling)))
                ids = [pk for pk in ids if pk not in doubling]
            turned = Group(model, {column: dropped.pk}, {column: kept.pk}, ids)
            if not ids or column != fate.person:
                groups += [turned] if ids else []
                continue
            if not fate.single:
                groups.append(_gone(model, side, away, ids))
                continue
            rival = every(model).filter(**{column: kept.pk}).values_list("pk", flat=True).first()
            if rival is None:
                groups.append(turned)
            elif ids[0] in {one.pk for one in exchanged}:
                swapped = ({column: kept.pk}, {column: dropped.pk})
                groups += [turned, _gone(model, side, away, [rival], *swapped)]
            else:
                groups.append(_gone(model, side, away, ids))
    return [*groups, *_named_without_keys(kept, dropped, side), *_participations({dropped.pk: kept.pk})]


def _said_already(model: type[Model], fate: Fate, column: str, kept: Person, dropped: Person, side: Side) -> set[Any]:
    """Rows that would say once more what is said of the other, or would make somebody their own mother."""
    said = _doubling(model, fate, side, side, {dropped.pk: kept.pk})
    for other in (one for one in _naming_a_person(model) if one != column):
        said |= set(every(model).filter(**{column: dropped.pk, other: kept.pk}).values_list("pk", flat=True))
    return said


def _naming_a_person(model: type[Model]) -> list[str]:
    own = ["id"] if model is Person else []
    return own + [one.attname for one in model._meta.concrete_fields if one.related_model is Person]


def _gone(
    model: type[Model], side: Side, away: Household, ids: list[Any], former: Any = None, now: Any = None
) -> Group:
    """Rows that go into the hidden Akte; whoever belonged to the household belongs to the hidden one."""
    here = {"akte_id": side.akte.pk, "circle_id": side.akte.circle_id, **(former or {})}
    there = {"akte_id": away.akte_id, "circle_id": away.circle_id, **(now or {})}
    if model is HouseholdMember:
        here["household_id"], there["household_id"] = side.household.pk, away.pk
    return Group(model, here, there, ids)


def _named_without_keys(kept: Person, dropped: Person, side: Side) -> Iterator[Group]:
    """Rows that name the double, or their place in the household, in a column without a foreign key."""
    names = {dropped.pk: kept.pk, **_memberships(side, side, {dropped.pk: kept.pk})}
    for model, fate in fates().items():
        for column in fate.refs:
            doubling = _doubling(model, fate, side, side, names)
            for former, now in names.items():
                rows = every(model).filter(akte=side.akte, **{column: former}).order_by("pk")
                ids = [pk for pk in rows.values_list("pk", flat=True) if pk not in doubling]
                yield Group(model, {column: former}, {column: now}, ids)


def apply(groups: Iterable[Group]) -> None:
    """Give the rows their new values."""
    found = list(groups)
    _park(found)
    for group in found:
        every(group.model).filter(pk__in=group.ids).update(**group.now)


def revert(groups: Iterable[Group]) -> None:
    """Give the rows their former values, as far as nobody has given them others since."""
    found = list(groups)
    parked = _park(found)
    for group in found:
        rows = every(group.model).filter(pk__in=group.ids)
        if group.model in parked:
            rows.update(**group.former)
            continue
        for column, former in group.former.items():
            if former != group.now[column]:
                rows.filter(**{column: group.now[column]}).update(**{column: former})


def _park(groups: Iterable[Group]) -> set[type[Model]]:
    """Set aside rows that would take each other's place: foreign keys are checked at the end of the transaction."""
    parked = {group.model for group in groups if (fate := fates().get(group.model)) and fate.single}
    for group in groups:
        if group.model in parked:
            every(group.model).filter(pk__in=group.ids).update(**{fates()[group.model].single: F("pk")})
    return parked


def put_into(circle: Circle, akte: Akte) -> None:
    """Put whatever lies in an Akte into a circle: nobody's, or on the way back the team's that keeps it."""
    for model in guarded_models():
        if model is not Akte:
            every(model).filter(akte=akte).update(circle=circle)


def change(row: Any, **values: Any) -> dict[str, Any]:
    """Change a row and return what the merge keeps of it."""
    former = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return changed(row, **former)


def changed(row: Any, **former: Any) -> dict[str, Any]:
    """Return what is kept of a row that was changed already; `former`: the values it had."""
    return {
        "model": row._meta.label,
        "id": row.pk,
        "former": former,
        "now": {name: getattr(row, name) for name in former},
    }


def change_back(stored: Mapping[str, Any]) -> None:
    """Give a row its former values, unless somebody has changed one of them since; what was added goes."""
    model = apps.get_model(stored["model"])
    row = every(model).filter(pk=stored["id"]).first()
    if row is None or stored.get("added"):
        _add_or_remove(model, row, stored)
        return
    read = {name: model._meta.get_field(name).to_python for name in stored["now"]}
    if all(getattr(row, name) == read[name](value) for name, value in stored["now"].items()):
        for name, value in stored["former"].items():
            setattr(row, name, read[name](value))
        row.save(update_fields=list(read))


def remove(row: Any) -> dict[str, Any]:
    """Take a row away and return what the merge keeps of it."""
    columns = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    stored = {"model": row._meta.label, "id": row.pk, "removed": columns}
    row.delete()
    return stored


def _add_or_remove(model: Any, row: Any, stored: Mapping[str, Any]) -> None:
    if row is not None:
        row.delete()
    elif "removed" in stored:
        model._default_manager.create(**stored["removed"])


def moved_ids(merge: Merge) -> dict[type[Model], set[str]]:
    """Return model -> ids of the rows that came along into the Akte that was kept."""
    found: dict[type[Model], set[str]] = {}
    for group in map(Group.read, merge.moved):
        if group.now.get("akte_id") == str(merge.akte_id):
            found.setdefault(group.model, set()).update(map(str, group.ids))
    return found
