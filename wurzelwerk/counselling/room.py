"""The manifest of counselling."""

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import LinkPage, MenuEntry, Panel, Room, Shortcut, TourStep

from . import approving, facts, handing, inviting, leaving, panels, queries, support_panels, today_cover
from .indicators import INDICATORS
from .link_views import TEXTS, referral_by_link
from .list_bodies import BODIES
from .list_people import PEOPLE
from .outside import PURPOSE
from .queries import akte_labels

PART = "counselling/panels/{}.html".format
SHORTCUTS = (
    Shortcut(
        _("Haushalt aufnehmen"), "household_new", "case.open", _("neu anlegen Familie Person Aufnahme Erstgespräch")
    ),
    Shortcut(
        _("Kurzkontakt festhalten"), "contact_list", "contact.record", _("neu anonym Tresen Telefon unterwegs zählen")
    ),
    Shortcut(_("Offene Sprechstunde festhalten"), "open_hour_new", "contact.record", _("neu Kurzkontakte Gruppe")),
    Shortcut(_("Mein Monat"), "my_month", "contact.record", _("Zahlen Statistik Auswertung Woche meine")),
    Shortcut(_("Stundennachweis"), "timesheet", "contact.record", _("Arbeitszeit Stunden Minuten Zeiterfassung")),
    Shortcut(_("Überweisungen"), "referral_list", "referral.send", _("gesendet Antwort wartet erinnern Stelle")),
    Shortcut(
        _("Antworten auf Überweisungen zählen"), "referral_figures", "referral.send", _("Auswertung Zahlen stumm")
    ),
    Shortcut(_("Wer das Haus verlässt"), "leaving", "case.assign", _("Abschied Kündigung geht Übergabe Zugang endet")),
    Shortcut(_("Wer das Haus verlässt"), "leaving", "accounts.manage", _("Abschied Kündigung Zugang endet sperren")),
    Shortcut(_("Textbausteine"), "text_block_list", "case.open", _("Vorlagen Journal Bausteine")),
    Shortcut(_("Kurzkontakte auswerten"), "contact_figures", "contact.record", _("Auswertung Zahlen Statistik")),
)

DRAFTS = {
    "intake": _("Haushalt aufnehmen"), "member": _("Person aufnehmen"), "person": _("Angaben zur Person"),
    "residence": _("Aufenthalt"), "accommodation": _("Unterkunft"), "move": _("Umzug"), "economy": _("Einkommen"),
    "custody": _("Sorgerecht"), "kinship": _("Beziehung"),
    "need": _("Bedarf"), "goal": _("Ziel"), "note": _("Journaleintrag"), "release": _("Freigabe vorbereiten"),
    "referral": _("Überweisung"), "helper": _("Eintrag im Helferkreis"), "conference": _("Fallkonferenz"),
    "minutes": _("Protokoll"), "release_outside": _("Freigabe für eine Stelle ohne Zugang"),
    "referral_law": _("Weitergabe auf gesetzlicher Grundlage"), "reply": _("Antwort auf eine Rückfrage"),
    "text_block": _("Textbaustein"), "text_block_change": _("Textbaustein ändern"),
    "note_change": _("Journaleintrag ändern"), "note_correction": _("Berichtigung"),
    "handover_note": _("Übergabenotiz"), "handover_note_change": _("Übergabenotiz ändern"),
    "need_change": _("Bedarf ändern"), "goal_change": _("Ziel ändern"), "step_change": _("Schritt ändern"),
}  # fmt: skip

TOUR = (
    TourStep(
        _("Einen Kurzkontakt festhalten"), _("Jemand fragt ohne Namen: Thema wählen, Eingabetaste."), "contact_list",
        10, "contact.record", "kurzkontakte", queries.own_contacts,
    ),
    TourStep(
        _("Einen Haushalt aufnehmen"), _("Ein Name genügt; alles andere kann folgen."), "household_new",
        20, "case.open", "beratung", queries.own_cases,
    ),
    TourStep(
        _("Ein Gespräch aufschreiben"), _("Auf der Seite eines Haushalts: „Journaleintrag schreiben“."),
        "household_list", 30, "case.open", "beratung", queries.own_notes,
    ),
)  # fmt: skip

