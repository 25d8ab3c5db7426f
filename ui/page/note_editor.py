"""A note being written, on a card beside its passage. What was typed is kept until it is saved, whatever happens in between."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from ui.controls import Card, Words
from ui.theme import CAPTION, META, SERIF, font

if TYPE_CHECKING:
    from ui.window_settings import WindowSettings

On = Literal["article", "thread", "highlight", "note", "passage"]

DRAFTS = "note-drafts"
PAUSE_MS = 500
"""What is being typed is written down this soon: a program that is killed takes no more with it."""
WIDE, HIGH = 320, 112


@dataclass(frozen=True, slots=True)
class Target:
    """What a note is on: an article, a thread, a highlight or a note that is there, by id; or a passage of article `id`."""

    on: On
    id: int
    start: int = 0
    end: int = 0


class Drafts:
    """Notes that were begun and not saved, by what they are on; kept in the window's settings."""

    def __init__(self, settings: WindowSettings) -> None:
        self._settings = settings
        self._drafts = _read(bytes(settings.kept(DRAFTS).data()))

    def __getitem__(self, target: Target) -> str:
        return self._drafts.get(target, "")

    def keep(self, target: Target, text: str) -> None:
        """Remember what was typed; nothing typed is nothing to remember."""
        if text.strip():
            self._drafts[target] = text
        else:
            self._drafts.pop(target, None)

    def write(self) -> None:
        """Put them where a program that ends does not take them along."""
        rows = [[asdict(target), text] for target, text in self._drafts.items()]
        self._settings.keep(DRAFTS, QByteArray(json.dumps(rows).encode()))


def _read(body: bytes) -> dict[Target, str]:
    try:
        return {Target(**target): str(text) for target, text in json.loads(body or b"[]")}
    except (ValueError, TypeError):
        return {}


class NoteEditor(Card):
    """The card. `saved` hands over the words; they stay a draft until `forget` says that they are in the library."""

    saved = Signal(object, str)

    def __init__(self, settings: WindowSettings, parent: QWidget) -> None:
        super().__init__(WIDE, parent)
        self.drafts = Drafts(settings)
        self.target: Target | None = None
        self._before = ""
        self._writing = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._writing.timeout.connect(self.keep)
        self._label = Words("", META, 600)
        self._quote = Words("", META, role="dim", wrap=True)
        self._text = QPlainTextEdit()
        self._text.setFont(font(15, 400, SERIF))
        self._text.setFixedHeight(HIGH)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("Note")
        self._text.installEventFilter(self)
        self._text.textChanged.connect(self._on_typed)
        self._hint = Words("", CAPTION, role="faint")
        self._save = QPushButton("Save")
        self._save.setDefault(True)
        self._save.clicked.connect(self.save)
        keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        self._save.setToolTip(f"Save ({keys})")
        self._hint.setText(f"{keys} saves, Esc keeps it for later")
        foot = QHBoxLayout()
        foot.addWidget(self._hint)
        foot.addStretch()
        foot.addWidget(self._save)
        for part, gap in ((self._label, 2), (self._quote, 8), (self._text, 8)):
            self.column.addWidget(part)
            self.column.addSpacing(gap)
        self.column.addLayout(foot)
        self.setAccessibleName("Note")
        self.hide()

    def open(self, target: Target, label: str, quote: str = "", text: str = "") -> None:
        """Write on `target`: its draft where there is one, else `text`, which is there already."""
        self.keep()
        self.target, self._before = target, text
        self._label.setText(label)
        self._quote.setText(quote)
        self._quote.setVisible(bool(quote))
        self._text.setAccessibleName(label)
        self._text.setPlainText(self.drafts[target] or text)
        self._text.moveCursor(self._text.textCursor().MoveOperation.End)
        self._on_typed()
        self.adjustSize()
        self.show()
        self.raise_()
        self._text.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def text(self) -> str:
        """What is typed now."""
        return self._text.toPlainText()

    def keep(self) -> None:
        """Keep what is typed as the draft of its target."""
        if self.target is not None:
            self.drafts.keep(self.target, self.text if self.text != self._before else "")
            self.drafts.write()

    def save(self) -> None:
        """Hand the words over, and close."""
        if self.target is not None and self.text.strip():
            self.keep()
            target, text = self.target, self.text
            self.close_card()
            self.saved.emit(target, text)

    def forget(self, target: Target) -> None:
        """The words are in the library now."""
        self.drafts.keep(target, "")
        self.drafts.write()

    def close_card(self) -> None:
        """Close; the words stay a draft."""
        self.keep()
        self.target = None
        super().close_card()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Ctrl+Enter saves, Esc closes, and single keys are letters here, not commands."""
        if watched is self._text and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and _is_ours(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and _is_ours(event):
                if event.key() == Qt.Key.Key_Escape:
                    self.close_card()
                else:
                    self.save()
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self) -> None:
        self._save.setEnabled(bool(self.text.strip()) and self.text != self._before)
        if self.target is not None:
            self.drafts.keep(self.target, self.text if self.text != self._before else "")
            if not self._writing.isActive():
                self._writing.start()


def _is_ours(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return event.key() == Qt.Key.Key_Escape or (enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
