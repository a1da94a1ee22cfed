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
    from wurzelwerk.network import exports_log
    from wurzelwerk.outbox import sending
    from wurzelwerk.sheets.keeping import forget as forget_lists
    from wurzelwerk.trust.actor import Actor

    at, house = clock.now(), Actor.system("nightly")
    done = {
        "Abgelaufene Weitergaben beendet": cases.lapse_referrals(by=house, at=at),
        "An Überweisungen erinnert": cases.remind_receivers(by=house, at=at),
        "Zeilen von Kurzkontakten gelöscht": cases.clear_contact_lines(by=house, at=at),
        "Entfernte Dokumente gelöscht": cases.clear_removed_documents(by=house, at=at),
        "Formularschlüssel gelöscht": idempotency.forget(at=at),
        "Entwürfe gelöscht": keeping.forget(at=at),
        "Listen gelöscht": forget_lists(at=at),
        "Einträge über Ausgaben gelöscht": exports_log.forget(at=at),
    }
    knocking.forget(at=at)
    visits.forget(at=at)
    sending.forget(at=at)
    refresh_statistics()
    SessionStore.clear_expired()  # with them go the sentences and searches that they held
    differences = check_facts()
    done["Widersprüche zwischen Fakten und Tabellen"] = len(differences)
    lines = [str(one) for one in differences] + [" ".join(f"{what}: {number}." for what, number in done.items())]
    print("\n".join(lines), file=sys.stderr)
    return 1 if differences else 0


def refresh_statistics() -> None:
    """Let SQLite count its tables anew, so that it goes on choosing the right index; PostgreSQL does so by itself."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
