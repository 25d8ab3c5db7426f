"""Every command and every place, by typing a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.library import Library
from reader.records import Scope
from ui import icons
from ui.asking import Asking
from ui.controls import Words
from ui.forms import Rule, row
from ui.overlay import FIELD, Overlay
from ui.paint import box, fitting, prepare, text, width
from ui.palette.model import CHOICE, Choice, ChoiceModel, articles, commands, offered, places, threads
from ui.theme import BASE, CAPTION, META, RADIUS, colours, figures, font
from ui.view import Selection

if TYPE_CHECKING:
    from reader.records import ArticleRow, Feed, ThreadRow, Topic
    from reader.store.search import Answer
    from ui.actions import Actions
    from ui.engine import Engine
    from ui.view import View

WIDE = 560
LINE, HEADING, FOOT = 34, 30, 34
TALLEST = 420
"""Of the list; with more it scrolls."""
TYPED_MS = 120
FOUND = 8

_Index = QModelIndex | QPersistentModelIndex


class ChoiceDelegate(QStyledItemDelegate):
    """An icon, words with the typed letters in the accent, and at the right keys, a count or a provider."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """Heights are fixed."""
        return QSize(0, HEADING if index.data(CHOICE).is_heading else LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one line."""
        choice, rect, c = index.data(CHOICE), QRect(option.rect), colours()
        painter.save()
        prepare(painter)
        painter.translate(rect.topLeft())
        if choice.is_heading:
            text(painter, 18, 22, choice.words, font(CAPTION, 600), c.faint)
        else:
            _draw(painter, choice, rect.width(), is_chosen=bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()


def _draw(p: QPainter, choice: Choice, wide: float, *, is_chosen: bool) -> None:
    c = colours()
    if is_chosen:
        box(p, QRectF(8, 1, wide - 16, LINE - 2), RADIUS, c.select)
    icons.draw(p, 18, 9, choice.icon, c.accent if is_chosen else c.dim)
    aside = figures(META) if choice.action is None and choice.scope is not None else font(META)
    room = min(180.0, width(choice.aside, aside))
    text(p, wide - 18, 22, choice.aside, aside, c.dim if is_chosen else c.faint, 180, right=True)
    _draw_words(p, choice, wide - 46 - 18 - room - (16 if room else 0))


def _draw_words(p: QPainter, choice: Choice, room: float) -> None:
    c, plain = colours(), font(BASE)
    shown = fitting(choice.words, plain, room)
    layout, formats = QTextLayout(shown, plain), []
    for start, end in choice.spans:
        if start < len(shown):
            found, look = QTextLayout.FormatRange(), QTextCharFormat()
            look.setForeground(QColor(c.accent))
            look.setFontWeight(600)
            found.start, found.length, found.format = start, min(end, len(shown)) - start, look
            formats.append(found)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1e6)
    layout.endLayout()
    p.setPen(QColor(c.text))
    layout.draw(p, QPointF(46, 22 - line.ascent()))


