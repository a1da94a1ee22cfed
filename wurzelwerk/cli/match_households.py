"""The work of `wurzelwerk match households`: attributes in, a round with all its explanations out."""

import argparse
import json
from datetime import date, datetime
from pathlib import Path

from wurzelwerk.housing import column_files, criteria
from wurzelwerk.housing.column_files import DWELLING_COLUMNS, HOUSEHOLD_COLUMNS, HousingFiles
from wurzelwerk.housing.criteria_limits import HousingLimits
from wurzelwerk.matching import allocation, results, rounds
from wurzelwerk.matching.errors import BadInput
from wurzelwerk.matching.rounds import RoundResult
from wurzelwerk.matching.rules import RuleSet
from wurzelwerk.matching.words import translate as _


def run(args: argparse.Namespace, progress) -> dict:
    """Read, solve, explain; return the document to be written.

    Raises:
        BadInput: file, line and column are named.
    """
    limits = criteria.limits_on(_day(args.on))
    rules = criteria.house_rules(limits, _settings(args.rules))
    read = progress.step(
        "read", "Lese …",
        lambda: column_files.read_files(args.households, args.dwellings, limits.wbs_kinds, encoding=args.encoding),
    )  # fmt: skip
    count, other = len(read.households.ids), len(read.dwellings.ids)
    result = progress.step(
        "solve", f"Ordne {count} Haushalte {other} Wohnungen zu …",
        lambda: rounds.run_round(
            read.households, read.dwellings, rules, args.objective,
            reserve_length=args.reserve, time_limit=args.time_limit,
        ),
    )  # fmt: skip
    return progress.step("explain", "Begründe …", lambda: document(read, result, rules, limits))


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(_("„{text}“ ist kein Datum (JJJJ-MM-TT).").format(text=text[:40]), column="--on") from None


def _settings(path: Path | None) -> criteria.Settings:
    if path is None:
        return criteria.Settings()
    try:
        return criteria.settings_from(json.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        message = _("Die Datei lässt sich nicht lesen ({why}).").format(why=error.strerror)
        raise BadInput(message, file=str(path)) from error
    except json.JSONDecodeError as error:
        message = _("Kein gültiges JSON ({why}).").format(why=error.msg)
        raise BadInput(message, file=str(path), line=error.lineno) from error
    except UnicodeDecodeError as error:
        raise BadInput(_("Die Datei ist kein UTF-8-Text."), file=str(path)) from error


def document(read: HousingFiles, result: RoundResult, rules: RuleSet, limits: HousingLimits) -> dict:
    """Return the result as a document: placements with their reasons, near misses, reserves, proof."""
    explained = result.placement_explanations()
    missed, reasons = result.near_misses(), _reasons(result)
    totals = int(result.pairing.score[result.placement.pair[result.placed]].sum())
    return {
        "objective": result.objective,
        "optimal": result.placement.optimal,
        "gap": result.placement.gap,
        "total_score": totals / 1_000_000,
        "matched": len(result.placed),
        "matched_by_priority": results.by_priority(result.problem, result.placed),
        "allowed_pairs": len(result.pairing.who),
        "assignments": [
            {
                "household_id": one.seeker, "dwelling_id": one.offer, "score": one.score,
                "reasons": [{"rule": said.rule, "sentence": said.sentence} for said in one.hard],
                "fit": [{"rule": said.rule, "score": said.score, "sentence": said.sentence} for said in one.soft],
            }
            for one in explained
        ],
        "unmatched": [
            {"household_id": name, "reason": reasons[name], "nearest": [vars(miss) for miss in misses]}
            for name, misses in missed.items()
        ],
        "reserves": result.reserves(),
        "to_clarify": result.to_clarify(),
        "rules": {
            "versions": rules.versions(), "limits": limits.source,
            "titles": {rule.name: _(rule.title) for rule in (*rules.hard, *rules.soft)},
        },
        "inputs_hash": result.inputs_hash,
        "proof": result.placement.proof,
        "remarks": read.remarks,
    }  # fmt: skip


def _reasons(result: RoundResult) -> dict[str, str]:
    """Return for every household left a code: ``by_class``, ``by_sum``, ``to_clarify`` or ``no_allowed_dwelling``."""
    codes = allocation.reasons_for_none(result.problem, result.placement)
    open_ = result.pairing.unclear.any(axis=1)
    none = {True: "to_clarify", False: "no_allowed_dwelling"}
    return {
        result.seekers.ids[row]: none[bool(open_[row])] if codes[row] == allocation.NO_PAIR else codes[row]
        for row in result.left.tolist()
    }


def columns_text(*, as_json: bool) -> str:
    """Return all columns of both files, as lines or as JSON."""
    files = {
        "households": {"household_id": "Kennung; Pflicht"} | {n: c.help for n, c in HOUSEHOLD_COLUMNS.items()},
        "dwellings": {"dwelling_id": "Kennung; Pflicht"} | {n: c.help for n, c in DWELLING_COLUMNS.items()},
    }
    if as_json:
        return json.dumps(files, ensure_ascii=False, indent=1) + "\n"
    lines = []
    for name, columns in files.items():
        lines += [f"--{name}", *(f"  {column:18} {text}" for column, text in columns.items()), ""]
    return "\n".join(lines)
