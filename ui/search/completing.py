"""What may be written next, under the search field: fields, and the providers, topics and feeds that the library knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from reader.library import Library
from ui.asking import Asking
from ui.controls import Card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLineEdit

    from reader.store.search import Completion
    from ui.engine import Engine

COMPLETION = Qt.ItemDataRole.UserRole
WIDE, LINE, MOST = 320, 26, 8
LEAST = 2
"""Letters of a word from which fields are offered: most words are no fields."""


class Completing(QObject):
    """Offers completions to a field. Tab takes the first or the chosen one, Enter a chosen one; Esc takes them away, no more."""

    def __init__(self, engine: Engine, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._asked: tuple[str, int] = ("", 0)
        self.card = Card(WIDE, field)
        edge = Card.SHADOW + 5
        self.card.column.setContentsMargins(edge, edge, edge, edge)
        self.card.hide()
        self.list = QListWidget()
        self.list.setAccessibleName("What may be written next")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        self.card.column.addWidget(self.list)
        self._asking = Asking(engine, self)
        self._asking.answered.connect(self._on_answer)
        self._asking.failed.connect(self._on_failed)
        field.textEdited.connect(self._on_typed)
        field.textChanged.connect(self._on_changed)
        field.installEventFilter(self)

    @property
    def is_offering(self) -> bool:
        """Whether there is something to take."""
        return self.card.isVisible()

    def _on_typed(self, query: str) -> None:
        self._asked = (query, self._field.cursorPosition())
        if query.strip():
            self._asking.ask(Library.complete, *self._asked)
        else:
            self._give_up()

    def _on_changed(self, query: str) -> None:
        """Somebody else wrote there."""
        if query != self._asked[0]:
            self._give_up()

    def _on_answer(self, completions: Sequence[Completion]) -> None:
        if self._asked != (self._field.text(), self._field.cursorPosition()) or not self._field.hasFocus():
            return
        offered = [one for one in completions if one.kind != "field" or one.end - one.start >= LEAST][:MOST]
        written = self._asked[0]
        if [one.text for one in offered] == [written[one.start : one.end] for one in offered]:
            offered = []  # it is written already
        self._offer(offered)

    def _on_failed(self, _error: object) -> None:
        """Writing goes on without; that the engine is gone, the window says."""
        self.card.hide()

    def _offer(self, completions: Sequence[Completion]) -> None:
        self.list.clear()
        for completion in completions:
            item = QListWidgetItem(completion.shown, self.list)
            item.setData(COMPLETION, completion)
        self.list.setCurrentRow(-1)
        self.card.setVisible(bool(completions))
        if completions:
            self._place(len(completions))
        said = f"{len(completions)} completions, Tab takes the first: {completions[0].shown}" if completions else ""
        self.list.setAccessibleDescription(said)

    def _place(self, lines: int) -> None:
        window = self._field.window()
        if self.card.parentWidget() is not window:
            self.card.setParent(window)
        self.list.setFixedHeight(lines * max(LINE, self.list.sizeHintForRow(0)) + 2 * self.list.frameWidth())
        self.card.adjustSize()
        under = self._field.mapTo(window, QPoint(-Card.SHADOW, self._field.height() + 4 - Card.SHADOW))
        self.card.move(under)
        self.card.show()
        self.card.raise_()

    def _give_up(self) -> None:
        self._asking.forget()
        self.card.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keys of the list while there is one; it goes with the focus."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Resize, QEvent.Type.Hide):
            self._give_up()
        elif isinstance(event, QKeyEvent) and self.is_offering:
            is_ours = event.key() in self._keys()
            if event.type() == QEvent.Type.ShortcutOverride and is_ours:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and is_ours:
                self._press(Qt.Key(event.key()))
                return True
        return super().eventFilter(watched, event)

    def _keys(self) -> set[Qt.Key]:
        """What is pressed for the list: Up and Enter only where a line is chosen, else they do what they do in the field."""
        always = {Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Down}
        chosen = {Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        return always | chosen if self.list.currentRow() >= 0 else always

    def _press(self, key: Qt.Key) -> None:
        row = self.list.currentRow()
        if key == Qt.Key.Key_Escape:
            self._give_up()
        elif key == Qt.Key.Key_Down:
            self.list.setCurrentRow(min(row + 1, self.list.count() - 1))
        elif key == Qt.Key.Key_Up:
            self.list.setCurrentRow(row - 1)
        else:
            self._take(self.list.item(max(row, 0)))

    def _take(self, item: QListWidgetItem) -> None:
        """Write it in place of what was begun; a field's values are offered next."""
        completion: Completion = item.data(COMPLETION)
        self.card.hide()
        words, written = self._field.text(), completion.text + ("" if completion.kind == "field" else " ")
        rest = words[completion.end :].removeprefix(" ") if written.endswith(" ") else words[completion.end :]
        new = words[: completion.start] + written + rest
        self._field.setText(new)
        self._field.setCursorPosition(completion.start + len(written))
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.textEdited.emit(new)
