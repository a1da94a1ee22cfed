"""Zuordnung messen: ganzer Befehl gegen den bloßen Löser im selben Prozess.

Each case writes invented files, runs the whole command on them (files read, solved, explained, result written) and
then the bare solver on the same pairs, in the same process. Only the ratio travels from machine to machine.
"""

import argparse
import gc
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

EXAMPLE = """Beispiel:
  wurzelwerk bench matching --seekers 100000 --offers 10000 --arcs 50"""

CASES = ("one-class", "five-classes", "households")
TARGETS = {"one-class": (2, 1536), "five-classes": (4, 1536), "households": (12, 3072)}
"""Case -> times the bare solver, MiB at the peak: what the command may take at most."""


@dataclass(frozen=True)
class Measured:
    """One line of the table; seconds of wall time, memory in MiB."""

    case: str
    pairs: int
    matched: int
    command_seconds: float
    solver_seconds: float
    ratio: float
    peak_mib: int
    parts: dict

    @property
    def target(self) -> str:
        """What the command may take at most."""
        times, mib = TARGETS[self.case]
        return f"≤ {times} × Löser, ≤ {mib} MiB"

    @property
    def met(self) -> bool:
        """Whether it took no more."""
        times, mib = TARGETS[self.case]
        return self.ratio <= times and self.peak_mib <= mib


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EXAMPLE
    for name, default, text in (
        ("seekers", 10_000, "Suchende"), ("offers", 1_000, "Angebote"), ("arcs", 50, "mögliche Paare je Suchende"),
        ("capacity", 1, "Plätze je Angebot"), ("seed", 1, "Startwert des Zufalls"),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=f"{text} ({default})")
    parser.add_argument("--case", action="append", choices=CASES, help="nur diesen Fall (mehrfach möglich)")
    parser.add_argument("--json", action="store_true", help="Ergebnis als JSON auf die Standardausgabe")
    parser.set_defaults(run=run)


def add_command(subparsers: argparse._SubParsersAction) -> None:
    """Add `matching` to the subcommands of `wurzelwerk bench`."""
    configure(subparsers.add_parser("matching", help=__doc__.splitlines()[0], description=__doc__.splitlines()[0]))


def run(args: argparse.Namespace) -> int:
    """Measure every case and print the table."""
    if min(args.seekers, args.offers, args.arcs, args.capacity) < 1 or args.arcs > args.offers:
        print("wurzelwerk bench: Zahlen ab 1, und nicht mehr Paare je Suchende als Angebote.", file=sys.stderr)
        return 2
    lines = []
    with tempfile.TemporaryDirectory(prefix="wurzelwerk-bench-") as folder:
        for case in args.case or CASES:
            print(f"{case} …", file=sys.stderr)
            measure = _households if case == "households" else _round
            lines.append(measure(case, args, Path(folder)))
    if args.json:
        json.dump([asdict(line) | {"target": line.target, "met": line.met} for line in lines], sys.stdout, indent=1)
        print()
        return 0
    print(f"{args.seekers} × {args.offers}, {args.arcs} Paare je Suchende, Plätze je Angebot: {args.capacity}")
    print(f"{'Fall':14}{'Paare':>10}{'belegt':>9}{'Befehl s':>10}{'Löser s':>9}{'Faktor':>8}{'MiB':>7}  Ziel")
    for one in lines:
        print(
            f"{one.case:14}{one.pairs:>10}{one.matched:>9}{one.command_seconds:>10.2f}{one.solver_seconds:>9.2f}"
            f"{one.ratio:>8.2f}{one.peak_mib:>7}  {one.target}: {'erreicht' if one.met else 'Ziel verfehlt'}"
        )
    return 0


def bare_solver(seeker, offer, score, seekers: int, capacity) -> float:
    """Solve one max flow of least cost over all pairs, nothing else; return the seconds."""
    import numpy as np
    from ortools.graph.python import min_cost_flow

    offers = len(capacity)
    begin = time.perf_counter()
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        seeker.astype(np.int32), (offer + seekers).astype(np.int32), np.ones(len(seeker), np.int64), -score
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(seekers, seekers + offers, dtype=np.int32), np.full(offers, seekers + offers, np.int32),
        capacity, np.zeros(offers, np.int64),
    )  # fmt: skip
    solver.set_nodes_supplies(np.arange(seekers, dtype=np.int32), np.ones(seekers, np.int64))
    solver.set_node_supply(seekers + offers, -seekers)
    solver.solve_max_flow_with_min_cost()
    solver.flows(np.arange(len(seeker), dtype=np.int32))
    return time.perf_counter() - begin


def _command(words: list[str]) -> tuple[float, int]:
    """Run `wurzelwerk match …` in this process; return seconds and its peak of memory in MiB."""
    from wurzelwerk.cli import match

    parser = argparse.ArgumentParser()
    match.configure(parser)
    gc.collect()
    _forget_peak()
    begin = time.perf_counter()
    args = parser.parse_args(words)
    if args.run(args) != 0:
        raise RuntimeError("the measured command failed")
    return time.perf_counter() - begin, _peak_mib()


def _forget_peak() -> None:
    """Begin a new peak of memory where the kernel allows it (Linux)."""
    marker = Path("/proc/self/clear_refs")
    try:
        marker.write_text("5", encoding="ascii")
    except OSError as error:
        print(f"Speicherspitze gilt für den ganzen Lauf ({error.strerror}).", file=sys.stderr)


def _peak_mib() -> int:
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _line(case: str, out: Path, seconds: float, peak: int, bare: Callable[[], tuple[int, float]]) -> Measured:
    result = json.loads(out.read_text(encoding="utf-8"))
    matched, parts = result["matched"], result["seconds"]
    del result
    gc.collect()
    pairs, solver = bare()
    return Measured(case, pairs, matched, round(seconds, 3), round(solver, 3), round(seconds / solver, 3), peak, parts)


def _round(case: str, args: argparse.Namespace, folder: Path) -> Measured:
    from wurzelwerk.cli import bench_files

    files = bench_files.write_round(folder, args, classes=5 if case == "five-classes" else 1)
    out = folder / f"{case}.json"
    words = ["round", "--quiet", "--out", str(out)]
    for name, path in files.items():
        words += [f"--{name}", str(path)]
    seconds, peak = _command(words)

    def bare() -> tuple[int, float]:
        from wurzelwerk.matching import files as reading

        problem = reading.read_round(files["seekers"], files["offers"], files["edges"]).problem
        taken = bare_solver(problem.seeker, problem.offer, problem.score, problem.seekers, problem.capacity)
        return len(problem.seeker), taken

    return _line(case, out, seconds, peak, bare)


def _households(case: str, args: argparse.Namespace, folder: Path) -> Measured:
    from wurzelwerk.cli import bench_files

    files = bench_files.write_households(folder, args)
    out = folder / f"{case}.json"
    words = ["households", "--quiet", "--on", bench_files.DAY, "--out", str(out)]
    for name, path in files.items():
        words += [f"--{name}", str(path)]
    seconds, peak = _command(words)

    def bare() -> tuple[int, float]:
        import numpy as np

        pairing, offers = bench_files.pairs_of(files)
        capacity = np.ones(offers, dtype=np.int64)
        return len(pairing.who), bare_solver(pairing.who, pairing.where, pairing.score, args.seekers, capacity)

    return _line(case, out, seconds, peak, bare)
