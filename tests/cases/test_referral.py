"""A referral opens what was released, no more, and closes it again."""

from datetime import date

import pytest

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions.referral import PassingOn
from wurzelwerk.cases.models import Household, HouseholdMember, Note, Person, PersonLanguage, Referral
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import guarded_models
from wurzelwerk.trust.models import Consent
from wurzelwerk.trust.queries import who_can_see
from wurzelwerk.trust.scopes import Scope

PASSING_ON = PassingOn(
    read=frozenset({Scope.REGISTER, Scope.CONTACT, Scope.SEARCH_PROFILE}),
    write=frozenset({Scope.PATHWAY}),
    back=frozenset({Scope.REGISTER, Scope.PLACEMENT}),
)


@pytest.fixture
def released(open_household, actor, now):
    """A household whose five members have released the passing on to Ankerplatz."""
    case, by = open_household(), actor("amira")
    receiver = Organisation.objects.get(code="ankerplatz")
    household = Household.objects.visible_to(by).get()
    for member in household.members.visible_to(by):
        consent = trust.prepare_release(
            akte=case.akte, subject=member.person_id, receiver=receiver, purpose="housing",
            stages=["viewing"], language="ar", valid_until=date(2027, 3, 10), by=by, at=now,
        )  # fmt: skip
        trust.record_signature(consent=consent, signed_on=date(2026, 3, 9), by=by, at=now)
    cases.write_note(
        case=case, kind="conversation", theme="housing", text="Geheim: Gewalt in der Unterkunft", occurred_at=now,
        by=by, at=now,
    )  # fmt: skip
    return case, household, receiver


def send(released, actor, now) -> Referral:
    case, household, receiver = released
    return cases.send_referral(
        case=case, household=household, receiver=receiver, purpose="housing", by=actor("amira"), at=now
    )


def test_referral_before_answer_names_nobody(released, actor, now):
    send(released, actor, now)
    scout = actor("jonas")
    assert [r.persons for r in Referral.objects.visible_to(scout)] == [5]
    assert list(Person.objects.visible_to(scout)) == []


def test_referral_accepted_opens_contact_but_not_journal(released, actor, now):
    referral = send(released, actor, now)
    cases.accept_referral(referral=referral, service="housing", passing_on=PASSING_ON, by=actor("jonas"), at=now)
    scout = actor("jonas")
    assert Person.objects.visible_to(scout).count() == 5
    assert list(Note.objects.visible_to(scout)) == []
    assert list(Person.objects.visible_to(actor("irina"))) == []


def test_referral_ended_closes_at_once(released, actor, now):
    referral = send(released, actor, now)
    own = cases.accept_referral(referral=referral, service="housing", passing_on=PASSING_ON, by=actor("jonas"), at=now)
    referral.refresh_from_db()
    cases.end_referral(referral=referral, reason="", by=actor("amira"), at=now)
    scout = actor("jonas")
    assert list(Person.objects.visible_to(scout)) == []
    assert list(type(own).objects.visible_to(scout)) == [own]


def test_release_withdrawn_ends_referral(released, actor, now):
    referral = send(released, actor, now)
    cases.accept_referral(referral=referral, service="housing", passing_on=PASSING_ON, by=actor("jonas"), at=now)
    consent = Consent.objects.visible_to(actor("amira")).first()
    cases.withdraw_release(consent=consent, how="mündlich", by=actor("amira"), at=now)
    assert list(Person.objects.visible_to(actor("jonas"))) == []


def test_referral_without_all_releases_is_refused(open_household, actor, now):
    case = open_household()
    household = Household.objects.visible_to(actor("amira")).get()
    with pytest.raises(WrongState):
        cases.send_referral(
            case=case,
            household=household,
            receiver=Organisation.objects.get(code="ankerplatz"),
            purpose="housing",
            by=actor("amira"),
            at=now,
        )


def test_referral_answered_by_another_body_is_refused(released, actor, now):
    referral = send(released, actor, now)
    with pytest.raises(NotAllowed):
        cases.accept_referral(referral=referral, service="housing", passing_on=PASSING_ON, by=actor("goran"), at=now)


