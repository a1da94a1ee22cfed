"""Invented files for `wurzelwerk bench matching`: evenly scattered pairs, and a city of households and dwellings."""

import argparse
from datetime import date
from pathlib import Path

import numpy as np

DAY = "2026-06-01"
ROWS = 500_000
PASSING = 3.5  # of the dwellings in an open quarter about one in 3.5 passes the other rules
QUARTERS = tuple(f"Quartier {number:02}" for number in range(1, 61))


def write_round(folder: Path, args: argparse.Namespace, *, classes: int) -> dict[str, Path]:
    """Write seekers, offers and pairs; every seeker has `args.arcs` different offers and scores of six decimals."""
    chance = np.random.default_rng(args.seed)
    files = {name: folder / f"{name}.csv" for name in ("seekers", "offers", "edges")}
    priority = chance.integers(1, classes + 1, args.seekers)
    since = np.datetime64(DAY) - chance.integers(0, 3000, args.seekers)
    _write_seekers(files["seekers"], priority, since)
    with files["offers"].open("w", encoding="utf-8") as stream:
        stream.write("offer_id,capacity\n")
        stream.writelines(f"D{row:05},{args.capacity}\n" for row in range(args.offers))
    _write_pairs(files["edges"], args, chance)
    return files


def _write_seekers(path: Path, priority: np.ndarray, since: np.ndarray) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write("seeker_id,priority,waiting_since\n")
        stream.writelines(
            f"H{row:06},{one},{day}\n"
            for row, (one, day) in enumerate(zip(priority.tolist(), since.astype(str).tolist(), strict=True))
        )


def _write_pairs(path: Path, args: argparse.Namespace, chance: np.random.Generator) -> None:
    band = args.offers // args.arcs
    step = max(1, ROWS // args.arcs)
    with path.open("w", encoding="utf-8") as stream:
        stream.write("seeker_id,offer_id,score\n")
        for begin in range(0, args.seekers, step):
            count = min(step, args.seekers - begin)
            offer = chance.integers(0, band, (count, args.arcs)) + np.arange(args.arcs) * band
            score = chance.random((count, args.arcs)).round(6)
            who = np.repeat(np.arange(begin, begin + count), args.arcs)
            stream.writelines(
                f"H{one:06},D{other:05},{value}\n"
                for one, other, value in zip(
                    who.tolist(), offer.reshape(-1).tolist(), score.reshape(-1).tolist(), strict=True
                )
            )


def write_households(folder: Path, args: argparse.Namespace) -> dict[str, Path]:
    """Write a city in which a household is allowed about `args.arcs` dwellings."""
    chance = np.random.default_rng(args.seed)
    files = {name: folder / f"{name}.csv" for name in ("households", "dwellings")}
    dwellings = _dwellings(chance, args.offers)
    files["dwellings"].write_text(_csv(dwellings), encoding="utf-8")
    files["households"].write_text(_csv(_households(chance, args.seekers, args.arcs / args.offers)), encoding="utf-8")
    return files


def _dwellings(chance: np.random.Generator, count: int) -> dict[str, list]:
    rooms = chance.choice([1, 2, 3, 4, 5, 6], count, p=[0.18, 0.3, 0.27, 0.15, 0.07, 0.03])
    area = (rooms * 19 + chance.integers(8, 30, count)).astype(float)
    cold = (area * chance.uniform(7.0, 11.5, count)).round(2)
    free = np.datetime64(DAY) + chance.integers(-30, 120, count)
    return {
        "dwelling_id": [f"D{row:05}" for row in range(count)],
        "rooms": rooms.tolist(), "area": area.tolist(), "gross_cold": cold.tolist(),
        "heating": (area * 1.4).round(2).tolist(),
        "wbs": chance.choice(["none", "a", "b"], count, p=[0.55, 0.4, 0.05]).tolist(),
        "wbs_holders_only": chance.choice(["yes", "no"], count, p=[0.1, 0.9]).tolist(),
        "step_free": chance.choice(["yes", "no", ""], count, p=[0.2, 0.75, 0.05]).tolist(),
        "quarter": chance.choice(QUARTERS, count).tolist(),
        "available_from": free.astype(str).tolist(),
        "pets": chance.choice(["yes", "no", ""], count, p=[0.4, 0.5, 0.1]).tolist(),
    }  # fmt: skip


def _households(chance: np.random.Generator, count: int, share: float) -> dict[str, list]:
    """Few quarters are open to each, so that about the wanted share of the dwellings is allowed."""
    persons = chance.choice([1, 2, 3, 4, 5, 6, 7], count, p=[0.3, 0.2, 0.16, 0.15, 0.1, 0.06, 0.03])
    limit = np.array([570, 690, 820, 1040, 1230, 1310, 1400])[persons - 1]
    benefits = chance.random(count) < 0.7
    own = (limit * chance.uniform(0.9, 1.4, count)).round(2)
    since = np.datetime64(DAY) - chance.integers(0, 2000, count)
    by = np.datetime64(DAY) + chance.integers(0, 200, count)
    kept = np.clip(chance.poisson(len(QUARTERS) * min(1.0, share * PASSING), count), 1, len(QUARTERS))
    order = np.argsort(chance.random((count, len(QUARTERS))), axis=1)
    return {
        "household_id": [f"H{row:06}" for row in range(count)],
        "priority": chance.integers(1, 6, count).tolist(), "waiting_since": since.astype(str).tolist(),
        "persons": persons.tolist(),
        "wbs": chance.choice(["none", "a", "b", ""], count, p=[0.25, 0.6, 0.1, 0.05]).tolist(),
        "gross_cold_limit": [value if has else "none" for value, has in zip(limit.tolist(), benefits, strict=True)],
        "affordable_rent": ["none" if has else value for value, has in zip(own.tolist(), benefits, strict=True)],
        "step_free": chance.choice(["yes", "no"], count, p=[0.12, 0.88]).tolist(),
        "quarters_only": [
            "|".join(QUARTERS[one] for one in row[:few]) for row, few in zip(order.tolist(), kept.tolist(), strict=True)
        ],
        "quarters_wished": [QUARTERS[row[0]] for row in order.tolist()],
        "move_by": by.astype(str).tolist(),
        "pets": chance.choice(["yes", "no"], count, p=[0.15, 0.85]).tolist(),
    }  # fmt: skip


def _csv(columns: dict[str, list]) -> str:
    lines = [",".join(columns)]
    lines += [",".join(map(str, row)) for row in zip(*columns.values(), strict=True)]
    return "\n".join([*lines, ""])


def pairs_of(files: dict[str, Path]):
    """Return the allowed pairs of the invented city (`Pairing`) and the number of dwellings."""
    from wurzelwerk.housing import column_files, criteria
    from wurzelwerk.matching.pairing import pair_up
    from wurzelwerk.matching.rounds import in_id_order

    limits = criteria.limits_on(date.fromisoformat(DAY))
    read = column_files.read_files(files["households"], files["dwellings"], limits.wbs_kinds)
    tables = in_id_order(read.households), in_id_order(read.dwellings)
    count, other = len(tables[0].ids), len(tables[1].ids)
    pairing = pair_up(*tables, criteria.house_rules(limits), seeker_count=count, offer_count=other)
    return pairing, other
