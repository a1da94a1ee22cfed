"""What becomes of people, cases and daily work when two Akten of one household become one."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.formats import euro
from wurzelwerk.trust.fates import Fate, stays

from . import lists
from .enums import ReferralState


def _income(row: Any) -> str:
    kinds = [lists.label("income_kinds", code) for code in row.income_kinds if code in lists.table("income_kinds").keys]
    return ", ".join([*kinds, *([euro(row.monthly_net)] if row.monthly_net is not None else [])])


def _residence(row: Any) -> str:
    return row.as_printed or str(row.get_basis_display())


def _referred(_on: date) -> Q:
    return Q(state__in=[ReferralState.SENT, ReferralState.ACCEPTED]) | Q(receiver_akte__isnull=False)


def _standing(_on: date) -> Q:
    return Q(undone_at__isnull=True)


FATES = {
    "cases.Household": stays("it is the double; what belongs to it comes along"),
    "cases.Case": stays("it is the double; it is closed, and what belongs to it comes along"),
    "cases.CaseParty": stays("says whose the case is that stays"),
    "cases.OpenHour": stays("lies in the Akte of a team's short contacts"),
    "cases.Person": Fate(moves=True, one=_("Person"), many=_("Personen"), person="id"),
    "cases.PersonKeys": Fate(moves=True, person="person_id"),
    "cases.PersonLanguage": Fate(moves=True, person="person_id"),
    "cases.Residence": Fate(
        moves=True,
        one=_("Aufenthalt"),
        many=_("Angaben zum Aufenthalt"),
        person="person_id",
        single="person_id",
        say=_residence,
    ),
    "cases.Kinship": Fate(
        moves=True,
        one=_("Beziehung"),
        many=_("Beziehungen"),
        once=("person_id", "kind", "other_id", "outside", "removed_at"),
    ),
    "cases.Custody": Fate(
        moves=True, one=_("Angabe zum Sorgerecht"), many=_("Angaben zum Sorgerecht"), once=("child_id", "until")
    ),
    "cases.HouseholdMember": Fate(moves=True, person="person_id"),
    "cases.Accommodation": Fate(moves=True, one=_("Unterkunft"), many=_("Unterkünfte")),
    "cases.SharedHome": Fate(
        moves=True, one=_("Wohngemeinschaft"), many=_("Wohngemeinschaften"), once=("other_id", "removed_at")
    ),
    "cases.EconomicSituation": Fate(moves=True, one=_("Einkommen"), single="household_id", say=_income),
    "cases.Need": Fate(moves=True, one=_("Bedarf"), many=_("Bedarfe")),
    "cases.Goal": Fate(moves=True, one=_("Ziel"), many=_("Ziele")),
    "cases.Step": Fate(moves=True, one=_("Schritt"), many=_("Schritte")),
    "cases.Note": Fate(moves=True, one=_("Journaleintrag"), many=_("Journaleinträge")),
    "cases.NoteVersion": Fate(moves=True),
    "cases.Document": Fate(moves=True, one=_("Dokument"), many=_("Dokumente")),
    "cases.DocumentVersion": Fate(moves=True),
    "cases.Approval": Fate(
        moves=True, one=_("Freigabe durch Zweite"), many=_("Freigaben durch Zweite"), once=("case_id", "act", "what")
    ),
    "cases.Task": Fate(moves=True, one=_("Aufgabe"), many=_("Aufgaben")),
    "cases.Appointment": Fate(moves=True, one=_("Termin"), many=_("Termine")),
    "cases.HandoverNote": Fate(moves=True, one=_("Übergabenotiz"), many=_("Übergabenotizen")),
    "cases.Notice": Fate(moves=True, one=_("Hinweis"), many=_("Hinweise")),
    "cases.Helper": Fate(moves=True, one=_("Eintrag im Helferkreis"), many=_("Einträge im Helferkreis")),
    "cases.Conference": Fate(moves=True, one=_("Fallkonferenz"), many=_("Fallkonferenzen")),
    "cases.Participant": Fate(moves=True),
    "cases.Decision": Fate(moves=True),
    "cases.ShortContact": Fate(moves=True, one=_("Kurzkontakt"), many=_("Kurzkontakte")),
    "cases.Referral": Fate(
        moves=False,
        because="who was asked and refused belongs to the former case; what stands needs a decision",
        forbids=_referred,
        sentence=_("Der Haushalt ist oder war mit dieser Akte an eine andere Stelle überwiesen."),
        binds=True,
    ),
    "cases.Separation": Fate(
        moves=False,
        because="belongs to the Akte of those who stayed; what it knows of both is needed to take it back",
        forbids=_standing,
        sentence=_("Aus dieser Akte ist durch eine Trennung ein zweiter Haushalt entstanden."),
        binds=True,
    ),
    "cases.OpenedMinutes": stays("belongs to the referral, which stays with the former case"),
    "cases.ReferralEvent": stays("belongs to the referral, which stays with the former case"),
    "cases.Merge": Fate(
        moves=False,
        because="belongs to the Akte into which something was merged",
        forbids=_standing,
        sentence=_("In dieser Akte ist schon etwas zusammengeführt worden."),
    ),
}
