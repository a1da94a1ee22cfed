"""The plan on paper, German with the person's language beside it, to be signed.

The words of the sheet stand in `plan_texts/<language>.json`; a language whose file says `"reviewed": false` carries a
mark in both languages. What somebody typed stays German; beside it stands what the interpreter said, where that was
written down. Neither title nor metadata of the PDF name a person.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.documents import render_pdf
from wurzelwerk.base.errors import BadInput
from wurzelwerk.cases.enums import StepState

from .planning import PlannedGoal, PlannedNeed

HERE = Path(__file__).parent
TEXTS = HERE / "plan_texts"
TEMPLATE = HERE / "documents" / "plan_sheet.typ"
BINDING = "de"


@dataclass(frozen=True)
class PlanSheet:
    """What is printed: `needs` with goals and steps, in their order; `household`: whose plan it is, in words."""

    office: str
    household: str
    counsellor: str
    needs: tuple[PlannedNeed, ...]
    made_at: datetime


def languages() -> tuple[str, ...]:
    """Codes of the languages the sheet exists in, German first."""
    found = sorted(path.stem for path in TEXTS.glob("*.json"))
    return (BINDING, *(code for code in found if code != BINDING))


@cache
def texts(language: str) -> Mapping[str, Any]:
    """The words of one language. Raises BadInput where the sheet does not exist in it."""
    if language not in languages():
        raise BadInput(_("In dieser Sprache gibt es den Plan noch nicht."), field="language")
    return json.loads((TEXTS / f"{language}.json").read_text(encoding="utf-8"))


def render_plan_sheet(sheet: PlanSheet, *, language: str) -> bytes:
    """The plan as PDF/UA-1, German with `language` beside it ("de": German alone). Raises BadInput (the language)."""
    own = None if language == BINDING else texts(language)
    data = {"de": texts(BINDING), "own": own, "sheet": _as_data(sheet)}
    return render_pdf(TEMPLATE, data, at=sheet.made_at)


def _as_data(sheet: PlanSheet) -> dict[str, Any]:
    return {
        "office": sheet.office,
        "household": sheet.household,
        "counsellor": sheet.counsellor,
        "made": formats.day(sheet.made_at),
        "needs": [
            {
                "code": need.code,
                "kind": need.kind,
                "text": need.text,
                "own": need.own_words,
                "urgency": str(need.level),
                "goals": [_goal(goal) for goal in need.goals],
            }
            for need in sheet.needs
        ],
    }


def _goal(goal: PlannedGoal) -> dict[str, Any]:
    return {
        "text": goal.text,
        "own": goal.own_words,
        "reached": formats.day(goal.reached_on),
        "steps": [
            {
                "text": step.text,
                "own": step.own_words,
                "self": step.by_client,
                "who": "" if step.by_client else str(step.assignee_name),
                "until": formats.day(step.due_on),
                "done": step.state == StepState.DONE,
            }
            for step in goal.steps
            if step.state != StepState.DROPPED
        ],
    }
