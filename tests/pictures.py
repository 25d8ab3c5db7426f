"""A list as lines of text: what one would see of it, row by row, so that a test can say what it expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from reader.records import ThreadRow
from ui.list.thread_model import ROW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.list.row_view import RowView


def lines(rows: RowView, most: int = 1000) -> list[str]:
    """The rows from the first: `>` chosen, `*` unread, `+` closed, `-` open, `.` a member, then the title."""
    found = []
    for index in _from_the_top(rows):
        if len(found) == most:
            break
        record = index.data(ROW)
        unread = bool(record.unread) if isinstance(record, ThreadRow) else not record.read
        can_open = rows.model().hasChildren(index)
        form = "." if index.parent().isValid() else "-" if can_open and rows.isExpanded(index) else "+" if can_open else " "
        chosen = ">" if rows.selectionModel().isSelected(index) else " "
        found.append(f"{chosen}{'*' if unread else ' '}{form} {record.title}")
    return found


def _from_the_top(rows: RowView) -> Iterator[QModelIndex]:
    index = rows.model().index(0, 0, QModelIndex())
    while index.isValid():
        yield index
        index = rows.indexBelow(index)
