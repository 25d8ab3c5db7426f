"""Words are broken and marked where they stand, also after signs that Qt counts twice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from ui.paint import lines, marked, units
from ui.theme import BASE, colours, font

GATE = "👁️‍🗨️ 🎫 Face recognition at the gate, and a fine of twenty million"


def test_lines_are_broken_between_words_after_an_emoji(qapp):
    broken = lines(GATE, font(BASE), 180, 180, 3)
    assert len(broken) == 3
    assert GATE.startswith(" ".join(broken[:2]))
    assert broken[2].rstrip("…") in GATE


def test_a_place_is_counted_as_qt_counts():
    assert units("abc", 2) == 2
    assert units("🎫 Face", 2) == 3
    assert units("🎫🎫", 2) == 4


def test_a_mark_stands_under_its_word_after_an_emoji(qapp):
    at = GATE.index("Face")

    def ground(words: str, match: tuple[int, int]) -> tuple[int, int]:
        picture = QImage(400, 20, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        p = QPainter(picture)
        marked(p, 0, 14, words, [match], font(BASE), colours().text, 400)
        p.end()
        found = [x for x in range(400) if picture.pixelColor(x, 1).name() == colours().mark.lower()]
        return found[0], found[-1]

    left, right = ground(GATE, (at, at + 4))
    plain = ground("Face recognition", (0, 4))
    assert abs((right - left) - (plain[1] - plain[0])) <= 1
