"""The very pages of a briefing as they will be printed, made anew when it changed. Sheets are drawn as they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reader.errors import NotFound, WatchdeskError
from reader.library import Library
from ui.controls import Ground, Head, IconButton, Words
from ui.paint import keep_bar_room, prepare
from ui.phrases import error as in_words
from ui.theme import META, colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from reader.records import Ended, Progress
    from ui.engine import Engine, Task

WIDE = 500
MARGIN, GAP, TOP = 20, 16, 6
KEPT_BYTES, KEPT = 32_000_000, 3
"""How much of sheets is kept as pictures, and how many at least; the others are kept as they came, a tenth of the size."""
PAUSE_MS, RESIZE_MS = 800, 300
A4_INCHES = 8.27
LEAST_PPI, MOST_PPI, STEP_PPI = 60, 220, 10
ZOOMS = (0.6, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0)
A4 = (1.0, 2**0.5)


class Sheets(QAbstractScrollArea):
    """Pages under each other, each with a soft edge. `turned`: another page is the one that is seen most."""

    turned = Signal()
    widened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Pages of the briefing")
        self.viewport().setAutoFillBackground(False)
        keep_bar_room(self)
        self._pages: list[bytes] = []
        self._shapes: list[tuple[float, float]] = []
        self._pictures: OrderedDict[int, QPixmap] = OrderedDict()
        self._zoom = 1.0
        self._ahead = QTimer(self, singleShot=True, interval=60)
        self._ahead.timeout.connect(self._draw_ahead)
        self.verticalScrollBar().valueChanged.connect(self.turned)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def page(self) -> int:
        """The page in the middle of what is seen, from 1; 0 where there is none."""
        middle, y = self.verticalScrollBar().value() + self.viewport().height() / 3, 0.0
        for number in range(self.count):
            y += self._height(number) + GAP
            if middle < y:
                return number + 1
        return self.count

    @property
    def sheet_width(self) -> float:
        """How wide a sheet is drawn, in pixels at 100 %."""
        return max(80.0, (self.viewport().width() - 2 * MARGIN + 10) * self._zoom)

    def show_pages(self, pages: Sequence[bytes]) -> None:
        """Show these, at the place where one looked before."""
        self._pages, self._shapes = list(pages), [_shape(page) for page in pages]
        self._measure()
        self.turned.emit()

    def set_zoom(self, zoom: float) -> None:
        """Draw them larger or smaller; the same line stays on top."""
        bar, before = self.verticalScrollBar(), self.sheet_width
        at = bar.value()
        self._zoom = zoom
        self._measure()
        bar.setValue(round(at * self.sheet_width / before))

    def go_to_page(self, page: int) -> None:
        """Bring a page to the top, counted from 1."""
        self.verticalScrollBar().setValue(round(sum(self._height(number) + GAP for number in range(page - 1))))

    def _height(self, number: int) -> float:
        wide, high = self._shapes[number]
        return self.sheet_width * high / wide

    def _measure(self) -> None:
        self._pictures.clear()
        total = TOP + sum(self._height(number) + GAP for number in range(self.count))
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        bar.setRange(0, max(0, round(total) - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(48)
        across.setRange(0, max(0, round(self.sheet_width) + MARGIN + 10 - self.viewport().width()))
        across.setPageStep(self.viewport().width())
        across.setSingleStep(24)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the sheets to the width."""
        super().resizeEvent(event)
        self._measure()
        self.widened.emit()
        self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Home and End go to the first and the last page."""
        bar = self.verticalScrollBar()
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll; with Ctrl the pane zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().wheelEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the sheets in sight."""
        p = QPainter(self.viewport())
        prepare(p)
        left = MARGIN - self.horizontalScrollBar().value()
        y = float(TOP - self.verticalScrollBar().value())
        for number in range(self.count):
            high = self._height(number)
            sheet = QRectF(left, y, self.sheet_width, high)
            if y + high > 0 and y < self.viewport().height():
                _draw_edge(p, sheet)
                p.drawPixmap(sheet.topLeft().toPoint(), self._picture(number))
            y += high + GAP
        self._ahead.start()

    def _picture(self, number: int) -> QPixmap:
        """A page at the very size that it has on the screen, so that scrolling only copies it."""
        if number not in self._pictures:
            ratio = self.devicePixelRatioF()
            size = QSizeF(self.sheet_width, self._height(number)) * ratio
            whole = QImage.fromData(self._pages[number])
            exact = whole.scaled(size.toSize(), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
            exact.setDevicePixelRatio(ratio)
            self._pictures[number] = QPixmap.fromImage(exact)
        self._pictures.move_to_end(number)
        while len(self._pictures) > KEPT and self._kept() > KEPT_BYTES:
            self._pictures.popitem(last=False)
        return self._pictures[number]

    def _kept(self) -> int:
        return sum(one.width() * one.height() * 4 for one in self._pictures.values())

    def _draw_ahead(self) -> None:
        """Make the next sheet ready while nothing else is to be done."""
        if self.page < self.count and len(self._pictures) < self.count:
            self._picture(self.page)


def _shape(page: bytes) -> tuple[float, float]:
    """Width and height of a picture, read from its first bytes."""
    buffer = QBuffer()
    buffer.setData(QByteArray(page))
    size = QImageReader(buffer, QByteArray(b"png")).size()
    return (size.width(), size.height()) if size.isValid() and not size.isEmpty() else A4


def _draw_edge(p: QPainter, sheet: QRectF) -> None:
    """A soft shadow: a few rounded rectangles."""
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(QColor(0, 0, 0, 8 if colours().name != "dark" else 24))
    for grown in range(5, 0, -1):
        p.drawRoundedRect(sheet.adjusted(-grown, -grown + 2, grown, grown + 2), 2 + grown, 2 + grown)


class Line(QWidget):
    """How far a job is: two pixels, and nothing while none is under way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share: float | None = None
        self.setFixedHeight(2)

    def set_share(self, share: float | None) -> None:
        """From 0 to 1; `None`: no job."""
        self._share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it."""
        if self._share is None:
            return
        p, c = QPainter(self), colours()
        p.fillRect(self.rect(), QColor(c.track))
        p.fillRect(QRectF(QPointF(0, 0), self.rect().bottomRight().toPointF() + QPointF(1, 1)).adjusted(
            0, 0, -self.width() * (1 - max(0.04, min(1.0, self._share))), 0), QColor(c.accent))  # fmt: skip


class BriefingPages(Ground):
    """The pane of pages: head, progress, sheets, and what went wrong in words."""

    drawn = Signal()
    """The pages are those of the briefing as it is."""

    def __init__(self, engine: Engine, parent: QWidget | None = None) -> None:
        super().__init__("chrome", parent)
        self._engine = engine
        self._briefing: int | None = None
        self._task: Task[Any] | None = None
        self._is_wanted = False
        self._drawn_at = 0
        self._zoom = ZOOMS.index(1.0)
        self.sheets = Sheets()
        self._line = Line()
        self._place = Words("Pages", META, 600)
        self._doing = Words("", META, role="faint")
        self.trouble = Words("", META, role="warn", wrap=True)
        self._again = QPushButton("Try again")
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._make)
        self._put_together()
        self._again.clicked.connect(self._make)
        self.sheets.turned.connect(self._on_turned)
        self.sheets.widened.connect(self._on_widened)
        engine.ready.connect(self._on_ready)

    def _put_together(self) -> None:
        smaller, larger = IconButton("minus", "Smaller pages"), IconButton("plus", "Larger pages")
        smaller.clicked.connect(self.zoom_out)
        larger.clicked.connect(self.zoom_in)
        head = Head()
        head.row.setContentsMargins(MARGIN, 0, 10, 0)
        head.row.setSpacing(2)
        head.row.addWidget(self._place)
        head.row.addSpacing(8)
        head.row.addWidget(self._doing)
        head.row.addStretch()
        head.row.addWidget(smaller)
        head.row.addWidget(larger)
        self._bad = QWidget()
        bad = QHBoxLayout(self._bad)
        bad.setContentsMargins(MARGIN, 6, MARGIN, 10)
        bad.addWidget(self.trouble, 1)
        bad.addWidget(self._again)
        self._bad.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._line)
        column.addWidget(self._bad)
        column.addWidget(self.sheets, 1)

    def show_briefing(self, briefing: int | None) -> None:
        """Show the pages of a briefing, which changed just now; those of the same one stay until the new ones are there."""
        is_same = briefing == self._briefing
        self._briefing = briefing
        self._stop()
        if not is_same:
            self.sheets.show_pages([])
            self._bad.hide()
        self._is_wanted = briefing is not None
        if self._is_wanted and self.isVisible():
            self._doing.setText("being set anew …" if self.sheets.count else "being set …")
            self._wait.start(PAUSE_MS if is_same else 0)

    def zoom_in(self) -> None:
        """Draw the pages larger."""
        self._set_zoom(self._zoom + 1)

    def zoom_out(self) -> None:
        """Draw them smaller."""
        self._set_zoom(self._zoom - 1)

    def _set_zoom(self, at: int) -> None:
        self._zoom = max(0, min(at, len(ZOOMS) - 1))
        self.sheets.set_zoom(ZOOMS[self._zoom])
        self._on_widened()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._set_zoom(self._zoom + (1 if event.angleDelta().y() > 0 else -1))
            event.accept()

    def event(self, event: QEvent) -> bool:
        """Make pages when they come into sight, and none while they are not."""
        if event.type() == QEvent.Type.Show and self._is_wanted:
            self._wait.start(0)
        elif event.type() == QEvent.Type.Hide:
            self._is_wanted = self._is_wanted or self._task is not None
            self._stop()
        return super().event(event)

    # The job

    def _ppi(self) -> int:
        exact = self.sheets.sheet_width * self.devicePixelRatioF() / A4_INCHES
        return max(LEAST_PPI, min(MOST_PPI, -(-int(exact) // STEP_PPI) * STEP_PPI))

    def _make(self) -> None:
        self._wait.stop()
        if self._briefing is None or not self.isVisible():
            return
        self._stop()
        self._is_wanted, self._drawn_at = False, self._ppi()
        self._bad.hide()
        self._line.set_share(0)
        self._doing.setText("being set anew …" if self.sheets.count else "being set …")
        task = self._task = self._engine.start(Library.preview_briefing, self._briefing, [], self._drawn_at)
        task.progress.connect(self._on_progress)
        task.then(self._on_pages).otherwise(self._on_failed)

    def _stop(self) -> None:
        """Stop the pages that are being made: they are old before they are there."""
        self._wait.stop()
        task, self._task = self._task, None
        if task is not None:
            task.progress.disconnect(self._on_progress)
            task.done.disconnect(self._on_pages)
            task.failed.disconnect(self._on_failed)
            task.stop()
        self._line.set_share(None)
        self._doing.setText("")

    def _on_progress(self, progress: Progress) -> None:
        self._line.set_share(progress.done / progress.total if progress.total else 0)

    def _on_pages(self, ended: Ended) -> None:
        self._task = None
        self._line.set_share(None)
        self._doing.setText("")
        if ended.finished:
            self.sheets.show_pages(ended.args[1])
            self.drawn.emit()

    def _on_failed(self, error: object) -> None:
        self._task = None
        self._line.set_share(None)
        self._doing.setText("")
        if isinstance(error, NotFound) and error.kind == "briefing":
            return
        self._is_wanted = True
        self.trouble.setText(f"The pages could not be set. {in_words(error)}")
        self._again.setVisible(isinstance(error, WatchdeskError))
        self._bad.show()

    def _on_ready(self) -> None:
        if self._is_wanted and self._briefing is not None:
            self._make()

    def _on_turned(self) -> None:
        many = self.sheets.count
        self._place.setText(f"Page {self.sheets.page} of {many}" if many else "Pages")

    def _on_widened(self) -> None:
        if self.sheets.count and self._briefing is not None and abs(self._ppi() - self._drawn_at) >= STEP_PPI:
            self._is_wanted = True
            self._wait.start(RESIZE_MS)
