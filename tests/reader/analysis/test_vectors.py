"""An article as weighted terms: the same everywhere, kept and read back whole, and meeting across languages."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.facts import facts
from reader.analysis.stems import terms
from reader.analysis.vectors import Rarity, fingerprint, headline, terms_of, unpacked, weighed
from reader.records import Reading

TEXT = "The regulator fined the firm 20 million euros on Monday. It had collected images of faces without a legal basis."


def vector(title: str, text: str = TEXT, language: str = "en"):
    reading = Reading(id=1, title=title, text=text, language=language)
    return weighed(terms_of(reading, facts(reading)), Rarity())


def likeness(one, other) -> float:
    return sum(weight * other.weights.get(term, 0) for term, weight in one.weights.items())


def test_what_is_kept_reads_back_as_it_was() -> None:
    before = vector("Regulator fines face search firm")
    assert unpacked(before.packed()) == before


def test_a_vector_has_length_one() -> None:
    found = vector("Regulator fines face search firm")
    assert math.isclose(sum(weight**2 for weight in found.weights.values()), 1, abs_tol=1e-3)


def test_an_article_without_a_word_has_an_empty_vector() -> None:
    found = vector("", "")
    assert not found.weights
    assert unpacked(found.packed()) == found


@given(st.text(max_size=80), st.text(max_size=400), st.sampled_from(["", "en", "de", "fr", "ru", "zz"]))
def test_any_text_makes_a_vector_that_can_be_kept(title: str, text: str, language: str) -> None:
    found = vector(title, text, language)
    assert unpacked(found.packed()) == found
    assert all(0 < weight <= 1 for weight in found.weights.values())


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff" * 200])
def test_a_vector_of_another_kind_is_made_again(data: bytes) -> None:
    assert unpacked(data) is None


def test_a_word_that_stands_in_every_thread_weighs_less_than_a_rare_one() -> None:
    rarity = Rarity()
    common, rare = terms("regulator", "en")[0], terms("fingerprints", "en")[0]
    for _ in range(30):
        rarity.threads += 1
        rarity.note([common])
    assert rarity.of([common]) < rarity.of([rare])


def test_the_outlet_at_the_end_of_a_title_is_no_part_of_it() -> None:
    assert headline("Court strikes down law on data retention | The Daily Sample") == "Court strikes down law on data retention"
    assert headline("Court strikes down law - Sample News") == "Court strikes down law"
    assert headline("Spy-ware and the law") == "Spy-ware and the law"


def test_a_text_that_changed_is_another_text() -> None:
    one = Reading(id=1, title="A", text="Some words.", language="en")
    assert fingerprint(one) == fingerprint(Reading(id=2, title="A", text="Some words.", language="en"))
    assert fingerprint(one) != fingerprint(Reading(id=1, title="A", text="Other words.", language="en"))


def test_the_same_event_is_more_alike_across_languages_than_another_event_in_one() -> None:
    english = vector("Court rejects data retention", "The court struck down the law. It cost 5 million euros in case C-793/19.")
    german = vector("Gericht verwirft Vorratsdatenspeicherung", "Das Gesetz kostete 5 Millionen Euro, Az. C-793/19.", "de")
    other = vector("Bakers strike over flour", "Bread is dear this year. The union wants more pay for the night shift.")
    assert likeness(english, german) > 0.2 > likeness(english, other)


def test_german_compounds_meet_the_english_words_that_they_are_made_of() -> None:
    assert set(terms("facial recognition", "en")) <= set(terms("Gesichtserkennung", "de"))


def test_russian_names_meet_in_latin_letters() -> None:
    assert set(terms("Путин", "ru")) & set(terms("Putin", "de"))
