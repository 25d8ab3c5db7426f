"""The words of a briefing on one column: what the analyst writes, and between it what the library knows and proves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.briefing.blocks import BlockView, rect_in
from ui.briefing.drafts import Place
from ui.briefing.fields import EDGE, Prose
from ui.briefing.material import same_words
from ui.controls import Words
from ui.paint import keep_bar_room
from ui.phrases import day
from ui.theme import BASE, HEADLINE, META, UI

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ui.briefing.drafts import Drafts
    from ui.briefing.material import Block, Key, Material

COLUMN = 540
NOTHING = "Nothing is in it yet. Choose a thread, an article or a highlight in the lists and press B."
AT_ONCE = 5
"""Things that are put on the column in one go: a long briefing must not hold the window up."""


class BriefingWords(QScrollArea):
    """The column. `entered`: the thing whose field has the focus, `None` for the briefing's own; `taken_out`: one to remove."""

    entered = Signal(object)
    taken_out = Signal(object)
    escaped = Signal()
    """Esc in a field: the keys want to go back to the outline."""
    complete = Signal()
    """Everything stands on the column."""

    def __init__(self, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Text of the briefing")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keep_bar_room(self)
        self._drafts = drafts
        self._material: Material | None = None
        self._blocks: dict[Key, BlockView] = {}
        self._stored: dict[Place, str] = {}
        self._fields: dict[Place, Prose] = {}
        self.title = Prose("Title", "Title of the briefing", HEADLINE, 600, 36, is_line=True)
        self.audience = Prose("For whom", "whom?", META, 400, 18, UI, is_line=True)
        self.summary = Prose("Summary", "Summary: what matters, in a few sentences …", 16)
        self._date = Words("", META, role="dim")
        self._nothing = Words(NOTHING, BASE, role="dim", wrap=True)
        self._nothing.setContentsMargins(EDGE, 0, EDGE, 0)
        self._column = self._put_together()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fill)
        drafts.saved.connect(self._on_saved)
        for field in (self.title, self.audience, self.summary):
            self._listen(field)
        self.title.finished.connect(self.audience.setFocus)
        self.audience.finished.connect(self.summary.setFocus)

    def _put_together(self) -> QVBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(EDGE, 0, 0, 0)
        line.setSpacing(0)
        self._date.setContentsMargins(0, 5, 0, 0)  # on the baseline of the field beside it
        line.addWidget(self._date, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.audience, 1)
        self._text = QWidget()
        column = QVBoxLayout(self._text)
        column.setContentsMargins(0, 20, 0, 40)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addLayout(line)
        column.addSpacing(14)
        column.addWidget(self.summary)
        column.addSpacing(22)
        blocks = QVBoxLayout()
        blocks.setSpacing(0)
        column.addWidget(self._nothing)
        column.addLayout(blocks)
        column.addStretch()
        inner = self._inner = QWidget()
        across = QHBoxLayout(inner)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch()
        across.addWidget(self._text)
        across.addStretch()
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        return blocks

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the column at its width, or narrower where there is not the room."""
        super().resizeEvent(event)
        self._text.setFixedWidth(max(200, min(COLUMN + 2 * EDGE, self.viewport().width() - 24)))

    # What is shown

    def show_material(self, material: Material | None) -> None:
        """Show a briefing as it is now. Words that are not saved stay as they were typed."""
        before, self._material = self._material, material
        if material is None or before is None or before.briefing.id != material.briefing.id:
            self._clear()
        if material is None:
            return
        briefing = material.briefing
        self._date.setText(f"Briefing no. {briefing.id}, {day(briefing.made)}, for")
        self._take(self.title, Place(briefing.id, "title"), briefing.title)
        self._take(self.audience, Place(briefing.id, "audience"), briefing.audience)
        self._take(self.summary, Place(briefing.id, "summary"), briefing.summary)
        self._nothing.setVisible(not material.blocks)
        wanted = {block.key for block in material.blocks}
        for key in [key for key in self._blocks if key not in wanted]:
            self._remove(key)
        for block in material.blocks:
            if block.key in self._blocks:
                self._show(block)
        self._fill()

    def go_to(self, key: Key | None, *, with_focus: bool = False) -> None:
        """Bring a thing to the top of the column; `None`: the briefing's own words."""
        block = self._blocks.get(key) if key is not None else None
        top = block.mapTo(self._inner, block.rect().topLeft()).y() - 20 if block is not None else 0
        self.verticalScrollBar().setValue(top)
        if with_focus:
            (block.comment if block is not None else self.summary).setFocus()

    def _clear(self) -> None:
        for key in list(self._blocks):
            self._remove(key)
        self._stored.clear()
        self._fields.clear()
        self.verticalScrollBar().setValue(0)

    def _remove(self, key: Key) -> None:
        block = self._blocks.pop(key)
        self._fields = {place: field for place, field in self._fields.items() if field is not block.comment}
        block.comment.blockSignals(True)
        self._column.removeWidget(block)
        block.hide()
        block.deleteLater()

    def _fill(self) -> None:
        """Put the next few things on the column, and all in their order."""
        material = self._material
        if material is None:
            return
        missing = [block for block in material.blocks if block.key not in self._blocks]
        for block in missing[:AT_ONCE]:
            view = self._blocks[block.key] = BlockView(block)
            view.taken_out.connect(self.taken_out)
            self._listen(view.comment)
            self._show(block)
        placed = [self._blocks[block.key] for block in material.blocks if block.key in self._blocks]
        for at, view in enumerate(placed):
            item = self._column.itemAt(at)
            if item is None or item.widget() is not view:
                self._column.removeWidget(view)
                self._column.insertWidget(at, view)
        self._order_tabs(placed)
        if len(missing) > AT_ONCE:
            self._later.start()
        else:
            self.complete.emit()

    def _order_tabs(self, placed: list[BlockView]) -> None:
        before: QWidget = self.summary
        for view in placed:
            if before.nextInFocusChain() is not view.comment:
                QWidget.setTabOrder(before, view.comment)
            before = view.comment

    def _show(self, block: Block) -> None:
        assert self._material is not None
        view = self._blocks[block.key]
        view.show_block(block)
        self._take(view.comment, Place(self._material.briefing.id, "comment", *block.key), block.comment)

    # What is typed

    def _listen(self, field: Prose) -> None:
        field.edited.connect(self._on_edited)
        field.left.connect(self._drafts.save)
        field.entered.connect(self._on_entered)
        field.escaped.connect(self.escaped)
        field.caret_moved.connect(self._on_caret)

    def _take(self, field: Prose, place: Place, stored: str) -> None:
        """What the library has goes into a field whose words are saved, and not under the hands of who types in it."""
        self._fields[place] = field
        self._stored[place] = stored
        draft = self._drafts.words(place)
        if draft is not None:
            self._drafts.at_home(place)
            field.show_words(draft)
        elif not (field.hasFocus() and same_words(field.words, stored)):
            field.show_words(stored)

    def _on_edited(self) -> None:
        field = self.sender()
        for place, one in self._fields.items():
            if one is field:
                self._drafts.write(place, one.words, self._stored.get(place, ""))
                return

    def _on_saved(self, place: Place, words: str) -> None:
        if place in self._fields:
            self._stored[place] = words

    def _on_entered(self) -> None:
        field = self.sender()
        for key, view in self._blocks.items():
            if view.comment is field:
                self.entered.emit(key)
                return
        self.entered.emit(None)

    def _on_caret(self, area: QRect) -> None:
        field = self.sender()
        if isinstance(field, Prose) and self.isAncestorOf(field):
            seen = rect_in(field, self._inner, area)
            self.ensureVisible(seen.center().x(), seen.center().y(), 0, 60)
