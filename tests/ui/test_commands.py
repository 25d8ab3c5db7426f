"""What the commands do, in the whole window: each is run as its key or menu runs it, and looked for in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from reader.library import Library
from reader.records import Scope
from tests.waiting import until
from ui import theme
from ui.feeds.rename_folder import RenameFolder
from ui.list.scope_line import ScopeLine
from ui.main_window import MainWindow
from ui.view import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Desk:
    """A window on the sample coverage, and what one does at it."""

    def __init__(self, folder: Path) -> None:
        self.window = MainWindow(folder, own_process=False)
        self.window.resize(1440, 900)
        self.library = Library(folder, read_only=True)
        assert self.window.parts
        self.parts, self.view = self.window.parts, self.window.view

    def do(self, name: str) -> None:
        """Run a command, and wait for all that it asked of the engine."""
        action = self.window.actions_by_name[name]
        assert action.isEnabled(), f"{name} is grey"
        action.trigger()
        self.rest()

    def rest(self) -> None:
        assert until(lambda: self.window.engine.is_at_rest)

    @property
    def threads(self) -> list[int]:
        return list(self.parts.list.model.listing.threads)

    def choose(self, number: int = 0, member: int | None = None) -> tuple[int, int]:
        """Choose a thread of the list, closed, or one of its articles: both their numbers."""
        thread = self.threads[number]
        members = self.parts.list.members(thread)
        head = self.parts.shelf.thread_rows([thread])[0].head
        article = head if member is None else members[member]
        acted_on = tuple(members) if member is None else (article,)
        self.view.look(selection=Selection(thread, article, acted_on, (thread,)))
        self.rest()
        return thread, article

    @property
    def said(self) -> str:
        return next(notice.words for notice in self.parts.notices if not notice.isHidden())


@pytest.fixture
def desk(sample: Path, qapp) -> Iterator[Desk]:
    desk = Desk(sample)
    desk.window.show()
    assert until(lambda: desk.threads)
    desk.rest()
    yield desk
    desk.library.close()
    desk.window.close()
    desk.window.deleteLater()


def test_a_star_is_put_on_and_taken_off(desk: Desk):
    _, article = desk.choose(3)
    starred = desk.library.article(article).row.starred
    desk.do("star")
    assert desk.library.article(article).row.starred is not starred
    assert desk.said in {"Starred", "Took the star off"}
    desk.do("star")
    assert desk.library.article(article).row.starred is starred


def test_read_goes_for_the_whole_of_a_closed_thread_and_comes_back(desk: Desk):
    thread, _ = desk.choose(1)
    members = desk.parts.list.members(thread)
    before = [desk.library.article(id).row.read for id in members]
    desk.do("toggle_read")
    assert all(desk.library.article(id).row.read for id in members)
    desk.do("undo")
    assert [desk.library.article(id).row.read for id in members] == before
    assert desk.said.startswith("Undone")
    desk.do("redo")
    assert all(desk.library.article(id).row.read for id in members)


def test_what_is_hidden_leaves_the_list_at_once_and_undo_brings_it_back(desk: Desk):
    thread, _ = desk.choose(2)
    there = desk.threads
    desk.do("hide")
    assert until(lambda: thread not in desk.threads)
    assert len(desk.threads) == len(there) - 1
    desk.do("undo")
    assert until(lambda: desk.threads == there)


def test_two_threads_become_one_and_part_again(desk: Desk):
    one, other = desk.threads[4], desk.threads[5]
    sizes = [len(desk.parts.list.members(thread)) for thread in (one, other)]
    desk.view.look(selection=Selection(one, desk.parts.list.members(one)[0], (), (one, other)))
    desk.do("merge")
    assert until(lambda: len(desk.threads) and (one in desk.threads) is not (other in desk.threads))
    stays = one if one in desk.threads else other
    assert len(desk.parts.list.members(stays)) == sum(sizes)
    desk.do("undo")
    assert until(lambda: one in desk.threads and other in desk.threads)
    assert [len(desk.parts.list.members(thread)) for thread in (one, other)] == sizes


def test_the_whole_list_is_read_with_one_key_and_unread_with_another(desk: Desk):
    unread = desk.library.counts().unread
    desk.do("all_read")
    assert desk.library.counts().unread == 0
    desk.do("undo")
    assert desk.library.counts().unread == unread


def test_an_order_is_turned_by_asking_for_it_again(desk: Desk):
    desk.do("order_newest")
    assert (desk.view.looking.order, desk.view.looking.ascending) == ("newest", False)
    newest = desk.threads
    desk.do("order_newest")
    assert desk.view.looking.ascending
    assert until(lambda: desk.threads[:1] != newest[:1])


def test_views_are_a_key_away_and_so_is_the_way_back(desk: Desk):
    desk.do("go_starred")
    assert desk.view.looking.scope == Scope("starred")
    desk.do("go_briefings")
    assert desk.parts.places.currentWidget() is desk.parts.editor
    desk.do("back")
    assert desk.view.looking.place == "desk"
    desk.do("back")
    assert desk.view.looking.scope == Scope()


def test_commands_without_anything_to_act_on_are_grey(desk: Desk):
    desk.view.look(selection=Selection())
    for name in ("star", "highlight", "note", "merge", "split", "open_in_browser"):
        assert not desk.window.actions_by_name[name].isEnabled(), name
    desk.do("go_briefings")
    assert not desk.window.actions_by_name["hide"].isEnabled()


def test_a_citation_is_copied_as_one_line(desk: Desk):
    _, article = desk.choose(0)
    desk.do("copy_citation")
    row = desk.library.article(article).row
    assert QApplication.clipboard().text().startswith(f"{row.provider}, “{row.title}”")


def test_what_is_looked_at_for_a_moment_counts_as_read_and_is_nothing_to_undo(desk: Desk):
    number = next(n for n, id in enumerate(desk.threads) if not desk.library.article(desk.library.thread(id).head).row.read)
    _, article = desk.choose(number)
    before = desk.library.undoable()
    assert until(lambda: desk.library.article(article).row.read)
    assert desk.library.undoable() == before


def test_dark_and_light_are_a_key_apart_and_are_remembered(desk: Desk):
    was_dark = theme.colours() is theme.DARK
    desk.do("dark")
    assert (theme.colours() is theme.DARK) is not was_dark
    assert desk.window.settings.appearance in {"dark", "light"}
    assert desk.window.actions_by_name["dark"].isChecked() is not was_dark
    desk.do("dark")
    assert (theme.colours() is theme.DARK) is was_dark


def test_undo_says_what_it_takes_back(desk: Desk):
    desk.choose(0)
    desk.do("star")
    assert until(lambda: "star" in desk.window.actions_by_name["undo"].text())
    desk.do("undo")
    assert until(lambda: "star" in desk.window.actions_by_name["redo"].text())


def test_files_are_read_and_what_is_not_understood_is_said(desk: Desk, tmp_path: Path):
    known = desk.library.articles(1)[0]
    good, bad = tmp_path / "good.txt", tmp_path / "bad.jsonl"
    good.write_text("A council votes on face scans\n\nThe council voted on Monday.", "utf-8")
    bad.write_text("{this is not JSON\n", "utf-8")
    desk.window.files.import_paths([good, bad])
    desk.rest()
    assert desk.library.articles(1)[0] == known + 1
    assert "1 new article" in desk.said
    assert "bad.jsonl, line 1" in desk.said


def test_feeds_are_written_whole(desk: Desk, tmp_path: Path):
    desk.window.files.export_to(tmp_path / "mine.opml", "opml")
    desk.rest()
    assert (tmp_path / "mine.opml").read_text("utf-8").count("xmlUrl=") == len(desk.library.feeds())
    assert str(tmp_path / "mine.opml") in desk.said


def test_a_window_of_another_width_shows_what_there_is_room_for(desk: Desk):
    desk.window.resize(1024, 700)
    assert until(lambda: desk.parts.sidebar.is_narrow and not desk.parts.rail_is_seen)
    desk.do("rail")
    assert desk.parts.rail_is_seen
    assert desk.parts.rail.isVisible()
    desk.window.resize(1440, 900)
    assert until(lambda: not desk.parts.sidebar.is_narrow)
    assert desk.parts.rail.isVisible()


def test_a_folder_has_another_name_and_undo_gives_the_old_one_back(desk: Desk):
    before = sorted({feed.folder for feed in desk.library.feeds()})
    sheet = RenameFolder(desk.window.engine, before[0], desk.window)
    sheet.name.setText("   ")
    sheet.rename()
    desk.rest()
    assert sheet.row.error
    sheet.name.setText("Watchdogs")
    sheet.rename()
    desk.rest()
    assert sorted({feed.folder for feed in desk.library.feeds()}) == sorted([*before[1:], "Watchdogs"])
    desk.do("undo")
    assert sorted({feed.folder for feed in desk.library.feeds()}) == before


def test_a_storyline_says_what_it_is_and_esc_leads_back(desk: Desk):
    number = next(n for n, id in enumerate(desk.threads) if desk.library.thread(id).storyline is not None)
    thread, _ = desk.choose(number)
    desk.do("storyline")
    storyline = desk.library.storyline(desk.library.thread(thread).storyline)
    assert until(lambda: sorted(desk.threads) == sorted(storyline.threads))
    line = desk.window.findChild(ScopeLine)
    assert line.isVisible()
    assert storyline.title in line.text()
    desk.window.places.leave()
    desk.rest()
    assert desk.view.looking.scope == Scope()
    assert not line.isVisible()
