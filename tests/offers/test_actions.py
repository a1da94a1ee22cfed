"""An offer goes through its states; the network reads what is open to it."""

import pytest

from wurzelwerk.base.errors import NotAllowed, WrongState
from wurzelwerk.network.models import Organisation
from wurzelwerk.offers.actions import open_offer, set_offer_state
from wurzelwerk.offers.models import Offer
from wurzelwerk.trust.actions import open_akte


@pytest.fixture
def offer(actor, now):
    def make(**options):
        by = actor("jonas")
        akte = open_akte(
            controller=Organisation.objects.get(code="ankerplatz"), site=None, subject="owner", by=by, at=now
        )
        return open_offer(akte=akte, service="housing", title="2 Zimmer", by=by, at=now, **options)

    return make


@pytest.mark.parametrize(
    ("audience", "state", "seen"), [("network", "open", 1), ("team", "open", 0), ("network", "draft", 0)]
)
def test_offer_is_open_to_its_audience(offer, actor, audience, state, seen):
    offer(audience=audience, state=state)
    assert Offer.objects.visible_to(actor("amira")).count() == seen
    assert Offer.objects.visible_to(actor("jonas")).count() == 1


def test_offer_open_to_the_network_is_not_writable_by_it(offer, actor, now):
    row = offer()
    with pytest.raises(NotAllowed):
        set_offer_state(offer=row, state="withdrawn", by=actor("amira"), at=now)


def test_offer_withdrawn_carries_its_time_and_can_be_opened_again(offer, actor, now):
    row = offer()
    set_offer_state(offer=row, state="withdrawn", by=actor("jonas"), at=now)
    assert row.closed_at == now
    set_offer_state(offer=row, state="open", by=actor("jonas"), at=now)
    assert row.closed_at is None


def test_offer_cannot_jump(offer, actor, now):
    row = offer(state="draft")
    with pytest.raises(WrongState, match="kann nicht"):
        set_offer_state(offer=row, state="taken", by=actor("jonas"), at=now)
