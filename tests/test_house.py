"""The rules of the house that no single file can keep: floors, sizes, words that belong to one machine, what starts slowly."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ui.actions import COMMANDS
from ui.commands import article, file, grouping, searches, window

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = sorted([*(ROOT / "reader").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
LONGEST = 400
LONGER = {
    "reader/library.py": "the front door names everything that the engine can do, once; each method hands on",
    "reader/records.py": "every value that the engine and the window pass each other, once, in one place to look",
    "reader/store/schema.py": "the tables and every step from older ones, append-only",
}
KNOWS_THE_TEST_DATA = {"tests/shared/conftest.py", "benchmarks/data.py", "tests/test_house.py"}
HEAVY = {"PySide6", "feedparser", "whoosh", "trafilatura", "typst", "numpy", "py3langid"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def program_files(wrong) -> list[str]:
    """Lines of the program that `wrong` objects to, as file:line."""
    return [
        f"{relative(path)}:{number}: {line.strip()}"
        for path in PROGRAM
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if wrong(line)
    ]


def test_the_floors_hold_and_each_file_stands_on_one():
    # in a process of its own: it changes sys.path and the log
    asked = "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo', '--no-cache'])"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_folder_of_the_program_is_a_package_that_says_what_it_is():
    # the import contracts do not see a folder without __init__.py
    folders = {path.parent for path in PROGRAM}
    assert [relative(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
    assert [relative(path) for path in PROGRAM if not ast.get_docstring(ast.parse(path.read_text("utf-8")))] == []


def test_modules_are_short():
    lines = {relative(path): len(path.read_text("utf-8").splitlines()) for path in PROGRAM}
    assert {name: count for name, count in lines.items() if count > LONGEST and name not in LONGER} == {}
    assert [name for name in LONGER if lines.get(name, 0) <= LONGEST] == []  # an exception that is none any more


def test_what_is_kept_from_a_checker_names_the_rule_and_the_reason():
    ignored = re.compile(r"# type: " r"ignore(?!\[[a-z-]+(, ?[a-z-]+)*\])")
    unexplained = re.compile(r"# noqa(?!: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)* - \S)")
    assert program_files(lambda line: ignored.search(line) or unexplained.search(line)) == []


def test_nothing_is_said_of_one_machine():
    endings = {".py", ".toml", ".md", ".sh", ".yaml", ".yml", ".typ", ".qss", ".css", ".opml", ".json", ".txt", ".lock", ""}
    folders = ("reader", "ui", "resources", "tests", "benchmarks", "docs", ".ci")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*")] + list(ROOT.iterdir())
    place = re.compile(r"(?<![\w.])/(home|root|Users|work|opt|mnt)/\w|[A-Z]:\\+Users|\.\./shared|shared/(data|seeds|tools)")
    found = [
        f"{relative(path)}: {match.group()}"
        for path in files
        if path.is_file() and path.suffix in endings and relative(path) not in KNOWS_THE_TEST_DATA
        if "__pycache__" not in path.parts and (match := place.search(path.read_text("utf-8", errors="replace")))
    ]
    assert found == []


@pytest.mark.parametrize("module", ["reader.library", "reader.shelf", "reader.server", "reader.__main__", "ui.__main__"])
def test_the_program_starts_without_its_heavy_packages(module):
    asked = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert module in done.stdout.split()
    assert HEAVY & set(done.stdout.split()) == set()


# What the program is built from


def requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    return [Requirement(words) for words in named]


def locked() -> list[Requirement]:
    text = (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in lines if "--hash=sha256:" not in line] == []
    return [Requirement(line.partition(" --hash")[0]) for line in lines]


def test_the_lock_holds_what_the_project_asks_for():
    # `./run lock` where this fails
    versions = {(canonicalize_name(one.name), spec.version) for one in locked() for spec in one.specifier}
    unmet = [
        str(asked)
        for asked in requirements()
        if not any(name == canonicalize_name(asked.name) and version in asked.specifier for name, version in versions)
    ]
    assert unmet == []


def test_the_lock_names_no_place_to_fetch_from():
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert re.findall(r"\S*://\S*|\S+ @ \S+|^-.*", text, re.MULTILINE) == []


def test_dependencies_are_bounded_on_both_sides():
    # setuptools only installs the checkout; whoosh3 is pinned to the one version that our own index code was read against
    loose = [
        str(one)
        for one in requirements()
        if one.name != "setuptools" and not {"=="} & {spec.operator for spec in one.specifier}
        if not {">=", "<"} <= {spec.operator for spec in one.specifier}
    ]
    assert loose == []
    assert str(next(one for one in requirements() if one.name == "whoosh3").specifier) == "==3.54.0"


def test_every_command_of_the_window_stands_in_its_page_with_its_keys():
    page = (ROOT / "docs" / "window.md").read_text("utf-8")
    for command in COMMANDS:
        keys = ", ".join(f"`{key}`" for key in command.keys)
        assert f"| {command.menu} | {command.words.removesuffix(' …')} | {keys} |" in page, command.name


def test_no_two_commands_have_the_same_key():
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))


def test_every_command_is_carried_out_by_exactly_one_room():
    names = [*file.NAMES, *article.NAMES, *grouping.NAMES, *searches.NAMES, *window.NAMES]
    assert sorted(names) == sorted(command.name for command in COMMANDS)
