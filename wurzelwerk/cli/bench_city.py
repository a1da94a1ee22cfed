"""A city of any size for `bench desk`: bulk rows that obey every constraint of the tables.

About 4.2 people a household; teams grow with the city from some 800 to some 2,500 households, but one, of twenty
people, is the same in every city; one person leads them all, another the twenty; some three hundred households are
referred to a housing enterprise, which does not grow with the city. Everything is invented and the same each time,
counted from the day on which the city is built.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, models, transaction

from wurzelwerk.base import clock
from wurzelwerk.base.bulk import insert
from wurzelwerk.base.ids import new_id, random_key
from wurzelwerk.cases import models as cases
from wurzelwerk.cli.demo.cast import raise_network
from wurzelwerk.evidence.models import Fact
from wurzelwerk.network.models import Membership, Organisation, Programme, Site, User
from wurzelwerk.pathways.models import Journey, Move
from wurzelwerk.trust import models as trust
from wurzelwerk.trust.circles import person_circle, team_circle
from wurzelwerk.trust.scopes import Scope

PEOPLE_A_HOUSEHOLD = 4.2
CASES_A_COUNSELLOR = 60
TWENTY = 20  # people of the team that does not grow
REFERRED = 400  # a quarter of them is closed again
LEAD, LEAD_OF_TWENTY, COUNSELLOR, SCOUT = "bench-lead", "bench-lead-twenty", "bench-counsellor-1-1", "jonas"
BATCH = 2_000
SYLLABLES = [one + two for one in "ABDFGHJKLMNPRSTZ" for two in "aeiou"]
ENDINGS = ("di", "mann", "ic", "oglu", "escu", "enko", "ova", "ri", "tas", "zade")
FREQUENT_GIVEN = (
    "Mohammed", "Ahmad", "Fatima", "Ali", "Maria", "Yusuf", "Hasan", "Amina", "Ivan", "Elena", "Omar", "Aisha",
    "Hussein", "Layla", "Ibrahim", "Mustafa", "Sara", "Anna", "Olena", "Oleksandr", "Mariam", "Khaled", "Nour",
    "Abdullah", "Ayşe", "Mehmet", "Zeynep", "Ion", "Andrei", "Georgi", "Danuta", "Selam", "Natalia", "Amira",
)  # fmt: skip
FREQUENT_FAMILY = (
    "Al-Khatib", "Hassan", "Ahmad", "Ali", "Yılmaz", "Demir", "Kaya", "Popescu", "Ivanov", "Petrov", "Shevchenko",
    "Kovalenko", "Nguyen", "Haddad", "Rahimi", "Müller",
)  # fmt: skip
SIZES = (1, 2, 3, 4, 4, 5, 5, 5, 6, 7)  # mean 4.2


@dataclass
class Team:
    """A site with its circle and the people who work there."""

    site: Site
    circle: trust.Circle
    counsellors: list[User]


@dataclass
class City:
    """What every household of the city refers to."""

    controller: Organisation
    receiver: Organisation
    receiver_circle: trust.Circle
    scout: User
    programmes: list[Programme]
    twenty: Team
    teams: list[Team]
    households_of_twenty: int
    referral_step: int
    today: date
    dice: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - invented people


def build_city(people: int) -> None:
    """Fill the present (migrated, empty) database with a city of about so many people."""
    raise_network(password=None)
    households = round(people / PEOPLE_A_HOUSEHOLD)
    with transaction.atomic():
        city = _raise_city(households)
        User.objects.update(date_joined=clock.now() - timedelta(days=365))  # nobody is on their first day
    for start in range(0, households, BATCH):
        _insert_batch(city, range(start, min(start + BATCH, households)))
    with connection.cursor() as cursor:
        for further in connection.ops.sequence_reset_sql(no_style(), [cases.PersonKeys]):  # their ids are counted here
            cursor.execute(further)
        cursor.execute("ANALYZE")


# -- the network -----------------------------------------------------------------------------------------------------


def team_count(households: int) -> int:
    """How many teams a city of this size has: teams grow with the city, slower than their number."""
    return max(3, round((households / 1_000) ** 0.75 * 1.6))


def _raise_city(households: int) -> City:
    controller = Organisation.objects.get(code="stadt")
    receiver = Organisation.objects.get(code="ankerplatz")
    of_twenty = min(TWENTY * CASES_A_COUNSELLOR, households // 2)
    size = max(1, round((households - of_twenty) / team_count(households) / CASES_A_COUNSELLOR))
    twenty = _raise_team(controller, 0, TWENTY)
    teams = [_raise_team(controller, number, size) for number in range(1, team_count(households) + 1)]
    _raise_lead(LEAD, [twenty, *teams])
    _raise_lead(LEAD_OF_TWENTY, [twenty])
    return City(
        controller=controller,
        receiver=receiver,
        receiver_circle=team_circle(organisation=receiver),
        scout=User.objects.get(username=SCOUT),
        programmes=list(Programme.objects.all()),
        twenty=twenty,
        teams=teams,
        households_of_twenty=of_twenty,
        referral_step=max(1, households // REFERRED),
        today=clock.today(),
    )


def _raise_lead(login: str, teams: list[Team]) -> None:
    lead = _user(login, "Lea", f"Leitung {len(teams):03d}")
    for team in teams:
        _join(lead, team.site, "team_lead")
    person_circle(organisation=teams[0].site.organisation, user=lead)


def _raise_team(controller: Organisation, number: int, size: int) -> Team:
    site = Site.objects.create(organisation=controller, code=f"bench-{number}", name=f"Anlaufstelle {number:03d}")
    circle = team_circle(organisation=controller, site=site)
    people = [_user(f"bench-counsellor-{number}-{n}", f"Kim {n}", f"Probe {number}") for n in range(1, size + 1)]
    for person in people:
        _join(person, site, "counsellor")
    return Team(site, circle, people)


def _user(login: str, given: str, family: str) -> User:
    return User.objects.create(username=login, first_name=given, last_name=family, password="!")  # noqa: S106


def _join(user: User, site: Site, role: str) -> None:
    Membership.objects.create(
        user=user, organisation=site.organisation, site=site, role=role, valid_from=date(2020, 1, 1)
    )


# -- households ------------------------------------------------------------------------------------------------------


def _insert_batch(city: City, numbers: range) -> None:
    rows: dict[type[models.Model], list[dict[str, Any]]] = {}
    for number in numbers:
        for model, values in _household(city, number):
            rows.setdefault(model, []).append(values)
    with transaction.atomic():
        for model, values in rows.items():
            insert(model, values)


def _name(dice: random.Random) -> str:
    return dice.choice(SYLLABLES) + dice.choice(SYLLABLES).lower() + dice.choice(ENDINGS)


def _given(dice: random.Random) -> str:
    """A given name; every fourth is one of the frequent ones, and of these the first are by far the most frequent."""
    if dice.random() < 0.25:
        return FREQUENT_GIVEN[min(int(dice.expovariate(0.15)), len(FREQUENT_GIVEN) - 1)]
    return _name(dice)


def _family(dice: random.Random) -> str:
    return dice.choice(FREQUENT_FAMILY) if dice.random() < 0.1 else _name(dice)


def _in_charge(city: City, number: int) -> tuple[Team, User]:
    """The first households are those of the twenty; the others go round."""
    if number < city.households_of_twenty:
        return city.twenty, city.twenty.counsellors[number % TWENTY]
    turn, at = divmod(number - city.households_of_twenty, len(city.teams))
    team = city.teams[at]
    return team, team.counsellors[turn % len(team.counsellors)]


def _household(city: City, number: int) -> Iterator[tuple[type[models.Model], dict[str, Any]]]:
    """Yield (model, values) of everything that lies in one household's Akte."""
    dice, today, (team, lead) = city.dice, city.today, _in_charge(city, number)
    opened = today - timedelta(days=1 + number * 7919 % 1_500)
    at = datetime(opened.year, opened.month, opened.day, 9, tzinfo=UTC)
    akte, name = new_id(), _family(dice)
    inside = {"akte_id": akte, "circle_id": team.circle.pk}
    household, case = new_id(), new_id()
    closed = opened + timedelta(days=dice.randrange((today - opened).days + 1)) if number % 4 == 3 else None
    yield trust.Akte, {
        "id": akte, "circle_id": team.circle.pk, "controller_id": city.controller.pk, "site_id": team.site.pk,
        "reference": f"BENCH-{opened.year}-{number:07d}", "subject": "household", "opened_at": at,
    }  # fmt: skip
    yield cases.Household, {"id": household, "name": name, "formed_at": at, **inside}
    yield from _people(dice, household, name, opened, inside, first=number * max(SIZES) + 1)
    yield cases.Case, {
        "id": case, "service": "counselling", "lead_id": lead.pk, "opened_on": opened, "closed_on": closed,
        "programme_id": dice.choice(city.programmes).pk if number % 3 else None,
        "last_contact_on": closed or opened + timedelta(days=dice.randrange((today - opened).days + 1)), **inside,
    }  # fmt: skip
    yield cases.CaseParty, {"id": new_id(), "case_id": case, "role": "client", "household_id": household, **inside}
    yield from _pseudonyms("household", household, akte)
    yield from _pseudonyms("case", case, akte)
    yield from _circumstances(dice, household, opened, inside)
    yield from _work(city, case, lead.pk, at, closed, inside)
    yield from _journey(dice, case, lead.pk, at, closed, inside)
    if number % city.referral_step == 0 and closed is None:
        yield from _referral(city, case, household, lead.pk, at, inside)


