"""Quality: points for what a reader can see, with a receipt that adds up."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.quality import Weights, receipt
from reader.records import Reading

GOOD = "The regulator said that it had fined the firm. “We found no legal basis for any of this,” it wrote in a statement. " * 40
DATE = datetime(2026, 3, 2, tzinfo=UTC)


def reading(**known: object) -> Reading:
    return Reading(**{"id": 1, "title": "Regulator fines firm", "text": GOOD, "provider": "a.example", "language": "en", **known})


def score(**known: object) -> float:
    return receipt(reading(**known)).score


def points(what: str, **known: object) -> float:
    return sum(line.points for line in receipt(reading(**known)).lines if line.what == what)


def test_everything_that_is_good_makes_a_hundred() -> None:
    links = ("https://b.example/1", "https://c.example/2", "https://d.example/3")
    assert score(standing=100, author="A. Writer", date=DATE, links=links, images=1, url="https://a.example/x") == 100
    assert sum((30, 10, 20, 5, 5, 10, 10, 10)) == 100


def test_a_recorded_quality_stays_as_recorded_and_says_so() -> None:
    found = receipt(reading(quality=213.0))
    assert found.score == 213
    assert [line.points for line in found.lines] == [213]
    assert "recorded" in found.lines[0].why


def test_the_analyst_stands_above_the_starting_value() -> None:
    starting = {"a.example": 90}
    known = receipt(reading(), starting)
    assert known.lines[0].points == 27
    assert receipt(reading(standing=10), starting).lines[0].points == 3
    assert receipt(reading(provider=""), starting).lines[0].points == 0


def test_a_house_on_a_shared_domain_is_known_by_its_host() -> None:
    starting = {"watchdog.land.example": 95, "land.example": 20}
    assert receipt(reading(provider="land.example", url="https://www.watchdog.land.example/x"), starting).lines[
        0
    ].points == round(28.5)
    assert receipt(reading(provider="land.example", url="https://other.land.example/x"), starting).lines[0].points == 6


def test_a_copy_is_worth_less_than_its_original() -> None:
    assert receipt(reading(), copy=True).score < receipt(reading()).score


def test_what_spoils_a_text_is_taken_off() -> None:
    spun = GOOD + "\n#Regulator on to win software free download\nIt was over and.The end came.Ĭertain people knew."
    assert points("machine-made text", text=spun) < 0
    assert points("machine-made text") == 0
    assert points("boilerplate", text=GOOD + "\nSubscribe to our newsletter\nFollow us on social media") < 0
    assert points("broken characters", text=GOOD.replace("“", "â€œ")) < 0
    assert points("shouting", title="WATCHDOG FINES FIRM BIG TIME") < 0
    assert points("text", text="", excerpt="") < 0


def test_what_belongs_to_a_page_is_found_wherever_it_stands() -> None:
    for words in ("Share this", "Sign up for news", "SUBSCRIBE", "Join 5 others", "Abonnez-vous"):
        assert points("boilerplate", text=f"The firm was fined.\n\n{words}.") == -3
    for words in ("They share things.", "More of the same.", "Join 50000 others", "Unsubscribed"):
        assert points("boilerplate", text=f"The firm was fined.\n\n{words}") == 0


def test_sources_are_counted_by_words_and_by_phrases() -> None:
    def named(text: str) -> str:
        return next(line.value for line in receipt(reading(text=text)).lines if line.what == "sources")

    assert "3 times" in named("According to the paper, he said so. She told them. Retold, restated.")
    assert "4 times" in named("In a statement the firm a déclaré que oui, d’après elle. Laut Gericht nicht.")
    assert "0 times" in named("A statement according, to nobody.")


def test_empty_lines_cost_nothing() -> None:
    began = time.process_time()
    assert score(text=f"#a {chr(10) * 20_000}x")
    assert time.process_time() - began < 0.2


def test_an_abbreviation_or_an_address_is_no_mark_of_a_machine() -> None:
    assert (
        points(
            "machine-made text", text="The U.S. agency and Booking.Com agreed. They met at ID.me offices in the U.K. on Monday."
        )
        == 0
    )


def test_a_text_that_breaks_off_has_half_the_points_of_its_length() -> None:
    assert points("length", text=GOOD + " Read more") == points("length") / 2


def test_the_analyst_may_weigh_otherwise() -> None:
    assert receipt(reading(), weights=Weights(length=0)).score == score() - points("length")


@given(
    st.text(max_size=300),
    st.text(max_size=60),
    st.sampled_from(["", "a.example"]),
    st.none() | st.integers(0, 100),
    st.integers(0, 3),
    st.booleans(),
)
def test_receipts_add_up_and_stay_within_bounds(text, title, provider, standing, images, copy) -> None:
    found = receipt(Reading(id=1, title=title, text=text, provider=provider, standing=standing, images=images), copy=copy)
    assert sum(line.points for line in found.lines) == found.score
    assert 0 <= found.score <= 100
