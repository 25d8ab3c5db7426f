"""One window that a picture is drawn of, and how everything that it shows comes into the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.waiting import until
from ui.main_window import MainWindow
from ui.view import Selection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.parts import Parts


class Stage:
    """One window, and what an analyst does in it."""

    def __init__(self, folder: Path) -> None:
        self.window = MainWindow(folder, own_process=False)
        self.listed = 0
        self.counted = 0
        self.at_end: list[Callable[[], object]] = []
        self.parts.list.listed.connect(self._on_listed)
        self.parts.sidebar.counted.connect(self._on_counted)

    def open(self, size: tuple[int, int], appearance: str, *, sepia: bool, compact: bool) -> None:
        """Show the window, and wait until it shows all."""
        for name, value in {"appearance": appearance, "sepia": sepia, "compact": compact}.items():
            self.window.settings.choose(name, value)
        self.window.resize(*size)
        self.window.show()
        self.wait(lambda: self.listed and self.counted)
        self.rest()

    @property
    def parts(self) -> Parts:
        """The parts of the window."""
        assert self.window.parts
        return self.window.parts

    def _on_listed(self) -> None:
        self.listed += 1

    def _on_counted(self) -> None:
        self.counted += 1

    def wait(self, for_: Callable[[], object]) -> None:
        """Let the window work until something is so."""
        if not until(for_):
            raise TimeoutError(str(for_))

    def do(self, name: str) -> None:
        """Run a command of the menus."""
        self.window.actions_by_name[name].trigger()
        self.rest()

    def rest(self) -> None:
        """Let everything that was asked for be answered and drawn."""
        self.pass_(60)
        self.wait(lambda: not self.window.engine._tasks)
        self.pass_(200)
        self.wait(lambda: not self.window.engine._tasks)

    def pass_(self, milliseconds: int) -> None:
        """Let the window work for a while: timers of its own are due."""
        until(lambda: False, milliseconds)

    def choose(self, number: int = 0) -> None:
        """Choose the hottest thread, and read its head."""
        thread = list(self.parts.list.model.listing.threads)[number]
        members = self.parts.list.members(thread)
        self.window.view.look(selection=Selection(thread, members[0], (members[0],), (thread,)))
        self.rest()

    def sheet(self, kind: type[QWidget]) -> QWidget:
        """The sheet of a kind that is open."""
        return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())

    def picture(self) -> QPixmap:
        """The window, and what stands over it."""
        picture = self.window.grab()
        others = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not self.window]
        p = QPainter(picture)
        for other in sorted(others, key=lambda one: not isinstance(one, QDialog)):
            p.drawPixmap(self._place(other), other.grab())
        p.end()
        return picture

    def _place(self, other: QWidget) -> QPoint:
        if isinstance(other, QDialog):
            return QPoint((self.window.width() - other.width()) // 2, (self.window.height() - other.height()) // 2)
        return self.window.mapFromGlobal(other.mapToGlobal(QPoint()))

    def close(self) -> None:
        """Take the window down, with what stands over it."""
        for end in self.at_end:
            end()
        for other in QApplication.topLevelWidgets():
            if other is not self.window:
                other.close()
        self.window.close()
        self.window.deleteLater()
        self.pass_(20)
