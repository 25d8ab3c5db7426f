"""An import keeps what is good, tells what is not, and changes nothing when it is run again."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from reader.errors import JobRunning, LibraryUnwritable
from reader.jobs.exchange import read
from reader.outcomes import ImportOutcome
from reader.store import articles, feeds
from reader.store.database import Database

SEED = """---
title: "Regulator orders a face search engine to delete its pictures"
publishedDateTime: 2021-12-17T16:29:00Z
webUrl: "https://www.paper.example/2021/order/"
ampWebUrl: "https://www.paper.example/2021/order/amp/"
quality: 70
heat: 80
published: true
provider:
  name: The Paper
  domain: paper.example
topics:
  - Faces
related:
  - title: "Another view of the order"
    webUrl: "https://other.example/view"
    provider: other.example
    quality: 68
secured: "zickDJ2SG1SclHga7lFNEQ==;LZeXWOHuFM/4K/rxduP4Sw=="
---

The regulator told the company to stop.

It has two months.
"""
TEXT = """Court tells city to delete faces

The court held on Tuesday that the city may not keep the pictures that its cameras took of people who passed by, not even while
they are compared with a list.
"""
OPML = """<opml version="2.0"><body>
<outline text="Europe"><outline text="Board" xmlUrl="https://board.example/feed"/></outline>
<outline text="Here" xmlUrl="http://127.0.0.1:8000/feed"/>
<outline text="Shell" xmlUrl="|id"/>
</body></opml>
"""


@pytest.fixture
def bring(database):
    """Imports paths; what became of them."""

    def bring(*paths, **options):
        outcome = ImportOutcome()
        for _ in read(database, list(paths), outcome=outcome, **options):
            pass
        return outcome

    return bring


def counts(outcome):
    return outcome.imported, outcome.updated, outcome.unchanged


def faults(outcome):
    return [(Path(fault.path).name, fault.line, fault.reason) for fault in outcome.faults]


def test_a_seed_record_and_its_related_are_articles(bring, database, tmp_path):
    (tmp_path / "seed.txt").write_text(SEED)
    outcome = bring(tmp_path / "seed.txt")
    assert counts(outcome) == (2, 0, 0)
    assert outcome.faults == []
    article, other = (articles.article(database.db, id) for id in outcome.articles)
    assert article.related == (other.row.id,)
    assert article.content == "The regulator told the company to stop.\n\nIt has two months."
    assert article.secured == "zickDJ2SG1SclHga7lFNEQ==;LZeXWOHuFM/4K/rxduP4Sw=="
    assert (article.row.language, article.topics, article.row.quality) == ("en", ("Faces",), 70)
    assert (other.row.domain, other.row.quality, other.recorded["provider"]) == ("other.example", 68, "other.example")


def test_the_same_again_changes_nothing(bring, database, tmp_path):
    (tmp_path / "seed.txt").write_text(SEED)
    (tmp_path / "text.txt").write_text(TEXT)
    (tmp_path / "feeds.opml").write_text(OPML)
    first = bring(tmp_path)
    before = database.db.execute("SELECT count(*), max(id) FROM article JOIN content ON article = id").fetchone()
    again = bring(tmp_path)
    assert (counts(first), counts(again)) == ((3, 0, 0), (0, 0, 3))
    assert again.articles == first.articles
    assert (len(first.feeds), again.feeds) == (1, [])
    assert database.db.execute("SELECT count(*), max(id) FROM article JOIN content ON article = id").fetchone() == before
    assert database.db.execute("SELECT count(*) FROM revision").get == 0


def test_a_mention_takes_nothing_from_an_article_that_is_known(bring, database, tmp_path):
    (tmp_path / "1.json").write_text(
        json.dumps(
            {
                "title": "Another view, in full",
                "webUrl": "https://other.example/view",
                "content": "The whole text.",
                "quality": 90,
            }
        )
    )
    (tmp_path / "2.txt").write_text(SEED)
    outcome = bring(tmp_path)
    assert counts(outcome) == (2, 0, 0)
    view = articles.article(database.db, outcome.articles[0])
    assert (view.row.title, view.content, view.row.quality) == ("Another view, in full", "The whole text.", 90)
    assert counts(bring(tmp_path)) == (0, 0, 2)


def test_a_newer_telling_updates(bring, database, tmp_path):
    (tmp_path / "seed.txt").write_text(SEED)
    (id, _) = bring(tmp_path).articles
    (tmp_path / "seed.txt").write_text(SEED.replace("two months", "three months"))
    assert counts(bring(tmp_path)) == (0, 1, 1)
    article = articles.article(database.db, id)
    assert "three months" in article.text
    assert "two months" in article.revisions[0].text


def test_html_is_cleaned_before_it_is_kept(bring, database, tmp_path):
    record = {
        "title": "T",
        "webUrl": "https://a.example/1",
        "content": '<p onclick="x()">One &amp; all.</p><script>bad()</script><p>Two.</p>',
        "contentType": "text/html",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    (id,) = bring(tmp_path).articles
    article = articles.article(database.db, id)
    assert article.content_type == "text/html"
    assert "script" not in article.content
    assert "onclick" not in article.content
    assert article.text == "One & all.\n\nTwo."


def test_a_bare_text_is_known_by_its_words(bring, database, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text("\ufeff" + TEXT.replace("\n", "\r\n"))
    outcome = bring(tmp_path)
    assert counts(outcome) == (1, 0, 0)
    row = articles.rows(database.db, outcome.articles)[0]
    assert (row.title, row.provider, row.date, row.web_url) == ("Court tells city to delete faces", "", None, "")


def test_feeds_with_their_folders(bring, database, tmp_path):
    (tmp_path / "feeds.opml").write_text(OPML)
    outcome = bring(tmp_path)
    assert [(feed.url, feed.folder, feed.title) for feed in feeds.listed(database.db)] == [
        ("https://board.example/feed", "Europe", "Board")
    ]
    assert faults(outcome) == [
        ("feeds.opml", 3, "http://127.0.0.1:8000/feed is a private address; such feeds are imported with --allow-private"),
        ("feeds.opml", 4, "“|id” is no address of a feed: only http and https are read"),
    ]
    assert len(bring(tmp_path, allow_private=True).feeds) == 1
    assert [feed.allow_private for feed in feeds.listed(database.db)] == [True, False]


def test_a_feed_file_brings_its_articles(bring, database, tmp_path):
    (tmp_path / "feed.xml").write_text("""<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>
        <link>https://paper.example/</link><item><title>One</title><link>https://paper.example/1</link>
        <description>Text of one.</description></item><item><title>Two</title><link>https://paper.example/2</link></item></channel></rss>""")
    outcome = bring(tmp_path)
    assert counts(outcome) == (2, 0, 0)
    assert [row.title for row in articles.rows(database.db, outcome.articles)] == ["One", "Two"]
    assert feeds.listed(database.db) == []
    assert counts(bring(tmp_path)) == (0, 0, 2)


