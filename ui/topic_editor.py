"""A topic: its name, its query, and while one writes, what the query finds and what is not understood of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from reader.errors import QueryError
from reader.library import Library
from ui import phrases
from ui.asking import Asking
from ui.controls import Link, Words
from ui.forms import Form, Sheet, button, row, tip
from ui.paint import marked, prepare, text, width
from ui.theme import BASE, META, colours, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.records import ArticleRow, Thread, Topic
    from reader.store.search import Answer, Hit
    from ui.engine import Engine

WIDE, QUERY_HEIGHT, LINE = 600, 112, 24
TYPED_MS = 250
SHOWN, MISSED = 5, 4
DAYS = 30
"""How far back is said what a topic would have brought."""
HINT = "As in the search: OR, NOT, “a phrase”, biometri*, title:wallet. Whatever arrives is looked at with it."


class Found(QWidget):
    """The first articles that a query finds, or misses: a title and a provider a line."""

    def __init__(self, name: str = "What it finds", most: int = SHOWN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[tuple[int, str, Sequence[tuple[int, int]]]] = ()
        self._providers: dict[int, str] = {}
        self._most = most
        self.setFixedHeight(most * LINE)
        self.setAccessibleName(name)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show these; the providers come later."""
        self._lines = [(hit.id, hit.title.text, hit.title.matches) for hit in hits]
        self._tell()

    def show_rows(self, rows: Sequence[ArticleRow]) -> None:
        """Show these, and be no higher than they are."""
        self._lines = [(row.id, row.title or "Untitled", ()) for row in rows]
        self.setFixedHeight(min(len(rows), self._most) * LINE)
        self.show_providers(rows)

    def show_providers(self, rows: Sequence[ArticleRow]) -> None:
        """Add who reported them."""
        self._providers = {row.id: row.provider for row in rows}
        self._tell()

    def _tell(self) -> None:
        said = [f"{title}, {self._providers.get(id, '')}".rstrip(", ") for id, title, _ in self._lines]
        self.setAccessibleDescription("; ".join(said))
        self.setToolTip(tip("; ".join(said)))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for all lines, so that nothing moves."""
        return QSize(300, self._most * LINE)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the lines."""
        p, c = QPainter(self), colours()
        prepare(p)
        for place, (id, title, matches) in enumerate(self._lines[: self._most]):
            baseline, provider = place * LINE + 17, self._providers.get(id, "")
            aside = min(width(provider, font(META)), 160.0)
            text(p, self.width(), baseline, provider, font(META), c.faint, 160, right=True)
            marked(p, 0, baseline, title, matches, font(BASE), c.text, self.width() - aside - 16)


