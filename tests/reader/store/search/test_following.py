"""The index holds what the library does: after any edits, and however it was stopped."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.jobs import index as job
from reader.records import Outlet, Record
from reader.store import articles, search
from reader.store.database import Database
from reader.store.search import following
from reader.store.search.index import FOLDER, Index
from reader.store.search.segments import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    import apsw

REPOSITORY = Path(__file__).resolve().parents[4]


def held(database: Database) -> dict[str, dict[int, list[int]]]:
    """Everything that the index holds: of each term of each field the articles and the places."""
    reader = Reader()
    try:
        snapshot = reader.snapshot(following.opened(database.db, database.folder))
        found: dict[str, dict[int, list[int]]] = {}
        for segment in snapshot.segments:
            ids = segment.arrays.column("id").tolist()
            for field in ("id", "date", "words"):
                for id, value, stands in zip(ids, segment.arrays.column(field).tolist(), segment.standing.tolist(), strict=True):
                    if stands:
                        found.setdefault(f"{field}:", {}).setdefault(id, []).append(value)
            for field, term in segment.arrays._terms.terms():
                postings = segment.arrays.postings(field, bytes(term))
                at = 0
                for document, count in zip(postings.documents.tolist(), postings.counts.tolist(), strict=True):
                    if segment.standing[document]:
                        found.setdefault(f"{field}:{bytes(term).decode()}", {})[ids[document]] = postings.places[
                            at : at + count
                        ].tolist()
                    at += count
        return found
    finally:
        reader.close()


def level(database: Database) -> job.IndexOutcome:
    outcome = job.IndexOutcome()
    for _ in job.level(database, outcome=outcome):
        pass
    return outcome


# What happens to a library

WORDS = ("iris", "face", "laws", "police", "données", "人脸识别")
text = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


def make(db: apsw.Connection, number: int, words: str) -> None:
    record = Record(
        title=f"{words} {number}", text=words, content=words, language="fr" if number % 3 else "en",
        web_url=f"https://example.org/{number}", provider=Outlet(f"House {number % 3}"),
    )  # fmt: skip
    articles.keep(db, record, 1_700_000_000)


def edit(db: apsw.Connection, number: int, words: str) -> None:
    db.execute("UPDATE content SET text = ? WHERE article = ?", (words, number))


def retitle(db: apsw.Connection, number: int, words: str) -> None:
    db.execute("UPDATE article SET title = ?, author = ? WHERE id = ?", (words, words, number))


def delete(db: apsw.Connection, number: int, _words: str) -> None:
    for table in ("address", "said", "content", "recorded", "given_topic", "picture", "revision", "related", "highlight", "note"):
        if db.execute("SELECT 1 FROM pragma_table_info(?) WHERE name = 'article'", (table,)).fetchone():
            db.execute(f"DELETE FROM {table} WHERE article = ?", (number,))
    db.execute("DELETE FROM article WHERE id = ?", (number,))


def highlight(db: apsw.Connection, number: int, words: str) -> None:
    if db.execute("SELECT 1 FROM article WHERE id = ?", (number,)).fetchone():
        db.execute(
            "INSERT INTO highlight (uid, article, exact, prefix, suffix, start, end, colour, made, changed)"
            " VALUES (randomblob(16), ?, ?, '', '', 0, 1, 'yellow', 0, 0)",
            (number, words),
        )


def note(db: apsw.Connection, number: int, words: str) -> None:
    if db.execute("SELECT 1 FROM article WHERE id = ?", (number,)).fetchone():
        db.execute("INSERT INTO note (uid, article, text, made, changed) VALUES (randomblob(16), ?, ?, 0, 0)", (number, words))


def remove_notes(db: apsw.Connection, number: int, _words: str) -> None:
    db.execute("UPDATE note SET removed = 1 WHERE article = ?", (number,))
    db.execute("UPDATE highlight SET removed = 1 WHERE article = ?", (number,))


def rename(db: apsw.Connection, number: int, words: str) -> None:
    db.execute("UPDATE provider SET name = ? WHERE id = ?", (words or "None", number))


edits = st.sampled_from([make, make, make, edit, retitle, delete, highlight, note, remove_notes, rename])
history = st.lists(st.lists(st.tuples(edits, st.integers(1, 8), text), min_size=1, max_size=6), min_size=1, max_size=5)


@given(history)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_edits_the_index_is_as_if_built_anew(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    history: list[list[tuple[Callable[..., None], int, str]]],
) -> None:
    monkeypatch.setattr(following, "BATCH_ARTICLES", 3)
    monkeypatch.setattr(following, "FAN", 3)
    database = Database(tmp_path_factory.mktemp("library"))
    database.db.pragma("synchronous", "OFF")  # nobody cuts the power here
    try:
        for change in history:
            with database.write() as db:
                for what, number, words in change:
                    what(db, number, words)
            assert level(database).rebuilt == ""
        followed = held(database)
        assert job.problems(database) == []
        for _ in job.rebuild(database):
            pass
        assert held(database) == followed
        assert job.problems(database) == []
    finally:
        database.close()


def test_what_the_index_has_seen_is_swept(database: Database, keep: Callable[..., int]) -> None:
    keep("Iris")
    assert database.db.execute("SELECT count(*) FROM outbox").get
    level(database)
    assert not database.db.execute("SELECT count(*) FROM outbox").get
    assert level(database).indexed == 0


def test_a_change_that_is_not_taken_in_yet_is_told(database: Database, keep: Callable[..., int]) -> None:
    keep("Iris")
    level(database)
    keep("Iris again")
    answer = search.search(database, "iris")
    assert answer.total == 1
    assert answer.notices == ("1 article changed since the search index was brought level",)
    assert job.problems(database) == ["the search index has yet to take in 1 articles"]


def test_a_note_is_searched_until_it_is_removed(
    database: Database, keep: Callable[..., int], found: Callable[..., list[int]]
) -> None:
    id = keep("Iris", "Cameras")
    with database.write() as db:
        note(db, id, "ask the ombudsman")
        highlight(db, id, "cameras everywhere")
    assert found("ombudsman") == found("note:ombudsman") == found("highlight:everywhere") == found("is:annotated") == [id]
    with database.write() as db:
        remove_notes(db, id, "")
    assert found("ombudsman") == found("is:annotated") == []


def test_a_job_stopped_anywhere_goes_on_from_there(
    database: Database, keep: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "BATCH_ARTICLES", 4)
    monkeypatch.setattr(following, "STEP_SECONDS", 0)
    for number in range(12):
        keep(f"Iris {number}", "cameras " * number)
    for steps in range(40):
        running = job.level(database)
        for _ in zip(range(steps), running, strict=False):
            pass
        running.close()
    assert level(database).rebuilt == ""
    assert job.problems(database) == []
    assert search.search(database, "iris").total == 12


def test_a_rebuilding_that_was_stopped_goes_on_from_there(
    database: Database, keep: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        keep(f"Iris {number}")
    level(database)
    monkeypatch.setattr(following, "BATCH_ARTICLES", 4)
    running = following.rebuild(database.db, database.folder)
    while Index(database.folder / "index.new").mark.reached < 8 if (database.folder / "index.new").exists() else True:
        next(running)
    running.close()
    assert search.search(database, "iris").total == 12, "the old one is searched meanwhile"
    outcome = job.IndexOutcome()
    for _ in job.rebuild(database, outcome=outcome):
        pass
    assert outcome.indexed == 4
    assert job.problems(database) == []


def test_small_segments_are_merged_a_few_at_a_time(
    database: Database, keep: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MOST_MERGED", 20)
    for number in range(40):
        keep(f"Iris {number}")
        level(database)
    sizes = [segment.doc_count() for segment in Index(database.folder / FOLDER).contents().segments]
    assert len(sizes) < 12
    assert max(sizes) <= 20
    assert job.problems(database) == []
    assert search.search(database, "iris").total == 40


def test_a_disk_that_is_full_is_told_in_words(
    database: Database, keep: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.errors import LibraryUnwritable
    from reader.store.search.index import Folder

    keep("Iris")

    def full(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "rename_file", full)
        with pytest.raises(LibraryUnwritable, match="No space left"):
            level(database)
    assert level(database).indexed == 1
    assert job.problems(database) == []


# Killed

CHILD = textwrap.dedent("""
    import random, sys
    from pathlib import Path
    from reader.jobs import index
    from reader.records import Record
    from reader.store import articles, topics
    from reader.store.database import Database
    from reader.store.search import following

    following.BATCH_ARTICLES, following.FAN, following.STEP_SECONDS = 6, 3, 0
    database = Database(Path(sys.argv[1]))
    chance = random.Random(int(sys.argv[2]))
    print("ready", flush=True)
    while True:
        with database.write() as db:
            for _ in range(chance.randrange(1, 25)):
                number, turn = chance.randrange(120), chance.randrange(10**9)
                text = f"cameras turn{turn} " + " ".join(f"word{chance.randrange(300)}" for _ in range(60))
                record = Record(title=f"Article {number}", text=text, content=text, language="en", web_url=f"https://example.org/{number}")
                articles.keep(db, record, 1_700_000_000 + turn % 1000)
        for _ in (index.rebuild if chance.random() < 0.1 else index.level)(database):
            pass
