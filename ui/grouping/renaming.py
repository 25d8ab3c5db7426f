"""Another name for a thread or a storyline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from ui.forms import Form, Sheet, button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Renaming(Sheet):
    """Asks for a title; none gives back the one that it has by itself."""

    named = Signal(int, str)
    """What was renamed, and its title."""

    def __init__(self, what: str, id: int, title: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Rename the {what}", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._id, self._title = id, title
        self.name = QLineEdit(title)
        self.name.setMaxLength(500)
        self.name.setCursorPosition(0)
        self.name.selectAll()
        form = Form(labels=56)
        form.add("Title", self.name, f"Yours stays. Without one the {what} is called as its articles are.")
        self.body.addWidget(form)
        self.foot.addStretch(1)
        self.foot.addWidget(button("Cancel", self.reject))
        self.foot.addWidget(button("Rename", self.rename, filled=True))
        self.name.setFocus()

    def rename(self) -> None:
        """Say the title, unless it is called so already."""
        title = " ".join(self.name.text().split())
        self.accept()
        if title != self._title:
            self.named.emit(self._id, title)
