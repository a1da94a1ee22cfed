"""One household by the bulk actions leaves the same rows and facts as one by the single actions."""

from datetime import date
from typing import Any

import pytest

from wurzelwerk.base.ids import new_id
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.models import PersonKeys
from wurzelwerk.counselling.actions import AccommodationData, IntakeData, take_in
from wurzelwerk.counselling.bulk_actions import ListedHousehold, take_in_households
from wurzelwerk.evidence.checks import check_facts
from wurzelwerk.evidence.models import Fact
from wurzelwerk.trust.guard import guarded_models
from wurzelwerk.trust.models import Akte, Pseudonym

MEMBERS = (
    MemberData("Samira", "Al-Khatib", date(1990, 5, 4), "self", phone="0231 000111", languages=("ar", "de"),
               needs_interpreter=True, contact_rule="no_calls", contact_hint="nur vormittags", original_name="سميرة"),
    MemberData("Yusuf", "Al-Khatib", date(1988, 1, 1), "partner", birth_known="year", email="y@example.org"),
)  # fmt: skip
HOME = {"kind": "emergency", "street": "Beispielweg 1", "postcode": "44145", "city": "Dortmund"}
IDS = {"id", "akte", "akte_id", "circle", "event", "key", "reference", "subject"}


def plain(row: Any, names: dict) -> dict[str, Any]:
    """A row without its ids; what it refers to by the order in which it was met."""
    found = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name not in IDS:
            found[field.attname] = names.setdefault(value, len(names)) if field.is_relation and value else value
    return found


def written(akte: Akte) -> dict[str, list]:
    """Everything that lies in an Akte, and the facts about it."""
    rows: dict[str, list] = {}
    for model in guarded_models():
        key = {"pk": akte.pk} if model is Akte else {"akte": akte}
        order = "keys" if model is PersonKeys else "pk"
        rows[model.__name__] = [
            plain(row, {}) for row in model.objects.for_system(reason="test").filter(**key).order_by(order)
        ]
    keys = dict(Pseudonym.objects.filter(akte=akte).values_list("key", "kind"))
    facts = Fact.objects.filter(case_key__in=keys) | Fact.objects.filter(household_key__in=keys)
    return rows | {
        "pseudonyms": sorted(keys.values()),
        "facts": sorted(
            (fact.type, fact.occurred_on, fact.recorded_at, keys.get(fact.person_key), keys.get(fact.household_key),
             keys.get(fact.case_key), fact.controller, fact.programme, fact.site, str(sorted(fact.dimensions.items())))
            for fact in facts
        ),
        "events": sorted(facts.values_list("type", "event").distinct().values_list("type", flat=True)),
    }  # fmt: skip


@pytest.mark.parametrize("home", [None, HOME], ids=["without home", "with home"])
def test_one_by_bulk_is_one_by_the_single_action(actor, now, home):
    by = actor("amira")
    intake = IntakeData(MEMBERS, AccommodationData(**home) if home else None)
    household, _case = take_in(intake=intake, by=by, at=now)
    one = ListedHousehold(new_id(), tuple((new_id(), member) for member in MEMBERS), home)
    [akte], event = take_in_households(households=[one], by=by, at=now)
    assert written(Akte.objects.visible_to(by).get(pk=akte)) == written(household.akte)
    opened = Fact.objects.filter(type="trust.akte_opened").order_by("pk")
    assert [plain(fact, {}) for fact in opened.filter(event=event)] == [plain(opened[0], {})]
    assert check_facts() == []


def test_references_of_many_follow_one_another(actor, now):
    by = actor("amira")
    many = [ListedHousehold(new_id(), ((new_id(), MEMBERS[0]),)) for _ in range(3)]
    akten, _event = take_in_households(households=many, by=by, at=now)
    found = [Akte.objects.visible_to(by).get(pk=pk).reference for pk in akten]
    assert found == ["STADT-2026-00001", "STADT-2026-00002", "STADT-2026-00003"]
