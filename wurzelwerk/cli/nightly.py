"""Was einmal am Tag geschehen muss."""

import argparse
import sys


def configure(parser: argparse.ArgumentParser) -> None:
    """`nightly`: to be called once a day by cron or a systemd timer; calling it again does no harm."""
    parser.description = (
        "Beendet Weitergaben, deren Freigaben abgelaufen sind, erinnert an Überweisungen ohne Antwort, "
        "löscht abgelaufene Zeilen von Kurzkontakten, "
        "entfernte Dokumente und abgelaufene Anmeldungen, vergleicht die Fakten mit den Tabellen und räumt auf. "
        "Einmal am Tag aufrufen, zum Beispiel durch cron."
    )
    parser.epilog = "Beispiel: wurzelwerk nightly"
    parser.set_defaults(run=run_nightly)


def run_nightly(_: argparse.Namespace) -> int:
    """Do everything, say what was done; 1 where facts and tables contradict each other."""
    from .main import load_django

    load_django()
    from django.contrib.sessions.backends.db import SessionStore

    from wurzelwerk.base import clock, idempotency, knocking
    from wurzelwerk.cases import actions as cases
    from wurzelwerk.cases import visits
    from wurzelwerk.drafts import keeping
    from wurzelwerk.evidence.checks import check_facts
    from wurzelwerk.outbox import sending
    from wurzelwerk.sheets.keeping import forget as forget_lists
    from wurzelwerk.trust.actor import Actor

    at = clock.now()
    ended = cases.lapse_referrals(by=Actor.system("nightly"), at=at)
    reminded = cases.remind_receivers(by=Actor.system("nightly"), at=at)
    cleared = cases.clear_contact_lines(by=Actor.system("nightly"), at=at)
    deleted = cases.clear_removed_documents(by=Actor.system("nightly"), at=at)
    forgotten = idempotency.forget(at=at)
    knocking.forget(at=at)
    visits.forget(at=at)
    refresh_statistics()
    sending.forget(at=at)
    drafts = keeping.forget(at=at)
    lists = forget_lists(at=at)
    SessionStore.clear_expired()  # with them go the sentences and searches that they held
    differences = check_facts()
    for difference in differences:
        print(difference, file=sys.stderr)
    print(
        f"Abgelaufene Weitergaben beendet: {ended}. An Überweisungen erinnert: {reminded}. "
        f"Zeilen von Kurzkontakten gelöscht: {cleared}. "
        f"Entfernte Dokumente gelöscht: {deleted}. "
        f"Formularschlüssel gelöscht: {forgotten}. "
        f"Entwürfe gelöscht: {drafts}. "
        f"Listen gelöscht: {lists}. "
        f"Widersprüche zwischen Fakten und Tabellen: {len(differences)}.",
        file=sys.stderr,
    )
    return 1 if differences else 0


def refresh_statistics() -> None:
    """Let SQLite count its tables anew, so that it goes on choosing the right index; PostgreSQL does so by itself."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
