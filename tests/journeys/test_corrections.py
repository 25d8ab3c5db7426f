"""An analyst corrects threads and storylines from a shell, looks at what she said, and takes it back."""

from __future__ import annotations

import pytest

from tests.shell import Shell


@pytest.fixture
def shell(tmp_path):
    found = Shell(tmp_path / "library")
    found.ask("init", "--sample")
    return found


def test_what_is_said_in_a_shell_is_listed_and_taken_back(shell):
    one, other, third = shell.ask("threads", "--limit", 3)["threads"]
    articles = [article["id"] for article in other["articles"]]
    moved = shell.ask("thread", "move", one["id"], articles[0])
    assert articles[0] in [article["id"] for article in moved["articles"]]
    assert shell.ask("thread", "rename", third["id"], "My", "name")["title"] == "My name"
    line = shell.ask("storyline", "join", one["id"], third["id"])
    assert {one["id"], third["id"]} <= set(line["threads"])
    assert shell.ask("storyline", "rename", line["id"], "My matter")["title"] == "My matter"
    left = shell.ask("storyline", "leave", third["id"])["storylines"]
    assert all(third["id"] not in found["threads"] for found in left)
    said = shell.ask("correction", "list")["corrections"]
    assert [found["kind"] for found in said] == ["leave", "entitle", "join", "rename", "move"]
    assert len(shell.ask("correction", "remove", said[-1]["id"])["corrections"]) == 4
    back = shell.ask("thread", other["id"])
    assert [article["id"] for article in back["articles"]] == articles
    assert back["heatHistory"][-1]["heat"] == back["heat"]
    assert shell.ask("explain", "--thread", one["id"], "--momentum")["lines"]
    assert all(found["sentence"] for found in shell.ask("dates")["dates"])
