"""The table of a placement's states is whole, and its drawing is the drawn one."""

from pathlib import Path

from wurzelwerk.housing.enums import OPEN_PLACEMENT, TAKING_PLACEMENT, PlacementState
from wurzelwerk.housing.moves import STANDING, STANDINGS, WAY, mermaid
from wurzelwerk.housing.pathway import HOUSING

DRAWING = Path(__file__).resolve().parents[3] / "docs" / "placement-states.md"


def test_every_state_stands_in_the_table_once():
    assert [one.code for one in STANDINGS] == list(PlacementState)


def test_every_move_leads_to_a_state_and_every_stage_exists():
    assert {code for one in STANDINGS for code in one.next} <= set(STANDING)
    assert {STANDING[code].stage for code in WAY} <= {stage.code for stage in HOUSING.stages}
    assert (*OPEN_PLACEMENT, *TAKING_PLACEMENT) == WAY


def test_drawing_of_the_states_is_up_to_date():
    assert mermaid() in DRAWING.read_text(encoding="utf-8")
