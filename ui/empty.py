"""What a part shows when it has nothing to show: why, and the one thing to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from ui.controls import Ground, Words
from ui.forms import Sign, breakable, button, column, row
from ui.theme import BASE, META, VIEW

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

WIDE = 300
"""The widest that its sentence is set."""


class Empty(Ground):
    """Set from the left, so far down as `above` says, else in the middle; never a drawing, never an exclamation."""

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str,
        action: QAction | None = None,
        parent: QWidget | None = None,
        role: str = "list",
        above: int | None = None,
    ) -> None:
        super().__init__(role, parent)
        self._action: QAction | None = None
        self._sign = Sign(icon, "faint", 24)
        self._title = Words(title, VIEW, 600, wrap=True)
        self._sentence = Words(sentence, BASE, role="dim", wrap=True)
        self._button = button("")
        self._keys = Words("", META, role="faint")
        inside = QWidget()
        inside.setMaximumWidth(WIDE)
        inside.setLayout(
            column(self._sign, 14, self._title, 6, self._sentence, 14, row(self._button, self._keys, None, spacing=10))
        )
        self._line = row(None, inside, None, spacing=0)
        self._line.setStretch(1, 10)
        if above is None:
            self.setLayout(column(None, self._line, None, None, margins=(28, 16, 28, 16)))
        else:
            self.setLayout(column(self._line, None, margins=(28, above, 28, 16)))
        self.say(icon, title, sentence, action)

    @property
    def title(self) -> str:
        """Its title."""
        return self._title.text()

    def say(self, icon: str, title: str, sentence: str, action: QAction | None = None) -> None:
        """Say something else."""
        if self._action is not None:
            self._action.changed.disconnect(self._follow)
            self._button.clicked.disconnect(self._action.trigger)
        self._action = action
        self._sign.show_as(icon, "faint")
        self._title.setText(breakable(title))
        self._sentence.setText(breakable(sentence))
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        if action is not None:
            action.changed.connect(self._follow)
            self._button.clicked.connect(action.trigger)
        self._follow()

    def _follow(self) -> None:
        """Show the command as it stands: its words, its key, whether it can be given now."""
        action = self._action
        self._button.setVisible(action is not None)
        self._keys.setVisible(action is not None)
        if action is not None:
            self._button.setText(action.text())
            self._button.setAccessibleName(action.text())
            self._button.setEnabled(action.isEnabled())
            self._keys.setText(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
