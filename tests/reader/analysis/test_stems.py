"""Words as numbers: what means the same in two languages meets, whatever its ending and its letters."""

from __future__ import annotations

import pytest

from reader.analysis import lexicon, lexicon_east, stems
from reader.analysis.stems import terms


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Séisme : la police arrêté"),
        ("de", "Erdbeben: Polizei verhaftet"),
        ("pt", "Terramoto, polícia, preso"),
        ("ru", "Землетрясения, полицией, арестован"),
        ("sl", "Potresi, policije, aretacije"),
        ("ar", "الزلزال والشرطة اعتقال"),
    ],
)
def test_a_word_meets_the_english_one(language: str, text: str) -> None:
    said = set(terms("Earthquake, police, arrest", "en"))
    assert len(said & set(terms(text, language))) >= 2


def test_slovene_words_meet_whatever_their_case() -> None:
    forms = ("vlada", "vlade", "vladi", "vlado")
    assert len({number for form in forms for number in terms(form, "sl")}) == 1


def test_a_short_slovene_word_keeps_three_letters() -> None:
    assert terms("vas", "sl") != terms("vam", "sl")


@pytest.mark.parametrize("table", [lexicon, lexicon_east])
def test_every_line_of_the_tables_has_a_column_for_each_language(table: object) -> None:
    lines = table.WORDS.strip().splitlines()  # type: ignore[attr-defined]
    assert all(line.count("|") == len(table.LANGUAGES) - 1 for line in lines)  # type: ignore[attr-defined]
    assert len({line.partition(":")[0] for line in lines}) == len(lines)


def test_what_a_feed_makes_up_is_not_remembered() -> None:
    terms("a word", "")
    languages = stems._numbers.cache_info().currsize
    assert len({tuple(terms("words of no language", f"q{letter}")) for letter in "abcdefghij"}) == 1
    assert stems._numbers.cache_info().currsize == languages
    assert terms("x" * 4000, "") == terms("X" * 4000, "")
    assert max(map(len, stems._numbers(""))) < 100
