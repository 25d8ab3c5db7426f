"""What a search says of itself: a better word, what was not understood and where, what was cut. Nothing where all is well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.controls import Link, Words
from ui.forms import Sign, breakable, column, row
from ui.paint import apart, box, prepare
from ui.theme import META, RADIUS, colours

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from reader.store.search import Answer

MOST_NOTICES = 3
_SHORT = 48
"""Characters of a query that are repeated in a sentence …"""
_LONG = 240
"""… and of what is said of it: that may repeat a word of it."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a search says. `does` is what its link does: search `query`, or go to `position` in it."""

    icon: str
    role: str
    words: str
    link: str = ""
    query: str = ""
    position: int = -1


def remarks(answer: Answer) -> tuple[Remark, ...]:
    """What is to be said of an answer."""
    return (*_meant(answer), *_problems(answer), *_notices(answer))


def _meant(answer: Answer) -> tuple[Remark, ...]:
    meant = answer.did_you_mean
    if not meant:
        return ()
    words = "" if answer.total else f"No article has {apart(_short(answer.query))}."
    return (Remark("spell-check", "accent", words, f"Did you mean {apart(_short(meant))}?", query=meant),)


def _problems(answer: Answer) -> tuple[Remark, ...]:
    return tuple(
        Remark("triangle-alert", "warn", _sentence(problem.why), "Show where", position=problem.position)
        for problem in answer.problems
    )


def _notices(answer: Answer) -> tuple[Remark, ...]:
    """What else is to be known; the answer repeats its problems there first."""
    rest = answer.notices[len(answer.problems) :]
    return tuple(Remark("info", "dim", _sentence(notice)) for notice in rest[:MOST_NOTICES])


def _sentence(words: str) -> str:
    short = words if len(words) <= _LONG else f"{words[:_LONG]}…"
    return f"{short[:1].upper()}{short[1:]}".rstrip(".") + "."


def _short(query: str) -> str:
    return query if len(query) <= _SHORT else f"{query[:_SHORT]}…"


class Understood(QWidget):
    """The strip under the field. It is not there while there is nothing to say."""

    searched = Signal(str)
    """Another query was chosen."""
    place_wanted = Signal(int)
    """The place of the query that was not understood is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("About this search")
        self.remarks: tuple[Remark, ...] = ()
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 8, 20, 12)
        self._column.setSpacing(6)
        self.hide()

    def say(self, remarks: tuple[Remark, ...]) -> None:
        """Say these things, and nothing else."""
        if remarks == self.remarks:
            return
        self.remarks = remarks
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [_Line(remark, self) for remark in remarks]
        for line in self._lines:
            self._column.addWidget(line)
        self.setAccessibleDescription(" ".join(f"{remark.words} {remark.link}".strip() for remark in remarks))
        self.setVisible(bool(remarks))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ground."""
        p = QPainter(self)
        prepare(p)
        box(p, QRectF(self.rect()).adjusted(10, 0, -10, -6), RADIUS, colours().select)


class _Line(QWidget):
    """One remark: its sign, its words, and what can be done about it."""

    def __init__(self, remark: Remark, strip: Understood) -> None:
        super().__init__(strip)
        self._remark, self._strip = remark, strip
        parts: list[QWidget] = []
        if remark.words:
            parts.append(Words(breakable(remark.words), META, role="text", wrap=True))
        if remark.link:
            link = Link(remark.link)
            link.clicked.connect(self._on_pressed)
            parts.append(link)
        sign = Sign(remark.icon, remark.role)
        inner = row(column(sign, None), column(*parts), spacing=8)
        inner.setStretch(1, 1)
        self.setLayout(inner)

    def _on_pressed(self) -> None:
        if self._remark.query:
            self._strip.searched.emit(self._remark.query)
        else:
            self._strip.place_wanted.emit(self._remark.position)
