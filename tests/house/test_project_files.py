"""What is kept in the repository: our own work only, and nothing of the machine it was made on."""

import json
import re

from .sources import ROOT, matches, project_files, text_files

FOREIGN_FOLDERS = re.compile(r"(^|/)(node_modules|vendor|vendored|third_party|bower_components|dist)/")
FOREIGN_NAMES = re.compile(r"(\.min\.(js|css)|\.(woff2?|ttf|otf|eot|whl|jar|so|map))$")
BANNER = re.compile(r"/\*!|@licen[cs]e\b|\(c\) 20\d\d|Copyright 20\d\d", re.IGNORECASE)
LARGEST = 1_500_000  # bytes; pictures of the manual are the largest
LONGEST_LINE = 2_000  # characters; a minified file has longer ones

# Written in pieces, so that this file does not find itself.
REGISTRIES = "|".join(
    [r"registry\.npm" + r"js", r"py" + r"pi\.org", r"pythonhosted" + r"\.org", r"registry\.yarn" + "pkg"]
)
REGISTRY = rf"https?://[^\s\"']*({REGISTRIES})|({REGISTRIES})|--(extra-)?index" + r"-url|--find" + r"-links"
MACHINE = r"(?<![\w.\-/>])/(home|ro" + r"ot|wo" + r"rk|Users|farm|opt|srv)/\w"


def foreign(names: list[str]) -> list[str]:
    """Files of others, by their name or folder."""
    return [name for name in names if FOREIGN_FOLDERS.search(name) or FOREIGN_NAMES.search(name)]


def test_no_file_of_others_is_kept():
    assert foreign(list(project_files())) == []


def test_file_of_others_is_found():
    names = ["static/htmx.min.js", "node_modules/a/b.js", "static/desk.js", "static/Font.woff2"]
    assert foreign(names) == [names[0], names[1], names[3]]


def test_style_and_script_are_our_own_and_readable():
    ours = [(name, text) for name, text in text_files() if name.endswith((".js", ".css"))]
    assert [name for name, text in ours if BANNER.search(text)] == []
    assert [name for name, text in ours if any(len(line) > LONGEST_LINE for line in text.splitlines())] == []


def test_no_file_is_larger_than_a_picture():
    assert [name for name in project_files() if (ROOT / name).stat().st_size > LARGEST] == []


def test_no_file_says_where_packages_come_from():
    found = [f"{name}:{line} {text}" for name, content in text_files() for line, text in matches(REGISTRY, content)]
    assert found == []


def test_address_of_a_registry_is_found():
    planted = "a\n  resolved: https://registry.npm" + "js.org/x.tgz\n--index" + "-url https://example.org\n"
    assert [line for line, _ in matches(REGISTRY, planted)] == [2, 3]


def test_lock_of_the_front_end_has_hashes_and_no_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert [name for name, package in fetched.items() if "resolved" in package] == []
    assert [name for name, package in fetched.items() if not package.get("integrity", "").startswith("sha512-")] == []


def test_every_requirement_is_pinned_with_a_hash():
    for path in (ROOT / "requirements").glob("*.txt"):
        entries = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8"))
        wrong = [
            entry for entry in entries if not entry.startswith("#") and ("==" not in entry or "sha256:" not in entry)
        ]
        assert wrong == [], path.name


def test_no_file_names_a_path_of_a_machine():
    found = [f"{name}:{line} {text}" for name, content in text_files() for line, text in matches(MACHINE, content)]
    assert found == []


def test_path_of_a_machine_is_found():
    assert matches(MACHINE, "see /ho" + "me/anna/x and https://example.org/home/x") == [(1, "/ho" + "me/a")]
