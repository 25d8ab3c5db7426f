"""The next row that is unread: the rest of this thread first, then the threads after it, then those from the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

if TYPE_CHECKING:
    from array import array

    from ui.list.result_model import ResultModel
    from ui.list.thread_model import ThreadModel

SCAN = 512
"""How many threads are looked through for it at once; what is further away is asked of the engine."""


def next_unread(model: ThreadModel, after: QModelIndex, shown: int | None) -> QModelIndex:
    """The next unread row within `SCAN` threads, or nowhere. `shown` is on the page now: it is as good as read."""
    thread, row = after.parent() if after.parent().isValid() else after, -1
    if thread.isValid():
        row = thread.row()
        found = _in_thread(model, thread, after.row() + 1 if after.parent().isValid() else 0, shown)
        if found.isValid():
            return found
    count = model.rowCount()
    for ahead in range(1, min(count, SCAN) + 1):
        found = first_unread(model, (row + ahead) % count, shown)
        if found.isValid():
            return found
    return QModelIndex()


def first_unread(model: ThreadModel, row: int, shown: int | None) -> QModelIndex:
    """What to read first of a thread: its head, else the first article of it that is unread; nowhere if there is none."""
    thread, record = model.index(row), model.thread_row(row)
    if record is None or not record.unread:
        return QModelIndex()
    own = model.members(row)
    place = own.index(record.head) if record.head in own else 0
    head = model.article_row(row, place)
    if head is not None and not head.read and head.id != shown:
        return thread
    return _in_thread(model, thread, 0, shown)


def next_unread_found(model: ResultModel, after: QModelIndex) -> QModelIndex:
    """The next unread article of what was found, or nowhere."""
    count, row = model.rowCount(), after.row()
    for ahead in range(1, count + 1):
        index = model.index((row + ahead) % count)
        record = model.row(index)
        if record is not None and not record.read:
            return index
    return QModelIndex()


def next_of(model: ThreadModel, unread: array[int], after: QModelIndex) -> QModelIndex:
    """The first of these threads that stands after a row, else the first from the top."""
    thread = after.parent() if after.parent().isValid() else after
    rows = sorted(index.row() for index in map(model.find, unread) if index.isValid())
    row = next((row for row in rows if row > thread.row()), rows[0] if rows else -1)
    return first_unread(model, row, None) if row >= 0 else QModelIndex()


def _in_thread(model: ThreadModel, thread: QModelIndex, start: int, shown: int | None) -> QModelIndex:
    for number in range(start, model.rowCount(thread)):
        record = model.article_row(thread.row(), number)
        if record is not None and not record.read and record.id != shown:
            return model.index(number, 0, thread)
    return QModelIndex()
