"""Articles in pages as they are found in the world, against what a person marked as their text."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from reader.errors import ParseError
from reader.web.page import read

if TYPE_CHECKING:
    from pathlib import Path


def test_the_text_of_pages_is_found(data: Path, tools: Path) -> None:
    spec = importlib.util.spec_from_file_location("score_pages", tools / "score_pages.py")
    assert spec
    assert spec.loader
    scoring = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scoring)
    scores = []
    for gold in sorted((data / "pages").glob("*.gold.txt")):
        page = gold.with_name(gold.name.replace(".gold.txt", ".html")).read_bytes()
        try:
            text = read(page).text
        except ParseError:
            text = ""
        scores.append(scoring.score(gold.read_text("utf-8"), text)[2])
    assert len(scores) > 50
    assert sum(scores) / len(scores) >= 0.95
