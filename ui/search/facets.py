"""What was found, by time, provider, topic and language: a press narrows the search, another one widens it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons
from ui.controls import Ground, Head
from ui.forms import tip
from ui.paint import box, hline, keep_bar_room, prepare, text
from ui.phrases import counted, language, number
from ui.search.clauses import Narrowed, narrowed
from ui.search.years import Years
from ui.theme import BASE, CAPTION, META, RADIUS, SCROLLBAR, colours, figures, font

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QAction, QMouseEvent, QPaintEvent

    from reader.store.search import Answer
    from ui.actions import Actions
    from ui.view import Looking, View

ROW = Qt.ItemDataRole.UserRole + 1
FEW = 5
"""Values of a group that are shown at first."""
GROUPS = (("Provider", "provider"), ("Topic", "topic"), ("Language", "language"))
MINE = (("Unread", "is:unread"), ("Starred", "is:starred"), ("Annotated", "is:annotated"))
HEIGHTS = {"heading": 36, "value": 28, "more": 28}
EDGE = 16

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the facets. `clause` is what a press puts into the query, `share` the length of its bar."""

    kind: Literal["heading", "value", "more"]
    name: str
    clause: str = ""
    count: int | None = None
    share: float = 0.0
    is_pressed: bool = False
    group: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        said = counted(self.count, "article") if self.count is not None else ""
        return ", ".join(part for part in (self.name, said, "pressed" if self.is_pressed else "") if part)


def rows(answer: Answer, query: Narrowed, opened: frozenset[str], known: Mapping[str, Mapping[str, int]]) -> list[Row]:
    """The lines for an answer. `known` are the counts of a group as they were before one of its values was pressed."""
    made: list[Row] = []
    for title, group in GROUPS:
        counts = known.get(group) or answer.facets.get(group, {})
        made += _group(title, group, counts, query, is_open=group in opened)
    mine = [Row("value", name, clause, is_pressed=clause in query.clauses, group="mine") for name, clause in MINE]
    if not answer.total:  # nothing to narrow, but perhaps something to take back
        mine = [row for row in mine if row.is_pressed]
    return [*made, Row("heading", "Mine"), *mine] if mine else made


def _group(title: str, group: str, counts: Mapping[str, int], query: Narrowed, *, is_open: bool) -> Iterator[Row]:
    pressed = [name for name in query.names(group) if name not in counts]
    values = [*((name, 0) for name in pressed), *counts.items()]
    if not values:
        return
    yield Row("heading", title)
    most = max(count for _, count in values) or 1
    for place, (name, count) in enumerate(values):
        clause = query.clause(group, name)
        is_pressed = clause in query.clauses
        if is_open or place < FEW or is_pressed:
            yield Row("value", _shown(group, name), clause, count, count / most, is_pressed, group)
    if len(values) > FEW:
        yield Row("more", "Fewer" if is_open else f"{len(values) - FEW} more", group=group)


def _shown(group: str, name: str) -> str:
    return language(name) if group == "language" else name


class FacetModel(QAbstractListModel):
    """The lines of the facets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A line, its name, or what is said of it."""
        row = self.rows[index.row()]
        said = {ROW: row, Qt.ItemDataRole.DisplayRole: row.name, Qt.ItemDataRole.AccessibleTextRole: row.spoken}
        return tip(row.spoken) if role == Qt.ItemDataRole.ToolTipRole else said.get(role)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        if self.rows[index.row()].kind == "heading":
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class FacetDelegate(QStyledItemDelegate):
    """A name, a bar, a number; a tick where it is pressed."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """Heights are fixed."""
        return QSize(0, HEIGHTS[index.data(ROW).kind])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one line."""
        row, rect, c = index.data(ROW), QRect(option.rect), colours()
        painter.save()
        prepare(painter)
        painter.translate(rect.topLeft())
        ground = QRectF(8, 1, rect.width() - 8, rect.height() - 2)
        if row.is_pressed:
            box(painter, ground, RADIUS, c.select)
        elif option.state & QStyle.StateFlag.State_MouseOver and row.kind == "value":
            box(painter, ground, RADIUS, c.idle)
        if self._view.hasFocus() and self._view.currentIndex() == index:
            box(painter, ground, RADIUS, None, c.accent, 2)
        if row.kind == "heading":
            text(painter, EDGE, 25, row.name, font(CAPTION, 600), c.faint)
        elif row.kind == "more":
            text(painter, EDGE, 18, row.name, font(META, 500), c.accent)
        else:
            _draw_value(painter, row, rect.width() - EDGE + SCROLLBAR)
        painter.restore()


def _draw_value(p: QPainter, row: Row, right: float) -> None:
    c, left = colours(), float(EDGE)
    if row.is_pressed:
        icons.draw(p, left, 7, "check", c.accent, 14)
        left += 20
    room = right - left
    if row.count is not None:
        text(p, right, 18, number(row.count), figures(META, 500), c.dim if row.is_pressed else c.faint, right=True)
        box(p, QRectF(right - 54, 12, 24, 4), 2, c.track)
        if row.share:
            box(p, QRectF(right - 54, 12, max(4.0, 24 * row.share), 4), 2, c.accent if row.is_pressed else c.ink)
        room -= 62
    text(p, left, 18, row.name, font(BASE, 600 if row.is_pressed else 400), c.text, room)


