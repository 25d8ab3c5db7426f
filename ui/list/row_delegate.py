"""How threads and their articles are drawn. Where things stand is `rows.RowLayout`; painting only follows it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from reader.records import ArticleRow, ThreadRow
from ui import icons, paint
from ui.list.rows import UNTITLED, RowLayout, outlet, row_layout
from ui.list.thread_model import ROW, utc_now
from ui.paint import box, dot, prepare, text, width
from ui.phrases import short_time
from ui.theme import BASE, CAPTION, META, Colours, colours, figures, font

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Index = QModelIndex | QPersistentModelIndex

_ACTION_ICONS = {True: ("mail", "star", "file-plus"), False: ("check", "star", "file-plus")}
"""By whether the row is read."""


@lru_cache(maxsize=4096)
def fitting(words: str, face: QFont, room: int) -> str:
    """Words as they fit, remembered: the same rows are drawn again at every frame."""
    return paint.fitting(words, face, room)


@lru_cache(maxsize=2048)
def broken(words: str, face: QFont, first: int, rest: int) -> list[str]:
    """Two lines of words, remembered."""
    return paint.lines(words, face, first, rest, 2)


@lru_cache(maxsize=2048)
def several(names: tuple[str, ...], total: int, face: QFont, room: int) -> str:
    """Providers as they fit, remembered."""
    return paint.several(names, total, face, room)


class Look(NamedTuple):
    """What a row looks like besides what it says."""

    place: RowLayout
    is_selected: bool
    has_focus: bool
    is_hovered: bool
    is_open: bool
    is_last: bool
    """The last article of an open thread."""
    is_before_open: bool

    @property
    def third(self) -> str:
        """The colour of the third rank, which is too faint on a selection."""
        return colours().dim if self.is_selected else colours().faint


class RowDelegate(QStyledItemDelegate):
    """Draws threads, open and closed, and their articles."""

    inset = 42
    """Where the hairline between rows begins: under the words, not under the marks."""

    def __init__(self, view: QTreeView, clock: Callable[[], datetime] = utc_now) -> None:
        super().__init__(view)
        self._view, self._clock = view, clock
        self.compact = False
        self.hot: float = paint.HOT
        self.pointed: int | None = None
        """Which action of the hovered row the mouse is on."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """All rows are of one height."""
        return QSize(0, self.layout(0).height)

    def layout(self, wide: int) -> RowLayout:
        """Where things stand in a row so wide."""
        return row_layout(wide, compact=self.compact)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        rect = option.rect
        record, look = index.data(ROW), self._look(option, index, rect.width())
        p.save()
        prepare(p)
        p.translate(rect.topLeft())
        self._draw_ground(p, rect.width(), look, index)
        if record is not None:
            self._draw_dot(p, look, is_unread=bool(record.unread) if isinstance(record, ThreadRow) else not record.read)
            self.draw_row(p, record, look, index)
        p.restore()

    def _look(self, option: QStyleOptionViewItem, index: Index, wide: int) -> Look:
        state, view, parent = option.state, self._view, index.parent()
        after = index.sibling(index.row() + 1, 0)
        is_member = parent.isValid()
        return Look(
            self.layout(wide),
            is_selected=bool(state & QStyle.StateFlag.State_Selected),
            has_focus=bool(state & QStyle.StateFlag.State_HasFocus),
            is_hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            is_open=is_member or view.isExpanded(index),
            is_last=is_member and not after.isValid(),
            is_before_open=not is_member and after.isValid() and view.isExpanded(after),
        )

    def _draw_ground(self, p: QPainter, wide: int, look: Look, index: Index) -> None:
        """What lies under the words: the sheet of an open thread, the selection, hairlines, and the line through the dots."""
        c, place = colours(), look.place
        bottom = place.height - 1
        if look.is_open:
            p.fillRect(QRectF(0, 0, wide, place.height), QColor(c.page))
        if look.is_last or look.is_before_open:
            p.fillRect(QRectF(0, bottom, wide, 1), QColor(c.line))
        if look.is_selected:
            box(p, QRectF(6, 1, wide - 12, place.height - 2), 6, c.select if look.has_focus else c.idle)
            if look.has_focus:
                box(p, QRectF(6, 10, 3, place.height - 20), 1.5, c.accent)
        elif look.is_hovered:
            box(p, QRectF(6, 1, wide - 12, place.height - 2), 6, c.hover)
        elif not (look.is_last or look.is_before_open):
            p.fillRect(QRectF(self.inset, bottom, place.right - self.inset, 1), QColor(c.line))
        if look.is_open:  # on whole pixels, or it blurs at 100 %
            middle = place.baselines[0] - 5
            top, end = (0 if index.parent().isValid() else middle), (middle if look.is_last else place.height)
            p.fillRect(QRectF(place.dot, top, 1, end - top), QColor(c.edge))

    def _draw_dot(self, p: QPainter, look: Look, *, is_unread: bool) -> None:
        c, x, y = colours(), look.place.dot + 0.5, look.place.baselines[0] - 5
        if is_unread:
            dot(p, x, y, 3.5, c.accent)
        elif look.is_open:
            dot(p, x, y, 3, self._ground(look), c.faint, 1.2)

    @staticmethod
    def _ground(look: Look) -> str:
        c = colours()
        if look.is_selected:
            return c.select if look.has_focus else c.idle
        return c.hover if look.is_hovered else c.page

    def draw_row(self, p: QPainter, record: ThreadRow | ArticleRow, look: Look, index: Index) -> None:
        """Draw what a row says."""
        if isinstance(record, ThreadRow):
            self._draw_thread(p, record, look)
        else:
            self._draw_member(p, record, look, index)

    def cut_title(self, index: Index, wide: int) -> str:
        """The whole title of a row that does not show all of it; "" where it does."""
        record, place = index.data(ROW), self.layout(wide)
        if record is None:
            return ""
        is_thread = isinstance(record, ThreadRow)
        title, face = in_line(record.title), font(place.title_size if is_thread else BASE, 600)
        lines_shown = 2 if is_thread and not self.compact else 1
        room = (place.right - place.left) * lines_shown - (100 if is_thread else 0)
        return title if width(title[:400], face) > room else ""

    # A thread

    def _draw_thread(self, p: QPainter, thread: ThreadRow, look: Look) -> None:
        c, place = colours(), look.place
        first, second, third = place.baselines
        if thread.size > 1:
            icons.draw(p, place.chevron, first - 12, "chevron-down" if look.is_open else "chevron-right", look.third, 14)
        taken = self.draw_corner(p, thread.last, look, is_read=not thread.unread, is_starred=thread.starred)
        face = font(place.title_size, 600 if thread.unread else 500)
        ink = c.text if thread.unread or look.is_selected else c.dim
        room, title = place.right - place.left, in_line(thread.title) or UNTITLED
        if self.compact:
            text(p, place.left, first, fitting(title, face, room - taken), face, ink)
        else:
            said = broken(title, face, room - taken, room)
            text(p, place.left, first, said[0], face, ink)
            if len(said) > 1:
                text(p, place.left, second, said[1], face, ink)
            else:
                text(p, place.left, second, fitting(in_line(thread.excerpt), font(BASE), room), font(BASE), c.dim)
        paint.heat(p, place.heat, third, thread.heat, paint.direction(thread.momentum), hot=self.hot, cold=look.third)
        paint.quality(p, place.quality, third, thread.quality, place.bar)
        self._draw_meta(p, thread, place, third)

    def _draw_meta(self, p: QPainter, thread: ThreadRow, place: RowLayout, y: int) -> None:
        """Who reports it, then the marks that the analyst put there."""
        c, x = colours(), float(place.left)
        marks = marks_of(c, thread, c.faint)
        if thread.size > 1:
            x += text(p, x, y, str(thread.size), font(META, 600), c.dim) + 8
        room = int(place.scores - x - 18 * len(marks) - (8 if marks else 0))
        x += text(p, x, y, several(thread.providers, thread.provider_count, font(META), room), font(META), c.dim) + 8
        draw_marks(p, x, y, marks)

    def draw_corner(
        self, p: QPainter, moment: datetime | None, look: Look, *, is_read: bool, is_starred: bool
    ) -> int:  # fmt: skip
        """The time, or under the mouse what can be done with the row; how much room that takes, with its gap."""
        c, place, first = colours(), look.place, look.place.baselines[0]
        if not look.is_hovered:
            return (
                round(text(p, place.right, first, short_time(moment, self._clock()), figures(META), look.third, right=True)) + 12
            )
        for number, name in enumerate(_ACTION_ICONS[is_read]):
            x, is_pointed = place.action_x(number), self.pointed == number
            if is_pointed:
                box(p, QRectF(x - 4, first - 16, 24, 24), 4, c.raised if look.is_selected else c.idle)
            filled = name == "star" and is_starred
            icons.draw(p, x, first - 12, name, c.star if filled else c.text if is_pointed else c.dim, filled=filled)
        return 82

    # An article of an open thread

    def _draw_member(self, p: QPainter, article: ArticleRow, look: Look, index: Index) -> None:
        c, place = colours(), look.place
        _, second, third = place.baselines
        self._draw_source(p, article, look, index)
        paint.quality(p, place.quality, third, article.quality, place.bar)
        ink = c.text if not article.read or look.is_selected else c.dim
        thread = index.parent().data(ROW)
        title, excerpt = in_line(article.title), in_line(article.excerpt)
        says_it_again = bool(excerpt) and (
            bool(article.copy_of) or not title or (thread is not None and title == in_line(thread.title))
        )
        room, before_scores = place.right - place.left, place.scores - place.left
        if self.compact:
            face = font(BASE, 400 if article.read else 600)
            text(p, place.left, third, fitting(excerpt if says_it_again else title or UNTITLED, face, before_scores), face, ink)
        elif says_it_again:
            for y, words in zip((second, third), broken(excerpt, font(BASE), room, before_scores), strict=False):
                text(p, place.left, y, words, font(BASE), ink)
        else:
            face = font(BASE, 500 if article.read else 600)
            text(p, place.left, second, fitting(title or UNTITLED, face, room), face, ink)
            text(p, place.left, third, fitting(excerpt, font(META), before_scores), font(META), c.dim)

    def _draw_source(self, p: QPainter, article: ArticleRow, look: Look, index: Index) -> None:
        """The first line: who, whether first, whose copy, and the marks."""
        c, place, first = colours(), look.place, look.place.baselines[0]
        end = place.right - self.draw_corner(p, article.date, look, is_read=article.read, is_starred=article.starred)
        marks = marks_of(c, article, look.third)
        room = end - 18 * len(marks) - place.left
        is_first = index.row() == 0
        chip = width("First", font(CAPTION, 600)) + 10 if is_first else 0
        x = float(place.left)
        x += text(p, x, first, fitting(outlet(article), font(META, 600), int(room - chip)), font(META, 600), c.text) + 8
        if is_first:
            box(p, QRectF(x, first - 11.5, chip, 15), 3, c.raised if look.is_selected else c.idle)
            text(p, x + 5, first - 0.5, "First", font(CAPTION, 600), c.dim)
            x += chip + 8
        copied = place.left + room - x
        if article.copy_of and copied > 70:
            words = f"copy of {paint.apart(article.copy_of)}"
            x += text(p, x, first, fitting(words, font(META), int(copied)), font(META), look.third) + 8
        draw_marks(p, x, first, marks)


def in_line(words: str) -> str:
    """Words on one line: a title may come with breaks."""
    return " ".join(words[:1000].split()) if "\n" in words or "\t" in words or "\r" in words else words


def marks_of(c: Colours, record: ThreadRow | ArticleRow, third: str) -> list[tuple[str, str, bool]]:
    """The marks of a row: icon, colour, filled."""
    marks = [("star", c.star, True)] if record.starred else []
    marks += [("highlighter", c.dim, False)] if record.annotated else []
    if isinstance(record, ArticleRow) and record.captured:
        marks.append(("arrow-down-to-line", third, False))
    return marks


def draw_marks(p: QPainter, x: float, y: float, marks: list[tuple[str, str, bool]]) -> None:
    """Draw marks beside each other."""
    for name, ink, filled in marks:
        icons.draw(p, x, y - 11, name, ink, 14, filled=filled)
        x += 18
