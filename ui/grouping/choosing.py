"""Which thread: those near the one that is looked at, those of the list, and while one writes any that has the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate

from reader.library import Library
from ui.asking import Asking
from ui.cells import BASELINE, ROW
from ui.controls import Words
from ui.forms import Sheet, button, tip
from ui.paint import apart, box, fitting, keep_bar_room, prepare, text
from ui.phrases import counted, month
from ui.theme import BASE, META, colours, figures, font

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from reader.records import ThreadRow
    from reader.shelf import Shelf
    from reader.store.search import Answer
    from ui.engine import Engine

    Index = QModelIndex | QPersistentModelIndex

MOST_NEAR, MOST_FOUND, LINES = 12, 30, 9
TYPED_MS = 150
THREAD, ASIDE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -LINES, Qt.Key.Key_PageDown: LINES}


class ThreadLines(QStyledItemDelegate):
    """Draws a thread as one line: its title, and at the right how many articles and of when."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """All are of one height."""
        return QSize(0, ROW)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line. What is marked is what Enter takes, wherever the keys are."""
        r, c = option.rect, colours()
        prepare(p)
        if option.state & QStyle.StateFlag.State_Selected:
            box(p, QRectF(r), 4, c.select)
        end, base = r.right() - 10, r.top() + BASELINE
        taken = text(p, end, base, str(index.data(ASIDE)), figures(META), c.dim, right=True)
        left = r.left() + 10
        text(p, left, base, fitting(str(index.data()), font(BASE), end - taken - 16 - left), font(BASE), c.text)


class ChooseThread(Sheet):
    """A field over a list of threads; the keys of the one lead through the other."""

    chosen = Signal(int)

    def __init__(
        self, engine: Engine, shelf: Shelf, words: tuple[str, str], beside: int, listed: Sequence[int], parent: QWidget
    ) -> None:  # fmt: skip
        title, verb = words
        super().__init__(title, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shelf, self._beside = shelf, beside
        self._listed = [id for id in listed if id != beside]
        self._near: list[ThreadRow] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText("Words of the thread …")
        self.field.setAccessibleName("Words of the thread")
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._on_typed)
        self.threads = QListWidget()
        self.threads.setAccessibleName("Threads")
        self.threads.setItemDelegate(ThreadLines(self.threads))
        self.threads.setFixedHeight(LINES * ROW)
        self.threads.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.threads.itemDoubleClicked.connect(self.take)
        self.threads.currentItemChanged.connect(self._on_current)
        keep_bar_room(self.threads)
        self.about = Words("", META, role="faint")
        for part in (self.field, self.about, self.threads):
            self.body.addWidget(part)
            self.body.addSpacing(8)
        self.take_button = button(verb, self.take, filled=True)
        self.foot.addStretch(1)
        self.foot.addWidget(button("Cancel", self.reject))
        self.foot.addWidget(self.take_button)
        self._looking = Asking(engine, self)
        self._looking.answered.connect(self._on_found)
        self._looking.failed.connect(self._on_failed)
        self._typed = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._typed.timeout.connect(self._search)
        self.field.setFocus()
        self._show_near()
        engine.ask(Library.related_threads, beside, limit=MOST_NEAR).then(self._on_near).otherwise(self._on_failed)

    def take(self) -> None:
        """Take the thread that is marked."""
        item = self.threads.currentItem()
        if item is not None:
            self.accept()
            self.chosen.emit(item.data(THREAD))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Up and down walk through the list while one writes."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step:
                last = self.threads.count() - 1
                self.threads.setCurrentRow(min(max(self.threads.currentRow() + step, 0), last))
                return True
        return super().eventFilter(watched, event)

    def _on_near(self, rows: list[ThreadRow]) -> None:
        self._near = rows
        if not self.field.text().strip():
            self._show_near()

    def _show_near(self) -> None:
        """The related threads first, then those of the list."""
        near = {row.id for row in self._near}
        listed = self._shelf.thread_rows([id for id in self._listed[: MOST_FOUND + len(near)] if id not in near])
        self._show([*self._near, *listed[:MOST_FOUND]], "The related ones first, then those of the list")

    def _on_typed(self) -> None:
        if self.field.text().strip():
            self._typed.start()
        else:
            self._typed.stop()
            self._show_near()

    def _search(self) -> None:
        """Ask for the threads that have the words, the last one as a beginning."""
        self._asked = self.field.text().strip()
        self._looking.ask(Library.look_up, self._asked, limit=MOST_FOUND, threads=True, unfinished=True)

    def _on_found(self, answer: Answer) -> None:
        if answer.query == self._asked and self.field.text().strip():
            ids = [hit.thread for hit in answer.hits if hit.thread is not None and hit.thread != self._beside]
            self._show(
                self._shelf.thread_rows(ids), f"{counted(len(ids), 'thread')} found" if ids else "No thread has these words"
            )

    def _show(self, rows: Iterable[ThreadRow], about: str) -> None:
        self.threads.clear()
        for row in rows:
            aside = f"{counted(row.size, 'article')}, {month(row.last)}"
            item = QListWidgetItem(row.title or "Untitled", self.threads)
            item.setData(ASIDE, aside)
            item.setData(THREAD, row.id)
            item.setToolTip(tip(row.title))
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{apart(row.title)}, {counted(row.size, 'article')}, {month(row.last)}"
            )
        self.about.setText(about)
        self.threads.setCurrentRow(0)
        self.take_button.setEnabled(self.threads.count() > 0)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        self.field.setAccessibleDescription(item.text() if item is not None else "")

    def _on_failed(self, error: object) -> None:
        self.about.setText(str(error))
