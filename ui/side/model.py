"""What stands in the sidebar, as lines: made of counts, topics and feeds, and changed only where they changed."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reader.records import Counts, Feed, SavedSearch, Scope, Topic
from ui.feed_words import unreached
from ui.paint import apart
from ui.phrases import counted, feed_name, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ui.view import Looking

EntryKind = Literal["view", "section", "topic", "saved", "alerts", "folder", "feed", "hint", "rule", "search", "folders"]
"""`rule`, `search` and `folders` stand in the narrow form alone."""

ENTRY = Qt.ItemDataRole.UserRole + 1
TOPICS, SEARCHES, FEEDS = "Topics", "Saved searches", "Feeds"
CLOSED_AT_FIRST = frozenset[str]()
FAILING = frozenset({"error", "gone"})
"""What polling calls a feed that needs a look; one that asked for patience is asked again by itself."""
_LONGEST = 500
"""Letters of a name that are said: whoever names a feed may write a book."""
NOTHING = Counts(0, 0, 0, 0, 0, 0, {}, {})


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the sidebar. `place` and `scope` are where it leads."""

    kind: EntryKind
    name: str
    icon: str = ""
    count: int = 0
    said: str = ""
    """The count as it is spoken."""
    depth: int = 0
    is_open: bool | None = None
    """Of what folds: whether it is open."""
    trouble: str = ""
    place: str = ""
    scope: Scope | None = None
    id: int = 0
    query: str = ""
    """What a saved search asks."""
    unseen: int | None = None
    """Of a search with an alert: how many articles it told of that nobody has looked at; `None` without one."""

    @property
    def key(self) -> tuple[str, int, str]:
        """What makes it the same line after a change; a feed or topic stays itself when it is renamed."""
        return self.kind, self.id, "" if self.id else self.name

    @property
    def fold(self) -> str:
        """The name under which it is remembered as open or closed; "" for what does not fold."""
        return "" if self.is_open is None else f"{self.kind}:{self.name}"

    @property
    def leads(self) -> bool:
        """Whether there is something to look at behind it."""
        return bool(self.place)

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        name = self.name[:_LONGEST]
        parts = [f"Folder {apart(name)}" if self.kind == "folder" else name, self.said]
        if self.is_open is not None:
            parts.append("open" if self.is_open else "closed")
        return ", ".join(part for part in (*parts, self.trouble) if part)

    @property
    def tip(self) -> str:
        """What the mouse is told: the name in full, and what is wrong."""
        name = self.name[:_LONGEST]
        return f"{name}\n{self.trouble[:_LONGEST]}" if self.trouble else name

    def is_of(self, looking: Looking) -> bool:
        """Whether this is what is being looked at."""
        if self.kind == "saved":
            return looking.place == "desk" and looking.query == self.query
        if self.kind == "folders":
            return looking.place == "desk" and looking.scope.kind in ("folder", "feed")
        if self.scope is None or self.place != looking.place:
            return self.scope is None and self.leads and self.place == looking.place
        mine, theirs = self.scope, looking.scope
        return (mine.kind, mine.id) == (theirs.kind, theirs.id) and (mine.kind != "folder" or mine.name == theirs.name)


@dataclass(frozen=True, slots=True)
class Folds:
    """What is open: everything but what was closed, and but what is closed until one opens it."""

    closed: frozenset[str] = CLOSED_AT_FIRST

    def __contains__(self, fold: str) -> bool:
        return fold not in self.closed

    def with_(self, fold: str, *, is_open: bool) -> Folds:
        """The same with one thing opened or closed."""
        return Folds(self.closed - {fold} if is_open else self.closed | {fold})


def wide(
    counts: Counts, topics: Iterable[Topic], feeds: Iterable[Feed], folds: Folds, searches: Iterable[SavedSearch] = ()
) -> list[Entry]:
    """Every line of the sidebar in full width."""
    return [*_views(counts), *_topics(counts, topics, folds), *_searches(searches, folds), *_feeds(counts, feeds, folds)]


