"""The sentences that prove what reports state, each with its article."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reader.text import stated
from ui.controls import Link, Words
from ui.paint import apart
from ui.phrases import counted, short_time, stated_kind
from ui.popover import EDGE, Popover
from ui.theme import BASE, META, SERIF, font

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.records import ArticleRow, Statement

WIDE = 340
MOST = 4
"""Sentences that are shown."""


class Proofs(Popover):
    """A card with the sentences in which a statement is made; the name of a provider leads to its article."""

    article_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(WIDE, parent)
        self.setAccessibleName("The sentences that state it")
        self._articles: dict[Link, int] = {}

    def show_proofs(self, statement: Statement, rows: Mapping[int, ArticleRow], at: QPoint, window: QWidget) -> None:
        """Show who states this, in which words."""
        self._articles.clear()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(EDGE, EDGE - 2, EDGE, EDGE)
        column.setSpacing(2)
        column.addWidget(Words(stated_kind(statement.kind, statement.value), META, role="faint"))
        column.addWidget(Words(stated(statement.kind, statement.value), BASE, 600, wrap=True))
        told = [fact for fact in statement.proofs if fact.article in rows]
        for fact in told[:MOST]:
            column.addSpacing(12)
            sentence = Words(fact.sentence, BASE, wrap=True)
            sentence.setFont(font(15, 400, SERIF))
            column.addWidget(sentence)
            column.addWidget(self._source(rows[fact.article]))
        if len(told) > MOST:
            column.addSpacing(8)
            column.addWidget(Words(f"and {counted(len(told) - MOST, 'more report', 'more reports')}", META, role="faint"))
        self.fill(content)
        self.open_at(at, window)

    def _source(self, row: ArticleRow) -> QWidget:
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 2, 0, 0)
        across.setSpacing(6)
        link = Link(apart(row.provider or "Unknown provider"))
        link.setAccessibleDescription(row.title)
        link.clicked.connect(self._on_pressed)
        self._articles[link] = row.id
        across.addWidget(link)
        across.addWidget(Words(short_time(row.date, datetime.now(UTC)), META, role="faint"))
        across.addStretch(1)
        return line

    def _on_pressed(self) -> None:
        link = self.sender()
        if isinstance(link, Link):
            article = self._articles[link]
            self.close_card()
            self.article_wanted.emit(article)
