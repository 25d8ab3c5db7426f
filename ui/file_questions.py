"""Asks for files, beside everything else: the window goes on, and nothing waits for the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget


def documents() -> Path:
    """Where a person keeps what she writes."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())


def ask_where_to(
    parent: QWidget, title: str, name: str, kinds: Sequence[str], then: Callable[[str], object]
) -> QFileDialog:  # fmt: skip
    """Ask where to write a file; `then`, a bound method, is given its path. `kinds` as “PDF (*.pdf)”, the first one chosen."""
    asking = QFileDialog(parent, title, str(documents() / name), ";;".join(kinds))
    asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asking.selectFile(name)
    asking.fileSelected.connect(then)
    return _open(asking)


def ask_for_files(parent: QWidget, title: str, kinds: Sequence[str], then: Callable[[list[str]], object]) -> QFileDialog:
    """Ask for files to read; `then`, a bound method, is given their paths."""
    asking = QFileDialog(parent, title, str(documents()), ";;".join(kinds))
    asking.setFileMode(QFileDialog.FileMode.ExistingFiles)
    asking.filesSelected.connect(then)
    return _open(asking)


def _open(asking: QFileDialog) -> QFileDialog:
    asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asking.open()
    return asking
