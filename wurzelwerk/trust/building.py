"""What was built on Akten since they were opened: asked before something that many rows came with is taken back."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import camel_case_to_spaces
from django.utils.translation import gettext as _

from wurzelwerk.evidence.bulk import ASKED_AT_ONCE, About, keys_recorded_since

from .fates import fates
from .guard import GuardedModel, guarded_models
from .models import Akte, Grant, PersonLink, Pseudonym

REASON = "what stands against taking back"


def built_on(
    akten: Collection[UUID], *, since: datetime, but: Collection[type[GuardedModel]] = ()
) -> dict[UUID, tuple[str, ...]]:
    """Return Akte -> what lies in it that did not come with it, in German; Akten with nothing are left out.

    `but`: models of which rows came with the Akten themselves; what became of these since is told by the facts.
    """
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    every = list(akten)
    for start in range(0, len(every), ASKED_AT_ONCE):
        for akte, what in _in_part(every[start : start + ASKED_AT_ONCE], since, {*but, Akte}):
            found[akte][what] = None
    return {akte: tuple(what) for akte, what in found.items()}


def _in_part(akten: list[UUID], since: datetime, but: set[type]) -> Iterator[tuple[UUID, str]]:
    for model in guarded_models():
        if model not in but:
            rows = model.objects.for_system(reason=REASON).among(akte_id=akten).order_by()
            for akte in rows.values_list("akte_id", flat=True).distinct():
                yield akte, called(model)
    for akte in Grant.objects.filter(akte_id__in=akten).values_list("akte_id", flat=True).distinct():
        yield akte, _("Freigabe")
    for one, other in PersonLink.objects.filter(Q(from_akte_id__in=akten) | Q(to_akte_id__in=akten)).values_list(
        "from_akte_id", "to_akte_id"
    ):
        yield from ((akte, _("Verknüpfung mit einer anderen Stelle")) for akte in (one, other) if akte in akten)
    rows = Akte.objects.for_system(reason=REASON).filter(pk__in=akten).exclude(received=0, merged_into__isnull=True)
    yield from ((akte, _("Zusammenführung")) for akte in rows.values_list("pk", flat=True))
    keys = dict(Pseudonym.objects.filter(akte_id__in=akten).values_list("key", "akte_id"))
    yield from ((keys[key], _("Änderung")) for key in sorted(keys_recorded_since(about_akten(akten), since=since)))


def about_akten(akten: Collection[UUID]) -> About:
    """Return under which pseudonyms facts about what lies in these Akten are."""
    found: dict[str, list[UUID]] = defaultdict(list)
    for part in _parts(akten):
        for key, kind in Pseudonym.objects.filter(akte_id__in=part).values_list("key", "kind"):
            found[kind].append(key)
    kinds = Pseudonym.Kind
    return About(persons=found[kinds.PERSON], households=found[kinds.HOUSEHOLD], cases=found[kinds.CASE])


def called(model: type[models.Model]) -> str:
    """Say what a row is called in German; a model that nobody gave a name is "ein anderer Eintrag"."""
    fate = fates().get(model)
    given = (fate and (fate.one or fate.many)) or model._meta.verbose_name
    return str(given) if str(given) != camel_case_to_spaces(model.__name__) else _("ein anderer Eintrag")


def pointed_at(
    model: type[models.Model], ids: Collection[UUID], *, but: Collection[type[models.Model]] = ()
) -> dict[UUID, tuple[str, ...]]:
    """Return id -> what else in the house points at these rows, in German; rows at which nothing does are left out.

    `but`: models of which rows came with them.
    """
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    for field in model._meta.get_fields(include_hidden=True):
        if not field.auto_created or field.concrete or field.related_model in but:
            continue
        if field.one_to_many or field.one_to_one:
            name = field.field.attname
            for part in _parts(ids):
                rows = _all_of(field.related_model).filter(**{f"{name}__in": part}).order_by()
                for pk in rows.values_list(name, flat=True).distinct():
                    found[pk][called(field.related_model)] = None
    return {pk: tuple(what) for pk, what in found.items()}


def prints(model: type[models.Model], ids: Collection[UUID]) -> dict[UUID, str]:
    """Return id -> a print of all that stands in the row, to tell later whether somebody changed it."""
    key, names = settings.SECRET_KEY.encode()[:64], [field.attname for field in model._meta.concrete_fields]
    found: dict[UUID, str] = {}
    for part in _parts(ids):
        for row in _all_of(model).filter(pk__in=part).order_by().values_list("pk", *names):
            found[row[0]] = hashlib.blake2b(repr(row).encode(), key=key, digest_size=16).hexdigest()
    return found


def _all_of(model: type[models.Model]) -> models.QuerySet:
    return model.objects.for_system(reason=REASON) if hasattr(model, "Guard") else model._base_manager.all()


def _parts(ids: Collection[UUID]) -> Iterator[list[UUID]]:
    every = list(ids)
    yield from (every[start : start + ASKED_AT_ONCE] for start in range(0, len(every), ASKED_AT_ONCE))


def delete_akten(akten: Collection[UUID], *, holding: Collection[type[GuardedModel]] = ()) -> None:
    """Delete Akten with everything in them; the caller asked what stands against it, and voids the facts.

    `holding`: the models of which alone rows lie in them, as far as that was asked; a row of another is an error then.
    """
    every = list(akten)
    models = [model for model in holding or guarded_models() if model is not Akte]
    for start in range(0, len(every), ASKED_AT_ONCE):
        part = every[start : start + ASKED_AT_ONCE]
        Pseudonym.objects.filter(akte_id__in=part).delete()
        for model in models:
            rows = model.objects.for_system(reason="the Akte is deleted").among(akte_id=part).order_by()
            rows._raw_delete(rows.db)
        akten_rows = Akte.objects.for_system(reason="the Akte is deleted").filter(pk__in=part).order_by()
        akten_rows._raw_delete(akten_rows.db)
