"""Addresses are one whatever variant brings them; text is cut and counted as a reader would."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text import (
    canonical_url,
    domain_of,
    first_sentence,
    has_figure,
    is_a_site,
    language_of,
    sentences,
    shortened,
    squeezed,
    tidied,
    tokens,
    word_count,
)

STORY = "https://paper.example/news/2021/order"


@pytest.mark.parametrize(
    "variant",
    [
        "https://www.paper.example/news/2021/order",
        "http://paper.example/news/2021/order/",
        "HTTPS://Paper.Example:443/news/2021/order#comments",
        "https://paper.example/news/2021/order?utm_source=feed&fbclid=x",
        "https://paper.example/news/2021/order/amp/",
        "https://paper.example/amp/news/2021/order",
        "https://amp.paper.example/news/2021/order",
        "https://paper.example/news/2021/order?amp",
        "https://paper.example/news/2021/order?outputType=amp",
        "https://www-paper-example.cdn.ampproject.org/c/s/www.paper.example/news/2021/order/amp/",
        "https://paper-example.cdn.ampproject.org/v/s/paper.example/news/2021/order?amp_js_v=0.1&amp",
        "https://www.google.com/amp/s/paper.example/news/2021/order",
        "https://paper.example/news/./2020/../2021/order",
        "https://paper.example/n%65ws/2021/order",
        "  https://paper.example/news/2021/order\u200b ",
    ],
)
def test_every_variant_of_an_address_is_the_same_article(variant):
    assert canonical_url(variant) == STORY


def test_what_tells_pages_apart_is_kept():
    assert canonical_url("https://a.example/?id=2") != canonical_url("https://a.example/?id=3")
    assert canonical_url("https://a.example/x?b=1&a=2") == canonical_url("https://a.example/x?a=2&b=1")
    assert canonical_url("https://a.example:8080/x") == "https://a.example:8080/x"
    assert canonical_url("https://a.example/Order") != canonical_url("https://a.example/order")


@pytest.mark.parametrize(
    "address", ["ftp://a.example/x", "javascript:alert(1)", "mailto:a@b.example", "", "https://", "http://[", "x y"]
)
def test_what_is_no_web_address_has_no_canonical_one(address):
    assert canonical_url(address) == ""


@given(
    st.text(max_size=200),
    st.sampled_from(["", "https://", "http://www.", "https://a.example/", "https://x.cdn.ampproject.org/c/s/"]),
)
def test_canonical_once_is_canonical_for_good(text, start):
    once = canonical_url(start + text)
    assert canonical_url(once) == once


def test_the_front_page_of_a_site_is_no_article():
    assert is_a_site(canonical_url("https://www.paper.example/"))
    assert not is_a_site(canonical_url("https://www.paper.example/?p=1"))
    assert not is_a_site(canonical_url(STORY))


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://tech.paper.co.uk/x", "paper.co.uk"),
        ("www.paper.example", "paper.example"),
        ("https://www.gov.uk/x", "gov.uk"),
        ("https://edpb.europa.eu/x", "edpb.europa.eu"),
        ("https://www.europarl.europa.eu/x", "europarl.europa.eu"),
        ("localhost", ""),
        ("127.0.0.1", ""),
        ("Some Name", ""),
        ("", ""),
    ],
)
def test_an_outlet_is_known_by_its_registrable_domain(address, domain):
    assert domain_of(address) == domain


def test_text_that_hides_or_reorders_is_shown_plainly():
    assert squeezed("a\u202e b\x00c\u200b \n d") == "a bc d"
    assert tidied("one\r\ntwo\r\n\r\n \r\nthree\t four") == "one two\n\nthree four"


@given(st.text())
def test_tidy_once_is_tidy_for_good(text):
    assert tidied(tidied(text)) == tidied(text)
    assert squeezed(squeezed(text)) == squeezed(text)


def test_sentences_end_where_a_reader_ends_them():
    assert sentences("Dr. Roe said: “No.” It was filed on Dec. 16. The U.S. agency agreed!\n\nNo full stop here") == [
        "Dr. Roe said: “No.”",
        "It was filed on Dec. 16.",
        "The U.S. agency agreed!",
        "No full stop here",
    ]
    assert first_sentence("The authority fined the firm. It appealed.") == "The authority fined the firm."


@given(st.text(), st.integers(2, 80))
def test_a_shortened_line_fits(text, limit):
    assert len(shortened(text, limit)) <= limit


def test_words_are_counted_in_scripts_with_and_without_spaces():
    assert word_count("the court’s well-known order of 2021") == 6
    assert word_count("顔認識技術") == 2


LETTERS = st.text(st.one_of(st.sampled_from(" ab1_.-'’“–\n\u00a0ßª²"), st.characters()))


@given(LETTERS)
def test_the_quick_way_finds_the_tokens_and_counts_the_words_of_any_text(text):
    """Against the patterns that say what a token and a word are; scripts without spaces are counted otherwise."""
    assert tokens(text) == re.findall(r"\w+", text)
    assert has_figure(text) == bool(re.search(r"\d", text))
    if not re.search("[\u0e00-\u9fff]", text):
        assert word_count(text) == len(re.findall(r"\w+(?:[-'’.]\w+)*", text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The authority ordered the company to delete the photographs of residents.", "en"),
        ("L’autorité a ordonné à la société d’effacer les photographies des résidents.", "fr"),
        ("Die Behörde hat das Unternehmen angewiesen, die Bilder der Betroffenen zu löschen.", "de"),
        ("La autoridad ordenó a la empresa borrar las fotografías de los residentes.", "es"),
        ("L’autorità ha ordinato alla società di cancellare le fotografie dei residenti.", "it"),
        ("De toezichthouder heeft het bedrijf opgedragen de foto’s van inwoners te wissen.", "nl"),
    ],
)
def test_languages_are_told_even_when_the_source_says_something_else(text, language):
    assert language_of(text) == language
    assert language_of(text, "en-US") == language


def test_of_a_short_text_the_source_is_believed():
    assert language_of("CNIL", "fr-FR") == "fr"
    assert language_of("CNIL") == ""
    assert language_of("", "nonsense") == ""
