"""Lists against a plain reckoning of the same tables: what is in them, in which order, and how much there is of everything."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.hot import place
from reader.errors import Refused
from reader.library import Library
from reader.records import ListOrder, Narrowing, Scope, ScopeKind
from reader.shelf import Shelf
from tests import bulk as made
from tests.bulk import FOLDERS, bulk

HOT = 70.0
NOW = made.NOW - 30 * 24 * 3600
"""The clock: some of the articles are dated ahead of it."""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    bulk(folder, 600, 150)
    library = Library(folder, clock=lambda: datetime.fromtimestamp(NOW, UTC))
    with library._database.write() as db:
        db.execute("UPDATE thread SET momentum = id % 7 - 3.5 WHERE id % 3")
    library.mark("hidden", range(1, 600, 7))
    library.mark("starred", range(1, 600, 11))
    library.mark("read", range(1, 600, 2))
    library.remove_feed(3)
    alone = next(thread for thread in library.threads("size", 0, singles=True)[1] if len(thread.members) == 1)
    library.note("Odd one out", thread=alone.id)
    library.note("Seen", article=7)
    yield library
    library.close()


class Plain:
    """The same library as dictionaries."""

    def __init__(self, db):
        def rows(query):
            return db.execute(query).fetchall()

        self.date = dict(rows("SELECT id, date FROM article"))
        self.provider = dict(rows("SELECT id, provider FROM article"))
        self.read, self.starred, self.hidden = (
            {id for (id,) in rows(f"SELECT article FROM state WHERE {flag}")} for flag in ("read", "starred", "hidden")
        )
        self.thread = dict(rows("SELECT article, thread FROM membership"))
        self.threads = {id: rest for id, *rest in rows("SELECT id, heat, quality, last, storyline, momentum FROM thread")}
        self.arrivals = rows("SELECT feed, article FROM arrival")
        self.feeds = dict(rows("SELECT id, folder FROM feed WHERE NOT removed"))
        self.matches = rows("SELECT topic, article FROM topic_match WHERE matches")
        self.noted = {id for (id,) in rows("SELECT article FROM highlight UNION SELECT article FROM note WHERE article NOT NULL")}
        self.noted_threads = {id for (id,) in rows("SELECT thread FROM note WHERE thread NOT NULL")}
        self.members = defaultdict(list)
        for id in sorted(self.thread, key=lambda one: (self.date[one] is None, self.date[one], one)):
            if id not in self.hidden:
                self.members[self.thread[id]].append(id)

    def lies_in(self, id, kind, scope):
        thread = self.thread[id]
        heat, _, _, storyline, _ = self.threads[thread]
        return {
            "all": True,
            "unread": id not in self.read,
            "starred": id in self.starred,
            "hot": heat >= HOT,
            "annotated": id in self.noted or thread in self.noted_threads,
            "topic": (scope.id, id) in self.matches,
            "feed": (scope.id, id) in self.arrivals,
            "folder": any(article == id and self.feeds.get(feed) == scope.name for feed, article in self.arrivals),
            "provider": self.provider[id] == scope.id,
            "storyline": storyline == scope.id,
        }[kind]

    def listed(self, scope, narrowing, order, ascending):
        found = [
            id for id, own in self.members.items()
            if any(self.lies_in(one, scope.kind, scope) and self.lies_in(one, narrowing, scope) for one in own)
        ]  # fmt: skip
        sign = 1 if ascending else -1

        def key(id):
            heat, quality, last, _, momentum = self.threads[id]
            placed = place(heat, momentum, last, NOW) if last is not None else None
            columns = {"newest": (last,), "quality": (quality, last), "heat": (heat, last), "hot": (placed, heat)}[order]
            return (*((value is None, sign * (value or 0)) for value in columns), sign * id)

        return sorted(found, key=key)


@pytest.fixture(scope="module")
def plain(library):
    return Plain(library._db)


scopes = st.one_of(
    st.builds(Scope, st.sampled_from(["all", "unread", "starred", "hot", "annotated"])),
    st.builds(Scope, st.sampled_from(["topic", "feed", "provider", "storyline"]), st.integers(0, 9)),
    st.builds(Scope, st.just("folder"), st.just(0), st.sampled_from([*FOLDERS, "nowhere"])),
)


@given(scopes, st.sampled_from(get_args(Narrowing)), st.sampled_from(get_args(ListOrder)), st.booleans())
def test_a_list_is_what_one_would_reckon_by_hand(library, plain, scope, narrowing, order, ascending):
    found = library.listing(scope, narrowing=narrowing, order=order, ascending=ascending)
    assert list(found.threads) == plain.listed(scope, narrowing, order, ascending)
    assert (found.starts[0], found.starts[-1]) == (0, len(found.members))
    parts = [list(found.members[start:end]) for start, end in pairwise(found.starts)]
    assert parts == [plain.members[id] for id in found.threads]


def test_every_kind_of_scope_was_tried(library):
    assert set(get_args(ScopeKind)) == {"all", "unread", "starred", "hot", "annotated", "topic", "folder", "feed", "provider",
                                        "storyline"}  # fmt: skip
    for kind in get_args(ScopeKind):
        assert library.listing(Scope(kind, 1, FOLDERS[1])).threads, kind


def test_there_is_no_list_of_anything_else(library):
    for scope, how in ((Scope("nonsense"), {}), (Scope(), {"narrowing": "read"}), (Scope(), {"order": "title"})):
        with pytest.raises(Refused):
            library.listing(scope, **how)


def test_an_empty_library_has_empty_lists(tmp_path):
    library = Library(tmp_path)
    found = library.listing()
    assert (list(found.threads), list(found.starts), list(found.members)) == ([], [0], [])
    counts = library.counts()
    assert (counts.articles, counts.unread, counts.hot, counts.annotated, counts.topics, counts.feeds) == (0, 0, 0, 0, {}, {})
    assert library.annotations() == []
    library.close()


def test_the_threshold_that_was_chosen_says_what_is_hot(library):
    before = library.listing(Scope("hot")).threads
    library.choose("publish_at", 90)
    after = library.listing(Scope("hot")).threads
    assert set(after) < set(before)
    assert library.counts().hot < len(before)
    library.undo()
    assert library.listing(Scope("hot")).threads == before


# Lines


def test_a_line_tells_of_what_is_to_be_seen(library, plain):
    ids = list(library.listing(order="newest").threads)
    rows = library.thread_rows(ids)
    assert [row.id for row in rows] == ids
    for row in rows:
        own = plain.members[row.id]
        outlets = list(dict.fromkeys(plain.provider[id] for id in own))
        names = dict(library._db.execute("SELECT id, name FROM provider"))
        assert row.size == len(own)
        assert row.unread == sum(id not in plain.read for id in own)
        assert row.starred == any(id in plain.starred for id in own)
        assert row.annotated == (row.id in plain.noted_threads or any(id in plain.noted for id in own))
        assert row.providers == tuple(names[outlet] for outlet in outlets[:4])
        assert row.provider_count == len(outlets)
        assert row.head in own
        [head] = library.article_rows([row.head])
        assert (row.title, row.excerpt, row.language) == (head.title, head.excerpt, head.language)


def test_lines_come_in_the_order_asked_for_and_only_of_what_is_there(library):
    first, second, *_ = library.listing().threads
    assert [row.id for row in library.thread_rows([second, 0, first, 10**6, second])] == [second, first, second]


def test_a_thread_that_is_hidden_whole_is_nowhere(library):
    thread = next(thread for thread in library.threads("size", 0, singles=True)[1] if len(thread.members) == 1)
    head = thread.head
    if not thread.members[0].row.hidden:
        library.mark("hidden", [head])
    assert library.thread_rows([thread.id]) == []
    assert thread.id not in library.listing().threads
    library.mark("hidden", [head], False)
    assert [row.head for row in library.thread_rows([thread.id])] == [head]
    assert thread.id in library.listing().threads
    library.mark("hidden", [head], plain_hidden(head))


def plain_hidden(id):
    return id in range(1, 600, 7)


def test_the_window_reads_the_same_lines(library):
    shelf = Shelf(library.folder)
    ids = list(library.listing().threads[:20])
    assert shelf.thread_rows(ids) == library.thread_rows(ids)
    member = library.thread(ids[0]).members[0].row.id
    assert shelf.thread_of(member) == ids[0]
    assert shelf.thread_of(10**6) is None
    shelf.close()


def test_a_copy_says_whose_text_it_repeats(library):
    thread = next(thread for thread in library.threads("size", 0)[1] if any(member.copy_of for member in thread.members))
    names = {member.row.id: member.row.provider for member in thread.members}
    for member in thread.members:
        assert member.row.copy_of == (names[member.copy_of] if member.copy_of else "")


# Counts


def test_counts_are_what_one_would_reckon_by_hand(library):
    plain = Plain(library._db)
    counts = library.counts()
    unread = {id for id in plain.date if id not in plain.read | plain.hidden}
    assert counts.articles == len(plain.date) - len(plain.hidden)
    assert counts.unread == len(unread)
    assert counts.starred == len(plain.starred - plain.hidden)
    assert counts.hot == sum(heat >= HOT and not unread.isdisjoint(plain.members[id]) for id, (heat, *_) in plain.threads.items())
    assert counts.briefings == 1
    assert counts.topics == {id: sum((id, one) in plain.matches for one in unread) for id in range(1, 9)}
    assert counts.feeds == {id: sum((id, one) in plain.arrivals for one in unread) for id in plain.feeds}
    assert 3 not in counts.feeds


def test_as_many_are_counted_as_are_annotated(library):
    found = library.annotations()
    on_articles = [one for one in found if one.highlights or any(note.thread is None for note in one.notes)]
    assert library.counts().annotated == len(on_articles)


# Kept by the library itself


def test_an_article_that_is_dated_anew_moves_in_its_thread(library):
    thread = library.thread(library.listing().threads[0])
    first, last = thread.members[0].row.id, thread.members[-1].row.id
    with library._database.write() as db:
        db.execute("UPDATE article SET date = NULL, provider = NULL WHERE id = ?", (first,))
    moved = library.thread(thread.id)
    assert moved.members[-1].row.id == first or moved.members[-1].row.date is None
    assert last in [member.row.id for member in moved.members]
    found = library._db.execute("SELECT at, outlet FROM membership WHERE article = ?", (first,)).fetchone()
    assert found == (253402300800, None)
    with library._database.write() as db:
        db.execute("UPDATE article SET date = 5, provider = 1 WHERE id = ?", (first,))
    assert library.thread(thread.id).members[0].row.id == first


def test_what_lies_in_a_feed_is_read_at_once_and_nothing_else(library):
    feed = next(id for id, unread in library.counts().feeds.items() if unread)
    unread = library.counts()
    assert library.mark_all_read(Scope("feed", feed)) == unread.feeds[feed]
    after = library.counts()
    assert not after.feeds.get(feed)
    assert after.unread == unread.unread - unread.feeds[feed]
    library.undo()
    assert library.counts() == unread


def test_the_articles_of_all_threads_are_no_scope_to_mark(library):
    with pytest.raises(Refused):
        library.mark_all_read(Scope("hot"))
