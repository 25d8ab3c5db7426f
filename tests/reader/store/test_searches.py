"""Saved searches: kept level, tested, alerting, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.errors import NotFound, QueryError, Refused
from reader.library import Library
from reader.records import Changes, Record
from reader.store import articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from reader.records import SavedSearch


@pytest.fixture
def told() -> list[Changes]:
    return []


@pytest.fixture
def library(tmp_path: Path, now: datetime, told: list[Changes]) -> Iterator[Library]:
    library = Library(tmp_path / "library", clock=lambda: now, on_change=told.append)
    yield library
    library.close()


@pytest.fixture
def keep(library: Library) -> Callable[..., int]:
    count = 0

    def keep(title: str, text: str = "") -> int:
        nonlocal count
        count += 1
        record = Record(title=title, text=text, content=text, language="en", web_url=f"https://example.org/{count}")
        with library._database.write() as db:
            return articles.keep(db, record, library._database.now())[0]

    return keep


def level(library: Library) -> list[str]:
    return [step.note for step in library.bring_level() if step.note]


def only(library: Library) -> SavedSearch:
    (saved,) = library.saved_searches()
    return saved


def test_it_counts_what_it_finds_and_what_is_unread(library: Library, keep: Callable[..., int]) -> None:
    first = keep("Iris scans")
    keep("Face recognition")
    library.save_search("Eyes", "iris")
    level(library)
    assert (only(library).total, only(library).unread) == (1, 1)
    keep("Iris again")
    library.mark_read([first])
    level(library)
    assert (only(library).total, only(library).unread) == (2, 1)
    library.mark("hidden", [first], True)
    assert only(library).total == 1


def test_another_query_finds_something_else_and_can_be_taken_back(library: Library, keep: Callable[..., int]) -> None:
    keep("Iris scans")
    keep("Face recognition")
    keep("Face paint")
    id = library.save_search("Eyes", "iris")
    level(library)
    library.edit_search(id, query="face", name="Faces")
    level(library)
    assert (only(library).name, only(library).total) == ("Faces", 2)
    assert library.undo() == "edit_search"
    level(library)
    assert (only(library).name, only(library).total) == ("Eyes", 1)
    assert library.remove_search(id).name == "Eyes"
    assert library.saved_searches() == []
    library.undo()
    assert only(library).total == 1
    assert [library.undo(), library.saved_searches()] == ["save_search", []]
    library.redo()
    level(library)
    assert only(library).total == 1


def test_views_are_told(library: Library, keep: Callable[..., int], told: list[Changes]) -> None:
    keep("Iris scans")
    id = library.save_search("Eyes", "iris")
    assert told[-1].searches == {id}
    told.clear()
    level(library)
    assert any(id in changes.searches for changes in told)


def test_its_test_names_what_it_misses(library: Library, keep: Callable[..., int]) -> None:
    iris, flower, face = keep("Iris scans at the border"), keep("Iris, a flower"), keep("Face recognition")
    id = library.save_search("Eyes", "iris", must=[iris, face], must_not=[flower])
    notes = level(library)
    assert notes == [
        "“Eyes” does not find “Face recognition”, which it must find",
        "“Eyes” finds “Iris, a flower”, which it must not find",
    ]
    assert only(library).missed == (face, flower)
    assert [(miss.article, miss.wanted) for miss in library.check_search(id)] == [(face, True), (flower, False)]
    assert library.check_search(id, "(iris -flower) OR face") == []
    library.edit_search(id, query="(iris -flower) OR face")
    assert level(library) == []
    assert only(library).missed == ()
    assert level(library) == []
    library.edit_search(id, must=[iris])
    assert (only(library).must, only(library).must_not) == ((iris,), (flower,))


def test_what_makes_no_sense_is_refused(library: Library, keep: Callable[..., int]) -> None:
    id = keep("Iris scans")
    library.save_search("Eyes", "iris")
    for wrong in (("", "iris"), ("eyes", "face"), ("Faces", ""), ('Say "cheese"', "cheese")):
        with pytest.raises(Refused):
            library.save_search(*wrong)
    with pytest.raises(QueryError):
        library.save_search("Faces", '"face')
    with pytest.raises(NotFound):
        library.save_search("Faces", "face", must=[99])
    with pytest.raises(Refused, match="must be found and one that must not"):
        library.save_search("Faces", "face", must=[id], must_not=[id])
    with pytest.raises(NotFound):
        library.edit_search(99, name="Other")
    with pytest.raises(Refused, match="no search index"):
        library.check_search(1)
    assert len(library.saved_searches()) == 1


def test_one_stands_inside_another_but_never_in_a_circle(library: Library, keep: Callable[..., int]) -> None:
    keep("Iris scans at the border")
    keep("Iris scans")
    eyes = library.save_search("Eyes", "iris")
    borders = library.save_search("Borders", 'border search:"eyes"')
    level(library)
    assert {saved.name: saved.total for saved in library.saved_searches()} == {"Borders": 1, "Eyes": 2}
    for query in ('search:"Borders"', 'face OR search:"eyes"'):
        with pytest.raises(QueryError, match="leads back to itself"):
            library.edit_search(eyes, query=query)
    with pytest.raises(QueryError, match="leads back to itself"):
        library.check_search(borders, "search:borders")
    library.edit_search(eyes, query="nothing")
    level(library)
    assert {saved.name: saved.total for saved in library.saved_searches()} == {"Borders": 0, "Eyes": 0}


def test_a_new_article_alerts_once_and_says_by_which_words(library: Library, keep: Callable[..., int]) -> None:
    keep("Iris scans of old")
    id = library.save_search("Eyes", "iris scan*", alert=True)
    level(library)
    assert library.alerts() == []
    new = keep("New iris scanners", "The scanners read an iris.")
    keep("Face recognition")
    level(library)
    (alert,) = library.alerts(unseen=True)
    assert (alert.search, alert.name, alert.article, alert.title, alert.seen) == (id, "Eyes", new, "New iris scanners", False)
    assert alert.words == ("iris", "scanners")
    assert only(library).unseen == 1
    level(library)
    with library._database.write() as db:
        db.execute("UPDATE article SET title = 'New iris scanners, corrected' WHERE id = ?", (new,))
    level(library)
    assert len(library.alerts()) == 1
    assert library.see_alerts([alert.id]) == 1
    assert library.alerts(unseen=True) == []
    assert library.undo() == "see_alerts"
    assert len(library.alerts(unseen=True)) == 1
    library.edit_search(id, alert=False)
    keep("More iris scans")
    level(library)
    assert len(library.alerts()) == 1


def test_another_query_does_not_alert_of_what_was_there(library: Library, keep: Callable[..., int]) -> None:
    keep("Face recognition")
    id = library.save_search("Eyes", "iris", alert=True)
    level(library)
    library.edit_search(id, query="face")
    level(library)
    assert library.alerts() == []
    keep("Face paint")
    level(library)
    assert [alert.title for alert in library.alerts()] == ["Face paint"]


def test_what_is_only_marked_unread_again_does_not_alert(library: Library, keep: Callable[..., int], now: datetime) -> None:
    old = keep("Iris scans")
    library.mark_read([old])
    library.save_search("Unread", "iris is:unread", alert=True)
    with library._database.write() as db:
        db.execute("UPDATE article SET arrived = arrived - 9")
    level(library)
    library.mark_read([old], False)
    level(library)
    assert only(library).total == 1
    assert library.alerts() == []
