"""The documents that the program was asked for, through the shell: read, grouped, scored, found, and given back."""

from __future__ import annotations

import pytest
import yaml

from tests.shell import Shell


@pytest.fixture(scope="module")
def shell(seeds, tmp_path_factory):
    shell = Shell(tmp_path_factory.mktemp("seeds") / "library")
    shell.read = shell.ask("import", seeds)
    return shell


def thread_of(shell, words):
    threads = shell.ask("threads", "--all", "--limit", 0)["threads"]
    return next(thread for thread in threads if any(words in article["title"] for article in thread["articles"]))


def test_five_documents_are_ten_articles_and_the_second_time_none(shell, seeds):
    assert (shell.read["imported"], shell.read["updated"], shell.read["errors"]) == (10, 0, [])
    again = shell.ask("import", seeds)
    assert (again["imported"], again["updated"], again["unchanged"]) == (0, 0, 10)


def test_order_and_fine_are_two_threads_of_one_storyline(shell):
    order, fine = thread_of(shell, "Stop Facial Recognition"), thread_of(shell, "Slaps Fine")
    assert order["id"] != fine["id"]
    assert any("France Orders Clearview" in article["title"] for article in order["articles"])
    assert any("forced to delete" in article["title"] for article in order["articles"])
    assert len(order["articles"]) == 4
    assert len(fine["articles"]) == 6
    [storyline] = shell.ask("storylines")["storylines"]
    assert sorted(storyline["threads"]) == sorted([order["id"], fine["id"]])


def test_scores_come_out_as_recorded(shell):
    found = {article["title"]: article for article in shell.ask("articles", "--limit", 0)["articles"]}
    order = next(article for title, article in found.items() if "Stop Facial Recognition" in title)
    fine = next(article for title, article in found.items() if title.startswith("France Slaps"))
    assert (order["heat"], order["published"], order["quality"]) == (80, True, 70)
    assert (fine["heat"], fine["published"], fine["quality"]) == (-1, False, 54)


def test_the_spun_copy_comes_last_clearly(shell):
    scores = sorted(article["quality"] for article in shell.ask("articles", "--limit", 0)["articles"])
    spun = next(a for a in shell.ask("articles", "--limit", 0)["articles"] if "CNIL’s decision" in a["title"])
    assert spun["quality"] == scores[0]
    assert scores[1] - scores[0] >= 10


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("CNIL Clearview", 6),
        ('"Clearview fine"~6', 1),
        ("provider:techspot date:2022-10", 1),
        ("quality:>60 -is:read", 5),
        ("lang:fr reconnaissance faciale", 0),
    ],
)
def test_searches_find_what_an_analyst_expects(shell, query, finds):
    found = shell.ask("search", "--", query)
    assert found["total"] >= finds if finds else found["total"] == 0


def test_a_slip_of_the_finger_is_answered_with_the_word_that_was_meant(shell):
    assert shell.ask("search", "clearveiw")["didYouMean"] == "clearview"
    assert shell.ask("search", "biometri*")["total"] > 0


def test_an_export_gives_every_field_back(shell, seeds, tmp_path):
    shell.ask("export", tmp_path / "records", "--format", "records")
    written = [matter(path) for path in (tmp_path / "records").iterdir()]
    for seed in filter(None, map(matter, sorted(seeds.iterdir()))):
        same = next(document for document in written if document and document.get("webUrl") == seed["webUrl"])
        assert {name: same.get(name) for name in seed} == seed


def matter(path):
    text = path.read_text("utf-8")
    return yaml.load(text.split("---\n")[1], yaml.BaseLoader) if text.startswith("---\n") else None
