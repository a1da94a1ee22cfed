"""The guard: a queryset that shows nothing until somebody says for whom, or why.

    Note.objects.visible_to(actor)            what this person may read
    Note.objects.writable_by(actor)           what this person may change
    Note.objects.for_system(reason="…")       everything, for a job that says why

Evaluating an unscoped queryset raises `UnscopedQuery`. Reverse relations (`case.notes.all()`)
are guarded too. Joins into other guarded models (`select_related`, `values("case__…")`,
`order_by("case__…")`) must be declared in the model's `Guard.joins`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Self
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.fields.related_descriptors import ReverseOneToOneDescriptor
from django.db.models.sql.where import AND, OR, WhereNode

from wurzelwerk.base.models import BaseModel

from .actor import Actor
from .among import Among, Known, kept

_validating: ContextVar[bool] = ContextVar("guard_validating", default=False)


class UnscopedQuery(RuntimeError):
    """A guarded queryset was evaluated without saying for whom: a defect, never a person's fault."""


class UndeclaredJoin(RuntimeError):
    """A query reaches into another guarded model without the model declaring it."""


@contextmanager
def validation() -> Iterator[None]:
    """Let Django's uniqueness checks look at all rows; their messages name no row."""
    token = _validating.set(True)
    try:
        yield
    finally:
        _validating.reset(token)


