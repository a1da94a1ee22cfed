"""All the open work of one person, and who is to have which part of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.formats import day, moment
from wurzelwerk.cases.enums import AppointmentState, ReferralState, StepState
from wurzelwerk.cases.models import Appointment, Case, PersonLanguage, Referral, Step, Task
from wurzelwerk.drafts.models import Draft
from wurzelwerk.network.models import User
from wurzelwerk.trust.actor import Actor

from .forms.choosing import label_or_code
from .handing import latest_notes
from .queries import GERMAN, HouseholdNames

KINDS = {
    "case": _("Fälle"), "task": _("Aufgaben"), "step": _("Schritte"), "appointment": _("Termine"),
}  # fmt: skip
ROWS_AT_MOST = 400
"""Of each kind; more nobody hands over on one page, what is left is shown afterwards."""


@dataclass
class Line:
    """A row that can be given to somebody; `languages` are those of a case's household."""

    kind: str
    row: Any
    case_id: UUID
    text: str
    about: Any = None
    languages: tuple[str, ...] = ()
    note: Any = None
    """The latest hand-over note of a case."""

    @property
    def key(self) -> str:
        """The name of its field."""
        return f"z_{self.row.pk.hex}"


@dataclass
class OpenWork:
    """What a person has to hand over, and what goes along or stays: referrals that wait, drafts that only they see."""

    lines: list[Line]
    referrals: list[Any] = field(default_factory=list)
    drafts: int = 0

    def of(self, kind: str) -> list[Line]:
        """Return the lines of a kind."""
        return [line for line in self.lines if line.kind == kind]

    @property
    def languages(self) -> list[tuple[str, str, int]]:
        """The languages of the cases' households: code, name, how many; German is none to choose by."""
        number = Counter(code for line in self.of("case") for code in line.languages if code != GERMAN)
        return [(code, label_or_code("languages", code), n) for code, n in number.most_common()]


def open_work(person: User, *, actor: Actor, now: datetime) -> OpenWork:
    """Return everything that is open in a person's name, as far as the actor sees it (about nine queries)."""
    cases = list(
        Case.objects.visible_to(actor).filter(lead_id=person.pk, closed_on__isnull=True).order_by("pk")[:ROWS_AT_MOST]
    )
    rows: list[Any] = [*cases, *_tasks(person, actor), *_steps(person, actor), *_appointments(person, actor, now)]
    spoken = _languages(cases, actor)
    lines = [_line(row, spoken) for row in HouseholdNames(actor).add(rows)]
    notes = latest_notes(cases, actor=actor)
    for line in lines:
        line.note = notes.get(line.case_id) if line.kind == "case" else None
    lines.sort(key=lambda line: (list(KINDS).index(line.kind), line.about.name if line.about else "", str(line.row.pk)))
    sent = Referral.objects.visible_to(actor).filter(sent_by_id=person.pk, state=ReferralState.SENT)
    return OpenWork(
        lines=lines,
        referrals=HouseholdNames(actor).add(sent.select_related("receiver").order_by("sent_at", "pk")[:ROWS_AT_MOST]),
        drafts=Draft.objects.for_system(reason="how many drafts somebody has").filter(author_id=person.pk).count(),
    )


def _tasks(person: User, actor: Actor) -> Iterable[Task]:
    rows = Task.objects.visible_to(actor).filter(
        assignee_id=person.pk, done_at__isnull=True, cancelled_at__isnull=True, case__closed_on__isnull=True
    )
    return rows[:ROWS_AT_MOST]


def _steps(person: User, actor: Actor) -> Iterable[Step]:
    rows = Step.objects.visible_to(actor).filter(
        assignee_id=person.pk, state=StepState.OPEN, goal__need__case__closed_on__isnull=True
    )
    return rows.annotate(case_id=F("goal__need__case_id"))[:ROWS_AT_MOST]


def _appointments(person: User, actor: Actor, now: datetime) -> Iterable[Appointment]:
    rows = Appointment.objects.visible_to(actor).filter(
        host_id=person.pk, state=AppointmentState.PLANNED, starts_at__gte=now, case__closed_on__isnull=True
    )
    return rows[:ROWS_AT_MOST]


def _languages(cases: list[Case], actor: Actor) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, list[str]] = {}
    rows = PersonLanguage.objects.visible_to(actor).filter(akte_id__in=[case.akte_id for case in cases])
    for akte_id, code in rows.order_by("-needs_interpreter", "code").values_list("akte_id", "code"):
        if code not in found.setdefault(akte_id, []):
            found[akte_id].append(code)
    return {akte_id: tuple(codes) for akte_id, codes in found.items()}


def _line(row: Any, spoken: Mapping[UUID, tuple[str, ...]]) -> Line:
    kind = type(row).__name__.lower()
    texts = {
        "case": lambda: ", ".join(label_or_code("languages", code) for code in spoken.get(row.akte_id, ())),
        "task": lambda: f"{row.title}, {_('fällig')} {day(row.due_on)}",
        "step": lambda: f"{row.text}{', ' + day(row.due_on) if row.due_on else ''}",
        "appointment": lambda: f"{label_or_code('appointment_kinds', row.kind)}, {moment(row.starts_at)}",
    }
    languages = spoken.get(row.akte_id, ()) if kind == "case" else ()
    return Line(kind, row, row.pk if kind == "case" else row.case_id, str(texts[kind]()), row.about, languages)


def planned(work: OpenWork, chosen: Mapping[str, User]) -> list[tuple[Line, User]]:
    """Return who is to have what. A line's own choice goes before that of its language, this before that of its kind;

    what belongs to a case that is given goes along with it. `chosen`: name of a field -> colleague.
    """
    cases: dict[UUID, User] = {}
    found = []
    for line in work.of("case"):
        tongue = next((chosen[f"sprache_{code}"] for code in line.languages if f"sprache_{code}" in chosen), None)
        if to := chosen.get(line.key) or tongue or chosen.get("alle_case"):
            cases[line.case_id] = to
            found.append((line, to))
    for line in work.lines:
        if line.kind != "case":
            to = chosen.get(line.key) or chosen.get(f"alle_{line.kind}") or cases.get(line.case_id)
            found += [(line, to)] if to else []
    return found


__all__ = ["KINDS", "Line", "OpenWork", "open_work", "planned"]
