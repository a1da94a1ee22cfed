"""Drafts as rows: what the database refuses, who reads them, how long they stay."""

import argparse
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from wurzelwerk.base import clock
from wurzelwerk.base.dated import NotDated
from wurzelwerk.base.errors import BadInput, NotAllowed
from wurzelwerk.cli import nightly
from wurzelwerk.drafts import keeping, rules
from wurzelwerk.drafts.draft_rules import kept_for
from wurzelwerk.drafts.models import Draft
from wurzelwerk.drafts.queries import draft_of
from wurzelwerk.drafts.writing import NOTHING_YET, Writing
from wurzelwerk.evidence.models import Fact
from wurzelwerk.network.models import Membership, Site
from wurzelwerk.trust.actions import grant_access, move_akte
from wurzelwerk.trust.circles import team_circle
from wurzelwerk.trust.models import Akte
from wurzelwerk.trust.scopes import Basis, Scope

SECRET = "Streit mit dem Bruder"


@pytest.fixture
def writing(case) -> Writing:
    """A journal entry about the family."""
    return Writing("note", Scope.JOURNAL, case, case.pk)


@pytest.fixture
def keep(actor, now, writing):
    """Keep a draft of the journal entry."""

    def keep_it(login: str = "amira", text: str = SECRET, at: datetime = now, what: Writing = writing) -> Draft:
        return keeping.keep(writing=what, content={"text": [text]}, based_on="", by=actor(login), at=at)

    return keep_it


def refused(**changes) -> str:
    """Try to write a row with these changes past the actions; return which constraint refuses it."""
    row = Draft.objects.for_system(reason="test").get()
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        row.save(force_insert="pk" in changes)
    return str(error.value)


def test_database_keeps_one_draft_per_author_form_and_row(keep):
    keep()
    assert "draft" in refused(pk=uuid4())


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"form": ""}, "draft_names_form"),
        ({"expires_at": datetime(2020, 1, 1, tzinfo=clock.now().tzinfo)}, "draft_period"),
        ({"discarded_at": datetime(2020, 1, 1, tzinfo=clock.now().tzinfo)}, "draft_discarded"),
    ],
)
def test_database_refuses_what_must_not_be(keep, changes, constraint):
    keep()
    assert constraint in refused(**changes)


def test_keeping_again_replaces_the_text(keep, now, drafts):
    keep()
    keep(text="neu", at=now + timedelta(minutes=1))
    assert [(one.content, one.changed_at, one.expires_at) for one in drafts()] == [
        ({"text": ["neu"]}, now + timedelta(minutes=1), now + timedelta(days=14, minutes=1))
    ]


def test_draft_is_its_authors_alone(keep, actor, writing, now, case):
    """Bernd and Elif are of Amira's team and read her whole journal; Carla is of another site."""
    keep()
    found = {login: draft_of(writing, actor=actor(login), at=now) for login in ("amira", "bernd", "elif", "carla")}
    assert {login: draft is not None for login, draft in found.items()} == {
        "amira": True, "bernd": False, "elif": False, "carla": False,
    }  # fmt: skip
    for login in ("bernd", "elif", "carla", "jonas", "lars"):
        by = actor(login)
        assert list(Draft.objects.visible_to(by)) == list(Draft.objects.writable_by(by)) == []
        assert list(Draft.objects.visible_beside(case, by)) == []
        assert list(Draft.objects.all().visible_to(by)) == list(Draft.objects.filter(form="note").visible_to(by)) == []
    own = actor("amira")
    assert Draft.objects.visible_to(own).count() == Draft.objects.visible_beside(case, own).count() == 1


def test_grant_on_the_akte_opens_no_draft(keep, actor, case, now, user):
    keep()
    scout = actor("jonas")
    circle = team_circle(organisation=user("jonas").memberships.get().organisation, site=None)
    grant_access(akte=case.akte, circle=circle, scopes=[Scope.REGISTER, Scope.CONTACT], purpose="housing",
                 basis=Basis.CONSENT, by=actor("amira"), at=now)  # fmt: skip
    scout.forget_grants()
    assert list(Draft.objects.visible_to(scout)) == []


def test_house_itself_reads_no_draft_as_an_actor(keep):
    from wurzelwerk.trust.actor import Actor

    keep()
    assert list(Draft.objects.visible_to(Actor.system("nightly"))) == []


def test_colleagues_have_a_draft_each(keep, actor, writing, now):
    keep("amira", "von Amira")
    keep("bernd", "von Bernd")
    texts = {login: draft_of(writing, actor=actor(login), at=now).content["text"] for login in ("amira", "bernd")}
    assert texts == {"amira": ["von Amira"], "bernd": ["von Bernd"]}


@pytest.mark.parametrize("login", ["carla", "jonas", "frieda", "lars"])
def test_draft_is_kept_only_by_who_may_write_the_thing(keep, login, drafts):
    with pytest.raises(NotAllowed):
        keep(login)
    assert drafts() == []


def test_draft_does_not_open_to_who_may_no_longer_read_the_scope(keep, actor, writing, now, user):
    keep()
    Membership.objects.filter(user=user("amira")).update(role="flat_scout")
    assert Scope.JOURNAL not in {scope for scope in Scope if actor("amira").reads(scope)}
    assert draft_of(writing, actor=actor("amira"), at=now) is None


