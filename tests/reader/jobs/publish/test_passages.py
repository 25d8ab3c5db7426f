from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.anchors import anchor, anchor_at
from reader.jobs.publish.document import Words
from reader.jobs.publish.passages import AROUND, quotes, standing
from reader.records import Highlight

TEXT = (
    "Mr. Smith spoke first. The fine is 20 million euros, he said, and it is final. Nobody asked.\n\n"
    "A new paragraph begins here. It ends."
)


def marks(text, *quoted, colour="yellow"):
    return [Highlight(n, 1, anchor(text, words), colour, datetime.now(UTC)) for n, words in enumerate(quoted)]


def shown(text, *quoted):
    found, gone = standing(text, marks(text, *quoted))
    assert gone == []
    return ["".join(f"[{piece.text}]" if piece.colour else piece.text for piece in one.pieces) for one in quotes(text, found, {})]


def test_a_passage_is_shown_in_its_sentence():
    assert shown(TEXT, "20 million euros") == ["The fine is [20 million euros], he said, and it is final."]
    assert shown(TEXT, "Nobody asked.") == ["[Nobody asked.]"]
    assert shown(TEXT, "Smith") == ["Mr. [Smith] spoke first."]
    assert shown(TEXT, "A new paragraph") == ["[A new paragraph] begins here."]


def test_marks_in_one_sentence_are_one_quote_in_the_order_of_the_text():
    assert shown(TEXT, "it is final", "20 million") == ["The fine is [20 million] euros, he said, and [it is final]."]
    assert shown(TEXT, "20 million", "It ends.") == ["The fine is [20 million] euros, he said, and it is final.", "[It ends.]"]


def test_marks_that_lie_over_each_other_are_parted():
    assert shown(TEXT, "20 million euros", "euros, he said") == ["The fine is [20 million ][euros][, he said], and it is final."]


def test_a_mark_over_two_paragraphs_keeps_its_words():
    assert shown(TEXT, "Nobody asked.\n\nA new") == ["[Nobody asked.\n\nA new] paragraph begins here."]


def test_scripts_without_spaces_have_sentences_too():
    text = "第一句话。第二句话在这里，很长。第三句。"
    assert shown(text, "在这里") == ["第二句话[在这里]，很长。"]


def test_long_sentences_are_shortened_around_the_passage():
    text = "word " * 200 + "the passage " + "word " * 200
    [quote] = quotes(text, standing(text, marks(text, "the passage"))[0], {})
    before, marked, after = (piece.text for piece in quote.pieces)
    assert marked == "the passage"
    assert before.startswith("… word")
    assert after.endswith("word…")
    assert max(len(before), len(after)) <= AROUND + 2


def test_remarks_go_with_their_mark():
    said = (Words("Ask.", "en"),)
    found, _ = standing(TEXT, marks(TEXT, "20 million", "it is final", colour="blue"))
    [quote] = quotes(TEXT, found, {1: said})
    assert [(remark.colour, remark.words) for remark in quote.remarks] == [("blue", said)]


@pytest.mark.parametrize("later", ["", "The fine is 30 million euros, he said.", "20 million people live there."])
def test_words_that_went_away_are_gone(later):
    [mark] = marks(TEXT, "20 million euros, he said")
    assert standing(later, [mark]) == ([], [mark])


@given(data=st.data(), text=st.text(st.sampled_from("ab .!\n。 "), min_size=1, max_size=300))
def test_every_mark_is_shown_to_the_letter(data, text):
    places = data.draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 40)), max_size=4))
    highlights = [
        Highlight(n, 1, anchor_at(text, start, min(len(text), start + length)), "pink", datetime.now(UTC))
        for n, (start, length) in enumerate(places)
    ]
    found, gone = standing(text, highlights)
    assert gone == []
    shown = "".join(piece.text for quote in quotes(text, found, {}) for piece in quote.pieces if piece.colour)
    covered = {at for mark in found for at in range(mark.start, mark.end)}
    assert shown == "".join(text[at] for at in sorted(covered))
