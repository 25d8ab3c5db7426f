"""A saved search: its name, its query, its alert, and its test, whose misses are named while one writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from reader.errors import QueryError
from reader.library import Library
from ui import icons, phrases
from ui.asking import Asking
from ui.controls import IconButton, Words
from ui.forms import Form, Sheet, Tick, button, column, row
from ui.paint import apart, box, prepare, text
from ui.theme import META, RADIUS, colours, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from reader.records import ArticleRow, Miss, SavedSearch
    from reader.store.search import Answer
    from ui.engine import Engine

WIDE, TYPED_MS, HIGH = 620, 250, 76
LOOKED_AT = 200
"""How many articles of an answer are compared with a test that is not kept yet."""
TEST = "Articles that it must find and must not find. They are looked for at every change of the query."
NOBODY = "Choose results first, add them with +"
NAMED = 3
"""How many misses are named; the others are counted."""


class Named(QListWidget):
    """Articles of a test by their titles, each with a sign whether the query gets it right. Delete takes one out."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedHeight(HIGH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._wrong: frozenset[int] = frozenset()

    @property
    def ids(self) -> list[int]:
        """The articles."""
        return [self.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.count())]

    def add(self, articles: Sequence[ArticleRow]) -> None:
        """Put articles at the end that are not there yet."""
        for article in articles:
            if article.id not in self.ids:
                item = QListWidgetItem(article.title or "Untitled", self)
                item.setData(Qt.ItemDataRole.UserRole, article.id)
        self.mark(self._wrong)
        self.changed.emit()

    def take_out(self) -> None:
        """Take the chosen one out."""
        if self.currentRow() >= 0:
            self.takeItem(self.currentRow())
            self.changed.emit()

    def mark(self, wrong: frozenset[int]) -> None:
        """Say which ones the query gets wrong."""
        self._wrong, c = wrong, colours()
        for at in range(self.count()):
            item = self.item(at)
            is_wrong = item.data(Qt.ItemDataRole.UserRole) in wrong
            item.setIcon(icons.icon("triangle-alert", c.warn, 14) if is_wrong else icons.icon("check", c.good, 14))
            said = "wrong" if is_wrong else "right"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {said}")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_wrong"):
            self.mark(self._wrong)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw its edge, and how it is filled while it is empty."""
        p, c, inside = QPainter(self.viewport()), colours(), QRectF(self.viewport().rect())
        prepare(p)
        box(p, inside, RADIUS, c.page, c.accent if self.hasFocus() else c.edge)
        if not self.count():
            text(p, 10, 22, NOBODY, font(META), c.faint, inside.width() - 20)
        p.end()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete takes out."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take_out()
        else:
            super().keyPressEvent(event)


class SearchSheet(Sheet):
    """Saves a search or changes one; both can be undone."""

    saved = Signal()

    def __init__(self, engine: Engine, chosen: Sequence[ArticleRow] = (), parent: QWidget | None = None) -> None:
        super().__init__("Save this search", parent, WIDE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._engine, self._chosen = engine, chosen
        self._search: SavedSearch | None = None
        self._came: set[str] = set()
        self._make_fields()
        self._make_test()
        self.save_button = button("Save the search", self.save, filled=True)
        self.foot.addStretch(1)
        self.foot.addWidget(button("Cancel", self.reject))
        self.foot.addWidget(self.save_button)
        self._typed = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._typed.timeout.connect(self._check)
        self._misses, self._found = Asking(engine, self), Asking(engine, self)
        self._misses.answered.connect(self._on_misses)
        self._misses.failed.connect(self._on_not_checked)
        self._found.answered.connect(self._on_found)
        self._found.failed.connect(self._on_not_checked)

    def _make_fields(self) -> None:
        self.name, self.query = QLineEdit(), QLineEdit()
        self.name.setMaxLength(200)
        self.name.textChanged.connect(self._on_named)
        self.query.textChanged.connect(self._on_typed)
        self.alert = Tick("Tell me of new articles that it finds")
        form = Form(labels=56)
        self.rows = {"name": form.add("Name", self.name), "query": form.add("Query", self.query)}
        form.add("Alert", self.alert)
        self.body.addWidget(form)

    def _make_test(self) -> None:
        self.must, self.must_not = Named("Must find"), Named("Must not find")
        self.body.addLayout(column(6, Words("Its test", weight=600), 2, Words(TEST, META, role="faint", wrap=True), 12))
        add = f"Add {phrases.counted(len(self._chosen), 'chosen article')}"
        self.add_buttons: list[IconButton] = []
        lists = row(spacing=16)
        for named, adding in ((self.must, self._add_must), (self.must_not, self._add_must_not)):
            plus = IconButton("plus", f"{named.accessibleName()}: {add[:1].lower()}{add[1:]}")
            minus = IconButton("minus", "Take out")
            plus.setEnabled(bool(self._chosen))
            plus.clicked.connect(adding)
            minus.clicked.connect(named.take_out)
            named.changed.connect(self._check_soon)
            self.add_buttons.append(plus)
            lists.addLayout(column(row(Words(named.accessibleName(), role="dim"), None, plus, minus, spacing=2), 4, named))
        self.verdict = Words("", META, role="dim", wrap=True)
        self.body.addLayout(lists)
        self.body.addLayout(column(8, self.verdict))

    def save_new(self, query: str) -> None:
        """Open for a search that is not kept yet."""
        self.query.setText(query)
        self.name.setText(" ".join(query.replace('"', " ").split())[:60])
        self._open()

    def edit(self, search: SavedSearch) -> None:
        """Open for one that is."""
        self._search = search
        self.setWindowTitle("Edit the search")
        self.setAccessibleName("Edit the search")
        self.heading.setText("Edit the search")
        self.name.setText(search.name)
        self.query.setText(search.query)
        self.alert.setChecked(search.alert)
        self._engine.ask(Library.article_rows, list(search.must)).then(self._on_must)
        self._engine.ask(Library.article_rows, list(search.must_not)).then(self._on_must_not)
        self._open()

    def _open(self) -> None:
        self.open()
        self.name.setFocus()
        self.name.selectAll()
        self._check()

    @property
    def _test(self) -> dict[str, list[int]]:
        """Both lists as they are to be kept; one whose rows have not come yet stays as it is."""
        if self._search is None:
            return {"must": self.must.ids, "must_not": self.must_not.ids}
        must = () if "must" in self._came else self._search.must
        must_not = () if "must_not" in self._came else self._search.must_not
        return {"must": [*must, *self.must.ids], "must_not": [*must_not, *self.must_not.ids]}

    def _on_must(self, articles: list[ArticleRow]) -> None:
        self._came.add("must")
        self.must.add(articles)

    def _on_must_not(self, articles: list[ArticleRow]) -> None:
        self._came.add("must_not")
        self.must_not.add(articles)

    def save(self) -> None:
        """Keep it; what is refused is said where it was written."""
        name, query = self.name.text().strip(), self.query.text().strip()
        self.rows["name"].say("" if name else "A search needs a name.")
        self.rows["query"].say("" if query else "A search needs a query.")
        if not (name and query) or not self.save_button.isEnabled():
            return
        self.save_button.setEnabled(False)
        alert, test = self.alert.isChecked(), self._test
        if self._search is None:
            made = self._engine.call(Library.save_search, name, query, alert=alert, **test)
            made.then(self._on_saved).otherwise(self._on_refused)
            return
        id = self._search.id
        task = self._engine.call(
            Library.edit_search, id, name=name, query=query, alert=alert, must=test["must"], must_not=test["must_not"]
        )
        task.then(self._on_saved).otherwise(self._on_refused)

    def _on_saved(self, _id: object) -> None:
        self._engine.start(Library.bring_level)
        self.saved.emit()
        self.accept()

    def _on_refused(self, error: object) -> None:
        self.save_button.setEnabled(True)
        self.rows["query" if isinstance(error, QueryError) else "name"].say(phrases.error(error))

    # The test

    def _add_must(self) -> None:
        self._add(self.must, self.must_not)

    def _add_must_not(self) -> None:
        self._add(self.must_not, self.must)

    def _add(self, to: Named, other: Named) -> None:
        """What stands in the other list stays there: nothing can be both."""
        to.add([article for article in self._chosen if article.id not in other.ids])

    def _on_named(self) -> None:
        self.rows["name"].say("")

    def _on_typed(self) -> None:
        self.rows["query"].say("")
        self._check_soon()

    def _check_soon(self) -> None:
        self._typed.start()

    def _check(self) -> None:
        """Ask what the test makes of the query now: of what is kept exactly, of what is not yet by what the query finds."""
        self._typed.stop()
        self._misses.forget()
        self._found.forget()
        query, kept = self.query.text().strip(), {*self._search.must, *self._search.must_not} if self._search else set[int]()
        tested = {*self.must.ids, *self.must_not.ids}
        if not query or not tested:
            self.verdict.setText("")
        elif self._search is not None and tested <= kept:
            self._misses.ask(Library.check_search, self._search.id, query)
        else:
            self._found.ask(Library.look_up, query, limit=LOOKED_AT)

    def _on_misses(self, misses: list[Miss]) -> None:
        lists = {True: self.must.ids, False: self.must_not.ids}
        self._say(frozenset(miss.article for miss in misses if miss.article in lists[miss.wanted]))

    def _on_found(self, answer: Answer) -> None:
        found = {hit.id for hit in answer.hits}
        unsure = answer.total > len(found)
        lost = frozenset(self.must.ids) - found
        self._say((frozenset() if unsure else lost) | (found & frozenset(self.must_not.ids)), unsure=unsure and bool(lost))

    def _say(self, wrong: frozenset[int], *, unsure: bool = False) -> None:
        self.must.mark(wrong)
        self.must_not.mark(wrong)
        titles = {named.item(at).data(Qt.ItemDataRole.UserRole): named.item(at).text() for named in (self.must, self.must_not)
                  for at in range(named.count())}  # fmt: skip
        lost = [titles[id] for id in self.must.ids if id in wrong]
        strange = [titles[id] for id in self.must_not.ids if id in wrong]
        said = [words for words in (_naming("It misses", lost), _naming("It finds, and must not,", strange)) if words]
        if unsure:
            said.append("It finds a great many articles: the rest of the test is looked at when it is saved.")
        self.verdict.set_role("warn" if wrong else "dim")
        self.verdict.setText(" ".join(said) or "The test holds.")

    def _on_not_checked(self, error: object) -> None:
        self.verdict.set_role("warn")
        self.verdict.setText(phrases.error(error))


def _naming(before: str, titles: list[str]) -> str:
    if not titles:
        return ""
    named = ", ".join(f"“{apart(title[:80])}”" for title in titles[:NAMED])
    more = f" and {len(titles) - NAMED} more" if len(titles) > NAMED else ""
    return f"{before} {named}{more}."