""")


def killed_and_level(tmp_path: Path, kills: int) -> None:
    """Kill a process that edits and indexes, again and again; each time the index follows the database without being rebuilt."""
    from reader.store import topics

    chance = random.Random(7)
    folder = tmp_path / "library"
    database = Database(folder)
    with database.write() as db:
        topics.add(db, "Seven", "word7*", 0)
    for kill in range(kills):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(folder), str(kill)], stdout=subprocess.PIPE, cwd=REPOSITORY, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        with pytest.raises(subprocess.TimeoutExpired):  # it ends only if it failed
            child.wait(chance.uniform(0.05, 1.2))
        child.kill()
        child.wait()
        child.stdout.close()
        assert level(database).rebuilt == "", f"after kill {kill}"
        assert job.problems(database) == []
        texts = dict(database.db.execute("SELECT article, text FROM content"))
        assert sorted(held(database).get("text:cameras", {})) == sorted(texts)
        for id, text in random.Random(kill).sample(sorted(texts.items()), min(10, len(texts))):
            turn = text.split()[1]
            assert [hit.id for hit in search.search(database, turn).hits] == [id]
        matched = {article for (article,) in database.db.execute("SELECT article FROM topic_match WHERE matches")}
        assert matched == {id for id, text in texts.items() if any(word.startswith("word7") for word in text.split())}
    database.close()


def test_killed_at_any_moment_it_goes_on_without_loss(tmp_path: Path) -> None:
    killed_and_level(tmp_path, 3)


@pytest.mark.long
def test_killed_a_hundred_times_it_goes_on_without_loss(tmp_path: Path) -> None:
    killed_and_level(tmp_path, 100)
