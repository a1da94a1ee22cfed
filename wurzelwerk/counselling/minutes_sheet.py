"""The minutes of a conference on paper; as long as there are none, its agenda with who is invited.

For the team that keeps the Akte. Neither title nor metadata nor file name of the PDF name anybody.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.documents import render_pdf
from wurzelwerk.cases.enums import ConferenceState
from wurzelwerk.cases.models import Conference, Decision, Participant

TEMPLATE = Path(__file__).parent / "documents" / "minutes.typ"


@dataclass(frozen=True)
class MinutesSheet:
    """What is printed: `label`: the kind of the conference; `household`, `office`, `written_by` in words."""

    conference: Conference
    label: str
    office: str
    household: str
    people: tuple[Participant, ...]
    decisions: tuple[Decision, ...]
    written_by: str
    made_at: datetime

    @property
    def is_held(self) -> bool:
        """Whether there are minutes."""
        return self.conference.state == ConferenceState.HELD

    @property
    def file_name(self) -> str:
        """A name for the download that names nobody."""
        kind = "protokoll" if self.is_held else "tagesordnung"
        return f"{kind}-{formats.local(self.conference.starts_at):%Y-%m-%d}.pdf"


def render_minutes(sheet: MinutesSheet) -> bytes:
    """Return the sheet as PDF/UA-1. Raises BadInput for a sign that cannot be printed."""
    return render_pdf(TEMPLATE, _as_data(sheet), at=sheet.made_at)


def _as_data(sheet: MinutesSheet) -> dict[str, Any]:
    row = sheet.conference
    return {
        "title": _("Protokoll") if sheet.is_held else _("Tagesordnung"),
        "office": sheet.office,
        "facts": _facts(sheet),
        "people": [
            {"name": one.name, "body": one.body, "said": _said(one, held=sheet.is_held)} for one in sheet.people
        ],
        "agenda": row.agenda,
        "minutes": row.minutes,
        "decisions": [
            {"text": one.text, "who": one.who, "until": formats.day(one.due_on)} for one in sheet.decisions
        ],
        "written": _written(sheet),
        "words": _words(held=sheet.is_held),
    }  # fmt: skip


def _facts(sheet: MinutesSheet) -> list[dict[str, str]]:
    row = sheet.conference
    when = f"{formats.weekday(row.starts_at)}, {formats.clock(row.starts_at)} – {formats.clock(row.ends_at)}"
    found = [
        (_("Art"), sheet.label), (_("Wann"), when), (_("Wo"), row.place), (_("Haushalt"), sheet.household),
        (_("Nächste Besprechung"), formats.day(row.next_on)),
    ]  # fmt: skip
    return [{"label": label, "value": value} for label, value in found if value]


def _said(one: Participant, *, held: bool) -> str:
    if not held:
        return str(one.get_answer_display())
    if not one.present:
        return _("nicht dabei")
    return _("anwesend, bestätigt") if one.confirmed_at else _("anwesend")


def _written(sheet: MinutesSheet) -> str:
    row = sheet.conference
    if not sheet.is_held:
        return ""
    said = {"name": sheet.written_by, "when": formats.moment(row.written_at)}
    return _("Geschrieben von %(name)s am %(when)s.") % said


def _words(*, held: bool) -> dict[str, str]:
    return {
        "people": _("Wer war dabei?") if held else _("Wer ist eingeladen?"),
        "name": _("Name"), "body": _("Stelle"), "was_there": _("Teilnahme") if held else _("Antwort"),
        "agenda": _("Tagesordnung"), "minutes": _("Was wurde besprochen?"), "decisions": _("Beschlüsse"),
        "what": _("Was"), "who": _("Wer"), "until": _("Bis"), "page": _("Seite"),
        "internal": _("Vertraulich: für das Team, das die Akte führt"),
    }  # fmt: skip
