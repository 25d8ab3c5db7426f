"""An article is one, whatever brings it; what was said before is no news; nothing that was read is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reader.errors import NotFound
from reader.records import Anchor, Outlet, Picture, Record
from reader.store import annotations as annotating
from reader.store import articles

ORDER = Record(
    title="Regulator orders firm to delete faces",
    excerpt="The regulator gave the firm two months.",
    content="The regulator gave the firm two months. The firm objects.",
    text="The regulator gave the firm two months. The firm objects.",
    date=datetime(2021, 12, 17, tzinfo=UTC),
    web_url="https://www.paper.example/order/",
    amp_url="https://www.paper.example/order/amp/",
    provider=Outlet("paper.example", "paper.example"),
    topics=("Faces",),
    images=(Picture("https://paper.example/a.jpg", 400, 300),),
    document={"title": "Regulator orders firm to delete faces"},
)


def keep(database, record, **options):
    with database.write() as db:
        return articles.keep(db, record, database.now(), **options)


def test_the_same_record_twice_is_one_article(database):
    id, outcome = keep(database, ORDER)
    assert outcome == "new"
    assert keep(database, ORDER) == (id, "unchanged")


def test_an_amp_twin_is_the_same_article(database):
    id, _ = keep(database, ORDER)
    twin = Record(title=ORDER.title, web_url="https://www-paper-example.cdn.ampproject.org/c/s/www.paper.example/order/amp/")
    assert keep(database, twin)[0] == id


def test_a_corrected_text_keeps_the_old_one_as_a_revision(database):
    id, _ = keep(database, ORDER)
    text = "The regulator gave the firm three months. The firm objects."
    assert keep(database, replace(ORDER, title="Corrected", content=text, text=text)) == (id, "updated")
    found = articles.article(database.db, id)
    assert (found.row.title, found.text) == ("Corrected", text)
    assert [(revision.title, revision.text) for revision in found.revisions] == [(ORDER.title, ORDER.text)]


def test_two_sources_that_differ_settle(database):
    other = replace(ORDER, title="Another headline")
    keep(database, ORDER)
    keep(database, other)
    assert [keep(database, record)[1] for record in (ORDER, other, ORDER, other)] == ["unchanged"] * 4


def test_an_excerpt_never_replaces_a_text(database):
    id, _ = keep(database, ORDER)
    keep(database, replace(ORDER, content="", text="", excerpt="Only a line."))
    assert articles.article(database.db, id).text == ORDER.text


def test_a_mention_fills_gaps_and_changes_nothing_else(database):
    id, _ = keep(database, replace(ORDER, author=""))
    assert keep(database, replace(ORDER, title="Shorter", author="A. Writer", content="", text=""), own=False) == (id, "updated")
    found = articles.article(database.db, id)
    assert (found.row.title, found.author, found.text) == (ORDER.title, "A. Writer", ORDER.text)


def test_a_full_text_after_a_mention_is_taken(database):
    id, _ = keep(database, Record(title="Order", excerpt="A line.", web_url=ORDER.web_url), own=False)
    assert keep(database, ORDER) == (id, "updated")
    assert articles.article(database.db, id).text == ORDER.text


def test_front_pages_do_not_merge_what_they_do_not_tell_apart(database):
    first, _ = keep(database, Record(title="One", web_url="https://paper.example/", date=ORDER.date))
    second, _ = keep(database, Record(title="Two", web_url="https://paper.example/", date=ORDER.date))
    assert first != second


def test_bare_texts_are_known_by_their_words(database):
    first, _ = keep(database, Record(title="A headline", content="Some text.", text="Some text."))
    assert keep(database, Record(title="A headline", content="Some text.", text="Some  text.\n"))[0] == first
    assert keep(database, Record(title="A headline", content="Other text.", text="Other text."))[0] != first


def test_a_provider_is_one_per_domain_and_takes_its_first_real_name(database):
    keep(database, ORDER)
    keep(database, Record(title="x", web_url="https://news.paper.example/x", provider=Outlet("The Paper", "")))
    rows = articles.rows(database.db, [1, 2])
    assert {row.provider for row in rows} == {"The Paper"}
    assert {row.domain for row in rows} == {"paper.example"}


def test_every_new_or_changed_text_is_announced_to_its_followers(database):
    id, _ = keep(database, ORDER)
    with database.write() as db:
        db.execute("DELETE FROM outbox")
        db.execute("DELETE FROM pending WHERE article > 0")
    keep(database, ORDER)
    assert database.db.execute("SELECT count(*) FROM outbox").get == 0
    keep(database, replace(ORDER, title="News"))
    assert {article for (article,) in database.db.execute("SELECT article FROM outbox")} == {id}
    assert {article for (article,) in database.db.execute("SELECT article FROM pending")} == {id}


def test_rows_come_in_the_order_asked_for(database):
    ids = [keep(database, replace(ORDER, title=f"{n}", web_url=f"https://a.example/{n}", amp_url=""))[0] for n in range(5)]
    wanted = [ids[3], ids[0], 999, ids[4]]
    assert [row.id for row in articles.rows(database.db, wanted)] == [ids[3], ids[0], ids[4]]


def test_an_article_that_is_not_there_is_said_to_be_so(database):
    with pytest.raises(NotFound, match="there is no article 7"):
        articles.article(database.db, 7)


def test_the_analysis_sees_what_the_record_said(database):
    id, _ = keep(database, ORDER)
    other, _ = keep(database, Record(title="Related", web_url="https://b.example/r"))
    with database.write() as db:
        articles.relate(db, id, [other])
    first, second = articles.reading(database.db, [id, other])
    assert (first.provider, first.images, first.related, first.date) == ("paper.example", 1, (other,), ORDER.date)
    assert second.provider == "b.example"


def test_the_notes_of_a_highlight_go_with_it(database):
    id, _ = keep(database, ORDER)
    passage = Anchor("two months", "", "", 28, 38)
    with database.write(undo="highlight") as db:
        mark = annotating.add_highlight(db, id, passage, "yellow", 0)
        annotating.add_note(db, "The deadline", 0, highlight=mark)
    assert [note.text for note in articles.article(database.db, id).notes] == ["The deadline"]
    with database.write(undo="remove_highlight") as db:
        annotating.remove_highlight(db, mark, 1)
    assert articles.article(database.db, id).notes == ()
    database.undo()
    assert [note.text for note in articles.article(database.db, id).notes] == ["The deadline"]