class Palette(Overlay):
    """A card over the window: one field, and below it what fits."""

    def __init__(self, engine: Engine, view: View, actions: Actions, parent: QWidget) -> None:
        super().__init__(WIDE, parent)
        self._engine, self._view, self._actions = engine, view, actions
        self._topics: list[Topic] = []
        self._feeds: list[Feed] = []
        self._rows: list[ArticleRow] = []
        self._found: list[Choice] = []
        self._known: list[Choice] = []
        self._build()
        self._looking = Asking(engine, self)
        self._looking.answered.connect(self._on_answer)
        self._looking.failed.connect(engine.failed)
        self._typed = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._typed.timeout.connect(self._search)
        self.hide()

    def _build(self) -> None:
        self.setAccessibleName("Go to, or do")
        self.field.setAccessibleName("Command, place, thread or article")
        self.field.setPlaceholderText("Go to, or do …")
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.list = QListView()
        self.list.setAccessibleName("What fits")
        self.choices = ChoiceModel(self)
        self.list.setModel(self.choices)
        self.list.setItemDelegate(ChoiceDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)
        self.list.clicked.connect(self._run)
        self.list.entered.connect(self._on_pointed)
        self._nothing = Words("", META, role="dim")
        self._nothing.setContentsMargins(18, 10, 18, 10)
        foot = QWidget()
        foot.setFixedHeight(FOOT)
        ends = Words("Enter goes there, Esc closes", META, role="faint")
        foot.setLayout(row(18, Words("Every change can be undone", META, role="faint"), None, ends, 18, spacing=0))
        for part in (self.list, self._nothing, Rule(), foot):
            self.column.addWidget(part)

    def open(self) -> None:
        """Open empty, with the focus in the field."""
        self._ask()
        self._found = []
        self.field.clear()
        self._make_known()
        self._offer()
        super().open()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Search for nothing more."""
        super().hideEvent(event)
        self._typed.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The field's arrows move in the list."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Backtab: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self._go(self.choices.next_to(self.list.currentIndex().row(), steps[key]))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            for _ in range(8):
                self._go(self.choices.next_to(self.list.currentIndex().row(), 1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_card()
        else:
            return False
        return True

    def _go(self, at: int) -> None:
        if at >= 0:
            index = self.choices.index(at)
            self.list.setCurrentIndex(index)
            if at == 1:
                self.list.scrollToTop()  # with its heading
            self.field.setAccessibleDescription(index.data(CHOICE).spoken)

    def _on_pointed(self, index: QModelIndex) -> None:
        if not index.data(CHOICE).is_heading:
            self.list.setCurrentIndex(index)

    # What there is

    def _ask(self) -> None:
        self._engine.ask(Library.topics).then(self._on_topics)
        self._engine.ask(Library.feeds).then(self._on_feeds)

    def _on_topics(self, topics: list[Topic]) -> None:
        self._topics = topics
        self._refresh()

    def _on_feeds(self, feeds: list[Feed]) -> None:
        self._feeds = feeds
        self._refresh()

    def _refresh(self) -> None:
        if self.isVisible():
            self._make_known()
            self._offer(keep=True)

    def _make_known(self) -> None:
        """Everything but what a search finds."""
        self._known = [*commands(self._actions), *places(self._topics, self._feeds)]

    # What is typed

    def _on_typed(self, typed: str) -> None:
        self._found = []
        self._offer()
        if typed.strip():
            self._typed.start()
        else:
            self._typed.stop()

    def _search(self) -> None:
        self._looking.ask(Library.look_up, self.field.text(), limit=FOUND, unfinished=True)

    def _on_answer(self, answer: Answer) -> None:
        if answer.query == self.field.text() and answer.hits:
            self._engine.ask(Library.article_rows, [hit.id for hit in answer.hits]).then(self._on_rows)

    def _on_rows(self, rows: list[ArticleRow]) -> None:
        self._rows = rows
        ids = list(dict.fromkeys(row.thread for row in rows if row.thread is not None))
        self._engine.ask(Library.thread_rows, ids).then(self._on_threads)

    def _on_threads(self, rows: list[ThreadRow]) -> None:
        """A thread of several articles stands for those of them that are called like it."""
        if not (self.field.text().strip() and self.isVisible()):
            return
        several = [row for row in rows if row.size > 1]
        said = {row.title for row in several}
        self._found = [*threads(several), *articles(row for row in self._rows if row.title not in said)]
        self._offer(keep=True)

    def _offer(self, *, keep: bool = False) -> None:
        """Offer what fits; with `keep` what was chosen stays chosen, if it is still there."""
        index = self.list.currentIndex()
        chosen = index.data(CHOICE) if keep and index.isValid() else None
        typed = self.field.text().strip()
        made = offered(typed, self._known, self._found)
        self.choices.offer(made)
        same = [
            at for at, choice in enumerate(made) if chosen and (choice.section, choice.words) == (chosen.section, chosen.words)
        ]
        self._go(same[0] if same else self.choices.next_to(0, 1) if made else -1)
        self._nothing.setVisible(not made)
        self._nothing.setText("Nothing has these letters")
        self.list.setVisible(bool(made))
        self.place()

    def place(self) -> None:
        """As high as what is offered, in the middle of the window."""
        wanted = sum(HEADING if choice.is_heading else LINE for choice in self.choices.choices)
        room = self.over.height() - self.top - FIELD - FOOT - 40
        self.list.setFixedHeight(min(wanted + 6, TALLEST, max(LINE, room)))
        self.column.activate()
        self.setFixedHeight(self.sizeHint().height())
        super().place()

    # What is chosen

    def _run(self, index: QModelIndex) -> None:
        choice = index.data(CHOICE) if index.isValid() else None
        if choice is None or choice.is_heading:
            return
        self.close_card()
        if choice.action is not None:
            choice.action.trigger()
        elif choice.scope is not None:
            self._view.look(place="desk", scope=choice.scope, query="")
        else:
            selection = Selection(choice.thread, choice.article, (choice.article,) if choice.article else ())
            self._view.look(place="desk", scope=Scope(), narrowing="all", query="", selection=selection)
