"""The words that a search found are marked in the page, in every script."""

from __future__ import annotations

import pytest

from ui.page.matches import Matches
from ui.page.passages import Units


@pytest.mark.parametrize(
    ("words", "page", "marked"),
    [
        (["cat"], "Cat, concat; cats and a cat’s", ["Cat", "cat"]),
        (["技術"], "生成AI技術規制", ["技術"]),
        (["AI"], "生成AI技術 said AIR", ["AI"]),
        (["人", "人脸"], "用人脸识别", ["人脸"]),
        (["निजता"], "यह निजता है", ["निजता"]),
        (["개인정보"], "개인정보를 보호", ["개인정보"]),
        (["ข้อมูล"], "การคุ้มครองข้อมูลส่วนบุคคล", ["ข้อมูล"]),
    ],
)
def test_words_are_marked_where_they_stand(words: list[str], page: str, marked: list[str]) -> None:
    matches = Matches(page, Units(page))
    matches.mark(words)
    assert [page[start:end] for start, end in matches.marks] == marked
