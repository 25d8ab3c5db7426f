"""A bare text gets the title that a reader would give it, out of its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.jobs.exchange.texts import headline, record_of_text

BODY = (
    "\n\nThe court held on Tuesday that the city may not keep the pictures that its cameras took of people who passed by,"
    " not even for as long as it takes to compare them.\n"
)


@pytest.mark.parametrize(
    "around",
    [
        "Disclaimer: We may earn a commission. Please see our guide.",
        "Follow us on:",
        "Global News",
        "Share this article with friends",
        "By Ann Author and Bob Writer",
        "Tuesday, 5 January 2021",
        "Published on 5 January 2021",
        "#Court ruling on cameras software",
        "https://paper.example/2021/a-long-address-of-words",
        "and a line that begins in the middle",
        "We use cookies. Accept them all.",
        "Advertisement",
        "12:30 — 2021/01/05 (3)",
    ],
)
def test_what_stands_around_an_article_is_not_its_title(around):
    assert headline(f"{around}\n\nCourt tells city to delete faces{BODY}") == "Court tells city to delete faces"


@pytest.mark.parametrize(
    "title",
    [
        "Image recognition banned from stadiums",
        "Photo scanning law passes its first reading",
        "Updated rules for cameras in force.",
        "Cookie banners: regulator fines two sites",
        "By 2030 every traveller will be enrolled",
        "Gericht untersagt Gesichtserkennung am Bahnhof",
        "個人情報保護委員会が顔認識技術の指針を公表",
        "« Reconnaissance faciale : la CNIL sanctionne »",
    ],
)
def test_headlines_in_the_words_of_the_field(title):
    assert headline(f"{title}{BODY}") == title


def test_a_heading_of_markdown():
    assert headline(f"# Court tells city to delete faces{BODY}") == "Court tells city to delete faces"


def test_without_a_headline_the_first_sentence():
    assert headline(
        "Read the decision (in French).The complaint is one of many that were filed across Europe last year." + BODY
    ) == ("Read the decision (in French).")
    assert headline("word " * 100).endswith("…")
    assert len(headline("word " * 100)) <= 140


def test_nothing_else_is_claimed_to_be_known():
    record = record_of_text("\ufeffCourt tells city to delete faces" + BODY)
    assert record.content.startswith("Court")
    assert record.excerpt.startswith("The court held on Tuesday")
    assert (record.provider.name, record.provider.domain, record.date, record.web_url) == ("", "", None, "")


@given(st.text(min_size=1))
def test_any_text_has_a_title_of_one_line(text):
    title = record_of_text(text).title
    assert len(title) <= 140
    assert "\n" not in title
