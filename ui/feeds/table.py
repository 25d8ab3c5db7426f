"""All feeds as a quiet table: name, folder, last news, next try, how it is."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from ui import feed_words
from ui.cells import Cells
from ui.feed_words import needs_you
from ui.forms import tip
from ui.paint import keep_bar_room
from ui.phrases import feed_name, short_time
from ui.theme import META, Colours, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from reader.records import Feed

    Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("Feed", "Folder", "Last news", "Next try", "State")
WIDTHS = (0, 120, 92, 92, 116)
FEED, FOLDER, LAST, NEXT, STATE = range(5)
ROOM = {FOLDER: 600, LAST: 480}
"""How wide the table must be for these columns to be shown."""
_LONG_AGO, _FAR = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


class FeedModel(QAbstractTableModel):
    """The feeds, in the order that a click on a head asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._feeds: list[Feed] = []
        self._column, self._order = FEED, Qt.SortOrder.AscendingOrder

    def set_feeds(self, feeds: Sequence[Feed]) -> None:
        """Show these. Rows that stay where they are keep selection and place."""
        ordered = self._ordered(feeds)
        if [feed.id for feed in ordered] == [feed.id for feed in self._feeds]:
            self._feeds = ordered
            if ordered:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ordered) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._feeds = ordered
        self.endResetModel()

    def feed(self, row: int) -> Feed | None:
        """The feed of a row."""
        return self._feeds[row] if 0 <= row < len(self._feeds) else None

    def row_of(self, id: int) -> int:
        """The row of a feed, -1 where it is not there."""
        return next((row for row, feed in enumerate(self._feeds) if feed.id == id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's way
        """How many feeds there are."""
        return 0 if parent.isValid() else len(self._feeds)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's way
        """How many columns there are."""
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt
        """The name of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says."""
        feed = self.feed(index.row())
        if feed is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _said(feed, index.column(), datetime.now(UTC))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(
                feed_words.said(feed.error) if index.column() == STATE and feed.error else f"{feed_name(feed)}\n{feed.url}"
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{COLUMNS[index.column()]}: {_said(feed, index.column(), datetime.now(UTC)) or 'none'}"
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows; what is selected stays selected."""
        self._column, self._order = column, order
        self.layoutAboutToBeChanged.emit()
        before = [self._feeds[index.row()].id for index in self.persistentIndexList()]
        old = self.persistentIndexList()
        self._feeds = self._ordered(self._feeds)
        places = {feed.id: row for row, feed in enumerate(self._feeds)}
        new = [self.index(places[id], index.column()) for id, index in zip(before, old, strict=True)]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _ordered(self, feeds: Sequence[Feed]) -> list[Feed]:
        return sorted(feeds, key=partial(_key, column=self._column), reverse=self._order == Qt.SortOrder.DescendingOrder)


def _key(feed: Feed, column: int) -> tuple[Any, ...]:
    """What a column is ordered by; feeds that are alike in it stand by name."""
    name = feed_name(feed).casefold()
    match column:
        case 1:
            return (feed.folder.casefold(), name)
        case 2:
            return (feed.last_new or _LONG_AGO, name)
        case 3:
            return (feed.next_refresh or _FAR, name)
        case 4:
            return (not needs_you(feed), feed_words.state(feed), name)
        case _:
            return (name,)


def _said(feed: Feed, column: int, now: datetime) -> str:
    if column == FEED:
        return feed_name(feed)
    if column == FOLDER:
        return feed.folder
    if column == LAST:
        return "" if feed.last_new is None else short_time(feed.last_new, now)
    if column == NEXT:
        return "" if feed.next_refresh is None else short_time(feed.next_refresh, now) if feed.next_refresh > now else "due"
    return feed_words.state(feed)


class _Cells(Cells):
    """Says in colour and weight which feed needs her."""

    def look(self, index: Index, c: Colours, *, selected: bool) -> tuple[QFont, str]:
        """The state of a feed in trouble stands out."""
        model = index.model()
        feed = model.feed(index.row()) if isinstance(model, FeedModel) else None
        if feed is None or index.column() != STATE:
            return super().look(index, c, selected=selected)
        if needs_you(feed):
            return font(META, 600), c.bad if feed.status == "gone" else c.warn
        return font(META), c.dim


class FeedTable(QTreeView):
    """The table itself. Enter, or a double click, on a feed asks to change it."""

    chosen = Signal(int)
    """The id of a feed that is to be opened for changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_ = FeedModel()
        self.model_.setParent(self)
        self.setModel(self.model_)
        self.setItemDelegate(_Cells(self))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setAccessibleName("All feeds")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        keep_bar_room(self)
        self.setSortingEnabled(True)
        self.sortByColumn(FEED, Qt.SortOrder.AscendingOrder)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(60)
        for number, wide in enumerate(WIDTHS):
            if wide:
                header.resizeSection(number, wide)
        header.setSectionResizeMode(FEED, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._on_chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where there is little room, the name and the state stay longest."""
        super().resizeEvent(event)
        for column, least in ROOM.items():
            self.setColumnHidden(column, self.width() < least)

    def show_feeds(self, feeds: Sequence[Feed]) -> None:
        """Show these feeds; the one that was chosen stays chosen, and in sight."""
        before = self.current()
        self.model_.set_feeds(feeds)
        if before is not None and self.current() != self.model_.feed(self.model_.row_of(before.id)):
            row = self.model_.row_of(before.id)
            if row >= 0:
                self.setCurrentIndex(self.model_.index(row, 0))

    def current(self) -> Feed | None:
        """The feed that is chosen."""
        index = self.currentIndex()
        return self.model_.feed(index.row()) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the feed for changes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_chosen(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_chosen(self, index: QModelIndex) -> None:
        feed = self.model_.feed(index.row()) if index.isValid() else None
        if feed is not None:
            self.chosen.emit(feed.id)