def test_draft_stays_behind_when_its_author_changes_the_team(keep, actor, writing, now, user, case):
    keep()
    other = Site.objects.filter(organisation=case.akte.controller).exclude(pk=case.akte.site_id).first()
    Membership.objects.filter(user=user("amira")).update(site=other)
    assert draft_of(writing, actor=actor("amira"), at=now) is None


def test_draft_follows_its_akte_to_another_team(keep, actor, now, case, drafts):
    keep()
    other = Site.objects.filter(organisation=case.akte.controller).exclude(pk=case.akte.site_id).first()
    move_akte(akte=case.akte, site=other, by=actor("amira"), at=now)
    assert drafts()[0].circle_id == Akte.objects.for_system(reason="test").get(pk=case.akte_id).circle_id


def test_draft_about_nothing_yet_lies_in_an_akte_of_the_team(keep, actor, drafts, user):
    intake = Writing("intake", Scope.CONTACT)
    keep("amira", "Samira Al-Khatib", what=intake)
    keep("bernd", "Dawit Tesfay", what=intake)
    kept = drafts()
    assert {(one.akte.subject, one.subject) for one in kept} == {("drafts", NOTHING_YET)}
    assert len({one.akte_id for one in kept}) == 1
    assert kept[0].akte.site_id == actor("amira").home.site_id
    assert [list(Draft.objects.visible_to(actor(login)).values_list("author__username", flat=True))
            for login in ("amira", "bernd", "elif")] == [["amira"], ["bernd"], []]  # fmt: skip


def test_text_begun_in_another_team_is_replaced_where_the_author_works_now(keep, actor, user, drafts):
    intake = Writing("intake", Scope.CONTACT)
    keep(what=intake)
    before = drafts()[0].akte
    other = Site.objects.filter(organisation=before.controller).exclude(pk=before.site_id).first()
    Membership.objects.filter(user=user("amira")).update(site=other)
    keep(text="neu", what=intake)
    assert [(one.akte.site_id, one.circle_id == one.akte.circle_id, one.content) for one in drafts()] == [
        (other.pk, True, {"text": ["neu"]})
    ]


def test_draft_leaves_no_fact(keep, actor, now, writing):
    before = Fact.objects.count()
    keep()
    keeping.discard(writing=writing, by=actor("amira"), at=now)
    keeping.bring_back(writing=writing, by=actor("amira"), at=now)
    keeping.remove(writing=writing, by=actor("amira"))
    assert Fact.objects.count() == before


def test_too_much_is_refused_and_the_former_draft_stays(keep, actor, writing, now, drafts):
    keep()
    for content in ({"text": ["ä" * rules.LARGEST]}, {str(number): [""] for number in range(rules.MOST_FIELDS + 1)}):
        with pytest.raises(BadInput):
            keeping.keep(writing=writing, content=content, based_on="", by=actor("amira"), at=now)
    assert [one.content for one in drafts()] == [{"text": [SECRET]}]


def test_longest_entry_of_the_journal_fits():
    rules.check_content({"text": ["ß" * 20_000]})


def test_rule_of_fourteen_days_is_dated():
    assert kept_for(on=date(2026, 3, 10)) == timedelta(days=14)
    with pytest.raises(NotDated):
        kept_for(on=date(2019, 12, 31))


def test_draft_runs_out_after_fourteen_days(keep, actor, writing, now, drafts):
    keep()
    last, over = now + timedelta(days=14, seconds=-1), now + timedelta(days=14)
    assert draft_of(writing, actor=actor("amira"), at=last) is not None
    assert draft_of(writing, actor=actor("amira"), at=over) is None
    assert (keeping.forget(at=last), len(drafts())) == (0, 1)
    assert (keeping.forget(at=over), drafts()) == (1, [])


def test_night_removes_what_was_discarded(keep, actor, writing, now, drafts):
    keep()
    keeping.discard(writing=writing, by=actor("amira"), at=now)
    assert draft_of(writing, actor=actor("amira"), at=now) is None
    assert (keeping.forget(at=now), drafts()) == (1, [])
    assert keeping.bring_back(writing=writing, by=actor("amira"), at=now) is False


def test_nightly_removes_old_drafts_and_says_how_many(keep, now, drafts, capsys):
    keep()
    with clock.frozen(now + timedelta(days=13)):
        nightly.run_nightly(argparse.Namespace())
        assert "Entwürfe gelöscht: 0." in capsys.readouterr().err
    with clock.frozen(now + timedelta(days=15)):
        nightly.run_nightly(argparse.Namespace())
        told = capsys.readouterr().err
    assert "Entwürfe gelöscht: 1." in told
    assert SECRET not in told
    assert drafts() == []


def test_state_of_what_is_stored_tells_equal_from_changed():
    one, same, other = (
        Writing("x", Scope.CONTACT, stored={"kinds": kinds, "amount": None})
        for kinds in (["b", "a"], ["a", "b"], ["a"])
    )
    assert one.state == same.state != other.state
    assert Writing("x", Scope.CONTACT).state == ""
