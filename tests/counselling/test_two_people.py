"""Two people at the same household: at the same moment, both for the first time, and what the page says."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Event

import pytest
from django.db import connection
from django.urls import reverse

from tests.forms import as_shown, fill_in
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Accommodation, EconomicSituation, Person, PersonLanguage
from wurzelwerk.housing.models import SearchProfile

PATIENCE = 20


def page_after(client, answer):
    return client.get(answer.headers["Location"])


def test_page_says_what_somebody_else_changed(browser, household, members):
    amira, bernd = browser("amira"), browser("bernd")
    place = reverse("member_edit", args=[members[0].pk])
    opened = as_shown(amira.get(place))
    fill_in(bernd, place, as_shown(bernd.get(place)) | {"phone": "0231 999", "email": "s@example.invalid"})
    said = [
        str(one) for one in page_after(amira, amira.post(place, opened | {"family_name": "Neu"})).context["messages"]
    ]
    assert said == [
        "Die Angaben zur Person sind gespeichert. "
        "Inzwischen wurden auch „Telefon“ und „E-Mail“ geändert; alles ist gespeichert."
    ]
    person = Person.objects.for_system(reason="test").get(pk=members[0].person_id)
    assert (person.family_name, person.phone, person.email) == ("Neu", "0231 999", "s@example.invalid")


def test_languages_of_both_are_kept(browser, household, members):
    """Stored: Arabic (interpreting) and German; each of two colleagues adds one, and there are three places."""
    amira, bernd = browser("amira"), browser("bernd")
    place = reverse("member_edit", args=[members[1].pk])
    opened = as_shown(amira.get(place))
    fill_in(bernd, place, as_shown(bernd.get(place)) | {"language_2": "fr"})
    assert amira.post(place, opened | {"language_2": "ckb"}).status_code == 302
    codes = PersonLanguage.objects.for_system(reason="test").filter(person=members[1].person_id)
    assert sorted(codes.values_list("code", flat=True)) == ["ar", "ckb", "fr"]


def test_both_versions_stand_side_by_side_with_the_summary_above(browser, household):
    amira, bernd = browser("amira"), browser("bernd")
    place = reverse("economy_edit", args=[household.pk])
    opened = as_shown(amira.get(place))
    fill_in(bernd, place, {"income_kinds": ["sgb2"], "monthly_net": "1.200"})
    asked = amira.post(place, opened | {"monthly_net": "1.300", "yearly_chargeable": "15.000"})
    text = asked.content.decode()
    assert 'value="1.300"' in text
    assert 'Inzwischen steht dort: <span class="ww-both__stored">1.200,00\u00a0€</span> – übernehmen' in text
    assert "Inzwischen geändert und hier schon eingesetzt: „Wovon lebt der Haushalt?“." in text
    assert text.index("data-mistakes") < text.index("ww-both")
    assert EconomicSituation.objects.for_system(reason="test").get().yearly_chargeable is None
    amira.post(place, as_shown(asked) | {"fassung-monthly_net": "gespeicherte"})
    kept = EconomicSituation.objects.for_system(reason="test").get()
    assert (kept.monthly_net, kept.yearly_chargeable, kept.income_kinds) == (Decimal(1200), Decimal(15000), ["sgb2"])


def test_both_versions_together_can_be_wrong_and_then_nothing_is_saved(browser, household, members):
    """One takes the document away, the other writes down until when it is valid: the form says what does not fit."""
    amira, bernd = browser("amira"), browser("bernd")
    place = reverse("residence_edit", args=[members[0].pk])
    fill_in(amira, place, {"basis": "as_printed", "as_printed": "Fiktionsbescheinigung"})
    opened = as_shown(amira.get(place))
    fill_in(bernd, place, {"basis": "eu"})
    asked = amira.post(place, opened | {"valid_until": "01.06.2027"})
    assert asked.status_code == 422
    assert asked.context["form"].errors == {
        "basis": ["Zu den Angaben aus dem Dokument gehört „wie im Dokument aufgedruckt“."]
    }
    assert (
        "Inzwischen geändert und hier schon eingesetzt: „Aufenthalt“ und „Text im Dokument“." in asked.content.decode()
    )


def test_two_who_write_down_the_first_accommodation_make_one(browser, household):
    amira, bernd = browser("amira"), browser("bernd")
    place = reverse("accommodation_edit", args=[household.pk])
    opened = as_shown(amira.get(place))
    fill_in(bernd, place, {"kind": "transitional", "street": "Beispielweg 2"})
    assert amira.post(place, opened | {"kind": "transitional", "city": "Hagen"}).status_code == 302
    rows = Accommodation.objects.for_system(reason="test").filter(household=household)
    assert [(row.street, row.city, row.until) for row in rows] == [("Beispielweg 2", "Hagen", None)]


def test_two_who_write_the_first_search_profile_lose_nothing(browser, household, actor, now):
    """What the form proposed is nobody's word: what the first of them wrote stands where the second left it."""
    cases.set_economy(household=household, income_kinds=["sgb2"], by=actor("amira"), at=now)
    amira, bernd = browser("amira"), browser("bernd")
    place = reverse("search_profile_edit", args=[household.pk])
    opened = as_shown(amira.get(place))
    assert bernd.post(place, as_shown(bernd.get(place)) | {"persons": "6", "pets": "on"}).status_code == 302
    assert amira.post(place, opened | {"wished": ["hafen"]}).status_code == 302
    profile = SearchProfile.objects.for_system(reason="test").get()
    assert (profile.persons, profile.pets, [one.pk for one in profile.wished.all()]) == (6, True, ["hafen"])


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_wait_for_each_other(browser, household, monkeypatch):
    """The first has compared and not yet written when the second sends: without a lock one of both would be lost."""
    place = reverse("economy_edit", args=[household.pk])
    amira, bernd = browser("amira"), browser("bernd")
    fill_in(amira, place, {"income_kinds": [], "monthly_net": "1.000"})
    sending = (
        as_shown(amira.get(place)) | {"monthly_net": "1.100"},
        as_shown(bernd.get(place)) | {"income_kinds": ["sgb2"]},
    )
    compared, other_sent, save = Event(), Event(), cases.set_economy

    def slowly(**values):
        if not compared.is_set():
            compared.set()
            assert not other_sent.wait(0.5)
        return save(**values)

    def first():
        try:
            return amira.post(place, sending[0]).status_code
        finally:
            connection.close()

    def second():
        assert compared.wait(PATIENCE)
        try:
            return bernd.post(place, sending[1]).status_code
        finally:
            other_sent.set()
            connection.close()

    monkeypatch.setattr(cases, "set_economy", slowly)
    with ThreadPoolExecutor(2) as windows:
        going = [windows.submit(first), windows.submit(second)]
    assert [one.result() for one in going] == [302, 302]
    kept = EconomicSituation.objects.for_system(reason="test").get()
    assert (kept.monthly_net, kept.income_kinds) == (Decimal(1100), ["sgb2"])


@pytest.mark.django_db(transaction=True)
def test_two_in_one_field_at_the_same_moment_do_not_overwrite_each_other(browser, household, monkeypatch):
    place = reverse("economy_edit", args=[household.pk])
    clients = [browser("amira"), browser("bernd")]
    sending = [as_shown(client.get(place)) | {"monthly_net": net} for client, net in zip(clients, "12", strict=True)]

    def send(number: int) -> int:
        try:
            return clients[number].post(place, sending[number]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as windows:
        answers = list(windows.map(send, range(2)))
    assert sorted(answers) == [302, 422]
    kept = EconomicSituation.objects.for_system(reason="test").get()
    assert kept.monthly_net == answers.index(302) + 1
