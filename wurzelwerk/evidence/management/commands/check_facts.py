"""`wurzelwerk manage check_facts`: do facts and state tables agree?"""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from wurzelwerk.evidence.checks import check_facts


class Command(BaseCommand):
    """List every place where facts and tables differ; exit code 1 where there is one."""

    help = "Fakten mit den Tabellen vergleichen. Beispiel: wurzelwerk manage check_facts --json"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Unterschiede als JSON ausgeben")

    def handle(self, *args: Any, **options: Any) -> None:
        found = check_facts()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(one) for one in found], ensure_ascii=False))
        else:
            for one in found:
                self.stdout.write(str(one))
            number = len(found)
            self.stderr.write("Kein Unterschied." if not number else f"Unterschiede: {number}")
        if found:
            raise SystemExit(1)