class GuardedQuerySet(models.QuerySet):
    """A queryset that refuses to be evaluated until it is scoped."""

    _scoped_by: str = ""

    def visible_to(self, actor: Actor) -> Self:
        """Return what the actor may read: home circle, or granted, or open to the network."""
        return self._scoped(actor, write=False)

    def writable_by(self, actor: Actor) -> Self:
        """Return what the actor may change."""
        return self._scoped(actor, write=True)

    def for_system(self, *, reason: str) -> Self:
        """Open all rows for a job or a consequence of an allowed action; the reason is for the reader."""
        if not reason.strip():
            raise ValueError("for_system needs a reason")
        clone = self._chain()
        clone._scoped_by = f"system: {reason}"
        return clone

    def among(self, **columns: Collection[UUID]) -> Self:
        """Like `filter(household_id__in=…)` for ids of own columns, without Django's preparation of each value."""
        rows = self
        for name, ids in columns.items():
            rows = rows._where(Among(self._own_column(name), Known(ids)))
        return rows

    def of(self, **ids: UUID) -> Self:
        """Like `filter(case_id=…)` for one id of an own column, at a tenth of the price."""
        return self.among(**{name: (one,) for name, one in ids.items()})

    def sole(self) -> Any:
        """Return the row of which there is at most one, else None: without the order and limit of `first`."""
        return next(iter(self.order_by()), None)

    def _where(self, condition: WhereNode | Among) -> Self:
        """Add a condition on own columns: like `filter`, at a tenth of the price, and refused where that is."""
        self._not_support_combined_queries("filter")
        if self.query.is_sliced:
            raise TypeError("Cannot filter a query once a slice has been taken.")
        clone = self._chain()
        clone.query.where.add(condition, AND)
        return clone

    def _own_column(self, name: str) -> Any:
        return self.model._meta.get_field(name.removesuffix("_id")).get_col(self.query.get_initial_alias())

    def _scoped(self, actor: Actor, *, write: bool) -> Self:
        guard = self.model.Guard
        open_to = None if write else getattr(guard, "open_to", None)
        if open_to:
            clone = self.filter(Q(self._allowed(F, actor, write=write)) | open_to(actor))
        else:
            clone = self._where(self._allowed(self._own_column, actor, write=write))
        clone._scoped_by = "actor"
        return clone

    def opened_in(self, scope: str, actor: Actor) -> Self:
        """Keep the rows in whose Akte the actor may read this other scope too."""
        return self._where(self._allowed(self._own_column, actor, scope=scope))

    def _allowed(
        self, column: Callable[[str], Any], actor: Actor, *, write: bool = False, scope: str = ""
    ) -> WhereNode:
        """In a home circle; or in an Akte granted, where a release alone opened it only as far as it reaches."""
        guard, path = self.model.Guard, self.model.akte_path()
        scope = scope or guard.scope

        def among(name: str, ids: Collection[UUID] | QuerySet) -> Among:
            return Among(column(name), kept(ids, actor))

        allowed = WhereNode([among("circle_id", actor.home_circles(scope, write=write))], connector=OR)
        granted = actor.granted_akten(scope, write=write) if is_granted(self.model) else frozenset()
        if isinstance(granted, QuerySet) or granted:
            opened = WhereNode([among(path, granted)])
            if hasattr(guard, "released_to"):
                beyond = among(path, actor.granted_without_release(scope, write=write))
                opened.add(WhereNode([among(*guard.released_to(actor)), beyond], connector=OR), AND)
            allowed.add(opened, OR)
        return allowed

    # -- refusing ---------------------------------------------------------------------------

    def _demand_scope(self) -> None:
        if not self._scoped_by and not _validating.get():
            raise UnscopedQuery(
                f"{self.model.__name__}: say visible_to(actor), writable_by(actor) or for_system(reason=…)"
            )

    def _clone(self) -> Self:
        clone = super()._clone()
        clone._scoped_by = self._scoped_by
        return clone

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._demand_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._demand_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        if self._result_cache is None:
            self._demand_scope()
        return super().count()

    def exists(self) -> bool:
        if self._result_cache is None:
            self._demand_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._demand_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._demand_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._demand_scope()
        return super().delete()

    def explain(self, *args: Any, **kwargs: Any) -> str:
        self._demand_scope()
        return super().explain(*args, **kwargs)

    def bulk_create(self, objs: Iterable[models.Model], *args: Any, **kwargs: Any) -> list:
        rows = list(objs)
        for row in rows:
            row.take_circle()
        return super().bulk_create(rows, *args, **kwargs)

    def __or__(self, other: Any) -> Self:
        return self._with_scope_of(super().__or__(other), other)

    def __and__(self, other: Any) -> Self:
        return self._with_scope_of(super().__and__(other), other)

    def __xor__(self, other: Any) -> Self:
        return self._with_scope_of(super().__xor__(other), other)

    def _combinator_query(self, combinator: str, *others: Any, **kwargs: Any) -> Self:
        return self._with_scope_of(super()._combinator_query(combinator, *others, **kwargs), *others)

    def _with_scope_of(self, joined: Self, *others: Any) -> Self:
        """What is joined from several is scoped only where each of them is."""
        if not all(getattr(one, "_scoped_by", "") for one in (self, *others)):
            joined._scoped_by = ""
        return joined

    # -- joins ------------------------------------------------------------------------------

    def select_related(self, *fields: Any) -> Self:
        self._check_joins(fields)
        return super().select_related(*fields)

    def prefetch_related(self, *lookups: Any) -> Self:
        self._check_joins(lookups)
        return super().prefetch_related(*lookups)

    def values(self, *fields: Any, **expressions: Any) -> Self:
        self._check_joins(fields, columns=True)
        return super().values(*fields, **expressions)

    def values_list(self, *fields: Any, **kwargs: Any) -> Self:
        self._check_joins(fields, columns=True)
        return super().values_list(*fields, **kwargs)

    def order_by(self, *field_names: Any) -> Self:
        names = [name.lstrip("-") for name in field_names if isinstance(name, str)]
        self._check_joins(names, columns=True)
        return super().order_by(*field_names)

    def _check_joins(self, paths: Iterable[Any], *, columns: bool = False) -> None:
        declared = {"akte", *getattr(self.model.Guard, "joins", ())}  # a row may always name its own folder
        for path in paths:
            if not isinstance(path, str):
                continue
            for reached in guarded_on_the_way(self.model, path, columns=columns):
                if reached not in declared:
                    raise UndeclaredJoin(
                        f"{self.model.__name__}: {path!r} reaches a guarded model; declare {reached!r} in Guard.joins"
                    )


def guarded_on_the_way(model: type[models.Model], path: str, *, columns: bool = False) -> Iterator[str]:
    """Yield the prefixes of a lookup path at which it enters a guarded model of another scope.

    With `columns` a foreign key at the end is the row's own column, not a step into the other.
    """
    scope = getattr(model, "Guard", None) and model.Guard.scope
    walked = []
    parts = path.split("__")
    for place, part in enumerate(parts):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return
        own_column = getattr(field, "concrete", False) and not field.many_to_many
        if field.related_model is None or (own_column and columns and place == len(parts) - 1):
            return
        walked.append(part)
        model = field.related_model
        if hasattr(model, "Guard") and model.Guard.scope != scope:
            yield "__".join(walked)


