"""Dragging rows of the list: a thread onto another one, an article into another thread, or out of its own onto the foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ui.list.thread_model import ROW, ThreadModel
from ui.paint import box, fitting, prepare, text, width
from ui.phrases import counted
from ui.theme import META, colours, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QPaintEvent

    from ui.list.row_view import RowView

MIME = "application/x-watchdesk-rows"
FOOT, CARD, EDGE, STEP = 56, 280, 36, 16
APART = "Drop here: another event"


@dataclass(frozen=True, slots=True)
class Carried:
    """What is dragged: whole threads, or articles of the thread `of`."""

    threads: tuple[int, ...] = ()
    articles: tuple[int, ...] = ()
    of: int | None = None


def carried(model: ThreadModel, chosen: Sequence[QModelIndex]) -> Carried:
    """What the chosen rows are: articles where all are of one thread, else the threads that they are of."""
    ids = [model.id_at(index) for index in chosen]
    threads = tuple(dict.fromkeys(thread for thread, _ in ids))
    articles = tuple(article for _, article in ids if article is not None)
    if len(articles) == len(ids) and len(threads) == 1:
        return Carried(articles=articles, of=threads[0])
    return Carried(threads=threads)


class Dragging(QObject):
    """Begins a drag of a list's rows, shows where it would end, and says where it did."""

    dropped = Signal(object, object)
    """What is `Carried`, and the thread that it was dropped on; `None` for the foot."""

    def __init__(self, rows: RowView, model: ThreadModel) -> None:
        super().__init__(rows)
        self._rows, self._model = rows, model
        self._carried = Carried()
        self.mark = _Mark(rows.viewport())
        self.foot = _Mark(rows.viewport(), APART)
        rows.setDragEnabled(True)
        rows.setAcceptDrops(True)
        rows.viewport().setAcceptDrops(True)
        rows.viewport().installEventFilter(self)

    def begin(self) -> None:
        """Drag what is chosen, until the mouse is let go."""
        chosen = self._rows.selectionModel().selectedRows()
        if not chosen:
            return
        self._carried = carried(self._model, chosen)
        mime = QMimeData()
        mime.setData(MIME, QByteArray(b"rows"))
        drag = QDrag(self._rows)
        drag.setMimeData(mime)
        drag.setPixmap(self._card())
        drag.setHotSpot(QPoint(-12, -8))
        drag.exec(Qt.DropAction.MoveAction)
        self._end()

    @property
    def carries(self) -> Carried:
        """What is dragged now."""
        return self._carried

    def carry(self, what: Carried) -> None:
        """This is dragged now."""
        self._carried = what

    def target(self, at: QPoint) -> tuple[bool, int | None]:
        """Whether something may be dropped at a place, and the thread there; `None` for the foot."""
        what = self._carried
        if what.articles and (self._foot().contains(at) or not self._rows.indexAt(at).isValid()):
            return len(self._model.members(self._model.find(what.of).row())) > len(what.articles), None
        index = self._rows.indexAt(at)
        if not index.isValid():
            return False, None
        thread, _ = self._model.id_at(index)
        return thread != what.of and thread not in what.threads, thread

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow a drag over the rows."""
        if isinstance(event, QDropEvent) and event.mimeData().hasFormat(MIME):  # entering and moving are kinds of dropping
            if isinstance(event, QDragMoveEvent | QDragEnterEvent):
                self._over(event)
            else:
                self._drop(event)
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.mark.hide()
            return True
        return super().eventFilter(watched, event)

    def _over(self, event: QDropEvent) -> None:
        at = event.position().toPoint()
        self._scroll(at)
        fits, thread = self.target(at)
        if self._carried.articles:
            self.foot.show_at(self._foot(), is_on=fits and thread is None)
        if fits and thread is not None:
            rect = self._rows.visualRect(self._model.find(thread))
            self.mark.show_at(rect.adjusted(6, 1, -6, -1), is_on=True)
        else:
            self.mark.hide()
        if fits or event.type() == QEvent.Type.DragEnter:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def _drop(self, event: QDropEvent) -> None:
        fits, thread = self.target(event.position().toPoint())
        what = self._carried
        self._end()
        if fits:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self.dropped.emit(what, thread)
        else:
            event.ignore()

    def _end(self) -> None:
        self.mark.hide()
        self.foot.hide()
        self._carried = Carried()

    def _scroll(self, at: QPoint) -> None:
        """Near an edge, go on in that direction."""
        bar, low = self._rows.verticalScrollBar(), self._rows.viewport().height() - EDGE
        if at.y() < EDGE:
            bar.setValue(bar.value() - STEP)
        elif at.y() > low and not self._carried.articles:
            bar.setValue(bar.value() + STEP)

    def _foot(self) -> QRect:
        ground = self._rows.viewport().rect()
        return QRect(0, ground.height() - FOOT, ground.width(), FOOT)

    def _card(self) -> QPixmap:
        """What is under the mouse while it is dragged: a title, or how many."""
        what, ratio = self._carried, self._rows.devicePixelRatioF()
        count = len(what.articles or what.threads)
        record = self._rows.currentIndex().data(ROW)
        name = record.title if count == 1 and record is not None else counted(count, "article" if what.articles else "thread")
        words, face = fitting(name or "Untitled", font(META, 600), CARD - 24), font(META, 600)
        size = QSize(round(min(CARD, width(words, face) + 24)), 30)
        card = QPixmap(size * ratio)
        card.setDevicePixelRatio(ratio)
        card.fill(Qt.GlobalColor.transparent)
        p, c = QPainter(card), colours()
        prepare(p)
        box(p, QRectF(0, 0, size.width(), size.height()), 6, c.raised, c.edge)
        text(p, 12, 20, words, face, c.text)
        p.end()
        return card


class _Mark(QWidget):
    """A frame around where something would be dropped, with words where it is a place of its own."""

    def __init__(self, parent: QWidget, words: str = "") -> None:
        super().__init__(parent)
        self._words, self._is_on = words, False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, rect: QRect, *, is_on: bool) -> None:
        """Frame this; `is_on` says that the mouse is over it."""
        self._is_on = is_on
        self.setGeometry(rect)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the frame."""
        p, c = QPainter(self), colours()
        prepare(p)
        ground = QRectF(self.rect())
        if self._words:  # no row looks out from under it
            p.fillRect(ground, QColor(c.list))
            ground.adjust(8, 6, -8, -8)
        box(
            p, ground, 6, (c.select if self._is_on else c.raised) if self._words else None, c.accent if self._is_on else c.edge, 2
        )
        if self._words:
            taken = width(self._words, font(META, 600))
            text(p, (self.width() - taken) / 2, ground.center().y() + 4.5, self._words, font(META, 600), c.text)
