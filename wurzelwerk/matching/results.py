"""Results as documents for files: one entry a line, written whole or not at all."""

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from wurzelwerk.matching import allocation
from wurzelwerk.matching.allocation import Placement
from wurzelwerk.matching.errors import BadInput
from wurzelwerk.matching.fields import MICRO
from wurzelwerk.matching.files import RoundFiles, StableFiles
from wurzelwerk.matching.tables import Problem
from wurzelwerk.matching.words import translate as _

REASONS = {
    allocation.NO_PAIR: "Für diese Kennung ist kein Paar angegeben.",
    allocation.NO_ROOM: "Alle angegebenen Angebote haben keinen Platz.",
    allocation.TOO_LARGE: "Alle angegebenen Angebote haben weniger Plätze als nötig.",
    allocation.BY_CLASS: "Alle angegebenen Angebote gingen an eine dringlichere Klasse.",
    allocation.BY_SUM: "Möglich, aber insgesamt war eine andere Verteilung besser.",
}


def round_document(files: RoundFiles, placement: Placement, objective: str) -> dict:
    """Return the result of a round as a document (CONTRACTS: `match round`)."""
    problem = files.problem
    placed = np.flatnonzero(placement.pair >= 0)
    pairs = placement.pair[placed]
    scores = (problem.score[pairs] / MICRO).tolist()
    offers = problem.offer[pairs].tolist()
    reasons = allocation.reasons_for_none(problem, placement)
    unmatched = np.flatnonzero(placement.pair < 0).tolist()
    return {
        "objective": objective,
        "optimal": placement.optimal,
        "gap": placement.gap,
        "total_score": int(problem.score[pairs].sum()) / MICRO,
        "matched": len(placed),
        "matched_by_priority": by_priority(problem, placed),
        "assignments": [
            {"seeker_id": files.seekers[one], "offer_id": files.offers[offer], "score": score}
            for one, offer, score in zip(placed.tolist(), offers, scores, strict=True)
        ],
        "unmatched": [{"seeker_id": files.seekers[one], "reason": reasons[one]} for one in unmatched],
        "reasons": {code: _(REASONS[code]) for code in sorted({reasons[one] for one in unmatched})},
        "proof": placement.proof,
        "remarks": files.remarks,
    }


def by_priority(problem: Problem, placed: np.ndarray) -> dict[str, int]:
    """Return how many were placed of every priority that occurs."""
    found, group = problem.classes()
    counts = np.bincount(group[placed], minlength=len(found)).tolist()
    return {str(one): count for one, count in zip(found.tolist(), counts, strict=True)}


def stable_document(files: StableFiles, pair: np.ndarray, blocking: np.ndarray) -> dict:
    """Return the result of a two-sided matching as a document (CONTRACTS: `match stable`)."""
    wishes = files.wishes
    placed = np.flatnonzero(pair >= 0).tolist()
    ranked = np.bincount(wishes.seeker, minlength=len(files.seekers)) > 0
    reasons = {
        "no_pair": _("Kein Paar steht in beiden Ranglisten."),
        "by_rank": _("Alle gewünschten Angebote haben andere lieber genommen oder keinen Platz."),
    }
    return {
        "objective": "stable",
        "matched": len(placed),
        "assignments": [
            {
                "seeker_id": files.seekers[one],
                "offer_id": files.offers[int(wishes.offer[pair[one]])],
                "seeker_rank": int(wishes.seeker_rank[pair[one]]),
                "offer_rank": int(wishes.offer_rank[pair[one]]),
            }
            for one in placed
        ],
        "unmatched": [
            {"seeker_id": files.seekers[one], "reason": "by_rank" if ranked[one] else "no_pair"}
            for one in np.flatnonzero(pair < 0).tolist()
        ],
        "blocking_pairs": [
            {"seeker_id": files.seekers[int(wishes.seeker[one])], "offer_id": files.offers[int(wishes.offer[one])]}
            for one in blocking.tolist()
        ],
        "reasons": reasons,
        "remarks": files.remarks,
    }


def text_of(document: dict) -> str:
    """Return the document as JSON text, lists with one entry a line."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    parts = []
    for key, value in document.items():
        if isinstance(value, list) and value:
            parts.append(f"{encode(key)}: [\n  {_lines(value, encode)}\n ]")
        else:
            parts.append(f"{encode(key)}: {encode(value)}")
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def _lines(entries: list, encode: Callable[[object], str]) -> str:
    """Encode all entries at once and part them; one by one only where the parting is not certain."""
    whole, seam = encode(entries), "}, {"
    if whole.count(seam) == len(entries) - 1:
        return whole[1:-1].replace(seam, "},\n  {")
    return ",\n  ".join(map(encode, entries))


def check_target(path: Path) -> None:
    """Refuse a target that cannot be written before any work is done.

    Raises:
        BadInput: the folder does not exist, or the target is a folder.
    """
    if not path.parent.is_dir():
        raise BadInput(_("Den Ordner für das Ergebnis gibt es nicht."), file=str(path))
    if path.is_dir():
        raise BadInput(_("Das Ziel ist ein Ordner."), file=str(path))
    if not os.access(path.parent, os.W_OK):
        raise BadInput(_("In diesen Ordner darf nicht geschrieben werden."), file=str(path))


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all: beside it first, then into its place."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
