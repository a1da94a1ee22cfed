"""What is kept of a list is read as far as it is known here."""

import pytest
from django.http import QueryDict

from wurzelwerk.base.list_state import Kept, KeptFilter, read_kept, without_private

RIGHT = {"key": "a", "name": "Meine", "query": "stand=offen"}


@pytest.mark.parametrize(
    "stored",
    [None, [], "x", {"akten": None}, {"akten": []}, {"akten": {"filters": None, "columns": 5}},
     {"akten": {"filters": [5, None, {}, {"key": 1, "name": "x", "query": "y"}], "columns": [None, {}]}}],
)  # fmt: skip
def test_what_cannot_be_read_counts_as_nothing(stored):
    assert read_kept(stored, "akten") == Kept()


def test_what_another_release_wrote_is_read_as_far_as_it_is_known():
    stored = {"akten": {"columns": ["name", 3], "filters": [{**RIGHT, "later": 1}, RIGHT | {"is_first": True}]}}
    assert read_kept(stored, "akten") == Kept(
        ("name",), (KeptFilter("a", "Meine", "stand=offen"), KeptFilter("a", "Meine", "stand=offen", is_first=True))
    )


def test_what_may_stand_in_no_address_is_left_out_of_one_written_by_hand():
    assert without_private(QueryDict("name=Samira&stand=offen"), ["name"]).urlencode() == "stand=offen"


def test_an_id_names_nobody_and_may_stand_in_an_address():
    asked = QueryDict("zustaendig=01a22a5d-3b3f-7000-8000-6dce49590ac9")
    assert without_private(asked, ["zustaendig"]) == asked