def narrow(counts: Counts, topics: Iterable[Topic]) -> list[Entry]:
    """The lines of the sidebar as a strip of icons: the folders are in the menu of the last one."""
    return [
        *_views(counts),
        Entry("rule", TOPICS),
        *(_topic(counts, topic) for topic in topics),
        Entry("rule", SEARCHES),
        Entry("search", "Search", "search"),
        Entry("rule", FEEDS),
        Entry("folders", "Folders and feeds", "folder"),
    ]


def by_folder(feeds: Iterable[Feed]) -> dict[str, list[Feed]]:
    """Feeds by folder, those without one first."""
    folders: dict[str, list[Feed]] = {"": []}
    for feed in feeds:
        folders.setdefault(feed.folder, []).append(feed)
    return folders


def troubles(feeds: Iterable[Feed]) -> dict[int, str]:
    """Of the feeds that need a look: why, by id. Those that wait for a network need none: the foot says that, once."""
    kept = list(feeds)
    waiting = {feed.id for feed in unreached(kept)}
    return {feed.id: _why(feed) for feed in kept if feed.status in FAILING and feed.id not in waiting}


def _why(feed: Feed) -> str:
    why = feed.error or ("it is gone" if feed.status == "gone" else "it cannot be read")
    return why[:1].upper() + why[1:]


def feed_entry(feed: Feed, unread: int, depth: int = 0, trouble: str = "") -> Entry:
    """The line of a feed."""
    return Entry(
        "feed", feed_name(feed), "tile", unread, _unread(unread), depth, trouble=trouble, place="desk",
        scope=Scope("feed", feed.id), id=feed.id,
    )  # fmt: skip


def folder_entry(name: str, unread: int, *, is_open: bool) -> Entry:
    """The line of a folder."""
    icon = "folder-open" if is_open else "folder"
    return Entry("folder", name, icon, unread, _unread(unread), is_open=is_open, place="desk", scope=Scope("folder", name=name))


def _unread(count: int) -> str:
    return f"{number(count)} unread" if count else ""


def _views(counts: Counts) -> Iterator[Entry]:
    for name, icon, count, scope in (
        ("All", "layers", 0, Scope("all")),
        ("Unread", "inbox", counts.unread, Scope("unread")),
        ("Hot", "flame", counts.hot, Scope("hot")),
        ("Starred", "star", counts.starred, Scope("starred")),
    ):
        yield Entry("view", name, icon, count, number(count) if count else "", place="desk", scope=scope)
    for name, icon, count, place in (
        ("Annotated", "highlighter", counts.annotated, "annotations"),
        ("Briefings", "file-text", counts.briefings, "briefings"),
    ):
        yield Entry("view", name, icon, count, number(count) if count else "", place=place)


def _section(name: str, folds: Folds) -> Entry:
    return Entry("section", name, is_open=f"section:{name}" in folds)


def _topics(counts: Counts, topics: Iterable[Topic], folds: Folds) -> Iterator[Entry]:
    section = _section(TOPICS, folds)
    yield section
    if section.is_open:
        entries = [_topic(counts, topic) for topic in topics]
        yield from entries or [Entry("hint", "Keep a search as a topic with +")]


def _topic(counts: Counts, topic: Topic) -> Entry:
    count = counts.topics.get(topic.id, topic.unread)
    return Entry("topic", topic.name, "topic", count, _unread(count), place="desk", scope=Scope("topic", topic.id), id=topic.id)


def _searches(searches: Iterable[SavedSearch], folds: Folds) -> Iterator[Entry]:
    section = _section(SEARCHES, folds)
    yield section
    if section.is_open:
        entries = search_entries(searches)
        yield from entries or [Entry("hint", "Save a search to keep it here")]


def search_entries(searches: Iterable[SavedSearch]) -> list[Entry]:
    """The saved searches; after them the way to their alerts, where there are any."""
    kept = list(searches)
    entries = [_search(search) for search in kept]
    if any(search.alert or search.unseen for search in kept):
        unseen = sum(search.unseen for search in kept)
        entries.append(Entry("alerts", "Alerts", "bell", unseen, f"{number(unseen)} not looked at" if unseen else ""))
    return entries


