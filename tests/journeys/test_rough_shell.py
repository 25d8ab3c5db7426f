"""The shell in rough hands: numbers beyond all bounds, empty variables of a script, closed pipes, damaged files."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from reader.library import Library
from tests.shell import Shell, watchdesk

BEYOND = "9" * 30
RECORD = {"title": "A title", "webUrl": "https://news.example/1", "content": "The agency fined the vendor."}


@pytest.fixture
def shell(tmp_path):
    """The shell on a library with one article."""
    (tmp_path / "one.json").write_text(json.dumps(RECORD), encoding="utf-8")
    shell = Shell(tmp_path / "library")
    shell.ask("import", tmp_path / "one.json")
    return shell


@pytest.mark.parametrize(
    "words",
    [
        ("show", BEYOND),
        ("mark", "read", BEYOND),
        ("thread", BEYOND),
        ("thread", "merge", "1", BEYOND),
        ("storyline", BEYOND),
        ("provider", "rename", BEYOND, "A name"),
        ("topic", "remove", BEYOND),
        ("note", BEYOND, "words"),
        ("brief", "new", "A title", "--thread", BEYOND),
        ("brief", "export", BEYOND, "x.pdf"),
        ("feed", "remove", BEYOND),
        ("refresh", "--feed", BEYOND),
    ],
)
def test_an_id_beyond_all_bounds_is_just_not_there(shell, words):
    said = shell(*words, "--json")
    assert said.status == 1
    assert said.out == ""
    assert "there is no" in said.aside
    assert len(said.aside.splitlines()) == 1


def test_a_limit_beyond_all_bounds_is_no_limit(shell):
    assert len(shell.ask("articles", "--limit", BEYOND)["articles"]) == 1
    assert len(shell.ask("threads", "--all", "--limit", BEYOND)["threads"]) == 1
    assert shell.ask("articles", "--offset", BEYOND)["articles"] == []


def test_a_feed_is_put_into_the_folder_that_was_named(shell, tmp_path):
    (tmp_path / "feeds.opml").write_text(
        '<opml version="2.0"><body><outline type="rss" xmlUrl="https://news.example/feed"/></body></opml>', encoding="utf-8"
    )
    [feed] = shell.ask("import", tmp_path / "feeds.opml")["feeds"]
    assert shell.ask("feed", "edit", feed, "--folder", "Regulators")["feeds"][0]["folder"] == "Regulators"
    assert shell.ask("feed", "edit", feed, "--title", "News")["feeds"][0]["folder"] == "Regulators"


@pytest.mark.parametrize("words", [("--library", "", "threads"), ("import", ""), ("backup", ""), ("restore", "")])
def test_an_empty_path_is_wrong_usage(shell, words):
    """A script's empty variable must not mean the analyst's own library, or the folder that one stands in."""
    said = shell(*words)
    assert said.status == 2
    assert "an empty path" in said.aside


@pytest.mark.parametrize(
    "words", [("mark", "read", "1"), ("undo",), ("reindex",), ("note", "1", "words"), ("refresh",), ("threads",)]
)
def test_what_needs_a_library_makes_none(tmp_path, words):
    said = watchdesk("--library", tmp_path / "nowhere", *words)
    assert said.status == 1
    assert "there is no library here" in said.aside
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_clock_outside_of_time_is_wrong_usage(shell, moment):
    said = shell("--now", moment, "note", "1", "words")
    assert said.status == 2
    assert "years 1 to 9999" in said.aside


def test_no_command_prints_the_usage():
    said = watchdesk()
    assert said.status == 2
    assert said.aside.startswith("usage: watchdesk")
    assert "threads" in said.aside


def test_a_damaged_library_is_said_to_be_so_by_every_command(shell):
    path = shell.folder / "library.db"
    size = path.stat().st_size
    with path.open("r+b") as file:
        for page in range(4096 * 4, size, 4096):
            file.seek(page)
            file.write(b"\xa5" * 4096)
    for words in (
        ("articles",),
        ("threads",),
        ("show", 1),
        ("mark", "read", 1),
        ("export", shell.folder / "x", "--format", "jsonl"),
    ):
        said = shell(*words)
        assert said.status == 1, words
        assert "SQLite cannot read it" in said.aside
        assert len(said.aside.splitlines()) == 1


def test_a_disk_that_fills_up_after_the_articles_are_kept_is_done_in_part(shell, tmp_path, monkeypatch):
    from reader.errors import LibraryUnwritable

    def full(library):
        raise LibraryUnwritable(library.folder, "the disk is full")

    (tmp_path / "two.json").write_text(json.dumps({**RECORD, "webUrl": "https://news.example/2"}), encoding="utf-8")
    monkeypatch.setattr(Library, "bring_level", full)
    said = shell.ask("import", tmp_path / "two.json", status=3)
    assert said["imported"] == 1
    assert said["errors"][-1]["reason"] == "the disk is full"


@pytest.mark.skipif(
    sys.platform != "linux", reason="it takes names that are not text, a full device and a shell that closes stdout"
)
class TestOnLinux:
    """What only Linux offers to break."""

    def test_a_folder_whose_name_is_not_text_is_refused(self, tmp_path):
        said = watchdesk("--library", os.fsdecode(os.fsencode(tmp_path) + b"/\xff"), "init")
        assert said.status == 1
        assert "UTF-8" in said.aside
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("rest", [">/dev/full", ">&-", "2>&- >/dev/full"])
    def test_stdout_that_takes_nothing_brings_no_traceback(self, shell, rest):
        line = f'"$0" -m reader --library "$1" articles --json {rest}'
        done = subprocess.run(
            ["sh", "-c", line, sys.executable, str(shell.folder)], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == (0 if rest == ">&-" else 1)
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr
