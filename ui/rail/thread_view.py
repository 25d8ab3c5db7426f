"""The rail beside an article: the rest of its thread. It asks the engine, and shows the old thread until the new one is there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reader.errors import NotFound
from reader.library import Library
from ui.controls import Ground, QuietWords
from ui.gathering import Gathering
from ui.paint import HOT, direction, hline, keep_bar_room
from ui.rail.heads import Score
from ui.rail.proofs import WIDE as PROOFS_WIDE
from ui.rail.proofs import Proofs
from ui.rail.rail import Rail, Told
from ui.theme import EMPTY, HEAD, colours

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from reader.records import Changes, Statement, Storyline, Thread
    from reader.settings import Settings
    from reader.shelf import Shelf
    from ui.actions import Actions
    from ui.engine import Engine
    from ui.view import Looking, View

WIDE = (240, 264, 360)
"""The narrowest, the usual, the widest."""
HEAD_HIGH = 76
"""A pane's head and the line under it, so that its hairline stands level with that of the list."""


MOST_RELATED, SHOWN_RELATED = 8, 5
"""So many are asked for, and shown: those that stand in the storyline too are not said again."""


class _Questions(Gathering):
    """What has to be asked about one thread."""

    told = Signal(object)
    """A `Told`, or `None` where the thread is gone."""

    def __init__(self, engine: Engine, shelf: Shelf, thread: int, parent: QObject) -> None:
        super().__init__(engine, parent)
        self._shelf = shelf
        self.whole.connect(self._on_whole)
        self.ask(Library.thread, thread)
        self.ask(Library.related_threads, thread, limit=MOST_RELATED)

    def take(self, name: str, answer: object) -> None:
        """Ask for the storyline of a thread that has one."""
        super().take(name, answer)
        if name == "thread" and self.answers["thread"].storyline is not None:
            self.ask(Library.storyline, self.answers["thread"].storyline)

    def _on_whole(self) -> None:
        """Without its thread there is nothing; without the others there is less to say, and that is all."""
        for error in [error for error in self.errors.values() if not isinstance(error, NotFound)][:1]:
            self._engine.failed.emit(error)
        thread: Thread | None = self.answers.get("thread")
        if thread is None:
            self.told.emit(None)
            return
        storyline: Storyline | None = self.answers.get("storyline")
        story = tuple(self._shelf.thread_rows(storyline.threads)) if storyline else ()
        near = {row.id for row in story}
        related = tuple(row for row in self.answers.get("related_threads", ()) if row.id not in near)[:SHOWN_RELATED]
        self.told.emit(Told(thread, related, storyline, story))


class ThreadView(Ground):
    """Heat and quality of the thread that is looked at, and under them the rest of it."""

    explained = Signal(str, int, QPoint)
    """"heat" and a thread, or "quality" and an article; the point under the number on the screen."""
    article_wanted = Signal(int)
    thread_wanted = Signal(int)
    storyline_wanted = Signal(int)

    def __init__(self, engine: Engine, shelf: Shelf, view: View, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("list", parent)
        self._engine, self._shelf, self._view, self._actions = engine, shelf, view, actions
        self._questions: _Questions | None = None
        self._asked: int | None = None
        self._told: Told | None = None
        self._whole: frozenset[object] = frozenset()
        self._hot = float(HOT)
        self.setMinimumWidth(WIDE[0])
        self.setMaximumWidth(WIDE[2])
        self.setAccessibleName("The rest of this thread")
        self._heat, self._quality = Score("Heat"), Score("Quality")
        self._heat.clicked.connect(self._explain_heat)
        self._quality.clicked.connect(self._explain_quality)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        keep_bar_room(self._scroll)
        self._proofs = Proofs()
        self._proofs.article_wanted.connect(self.article_wanted)
        self._lay_out()
        view.changed.connect(self._on_view)
        engine.changed.connect(self._on_changed)
        engine.ready.connect(self._ask_hot)
        if engine.is_ready:
            self._ask_hot()
        self._follow()

    def _lay_out(self) -> None:
        head = _Head()
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 12, 8, 10)
        row.setSpacing(4)
        row.addWidget(self._heat, 1)
        row.addWidget(self._quality, 1)
        self._head = head
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._scroll, 1)

    @property
    def rail(self) -> Rail | None:
        """What is shown of a thread; `None` where there is none."""
        shown = self._scroll.widget()
        return shown if isinstance(shown, Rail) else None

    @property
    def shown_thread(self) -> int | None:
        """The thread that is shown, which is the old one until the new one is there."""
        return self._told.thread.id if self._told else None

    def focus_rail(self) -> None:
        """Take the focus, on the row of the article that the page shows."""
        row = self.rail.row_to_enter() if self.rail else None
        (row or self._heat).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # What is looked at

    def _on_view(self, _new: Looking, _old: Looking) -> None:
        self._follow()

    def _follow(self) -> None:
        """Show what is looked at now: ask for another thread, or mark another article of this one."""
        chosen = self._view.looking.selection
        wanted = chosen.thread
        if wanted is None:
            self._forget()
            self._show_nothing(grouped=chosen.article is None)
        elif wanted != self._asked:
            self._whole = frozenset()
            self._ask(wanted)
        elif self._told is not None and self._questions is None:
            self._show_article(chosen.article)

    def _on_changed(self, changes: Changes) -> None:
        if changes.settings:
            self._ask_hot()
        told = self._told
        if self._asked is None:
            return
        if self._asked in changes.threads or (told and {member.row.id for member in told.thread.members} & changes.articles):
            self._ask(self._asked)

    def _ask(self, thread: int) -> None:
        self._forget()
        self._asked = thread
        self._questions = _Questions(self._engine, self._shelf, thread, self)
        self._questions.told.connect(self._on_told)

    def _forget(self) -> None:
        """Answers about what was asked last are not wanted any more."""
        self._asked = None
        if self._questions is not None:
            self._questions.told.disconnect(self._on_told)
            self._questions.deleteLater()
            self._questions = None

    def _on_told(self, told: Told | None) -> None:
        if self._questions is not None:
            self._questions.deleteLater()
            self._questions = None
        if told is None or not told.members:
            self._show_nothing(grouped=True)
        else:
            self._show(told)

    def _ask_hot(self) -> None:
        self._engine.ask(Library.settings).then(self._on_settings)

    def _on_settings(self, settings: Settings) -> None:
        if settings.publish_at != self._hot:
            self._hot = settings.publish_at
            if self._told:
                self._show(self._told)

    # Showing

    def _show(self, told: Told) -> None:
        same = self._told is not None and self._told.thread.id == told.thread.id
        self._told = told
        thread = told.thread
        self._heat.tell(thread.heat, direction=direction(thread.momentum), hot=self._hot)
        self._quality.tell(thread.quality, "Head’s quality" if len(told.members) > 1 else "Quality", hot=None)
        self._head.setVisible(True)
        rail = Rail(told, datetime.now(UTC), self._view.looking.selection.article, self._whole, self._hot)
        rail.article_wanted.connect(self.article_wanted)
        rail.thread_wanted.connect(self.thread_wanted)
        rail.storyline_wanted.connect(self.storyline_wanted)
        rail.proof_wanted.connect(self._show_proofs)
        rail.more_wanted.connect(self._show_more)
        rail.entered.connect(self._on_entered)
        self._put(rail, stay=same)

    def _show_nothing(self, *, grouped: bool) -> None:
        self._told = None
        self._head.setVisible(False)
        if grouped:
            title, words = "No thread", "Select an article: who else reported it, and what they agree on, stands here."
        else:
            title, words = "Not grouped yet", "Who else reports this article stands here as soon as Watchdesk has compared it."
        self._put(QuietWords(words, title, "layers", above=HEAD + EMPTY), stay=False)

    def _put(self, content: QWidget, *, stay: bool) -> None:
        """Show other rows. Where the same thread is shown again, neither place nor focus is lost."""
        bar, old = self._scroll.verticalScrollBar(), self.rail
        place = bar.value() if stay else 0
        had = old is not None and old.isAncestorOf(self._focused() or self)
        at = next((number for number, row in enumerate(old.rows) if row.hasFocus()), 0) if old and had else 0
        taken = self._scroll.takeWidget()
        self._scroll.setWidget(content)
        content.setAutoFillBackground(False)  # Qt turns it on
        if taken is not None:
            taken.deleteLater()
        bar.setValue(place)
        if had and isinstance(content, Rail) and content.rows:
            row = content.rows[min(at, len(content.rows) - 1)] if stay else content.row_to_enter()
            if row:
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused(self) -> QWidget | None:
        return self.window().focusWidget()

    def _show_article(self, article: int | None) -> None:
        rail, told = self.rail, self._told
        if rail is None or told is None:
            return
        if article is None or rail.shows(article):
            rail.show_article(article)
        else:  # it stands among those that are folded away
            self._show(told)

    def _show_more(self, part: object) -> None:
        self._whole = self._whole ^ {part}
        if self._told:
            self._show(self._told)

    def _on_entered(self, row: QWidget) -> None:
        self._scroll.ensureWidgetVisible(row, 0, 24)

    # Why

    def _explain_heat(self) -> None:
        if self._told:
            self.explained.emit("heat", self._told.thread.id, self._heat.number_bottom())

    def _explain_quality(self) -> None:
        if self._told:
            self.explained.emit("quality", self._told.thread.head, self._quality.number_bottom())

    def _show_proofs(self, statement: Statement, at: QPoint) -> None:
        if self._told:
            rows = {member.row.id: member.row for member in self._told.members}
            at = QPoint(self.mapToGlobal(QPoint(0, 0)).x() - PROOFS_WIDE, at.y() - 40)  # beside the row, not on it
            self._proofs.show_proofs(statement, rows, at, self.window())


class _Head(QWidget):
    """The strip with the two numbers, closed by a hairline."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEAD_HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the hairline."""
        hline(QPainter(self), 0, self.height() - 1, self.width(), colours().line)