def test_newcomer_is_not_open_before_an_own_release(released, actor, now):
    case, household, receiver = released
    referral = send(released, actor, now)
    cases.accept_referral(referral=referral, service="housing", passing_on=PASSING_ON, by=actor("jonas"), at=now)
    by, scout = actor("amira"), actor("jonas")
    data = cases.MemberData("Rana", "Neu", date(2001, 1, 1), "other", languages=("ar",))
    newcomer = cases.add_member(household=household, member=data, by=by, at=now).person
    assert Person.objects.visible_to(by).count() == 6
    assert "Neu" not in [person.family_name for person in Person.objects.visible_to(scout)]
    assert HouseholdMember.objects.visible_to(scout).count() == 5
    assert not PersonLanguage.objects.visible_to(scout).filter(person=newcomer).exists()
    consent = trust.prepare_release(
        akte=case.akte, subject=newcomer.pk, receiver=receiver, purpose="housing",
        stages=["viewing"], language="ar", valid_until=date(2027, 3, 10), by=by, at=now,
    )  # fmt: skip
    trust.record_signature(consent=consent, signed_on=date(2026, 3, 9), by=by, at=now)
    assert Person.objects.visible_to(scout).count() == 6


@pytest.mark.parametrize("login", ["amira", "bernd", "carla", "jonas", "irina", "katja", "frieda"])
@pytest.mark.parametrize("kept", [100, 0])
def test_beside_a_household_is_seen_what_is_seen_of_its_akte(released, actor, now, monkeypatch, login, kept):
    monkeypatch.setattr("wurzelwerk.trust.actor.GRANTS_KEPT", kept)
    referral = send(released, actor, now)
    cases.accept_referral(referral=referral, service="housing", passing_on=PASSING_ON, by=actor("jonas"), at=now)
    _case, household, _receiver = released
    newcomer = cases.MemberData("Rana", "Neu", date(2001, 1, 1), "other", languages=("ar",))
    cases.add_member(household=household, member=newcomer, by=actor("amira"), at=now)
    by = actor(login)
    for model in guarded_models():
        whole = model.objects.visible_to(by).filter(**{model.akte_path(): household.akte_id})
        assert set(model.objects.visible_beside(household, by)) == set(whole), model


def test_receiver_does_not_read_to_whom_else_a_household_was_sent(released, actor, now):
    case, household, _receiver = released
    send(released, actor, now)
    by, other = actor("amira"), Organisation.objects.get(code="nordlicht")
    for member in household.members.visible_to(by):
        consent = trust.prepare_release(
            akte=case.akte, subject=member.person_id, receiver=other, purpose="housing", stages=["viewing"],
            language="de", valid_until=date(2027, 3, 10), by=by, at=now,
        )  # fmt: skip
        trust.record_signature(consent=consent, signed_on=date(2026, 3, 9), by=by, at=now)
    cases.send_referral(case=case, household=household, receiver=other, purpose="housing", by=by, at=now)
    assert Referral.objects.visible_to(by).count() == 2
    seen = {login: [r.receiver.code for r in Referral.objects.visible_to(actor(login))] for login in ("jonas", "irina")}
    assert seen == {"jonas": ["ankerplatz"], "irina": ["nordlicht"]}
    lines = {line.organisation for line in who_can_see(case.akte, on=now.date(), reader=actor("jonas"))}
    assert lines == {"Stadt Dortmund", "Ankerplatz"}
    assert "Nordlicht" in {line.organisation for line in who_can_see(case.akte, on=now.date(), reader=by)}


def test_release_run_out_ends_the_referral_at_night(released, actor, now):
    referral = send(released, actor, now)
    cases.accept_referral(referral=referral, service="housing", passing_on=PASSING_ON, by=actor("jonas"), at=now)
    house = Actor.system("nightly")
    assert cases.lapse_referrals(by=house, at=now.replace(year=2027)) == 0
    assert cases.lapse_referrals(by=house, at=now.replace(year=2027, day=11)) == 1
    referral.refresh_from_db()
    assert referral.state == "ended"
    with pytest.raises(NotAllowed):
        cases.lapse_referrals(by=actor("amira"), at=now)


def test_referral_is_ended_by_its_sender_alone(released, actor, now):
    referral = send(released, actor, now)
    for login in ("jonas", "carla", "frieda", "lars", "goran"):
        with pytest.raises(NotAllowed):
            cases.end_referral(referral=referral, reason="", by=actor(login), at=now)


@pytest.mark.parametrize("message", ["Frau AL-KHATIB sucht dringend", "Bitte zuerst Samira anrufen"])
def test_message_that_names_a_member_is_refused(released, actor, now, message):
    case, household, receiver = released
    with pytest.raises(BadInput) as refused:
        cases.send_referral(
            case=case, household=household, receiver=receiver, purpose="housing", message=message,
            by=actor("amira"), at=now,
        )  # fmt: skip
    assert refused.value.field == "message"
    assert not Referral.objects.visible_to(actor("jonas")).exists()
