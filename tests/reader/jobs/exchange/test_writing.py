"""What goes out can come in again, and is there whole or not at all."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from reader.errors import Refused
from reader.formats import record_from
from reader.jobs.exchange import read, seed, write_jsonl, write_opml, write_records
from reader.jobs.exchange.keeping import ready
from reader.outcomes import ExportOutcome, ImportOutcome
from reader.records import Outlet, Record
from reader.store import articles, feeds
from reader.store.database import Database

DOCUMENT = {
    "title": "Regulator: “no” to face searches",
    "publishedDateTime": "2021-12-17T16:29:00Z",
    "webUrl": "https://www.paper.example/2021/order/",
    "quality": 70,
    "heat": 80,
    "published": True,
    "related": [{"title": "Another view", "webUrl": "https://other.example/view", "provider": "other.example", "quality": 68}],
    "secured": "zickDJ2SG1SclHga7lFNEQ==;LZeXWOHuFM/4K/rxduP4Sw==",
}


@pytest.fixture
def filled(database):
    """A recorded article with its related one, and one of a feed."""
    record = ready(record_from(DOCUMENT))
    fed = Record(
        title="../../CON: a feed's title?",
        web_url="https://fed.example/1",
        content="<p>Words</p>",
        content_type="text/html",
        provider=Outlet("Fed", "fed.example"),
    )
    with database.write() as db:
        first, _ = articles.keep(db, record, database.now())
        second, _ = articles.keep(db, record.related[0], database.now(), own=False)
        articles.relate(db, first, [second])
        articles.keep(db, ready(fed), database.now())
    return database


def put_in_thread(database, *ids, thread=1):
    with database.write() as db:
        for id in ids:
            db.execute("INSERT INTO membership (article, thread, independent, vector) VALUES (?, ?, 1, x'')", (id, thread))
            db.execute("INSERT INTO score VALUES (?, 70, 40, 0)", (id,))


def written(write, database, path):
    outcome = ExportOutcome()
    for _ in write(database, path, outcome=outcome):
        pass
    return outcome


def lines(database, path):
    written(write_jsonl, database, path)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_folder_of_records(filled, tmp_path):
    outcome = written(write_records, filled, tmp_path / "out")
    assert (outcome.written, outcome.path) == (3, tmp_path / "out")
    names = sorted(path.name for path in outcome.path.iterdir())
    assert names[0].startswith("2021-12-17_regulator-no-to-face-searches_")
    assert names[2].startswith("undated_con-a-feed-s-title_")
    fields, _ = seed.parse((outcome.path / names[0]).read_text("utf-8"))
    assert DOCUMENT.items() <= fields.items()


def test_a_line_each(filled, tmp_path):
    found = {document["title"]: document for document in lines(filled, tmp_path / "out.jsonl")}
    assert DOCUMENT.items() <= found[DOCUMENT["title"]].items()
    fed = found["../../CON: a feed's title?"]
    assert (fed["content"], fed["contentType"], fed["recorded"]) == ("<p>Words</p>", "text/html", None)


def test_heat_is_as_recorded_while_the_thread_is_as_it_came(filled, tmp_path):
    put_in_thread(filled, 1, 2)
    document = next(one for one in lines(filled, tmp_path / "a.jsonl") if one["id"] == 1)
    assert (document["heat"], document["published"]) == (80, True)
    with filled.write() as db:
        db.execute("UPDATE state SET decision = 0 WHERE article = 1")
    document = next(one for one in lines(filled, tmp_path / "a.jsonl") if one["id"] == 1)
    assert (document["heat"], document["published"]) == (80, False)


def test_heat_is_that_of_the_library_once_another_article_joined(filled, tmp_path):
    put_in_thread(filled, 1, 2, 3)
    document = next(one for one in lines(filled, tmp_path / "a.jsonl") if one["id"] == 1)
    assert (document["heat"], document["published"], document["quality"]) == (40, False, 70)
    assert document["recorded"] == {"quality": 70, "heat": 80, "published": True}


@pytest.mark.parametrize(("write", "name"), [(write_records, "out"), (write_jsonl, "out.jsonl")])
def test_what_went_out_comes_in_again(filled, tmp_path, write, name):
    put_in_thread(filled, 1, 2, 3)
    written(write, filled, tmp_path / name)

    def bring(database):
        outcome = ImportOutcome()
        for _ in read(database, [tmp_path / name], outcome=outcome):
            pass
        return outcome.imported, outcome.updated, outcome.unchanged, outcome.faults

    assert bring(filled) == (0, 0, 3, [])
    other = Database(tmp_path / "other")
    assert bring(other) == (3, 0, 0, [])
    article = articles.article(other.db, other.db.execute("SELECT id FROM article WHERE web_url LIKE '%order%'").get)
    assert article.recorded == DOCUMENT
    other.close()


def test_feeds_go_out_and_in(database, tmp_path):
    with database.write() as db:
        feeds.add(db, "https://a.example/feed", 0, title="A & B", folder="Europe / North", link="https://a.example/")
        feeds.add(db, "https://b.example/feed", 0, title="B")
    assert written(write_opml, database, tmp_path / "out.opml").written == 2
    other = Database(tmp_path / "other")
    outcome = ImportOutcome()
    for _ in read(other, [tmp_path / "out.opml"], outcome=outcome):
        pass
    assert [(feed.url, feed.title, feed.folder, feed.link) for feed in feeds.listed(other.db)] == [
        (feed.url, feed.title, feed.folder, feed.link) for feed in feeds.listed(database.db)
    ]
    other.close()


def test_an_empty_library_goes_out_too(database, tmp_path):
    assert written(write_records, database, tmp_path / "out").written == 0
    assert written(write_jsonl, database, tmp_path / "out.jsonl").written == 0
    assert written(write_opml, database, tmp_path / "out.opml").written == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["library", "out", "out.jsonl", "out.opml"]


@pytest.mark.parametrize(("write", "name"), [(write_records, "out"), (write_jsonl, "out.jsonl")])
def test_an_export_that_is_stopped_leaves_nothing(filled, tmp_path, monkeypatch, write, name):
    monkeypatch.setattr("reader.jobs.exchange.writing._A_STEP", 1)
    job = write(filled, tmp_path / name, outcome=ExportOutcome())
    next(job)
    job.close()
    assert [path.name for path in tmp_path.iterdir()] == ["library"]


@pytest.mark.parametrize(
    ("number", "why"), [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "no permission"), (errno.EIO, "Input/output error")]
)
def test_a_disk_that_refuses_is_one_line_and_leaves_nothing(filled, tmp_path, monkeypatch, number, why):
    def refuse(path, body):
        path.touch()
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(Refused, match=why):
        written(write_records, filled, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["library"]


def test_nothing_is_written_over_a_folder_or_into_the_library(filled, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    with pytest.raises(Refused, match="not empty"):
        written(write_records, filled, tmp_path / "mine")
    with pytest.raises(Refused, match="is a folder"):
        written(write_jsonl, filled, tmp_path / "mine")
    for path in (filled.path, filled.folder / "out", filled.folder):
        for write in (write_records, write_jsonl, write_opml):
            with pytest.raises(Refused, match="inside the library"):
                written(write, filled, path)
    with pytest.raises(Refused, match="no such folder"):
        written(write_jsonl, filled, tmp_path / "nowhere" / "out.jsonl")
