"""The search field over the list, and under it what a search says of itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from ui import icons
from ui.controls import Head
from ui.paint import box, prepare, text, width
from ui.search.query_help import QueryHelp
from ui.search.understood import Understood, remarks
from ui.theme import META, RADIUS_SMALL, colours, font

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent

    from reader.store.search import Answer
    from ui.actions import Actions
    from ui.view import Looking, View
    from ui.window_settings import WindowSettings

TYPED_MS = 40
"""How long after the last key one searches by itself."""
MOST_REMEMBERED = 50
SEARCHES = "searches"
"""The name under which they are kept."""


class History:
    """The last queries; walked through like a shell's."""

    def __init__(self, queries: Iterable[str] = ()) -> None:
        self._queries = list(queries)[-MOST_REMEMBERED:]
        self._at = len(self._queries)

    @property
    def queries(self) -> tuple[str, ...]:
        """Those that are remembered, the last one last."""
        return tuple(self._queries)

    def remember(self, query: str) -> None:
        """Put a query at the end; one that was there moves."""
        if query:
            self._queries = [*(other for other in self._queries if other != query), query][-MOST_REMEMBERED:]
        self._at = len(self._queries)

    def older(self) -> str | None:
        """The query before, `None` where there is none."""
        if self._at == 0:
            return None
        self._at -= 1
        return self._queries[self._at]

    def newer(self) -> str | None:
        """The query after; "" behind the last one, `None` where one does not walk."""
        if self._at == len(self._queries):
            return None
        self._at += 1
        return self._queries[self._at] if self._at < len(self._queries) else ""


class SearchField(QLineEdit):
    """A field with its sign, the key that leads to it, and while it is in use: what can be written, and a way to empty it."""

    left = Signal()
    went_down = Signal()
    entered = Signal()
    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Search everything")
        self.setAccessibleName("Search everything")
        self.setAccessibleDescription("Down goes to the results, Up to earlier searches, Esc empties the field")
        self.setFixedHeight(30)
        self.history = History()
        self._empty = _Inner("x", "Empty the field (Esc)", self)
        self._empty.clicked.connect(self.left)
        self._help = _Inner("circle-question-mark", "How to search", self)
        self._help.clicked.connect(self.help_wanted)
        self.textChanged.connect(self._arrange)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves, Enter searches at once, the arrows go through earlier searches and down to the list."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Up:
            self._recall(self.history.older())
        elif key == Qt.Key.Key_Down:
            newer = self.history.newer()
            if newer is None:
                self.went_down.emit()
            self._recall(newer)
        else:
            super().keyPressEvent(event)

    def _recall(self, query: str | None) -> None:
        if query is not None:
            self.setText(query)
            self.textEdited.emit(query)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what is useful while one writes."""
        super().focusInEvent(event)
        self._arrange()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take it away again."""
        super().focusOutEvent(event)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the buttons at the right."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the sign, and the key while nothing is written."""
        super().paintEvent(event)
        p, c = QPainter(self), colours()
        prepare(p)
        icons.draw(p, 9, 7, "search", c.accent if self.hasFocus() else c.faint)
        if not self.text() and not self._is_used():
            key = QRectF(self.width() - 28, 6, 18, 18)
            box(p, key, RADIUS_SMALL + 1, None, c.edge)
            slash = font(META, 500)
            text(p, key.center().x() - width("/", slash) / 2, 19, "/", slash, c.faint)

    def arrange(self) -> None:
        """Place the buttons anew: the focus went to one of them, or came from there."""
        self._arrange()

    def _is_used(self) -> bool:
        return self.hasFocus() or self._help.hasFocus() or self._empty.hasFocus()

    def _arrange(self) -> None:
        right = self.width() - 4
        for inner, is_shown in ((self._empty, bool(self.text())), (self._help, self._is_used())):
            inner.setVisible(is_shown)
            if is_shown:
                right -= 24
                inner.move(right, 3)
        self.setTextMargins(22, 0, max(22, self.width() - right - 6), 0)
        self.update()


class _Inner(QToolButton):
    """A small button inside the field."""

    def __init__(self, icon: str, tip: str, field: SearchField) -> None:
        super().__init__(field)
        self._icon, self._field = icon, field
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setFixedSize(24, 24)
        self.setIconSize(QSize(14, 14))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._take_colours()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._take_colours()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Stay while the focus is here."""
        super().focusInEvent(event)
        self._field.arrange()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Go with the focus."""
        super().focusOutEvent(event)
        self._field.arrange()

    def _take_colours(self) -> None:
        self.setIcon(icons.icon(self._icon, colours().dim, 14))