MANUAL = {
    "kurzkontakte": (
        "contact_list", "open_hour_new", "contact_figures", "contact_choose", "contact_link",
    ),
    "beratung": (
        "household_new", "member_new", "member_edit", "member_leave", "residence_edit", "accommodation_edit",
        "accommodation_move", "economy_edit", "release_list", "release_new", "release_sign", "release_withdraw",
        "case_close", "case_assign",
    ),
    "familie": (
        "family", "custody_edit", "kinship_new", "member_born", "member_arrived", "household_separate", "shared_home",
    ),
    "mein-monat": ("my_month", "timesheet"),
    "helferkreis": (
        "support_circle", "helper_new", "helper_edit", "helper_end", "conference", "conference_new", "conference_edit",
        "conference_minutes", "conference_invitation", "minutes_opened",
    ),
    "vertretung": ("handover", "handover_notes", "handover_note_new", "handover_note_edit", "leaving"),
    "vier-augen": ("approval", "approval_rules"),
    "aufgaben": ("task_list", "task_edit", "task_new", "task_done", "caseload", "case_weigh"),
    "ueberweisung": (
        "referral", "referral_list", "referral_figures", "referral_complete", "referral_new", "referral_end",
        "body_new", "outside_release_new", "outside_new", "outside_law_new", "outside_record", "outside_reply",
        "outside_sheet",
    ),
    "journal": ("journal", "note_new", "note_edit", "note_correct", "news", "text_block_list", "text_block_new",
                "text_block_edit"),
    "plan": ("plan", "need_new", "need_edit", "goal_new", "goal_edit", "step_new", "step_edit"),
    "dokumente": ("document_list", "document_new", "document", "document_edit", "document_version_new"),
    "zusammenfuehren": ("duplicate_choose", "household_merge", "person_merge", "household_unmerge"),
}  # fmt: skip

ROOM = Room(
    name="counselling",
    label=_("Beratung"),
    menu=(
        MenuEntry(
            _("Haushalt aufnehmen"), "household_new", "plus", 25, permission="case.open", active=("/haushalte/neu/",)
        ),
        MenuEntry(_("Was ist neu"), "news", "bell", 12, permission="case.open", active=("/neu/",)),
        MenuEntry(
            _("Kurzkontakte"), "contact_list", "person", 27, permission="contact.record", active=("/kurzkontakte/",)
        ),
        MenuEntry(_("Vier Augen"), "approval_rules", "eye", 90, permission="accounts.manage", active=("/vier-augen/",)),
        MenuEntry(_("Aufgaben"), "task_list", "task", 15, permission="case.work", active=("/aufgaben/",)),
    ),
    shortcuts=SHORTCUTS,
    tour=TOUR,
    ticks=(inviting.queue_invitations,),
    manual=MANUAL,
    panels=(
        Panel("uebergabe", "household", 2, PART("handing"), handing.panel),
        Panel("personen", "household", 10, PART("members"), panels.members, label=_("Personen")),
        Panel("lage", "household", 20, PART("circumstances"), panels.circumstances, label=_("Lebenslage")),
        Panel("wohngemeinschaft", "household", 22, PART("shared_home"), panels.shared_home),
        Panel("plan", "household", 40, PART("plan"), panels.plan, label=_("Plan")),
        Panel("journal", "household", 50, PART("journal"), panels.journal, label=_("Journal")),
        Panel("aufgaben", "household", 16, PART("tasks"), panels.tasks, column="aside", label=_("Aufgaben")),
        Panel("papiere", "household", 17, PART("papers"), panels.papers, column="aside"),
        Panel("freigaben", "household", 20, PART("sharing"), panels.sharing, column="aside", label=_("Freigaben")),
        Panel("fall", "household", 90, PART("matter"), panels.matter, column="aside"),
        Panel(
            "meine-konferenzen",
            "today",
            15,
            PART("my_conferences"),
            support_panels.my_conferences,
            label=_("Fallkonferenzen"),
        ),
        Panel("meine-aufgaben", "today", 20, PART("my_tasks"), panels.my_tasks, label=_("Aufgaben und Schritte")),
        Panel("gesendet", "today", 40, PART("my_referrals"), panels.my_referrals, label=_("Gesendete Überweisungen")),
        Panel("lange-nicht", "today", 60, PART("unseen"), panels.unseen, label=_("Lange nicht gesehen")),
        Panel("vier-augen", "today", 12, PART("approvals"), approving.waiting, label=_("Vier Augen")),
        Panel("abschied", "today", 13, PART("leaving"), leaving.panel, label=_("Verlässt das Haus")),
        *today_cover.PANELS,
    ),
    facts=facts.FACTS,
    indicators=INDICATORS,
    link_pages=(LinkPage(PURPOSE, _("Überweisung beantworten"), referral_by_link, TEXTS.languages),),
    drafts=DRAFTS,
    importers=(PEOPLE, BODIES),
    akte_labels=akte_labels,
)
