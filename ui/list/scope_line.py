"""Says what the list holds where the sidebar has no line for it, and leads back to everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractButton

from reader.library import Library
from reader.records import Scope
from ui import icons
from ui.paint import apart, box, hline, prepare, text
from ui.theme import META, colours, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from reader.records import Provider, Storyline
    from ui.engine import Engine
    from ui.view import Looking, View

HEIGHT = 32
TOLD = ("storyline", "provider")


class ScopeLine(QAbstractButton):
    """One line over the list; pressed, or with Esc, one looks at everything again."""

    def __init__(self, engine: Engine, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engine, self._view = engine, view
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.leave)
        view.changed.connect(self._on_looking)
        self._on_looking(view.looking, None)

    def leave(self) -> None:
        """Look at everything again."""
        self._view.look(scope=Scope())

    def _on_looking(self, new: Looking, _old: object) -> None:
        scope = new.scope
        self.setVisible(scope.kind in TOLD and not new.query)
        if scope.kind == "storyline":
            self._say("Storyline")
            self._engine.ask(Library.storyline, scope.id).then(self._on_storyline).otherwise(self._on_gone)
        elif scope.kind == "provider":
            self._say("Provider")
            self._engine.ask(Library.providers).then(self._on_providers).otherwise(self._on_gone)

    def _on_storyline(self, storyline: Storyline) -> None:
        if self._view.looking.scope == Scope("storyline", storyline.id, self._view.looking.scope.name):
            self._say(f"Storyline: {apart(storyline.title)}")

    def _on_providers(self, providers: list[Provider]) -> None:
        for provider in providers:
            if self._view.looking.scope.kind == "provider" and provider.id == self._view.looking.scope.id:
                self._say(f"Provider: {apart(provider.name)}")

    def _on_gone(self, _error: object) -> None:
        """What the list holds is gone; the list says so itself by being empty."""

    def _say(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleName(f"{words}; back to everything")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it in one line."""
        p, c = QPainter(self), colours()
        prepare(p)
        p.fillRect(self.rect(), QColor(c.hover if self.underMouse() else c.list))
        hline(p, 0, HEIGHT - 1, self.width(), c.line)
        icons.draw(p, 12, 8, "chevron-left", c.dim, 16)
        back = text(p, self.width() - 26, 20, "Esc", font(META), c.faint, right=True)
        text(p, 34, 20, self.text(), font(META, 600), c.text, self.width() - 34 - 26 - back - 12)
        if self.hasFocus():
            box(p, QRectF(self.rect()).adjusted(4, 3, -4, -2), 4, None, c.accent, 2)
