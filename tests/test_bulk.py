"""The large library that size tests stand on is a sound one."""

from __future__ import annotations

from reader.library import Library
from reader.store import copies
from tests.bulk import bulk


def test_a_bulk_library_is_sound_full_and_level(tmp_path):
    bulk(tmp_path, 500, 60)
    library = Library(tmp_path)
    db = library._db
    assert copies.damage_of(db, thoroughly=True) == []
    assert list(copies.strange_tables(db)) == []
    assert library.articles(1)[0] + db.execute("SELECT count(*) FROM state WHERE hidden").get == 500
    assert library.threads(limit=1, singles=True)[0] == 60
    assert db.execute("SELECT count(*) FROM pending").get == db.execute("SELECT count(*) FROM outbox").get == 0
    rows = library.article_rows(range(1, 501))
    list(library.bring_level())
    assert library.article_rows(range(1, 501)) == rows
    assert db.execute("SELECT count(*) FROM membership JOIN article ON id = article WHERE outlet != provider").get == 0
    library.close()


def test_the_same_seed_makes_the_same_library(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        bulk(tmp_path / name, 60, 9, seed)
    a, b, c = (Library(tmp_path / name) for name in "abc")
    assert a.listing() == b.listing() != c.listing()
    assert a.article_rows(range(61)) == b.article_rows(range(61))
    for library in (a, b, c):
        library.close()
