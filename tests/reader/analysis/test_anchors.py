from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reader.analysis.anchors import CONTEXT, LIKENESS, anchor, anchor_at, find, likeness
from reader.errors import Refused

TEXT = (
    "The regulator heard the company in March.\n\n"
    "It did not answer the formal notice.  The fine is 20 million euros, and the company has two months.\n\n"
    "A second authority asked the same questions. It did not answer the formal notice. No fine was set there."
)


def passage(text, quote, **context):
    return anchor(text, quote, **context)


def shown(text, mark):
    place = find(text, mark)
    return None if place is None else text[slice(*place)]


# Setting a highlight


def test_a_quote_is_anchored_with_its_surroundings():
    mark = passage(TEXT, "The fine is 20 million euros")
    assert TEXT[mark.start : mark.end] == mark.exact == "The fine is 20 million euros"
    assert mark.prefix == TEXT[mark.start - CONTEXT : mark.start]
    assert mark.suffix.startswith(", and the company")


def test_white_space_and_typography_of_a_typed_quote_do_not_matter():
    text = "He said:\n“It’s   a\u00a0‘search\u00adengine’ –\nfor faces”, and left."
    mark = passage(text, "\"It's a 'searchengine' - for faces\"")
    assert mark.exact == "“It’s   a\u00a0‘search\u00adengine’ –\nfor faces”"


def test_a_quote_that_is_not_there_is_refused():
    with pytest.raises(Refused, match="do not stand"):
        passage(TEXT, "The fine is 30 million euros")
    with pytest.raises(Refused, match="needs the words"):
        passage(TEXT, " \n ")


def test_an_ambiguous_quote_needs_its_surroundings():
    with pytest.raises(Refused, match="stand 2 times"):
        passage(TEXT, "It did not answer the formal notice.")
    first = passage(TEXT, "It did not answer the formal notice.", suffix="The fine")
    second = passage(TEXT, "It did not answer the formal notice.", prefix="the same questions.")
    assert first.start < second.start
    with pytest.raises(Refused, match="not after this prefix"):
        passage(TEXT, "It did not answer the formal notice.", prefix="a third authority")


def test_places_are_code_points():
    text = "🙂🙂 face search 🙂"
    mark = passage(text, "face search")
    assert (mark.start, mark.end) == (3, 14)


@pytest.mark.parametrize("place", [(-1, 4), (4, 4), (5, 4), (0, 1000)])
def test_a_selection_outside_the_text_is_refused(place):
    with pytest.raises(Refused):
        anchor_at(TEXT, *place)


# Finding it again


def test_words_that_moved_are_found_by_their_surroundings():
    mark = passage(TEXT, "It did not answer the formal notice.", prefix="the same questions.")
    moved = "Correction, 4 May: a date was wrong.\n\n" + TEXT.replace("in March", "in early April")
    assert find(moved, mark) == (moved.rindex("It did not"), moved.rindex("It did not") + len(mark.exact))


def test_a_passage_is_found_after_a_paragraph_was_put_before_it():
    mark = passage(TEXT, "A second authority asked")
    assert shown(TEXT.replace("A second", "An update came in between.\n\nA second"), mark) == mark.exact


def test_a_letter_at_the_new_beginning_is_not_the_letter_that_began_the_text():
    text = "word0 and then some thirty words of other news, until it ends"
    assert find(f"w {text} 0", anchor_at(text, 0, 1)) == (2, 3)


def test_new_white_space_and_quotation_marks_are_no_change():
    mark = passage(TEXT, "The fine is 20 million euros")
    assert (
        shown(TEXT.replace(" ", "\u00a0 ").replace("\n\n", "\n"), mark)
        == "The\u00a0 fine\u00a0 is\u00a0 20\u00a0 million\u00a0 euros"
    )


def test_a_corrected_word_inside_is_still_the_passage():
    mark = passage(TEXT, "20 million euros, and the company has two months.\n\nA second authority asked the same questions.")
    corrected = "New: an appeal.\n\n" + TEXT.replace("asked the", "asks these").replace("It did not", "She did not", 1)
    assert (
        shown(corrected, mark)
        == "20 million euros, and the company has two months.\n\nA second authority asks these same questions."
    )


def test_a_passage_whose_figure_changed_is_not_the_same_statement():
    mark = passage(TEXT, "The fine is 20 million euros, and the company")
    assert find(TEXT.replace("20 million", "30 million"), mark) is None


