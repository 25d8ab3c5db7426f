"""Small libraries that tests of the window begin with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reader.library import Library
from reader.outcomes import ImportOutcome

if TYPE_CHECKING:
    from pathlib import Path


def provider_library(folder: Path) -> Path:
    """Two articles of two providers."""
    records = folder / "records.json"
    told = [
        {"title": f"What the {name} says", "excerpt": "Words", "webUrl": f"https://{name}.example/1", "provider": {"name": name}}
        for name in ("Gazette", "Herald")
    ]
    records.write_text(json.dumps(told), "utf-8")
    library = Library(folder / "library")
    for _ in library.import_([records], ImportOutcome()):
        continue
    library.close()
    return folder / "library"
