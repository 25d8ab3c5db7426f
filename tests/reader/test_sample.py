"""The data that ships: the sample shows what it promises; feeds, topics and providers can be read."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from lxml import etree

from reader.text import canonical_url, domain_of, language_of, word_count

RESOURCES = Path(__file__).parents[2] / "resources"
SAMPLE = RESOURCES / "sample"
FIXTURE = Path(__file__).parents[1] / "data" / "sample_threads.toml"
FIELDS = {
    *(
        "category",
        "title",
        "excerpt",
        "publishedDateTime",
        "originalUrl",
        "webUrl",
        "ampWebUrl",
        "type",
        "language",
        "author",
        "quality",
    ),
    *("provider", "topics", "images"),
}
LANGUAGES = {"en", "fr", "de", "es", "it", "nl"}
COLOURS = {"quote", "check", "contradiction", "method"}
POINTS = {"standards": 10, "corrections": 10, "original": 10, "authors": 5, "specialist": 5}
POINTS |= {"campaigns": -10, "clients": -10, "reprints": -15, "shouts": -20, "machine": -30}
FIXED = {"primary": 95, "official": 90}
KINDS = {"regulator", "court", "institution", "agency", "ngo", "outlet", "law", "trade", "academic"}


def read(path: Path) -> tuple[dict[str, object], str]:
    """The front matter of a record, with strings only, and its text."""
    empty, head, body = re.split(r"^---$\n?", path.read_text("utf-8"), maxsplit=2, flags=re.MULTILINE)
    assert empty == ""
    found = yaml.load(head, yaml.BaseLoader)
    assert isinstance(found, dict)
    return found, body.strip()


@pytest.fixture(scope="module")
def articles() -> dict[str, tuple[dict[str, object], str]]:
    return {path.name: read(path) for path in sorted((SAMPLE / "articles").iterdir())}


@pytest.fixture(scope="module")
def by_address(articles) -> dict[str, str]:
    return {head["webUrl"]: body for head, body in articles.values()}


@pytest.fixture(scope="module")
def fixture() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads(FIXTURE.read_text("utf-8"))


@pytest.fixture(scope="module")
def annotations() -> dict[str, list]:
    return tomllib.loads((SAMPLE / "annotations.toml").read_text("utf-8"))


def toml(name: str, table: str) -> list[dict]:
    found = tomllib.loads((RESOURCES / name).read_text("utf-8"))[table]
    assert isinstance(found, list)
    return found


# The articles


def test_there_is_enough_to_see_in_every_language(articles, fixture):
    languages = Counter(head["language"] for head, _ in articles.values())
    assert len(articles) >= 70
    assert set(languages) == LANGUAGES
    assert min(languages.values()) >= 5
    assert len(fixture["thread"]) >= 18
    assert len(fixture["storyline"]) >= 4


def test_every_article_has_what_a_record_needs(articles):
    for name, (head, body) in articles.items():
        assert set(head) <= FIELDS, name
        for field in ("title", "excerpt", "publishedDateTime", "webUrl", "language", "category"):
            assert head[field], (name, field)
        assert head["type"] == "article"
        assert head["provider"]["name"]
        assert head["provider"]["domain"]
        assert head["topics"], name
        assert 100 <= word_count(body) <= 400, (name, word_count(body))
        assert "\n\n" in body, f"{name} is one block of text"


def test_files_are_numbered_by_date(articles):
    dates = [datetime.fromisoformat(head["publishedDateTime"]) for head, _ in articles.values()]
    assert all(earlier <= later for earlier, later in pairwise(dates))
    assert dates[0] >= datetime(2020, 1, 1, tzinfo=UTC)
    assert dates[-1] < datetime(2026, 11, 21, tzinfo=UTC)


def test_no_two_articles_share_an_address(articles):
    addresses = Counter(canonical_url(head["webUrl"]) for head, _ in articles.values())
    assert "" not in addresses
    assert addresses.most_common(1)[0][1] == 1


def test_variants_of_an_address_are_the_same_article(articles):
    variants = [
        (head["webUrl"], head[field]) for head, _ in articles.values() for field in ("originalUrl", "ampWebUrl") if field in head
    ]
    assert len(variants) >= 10
    assert all(canonical_url(address) == canonical_url(variant) for address, variant in variants)


def test_the_language_is_the_one_it_is_written_in(articles):
    wrong = [name for name, (head, body) in articles.items() if language_of(body) != head["language"]]
    assert wrong == []


def test_every_address_is_one_that_nobody_can_own(articles):
    text = "\n".join(path.read_text("utf-8") for path in SAMPLE.rglob("*") if path.is_file())
    hosts = {urlsplit(address).hostname or "" for address in re.findall(r"https?://[^\s\"'<>)`]+", text)}
    assert hosts
    assert all(host.endswith(".example") for host in hosts), hosts


def test_outlets_say_that_they_are_samples_and_regulators_that_the_words_are_ours(articles):
    for name, (head, _) in articles.items():
        outlet = head["provider"]
        if outlet["domain"].endswith(".example"):
            assert re.search(r"\((sample|exemple|Beispiel|muestra|esempio|voorbeeld)\)$", outlet["name"]), name
            assert domain_of(head["webUrl"]) == outlet["domain"], name
        else:
            assert head["webUrl"].startswith("https://sample.example/regulator/"), name
            assert re.search(r"sample|exemple|Beispiele|muestra|esempi|voorbeelden", head["author"]), name


# What belongs together


def test_the_threads_name_each_article_once(articles, fixture):
    members = [file for thread in fixture["thread"] for file in thread["files"]]
    assert len(members) == len(set(members))
    assert set(members) <= set(articles)
    assert len(articles) - len(members) >= 5, "some articles belong to no thread"


def test_a_thread_is_one_event_told_by_several(articles, fixture):
    for thread in fixture["thread"]:
        heads = [articles[file][0] for file in thread["files"]]
        dates = [datetime.fromisoformat(head["publishedDateTime"]) for head in heads]
        assert 3 <= len(heads) <= 8, thread["name"]
        assert len({head["provider"]["domain"] for head in heads}) >= 3, thread["name"]
        assert (max(dates) - min(dates)).days <= 6, thread["name"]


def test_a_storyline_is_threads_weeks_apart(articles, fixture):
    threads = {thread["name"]: thread for thread in fixture["thread"]}
    for storyline in fixture["storyline"]:
        firsts = [
            datetime.fromisoformat(articles[threads[name]["files"][0]][0]["publishedDateTime"]) for name in storyline["threads"]
        ]
        assert len(firsts) >= 2, storyline["title"]
        assert all((later - earlier).days >= 30 for earlier, later in pairwise(firsts)), storyline["title"]


def test_copies_are_nearly_the_words_of_their_original(articles, fixture):
    assert sum(len(pair["copies"]) for pair in fixture["copy"]) >= 4
    for pair in fixture["copy"]:
        original = set(articles[pair["original"]][1].split())
        for copy in pair["copies"]:
            words = set(articles[copy][1].split())
            assert len(words & original) / len(words | original) > 0.75, copy
            assert articles[copy][0]["provider"] != articles[pair["original"]][0]["provider"]


# What the analyst did


def test_every_quote_stands_in_its_article_exactly_once(annotations, by_address):
    assert len(annotations["highlight"]) >= 8
    for highlight in annotations["highlight"]:
        assert by_address[highlight["article"]].count(highlight["quote"]) == 1, highlight["quote"]
        assert highlight["colour"] in COLOURS


def test_marks_and_notes_point_at_articles(annotations, by_address):
    assert {*annotations["read"], *annotations["starred"]} <= set(by_address)
    for note in annotations["note"]:
        assert ("article" in note) != ("thread" in note)
        assert note["text"]
        assert note.get("article", note.get("thread")) in by_address


def test_the_briefing_holds_what_is_there(annotations, by_address):
    (briefing,) = annotations["briefing"]
    quotes = {(highlight["article"], highlight["quote"]) for highlight in annotations["highlight"]}
    assert briefing["title"]
    assert briefing["audience"]
    assert briefing["summary"]
    assert {item["kind"] for item in briefing["item"]} == {"thread", "article", "highlight"}
    for item in briefing["item"]:
        assert item["article"] in by_address
        assert item["comment"]
        assert item["kind"] != "highlight" or (item["article"], item["quote"]) in quotes


# Feeds, topics, providers


def test_starter_feeds_stand_in_folders_once_each():
    outlines = etree.parse(RESOURCES / "starter.opml").findall("body/outline")
    feeds = [feed for folder in outlines for feed in folder.findall("outline")]
    addresses = [feed.get("xmlUrl", "") for feed in feeds]
    assert len(outlines) >= 4
    assert len(feeds) >= 30
    assert len({canonical_url(address) for address in addresses}) == len(addresses)
    assert all(address.startswith("https://") for address in addresses)
    assert all(feed.get("type") == "rss" and feed.get("title") and feed.get("title") == feed.get("text") for feed in feeds)


@pytest.mark.parametrize("topic", toml("topics.toml", "topic"), ids=lambda topic: topic["name"])
def test_a_starter_topic_is_well_formed(topic):
    query = topic["query"]
    bare = re.sub(r'"[^"]+"(~\d+)?', "phrase", query)
    depths = [bare[:end].count("(") - bare[:end].count(")") for end in range(len(bare) + 1)]
    assert topic["why"]
    assert '"' not in bare
    assert min(depths) == depths[-1] == 0
    assert max(depths) <= 4
    assert " NOT (" in query, "words that keep out what is not meant"
    assert "\n" not in query
    assert set(re.findall(r"\b(\w+):", bare)) <= {"title", "provider", "lang"}


def test_topics_have_names_of_their_own():
    names = [topic["name"] for topic in toml("topics.toml", "topic")]
    assert 6 <= len(names) <= 10
    assert len(set(names)) == len(names)


def test_a_standing_is_the_sum_of_its_grounds():
    for provider in toml("providers.toml", "provider"):
        grounds = provider["grounds"]
        fixed = [FIXED[ground] for ground in grounds if ground in FIXED]
        expected = fixed[0] if fixed else 50 + sum(POINTS[ground] for ground in grounds)
        assert not fixed or len(grounds) == 1
        assert provider["standing"] == expected, provider["domain"]
        assert provider["standing"] % 5 == 0
        assert 0 <= provider["standing"] <= 100


def test_providers_are_known_once_each():
    providers = toml("providers.toml", "provider")
    assert len(providers) >= 150
    assert {provider["kind"] for provider in providers} == KINDS
    assert all(provider["name"] and provider["domain"] == provider["domain"].lower() for provider in providers)
    assert Counter(domain_of(provider["domain"]) for provider in providers).most_common(1)[0][1] == 1


def test_every_provider_of_the_sample_has_a_standing(articles):
    known = {provider["domain"]: provider for provider in toml("providers.toml", "provider")}
    for head, _ in articles.values():
        outlet = head["provider"]
        assert outlet["domain"] in known, outlet
        if outlet["domain"].endswith(".example"):
            assert known[outlet["domain"]]["name"] == outlet["name"]