def _people(dice, household: UUID, name: str, day: date, inside: dict, *, first: int) -> Iterator:
    for position in range(dice.choice(SIZES)):
        person = new_id()
        adult = position < 2
        born = date(1960 + dice.randrange(40), 1, 1) if adult else date(2009 + dice.randrange(16), 1, 1)
        about = {
            "given_name": _given(dice), "family_name": name,
            "birth_date": min(born + timedelta(days=dice.randrange(365)), day),
            "phone": f"0176 {first:08d}" if position == 0 else "",
        }  # fmt: skip
        yield cases.Person, {"id": person, **about, **inside}
        keys = cases.PersonKeys.of_person(cases.Person(**about)).keys
        yield cases.PersonKeys, {"id": first + position, "person_id": person, "keys": keys, **inside}
        yield cases.HouseholdMember, {
            "id": new_id(), "household_id": household, "person_id": person, "position": position, "benefit_unit": 1,
            "relation": ("self", "partner")[position] if adult else "child", "joined_on": day, **inside,
        }  # fmt: skip
        if adult:
            yield cases.PersonLanguage, {"id": new_id(), "person_id": person, "code": "ar", **inside}
        yield from _pseudonyms("person", person, inside["akte_id"])


def _pseudonyms(kind: str, subject: UUID, akte: UUID) -> Iterator:
    yield trust.Pseudonym, {"id": new_id(), "key": random_key(), "kind": kind, "subject": subject, "akte_id": akte}


