"""`visible_to` against a small model, in random worlds of controllers, teams, Akten and grants."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wurzelwerk.cases.models import Case, Note, Person
from wurzelwerk.network.models import Membership, Organisation, Site, User
from wurzelwerk.trust import actor as actors
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.circles import person_circle, role_circle, team_circle
from wurzelwerk.trust.models import Akte, Grant
from wurzelwerk.trust.roles import ROLES
from wurzelwerk.trust.scopes import Form, Scope

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
BODIES, SITES, PEOPLE, FOLDERS = 2, 2, 3, 4
SCOPES = [Scope.CONTACT, Scope.JOURNAL, Scope.REGISTER]
MODELS = {Scope.CONTACT: Person, Scope.JOURNAL: Note, Scope.REGISTER: Case}

places = st.tuples(st.integers(0, BODIES - 1), st.none() | st.integers(0, SITES - 1))
memberships = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), places, st.sampled_from(sorted(ROLES)), st.integers(-1, 1)), max_size=6
)
circles = st.one_of(
    st.tuples(st.just("team"), places),
    st.tuples(st.just("role"), st.integers(0, BODIES - 1), st.sampled_from(sorted(ROLES))),
    st.tuples(st.just("person"), st.integers(0, BODIES - 1), st.integers(0, PEOPLE - 1)),
)
grants = st.lists(
    st.tuples(
        st.integers(0, FOLDERS - 1), circles, st.sampled_from(SCOPES), st.sampled_from(Form.values), st.integers(-2, 2)
    ),
    max_size=6,
)


def in_circle(person: int, circle, world_memberships) -> set[str]:
    """Roles under which a person belongs to a circle: the model, in a few lines."""
    held = [(place, role) for who, place, role, since in world_memberships if who == person and since <= 0]
    match circle:
        case ("team", (body, None)):
            return {role for (b, _), role in held if b == body}
        case ("team", (body, site)):
            return {role for place, role in held if place == (body, site)}
        case ("role", body, wanted):
            return {role for (b, _), role in held if b == body and role == wanted}
        case ("person", body, who):
            return {role for (b, _), role in held if b == body and who == person}


def may(person, folder, scope, write, world) -> bool:
    """Whether a person may read or write a scope of a folder."""
    world_memberships, folders, world_grants = world
    allowed = "writes" if write else "reads"

    def within(circle) -> bool:
        return any(scope in getattr(ROLES[role], allowed) for role in in_circle(person, circle, world_memberships))

    if within(("team", folders[folder])):
        return True
    return any(
        at == folder and granted == scope and until >= 0 and within(circle) and (form == Form.WRITE or not write)
        for at, circle, granted, form, until in world_grants
    )


def build(world):
    """Put a world into the database."""
    world_memberships, folders, world_grants = world
    bodies = [
        Organisation.objects.create(code=f"b{i}", name=f"B{i}", short_name=f"B{i}", kind="welfare", is_controller=True)
        for i in range(BODIES)
    ]
    sites = {
        (b, s): Site.objects.create(organisation=bodies[b], code=f"s{b}{s}", name=f"S{b}{s}")
        for b in range(BODIES)
        for s in range(SITES)
    }
    people = [User.objects.create(username=f"p{i}") for i in range(PEOPLE)]

    def site(place):
        return None if place[1] is None else sites[place]

    for who, place, role, since in set(world_memberships):
        Membership.objects.get_or_create(
            user=people[who],
            organisation=bodies[place[0]],
            site=site(place),
            role=role,
            valid_from=TODAY + timedelta(days=since),
        )

    def circle(of):
        match of:
            case ("team", place):
                return team_circle(organisation=bodies[place[0]], site=site(place))
            case ("role", body, role):
                return role_circle(organisation=bodies[body], role=role)
            case ("person", body, who):
                return person_circle(organisation=bodies[body], user=people[who])

    akten = []
    for number, place in enumerate(folders):
        akte = Akte.objects.create(
            controller=bodies[place[0]],
            site=site(place),
            circle=circle(("team", place)),
            reference=str(number),
            subject="household",
            opened_at=AT,
        )
        akten.append(akte)
        case = Case.objects.create(akte=akte, service="counselling", opened_on=TODAY)
        Person.objects.create(akte=akte, given_name=str(number))
        Note.objects.create(
            akte=akte, case=case, kind="x", theme="x", occurred_at=AT, text="x", author=people[0], written_at=AT
        )
    for folder, of, scope, form, until in world_grants:
        Grant.objects.create(
            akte=akten[folder],
            circle=circle(of),
            scope=scope,
            form=form,
            purpose="test",
            basis="task",
            valid_from=TODAY - timedelta(days=5),
            valid_until=TODAY + timedelta(days=until),
            granted_at=AT,
        )
    return people, akten


def assert_narrowed(actor, akten, person, scope, world):
    """What is narrowed to one Akte, or to a second scope, shows what `visible_to` shows of it, no more and no less."""
    model = MODELS[scope]
    for folder, akte in enumerate(akten):
        beside = model.objects.visible_beside(Case.objects.for_system(reason="test").get(akte=akte), actor)
        expected = [akte.pk] if may(person, folder, scope, False, world) else []
        assert list(beside.values_list("akte_id", flat=True)) == expected, (actor.name, scope)
    for other in SCOPES:
        both = model.objects.visible_to(actor).opened_in(other, actor)
        expected = {
            akte.pk
            for folder, akte in enumerate(akten)
            if may(person, folder, scope, False, world) and may(person, folder, other, False, world)
        }
        assert set(both.values_list("akte_id", flat=True)) == expected, (actor.name, scope, other)


@pytest.mark.django_db(transaction=False)
@pytest.mark.parametrize("kept", [100, 0], ids=["few grants are carried about", "many stay in the database"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    world=st.tuples(memberships, st.lists(places, min_size=FOLDERS, max_size=FOLDERS), grants),
)
def test_visible_to_equals_the_model(db, monkeypatch, kept, world):
    from django.db import transaction

    monkeypatch.setattr(actors, "GRANTS_KEPT", kept)
    with transaction.atomic():
        people, akten = build(world)
        for number, user in enumerate(people):
            actor = Actor.of(user, on=TODAY)
            for scope, model in MODELS.items():
                for write in (False, True):
                    rows = model.objects.writable_by(actor) if write else model.objects.visible_to(actor)
                    seen = set(rows.values_list("akte_id", flat=True))
                    expected = {
                        akte.pk for folder, akte in enumerate(akten) if may(number, folder, scope, write, world)
                    }
                    assert seen == expected, (user.username, scope, write)
                    home = {akte.pk for akte in akten if akte.circle_id in actor.home_circles(scope, write=write)}
                    held = {akte.pk for akte in akten if actor.holds_grant(akte.pk, scope, write=write)}
                    assert home | held == expected, (user.username, scope, write)
                    kept_here = {akte.pk for akte in akten if actor.keeps(akte.circle_id, scope, write=write)}
                    assert kept_here == home, (user.username, scope, write)
                assert_narrowed(actor, akten, number, scope, world)
        transaction.set_rollback(True)