class TopicEditor(Sheet):
    """Makes a topic or changes one; both can be undone."""

    saved = Signal()

    def __init__(self, engine: Engine, parent: QWidget | None = None) -> None:
        super().__init__("New topic", parent, WIDE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._engine = engine
        self._id: int | None = None
        self._asked = ""
        self._tried: tuple[ArticleRow, ...] = ()
        self._position = 0
        self._make_fields()
        self._looking, self._lately = Asking(engine, self), Asking(engine, self)
        self._looking.answered.connect(self._on_answer)
        self._looking.failed.connect(self._on_failed)
        self._lately.answered.connect(self._on_recent)
        self._lately.failed.connect(engine.failed)
        self._typed = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._typed.timeout.connect(self._check)
        self._look()

    def _make_fields(self) -> None:
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.name.textChanged.connect(self._on_named)
        self.query = QPlainTextEdit()
        self.query.setFixedHeight(QUERY_HEIGHT)
        self.query.setTabChangesFocus(True)
        self.query.textChanged.connect(self._on_typed)
        self.query.installEventFilter(self)
        form = Form(labels=56)
        self.rows = {"name": form.add("Name", self.name), "query": form.add("Query", self.query, HINT)}
        self.count = Words("", META, 600, wrap=True)
        self.show_place = Link("Show where")
        self.show_place.clicked.connect(self._on_place)
        self.recent = Words("", META, role="faint")
        self.found = Found()
        self.missing = Words("", META, 600, wrap=True)
        self.missed = Found("What it misses of the thread that you look at", MISSED)
        for part in (self.missing, self.missed):
            part.hide()
        self.body.addWidget(form)
        above = row(self.count, self.show_place)
        above.setStretch(0, 1)
        self.body.addLayout(above)
        self.body.addWidget(self.recent)
        self.body.addSpacing(6)
        self.body.addWidget(self.found)
        self.body.addSpacing(10)
        self.body.addWidget(self.missing)
        self.body.addSpacing(4)
        self.body.addWidget(self.missed)
        self.save_button = button("Save the topic", self.save, filled=True)
        self.cancel_button = button("Cancel", self.reject)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.save_button)

    def edit(self, id: int | None = None, thread: int | None = None) -> None:
        """Open for a topic, or for a new one; it is tried on the articles of a thread, too."""
        self._id = id
        if thread is not None:
            self._engine.ask(Library.thread, thread).then(self._on_thread).otherwise(self._on_no_thread)
        if id is not None:
            self.setWindowTitle("Edit topic")
            self.setAccessibleName("Edit topic")
            self.heading.setText("Edit topic")
            self._engine.ask(Library.topics).then(self._on_topics)
        self.open()
        self.name.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter saves, Shift and Enter begins a line."""
        if (
            watched is self.query
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.save()
            return True
        return super().eventFilter(watched, event)

    @property
    def written(self) -> str:
        """The query as it is written, on one line."""
        return " ".join(self.query.toPlainText().split())

    def save(self) -> None:
        """Keep it; what is refused is said where it was written."""
        name = self.name.text().strip()
        self.rows["name"].say("" if name else "A topic needs a name.")
        self.rows["query"].say("" if self.written else "A topic needs a query.")
        if not (name and self.written) or not self.save_button.isEnabled():
            return
        self.save_button.setEnabled(False)
        if self._id is None:
            self._engine.call(Library.add_topic, name, self.written).then(self._on_saved).otherwise(self._on_refused)
        else:
            self._engine.call(Library.edit_topic, self._id, name, self.written).then(self._on_saved).otherwise(self._on_refused)

    def _on_topics(self, topics: list[Topic]) -> None:
        for topic in topics:
            if topic.id == self._id and not self.name.text() and not self.written:
                self.name.setText(topic.name)
                self.query.setPlainText(topic.query)
                self.name.selectAll()

    def _on_named(self) -> None:
        self.rows["name"].say("")

    def _on_typed(self) -> None:
        self.rows["query"].say("")
        self._typed.start()
        if not self.written:
            self._look()

    def _check(self) -> None:
        """Ask what the query finds now."""
        self._asked = self.written
        if self._asked:
            self._looking.ask(Library.look_up, self._asked, limit=SHOWN)

    def _on_answer(self, answer: Answer) -> None:
        if answer.query == self._asked == self.written:
            self._look(answer)
            self._engine.ask(Library.article_rows, [hit.id for hit in answer.hits]).then(self.found.show_providers)
            self._try(answer)

    def _on_thread(self, thread: Thread) -> None:
        self._tried = tuple(member.row for member in thread.members if not member.row.hidden)
        if self.written:
            self._typed.start()

    def _on_no_thread(self, _error: object) -> None:
        """The thread is gone: the query is tried without it."""

    def _try(self, answer: Answer) -> None:
        """What it would have brought lately, and what of the thread that is looked at it does not find."""
        if answer.problems:
            self._show_missed(None)
            return
        self._lately.ask(Library.look_up, f"({answer.query}) date:<{DAYS}d", limit=1)
        if self._tried:
            ids = [row.id for row in self._tried]
            self._engine.ask(Library.found_among, answer.query, ids).then(self._on_found_among).otherwise(self._on_failed)

    def _on_recent(self, answer: Answer) -> None:
        if answer.query == f"({self._asked}) date:<{DAYS}d" and self._asked == self.written:
            self.recent.setText(f"It would have brought {phrases.counted(answer.total, 'article')} of the last {DAYS} days")

    def _on_found_among(self, ids: list[int]) -> None:
        if self._asked == self.written:
            self._show_missed([row for row in self._tried if row.id not in ids])

    def _show_missed(self, rows: Sequence[ArticleRow] | None) -> None:
        """List what is missed; `None`: it was not tried."""
        self.missing.setVisible(rows is not None)
        self.missed.setVisible(bool(rows))
        if rows is not None:
            of = phrases.counted(len(self._tried), "article")
            self.missing.set_role("warn" if rows else "good")
            told = f"Misses {len(rows)} of the {of} of the thread that you look at"
            self.missing.setText(told if rows else f"Finds all of the thread that you look at: {of}")
            self.missed.show_rows(rows)

    def _look(self, answer: Answer | None = None) -> None:
        """Show what was found, and what was not understood."""
        problem = answer.problems[0] if answer and answer.problems else None
        self.found.show_hits(answer.hits if answer else ())
        self.show_place.setVisible(problem is not None)
        self.count.set_role("warn" if problem else "text" if answer and answer.total else "faint")
        if problem is not None:
            self._position = problem.position
            self.count.setText(f"{problem.why[:1].upper()}{problem.why[1:]}.")
        elif answer is not None:
            self.count.setText(f"{phrases.counted(answer.total, 'article')} by now" if answer.total else "No article by now")
        else:
            self.count.setText("What it finds is shown here while you write")
        if answer is None or problem is not None:
            self.recent.setText("")
            self._show_missed(None)

    def _on_place(self) -> None:
        """Put the cursor where the query is not understood."""
        cursor = self.query.textCursor()
        if self.query.toPlainText() != self.written:  # the place is one in the query as it is asked, on one line
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(self.written)
        cursor.setPosition(min(self._position, len(self.query.toPlainText())))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        self.query.setTextCursor(cursor)
        self.query.setFocus()

    def _on_saved(self, _id: object) -> None:
        self._engine.start(Library.bring_level)
        self.saved.emit()
        self.accept()

    def _on_refused(self, error: object) -> None:
        self.save_button.setEnabled(True)
        self.rows["query" if isinstance(error, QueryError) else "name"].say(phrases.error(error))

    def _on_failed(self, error: object) -> None:
        self.rows["query"].say(phrases.error(error))
