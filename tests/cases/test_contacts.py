"""Short contacts: recorded without a name, counted over an open hour, linked, taken back, cleared when they expire."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases import facts
from wurzelwerk.cases.actions import ContactGroup
from wurzelwerk.cases.models import OpenHour, ShortContact
from wurzelwerk.evidence.checks import check_facts
from wurzelwerk.evidence.ledger import standing_facts, void
from wurzelwerk.evidence.models import Fact
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.models import Akte

REASON = "test"


@pytest.fixture
def contact(actor, now):
    """Record a contact; `changes` replace what is typed."""

    def record_it(login: str = "amira", **changes) -> ShortContact:
        said = {"topic": "housing", "language": "tr", "minutes": 10, "channel": "desk", "occurred_at": now} | changes
        return cases.record_contact(by=actor(login), at=now, **said)

    return record_it


def standing() -> list[dict]:
    """The dimensions of the contacts' facts that stand."""
    rows = standing_facts().filter(type=facts.SHORT_CONTACT.code).order_by("recorded_at", "pk")
    return list(rows.values_list("dimensions", flat=True))


def refusal(kind: type[Exception], do) -> tuple[str, str | None]:
    """The sentence of a refusal and its field."""
    with pytest.raises(kind) as refused, transaction.atomic():
        do()
    return refused.value.message, getattr(refused.value, "field", None)


def test_contact_lies_with_the_team_and_its_fact_names_nobody(contact, actor):
    made = contact(line="  fragt nach  dem WBS ")
    assert (made.line, made.line_until) == ("fragt nach dem WBS", date(2026, 6, 8))
    assert made.circle_id in actor("bernd").circles
    fact = Fact.objects.get(type=facts.SHORT_CONTACT.code)
    assert (fact.person_key, fact.household_key, fact.case_key, fact.event) == (None, None, None, made.event)
    assert fact.dimensions == {
        "topic": "housing", "language": "tr", "channel": "desk", "hour": "10", "length": "to_10",
    }  # fmt: skip
    assert (fact.site, check_facts()) == (made.akte.site.code, [])


def test_language_that_nobody_asked_counts_as_such(contact):
    contact(language="", minutes=31)
    assert [(row["language"], row["length"]) for row in standing()] == [("not_asked", "longer")]


def test_a_team_keeps_one_akte_for_all_its_contacts(contact):
    akten = [contact(login).akte_id for login in ("amira", "bernd", "carla", "amira")]
    assert (akten[0], akten[0], len(set(akten))) == (akten[1], akten[3], 2)
    assert Akte.objects.for_system(reason=REASON).filter(subject="contacts").count() == 2


def test_database_refuses_a_second_akte_of_contacts_for_a_team(contact):
    akte = contact().akte
    with pytest.raises(IntegrityError), transaction.atomic():
        Akte.objects.create(controller=akte.controller, site=akte.site, circle=akte.circle, reference="X",
                            subject="contacts", opened_at=akte.opened_at)  # fmt: skip


def test_other_teams_see_nothing(contact, actor):
    contact()
    seen = {login: ShortContact.objects.visible_to(actor(login)).count()
            for login in ("amira", "bernd", "elif", "carla", "goran", "jonas", "katja", "frieda", "lars")}  # fmt: skip
    assert {login for login, number in seen.items() if number} == {"amira", "bernd", "elif"}


