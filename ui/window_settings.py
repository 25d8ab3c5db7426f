"""What this window remembers of itself: looks and places. The library is not written for it; a line lost here is no loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from ui.theme import BODY

if TYPE_CHECKING:
    from pathlib import Path

    from ui.theme import Appearance

FILE = "window.ini"
DEFAULTS: dict[str, object] = {
    "appearance": "system",
    "sepia": False,
    "compact": False,
    "text_size": BODY,
    "scale": 1.0,
    "sidebar": True,
    "rail": True,
    "welcoming": False,
    "welcomed": False,
}
"""`text_size`: of the article, in pixels. `scale`: of the whole window, taken at the next start."""
TEXT_SIZES = (13, 28)
SCALES = (1.0, 3.0)


class WindowSettings(QObject):
    """Choices of looks, kept in `window.ini` beside the library; `changed` names the one that changed."""

    changed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = QSettings(str(folder / FILE), QSettings.Format.IniFormat)

    @property
    def appearance(self) -> Appearance:
        """Light, dark, or as the system is."""
        match self._text("appearance"):
            case "light":
                return "light"
            case "dark":
                return "dark"
            case _:
                return "system"

    @property
    def sepia(self) -> bool:
        """Whether the page is sepia while the window is light."""
        return self._flag("sepia")

    @property
    def compact(self) -> bool:
        """Whether rows are 44 pixels high instead of 72."""
        return self._flag("compact")

    @property
    def text_size(self) -> int:
        """Of the article, in pixels."""
        return round(self._number("text_size", *TEXT_SIZES))

    @property
    def scale(self) -> float:
        """Of the whole window, 1.0 to 3.0."""
        return self._number("scale", *SCALES)

    @property
    def sidebar(self) -> bool:
        """Whether the sidebar is wide."""
        return self._flag("sidebar")

    @property
    def rail(self) -> bool:
        """Whether the thread stands beside the article."""
        return self._flag("rail")

    @property
    def welcoming(self) -> bool:
        """Whether a first start was begun and not ended."""
        return self._flag("welcoming")

    @property
    def welcomed(self) -> bool:
        """Whether the welcome was answered."""
        return self._flag("welcomed")

    def choose(self, name: str, value: str | float | bool) -> None:
        """Make a choice; everybody is told."""
        if name not in DEFAULTS:
            raise KeyError(name)
        if getattr(self, name) != value:
            self._file.setValue(name, value)
            self.changed.emit(name)

    def keep(self, name: str, bytes_: QByteArray) -> None:
        """Remember a place: the geometry of the window, the widths of its panes."""
        self._file.setValue(f"places/{name}", bytes_)

    def kept(self, name: str) -> QByteArray:
        """A place that was remembered; empty where none was."""
        value = self._file.value(f"places/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def _text(self, name: str) -> str:
        return str(self._file.value(name, DEFAULTS[name]))

    def _flag(self, name: str) -> bool:
        return self._text(name).lower() in ("true", "1")

    def _number(self, name: str, low: float, high: float) -> float:
        try:
            value = float(self._text(name))
        except ValueError:
            value = float(str(DEFAULTS[name]))
        return min(max(value, low), high) if value == value else low  # noqa: PLR0124 - not a number is not itself
