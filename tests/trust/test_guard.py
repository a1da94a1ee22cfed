"""The guard refuses to show anything until somebody says for whom, or why."""

from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import NotSupportedError

from wurzelwerk.cases.actions import MemberData, ResidenceData
from wurzelwerk.cases.models import Case, Household, Note, Person, Residence
from wurzelwerk.trust.actions import move_akte
from wurzelwerk.trust.guard import GuardedModel, UndeclaredJoin, UnscopedQuery, guarded_models
from wurzelwerk.trust.models import Akte


@pytest.mark.parametrize(
    "evaluate",
    [
        list,
        bool,
        len,
        lambda rows: rows.count(),
        lambda rows: rows.exists(),
        lambda rows: rows.first(),
        lambda rows: rows.get(),
        lambda rows: rows[0],
        lambda rows: list(rows.iterator()),
        lambda rows: rows.aggregate(),
        lambda rows: rows.update(family_name="x"),
        lambda rows: rows.delete(),
        lambda rows: list(rows.values("pk")),
        lambda rows: list(rows.values_list("pk", flat=True)),
        lambda rows: rows.in_bulk(),
        lambda rows: rows.earliest("pk"),
        lambda rows: list(rows.filter(family_name="Al-Khatib").order_by("pk")),
        lambda rows: list(rows.all() | rows.all()),
        lambda rows: list(rows.union(rows.all())),
        lambda rows: rows.sole(),
        lambda rows: list(rows.among(id=[uuid4()])),
        lambda rows: list(rows.of(akte_id=uuid4())),
    ],
)
def test_unscoped_queryset_refuses_every_evaluation(open_household, evaluate):
    open_household()
    with pytest.raises(UnscopedQuery):
        evaluate(Person.objects.all())


def test_short_filters_keep_what_django_s_keep(open_household, actor):
    for _ in range(2):
        open_household()
    rows = Person.objects.visible_to(actor("amira"))
    one, other = rows.order_by("pk")[0], rows.order_by("pk")[1]
    assert set(rows.among(id=[one.pk, other.pk])) == {one, other}
    assert list(rows.among(id=[])) == []
    assert rows.of(akte_id=one.akte_id, id=one.pk).sole() == one
    assert rows.of(id=uuid4()).sole() is None
    assert set(rows.exclude(pk__in=rows.of(akte_id=one.akte_id))) == set(rows.exclude(akte_id=one.akte_id))


@pytest.mark.parametrize("narrow", [lambda rows, by: rows.of(id=uuid4()), lambda rows, by: rows.visible_to(by)])
def test_cut_and_united_querysets_are_not_narrowed(open_household, actor, narrow):
    open_household()
    by = actor("amira")
    rows = Person.objects.visible_to(by)
    with pytest.raises(TypeError):
        narrow(rows[:2], by)
    with pytest.raises(NotSupportedError):
        narrow(rows.union(rows), by)


def test_unscoped_reverse_relation_is_refused(open_household, actor):
    open_household()
    household = Household.objects.visible_to(actor("amira")).get()
    with pytest.raises(UnscopedQuery):
        list(household.members.all())


def test_system_opening_needs_a_reason(city):
    with pytest.raises(ValueError, match="reason"):
        Person.objects.for_system(reason=" ")


def test_colleague_of_the_team_sees_and_other_site_does_not(open_household, actor):
    open_household("amira")
    assert Person.objects.visible_to(actor("bernd")).count() == 5
    assert Person.objects.visible_to(actor("carla")).count() == 0
    assert Person.objects.visible_to(actor("goran")).count() == 0
    assert Person.objects.visible_to(actor("lars")).count() == 0


def test_coordinator_sees_no_akte_without_grant(open_household, actor):
    open_household("amira")
    assert list(Household.objects.visible_to(actor("frieda"))) == []
    assert list(Akte.objects.visible_to(actor("frieda"))) == []


def test_scope_of_role_limits_even_the_home_circle(open_household, actor, now):
    open_household("goran")
    assert Case.objects.visible_to(actor("hanna")).count() == 1
    assert Case.objects.writable_by(actor("frieda")).count() == 0


def test_undeclared_join_is_refused(open_household, actor):
    with pytest.raises(UndeclaredJoin):
        Case.objects.visible_to(actor("amira")).values("notes__text")
    with pytest.raises(UndeclaredJoin):
        Note.objects.visible_to(actor("amira")).select_related("case__akte")
    with pytest.raises(UndeclaredJoin):
        Note.objects.visible_to(actor("amira")).order_by("case__opened_on")


def test_moved_akte_takes_every_row_with_it(open_household, actor, now):
    case = open_household("amira")
    site = case.akte.controller.sites.get(code="stadt-sued")
    move_akte(akte=case.akte, site=site, by=actor("amira"), at=now)
    assert Person.objects.visible_to(actor("amira")).count() == 0
    assert Person.objects.visible_to(actor("carla")).count() == 5
    circle = case.akte.circle_id
    for model in guarded_models():
        rows = model.objects.for_system(reason="test").exclude(circle_id=circle)
        path = model.akte_path()
        assert not rows.filter(**{path: case.akte_id}).exists(), model.__name__


def test_validation_does_not_reveal_a_foreign_row(open_household, actor, now):
    case = open_household("goran")
    twin = Akte(
        controller=case.akte.controller,
        circle=case.akte.circle,
        reference=case.akte.reference,
        subject="household",
        opened_at=now,
    )
    with pytest.raises(ValidationError) as error:
        twin.full_clean()
    assert str(case.akte.pk) not in str(error.value)


def test_guarded_model_without_guard_cannot_be_declared():
    with pytest.raises(ImproperlyConfigured):

        class Unguarded(GuardedModel):
            class Meta:
                app_label = "trust"


@pytest.mark.parametrize(
    "join",
    [
        lambda seen, all_rows: seen | all_rows,
        lambda seen, all_rows: all_rows | seen,
        lambda seen, all_rows: seen.union(all_rows),
        lambda seen, all_rows: seen.difference(all_rows),
    ],
)
def test_joined_with_an_unscoped_queryset_is_refused(open_household, actor, join):
    open_household("goran")
    with pytest.raises(UnscopedQuery):
        list(join(Person.objects.visible_to(actor("amira")), Person.objects.all()))


def test_unscoped_reverse_of_one_to_one_is_refused(open_household, actor):
    open_household("amira", [MemberData("Lina", residence=ResidenceData("as_printed", "§ 25", "AE25.2"))])
    person = Person.objects.visible_to(actor("amira")).get()
    with pytest.raises(UnscopedQuery):
        person.residence  # noqa: B018 - reading it is the test
    assert Residence.objects.visible_to(actor("amira")).get(person=person).as_printed == "§ 25"
