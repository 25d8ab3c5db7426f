"""From the screen to the text and back: whatever stands between the words, a passage stays the passage."""

from __future__ import annotations

import re

import hypothesis.strategies as st
from hypothesis import example, given

from ui.page.passages import Passages, Shown, Squeezed, Units, end_of, surroundings

LETTERS = "ab é\u00a0😀𝔘\u0301عש中\n\u200b."
pieces_of = st.lists(st.tuples(st.text(LETTERS, max_size=8), st.booleans()), max_size=12)


def seen(words: str) -> str:
    return re.sub(r"[\s\u200b]", "", words)


def units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def in_units(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def made(pieces: list[tuple[str, bool]], gap: str = "\u2029") -> tuple[Passages, str, str]:
    """What is shown, with other gaps than the text has."""
    text = " ".join(words for words, is_text in pieces if is_text)
    screen = gap.join(words for words, _ in pieces)
    return Passages(screen, [Shown(*piece) for piece in pieces], Squeezed(text)), screen, text


@given(pieces_of)
@example([("😀 a", True), ("•", False), ("a b", True)])
@example([("ab", True), ("ab", False), ("ab", True), ("ab", True)])
@example([("\u00a0a\u200bb", True), ("a", False)])
def test_every_word_on_the_screen_is_found_in_the_text_and_back(pieces):
    passages, screen, text = made(pieces)
    at = 0
    for words, is_text in pieces:
        end = at + units(words)
        found = passages.text_range(at, end)
        if is_text and seen(words):
            assert found
            assert seen(text[slice(*found)]) == seen(words)
            back = passages.screen_range(*found)
            assert back
            assert seen(in_units(screen, *back)) == seen(words)
            assert at <= back[0] <= back[1] <= end
        else:
            assert found is None
        at = end + 1


@given(pieces_of, st.data())
def test_what_is_selected_across_bullets_is_one_passage_of_the_text(pieces, data):
    passages, screen, text = made(pieces)
    whole = units(screen)
    start = data.draw(st.integers(0, whole))
    end = data.draw(st.integers(start, whole))
    found = passages.text_range(start, end)
    if found:
        back = passages.screen_range(*found)
        assert back
        assert passages.text_range(*back) == found
        assert not text[found[0]].isspace()
        assert not text[found[1] - 1].isspace()


@given(st.text(LETTERS))
def test_units_and_code_points_are_told_apart(text):
    counted = Units(text)
    for place in range(len(text) + 1):
        assert counted.to_units(place) == units(text[:place])
        assert counted.to_points(counted.to_units(place)) == place


@given(st.text(LETTERS))
def test_squeezing_keeps_the_place_of_every_letter(text):
    squeezed = Squeezed(text)
    assert squeezed.words == seen(text)
    for place, letter in enumerate(squeezed.words):
        assert text[squeezed.source(place)] == letter
        assert squeezed.place(squeezed.source(place)) == place


def test_a_title_that_is_not_said_again_is_jumped_over():
    passages = Passages(
        "Title\u2029Body of it", [Shown("Title", False), Shown("Body of it", True)], Squeezed("Title\n\nBody of it")
    )
    assert passages.text_range(6, 10) == (7, 11)
    assert passages.text_range(0, 5) is None


def test_markdown_signs_that_are_not_shown_belong_to_nobody():
    text = "Some **bold** words and [a link](https://a.example/)."
    shown = [Shown(piece, True) for piece in ("Some ", "bold", " words and ", "a link", ".")]
    passages = Passages("Some bold words and a link.", shown, Squeezed(text))
    start, end = passages.text_range(5, 9) or (0, 0)
    assert text[start:end] == "bold"
    start, end = passages.text_range(20, 26) or (0, 0)
    assert text[start:end] == "a link"


def test_a_page_that_is_not_what_it_said_claims_nothing():
    passages = Passages("Something else", [Shown("The text", True)], Squeezed("The text"))
    assert passages.text_range(0, 14) is None
    assert passages.screen_range(0, 8) is None


def test_a_later_part_goes_on_where_the_part_before_it_ended():
    text = Squeezed("again and again and again")
    begin = end_of([Shown("again and", True)], text, 0)
    passages = Passages("again", [Shown("again", True)], text, begin)
    assert passages.text_range(0, 5) == (10, 15)


@given(st.text("ab ", min_size=1, max_size=40), st.data())
def test_surroundings_tell_a_passage_from_its_look_alikes(text, data):
    text = text * 5
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    prefix, suffix = surroundings(text, start, end)
    known = prefix + text[start:end] + suffix
    assert text.find(known) == start - len(prefix)
    assert text.find(known, text.find(known) + 1) < 0
