"""What can be done with a line of the sidebar, and folders and feeds as a menu. An action's data says what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from ui.phrases import feed_name, number
from ui.side.model import TOPICS, Entry, by_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.records import Counts, Feed

FEED_MENU = (
    ("Refresh this feed", "refresh"), ("Mark all read", "mark_read"), ("", ""), ("Edit …", "edit"),
    ("Copy its address", "copy_address"), ("", ""), ("Remove", "remove"),
)  # fmt: skip
FOLDER_MENU = (("Refresh these feeds", "refresh"), ("Mark all read", "mark_read"), ("", ""), ("Rename …", "edit"))
TOPIC_MENU = (("Edit …", "edit"), ("Add a topic …", "add"), ("", ""), ("Remove", "remove"))
SECTION_MENU = (("Add a topic …", "add"),)
SEARCH_MENU = (("Edit …", "edit"), ("Alert on", "alert"), ("", ""), ("Remove", "remove"))

_LONGEST = 80
"""Letters of a name that a menu shows."""


def menu_of(entry: Entry, parent: QWidget) -> QMenu | None:
    """The menu of a line, `None` where it has none. Data: the kind, what is wanted, and of what."""
    if entry.kind == "feed":
        return _menu(parent, entry.name, FEED_MENU, "feed", entry.id)
    if entry.kind == "folder":
        return _menu(parent, entry.name, FOLDER_MENU, "folder", entry.name)
    if entry.kind == "topic":
        return _menu(parent, entry.name, TOPIC_MENU, "topic", entry.id)
    if entry.kind == "saved":
        has_alert = entry.unseen is not None
        lines = [("Alert off", "no_alert") if line[1] == "alert" and has_alert else line for line in SEARCH_MENU]
        return _menu(parent, entry.name, lines, "saved", entry.id)
    if entry.name == TOPICS:
        return _menu(parent, entry.name, SECTION_MENU, "topic", 0)
    return None


def _menu(parent: QWidget, name: str, lines: Sequence[tuple[str, str]], kind: str, what: int | str) -> QMenu:
    menu = QMenu(parent)
    menu.setAccessibleName(name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for words, wanted in lines:
        if words:
            menu.addAction(words).setData((kind, wanted, what))
        else:
            menu.addSeparator()
    return menu


class SearchesMenu(QMenu):
    """The search, and those that are saved, for the narrow form."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Saved searches")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.addAction("Search everything").setData(("saved", "search", 0))
        self.addSeparator()
        for entry in entries:
            wanted = ("saved", "alerts", 0) if entry.kind == "alerts" else ("saved", "look", entry.id)
            self.addAction(_words(entry.name, entry.count)).setData(wanted)


class FoldersMenu(QMenu):
    """Folders, and in each its feeds, put in when it is opened: there may be a thousand."""

    def __init__(self, feeds: Sequence[Feed], counts: Counts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Folders and feeds")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._counts = counts
        self._folders = by_folder(feeds)
        for name, members in self._folders.items():
            if not name:
                self._add_feeds(self, members)
                continue
            menu = self.addMenu(_words(name, self._unread(members)))
            menu.setObjectName(name)
            menu.aboutToShow.connect(self._fill)
        if not feeds:
            self.addAction("No feeds yet").setEnabled(False)

    def _fill(self) -> None:
        menu = self.sender()
        if isinstance(menu, QMenu) and menu.isEmpty():
            name = menu.objectName()
            menu.addAction("The whole folder").setData(("folder", "look", name))
            menu.addSeparator()
            self._add_feeds(menu, self._folders[name])

    def _add_feeds(self, menu: QMenu, feeds: Sequence[Feed]) -> None:
        for feed in feeds:
            menu.addAction(_words(feed_name(feed), self._unread([feed]))).setData(("feed", "look", feed.id))

    def _unread(self, feeds: Sequence[Feed]) -> int:
        return sum(self._counts.feeds.get(feed.id, 0) for feed in feeds)


def _words(name: str, unread: int) -> str:
    """A name as a menu shows it: an ampersand is no key, and the count stands at the right."""
    plain = name[:_LONGEST].replace("&", "&&").replace("\t", " ")
    return f"{plain}\t{number(unread)}" if unread else plain