PAGE = """<!DOCTYPE html>
<!-- saved from url=(0030)https://paper.example/2021/cameras -->
<html lang="en"><head><title>Court tells city to delete faces</title>
<meta property="og:site_name" content="The Paper"><meta property="article:published_time" content="2021-12-17T16:29:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Court tells city to delete faces</h1>
<p>The court held on Tuesday that the city may not keep the pictures that its cameras took of people who passed by.</p>
<p>It has to delete them within two months, and to tell the regulator when it has done so, the court said in its ruling.</p>
</article><script>bad()</script></body></html>
"""


def test_a_saved_page_is_an_article(bring, database, tmp_path):
    (tmp_path / "a page.html").write_text(PAGE)
    (id,) = bring(tmp_path).articles
    article = articles.article(database.db, id)
    assert article.row.title == "Court tells city to delete faces"
    assert article.row.web_url == "https://paper.example/2021/cameras"
    assert (article.row.domain, article.row.language) == ("paper.example", "en")
    assert "within two months" in article.text
    assert "script" not in article.content
    assert counts(bring(tmp_path)) == (0, 0, 1)


def test_bad_input_is_told_and_stops_nothing(bring, tmp_path):
    (tmp_path / "a.txt").write_text(SEED)
    (tmp_path / "b-empty.txt").write_text("")
    (tmp_path / "c-binary.bin").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "d-yaml.txt").write_text("---\ntitle: a\ntitle: b\n---\n")
    (tmp_path / "e-nameless.txt").write_text("---\nexcerpt: names nothing\n---\n")
    (tmp_path / "f-cut.xml").write_text("<?xml version='1.0'?><rss><channel><item><ti")
    (tmp_path / "g-lines.jsonl").write_text('{"title": "Good one"}\n{"title": \n{"title": "Good two"}\n')
    (tmp_path / "h-circle").symlink_to(tmp_path)
    (tmp_path / "i-doubt.json").write_text('{"title": "Dateless", "publishedDateTime": "soon"}')
    (tmp_path / "z.txt").write_text(TEXT)
    outcome = bring(tmp_path, tmp_path / "not-there")
    assert counts(outcome) == (6, 0, 0)
    told = faults(outcome)
    assert [name for name, _, _ in told if name[0] not in "fhn"] == [
        "b-empty.txt",
        "c-binary.bin",
        "d-yaml.txt",
        "e-nameless.txt",
        "g-lines.jsonl",
        "i-doubt.json",
    ]
    assert ("d-yaml.txt", 3, "the field title stands twice") in told
    assert ("g-lines.jsonl", 2, "not JSON: it is cut short") in told
    assert ("i-doubt.json", 1, "publishedDateTime “soon” is not a time; kept without one") in told
    assert ("not-there", 0, "no such file or folder") in told
    assert any(name == "f-cut.xml" for name, _, _ in told)
    assert all("\n" not in reason for _, _, reason in told)