def _circumstances(dice, household: UUID, day: date, inside: dict) -> Iterator:
    district = dice.choice(("hafen", "nordmarkt", "borsigplatz", "eving", "hoerde", "mengede", "scharnhorst"))
    yield cases.Accommodation, {
        "id": new_id(), "household_id": household, "kind": "transitional",
        "street": f"Beispielstraße {dice.randrange(200)}", "postcode": "44145", "city": "Dortmund",
        "district_id": district, "since": day, **inside,
    }  # fmt: skip
    yield cases.EconomicSituation, {
        "id": new_id(), "household_id": household, "income_kinds": ["sgb2"], **inside,
    }  # fmt: skip


def _work(city: City, case: UUID, lead: UUID, at: datetime, closed: date | None, inside: dict) -> Iterator:
    dice, today = city.dice, city.today
    span = ((closed or today) - at.date()).days + 1
    for _ in range(4):
        when = at + timedelta(days=dice.randrange(span))
        yield cases.Note, {
            "id": new_id(), "case_id": case, "kind": "conversation", "theme": "housing", "occurred_at": when,
            "minutes": 30, "text": "Gespräch über den Stand der Wohnungssuche.", "author_id": lead, "written_at": when,
            **inside,
        }  # fmt: skip
    need = new_id()
    yield cases.Need, {"id": need, "case_id": case, "kind": "housing", "urgency": 1, "noted_on": at.date(), **inside}
    goal = new_id()
    yield cases.Goal, {"id": goal, "need_id": need, "text": "Eine eigene Wohnung", "agreed_on": at.date(), **inside}
    yield cases.Step, {
        "id": new_id(), "goal_id": goal, "text": "WBS beantragen", "assignee_id": lead,
        "due_on": today + timedelta(days=dice.randrange(-20, 60)), **inside,
    }  # fmt: skip
    if closed is None:
        due = today + timedelta(days=dice.randrange(-20, 60))
        yield cases.Task, {
            "id": new_id(), "case_id": case, "title": "Unterlagen nachreichen", "due_on": due, "assignee_id": lead,
            "made_at": at, **inside,
        }  # fmt: skip
        first = datetime(today.year, today.month, today.day, 8, tzinfo=UTC) - timedelta(days=10)
        starts = first + timedelta(minutes=30 * dice.randrange(2_000))
        yield cases.Appointment, {
            "id": new_id(), "case_id": case, "kind": "consultation", "starts_at": starts, "host_id": lead,
            "ends_at": starts + timedelta(minutes=30), **inside,
        }  # fmt: skip


