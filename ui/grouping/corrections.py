"""Everything that the analyst said of the grouping and that stands, the newest first; each can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from reader.library import Library
from ui import phrases
from ui.controls import QuietWords
from ui.forms import Page, Sheet, button, column, row, tip
from ui.paint import apart, fitting, hline, prepare, text
from ui.theme import BASE, META, colours, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QPushButton

    from reader.records import Changes, Correction
    from ui.engine import Engine

WIDE, LINE, HIGH = 640, 52, 420


def in_words(one: Correction) -> str:
    """What was said, without its name: Merged 3 threads."""
    threads, articles = len(one.threads), len(one.articles)
    said = {
        "merge": f"Merged {phrases.counted(threads, 'thread')}",
        "split": f"Split off {phrases.counted(articles, 'article')}",
        "move": f"Moved {phrases.counted(articles, 'article')} here",
        "rename": "Renamed a thread",
        "join": f"Put {phrases.counted(threads, 'thread')} into one storyline",
        "leave": "Took a thread out of its storyline",
        "entitle": "Renamed a storyline",
    }
    return said[one.kind]


class Line(QWidget):
    """One correction: of what, and what was said when."""

    def __init__(self, one: Correction, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._said = one.title or "Untitled", f"{in_words(one)}, {phrases.short_time(one.made, now)}"
        self.setAccessibleName(f"{self._said}: {apart(self._title)}")
        self.setToolTip(tip(one.title))
        self.setFixedHeight(LINE)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw both lines."""
        p, c = QPainter(self), colours()
        prepare(p)
        face = font(BASE, 500)
        text(p, 0, 22, fitting(self._title, face, self.width()), face, c.text)
        text(p, 0, 40, self._said, font(META), c.faint, self.width())


class _Row(QWidget):
    """A line with its button, and the hairline under it."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the hairline."""
        hline(QPainter(self), 0, self.height() - 1, QRectF(self.rect()).width(), colours().line)


class Corrections(Sheet):
    """The list; what is taken back here can be undone here."""

    def __init__(self, engine: Engine, parent: QWidget | None = None) -> None:
        super().__init__("What was corrected", parent, WIDE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._engine = engine
        self._ids: dict[QPushButton, int] = {}
        self._inside = QWidget()
        self._column = column()
        self._inside.setLayout(self._column)
        self._page = Page(self._inside)
        self.nothing = QuietWords(
            "Merge, split, move or rename a thread: it stands here, and holds whatever arrives.", "Nothing was corrected"
        )
        self.nothing.hide()
        self.body.addWidget(self._page)
        self.body.addWidget(self.nothing)
        self.undo_button = button("Undo", self.undo)
        self.undo_button.hide()
        self.foot.addWidget(self.undo_button)
        self.foot.addStretch(1)
        self.close_button = button("Close", self.accept, filled=True)
        self.foot.addWidget(self.close_button)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.undo)
        engine.changed.connect(self._on_changed)
        self._ask()

    def undo(self) -> None:
        """Take back what was done last."""
        self._engine.call(Library.undo)

    @property
    def buttons(self) -> list[QPushButton]:
        """What takes a correction back, in the order of the list."""
        return list(self._ids)

    def _on_changed(self, _changes: Changes) -> None:
        self._ask()

    def _ask(self) -> None:
        self._engine.ask(Library.corrections).then(self._show)

    def _show(self, told: list[Correction]) -> None:
        at = next((number for number, made in enumerate(self._ids) if made.hasFocus()), None)
        self._ids.clear()
        for old in self._inside.findChildren(_Row):
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        now = datetime.now(UTC)
        for one in told:
            self._column.addWidget(self._row(one, now))
        self._page.setVisible(bool(told))
        self.nothing.setVisible(not told)
        self._page.setFixedHeight(min(HIGH, LINE * len(told)))
        if at is not None:
            buttons = self.buttons
            (buttons[min(at, len(buttons) - 1)] if buttons else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, one: Correction, now: datetime) -> QWidget:
        line = Line(one, now)
        remove = button("Remove", self._on_remove, name=f"Remove: {in_words(one)}, {apart(one.title)}")
        self._ids[remove] = one.id
        made = _Row()
        made.setFixedHeight(LINE)
        across = row(line, remove, spacing=16)
        across.setStretch(0, 1)
        made.setLayout(across)
        return made

    def _on_remove(self) -> None:
        pressed = self.sender()
        for made, id in self._ids.items():
            if made is pressed:
                self._engine.call(Library.remove_correction, id).then(self._on_removed)

    def _on_removed(self, _nothing: object) -> None:
        self.undo_button.show()
