from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import resources
from reader.jobs.publish.glyphs import drawable
from reader.jobs.publish.typeset import LONGEST_PARAGRAPH, LONGEST_WORD, UNKNOWN, Cleaning


@pytest.fixture(scope="module")
def letters():
    with resources.folder("fonts") as fonts:
        return drawable(fonts)


@pytest.mark.parametrize(
    "words",
    [
        "Clearview AI – “20 million €”, ½ × 3 ≠ 4 …",
        "Роскомнадзор, Ευρώπη, Việt Nam, Łódź, Türkiye",
        "فرنسا تغرّم شركة كليرفيو",
        "הרשות הצרפתית",
        "人脸识别　臉部辨識　顔認識　얼굴 인식",
        "चेहरा पहचान, মুখ, முகம், ใบหน้า, სახე, դեմք",
        "🙂🔍",
    ],
)
def test_the_fonts_have_the_scripts_of_the_world_news(letters, words):
    cleaning = Cleaning(letters)
    assert cleaning.words(words) == words
    assert cleaning.warnings() == []


def test_the_fonts_have_their_licences():
    with resources.folder("fonts") as fonts:
        families = {font.name.partition("_")[0] for font in fonts.glob("*.ttf")}
        assert families == {licence.name.partition("_")[0] for licence in fonts.glob("*_OFL.txt")}
        assert all("SIL Open Font License" in licence.read_text("utf-8") for licence in fonts.glob("*_OFL.txt"))


def test_what_cannot_be_set_is_replaced_and_said(letters):
    cleaning = Cleaning(letters)
    assert cleaning.words("a\x00b\u202ec\u200bd") == "abcd"
    assert cleaning.words("\ue000 \ua9b2x\ufffe") == f"{UNKNOWN} {UNKNOWN}x{UNKNOWN}"
    assert cleaning.words("e" + "\u0301" * 50) == "e" + "\u0301" * 4
    assert cleaning.words("word " * 3000).endswith("…")
    assert cleaning.warnings() == [
        f"characters that our fonts lack are shown as {UNKNOWN}: U+A9B2, U+E000, U+FFFE",
        f"1 paragraph cut after {LONGEST_PARAGRAPH} characters",
    ]


def test_long_words_get_places_to_break_and_addresses_do_not(letters):
    cleaning = Cleaning(letters)
    assert cleaning.cleaned({"title": "x" * 80, "url": "u" * 80}) == {
        "title": "\u200b".join(["x" * 36, "x" * 36, "x" * 8]),
        "url": "u" * 80,
    }


@given(words=st.text(st.characters(), max_size=400))
def test_whatever_is_written_can_be_set(letters, words):
    cleaned = Cleaning(letters).words(words)
    assert set(cleaned) <= letters | {"\n", "\u200b", "\u200c", "\u200d", UNKNOWN}
    assert all(len(part) <= LONGEST_WORD or ord(max(part)) >= 0x2E80 for part in cleaned.replace("\u200b", " ").split())
