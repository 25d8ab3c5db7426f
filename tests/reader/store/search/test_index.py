"""An index that is not ours, not of now, or not whole is told apart; nothing in it is run."""

from __future__ import annotations

import pickle
import shutil
from typing import TYPE_CHECKING

import pytest
from whoosh.index import TOC

from reader.errors import LibraryBusy
from reader.jobs import index as job
from reader.store import search
from reader.store.database import Database
from reader.store.search import fields, following, sealed
from reader.store.search.index import (
    FOLDER,
    FRESH,
    NAME,
    OLD,
    Folder,
    Index,
    Missing,
    Unusable,
    damaged_files,
    recover,
    swap,
    told_if_damaged,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def why(database: Database) -> str:
    """Why the index of a library cannot be used."""
    with pytest.raises(Unusable) as told:
        following.opened(database.db, database.folder)
    return str(told.value)


def again(database: Database) -> str:
    """Bring all level once more; why the index was built anew for it."""
    outcome = job.IndexOutcome()
    notes = [progress.note for progress in job.level(database, outcome=outcome) if progress.note]
    assert bool(notes) == bool(outcome.rebuilt)
    assert job.problems(database) == []
    return outcome.rebuilt


@pytest.fixture
def library(database: Database, keep: Callable[..., int], level: Callable[[], None]) -> Database:
    """A library with two articles that is level."""
    keep("Iris scans at the border", "Cameras and passports")
    keep("Face recognition", "Police cameras")
    level()
    return database


def finds(database: Database, query: str = "cameras") -> int:
    return search.search(database, query).total


def toc(database: Database) -> Path:
    (found,) = (database.folder / FOLDER).glob("*.toc")
    return found


def segment(database: Database) -> Path:
    return next((database.folder / FOLDER).glob("*.seg"))


def test_a_missing_index_is_built(library: Database) -> None:
    shutil.rmtree(library.folder / FOLDER)
    assert "no search index" in why(library)
    assert "no search index" in search.search(library, "cameras").notices[0]
    assert job.problems(library) == ["there is no search index yet"]
    assert "no search index" in again(library)
    assert finds(library) == 2


def test_a_folder_of_something_else_is_replaced(library: Database) -> None:
    for path in (library.folder / FOLDER).iterdir():
        path.unlink()
    (library.folder / FOLDER / "letter.txt").write_text("Dear Madam")
    assert again(library)
    assert finds(library) == 2


def test_a_file_in_its_place_is_replaced(library: Database) -> None:
    shutil.rmtree(library.folder / FOLDER)
    (library.folder / FOLDER).write_text("Dear Madam")
    assert again(library)
    assert finds(library) == 2


@pytest.mark.parametrize("data", [b"", b"\x00", b"garbage" * 100])
def test_a_damaged_list_of_segments_is_told_and_built_anew(library: Database, data: bytes) -> None:
    toc(library).write_bytes(data)
    assert "damaged" in why(library)
    assert finds(library) == 0
    assert "damaged" in again(library)
    assert finds(library) == 2


def test_a_cut_list_of_segments_is_told(library: Database) -> None:
    toc(library).write_bytes(toc(library).read_bytes()[:-20])
    assert "damaged" in why(library)


def test_a_missing_segment_is_told_and_built_anew(library: Database) -> None:
    segment(library).unlink()
    assert job.problems(library) == ["the search index is damaged (1 of its files)"]
    answer = search.search(library, "cameras")
    assert "damaged" in answer.notices[0]
    assert "damaged" in again(library)
    assert finds(library) == 2


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_damaged_segment_is_told_and_built_anew(library: Database, part: float) -> None:
    data = bytearray(segment(library).read_bytes())
    start = int(len(data) * part)
    data[start : start + 40] = b"\xff" * len(data[start : start + 40])
    segment(library).write_bytes(data)
    assert job.problems(library) == ["the search index is damaged (1 of its files)"]
    for query in ("cameras", "came*", "pasport", '"face recognition"'):
        search.search(library, query)  # never raises; what it can read it may find
    for _ in job.rebuild(library):
        pass
    assert job.problems(library) == []
    assert finds(library) == 2


def test_a_cut_segment_is_told(library: Database) -> None:
    segment(library).write_bytes(segment(library).read_bytes()[:100])
    assert "damaged" in search.search(library, "cameras").notices[0]
    assert "damaged" in again(library)


def test_an_index_of_another_version_is_built_anew(library: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "VERSION", fields.VERSION + 1)
    assert "older" in why(library)
    monkeypatch.setattr(fields, "VERSION", fields.VERSION - 2)
    assert "newer" in why(library)
    assert "newer" in search.search(library, "cameras").notices[0]


def test_an_index_of_another_library_is_told_apart(library: Database, tmp_path: Path) -> None:
    other = Database(tmp_path / "other")
    for _ in job.level(other):
        pass
    shutil.rmtree(library.folder / FOLDER)
    shutil.copytree(other.folder / FOLDER, library.folder / FOLDER)
    other.close()
    assert "another library" in why(library)
    assert "another library" in again(library)
    assert finds(library) == 2


def test_an_index_of_another_time_is_told_apart(
    library: Database, keep: Callable[..., int], level: Callable[[], None], tmp_path: Path
) -> None:
    shutil.copytree(library.folder / FOLDER, tmp_path / "old")
    for number in range(3):
        keep(f"Cameras again {number}")
        level()
    shutil.rmtree(library.folder / FOLDER)
    shutil.copytree(tmp_path / "old", library.folder / FOLDER)
    assert "another time" in again(library)
    assert finds(library) == 5


def test_an_index_that_is_ahead_of_a_restored_library_is_told_apart(
    library: Database, keep: Callable[..., int], level: Callable[[], None], tmp_path: Path
) -> None:
    library.db.execute("VACUUM INTO ?", (str(tmp_path / "backup.db"),))
    for number in range(3):
        keep(f"Cameras again {number}")
        level()
    restored = Database(tmp_path / "restored")
    restored.close()
    shutil.rmtree(tmp_path / "restored")
    (tmp_path / "restored").mkdir()
    shutil.copy(tmp_path / "backup.db", tmp_path / "restored" / "library.db")
    shutil.copytree(library.folder / FOLDER, tmp_path / "restored" / FOLDER)
    restored = Database(tmp_path / "restored")
    assert again(restored)
    assert finds(restored) == 2
    restored.close()


# Pickles


class Evil:
    """Something that would run code when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Path_touch, ("evil",))


def Path_touch(name: str) -> None:  # noqa: N802 - stands for any function that a stranger names
    raise AssertionError(f"{name} was run")


@pytest.mark.parametrize("value", [Evil(), [Evil()], {"x": Evil()}, print, dict.fromkeys, FOLDER.__class__])
def test_nothing_in_a_pickle_is_run(value: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        sealed.loads(pickle.dumps(value, 2))


def test_an_index_that_would_run_code_is_only_damaged(library: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = Index(library.folder / FOLDER).contents()
    toc(library).unlink()
    contents.segments = [Evil()]
    TOC.write(contents, Index(library.folder / FOLDER).storage, NAME)
    assert "damaged" in why(library)
    assert "damaged" in again(library)


def test_an_index_holds_nothing_but_what_is_known(library: Database) -> None:
    """Every pickle of an index of ours can be read: else it would be told to be damaged, and searched in vain."""
    assert finds(library, "came* OR police~") == 2
    schema = sealed.loads(pickle.dumps(fields.IndexSchema(fields.Mark(seq=7)), 2))
    assert schema.mark == fields.Mark(seq=7)
    assert schema.names() == fields.IndexSchema().names()


# Swapping


def test_a_swap_that_was_cut_short_is_ended(
    tmp_path: Path, database: Database, keep: Callable[..., int], level: Callable[[], None]
) -> None:
    keep("Cameras")
    level()
    folder = database.folder
    for moved in ([(FOLDER, OLD)], [(FOLDER, FRESH)]):
        for source, target in moved:
            (folder / source).rename(folder / target)
        recover(folder)
        assert following.opened(database.db, folder).mark.seq
        assert not (folder / OLD).exists()


def test_an_index_that_was_only_begun_is_not_swapped_in(library: Database) -> None:
    steps = following.rebuild(library.db, library.folder)
    next(steps)
    steps.close()
    shutil.rmtree(library.folder / FOLDER)
    recover(library.folder)
    with pytest.raises(Missing):
        following.opened(library.db, library.folder)
    assert again(library)


def test_swapping_replaces_what_is_there(library: Database) -> None:
    (library.folder / FRESH).mkdir()
    (library.folder / FRESH / "mine").touch()
    swap(library.folder)
    assert [path.name for path in (library.folder / FOLDER).iterdir()] == ["mine"]
    assert not (library.folder / OLD).exists()


def test_two_writers_do_not_meet(library: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.store.search.index.LOCK_SECONDS", 0)
    index = following.opened(library.db, library.folder)
    with index.writing(), pytest.raises(LibraryBusy), index.writing():
        pass


def test_a_discarded_index_is_gone(library: Database) -> None:
    search.discard(library)
    assert not (library.folder / FOLDER).exists()
    assert again(library)


# Beside a writer


def test_a_list_that_a_writer_replaced_a_moment_ago_is_no_damage(library: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = iter([True, True, False, True])
    open_file = Folder.open_file

    def quicker(folder: Folder, name: str, **options: object) -> object:
        if name.endswith(".toc") and next(gone, False):
            raise FileNotFoundError(name)
        return open_file(folder, name, **options)

    monkeypatch.setattr(Folder, "open_file", quicker)
    answer = search.search(library, "cameras")
    assert (answer.total, answer.notices) == (2, ())
    assert next(gone, None) is None
    assert again(library) == ""


def test_an_index_that_is_being_swapped_is_not_noted_as_damaged(library: Database) -> None:
    index = following.opened(library.db, library.folder)
    with pytest.raises(Missing), told_if_damaged(index):
        raise Missing("there is no search index yet")
    assert again(library) == ""


def test_a_segment_that_a_writer_merged_meanwhile_is_no_damage(library: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    index = following.opened(library.db, library.folder)
    before = index.contents()
    for _ in job.rebuild(library):
        pass
    lists = iter([before, index.contents()])
    monkeypatch.setattr(Index, "contents", lambda _: next(lists))
    assert damaged_files(index) == []