class FacetList(QListView):
    """The lines, with their keys."""

    pressed_row = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = FacetModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(FacetDelegate(self))
        self.setAccessibleName("Narrow the search")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        keep_bar_room(self)

    def event(self, event: QEvent) -> bool:
        """Space presses here, whatever it does elsewhere."""
        if event.type() == event.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Press the line that the keys are at."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and index.isValid():
            self.pressed_row.emit(self.lines.rows[index.row()])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Press the line under the mouse."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.pressed_row.emit(self.lines.rows[index.row()])

    def show_rows(self, rows: list[Row]) -> None:
        """Show other lines; the keys stay at what they were at, and nothing scrolls."""
        index, bar = self.currentIndex(), self.verticalScrollBar()
        here, place = (self.lines.rows[index.row()] if index.isValid() else None), bar.value()
        self.lines.show_rows(rows)
        if here is not None:
            same = [
                at for at, row in enumerate(rows) if (row.kind, row.clause, row.group) == (here.kind, here.clause, here.group)
            ]
            self.setAutoScroll(False)
            self.setCurrentIndex(self.lines.index(same[0]) if same else QModelIndex())
            self.setAutoScroll(True)
        self.doItemsLayout()
        bar.setValue(place)


class Facets(Ground):
    """Takes the sidebar's place while one searches, so that the list does not move."""

    def __init__(self, view: View, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("chrome", parent)
        self._view = view
        self._answer: Answer | None = None
        self._opened: frozenset[str] = frozenset()
        self._known: dict[str, tuple[str, Mapping[str, int]]] = {}
        self.setAccessibleName("Narrow the search")
        head = Head()
        self.back = _Back()
        self.back.clicked.connect(self._on_back)
        head.row.addWidget(self.back)
        head.row.addStretch()
        self.years = Years()
        self.years.pressed.connect(self._on_year)
        self.list = FacetList()
        self.list.pressed_row.connect(self._on_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.save = _Save(actions["save_search"])
        for part in (head, self.years, self.list, self.save):
            column.addWidget(part)
        view.changed.connect(self._on_view)

    def set_answer(self, answer: Answer | None) -> None:
        """Show what was found; an answer to what is no longer asked is left alone."""
        if answer is not None and answer.query.strip() == self._view.looking.query:
            self._answer = answer
            self._remember(answer)
            self._show()

    def _remember(self, answer: Answer) -> None:
        """Keep what a group counted before one of its values was pressed: from there one goes over to another value."""
        query = narrowed(answer.query)
        for group in ("provider", "language", "year"):
            around = str(query.without(group))
            if not query.names(group):
                self._known[group] = (around, answer.facets.get(group, {}))
            elif self._known.get(group, ("", {}))[0] != around:
                self._known.pop(group, None)

    def _show(self) -> None:
        if self._answer is None:
            return
        query = narrowed(self._answer.query)
        known = {group: counts for group, (_, counts) in self._known.items()}
        self.years.show_years(known.get("year") or self._answer.facets.get("year", {}), frozenset(query.names("year")))
        self.list.show_rows(rows(self._answer, query, self._opened, known))

    def _on_view(self, looking: Looking, _before: Looking) -> None:
        """A new search begins with its groups closed."""
        if not looking.query:
            self._answer, self._opened, self._known = None, frozenset(), {}

    def _on_row(self, row: Row) -> None:
        if row.kind == "more":
            self._opened ^= {row.group}
            self._show()
        elif row.kind == "value":
            self._press(row.clause)

    def _on_year(self, year: str) -> None:
        self._press(Narrowed.clause("year", year))

    def _press(self, clause: str) -> None:
        self._view.look(query=str(narrowed(self._view.looking.query).pressed(clause)))

    def _on_back(self) -> None:
        self._view.look(query="")


class _Back(QToolButton):
    """The way back to the sidebar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("All views")
        self.setAccessibleName("Close the search: all views")
        self.setToolTip("Close the search (Esc in the field)")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFixedHeight(28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._take_colours()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == event.Type.PaletteChange:
            self._take_colours()

    def _take_colours(self) -> None:
        self.setIcon(icons.icon("chevron-left", colours().dim))


class _Save(QAbstractButton):
    """Keeps the search: at the foot, where one has seen what it finds."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("Save this search")
        self.setAccessibleName("Save this search")
        self.setToolTip(action.toolTip())
        self.setFixedHeight(40)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw sign and words; a line under them at the mouse and with the focus."""
        p, c = QPainter(self), colours()
        prepare(p)
        icons.draw(p, EDGE - 4, 13, "bookmark-plus", c.accent, 14)
        taken = text(p, EDGE + 16, 24, self.text(), font(BASE, 600), c.accent, self.width() - EDGE - 24)
        if self.hasFocus() or self.underMouse():
            hline(p, EDGE + 16, 27, taken, c.accent)
