"""Names and storylines: rare names link matters over months; what is in everything links nothing."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.analysis.facts import facts
from reader.analysis.names import names
from reader.analysis.storylines import LeadingName, Signature, joined, linking, one_matter, rarity, signature, status, title
from reader.records import Reading

KINDS = {
    "clearview": "company",
    "cnil": "authority",
    "ico": "authority",
    "gdpr": "law",
    "c-1/26": "case",
    "ann smith": "name",
    "ai act": "law",
}
SHOWN = {"clearview": "Clearview AI", "cnil": "CNIL", "ico": "ICO", "gdpr": "GDPR", "c-1/26": "C-1/26", "ann smith": "Ann Smith"}


def about(thread: int, *keys: str) -> Signature:
    return signature(thread, 1, [LeadingName(key, SHOWN.get(key, key), KINDS.get(key, "name"), 1) for key in keys])


def rarities(threads: int = 300, **leads_in: int) -> dict[str, float]:
    return {key: rarity(KINDS.get(key, "name"), leads_in.get(key.replace(" ", "_"), 3), threads) for key in KINDS}


def test_a_company_before_one_authority_is_one_matter() -> None:
    assert linking(about(1, "clearview", "cnil", "gdpr"), about(2, "clearview", "cnil"), rarities())


def test_a_law_that_everything_is_about_links_nothing() -> None:
    common = rarities(gdpr=120, cnil=60)
    assert not linking(about(1, "gdpr", "cnil"), about(2, "gdpr", "cnil"), common)


def test_one_name_alone_links_nothing_but_a_case_number_does() -> None:
    assert not linking(about(1, "clearview"), about(2, "clearview"), rarities())
    assert linking(about(1, "c-1/26"), about(2, "c-1/26"), rarities())


def test_before_other_authorities_it_is_another_matter() -> None:
    assert not linking(about(1, "clearview", "ann smith", "cnil"), about(2, "clearview", "ann smith", "ico"), rarities())


def test_a_company_that_is_everywhere_links_nothing() -> None:
    assert not linking(about(1, "clearview", "cnil"), about(2, "clearview", "cnil"), rarities(clearview=200))


def test_a_name_counts_where_it_leads_in_enough_articles() -> None:
    found = signature(
        1, 20, [LeadingName("cnil", "CNIL", "authority", 4), LeadingName("clearview", "Clearview AI", "company", 5)]
    )
    assert set(found.names) == {"clearview"}


def test_a_chain_of_chance_links_is_no_storyline() -> None:
    assert joined({1: 1}, {1: 4}) == []
    assert joined({1: 2, 2: 2}, {1: 4, 2: 4}) == [1, 2]
    assert joined({1: 1, 2: 2}, {1: 1, 2: 2}) == [2, 1]


def test_two_storylines_are_one_where_enough_of_their_threads_are_linked() -> None:
    some, others = (
        [about(1, "clearview", "cnil"), about(2, "clearview", "cnil")],
        [about(3, "clearview", "cnil"), about(4, "gdpr")],
    )
    assert one_matter(some, others, rarities(), frozenset())
    assert not one_matter(some, others[1:], rarities(), frozenset())


def test_a_law_that_few_threads_are_about_is_a_matter_of_its_own() -> None:
    assert linking(about(1, "ai act"), about(2, "ai act"), rarities(), {"ai act"})
    assert not linking(about(1, "ai act"), about(2, "ai act"), rarities())
    assert not linking(about(1, "gdpr"), about(2, "gdpr"), rarities(), {"gdpr"})


def test_a_storyline_is_called_by_who_acts_and_whom_it_is_about() -> None:
    assert title([about(1, "clearview", "cnil", "gdpr"), about(2, "clearview", "cnil")]) == "CNIL and Clearview AI"
    assert title([]) == "Unnamed"


def test_a_status_tells_how_much_and_when() -> None:
    first, last = datetime(2021, 12, 16, tzinfo=UTC), datetime(2022, 10, 20, tzinfo=UTC)
    assert status(2, 9, first, last, "The fine") == "2 threads, 9 articles, December 2021 to October 2022; latest: The fine"
    assert status(2, 9, first, first, "The fine") == "2 threads, 9 articles, December 2021; latest: The fine"
    assert status(2, 9, None, None, "The fine") == "2 threads, 9 articles; latest: The fine"


def named(text: str, **known: object) -> dict[str, tuple[str, bool]]:
    reading = Reading(**{"id": 1, "title": "The Order", "text": text, "language": "en", **known})
    return {name.key: (name.kind, name.leads) for name in names(reading, facts(reading))}


def test_names_lead_where_the_article_begins_with_them() -> None:
    text = "The CNIL fined Clearview AI over images. It did so on a Monday. Nobody came. In the end Wojciech Example spoke."
    found = named(text)
    assert found["cnil"] == ("authority", True)
    assert found["clearview"] == ("company", True)
    assert found["wojciech example"] == ("name", False)


def test_beginnings_of_sentences_months_and_nations_are_no_names() -> None:
    assert named("Yesterday it rained. French police came in January. Nobody knew. The Data Protection Authority slept.") == {}


def test_german_nouns_are_no_names() -> None:
    assert "gesicht" not in named("Das war ein Gesicht. Ein anderes Gesicht war da.", language="de")
