"""What stands against a merge, and against taking it back: the person first, then the state."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.fates import fates
from wurzelwerk.trust.models import Akte, Consent, Grant, PersonLink

from .merge_moving import every, moved_ids, people_tables, source_of
from .merge_sides import Pairs, Side, may_merge
from .models import Accommodation, HouseholdMember, Merge, Person


def check_can_merge(actor: Actor, kept: Side, dropped: Side) -> None:
    """Raise NotAllowed unless both Akten are of one controller and the actor may write whatever comes along."""
    if kept.akte.controller_id != dropped.akte.controller_id or kept.akte.pk == dropped.akte.pk:
        raise NotAllowed(_("Zusammenführen lassen sich nur zwei Akten derselben Stelle."))
    if not (may_merge(actor, kept.akte) and may_merge(actor, dropped.akte)):
        raise NotAllowed(_("Zusammenführen kann nur, wer in beiden Akten schreiben darf."))


def check_pairs(kept: Side, dropped: Side, pairs: Pairs) -> None:
    """Raise BadInput where a pair names somebody else, or one person twice."""
    here, there = {one.pk for one in kept.persons}, {one.pk for one in dropped.persons}
    if not (pairs.keys() <= there and set(pairs.values()) <= here):
        raise BadInput(_("Eine der Personen gehört nicht (mehr) zu diesen Akten."))
    if len(set(pairs.values())) < len(pairs):
        raise BadInput(_("Eine Person kann nur einer anderen entsprechen. Bitte prüfen Sie die Auswahl."))


def hindrances(dropped: Side, kept: Side, *, on: date) -> list[str]:
    """Return what forbids giving up an Akte for another, in sentences; none where nothing does."""
    found = [
        str(fate.sentence)
        for model, fate in fates().items()
        if fate.forbids and every(model).filter(fate.forbids(on), akte=dropped.akte).exists()
    ]
    known = {one.pk for one in dropped.persons}
    if any(row.left_on is None and pk not in known for pk, row in dropped.belongings.items()):
        found.append(_("Ein Kind lebt hier und in einem anderen Haushalt. Tragen Sie zuerst ein, wo es auszieht."))
    if Grant.valid(on=on).filter(akte=dropped.akte).exists():
        found.append(_("Andere haben durch eine Freigabe Einblick in diese Akte."))
    links = PersonLink.objects.filter(Q(from_akte=dropped.akte) | Q(to_akte=dropped.akte), ended_at__isnull=True)
    if links.exists():
        found.append(_("Diese Akte ist mit der einer anderen Stelle verknüpft."))
    if dropped.households != 1 or dropped.cases != 1 or dropped.case is None:
        found.append(
            _("In dieser Akte liegen mehrere Fälle oder Haushalte; das lässt sich nicht auf einmal übernehmen.")
        )
    if dropped.akte.closed_at:
        found.append(_("Diese Akte ist geschlossen."))
    return list(dict.fromkeys([*found, *_of_case(dropped, kept)]))


def _of_case(dropped: Side, kept: Side) -> list[str]:
    if kept.case is None or kept.akte.closed_at:
        return [_("In der anderen Akte gibt es keinen Fall, der alles aufnehmen kann.")]
    if dropped.case and kept.case.service != dropped.case.service:
        return [_("Der Fall der anderen Akte gehört zu einem anderen Dienst.")]
    if dropped.case and kept.case.closed_on and not dropped.case.closed_on:
        return [_("Der Fall der anderen Akte ist abgeschlossen. Öffnen Sie ihn zuerst wieder.")]
    return []


def check_can_merge_persons(actor: Actor, side: Side, kept: Person, dropped: Person) -> None:
    """Raise NotAllowed unless both stand in this Akte and the actor may write whatever is about them."""
    known = {one.pk for one in side.persons}
    if kept.pk == dropped.pk or not {kept.pk, dropped.pk} <= known:
        raise NotAllowed(_("Zusammenführen lassen sich nur zwei Einträge derselben Akte."))
    if not may_merge(actor, side.akte):
        raise NotAllowed(_("Zusammenführen kann nur, wer in dieser Akte schreiben darf."))


def person_hindrances(dropped: Person, kept: Person, side: Side, *, on: date) -> list[str]:
    """Return what forbids giving up one of two entries for the same person, in sentences; none where nothing does."""
    found = []
    signed = Consent.objects.for_system(reason="whose release stands").filter(_valid_release(on), akte=side.akte)
    if signed.filter(Q(subject=dropped.pk) | Q(by_custodian=dropped.pk)).exists():
        found.append(_("Zu diesem Eintrag gibt es eine Freigabe, die gilt oder auf die Unterschrift wartet."))
    if side.case is None or side.cases != 1:
        found.append(_("In dieser Akte liegt nicht genau ein Fall; das lässt sich nicht auf einmal übernehmen."))
    here, there = side.belongings.get(kept.pk), side.belongings.get(dropped.pk)
    elsewhere = HouseholdMember.objects.for_system(reason="who lives in two households").filter(person=dropped)
    if elsewhere.exclude(akte=side.akte).exists():
        found.append(_("Dieser Eintrag gehört noch zu einem anderen Haushalt. Tragen Sie dort zuerst den Auszug ein."))
    if there and there.left_on is None and (here is None or here.left_on):
        found.append(_("Wer bleiben soll, ist ausgezogen. Behalten Sie den Eintrag, der zum Haushalt gehört."))
    return found


def _valid_release(on: date) -> Q:
    forbids = fates()[Consent].forbids
    return forbids(on) if forbids else Q()


def check_no_hindrance(found: Collection[str]) -> None:
    """Raise WrongState with all sentences that speak against it."""
    if found:
        raise WrongState(" ".join(found))


def binding(akte: Akte, *, on: date) -> list[str]:
    """Return the ids of what binds an Akte to others now, with its model: releases, referrals, searches."""
    return [
        f"{model._meta.label} {pk}"
        for model, fate in fates().items()
        if fate.binds and fate.forbids
        for pk in every(model).filter(fate.forbids(on), akte=akte).order_by("pk").values_list("pk", flat=True)
    ]


def may_unmerge(actor: Actor, merge: Merge) -> bool:
    """Say whether the actor may write both Akten as they were."""
    if not may_merge(actor, merge.akte):
        return False
    return merge.is_of_person or may_merge(actor, merge.dropped_akte, merge.dropped_circle_id)


def check_can_unmerge(actor: Actor, merge: Merge, *, on: date) -> None:
    """Raise unless the actor may write both Akten, the merge stands, is the latest, and no later work hangs on it."""
    if not may_unmerge(actor, merge):
        raise NotAllowed(_("Trennen kann nur, wer in beiden Akten schreiben darf."))
    if merge.undone_at:
        raise WrongState(_("Diese Akten sind schon getrennt."))
    later = Merge.objects.for_system(reason="the latest merge is taken back first").filter(
        akte=merge.akte, undone_at__isnull=True
    )
    if later.order_by("pk").last() != merge:
        raise WrongState(_("Danach ist hier noch etwas zusammengeführt worden. Bitte trennen Sie zuerst das."))
    if found := _later_work(merge, on):
        raise WrongState(_("Das lässt sich nicht mehr trennen: %(why)s.") % {"why": "; ".join(found)})


def _later_work(merge: Merge, on: date) -> list[str]:
    found = []
    if set(binding(merge.akte, on=on)) - set(merge.bound):
        found.append(_("seitdem gibt es eine Freigabe, Überweisung, Trennung oder Suche für den gemeinsamen Haushalt"))
    if _moved_house(merge):
        found.append(_("der Haushalt ist seitdem umgezogen"))
    return [*found, *_hanging_on(merge)]


def _moved_house(merge: Merge) -> bool:
    """Whether a later accommodation took the place of one that would be the present one again."""
    ended = {row["id"] for row in merge.changed if row["model"] == "cases.Accommodation" and not row["former"]["until"]}
    moved = moved_ids(merge).get(Accommodation, set())
    homes = Accommodation.objects.for_system(reason="where the household lives now").filter(household=merge.household)
    present = {str(pk) for pk in homes.filter(until__isnull=True).values_list("pk", flat=True)}
    return bool(ended - moved) and bool(present - moved)


def _hanging_on(merge: Merge) -> list[str]:
    """What was written since below something that would go back: a goal to its need, a person in a talk."""
    moved, found = moved_ids(merge), []
    for model, fate in fates().items():
        for column, ids in _parents(model, moved).items():
            rows = every(model).filter(akte=merge.akte, **{f"{column}__in": ids}).exclude(pk__in=moved.get(model, ()))
            if column != fate.person and rows.exists():
                found.append(_("seitdem kam dazu: %(what)s") % {"what": fate.one or model._meta.verbose_name})
    for through, column in people_tables():
        rows = through._default_manager.filter(**{f"{column}__in": moved.get(Person, ())})
        source = through._meta.get_field(source_of(through))
        if rows.exclude(**{f"{source.attname}__in": moved.get(source.related_model, ())}).exists():
            found.append(_("seitdem nahm jemand an einem Gespräch teil, der zurückginge"))
    return list(dict.fromkeys(found))


def _parents(model: type[Model], moved: Mapping[type[Model], Collection[str]]) -> dict[str, Collection[str]]:
    keys = [one for one in model._meta.concrete_fields if one.related_model in moved]
    return {one.attname: moved[one.related_model] for one in keys}  # type: ignore[index]


def pairs_of(merge: Merge) -> dict[UUID, Any]:
    """Return former id -> the one that stands for it: case, household and persons known on both sides."""
    return {UUID(former): UUID(now) for former, now in merge.pairs.items()}