def test_a_file_too_long_to_be_a_record(bring, tmp_path):
    (tmp_path / "big.txt").write_text("word " * (3 << 20))
    assert faults(bring(tmp_path)) == [("big.txt", 0, "more than 10 MB")]


def test_a_file_of_nothing_but_faults_is_not_told_for_ever(bring, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"title": "first"}\n' + "nonsense\n" * 5000)
    outcome = bring(tmp_path)
    assert len(outcome.faults) == 1001
    assert "not told any further" in outcome.faults[-1].reason


def test_a_file_that_may_not_be_read(bring, tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(SEED)
    (tmp_path / "b.txt").write_text(TEXT)
    open_ = Path.open

    def refuse(path, *args):
        if path.name == "a.txt":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return open_(path, *args)

    monkeypatch.setattr(Path, "open", refuse)
    outcome = bring(tmp_path)
    assert faults(outcome) == [("a.txt", 0, "cannot be read: no permission")]
    assert counts(outcome) == (1, 0, 0)


def test_each_step_is_kept_when_the_import_is_stopped(database, tmp_path):
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"title": f"Headline {number}"}) + "\n" for number in range(200)))
    outcome = ImportOutcome()
    steps = read(database, [tmp_path], outcome=outcome)
    step = next(step for step in steps if outcome.articles)
    assert 0 < step.done <= step.total
    steps.close()
    kept = database.db.execute("SELECT count(*) FROM article").get
    assert 0 < kept == outcome.imported < 200
    again = ImportOutcome()
    for _ in read(database, [tmp_path], outcome=again):
        pass
    assert (again.imported, again.unchanged) == (200 - kept, kept)


def test_two_imports_do_not_meet(database, tmp_path):
    with database.lease("import"), pytest.raises(JobRunning):
        next(read(database, [tmp_path], outcome=ImportOutcome()))


def test_a_disk_that_fills_up_ends_the_import_with_a_line(database, bring, tmp_path, monkeypatch):
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"title": f"Headline {number}"}) + "\n" for number in range(100)))
    keep, calls = articles.keep, []

    def full(db, record, now, **more):
        calls.append(record)
        if len(calls) == 60:
            raise LibraryUnwritable("library.db", "the disk is full")
        return keep(db, record, now, **more)

    monkeypatch.setattr(articles, "keep", full)
    outcome = bring(tmp_path)
    assert 0 < outcome.imported < 60
    assert database.db.execute("SELECT count(*) FROM article").get == outcome.imported
    assert [fault.reason for fault in outcome.faults] == ["the import ended here: the disk is full"]


def test_a_disk_that_is_full_from_the_start_is_an_error(database, bring, tmp_path):
    (tmp_path / "a.txt").write_text(SEED + "word " * 20_000)
    database.db.pragma("max_page_count", database.db.pragma("page_count"))
    with pytest.raises(LibraryUnwritable, match="full"):
        bring(tmp_path)


def test_a_library_elsewhere_has_the_same_keys(bring, database, tmp_path):
    (tmp_path / "seed.txt").write_text(SEED)
    (tmp_path / "text.txt").write_text(TEXT)
    ids = bring(tmp_path).articles
    other = Database(tmp_path / "other")
    outcome = ImportOutcome()
    for _ in read(other, [tmp_path / "text.txt", tmp_path / "seed.txt"], outcome=outcome):
        pass
    keys = {articles.article(other.db, id).key for id in outcome.articles}
    assert keys == {articles.article(database.db, id).key for id in ids}
    other.close()


def test_a_language_that_cannot_be_told_stops_nothing(bring, database, tmp_path, monkeypatch):
    def full(text, said=""):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("reader.jobs.exchange.keeping.language_of", full)
    (tmp_path / "a.json").write_text('{"title": "Une décision", "language": "fr"}')
    (id,) = bring(tmp_path).articles
    assert articles.rows(database.db, [id])[0].language == "fr"
