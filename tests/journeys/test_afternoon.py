"""An analyst's afternoon with the shell: look, read, mark, annotate, brief, take back, and come back tomorrow."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise

import pytest
from pypdfium2 import PdfDocument

from tests.shell import Shell, watchdesk


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "library"
    Shell(folder).ask("init", "--sample")
    return folder


@pytest.fixture
def shell(sample, tmp_path):
    """The shell on a library with the sample coverage, for this test alone."""
    shutil.copytree(sample, tmp_path / "library")
    return Shell(tmp_path / "library")


def test_a_new_library_has_feeds_topics_and_coverage(shell):
    assert len(shell.ask("feed", "list")["feeds"]) > 10
    assert all(topic["total"] > 0 for topic in shell.ask("topic", "list")["topics"])
    assert shell.ask("articles", "--limit", 1)["total"] >= 60
    assert len([line for line in shell.ask("storylines")["storylines"] if len(line["threads"]) > 1]) >= 3


def test_threads_come_by_heat_and_hold_every_article_once(shell):
    found = shell.ask("threads", "--limit", 0)
    assert found["total"] >= 15
    assert all(one["heat"] >= other["heat"] for one, other in pairwise(found["threads"]))
    everything = shell.ask("threads", "--all", "--limit", 0)["threads"]
    members = [article["id"] for thread in everything for article in thread["articles"]]
    assert sorted(members) == sorted(article["id"] for article in shell.ask("articles", "--limit", 0)["articles"])


def test_receipts_add_up(shell):
    thread = shell.ask("threads", "--limit", 1)["threads"][0]
    for words, score in ((("--thread", thread["id"]), thread["heat"]), ((thread["head"],), thread["quality"])):
        receipt = shell.ask("explain", *words)
        assert receipt["score"] == score
        assert sum(line["points"] for line in receipt["lines"]) == pytest.approx(score)


def test_what_was_saved_is_found_again(shell):
    found = shell.ask("search", "Clearview fine", "--facets")
    assert found["total"] > 3
    assert "Clearview" in found["articles"][0]["title"] + found["articles"][0]["snippet"]
    assert sum(found["facets"]["language"].values()) == found["total"]
    assert shell.ask("search", "clearveiw")["didYouMean"] == "clearview"
    assert shell.ask("search", "is:starred")["total"] == len(
        [article for article in shell.ask("articles", "--limit", 0)["articles"] if article["starred"]]
    )


def test_marks_are_taken_back_also_after_a_restart(shell):
    ids = [article["id"] for article in shell.ask("articles")["articles"] if not article["read"]][:5]
    assert shell.ask("mark", "read", *ids)["changed"] == 5
    assert shell.ask("mark", "read", *ids)["changed"] == 0
    assert shell.ask("undo", 1)["undone"] == ["mark_read"]  # each call is a program of its own
    assert not any(shell.ask("show", id)["read"] for id in ids)
    assert shell.ask("redo")["redone"] == ["mark_read"]
    assert all(shell.ask("show", id)["read"] for id in ids)


def test_what_edits_or_removes_answers_with_what_it_touched(shell):
    [feed] = shell.ask("feed", "remove", 1)["feeds"]
    assert feed["id"] == 1
    [provider] = shell.ask("provider", "standing", 1, 40)["providers"]
    assert (provider["id"], provider["standing"]) == (1, 40)
    [topic] = shell.ask("topic", "remove", 1)["topics"]
    assert topic["id"] == 1
    assert shell.ask("undo", 3)["undone"] == ["remove_topic", "set_standing", "remove_feed"]
    assert shell.ask("check")["ok"]


def test_a_topic_that_was_taken_back_leaves_nothing_behind(shell):
    [made] = shell.ask("topic", "add", "Scrapers", "Clearview")["topics"]
    assert made["total"] > 10
    assert shell.ask("undo")["undone"] == ["add_topic"]
    assert shell.ask("check")["ok"]
    shell.ask("redo")
    assert next(topic for topic in shell.ask("topic", "list")["topics"] if topic["name"] == "Scrapers")["total"] == made["total"]


def test_annotated_coverage_leaves_as_a_pdf(shell, tmp_path):
    thread = shell.ask("threads", "--limit", 1)["threads"][0]
    text = shell.ask("show", thread["head"])["content"]
    quote = max(text.split("\n\n"), key=len).split(". ")[0]
    shell.ask("highlight", thread["head"], "--quote", quote, "--note", "The sentence to remember")
    assert shell.ask("search", "note:remember")["articles"][0]["id"] == thread["head"]
    briefing = shell.ask("brief", "new", "What moved", "--for", "The desk", "--thread", thread["id"], "--summary", "One thread.")
    written = shell.ask("brief", "export", briefing["id"], tmp_path / "briefing.pdf")
    assert written["sources"] == len(thread["articles"])
    with PdfDocument(tmp_path / "briefing.pdf") as pdf:
        words = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
        outline = [item.get_title() for item in pdf.get_toc()]
        assert len(pdf) == written["pages"]
    assert "The sentence to remember" in words
    assert " ".join(quote.split()[:6]) in words
    assert thread["title"] in outline


def test_an_export_read_into_an_empty_library_is_the_same_coverage(shell, tmp_path):
    shell.ask("export", tmp_path / "all.jsonl", "--format", "jsonl")
    other = Shell(tmp_path / "other")
    read = other.ask("import", tmp_path / "all.jsonl")
    assert not read["errors"]
    ours, theirs = (
        {article["webUrl"]: article["title"] for article in one.ask("articles", "--limit", 0)["articles"]}
        for one in (shell, other)
    )
    assert ours == theirs
    assert other.ask("import", tmp_path / "all.jsonl")["updated"] == 0


def test_a_backup_brings_everything_back(shell, tmp_path):
    before = shell.ask("articles", "--limit", 0)
    assert shell.ask("backup", tmp_path / "copy.watchdesk")["path"] == str(tmp_path / "copy.watchdesk")
    other = Shell(tmp_path / "restored")
    other.ask("restore", tmp_path / "copy.watchdesk")
    other.ask("reindex")
    assert other.ask("articles", "--limit", 0) == before
    assert other.ask("check")["ok"]


def test_the_clock_can_be_set(shell):
    early = shell.ask("--now", "2021-01-01T00:00:00Z", "search", "date:<365d")["total"]
    late = shell.ask("--now", "2031-01-01T00:00:00Z", "search", "date:<365d")["total"]
    assert early > 0
    assert late == 0


def test_the_sample_is_thrown_away():
    marked = watchdesk("--library", "sample", "mark", "read", "1", "--json")
    assert json.loads(marked.out)["changed"] in (0, 1)
    assert marked.status == 0
    again = watchdesk("--library", "sample", "mark", "read", "1", "--json")
    assert again.out == marked.out


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("show", "999999"), 1, "there is no article 999999"),
        (("thread", "999999"), 1, "there is no thread 999999"),
        (("brief", "export", "99", "x.pdf"), 1, "there is no briefing 99"),
        (("mark", "read", "1", "999999"), 1, "there is no article 999999"),
        (("highlight", "1", "--quote", "words that stand nowhere"), 1, "not"),
        (("mark", "red", "1"), 2, "invalid choice"),
        (("articles", "--limit", "many"), 2, "not a whole number"),
        (("--now", "yesterday", "articles"), 2, "not a moment"),
        (("thread", "merge", "1"), 2, "two IDs"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(shell, words, status, says):
    said = shell(*words)
    assert said.status == status
    assert says in said.aside
    assert "Traceback" not in said.aside + said.out
    assert len(said.aside.strip().splitlines()) == 1


def test_reading_a_library_that_is_not_there_makes_none(tmp_path):
    said = watchdesk("--library", tmp_path / "nowhere", "threads")
    assert said.status == 1
    assert "there is no library here" in said.aside
    assert not (tmp_path / "nowhere").exists()
