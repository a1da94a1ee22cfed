"""Two Akten of one family, and all tables of the house as they stand."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData, ResidenceData
from wurzelwerk.cases.models import Case, Household
from wurzelwerk.evidence.ledger import standing_facts
from wurzelwerk.housing import actions as housing
from wurzelwerk.housing.actions import ProfileData
from wurzelwerk.pathways import actions as pathways
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import guarded_models

LEFT_OUT = {"Fact", "Merge", "ReferenceCounter", "SubmittedForm", "Circle"}
WAY = ("profile", "ended")


def twice(second: bool) -> list[MemberData]:
    """The same family as two colleagues wrote it down; the second time a cousin was there, and a telephone less."""
    if not second:
        return [
            MemberData("Samira", "Al-Khatib", date(1990, 5, 4), "self", phone="0231 000111", benefit_unit=1,
                       languages=("ar",), needs_interpreter=True),
            MemberData("Lina", "Al-Khatib", date(2014, 9, 30), "child", benefit_unit=1),
            MemberData("Yusuf", "Al-Khatib", None, "partner"),
        ]  # fmt: skip
    return [
        MemberData("Samira", "Al Khatib", date(1990, 5, 4), "self", email="samira@example.org", benefit_unit=1,
                   languages=("ar", "fr"), residence=ResidenceData(basis="eu")),
        MemberData("Lina", "Al-Khatib", date(2014, 9, 30), "child", benefit_unit=2),
        MemberData("Rami", "Haddad", date(1999, 1, 2), "other_relative", benefit_unit=2, languages=("ar",),
                   residence=ResidenceData(basis="as_printed", as_printed="Duldung")),
    ]  # fmt: skip


def household_of(case: Case) -> Household:
    return Household.objects.for_system(reason="test").select_related("akte").get(akte=case.akte)


def work_on(case: Case, by: Actor, at: datetime, word: str) -> None:
    """Something of everything that is written down about a household."""
    household = household_of(case)
    members = [row.person_id for row in household.members.visible_to(by)]
    cases.set_accommodation(
        household=household, kind="transitional", street=f"{word}weg 1", since=date(2026, 1, 5), by=by, at=at
    )
    cases.set_accommodation(
        household=household, kind="own_flat", street=f"{word}weg 2", since=date(2026, 2, 1), by=by, at=at
    )
    cases.set_economy(household=household, income_kinds=["sgb2"], monthly_net=Decimal(1000 + len(word)), by=by, at=at)
    housing.keep_profile(
        household=household, profile=ProfileData(persons=3, benefit_persons=2, draws_benefits=True), by=by, at=at
    )
    for number, participants in enumerate(([], members[:2], members)):
        cases.write_note(case=case, kind="talk", theme="housing", text=f"{word} {number}", occurred_at=at - timedelta(days=number),
                         participants=participants, by=by, at=at)  # fmt: skip
    need = cases.note_need(case=case, kind="housing", text=word, by=by, at=at)
    cases.meet_need(need=cases.note_need(case=case, kind="work", by=by, at=at), by=by, at=at)
    goal = cases.agree_goal(need=need, text=word, by=by, at=at)
    cases.plan_step(goal=goal, text=word, by=by, at=at)
    cases.complete_task(task=cases.set_task(case=case, title=word, due_on=at.date(), by=by, at=at), by=by, at=at)
    cases.make_appointment(case=case, kind="phone", starts_at=at, ends_at=at + timedelta(hours=1), by=by, at=at)
    journey = pathways.start_journey(case=case, pathway="housing", by=by, at=at)
    for stage in WAY:
        pathways.advance(journey=journey, to=stage, by=by, at=at)
    contact = cases.record_contact(topic="housing", minutes=5, channel="desk", occurred_at=at, by=by, at=at)
    cases.link_contact(contact=contact, case=case, by=by, at=at)


def dump() -> dict[str, dict[Any, dict]]:
    """Every row of every table of the house, apart from what is only ever added."""
    models = [
        model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("wurzelwerk")
    ]
    found = {}
    for model in models:
        if model.__name__ not in LEFT_OUT:
            rows = model._base_manager.order_by("pk").values() if model not in guarded_models() else every(model)
            found[model._meta.label] = {row[model._meta.pk.attname]: row for row in rows}
    return found


def every(model) -> Any:
    return model.objects.for_system(reason="test").order_by("pk").values()


def counted() -> list[tuple]:
    """What counts in the ledger, apart from the merge's own facts."""
    columns = (
        "event",
        "type",
        "occurred_on",
        "person_key",
        "household_key",
        "case_key",
        "controller",
        "programme",
        "site",
    )
    rows = standing_facts().exclude(type__startswith="cases.households_")
    return sorted(
        str((*row, sorted(dimensions.items()))) for *row, dimensions in rows.values_list(*columns, "dimensions")
    )
