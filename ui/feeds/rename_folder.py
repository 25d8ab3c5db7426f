"""Another name for a folder of feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from reader.library import Library
from ui import phrases
from ui.forms import Form, Sheet, button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.engine import Engine


class RenameFolder(Sheet):
    """Asks for the name; one that another folder has puts the feeds together."""

    def __init__(self, engine: Engine, folder: str, parent: QWidget | None = None) -> None:
        super().__init__("Rename the folder", parent)
        self._engine, self._folder = engine, folder
        self.name = QLineEdit(folder)
        self.name.selectAll()
        form = Form()
        self.row = form.add("Name", self.name, "The name of another folder puts their feeds together.")
        self.body.addWidget(form)
        self.foot.addStretch(1)
        self.foot.addWidget(button("Cancel", self.reject))
        self.foot.addWidget(button("Rename", self.rename, filled=True))
        self.name.setFocus()

    def rename(self) -> None:
        """Rename it, unless it is called so already."""
        if self.name.text().strip() == self._folder:
            self.accept()
            return
        asked = self._engine.call(Library.rename_folder, self._folder, self.name.text())
        asked.then(self._on_renamed).otherwise(self._on_refused)

    def _on_renamed(self, _feeds: int) -> None:
        self.accept()

    def _on_refused(self, error: object) -> None:
        self.row.say(phrases.error(error))
        self.name.setFocus()