class GuardedManager(models.Manager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    """The manager of every guarded model, and of its reverse relations."""

    use_in_migrations = False

    def visible_to(self, actor: Actor) -> GuardedQuerySet:
        """Return what the actor may read; the condition is made once a request and then only copied."""
        return self._scoped_once(actor, write=False)

    def writable_by(self, actor: Actor) -> GuardedQuerySet:
        """Return what the actor may change."""
        return self._scoped_once(actor, write=True)

    def visible_beside(self, row: "GuardedModel", actor: Actor) -> GuardedQuerySet:
        """Return what the actor may read in the Akte in which this row lies: `visible_to`, narrowed to the one.

        For a page about one Akte: one circle or one Akte in the condition instead of all that are open to the actor.
        """
        guard = self.model.Guard
        if hasattr(guard, "open_to") or type(self) is not GuardedManager:  # there more stands in the condition
            return self.visible_to(actor).of(**{self.model.akte_path(): row.akte_id})
        if actor.keeps(row.circle_id, guard.scope):
            rows = self.get_queryset().of(circle_id=row.circle_id, **{self.model.akte_path(): row.akte_id})
        elif hasattr(guard, "released_to"):
            return self.visible_to(actor).of(**{self.model.akte_path(): row.akte_id})
        elif is_granted(self.model) and actor.holds_grant(row.akte_id, guard.scope):
            rows = self.get_queryset().of(**{self.model.akte_path(): row.akte_id})
        else:
            rows = self.get_queryset().none()
        rows._scoped_by = "actor"
        return rows

    def _scoped_once(self, actor: Actor, *, write: bool) -> GuardedQuerySet:
        if type(self) is not GuardedManager or self._hints:  # a reverse relation begins with its own filter
            return self.get_queryset()._scoped(actor, write=write)
        key = (self.model, write, self._db)
        if key not in actor.scoped:
            actor.scoped[key] = self.get_queryset()._scoped(actor, write=write)
        return actor.scoped[key]._chain()


class GuardedReverse(ReverseOneToOneDescriptor):
    """`person.residence`: Django would read it by the base manager, past the guard; like every other it is refused."""

    def get_queryset(self, **hints: Any) -> GuardedQuerySet:
        return self.related.related_model.objects.db_manager(hints=hints).all()


def guard_reverse_relations() -> None:
    """Put `GuardedReverse` wherever a model is reached backwards from a one-to-one relation of a guarded one."""
    for model in guarded_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.OneToOneField) and not field.remote_field.hidden:
                setattr(field.related_model, field.remote_field.get_accessor_name(), GuardedReverse(field.remote_field))


class GuardedModel(BaseModel):
    """A sensitive row: it lies in one Akte and carries that Akte's home circle.

    A subclass declares `class Guard: scope = Scope.…; joins = (…)`, and where it needs to `open_to(actor)`: what is
    open without a grant (a Q), `released_to(actor)`: to which rows a grant that rests on releases alone is narrowed
    (a column of ids and which of them), and `granted = False`: no grant of the scope opens these rows.
    """

    akte = models.ForeignKey("trust.Akte", on_delete=models.PROTECT, related_name="+", editable=False)
    circle = models.ForeignKey("trust.Circle", on_delete=models.PROTECT, related_name="+", editable=False)

    objects = GuardedManager()

    Guard: ClassVar[type]

    class Meta:
        abstract = True

    @classmethod
    def akte_path(cls) -> str:
        """The column that names the Akte of a row."""
        return "akte_id"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        is_abstract = "Meta" in cls.__dict__ and getattr(cls.__dict__["Meta"], "abstract", False)
        if not is_abstract and not hasattr(cls, "Guard"):
            raise ImproperlyConfigured(f"{cls.__name__} needs a Guard with a scope")

    def take_circle(self) -> None:
        """Copy the Akte's home circle onto the row."""
        if self.circle_id is None:
            self.circle_id = self.akte.circle_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.take_circle()
        super().save(*args, **kwargs)

    def validate_unique(self, exclude: Any = None) -> None:
        with validation():
            super().validate_unique(exclude=exclude)

    def validate_constraints(self, exclude: Any = None) -> None:
        with validation():
            super().validate_constraints(exclude=exclude)


def is_granted(model: type[models.Model]) -> bool:
    """Say whether a grant of its scope opens a model's rows; some are the home team's alone."""
    return bool(getattr(getattr(model, "Guard", None), "granted", True))


def guarded_models() -> list[type[GuardedModel]]:
    """Return every concrete guarded model of the house."""
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, GuardedModel)]