def _journey(dice, case: UUID, lead: UUID, at: datetime, closed: date | None, inside: dict) -> Iterator:
    journey, stage = new_id(), dice.choice(("clarify", "profile", "searching", "viewing"))
    yield Journey, {
        "id": journey, "case_id": case, "pathway": "housing", "stage": "ended" if closed else stage,
        "since": closed or at.date(), "started_on": at.date(), "ended_on": closed, **inside,
    }  # fmt: skip
    yield Move, {
        "id": new_id(), "journey_id": journey, "to_stage": stage, "moved_at": at, "moved_by_id": lead, **inside,
    }  # fmt: skip
    yield Fact, {
        "id": new_id(), "type": "cases.opened", "occurred_on": at.date(), "recorded_at": at, "controller": "stadt",
    }  # fmt: skip


def _referral(city: City, case: UUID, household: UUID, lead: UUID, at: datetime, inside: dict) -> Iterator:
    """An accepted referral: an own Akte and case of the receiver, and what was opened to it."""
    own, referral = new_id(), new_id()
    there = {"akte_id": own, "circle_id": city.receiver_circle.pk}
    yield trust.Akte, {
        "id": own, "circle_id": city.receiver_circle.pk, "controller_id": city.receiver.pk, "subject": "household",
        "reference": f"BENCH-R-{own.hex}", "opened_at": at,
    }  # fmt: skip
    yield cases.Case, {
        "id": new_id(), "service": "housing", "lead_id": city.scout.pk, "opened_on": at.date(),
        "last_contact_on": at.date(), **there,
    }  # fmt: skip
    yield cases.Referral, {
        "id": referral, "case_id": case, "household_id": household, "receiver_id": city.receiver.pk,
        "purpose": "housing", "persons": 4, "state": "accepted", "sent_at": at, "sent_by_id": lead,
        "answered_at": at, "answered_by_id": city.scout.pk, "receiver_akte_id": own, **inside,
    }  # fmt: skip
    for scope in (Scope.REGISTER, Scope.CONTACT, Scope.SEARCH_PROFILE, Scope.PATHWAY, Scope.REFERRAL):
        yield trust.Grant, {
            "id": new_id(), "akte_id": inside["akte_id"], "circle_id": city.receiver_circle.pk, "scope": scope.value,
            "purpose": "housing", "basis": "consent", "because": referral, "valid_from": at.date(), "granted_at": at,
        }  # fmt: skip
