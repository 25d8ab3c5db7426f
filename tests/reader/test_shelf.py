"""What the window reads by itself: pictures from their own folder and from nowhere else, and the analyst's words by article."""

from __future__ import annotations

import os

import pytest

from reader.records import Picture, Record
from reader.shelf import Shelf
from reader.store import articles, pictures

URL = "https://a.example/1.png"


@pytest.fixture
def shelf(database):
    with database.write() as db:
        articles.keep(db, Record(title="One", text="Some words.", web_url="https://a.example/1", images=(Picture(URL),)), 0)
    (database.folder / "pictures").mkdir()
    shelf = Shelf(database.folder)
    yield shelf
    shelf.close()


def name(database, file):
    with database.write() as db:
        db.execute("UPDATE picture SET file = ?", (file,))


def test_a_picture_that_was_kept_is_read(database, shelf):
    assert shelf.picture(1, URL) is None
    (database.folder / "pictures" / "1.png").write_bytes(b"picture")
    name(database, "1.png")
    assert shelf.picture(1, URL) == b"picture"
    assert shelf.picture(1, "https://a.example/2.png") is None
    assert shelf.picture(2, URL) is None


@pytest.mark.parametrize(
    "file", ["../library.db", "/etc/hostname", "a/../../library.db", "..", ".", "gone.png", "a\0b", "x" * 9000]
)
def test_a_name_that_leads_elsewhere_brings_nothing(database, shelf, file):
    name(database, file)
    assert shelf.picture(1, URL) is None


@pytest.mark.skipif(os.name != "posix", reason="makes a symbolic link")
def test_a_link_out_of_the_folder_brings_nothing(database, shelf):
    (database.folder / "pictures" / "1.png").symlink_to(database.folder / "library.db")
    name(database, "1.png")
    assert shelf.picture(1, URL) is None


def test_a_picture_that_is_too_large_is_left_where_it_is(database, shelf):
    name(database, "1.png")
    file = database.folder / "pictures" / "1.png"
    file.write_bytes(bytes(pictures.LARGEST))
    assert len(shelf.picture(1, URL)) == pictures.LARGEST
    file.write_bytes(bytes(pictures.LARGEST + 1))
    assert shelf.picture(1, URL) is None


def test_highlights_and_notes_are_read_by_article(database, shelf):
    from reader.library import Library

    library = Library(database.folder)
    marked = library.highlight(1, "Some", note="Which?")
    library.close()
    assert [one.id for one in shelf.highlights(1)] == [marked]
    assert [note.text for note in shelf.notes(1)] == ["Which?"]
