"""Saved searches and alerts from a shell."""

from __future__ import annotations

import json

import pytest

from tests.shell import Shell


def record(number: int, title: str) -> dict[str, object]:
    text = f"{title} was told at length by the outlet of that name."
    return {"title": title, "content": text, "language": "en", "webUrl": f"https://example.org/{number}", "provider": "Example"}


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "library")
    for number, title in enumerate(("Iris scans at the border", "Iris, a flower", "Face recognition"), start=1):
        (tmp_path / f"{number}.json").write_text(json.dumps(record(number, title)))
    shell.ask("import", tmp_path / "1.json", tmp_path / "2.json")
    return shell


def test_a_search_is_saved_tested_and_alerts(shell, tmp_path):
    (saved,) = shell.ask("saved", "add", "Eyes", "iris OR face", "--alert", "--must", 1, "--must-not", 2)["searches"]
    assert (saved["total"], saved["alert"], saved["missed"]) == (2, True, [2])
    said = shell("saved", "edit", 1, "--query", "face")
    assert "“Eyes” does not find “Iris scans at the border”, which it must find" in said.aside
    assert shell.ask("saved", "check", 1, status=3)["misses"] == [{"id": 1, "title": "Iris scans at the border", "wanted": True}]
    assert shell.ask("saved", "check", 1, "border OR face")["misses"] == []
    shell.ask("import", tmp_path / "3.json")
    (alert,) = shell.ask("alert", "list", "--unseen")["alerts"]
    assert (alert["name"], alert["article"], alert["words"]) == ("Eyes", 3, ["Face"])
    assert shell.ask("alert", "seen", alert["id"])["changed"] == 1
    assert shell.ask("alert", "list", "--unseen")["alerts"] == []
    assert shell.ask("search", 'search:"eyes"')["total"] == 1
    shell.ask("saved", "remove", 1)
    assert shell.ask("saved", "list")["searches"] == []


def test_tables_for_people(shell):
    assert "Eyes" in shell("saved", "add", "Eyes", "iris").out
    assert shell("saved", "check", 1).out.strip().endswith("no misses")
    assert shell("alert", "list").status == 0
    assert shell("saved", "add", "Mine", 'search:"Mine"').status == 1