class SearchBar(QWidget):
    """The field and what is said under it. It sets the view's query, and follows it."""

    left = Signal()
    """The search was given up: the focus goes back."""
    went_down = Signal()
    """The results are wanted."""

    def __init__(self, view: View, actions: Actions, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._settings = view, settings
        self._help: QueryHelp | None = None
        self._here = actions["search_here"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.field = SearchField()
        self.field.history = History(_remembered(settings))
        self.field.setToolTip(actions["search"].toolTip())
        self.field.textEdited.connect(self._on_typed)
        self.field.entered.connect(self.finish)
        self.field.left.connect(self._on_left)
        self.field.went_down.connect(self._on_went_down)
        self.field.help_wanted.connect(self._on_help)
        head = Head()
        head.row.addWidget(self.field)
        self.understood = Understood()
        self.understood.searched.connect(self._on_chosen)
        self.understood.place_wanted.connect(self._on_place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.understood)
        self._typed = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._typed.timeout.connect(self._look)
        view.changed.connect(self._on_view)

    def focus_field(self) -> None:
        """Take the focus, with everything selected, so that writing begins anew."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def write(self, query: str) -> None:
        """Have this written there, to be gone on with; it is searched for like what is typed."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.setText(query)
        self.field.textEdited.emit(query)

    def set_answer(self, answer: Answer | None) -> None:
        """Say what a search says of itself; one that is no longer asked says nothing."""
        is_asked = answer is not None and answer.query.strip() == self._view.looking.query
        self.understood.say(remarks(answer) if answer is not None and is_asked else ())

    def _remember(self) -> None:
        """Keep what is searched for, also for the next start."""
        self.field.history.remember(self._view.looking.query)
        self._settings.keep(SEARCHES, QByteArray(json.dumps(self.field.history.queries).encode()))

    def _on_typed(self, words: str) -> None:
        if words.strip():
            self._typed.start()
        else:
            self._look()

    def _look(self, *, is_typing: bool = True) -> None:
        """Search for what is written; while one types, for what its last word may become as well."""
        self._typed.stop()
        written = self.field.text()
        query, is_typing = written.strip(), is_typing and bool(written) and not written[-1].isspace()
        looking = self._view.looking
        if query != looking.query:
            self._view.look(place="desk", query=query, is_typing=is_typing, best_first=True)
        elif query and is_typing != looking.is_typing:
            self._view.look(is_typing=is_typing, selection=looking.selection)

    def finish(self) -> None:
        """Search at once, for the words as they stand; the query is worth remembering."""
        self._look(is_typing=False)
        self._remember()

    def _on_left(self) -> None:
        self._remember()
        self.field.clear()
        self._look()
        self.left.emit()

    def _on_went_down(self) -> None:
        """Go to what is found, as it is: only a query that nobody has searched for yet is searched for first."""
        if self.field.text().strip() != self._view.looking.query:
            self._look()
        self._remember()
        self.went_down.emit()

    def _on_view(self, looking: Looking, before: Looking) -> None:
        """Show the query that somebody else set; what is just being written is not touched."""
        if looking.query != before.query and looking.query != self.field.text().strip():
            self._typed.stop()
            self.field.setText(looking.query)
        if not looking.query:
            self.understood.say(())
        if looking.scope != before.scope:
            here = "" if looking.scope.kind in ("all", "hot", "provider", "storyline") else f" ({self._here}: this view)"
            self.field.setPlaceholderText(f"Search everything{here}")

    def _on_chosen(self, query: str) -> None:
        self.field.setText(query)
        self.finish()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_place(self, position: int) -> None:
        """Select what was not understood, to be written over."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        words = self.field.text()
        end = next((at for at in range(position + 1, len(words)) if words[at].isspace()), len(words))
        self.field.setSelection(position, max(1, end - position))

    def _on_inserted(self, written: str) -> None:
        """Put an operator where the cursor is, with what is to be written over selected."""
        words, at = self.field.text(), self.field.cursorPosition()
        if written[:1].isalpha() and words[:at].strip() and not words[:at].endswith((" ", "(")):
            written = f" {written}"
        if not words[:at].strip():
            written = written.lstrip()
        self.write(words[:at] + written + words[at:])
        hole = self.field.text().find("…", at)
        if hole >= 0:
            self.field.setSelection(hole, 1)
        else:
            self.field.setCursorPosition(at + len(written))

    def _on_help(self) -> None:
        if self._help is None:
            self._help = QueryHelp(self.window())
            self._help.inserted.connect(self._on_inserted)
        self._help.open_under(self.mapToGlobal(QPoint(10, 40)), self.window())


def _remembered(settings: WindowSettings) -> list[str]:
    """The queries of the last time; none where the file says something else."""
    try:
        kept = json.loads(bytes(settings.kept(SEARCHES).data()) or b"[]")
    except ValueError:
        return []
    return [query for query in kept if isinstance(query, str)] if isinstance(kept, list) else []
