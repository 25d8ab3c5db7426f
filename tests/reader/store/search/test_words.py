"""A word is found in its other forms, in every script, and as it is written."""

from __future__ import annotations

import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store.search import beginnings, words

ENDINGS = ("ing", "ation", "ies", "ed", "iveness", "fulness", "ational")
LANGUAGES = ["en", "fr", "de", "es", "it"]


def meets(asked: str, text: str, language: str) -> bool:
    """Whether every word that is asked for stands in the text in some form."""
    terms = words.positions(text, language)
    return all(any(form in terms for form in one.forms) for one in words.asked(asked, LANGUAGES))


@pytest.mark.parametrize(
    ("asked", "text", "language"),
    [
        ("regulator", "The regulators decided", "en"),
        ("Regulators", "a regulator", "en"),
        ("fines", "was fined", "en"),
        ("donnée", "les données personnelles", "fr"),
        ("donnees", "une donnée", "fr"),
        ("identificaciones", "la identificación", "es"),
        ("Gesichter", "das Gesicht", "de"),
        ("müller", "Herr MÜLLER sagte", "de"),
        ("muller", "Müller's decision", "en"),
        ("strasse", "Hauptstraße, die Straße", "de"),
        ("homme", "L’homme", "fr"),
        ("IA", "l'IA", "fr"),
        ("privacy", "privacy's end", "en"),
        ("Łukasiewicz", "lukasiewicz", "en"),
        ("识别", "人脸识别技术", "zh"),
        ("人脸识别", "人脸识别技术", "zh"),
        ("データ", "個人データの保護", "ja"),
        ("한국", "한국의 법", "ko"),
        ("ข้อมูล", "คุ้มครองข้อมูลส่วนบุคคล", "th"),
        ("डेटा", "डेटा संरक्षण", "hi"),
        ("данные", "персональных данных", "ru"),
    ],
)
def test_a_word_is_found_in_its_other_forms(asked: str, text: str, language: str) -> None:
    if language == "ru":
        assert {form for one in words.asked(asked, ["ru"]) for form in one.forms} & set(words.positions(text, "ru"))
    else:
        assert meets(asked, text, language)


def test_words_that_every_text_holds_are_left_out_but_hold_their_place() -> None:
    found = words.positions("The right to be forgotten", "en")
    assert "the" not in found
    assert "to" not in found
    assert list(found["right"]) == [1]
    assert list(found["forgotten"]) == [4]


def test_a_name_in_capitals_is_a_word_though_it_is_not_in_small_letters() -> None:
    assert "us" in words.positions("a US agency", "en")
    assert "us" not in words.positions("tell us more", "en")
    assert "it" in words.positions("the IT sector", "en")
    (upper,), (lower,) = words.asked("US", ["en"]), words.asked("us", ["en"])
    assert upper.tells
    assert not lower.tells


def test_a_stem_is_no_word() -> None:
    found = words.positions("privacy", "en")
    assert set(found) == {"privacy", "=privaci"}


@pytest.mark.parametrize("number", ["SAN-2022-019", "C-311/18", "2016/679", "10,000", "01.02.2022"])
def test_a_number_of_a_file_is_kept_whole_beside_its_pieces(number: str) -> None:
    found = words.positions(f"In case {number} the court", "en")
    assert words.fold(number) in found
    pieces = words.asked(number, ["en"])
    assert len(pieces) > 1
    assert all(piece.written in found for piece in pieces)


def test_dashes_of_every_kind_join_alike() -> None:
    assert words.whole_compounds("C\u2011311/18") == words.whole_compounds("C-311/18") == {"c-311/18"}


@given(st.lists(st.sampled_from(["C-311/18", "x", "1", "\n", "\x1c", "\t", " ", "-", "é", "٣", "1.5%"])).map("".join))
def test_compounds_of_a_text_of_ascii_are_those_of_any_text(text: str) -> None:
    assert words.whole_compounds(text) == words.whole_compounds(f"{text} é")


@given(
    st.lists(
        st.sampled_from(["the", "US", "us", "Laws", "1998", "Müller", "l'homme", "人脸识别", "données", "a" * 70])
        | st.text(max_size=5)
    ),
    st.sampled_from(["en", "fr", "de", "ru", "ja", ""]),
)
def test_many_plain_pieces_have_the_forms_that_each_has(pieces: list[str], language: str) -> None:
    plain = [piece for text in pieces for piece in words.pieces_of(text) if words.is_plain(piece)]
    alone = [words.forms_of(piece, language) for piece in plain]
    assert [(words.Form(*form),) for form in zip(*words.plain_forms(plain, language), strict=True)] == alone


def test_words_are_marked_where_they_stand() -> None:
    text = "L'homme et AI技术 dans l’État"
    spans = [
        (text[piece.start() + word.start : piece.start() + word.end], word.terms)
        for piece in beginnings.pieces(text)
        for word in words.words_of(piece[0], "fr")
        if word.terms
    ]
    assert [written for written, _ in spans] == ["L'homme", "AI", "技术", "术", "l’État"]