@pytest.mark.parametrize("login", ["jonas", "katja", "frieda", "lars"])
def test_only_counselling_records_contacts(contact, login):
    assert refusal(NotAllowed, lambda: contact(login))[0] == "Dazu fehlt Ihnen die Berechtigung."
    assert ShortContact.objects.for_system(reason=REASON).count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topic": "weather"}, "topic"),
        ({"language": "xx"}, "language"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 481}, "minutes"),
        ({"minutes": 10_000}, "minutes"),
        ({"line": "x" * 201}, "line"),
        ({"line": "Rückruf 0231 123456"}, "line"),
        ({"line": "schreibt an a@b.de"}, "line"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(contact, changes, field):
    assert refusal(BadInput, lambda: contact(**changes))[1] == field


def test_time_lies_neither_ahead_nor_too_far_back(contact, now):
    said = [refusal(BadInput, lambda when=when: contact(occurred_at=when))[1]
            for when in (now + timedelta(days=1), now + timedelta(minutes=1), now - timedelta(days=32))]  # fmt: skip
    assert said == ["day", "time", "day"]
    assert contact(occurred_at=now - timedelta(days=31)).line == ""


@pytest.mark.parametrize(
    "broken",
    [
        {"minutes": 0},
        {"minutes": 481},
        {"line": "ohne Ende"},
        {"line_until": date(2026, 6, 1)},
        {"linked_at": "occurred_at"},
    ],
)
def test_database_refuses_what_must_never_be(contact, now, broken):
    rows = ShortContact.objects.for_system(reason=REASON).filter(pk=contact().pk)
    broken = {name: now if value == "occurred_at" else value for name, value in broken.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**broken)


# -- open hours -----------------------------------------------------------------------------------------------------


@pytest.fixture
def open_hour(actor, now):
    """Amira's open hour from eight to ten with three who came about housing and one about work."""

    def record_it(groups=(("housing", 3, 10, "tr"), ("work", 1, 20, "")), **changes) -> OpenHour:
        times = {"starts_at": now - timedelta(hours=2), "ends_at": now} | changes
        return cases.record_open_hour(groups=[ContactGroup(*group) for group in groups], by=actor("amira"), at=now,
                                      **times)  # fmt: skip

    return record_it


def test_open_hour_spreads_its_contacts_evenly(open_hour):
    rows = open_hour().contacts.for_system(reason=REASON).order_by("occurred_at")
    times = [(f"{localtime(row.occurred_at):%H:%M}", row.topic, row.minutes) for row in rows]
    assert times == [
        ("08:00", "housing", 10),
        ("08:30", "housing", 10),
        ("09:00", "work", 20),
        ("09:30", "housing", 10),
    ]
    assert ([row["hour"] for row in standing()], check_facts()) == (["08", "08", "09", "09"], [])


@pytest.mark.parametrize(
    "groups", [[], [("housing", 0, 10, "")], [("housing", 201, 10, "")], [("x", 1, 10, "")], [("housing", 1, 0, "")]]
)
def test_open_hour_without_sense_is_refused_whole(open_hour, groups):
    refusal(BadInput, lambda: open_hour(groups))
    counts = [model.objects.for_system(reason=REASON).count() for model in (OpenHour, ShortContact)]
    assert (counts, standing()) == ([0, 0], [])


def test_open_hour_ends_after_it_began_and_not_ahead(open_hour, now):
    assert refusal(BadInput, lambda: open_hour(ends_at=now - timedelta(hours=2)))[1] == "ends"
    assert refusal(BadInput, lambda: open_hour(ends_at=now + timedelta(minutes=5)))[1] == "ends"


def test_open_hour_is_taken_back_whole(open_hour, actor, now):
    assert cases.take_back_open_hour(open_hour=open_hour(), by=actor("amira"), at=now) == 4
    counts = [model.objects.for_system(reason=REASON).count() for model in (OpenHour, ShortContact)]
    assert (counts, standing(), check_facts()) == ([0, 0], [], [])


# -- taking back ----------------------------------------------------------------------------------------------------


def test_contact_is_taken_back_with_its_own_fact_only(contact, actor, now):
    slip, kept = contact(topic="work"), contact()
    cases.take_back_contact(contact=slip, by=actor("amira"), at=now)
    assert [row.pk for row in ShortContact.objects.visible_to(actor("amira"))] == [kept.pk]
    assert ([row["topic"] for row in standing()], check_facts()) == (["housing"], [])


def test_contact_is_taken_back_by_its_author_on_the_same_day_only(contact, actor, now):
    made = contact()
    for login in ("bernd", "carla"):
        refusal(NotAllowed, lambda login=login: cases.take_back_contact(contact=made, by=actor(login), at=now))
    refusal(WrongState, lambda: cases.take_back_contact(contact=made, by=actor("amira"), at=now + timedelta(days=1)))
    assert len(standing()) == 1


def test_voiding_names_a_case_or_an_event(now, db):
    with pytest.raises(ValueError, match="by its case or by its event"):
        void(facts.SHORT_CONTACT, at=now)


# -- linking --------------------------------------------------------------------------------------------------------


def test_contact_is_linked_when_the_person_returns_and_unlinked(contact, open_household, actor, now):
    made, case = contact(), open_household()
    cases.link_contact(contact=made, case=case, by=actor("bernd"), at=now)
    made.refresh_from_db()
    assert (made.case_id, made.linked_by.username, check_facts()) == (case.pk, "bernd", [])
    refusal(WrongState, lambda: cases.link_contact(contact=made, case=case, by=actor("amira"), at=now))
    refusal(WrongState, lambda: cases.take_back_contact(contact=made, by=actor("amira"), at=now))
    cases.unlink_contact(contact=made, by=actor("amira"), at=now)
    assert (ShortContact.objects.visible_to(actor("amira")).get().case_id, check_facts()) == (None, [])
    refusal(WrongState, lambda: cases.unlink_contact(contact=made, by=actor("amira"), at=now))


def test_contact_is_not_linked_to_what_is_foreign_closed_or_long_ago(contact, open_household, actor, now):
    made, own, foreign = contact(), open_household(), open_household("carla")
    refusal(NotAllowed, lambda: cases.link_contact(contact=made, case=foreign, by=actor("amira"), at=now))
    refusal(NotAllowed, lambda: cases.link_contact(contact=made, case=own, by=actor("carla"), at=now))
    later = now + timedelta(days=91)
    refusal(WrongState, lambda: cases.link_contact(contact=made, case=own, by=actor("amira"), at=later))
    cases.close_case(case=own, by=actor("amira"), at=now)
    refusal(WrongState, lambda: cases.link_contact(contact=made, case=own, by=actor("amira"), at=now))
    assert ShortContact.objects.visible_to(actor("amira")).get().case_id is None


# -- expiry ---------------------------------------------------------------------------------------------------------


def test_line_is_cleared_after_its_last_day_and_the_contact_stays(contact, now):
    contact(line="fragt nach dem WBS"), contact(line="später", occurred_at=now - timedelta(days=1)), contact()
    house = Actor.system("nightly")
    last = now + timedelta(days=90)
    cleared = [cases.clear_contact_lines(by=house, at=at) for at in (now, last, last, last + timedelta(days=1))]
    assert cleared == [0, 1, 0, 1]
    rows = ShortContact.objects.for_system(reason=REASON)
    assert ([(row.line, row.line_until) for row in rows], check_facts()) == ([("", None)] * 3, [])


def test_only_the_house_clears_lines(contact, actor, now):
    refusal(NotAllowed, lambda: cases.clear_contact_lines(by=actor("elif"), at=now))
