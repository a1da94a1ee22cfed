"""Pages of absence and cover."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.forms import as_shown
from wurzelwerk.base import clock
from wurzelwerk.base.undo import undo_address
from wurzelwerk.cases import actions as cases
from wurzelwerk.network.models import Absence

SICK = {"kind": "sick", "starts_on": "10.03.2026", "ends_on": "13.03.2026"}


@pytest.fixture
def enter(browser, user):
    """Type an absence: of whom, covered by whom; returns the answer."""

    def type_it(login="amira", by="elif", covers=("bernd",), **fields):
        people = {f"cover_{n}": str(user(one).pk) for n, one in enumerate(covers, 1)}
        sent = {"user": str(user(login).pk), **SICK, **people, **fields}
        return browser(by).post(reverse("absence_new"), sent, follow=True)

    return type_it


def test_sick_call_is_entered_by_the_lead_and_the_kind_stays_between_them(enter, browser):
    page = enter()
    assert [str(message) for message in page.context["messages"]] == ["Die Abwesenheit ist eingetragen."]
    seen = {
        login: [(line.name, line.kind) for line in browser(login).get(reverse("absence_list")).context["table"].objects]
        for login in ("amira", "bernd", "elif", "carla", "jonas")
    }
    assert seen == {
        "amira": [("Amira Scholz", "krank")],
        "bernd": [("Amira Scholz", "")],
        "elif": [("Amira Scholz", "krank")],
        "carla": [],
        "jonas": [],
    }
    files = [browser("bernd").get(reverse("absence_list") + f"?ausgabe={kind}") for kind in ("csv", "xlsx")]
    assert [file.status_code for file in files] == [200, 200]
    assert "krank" not in files[0].content.decode()


def test_taken_days_are_said_and_what_was_typed_stays(enter):
    enter()
    page = enter(starts_on="13.03.2026", ends_on="20.03.2026")
    assert page.status_code == 422
    assert "Für diese Zeit steht schon eine Abwesenheit: 10.03.2026 bis 13.03.2026." in page.content.decode()
    assert page.context["form"]["ends_on"].value() == "20.03.2026"
    assert enter(ends_on="31.02.2026").status_code == 422
    assert Absence.objects.count() == 1


def test_nobody_enters_the_absence_of_somebody_they_do_not_lead(enter, user):
    page = enter(login="elif", by="bernd", covers=())
    assert page.status_code == 200
    assert Absence.objects.get().user == user("bernd")


def test_cover_away_at_the_same_time_is_warned_of(enter):
    enter(login="bernd", covers=())
    page = enter()
    assert "Bernd Yıldız ist selbst abwesend: 10.03.2026 bis 13.03.2026." in page.content.decode()


def test_cover_is_told_and_sees_the_work_until_the_end(enter, browser, open_household, actor, now):
    case = open_household()
    task = cases.set_task(case=case, title="Jobcenter anrufen", due_on=date(2026, 3, 9), by=actor("amira"), at=now)
    cases.make_appointment(case=case, kind="phone", starts_at=now + timedelta(hours=2), ends_at=now + timedelta(hours=3),
                           by=actor("amira"), at=now)  # fmt: skip
    enter()
    bernd = browser("bernd")
    page = bernd.get("/heute/")
    assert [(line[0].name, line[0].seen) for line in page.context["main"][0].context["lines"]] == [
        ("Amira Scholz", False)
    ]
    bernd.post(reverse("cover_seen", args=[Absence.objects.get().pk]))
    page = bernd.get(reverse("today_cover"))
    assert [tab["count"] for tab in page.context["tabs"]] == ["", 1]
    shown = {panel.key: panel.context for panel in page.context["main"]}
    assert (shown["v-aufgaben"]["tasks"], len(shown["v-termine"]["lines"])) == ([task], 1)
    assert "Al-Khatib" in page.content.decode()
    assert browser("carla").get(reverse("today_cover")).context["covered"] == []
    browser("elif").post(reverse("absence_cancel", args=[Absence.objects.get().pk]))
    assert bernd.get(reverse("today_cover")).context["main"] == []
    with clock.frozen(now + timedelta(days=7)):
        assert browser("bernd").get("/heute/").context["tabs"] == []


def test_back_earlier_is_undone_by_the_message(enter, browser, now):
    enter()
    absence = Absence.objects.get()
    elif_ = browser("elif")
    with clock.frozen(now + timedelta(days=1)):
        page = elif_.post(reverse("absence_end", args=[absence.pk]), follow=True)
        assert reverse("absence_resume", args=[absence.pk]) in page.content.decode()
        elif_.post(reverse("absence_resume", args=[absence.pk]))
    absence.refresh_from_db()
    assert (absence.ends_on, absence.planned_until) == (date(2026, 3, 13), None)


def test_single_cases_are_given_by_their_names(enter, browser, user, open_household):
    case = open_household()
    enter()
    place = reverse("absence_cases", args=[Absence.objects.get().pk])
    page = browser("elif").get(place)
    assert [str(field.label) for field in page.context["form"].visible_fields()] == ["Al-Khatib"]
    browser("elif").post(place, {f"fall_{case.pk.hex}": str(user("carla").pk)})
    assert browser("carla").get(reverse("household_list")).context["table"].total.seen == 1
    assert browser("carla").get(reverse("today_cover")).context["covered"][0].cases == frozenset({case.pk})


def undo_of(page) -> str:
    """The address behind "Rückgängig"."""
    return next(filter(None, map(undo_address, page.context["messages"])))


def test_plain_change_is_undone_by_the_message(enter, browser, user):
    enter()
    absence, elif_ = Absence.objects.get(), browser("elif")
    place = reverse("absence_edit", args=[absence.pk])
    sent = as_shown(elif_.get(place)) | {"kind": "other", "ends_on": "12.03.2026", "cover_1": "", "einmal": "k"}
    elif_.post(undo_of(elif_.post(place, sent, follow=True)))
    absence.refresh_from_db()
    assert (absence.kind, absence.ends_on, absence.covers.get().user) == ("sick", date(2026, 3, 13), user("bernd"))


def test_single_case_is_changed_and_removed_from_its_absence(enter, browser, user, open_household):
    case = open_household()
    enter()
    absence, elif_ = Absence.objects.get(), browser("elif")
    given = {f"fall_{case.pk.hex}": str(user("carla").pk), "einmal": "a"}
    elif_.post(reverse("absence_cases", args=[absence.pk]), given)
    cover = absence.covers.get(case=case)
    place = reverse("cover_edit", args=[cover.pk])
    assert "Al-Khatib" in elif_.get(reverse("absence_edit", args=[absence.pk])).content.decode()
    elif_.post(place, as_shown(elif_.get(place)) | {"until": "11.03.2026", "einmal": "b"})
    shown = elif_.get(reverse("absence_edit", args=[absence.pk]))
    assert [(one.name, one.who, one.until) for one in shown.context["singles"]] == [
        ("Al-Khatib", str(user("carla")), date(2026, 3, 11))
    ]
    gone = elif_.post(reverse("cover_remove", args=[cover.pk]), follow=True)
    assert gone.context["singles"] == []
    assert len(elif_.post(undo_of(gone), follow=True).context["singles"]) == 1
    assert [browser(login).get(place).status_code for login in ("bernd", "carla", "lars")] == [404, 404, 404]