@pytest.mark.parametrize(
    ("text", "language", "asked", "marked"),
    [
        ("ข้อมูลที่ทำงาน", "th", "ทำงาน", "ทำงาน"),
        ("ｶﾞｽ会社", "ja", "会社", "会社"),
        ("说人脸'识别技术", "zh", "识别", "识别"),
        ("人脸'识别", "zh", "人脸", "人脸"),
        ("l'AI识别", "zh", "识别", "识别"),
    ],
)
def test_words_of_scripts_without_spaces_are_marked_where_they_stand(text: str, language: str, asked: str, marked: str) -> None:
    wanted = {one.written for one in words.asked(asked, [language])}
    assert wanted <= set(words.positions(text, language))
    found = [one for one in words.words_of(text, language) if set(one.terms) & wanted]
    assert text[min(one.start for one in found) : max(one.end for one in found)] == marked


@given(st.text(max_size=200), st.sampled_from(["", "en", "fr", "zh", "th", "xx"]))
def test_any_text_is_cut_into_words_that_can_be_asked_for(text: str, language: str) -> None:
    found = words.positions(text, language)
    for term, places in found.items():
        assert term
        assert "\n" not in term
        assert len(term.encode()) <= 4 * words.LONGEST + 1
        assert list(places) == sorted(places)
    for piece in beginnings.pieces(text):
        for word in words.words_of(piece[0], language):
            assert 0 <= word.start < word.end <= len(piece[0])
            assert all(term in found for term in word.terms)
    for one in words.asked(text, LANGUAGES):
        assert one.written


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=1, max_size=12))
def test_a_word_is_found_as_it_is_written(word: str) -> None:
    found = words.positions(f"before {word} after", "en")
    for one in words.asked(word, ["en"]):
        assert one.written in found or not one.tells


def test_threads_do_not_spoil_each_others_stems() -> None:
    """The window searches on one thread while a job indexes on another, and a stemmer of Snowball has a state."""
    spoken = [f"{begin}{middle}{end}" for begin in "bcdfghlmnp" for middle in ("ara", "ilo", "entu") for end in ENDINGS]
    alone = {word: words.asked(word, ["en"]) for word in spoken}
    wrong: list[object] = []

    def stem() -> None:
        try:
            wrong.extend(word for _ in range(3) for word in spoken if words.asked(word, ["en"]) != alone[word])
        except Exception as error:  # noqa: BLE001 - whatever it is, it comes of the other threads
            wrong.append(error)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [threading.Thread(target=stem) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert wrong == []


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["iris", "L'Iris", "Éire", "laws", "Ιris", "x’y", "a_i", "人 iris", "9.i"]), st.text(max_size=5)
        )
    ),
    st.sets(st.sampled_from(["a", "b", "ir", "il", "la", "x", "9", "e", "ei"]), min_size=1),
)
def test_pieces_that_are_left_out_hold_no_word_that_begins_so(pieces: list[str], asked: set[str]) -> None:
    text = " ".join(pieces)
    kept = {piece.span(): piece[0] for piece in beginnings.pieces(text, tuple(sorted(asked)))}
    for piece in beginnings.pieces(text):
        terms = {term.removeprefix(words.STEM) for place in words.places_of(piece[0], "en") for term in place}
        assert piece.span() in kept or not any(term.startswith(tuple(asked)) for term in terms), piece[0]
    assert set(kept) <= {piece.span() for piece in beginnings.pieces(text)}


@given(
    st.lists(
        st.sampled_from(
            ["don't", "l’homme", "'quoted'", "“Law”", "a_b", "x--y", "o''b", "–", "é", "C-311/18", "\u00a0", "ʼn", "1,5 %"]
        )
    ).map(" ".join)
    | st.lists(st.sampled_from("ab'’“ _-.1")).map("".join)
    | st.text(max_size=20)
)
def test_texts_are_cut_quickly_where_they_are_cut_slowly(text: str) -> None:
    slowly = [piece.replace("’", "'") for piece in words.PIECE.findall(text.replace("_", " "))]
    assert [piece.replace("’", "'") for piece in words.pieces_of(text)] == slowly


def test_stems_begin_as_their_words_do() -> None:
    from snowballstemmer import stemmer

    spoken = (
        "regulation",
        "yearly",
        "unser",
        "gefällt",
        "überwachung",
        "données",
        "également",
        "dying",
        "skies",
        "ugly",
        "only",
        "privacidad",
        "riservatezza",
    )
    for code in words.stemmed() - beginnings.STEMS_BEGIN_ANEW:
        stem = stemmer(words.LANGUAGES[code]).stemWord
        for word in (*spoken, "γεγονός", "законодательство", "biyometrik", "tunnistaminen", "megfigyelés", "inform"):
            length = 2 if code in beginnings.TWO_LETTERS_STAY else 1
            assert words.fold(stem(word))[:length].replace("y", "i") == words.fold(word)[:length].replace("y", "i"), (code, word)
