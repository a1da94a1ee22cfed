"""What can happen in a case."""

from wurzelwerk.evidence.types import FactType

from . import lists
from .enums import Channel

NOT_ASKED = "not_asked"
"""The language of a short contact of whom nobody asked it."""

CASE_OPENED = FactType("cases.opened", "Fall eröffnet", once=True)
CASE_CLOSED = FactType("cases.closed", "Fall abgeschlossen", once=True)
CASE_ASSIGNED = FactType("cases.assigned", "Zuständigkeit geändert")
HOUSEHOLD_CHANGED = FactType("cases.household_changed", "Angaben zum Haushalt geändert")
CONSULTED = FactType(
    "cases.consulted",
    "Beratung",
    dimensions={"interpreter": frozenset({"yes", "no"}), "length": frozenset({"short", "long", "unknown"})},
)
SHORT_CONTACT = FactType(
    "cases.short_contact",
    "Kurzkontakt",
    dimensions={
        "topic": frozenset(lists.table("journal_themes").keys),
        "language": frozenset({*lists.table("languages").keys, NOT_ASKED}),
        "channel": frozenset(Channel.values),
        "hour": frozenset(f"{hour:02d}" for hour in range(24)),
        "length": frozenset({"to_10", "to_30", "longer"}),
    },
)
CONTACT_LINKED = FactType("cases.contact_linked", "Kurzkontakt einem Fall zugeordnet")
CONTACT_LINES_CLEARED = FactType("cases.contact_lines_cleared", "Abgelaufene Zeilen von Kurzkontakten gelöscht")
NOTE_CHANGED = FactType("cases.note_changed", "Journaleintrag geändert")
TEXT_BLOCK_CHANGED = FactType("cases.text_block_changed", "Textbaustein geändert")
PLAN_CHANGED = FactType(
    "cases.plan_changed",
    "Plan geändert",
    dimensions={"state": frozenset({"changed", "moved", "archived", "restored"})},
)
NEED_NOTED = FactType("cases.need_noted", "Bedarf festgehalten")
NEED_MET = FactType("cases.need_met", "Bedarf gedeckt")
GOAL_AGREED = FactType("cases.goal_agreed", "Ziel vereinbart")
GOAL_REACHED = FactType("cases.goal_reached", "Ziel erreicht", dimensions={"state": frozenset({"open", "reached"})})
STEP_PLANNED = FactType("cases.step_planned", "Schritt geplant")
STEP_CLOSED = FactType(
    "cases.step_closed", "Schritt abgeschlossen", dimensions={"state": frozenset({"open", "done", "dropped"})}
)
TASK_SET = FactType("cases.task_set", "Aufgabe gestellt")
TASK_DONE = FactType("cases.task_done", "Aufgabe erledigt")
TASK_REOPENED = FactType("cases.task_reopened", "Aufgabe wieder geöffnet")
APPROVAL = FactType(
    "cases.approval",
    "Freigabe durch eine zweite Person",
    dimensions={"state": frozenset({"waits", "approved", "sent_back", "withdrawn"})},
)
APPROVAL_RULES = FactType("cases.approval_rules", "Festgelegt, was vier Augen braucht")
CASE_WEIGHED = FactType("cases.weighed", "Aufwand eines Falls festgelegt")
TASK_CHANGED = FactType("cases.task_changed", "Aufgabe geändert, verschoben oder weitergegeben")
WORK_MOVED_BACK = FactType("cases.work_moved_back", "Weitergegebene Arbeit zurückgenommen")
TASK_CANCELLED = FactType("cases.task_cancelled", "Aufgabe gestrichen")
APPOINTMENT_MADE = FactType("cases.appointment_made", "Termin vereinbart")
APPOINTMENT_CLOSED = FactType(
    "cases.appointment_closed",
    "Termin abgeschlossen",
    dimensions={"state": frozenset({"planned", "kept", "missed", "cancelled"})},
)
REFERRAL_SENT = FactType("cases.referral_sent", "Überweisung gesendet")
REFERRAL_ANSWERED = FactType(
    "cases.referral_answered",
    "Überweisung beantwortet",
    dimensions={
        "answer": frozenset({"accepted", "refused"}),
        "in_time": frozenset({"yes", "no"}),
        "because": frozenset({*lists.table("refusal_reasons").keys, "unsaid"}),
    },
)
REFERRAL_OPENED = FactType("cases.referral_opened", "Angaben einer Überweisung per Link angesehen")
REFERRAL_ASKED = FactType(
    "cases.referral_asked", "Rückfrage zu einer Überweisung", dimensions={"what": frozenset({"asked", "replied"})}
)
BODY_KEPT = FactType("cases.body_kept", "Stelle ohne Zugang eingetragen")
REFERRAL_REMINDED = FactType("cases.referral_reminded", "An eine Überweisung erinnert")
REFERRAL_DONE = FactType(
    "cases.referral_done",
    "Überweisung erledigt",
    dimensions={"outcome": frozenset(lists.table("referral_outcomes").keys)},
)
NOTICE_READ = FactType("cases.notice_read", "Hinweis gelesen")
DOCUMENT_FILED = FactType("cases.document_filed", "Dokument abgelegt")
DOCUMENT_CHANGED = FactType("cases.document_changed", "Dokument geändert")
DOCUMENT_REMOVED = FactType(
    "cases.document_removed",
    "Dokument entfernt",
    dimensions={"state": frozenset({"removed", "restored", "version_removed", "version_restored"})},
)
DOCUMENTS_DELETED = FactType("cases.documents_deleted", "Entfernte Dokumente gelöscht")
REFERRAL_ENDED = FactType("cases.referral_ended", "Überweisung beendet")
ABSENCE = FactType(
    "cases.absence",
    "Abwesenheit oder Vertretung eingetragen oder geändert",
    dimensions={"what": frozenset({"entered", "changed", "ended", "resumed", "cancelled", "restored", "cover_seen"})},
)
LEAVING = FactType("cases.leaving", "Jemand verlässt das Haus", dimensions={"what": frozenset({"set", "taken_back"})})
SHARED_HOME = FactType(
    "cases.shared_home", "Wohngemeinschaft", dimensions={"what": frozenset({"noted", "removed", "restored"})}
)
HANDOVER_NOTE = FactType(
    "cases.handover_note",
    "Übergabenotiz",
    dimensions={"what": frozenset({"written", "changed", "removed", "restored", "read"})},
)
HELPER_CHANGED = FactType(
    "cases.helper_changed", "Helferkreis geändert", dimensions={"change": frozenset({"added", "ended", "kept"})}
)
CONFERENCE_CALLED = FactType("cases.conference_called", "Fallkonferenz angesetzt")
CONFERENCE_CHANGED = FactType("cases.conference_changed", "Fallkonferenz geändert")
CONFERENCE_CANCELLED = FactType("cases.conference_cancelled", "Fallkonferenz abgesagt")
CONFERENCE_ANSWERED = FactType("cases.conference_answered", "Auf Einladung oder Protokoll geantwortet")
MINUTES_OPENED = FactType("cases.minutes_opened", "Protokoll für eine andere Stelle freigegeben")
MINUTES_CLOSED = FactType("cases.minutes_closed", "Freigabe eines Protokolls zurückgenommen")
CONFERENCE_HELD = FactType("cases.conference_held", "Fallkonferenz")
HOUSEHOLD_SEPARATED = FactType("cases.household_separated", "Haushalt getrennt")
HOUSEHOLDS_MERGED = FactType("cases.households_merged", "Doppelt Aufgenommenes zusammengeführt")

FACTS = tuple(value for value in list(vars().values()) if isinstance(value, FactType))
