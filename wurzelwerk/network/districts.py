"""The parts of the city, from a data file that loads on migrate."""

import json
from importlib.resources import files
from typing import Any


def load_districts(**_: Any) -> None:
    """Bring the table of districts in line with the data file; districts in use are never removed."""
    from .models import District

    data = json.loads(files("wurzelwerk.network").joinpath("data/districts.json").read_text("utf-8"))
    order = 0
    for row in data["districts"]:
        for parent, entry in [(None, row), *((row["code"], part) for part in row.get("parts", []))]:
            order += 10
            District.objects.update_or_create(
                code=entry["code"],
                defaults={
                    "name": entry["name"],
                    "parent_id": parent,
                    "order": order,
                    "source": data["source"],
                },
            )
