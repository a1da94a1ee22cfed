"""What somebody is writing: which form, about which row, and where the text belongs."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from wurzelwerk.trust.guard import GuardedModel

NOTHING_YET = UUID(int=0)
"""The subject of a form that makes a row out of nothing."""


@dataclass(frozen=True)
class Writing:
    """A form as its draft knows it.

    `form`: its key, the same for all rows. `scope`: what the text is going to be; who may not write it has no draft.
    `beside`: a row in whose Akte the draft lies; None: there is none yet, the team's Akte of drafts takes it.
    `subject`: the row that the form is about. `stored`: the values that the form shows of what is stored already;
    where they have changed since the draft was begun, the page says so.
    """

    form: str
    scope: str
    beside: GuardedModel | None = None
    subject: UUID = NOTHING_YET
    stored: Mapping[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """A short mark of what is stored, to be compared only; empty for a form that begins empty."""
        if not self.stored:
            return ""
        lines = json.dumps({name: _plain(value) for name, value in self.stored.items()}, sort_keys=True)
        return hashlib.sha256(lines.encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, list | tuple | set) else str(value or "")
