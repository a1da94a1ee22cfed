"""The load of a team: weights chosen and proposed, who has room, the weight at the choice of who is in charge."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from wurzelwerk.base.errors import BadInput
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Case, Household


@pytest.fixture
def four(open_household, actor, now):
    """Amira's cases: urgent, spoken to lately, not for a while, not for long; the last weighs what somebody chose."""
    by = actor("amira")
    found = [open_household() for _ in range(5)]
    cases.note_need(case=found[0], kind="housing", urgency=1, by=by, at=now)
    for case, day in zip(
        found[1:], [date(2026, 3, 1), date(2026, 1, 10), date(2025, 9, 1), date(2025, 9, 1)], strict=True
    ):
        Case.objects.for_system(reason="test").filter(pk=case.pk).update(last_contact_on=day)
    cases.set_case_weight(case=found[4], weight="intensive", by=by, at=now)
    return found


def test_load_counts_chosen_and_proposed_weights(browser, four, user, actor, now):
    cases.set_task(case=four[0], title="anrufen", due_on=date(2026, 3, 9), by=actor("amira"), at=now)
    cases.record_absence(user=user("bernd"), kind="sick", starts_on=now.date(), ends_on=date(2026, 3, 12), covers=[],
                         by=actor("elif"), at=now)  # fmt: skip
    page = browser("elif").get(reverse("caseload"))
    loads = {one.user_id: one for one in page.context["table"].objects}
    amira = loads[user("amira").pk]
    assert (amira.cases, amira.weight, amira.intensive, amira.overdue) == (5, Decimal("9.5"), 2, 1)
    assert loads[user("bernd").pk].away_until == date(2026, 3, 12)
    assert page.context["chart"] is not None
    assert "9.5" in browser("elif").get(reverse("caseload") + "?ausgabe=csv").content.decode()
    assert "krank" not in page.content.decode()


def test_weight_is_chosen_at_the_case_and_left_to_the_proposal_again(browser, four, actor, now):
    household = Household.objects.visible_to(actor("amira")).get(akte=four[1].akte)
    client, place = browser("amira"), reverse("case_weigh", args=[household.pk])
    assert client.get(place).context["form"].fields["weight"].choices[0] == ("", "wie vorgeschlagen: normal")
    client.post(place, {"weight": "resting"})
    assert Case.objects.visible_to(actor("amira")).get(pk=four[1].pk).weight == "resting"
    assert client.post(place, {"weight": "schwer"}).status_code == 422
    with pytest.raises(BadInput):
        cases.set_case_weight(case=four[1], weight="schwer", by=actor("amira"), at=now)


def test_who_has_room_stands_behind_the_names(browser, four, actor):
    household = Household.objects.visible_to(actor("amira")).get(akte=four[0].akte)
    page = browser("elif").get(reverse("case_assign", args=[household.pk]))
    labels = [label for _value, label in page.context["form"].fields["lead"].choices]
    assert [label for label in labels if label.startswith("Amira")] == ["Amira Scholz – 5 Fälle, Aufwand 9,5"]
