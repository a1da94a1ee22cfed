"""People are found by what is known of them, and only by those who may see them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.finding import find_people, lookalikes
from wurzelwerk.cases.models import Household, HouseholdMember, Person, PersonKeys
from wurzelwerk.linkage.pairs import Entry

REASON = "a test looks at all rows"


@pytest.fixture
def family(open_household):
    """Return a function that takes in a household with these people, and gives the household."""

    def take_in(*people: MemberData, login: str = "amira"):
        case = open_household(login, members=list(people))
        return Household.objects.for_system(reason=REASON).get(akte=case.akte_id)

    return take_in


def names(text, by, **more):
    return [found.name for found in find_people(text, actor=by, **more)]


@pytest.mark.parametrize(
    ("recorded", "typed"),
    [
        ("Yusuf Demir", "Jussuf Demir"),
        ("Yusuf Demir", "Youssef"),
        ("Yusuf Demir", "Юсуф"),
        ("Yusuf Demir", "يوسف"),
        ("Yusuf Demir", "demir yusuf"),
        ("Yusuf Demir", "Demir, Yus"),
        ("يوسف المصري", "Yusuf Al-Masri"),
        ("يوسف المصري", "almasri"),
        ("Peter Müller", "mueller"),
        ("Peter Mueller", "Müll"),
        ("Peter Müller", "muller peter"),
        ("Ayşe Çelik", "celik"),
        ("Nguyễn Thị Hoa", "nguyen"),
        ("Абдуррахман Идрисов", "Abd ar-Rahman"),
        ("Abdul Rahman Idris", "Abdurrahman"),
        ("Selam Tesfay", "ሰላም"),
        ("王小明", "Wang Xiaoming"),
        ("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos"),
        ("Mohammed Ali Hassan", "Mohamed Hassan"),
        ("Noureddine Bouaziz", "Nur ad-Din"),
        ("Oleksandr Shevchenko", "Александр Шевченко"),
        ("Katarzyna Wójcik", "Katazyna Wojcik"),
        ("Hussein Rahimi", "Husein Ramihi"),
    ],
)
def test_a_name_is_found_as_it_is_heard(family, actor, recorded, typed):
    given_name, _, family_name = recorded.partition(" ")
    family(MemberData(given_name=given_name, family_name=family_name))
    family(MemberData(given_name="Beate", family_name="Zöllner"))
    assert names(typed, actor("amira")) == [recorded]


@pytest.mark.parametrize(
    "typed", ["0176 55512345", "+49 176 55512345", "0049 (176) 555-12345", "0176/55512345", "12345", "017655512"]
)
def test_a_telephone_number_is_found_in_any_notation(family, actor, typed):
    family(MemberData(given_name="Yusuf", phone="0176 / 555 123 45"))
    family(MemberData(given_name="Beate", phone="0231 8765432"))
    assert names(typed, actor("amira")) == ["Yusuf"]


@pytest.mark.parametrize("typed", ["12.3.1990", "12.03.90", "1990-03-12", "1990", "Demir 1990", "12.3.1990 Yusuf"])
def test_a_birth_date_or_its_year_is_found(family, actor, typed):
    family(MemberData(given_name="Yusuf", family_name="Demir", birth_date=date(1990, 3, 12)))
    family(MemberData(given_name="Hasan", family_name="Demir", birth_date=date(1991, 3, 12)))
    assert names(typed, actor("amira")) == ["Yusuf Demir"]


def test_an_aktenzeichen_is_found_whole_begun_and_without_the_bodys_code(family, actor):
    household = family(MemberData(given_name="Yusuf", family_name="Demir"), MemberData(given_name="Ayşe"))
    reference = household.akte.reference
    code, year, number = reference.rsplit("-", 2)
    for typed in (reference, reference.lower(), f"{year}-{number}", f"{year}-{int(number)}", f" {reference} "):
        assert sorted(names(typed, actor("amira"))) == ["Ayşe", "Yusuf Demir"]
    assert names(f"{code}-{year}-99999", actor("amira")) == []


def test_the_best_comes_first_and_brings_its_household(family, actor):
    household = family(MemberData(given_name="Hasan", family_name="Haddad"))
    family(MemberData(given_name="Hüseyin", family_name="Haddad"))
    found = find_people("Hassan Haddad", actor=actor("amira"))
    assert [one.name for one in found] == ["Hasan Haddad", "Hüseyin Haddad"]
    assert found[0].household == household
    assert found[0].score > found[1].score
    assert names("Hassan Haddad", actor("amira"), limit=1) == ["Hasan Haddad"]


def test_whoever_may_not_see_finds_nothing_and_cannot_tell(family, actor):
    family(MemberData(given_name="Yusuf", family_name="Demir", birth_date=date(1990, 3, 12), phone="0176 55512345"))
    for login in ("carla", "frieda", "goran", "jonas", "katja", "lars"):
        for typed in ("Yusuf", "Demir", "1990", "55512345", "12.3.1990"):
            assert names(typed, actor(login)) == names("Zzyxw", actor(login)) == []


def test_a_foreign_namesake_is_not_offered(family, actor):
    family(MemberData(given_name="Yusuf", family_name="Demir"), login="amira")
    family(MemberData(given_name="Yusuf", family_name="Demir"), login="carla")
    for login in ("amira", "carla"):
        assert names("Yusuf Demir", actor(login)) == ["Yusuf Demir"]


def test_who_was_corrected_is_found_by_the_new_name_only(family, actor, now):
    household = family(MemberData(given_name="Yusuf", family_name="Demir", birth_date=date(1990, 3, 12)))
    belonging = HouseholdMember.objects.for_system(reason=REASON).get(household=household)
    cases.change_person(
        belonging=belonging, member=MemberData(given_name="Ilyas", family_name="Kaya"), by=actor("amira"), at=now
    )
    assert names("Ilyas", actor("amira")) == ["Ilyas Kaya"]
    assert names("Yusuf Demir", actor("amira")) == names("1990", actor("amira")) == []


def test_who_is_erased_is_found_no_more(family, actor):
    household = family(MemberData(given_name="Yusuf"), MemberData(given_name="Ayşe"))
    Person.objects.for_system(reason=REASON).filter(given_name="Yusuf").delete()
    assert names("Yusuf", actor("amira")) == []
    assert names(household.akte.reference, actor("amira")) == ["Ayşe"]
    assert PersonKeys.objects.for_system(reason=REASON).count() == 1


@pytest.mark.parametrize(
    "typed", ["", " ", "x", "\"'", "* OR 1", "a' | 'b:*", "(((", "AND NOT", "🙂", "\x00", "-", "%_", "NEAR("]
)
def test_signs_of_query_languages_are_only_text(family, actor, typed):
    family(MemberData(given_name="Yusuf", family_name="Demir"))
    assert names(typed, actor("amira")) == []


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered(actor, text):
    assert isinstance(find_people(text, actor=actor("amira")), list)


@given(st.text(min_size=1, max_size=40).filter(str.strip))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_name_has_letters_is_found_by_itself(family, actor, text):
    from wurzelwerk.linkage.keys import question

    text = text.replace("\x00", "").strip()
    if not text or not question(text, today=date(2026, 3, 10)) or any(sign.isdigit() for sign in text):
        return
    family(MemberData(given_name=text))
    assert text in names(text, actor("amira"), limit=500)


def test_a_search_takes_few_queries_however_many_are_found(family, actor):
    by = actor("amira")
    family(MemberData(given_name="Yusuf", family_name="Demir"))
    find_people("Yusuf", actor=by)
    with CaptureQueriesContext(
        connection,
    ) as few:
        find_people("Yusuf Demir", actor=by)
    for number in range(30):
        birth = date(1980, 1, 1) + timedelta(days=400 * number)
        family(MemberData(given_name="Yusuf", family_name="Demir", birth_date=birth))
    with CaptureQueriesContext(connection) as many:
        assert len(find_people("Yusuf Demir", actor=by, limit=50)) == 31
    assert len(many) <= len(few) <= 6


def alike(typed, by, **more):
    home = by.home.organisation_id
    return [found.name for found in lookalikes(typed, actor=by, controller=home, **more)]


def test_whoever_was_taken_in_before_is_named(family, actor):
    family(MemberData(given_name="Yusuf", family_name="Demir", birth_date=date(1990, 3, 12), phone="0176 5551234"))
    family(MemberData(given_name="Ayşe", family_name="Demir", birth_date=date(1992, 7, 1)))
    by = actor("amira")
    assert alike(Entry("Jussuf", "Demir"), by) == ["Yusuf Demir"]
    assert alike(Entry("Юсуф", "Демир", "12.03.1990"), by) == ["Yusuf Demir"]
    assert alike(Entry("Yusuf", birth="1990-03-12"), by) == ["Yusuf Demir"]
    assert alike(Entry("Jusuf", phone="+49 176 5551234"), by) == ["Yusuf Demir"]
    assert alike(Entry("Yusuf"), by) == alike(Entry("", "Demir"), by) == alike(Entry(), by) == []
    assert alike(Entry("Yusuf", "Demir", "1971-01-09"), by) == []


def test_lookalikes_are_known_by_every_name(family, actor):
    names = {"original_name": "سارة الخطيب", "other_names": "Sara Haddad"}
    family(MemberData(given_name="Sara", family_name="Weber", birth_date=date(1990, 3, 12), **names))
    by = actor("amira")
    for typed in (Entry("Sarah", "Haddad"), Entry("Sara", "Al-Khatib", "12.3.1990"), Entry("Sara", "Weber")):
        assert alike(typed, by) == ["Sara Weber"]
    assert alike(Entry("Sara", "Demir"), by) == []


def test_lookalikes_leave_out_who_is_being_changed(family, actor):
    family(MemberData(given_name="Yusuf", family_name="Demir", birth_date=date(1990, 3, 12)))
    person = Person.objects.for_system(reason=REASON).get()
    assert alike(Entry("Yusuf", "Demir", "1990-03-12"), actor("amira"), but_not={person.pk}) == []


def test_lookalikes_of_others_are_no_sign(family, actor):
    family(MemberData(given_name="Yusuf", family_name="Demir", birth_date=date(1990, 3, 12)))
    for login in ("carla", "goran", "irina"):
        assert alike(Entry("Yusuf", "Demir", "1990-03-12"), actor(login)) == []
