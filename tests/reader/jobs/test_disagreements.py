"""Where the reports of the sample do not agree, it is said wherever they are told: to scripts, in the shell, in briefings."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.shell import Shell

if TYPE_CHECKING:
    from pathlib import Path

PICTURES = {"20,000,000,000 images": "10,000,000,000 images", "10,000,000,000 images": "20,000,000,000 images"}


@pytest.fixture(scope="module")
def shell(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return Shell(shutil.copytree(sample, tmp_path_factory.mktemp("told") / "library"))


@pytest.fixture(scope="module")
def thread(shell: Shell) -> dict[str, Any]:
    found = shell.ask("threads", "--limit", 0)["threads"]
    return next(one for one in found if "SAN-2022-019" in one["title"])


def test_facts_tell_how_many_state_them_and_what_they_contradict(shell: Shell, thread: dict[str, Any]) -> None:
    facts = {fact["value"]: fact for fact in shell.ask("thread", thread["id"])["facts"]}
    assert {value: facts[value]["contradicts"] for value in PICTURES} == {value: [other] for value, other in PICTURES.items()}
    assert facts["EUR 20,000,000"]["contradicts"] == []
    independent = sum(article["independent"] for article in thread["articles"])
    assert facts["EUR 20,000,000"]["reports"] == independent
    assert 1 <= facts["10,000,000,000 images"]["reports"] < facts["20,000,000,000 images"]["reports"]
    assert all(fact["contradicts"] == [] and "reports" not in fact for fact in thread["facts"]), "a list tells less"


def test_the_shell_says_so_in_words(shell: Shell, thread: dict[str, Any]) -> None:
    assert "Reports disagree: 20 billion images (4) against 10 billion images (1)" in shell("thread", thread["id"]).out


def test_two_reports_of_one_event_that_agree_are_not_told_apart(shell: Shell) -> None:
    disputed = [
        (thread["title"], fact["value"])
        for thread in shell.ask("threads", "--limit", 0)["threads"]
        for fact in shell.ask("thread", thread["id"])["facts"]
        if fact["contradicts"]
    ]
    assert {title for title, _ in disputed} == {disputed[0][0]}, "of 45 threads one has something to disagree on"
    assert {value for _, value in disputed} == {"EUR 100,000", "EUR 10,000", *PICTURES}


def test_a_briefing_says_so_in_every_format(shell: Shell, thread: dict[str, Any], tmp_path: Path) -> None:
    made = shell.ask("brief", "new", "Pictures", "--thread", thread["id"])["id"]
    for ending in ("md", "html", "json"):
        shell.ask("brief", "export", made, tmp_path / f"told.{ending}")
    assert "20 billion images**, 4 of 7 independent reports; disputed: others say 10 billion images" in _read(tmp_path, "md")
    assert "disputed: others say 10 billion images</span>" in _read(tmp_path, "html")
    (section,) = json.loads(_read(tmp_path, "json"))["sections"]
    against = {one["value"]: one["against"] for one in section["statements"]}
    assert against["20 billion images"] == ["10 billion images"]
    assert against["€20 million"] == []


def _read(folder: Path, ending: str) -> str:
    return (folder / f"told.{ending}").read_text("utf-8")
