"""All briefings, the newest first; where there is none, what one is and how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from ui import icons
from ui.briefing.fields import is_rtl
from ui.controls import Ground, Head, Words
from ui.paint import box, keep_bar_room, prepare, text
from ui.phrases import counted, day
from ui.theme import BASE, META, SERIF, TITLE, VIEW, colours, figures, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.records import Briefing

HIGH, COLUMN, LEFT = 64, 720, 24
BRIEFING = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class BriefingsModel(QAbstractListModel):
    """The briefings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._briefings: list[Briefing] = []

    @property
    def briefings(self) -> Sequence[Briefing]:
        """All of them, in order."""
        return self._briefings

    def show_briefings(self, briefings: Sequence[Briefing]) -> None:
        """Show these."""
        if list(briefings) != self._briefings:
            self.beginResetModel()
            self._briefings = list(briefings)
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._briefings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a line says."""
        briefing = self._briefings[index.row()]
        if role == BRIEFING:
            return briefing
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{briefing.title}, {_about(briefing)}"
        return None


def _about(briefing: Briefing) -> str:
    audience = " ".join(briefing.audience.split())
    return " · ".join(part for part in (day(briefing.made), audience) if part)


class BriefingDelegate(QStyledItemDelegate):
    """Draws a briefing: title, day and audience, number of its parts."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """All are of one height."""
        return QSize(0, HIGH)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line."""
        c, briefing = colours(), index.data(BRIEFING)
        rect, state = option.rect, option.state
        prepare(p)
        lit = QRectF(rect).adjusted(LEFT - 12, 2, 0, -2)
        has_focus = self._view.hasFocus()
        if state & QStyle.StateFlag.State_Selected:
            box(p, lit, 6, c.select if has_focus else c.idle)
            if has_focus:
                box(p, QRectF(lit.left(), lit.top() + 8, 3, lit.height() - 16), 1.5, c.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            box(p, lit, 6, c.hover)
        right = rect.right() - 16
        many = counted(len(briefing.items), "part")
        taken = text(p, right, rect.top() + 26, many, figures(META), c.dim, right=True)
        title, look, room = " ".join(briefing.title.split()), font(TITLE + 2, 600, SERIF), right - taken - 20 - LEFT
        if is_rtl(title):
            text(p, LEFT + room, rect.top() + 26, title, look, c.text, room, right=True)
        else:
            text(p, LEFT, rect.top() + 26, title, look, c.text, room)
        text(p, LEFT, rect.top() + 47, _about(briefing), font(META), c.dim, right - LEFT)


class ListView(QListView):
    """The briefings as a list: Enter opens one, Delete takes it away."""

    opened = Signal(int)
    removed = Signal(int)
    _OWN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Briefings")
        self.setAccessibleDescription("Enter opens a briefing, Delete takes it away")
        self.setItemDelegate(BriefingDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep_bar_room(self)
        self.clicked.connect(self._on_clicked)

    def event(self, event: QEvent) -> bool:
        """Keep our keys from the commands of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in self._OWN:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open, take away."""
        briefing = self.currentIndex().data(BRIEFING) if self.currentIndex().isValid() else None
        if briefing is None or event.key() not in self._OWN:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit(briefing.id)
        else:
            self.opened.emit(briefing.id)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(BRIEFING).id)


class Nothing(QWidget):
    """What stands here while there is no briefing."""

    begun = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = Words("No briefing yet", VIEW, 600)
        words = Words(
            "A briefing puts threads, articles and marked passages in your order, with your words between them and their proof"
            " beside them.", BASE, role="dim", wrap=True,
        )  # fmt: skip
        words.setMaximumWidth(420)
        words.setMinimumHeight(44)
        button = QPushButton("New briefing")
        button.setDefault(True)
        button.clicked.connect(self.begun)
        across = QHBoxLayout()
        across.addWidget(button)
        across.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(LEFT, 72, LEFT, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addSpacing(8)
        column.addWidget(words)
        column.addSpacing(12)
        column.addLayout(across)
        column.addStretch()

    def paintEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        """Draw the icon."""
        icons.draw(QPainter(self), LEFT, 32, "file-text", colours().faint, 24)


class BriefingList(Ground):
    """The pane: head, and the briefings or what is said where there is none."""

    opened = Signal(int)
    removed = Signal(int)
    begun = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.view, self.model = ListView(), BriefingsModel()
        self.model.setParent(self)
        self.view.setModel(self.model)
        self.view.setMaximumWidth(COLUMN)
        self._nothing = Nothing()
        self._new = QPushButton("New briefing")
        self._count = Words("", META, role="faint")
        head = Head()
        head.row.setContentsMargins(LEFT, 0, 16, 0)
        head.row.addWidget(Words("Briefings", VIEW, 600))
        head.row.addSpacing(8)
        head.row.addWidget(self._count)
        head.row.addStretch()
        head.row.addWidget(self._new)
        self._pile = QStackedWidget()
        listed = QWidget()
        across = QHBoxLayout(listed)
        across.setContentsMargins(0, 4, 0, 0)
        across.addWidget(self.view, 1000)
        across.addStretch(1)
        self._pile.addWidget(listed)
        self._pile.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._pile, 1)
        self.view.opened.connect(self.opened)
        self.view.removed.connect(self.removed)
        self._new.clicked.connect(self.begun)
        self._nothing.begun.connect(self.begun)

    def show_briefings(self, briefings: Sequence[Briefing], chosen: int | None = None) -> None:
        """Show these, with one of them chosen: the one that was, or the first."""
        index = self.view.currentIndex()
        wanted = chosen if chosen is not None else index.data(BRIEFING).id if index.isValid() else None
        row = max(0, index.row())
        self.model.show_briefings(briefings)
        ids = [briefing.id for briefing in briefings]
        at = ids.index(wanted) if wanted in ids else min(row, len(ids) - 1)
        self.view.setCurrentIndex(self.model.index(max(0, at)))
        self._count.setText(str(len(ids)) if ids else "")
        self._new.setVisible(bool(ids))
        self._pile.setCurrentIndex(0 if ids else 1)
