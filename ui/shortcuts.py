"""The sheet of keys: every command that has one, by menu; a few letters leave what has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fuzzy
from ui.actions import MENUS
from ui.controls import Words
from ui.forms import Page, column, row, tip
from ui.overlay import FIELD, Overlay
from ui.paint import box, prepare, text, width
from ui.theme import CAPTION, META, RADIUS_SMALL, colours, figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.actions import Actions

Line = tuple[str, str, tuple[str, ...]]
"""A command in words, what more is to be said of it, and its keys."""
WIDE, COLUMNS = 860, 3
LINE, HEADING = 24, 34
OTHERS = (
    ("Sidebar", (("Open or close a folder", "Right, Left"), ("Rename", "F2"), ("What can be done here", "Menu"))),
    ("Search", (("Earlier searches", "Up"), ("To the results", "Down"), ("Leave the search", "Esc"))),
)
"""Keys of parts, that are no commands."""


class Keys(QWidget):
    """Keys as they are pressed, each combination on a cap."""

    def __init__(self, keys: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._font = figures(CAPTION, 500)
        self.setAccessibleName(" or ".join(keys))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the caps."""
        return QSize(round(sum(width(keys, self._font) + 16 for keys in self._keys)), 20)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the caps, from the right."""
        p, c, right = QPainter(self), colours(), float(self.width())
        prepare(p)
        for keys in reversed(self._keys):
            wide = width(keys, self._font) + 12
            box(p, QRectF(right - wide, 1, wide, 18), RADIUS_SMALL + 1, c.chrome, c.edge)
            text(p, right - wide + 6, 14, keys, self._font, c.dim)
            right -= wide + 4


def lines(actions: Actions) -> dict[str, list[Line]]:
    """What the sheet holds, by menu."""
    found: dict[str, list[Line]] = {menu: [] for menu in MENUS}
    for command, action in actions:
        keys = tuple(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts())
        if keys:
            found[command.menu].append((command.words.removesuffix(" …"), command.why, keys))
    for part, own in OTHERS:
        found[part] = [(words, "", (keys,)) for words, keys in own]
    return {menu: of_menu for menu, of_menu in found.items() if of_menu}


class Group(QWidget):
    """The commands of a menu, one below the other."""

    def __init__(self, name: str, of_menu: Sequence[Line], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[QWidget, str]] = []
        heading = Words(name, CAPTION, 600, "faint")
        heading.setFixedHeight(HEADING)
        heading.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        parts: list[QWidget] = [heading]
        for words, why, keys in of_menu:
            line = QWidget()
            line.setFixedHeight(LINE)
            line.setLayout(row(Words(words, META), None, Keys(keys), spacing=8))
            line.setAccessibleName(f"{words}: {' or '.join(keys)}")
            line.setToolTip(tip(why))
            self._rows.append((line, f"{words} {why} {name} {' '.join(keys)}"))
            parts.append(line)
        self.setLayout(column(*parts))

    def narrow(self, wanted: str) -> int:
        """Leave what has these letters; how high that is, 0 where nothing has."""
        shown = [not wanted or fuzzy.match(wanted, said, scattered=False) is not None for _, said in self._rows]
        for (line, _), is_shown in zip(self._rows, shown, strict=True):
            line.setVisible(is_shown)
        self.setVisible(any(shown))
        return HEADING + LINE * sum(shown) if any(shown) else 0


class ShortcutSheet(Overlay):
    """All keys at one look."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(WIDE, parent)
        self.setAccessibleName("Keys")
        self.field.setPlaceholderText("Which key …")
        self.field.setAccessibleName("Which key: a few letters of a command, or a key")
        self.field.textChanged.connect(self._narrow)
        inside = QWidget()
        self.groups = [Group(menu, of_menu, inside) for menu, of_menu in lines(actions).items()]
        self._columns = [column() for _ in range(COLUMNS)]
        beside = row(spacing=32)
        beside.setContentsMargins(18, 4, 18, 14)
        for one in self._columns:
            beside.addLayout(one, 1)
        inside.setLayout(beside)
        self._nothing = Words("No command has these letters", META, role="dim")
        self._nothing.setContentsMargins(18, 12, 18, 16)
        self._page = Page(inside)
        self.column.addWidget(self._nothing)
        self.column.addWidget(self._page)
        self._tallest = 0
        self._narrow("")

    def open(self) -> None:
        """Open with everything."""
        self.field.clear()
        super().open()

    @property
    def top(self) -> int:
        """Higher up than the palette where that lets all keys be seen."""
        return min(super().top, max(8, (self.over.height() - self._tallest - FIELD - 64) // 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll with what the field does not need."""
        bar = self._page.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: 2 * LINE, Qt.Key.Key_Up: -2 * LINE,
            Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep(),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)

    def place(self) -> None:
        """As high as the columns, as far as the window has room."""
        room = self.over.height() - self.top - FIELD - 24
        self._page.setFixedHeight(min(self._tallest + 24, max(room, 2 * LINE)))
        self.column.activate()
        self.setFixedHeight(self.sizeHint().height())
        super().place()

    def _narrow(self, typed: str) -> None:
        """Show what fits, and share it out among the columns in its order."""
        high = [group.narrow(typed.strip()) for group in self.groups]
        share, at, taken = sum(high) / COLUMNS, 0, [0.0] * COLUMNS
        for one in self._columns:
            while one.count():
                one.takeAt(0)
        for group, tall in zip(self.groups, high, strict=True):
            if taken[at] and taken[at] + tall / 2 > share and at < COLUMNS - 1:
                at += 1
            self._columns[at].addWidget(group)
            taken[at] += tall
        for one in self._columns:
            one.addStretch(1)
        self._tallest = round(max(taken))
        self._nothing.setVisible(not any(high))
        self._page.setVisible(any(high))
        self.place()
