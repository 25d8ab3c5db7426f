"""Pictures of articles that lie in the library's own folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from reader.store.database import Database

FOLDER = "pictures"
LARGEST = 8 << 20


def read(database: Database, article: int, url: str) -> bytes | None:
    """The bytes of an article's picture; `None` where we do not have it, or it is over 8 MB."""
    found = database.db.execute("SELECT file FROM picture WHERE article = ? AND url = ?", (article, url)).fetchone()
    if found is None or not found[0]:
        return None
    path = _inside(database.folder / FOLDER, str(found[0]))
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            body = file.read(LARGEST + 1)
    except OSError:
        return None
    return body if len(body) <= LARGEST else None


def _inside(folder: Path, name: str) -> Path | None:
    """The plain file of this name in a folder; `None` for a name that leads elsewhere, whatever the library says."""
    try:
        path = (folder / name).resolve()
        return path if path.parent == folder.resolve() and path.is_file() else None
    except (OSError, ValueError):
        return None