def _search(search: SavedSearch) -> Entry:
    alert = (f"alert, {number(search.unseen)} not looked at" if search.unseen else "alert") if search.alert else ""
    said = ", ".join(part for part in (_unread(search.unread), alert) if part)
    wrong = f"Its test names {counted(len(search.missed), 'article')} that it gets wrong" if search.missed else ""
    unseen = search.unseen if search.alert else None
    return Entry(
        "saved", search.name, "bookmark", search.unread, said, trouble=wrong, place="desk", id=search.id, query=search.query,
        unseen=unseen,
    )  # fmt: skip


def _feeds(counts: Counts, feeds: Iterable[Feed], folds: Folds) -> Iterator[Entry]:
    section = _section(FEEDS, folds)
    yield section
    if not section.is_open:
        return
    kept = list(feeds)
    folders, wrong = by_folder(kept), troubles(kept)
    if not any(folders.values()):
        yield Entry("hint", "None yet: a site’s address will do")
    for name, members in folders.items():
        unread = [counts.feeds.get(feed.id, 0) for feed in members]
        if name:
            folder = folder_entry(name, sum(unread), is_open=f"folder:{name}" in folds)
            yield folder
            if not folder.is_open:
                continue
        for feed, count in zip(members, unread, strict=True):
            yield feed_entry(feed, count, 1 if name else 0, wrong.get(feed.id, ""))


class SidebarModel(QAbstractListModel):
    """The lines of the sidebar. New lines are compared with the old ones: what stays keeps its place and its selection."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    @property
    def entries(self) -> list[Entry]:
        """The lines, from the top."""
        return self._entries

    def entry(self, index: QModelIndex | QPersistentModelIndex) -> Entry | None:
        """The line at an index."""
        return self._entries[index.row()] if index.isValid() and index.row() < len(self._entries) else None

    def row_where(self, wanted: Mapping[str, object] | None = None, *, of: Looking | None = None) -> int:
        """The row of the first line with these fields, or of what is looked at; -1 where there is none."""
        for row, entry in enumerate(self._entries):
            if of is not None and entry.is_of(of):
                return row
            if wanted and all(getattr(entry, name) == value for name, value in wanted.items()):
                return row
        return -1

    def set_entries(self, new: list[Entry]) -> None:
        """Show other lines. What is the same at both ends stays; what lies between is taken out and put in."""
        old = self._entries
        start = _same(old, new)
        end = min(_same(old[::-1], new[::-1]), len(old) - start, len(new) - start)
        if len(old) - end > start:
            self.beginRemoveRows(QModelIndex(), start, len(old) - end - 1)
            self._entries = old[:start] + old[len(old) - end :]
            self.endRemoveRows()
        if len(new) - end > start:
            self.beginInsertRows(QModelIndex(), start, len(new) - end - 1)
            self._entries = self._entries[:start] + new[start : len(new) - end] + self._entries[start:]
            self.endInsertRows()
        before, self._entries = self._entries, new
        self._tell_changes(before)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A line, its name, or what is said of it."""
        entry = self.entry(index)
        if entry is None:
            return None
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p style='white-space: pre-line'>{escape(entry.tip)}</p>"
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """What is no more than a rule or a remark cannot be chosen."""
        entry = self.entry(index)
        if entry is None or entry.kind in ("rule", "hint"):
            return Qt.ItemFlag.ItemIsEnabled if entry and entry.kind == "hint" else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _tell_changes(self, before: list[Entry]) -> None:
        rows = [row for row, (old, new) in enumerate(zip(before, self._entries, strict=True)) if old != new]
        if rows:
            self.dataChanged.emit(self.index(rows[0]), self.index(rows[-1]))


def _same(old: list[Entry], new: list[Entry]) -> int:
    """How many lines at the beginning are the same ones."""
    for place, (one, other) in enumerate(zip(old, new, strict=False)):
        if one.key != other.key:
            return place
    return min(len(old), len(new))