def test_a_long_quote_is_known_by_its_own_words():
    mark = passage(TEXT, "The fine is 20 million euros, and the company has two months.\n\nA second authority asked")
    assert shown(f"Elsewhere it was said: {mark.exact} and more of that, said otherwise.", mark) == mark.exact


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_a_deleted_paragraph_among_look_alikes_is_an_orphan(size):
    """The trap: every paragraph is made like its neighbours, and one that was marked goes away."""
    names = ["Alpha", "Bravo", "Carol", "Delta", "Edgar"][:size]
    paragraphs = [
        f"The data protection authority fined the company {name} {10 + i} million euros." for i, name in enumerate(names)
    ]
    text = "\n\n".join(["Five decisions were made.", *paragraphs, "All can be appealed."])
    for gone in paragraphs:
        left = text.replace(gone + "\n\n", "")
        first = text.index(gone)
        for start in range(first, first + len(gone) - 12, 7):
            for end in range(start + 12, first + len(gone) + 1):
                found = find(left, anchor_at(text, start, end))
                assert found is None or left[slice(*found)] == text[start:end].strip()


TWINS = "One. We do not comment. Two more words here.\n\nThree. We do not comment. Four."
ICO, CNIL = "The ICO fined the firm £7.5 million in May.", "The CNIL fined the firm €20 million in October."
ROBIN = "Thanks to Robin, who wrote it. Later Robin spoke about faces."
ANNEX = "A list of cases follows. The first was closed. See the annex for details of the cases. More."
COURT = "A court has fined a bank in a matter that has nothing to do with it."


@pytest.mark.parametrize(
    ("text", "quote", "context", "later"),
    [
        # the marked sentence goes, its twin in the next paragraph stays
        (TWINS, "We do not comment.", {"prefix": "One."}, TWINS.replace("We do not comment. ", "", 1)),
        # two paragraphs that differ in a word; the marked one goes
        (f"{ICO}\n\n{CNIL}", ICO, {}, CNIL),
        (f"{ICO}\n\n{CNIL}", CNIL, {}, ICO),
        # a name was corrected where it was marked, and stands elsewhere too
        (ROBIN, "Robin", {"prefix": "Later"}, ROBIN.replace("Later Robin", "Later Elisa")),
        # what followed the deleted sentence comes again, far below
        (ANNEX, "The first was closed.", {}, ANNEX.replace("The first was closed.", "Another matter stands here now. " * 3)),
        # all is new
        ("The regulator fined the firm.", "fined", {}, COURT),
        ("The regulator fined the firm.", "fined", {}, ""),
    ],
)
def test_an_orphan_rather_than_a_guess(text, quote, context, later):
    assert find(later, passage(text, quote, **context)) is None


def test_twins_that_nothing_tells_apart_are_orphans_once_they_moved():
    text = "no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no"
    mark = anchor_at(text, 45, 47)
    assert find(text, mark) == (45, 47)
    assert find("yes " + text, mark) is None


def test_a_hostile_text_is_answered_at_once():
    text = "a" * 200_000
    mark = anchor_at("b" + "a" * 19_000 + "c", 1, 19_001)
    assert find(text, mark) is None
    assert find("xy " * 60_000, anchor_at("z" + "xy " * 6_000, 300, 17_000)) is None


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=12)
texts = st.lists(words, min_size=1, max_size=60).map(" ".join)


@given(text=texts, data=st.data())
def test_in_the_text_it_was_set_in_a_highlight_stands_where_it_was_set(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert find(text, anchor_at(text, start, end)) == (start, end)


@given(data=st.data(), before=texts, after=texts)
def test_a_highlight_is_found_again_after_edits_elsewhere(data, before, after):
    """Whatever was written before and after: the passage and the words right around it are as they were."""
    count = data.draw(st.integers(30, 60))
    text = " ".join(f"word{i}of{count}" for i in range(count))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    mark = anchor_at(text, start, end)
    assume(mark.exact.strip())
    kept = text[max(0, start - 2 * CONTEXT) : end + 2 * CONTEXT]
    found = find(f"{before} {kept} {after}", mark)
    assert found is not None
    words = f"{before} {kept} {after}"[slice(*found)]
    assert words.strip() == mark.exact.strip()
    begins = found[0] + len(words) - len(words.lstrip())
    led = len(mark.exact) - len(mark.exact.lstrip())
    assert begins == len(before) + 1 + kept.index(text[max(0, start - CONTEXT) : end]) + min(start, CONTEXT) + led


@given(text=texts, later=texts, data=st.data())
def test_what_is_found_is_always_like_what_was_marked(text, later, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    mixed = data.draw(st.sampled_from([later, text[:start] + later + text[end:], text[: start + 1] + text[end:], later + text]))
    mark = anchor_at(text, start, end)
    found = find(mixed, mark)
    if found is not None:
        assert 0 <= found[0] < found[1] <= len(mixed)
        assert likeness(mixed[slice(*found)], mark.exact) >= LIKENESS


@given(text=texts, data=st.data())
def test_a_quote_copied_from_the_text_is_accepted_or_ambiguous(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        mark = anchor(text, text[start:end], prefix=text[:start], suffix=text[end:])
    except Refused as refusal:
        assert "needs the words" in str(refusal) or "times" in str(refusal)  # noqa: PT017 - either answer is right
    else:
        assert text[mark.start : mark.end] == mark.exact


@given(one=texts, other=texts)
def test_likeness_is_a_share(one, other):
    assert likeness(one, one) == 1
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1
