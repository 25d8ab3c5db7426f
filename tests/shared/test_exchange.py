"""Real records, suites of OPML and hostile files through an import, and out again."""

from __future__ import annotations

import importlib.util
import json
import re
import time

import pytest
import yaml

from reader.errors import ParseError
from reader.jobs.exchange import opml, read, seed, write_jsonl, write_records
from reader.outcomes import ExportOutcome, ImportOutcome
from reader.store import articles, feeds
from reader.store.database import Database


@pytest.fixture
def bring(database):
    """Imports paths; what became of them."""

    def bring(*paths, into=database):
        outcome = ImportOutcome()
        for _ in read(into, list(paths), outcome=outcome):
            pass
        return outcome

    return bring


def counts(outcome):
    return outcome.imported, outcome.updated, outcome.unchanged


def front(text):
    return yaml.load(text.split("---\n")[1], Loader=yaml.BaseLoader)  # it builds text, lists and mappings alone


def test_the_five_documents(bring, seeds):
    first = bring(seeds)
    assert (counts(first), first.faults) == ((10, 0, 0), [])
    again = bring(seeds)
    assert (counts(again), again.faults) == ((0, 0, 10), [])


def test_the_titles_of_bare_texts(bring, database, seeds):
    found = [articles.rows(database.db, bring(file).articles)[0] for file in sorted(seeds.glob("00[123]_*"))]
    assert [row.title[:31] for row in found] == [
        "France Orders Clearview AI to D",
        "Clearview AI forced to delete f",
        "Read the CNIL’s decision (in Fr",
    ]
    assert {(row.provider, row.date, row.web_url) for row in found} == {("", None, "")}


def test_every_field_of_the_documents_comes_out_again(bring, database, seeds, tmp_path):
    bring(seeds)
    outcome = ExportOutcome()
    for _ in write_records(database, tmp_path / "out", outcome=outcome):
        pass
    assert outcome.written == 10
    written = {
        fields.get("webUrl", fields["title"]): fields
        for fields in (front(file.read_text("utf-8")) for file in (tmp_path / "out").iterdir())
    }
    for file in (*seeds.glob("000_*"), *seeds.glob("004_*")):
        document = front(file.read_text("utf-8"))
        assert document.items() <= written[document["webUrl"]].items()
    bodies = {seed.parse(file.read_text("utf-8"))[1] for file in (tmp_path / "out").iterdir()}
    assert {file.read_text("utf-8").strip("\n") for file in seeds.glob("00[123]_*")} <= bodies


def test_out_and_into_another_library_is_the_same(bring, database, seeds, tmp_path, now):
    bring(seeds)
    for _ in write_records(database, tmp_path / "out", outcome=ExportOutcome()):
        pass
    assert counts(bring(tmp_path / "out")) == (0, 0, 10)
    other = Database(tmp_path / "other", clock=lambda: now)
    assert counts(bring(tmp_path / "out", into=other)) == (10, 0, 0)
    for _ in write_jsonl(other, tmp_path / "other.jsonl", outcome=ExportOutcome()):
        pass
    for _ in write_jsonl(database, tmp_path / "first.jsonl", outcome=ExportOutcome()):
        pass

    def told(path):
        documents = map(json.loads, path.read_text("utf-8").splitlines())
        return {document["title"]: {k: v for k, v in document.items() if k not in {"id", "thread"}} for document in documents}

    assert len(told(tmp_path / "first.jsonl")) == 10
    assert told(tmp_path / "other.jsonl") == told(tmp_path / "first.jsonl")
    other.close()


def test_fifteen_hundred_records(bring, database, data):
    first = bring(data / "records.jsonl")
    assert first.faults == []
    assert first.imported > 3000
    assert (first.updated, first.unchanged) == (0, 0)
    again = bring(data / "records.jsonl")
    assert counts(again) == (0, 0, first.imported)
    recorded = database.db.execute("SELECT max(recorded_quality) FROM article").get
    assert recorded > 100  # beyond the scale, and kept so


def test_labelled_stories_as_records(bring, data, tmp_path):
    for file in sorted((data / "threads").glob("*.jsonl")):
        with (tmp_path / file.name).open("w", encoding="utf-8") as out:
            for line in file.read_text("utf-8").splitlines():
                story = json.loads(line)
                publisher = story["publisher"] or "unknown"
                slug = re.sub(r"[^a-z0-9]+", "-", publisher.lower()).strip("-") or "unknown"
                record = {
                    "title": story["title"],
                    "content": story["text"],
                    "excerpt": story["text"][:300],
                    "publishedDateTime": story["published"],
                    "webUrl": f"https://{slug}.example/{story['id']}",
                    "provider": {"name": publisher, "domain": f"{slug}.example"},
                }
                out.write(json.dumps(record) + "\n")
    file = tmp_path / "covid_hand.jsonl"
    outcome = bring(file)
    assert (counts(outcome), outcome.faults) == ((file.read_text("utf-8").count("\n"), 0, 0), [])


def test_suites_of_opml(data):
    """What other readers expect of an OPML file, where they say it in a way that can be looked up."""
    read_, expected = 0, 0
    for path in sorted((data / "feeds" / "listparser" / "opml").rglob("*.xml")):
        text = path.read_text("utf-8")
        told = dict(re.findall(r"result\['feeds'\]\[(\d+)\]\['url'\] == ['\"]([^'\"]+)", text))
        count = re.findall(r"len\(result\['feeds'\]\) == (\d+)", text)
        try:
            found = [outline.url for outline in opml.outlines(text.encode()) if outline.url]
        except ParseError:
            continue
        read_ += 1
        expected += len(told)
        assert set(told.values()) <= set(found), path.name
        assert not count or int(count[0]) <= len(found), path.name
    assert read_ > 20
    assert expected > 2


def test_the_starter_feeds(bring, database, data):
    outcome = bring(data / "starter-feeds.opml")
    assert outcome.faults == []
    assert len(outcome.feeds) == (data / "starter-feeds.opml").read_text("utf-8").count("xmlUrl=")
    assert all(feed.folder for feed in feeds.listed(database.db))


@pytest.fixture
def hostile(data):
    """The hostile samples of a kind: their bytes by name."""
    spec = importlib.util.spec_from_file_location("samples", data / "hostile" / "samples.py")
    samples = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(samples)

    def of(kind):
        return {one["id"]: samples.load(one, port=9) for one in samples.records() if one["kind"] == kind}

    return of


def test_hostile_yaml(hostile):
    found = hostile("yaml")
    assert found
    for name, body in found.items():
        start = time.perf_counter()
        text = f"---\ntitle: x\n{body.decode('utf-8', 'replace')}\n---\n"
        try:
            fields, _ = seed.parse(text)
        except ParseError:
            fields = {}
        assert time.perf_counter() - start < 1, name
        assert bool(fields) == (name not in {"yaml/lol", "yaml/pymodule"}), name
        assert all(isinstance(value, str | list | dict) for value in fields.values())


def test_hostile_opml(hostile, bring, database, tmp_path):
    for name, body in hostile("opml").items():
        path = tmp_path / "in" / f"{name.replace('/', '-')}.opml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(body)
    start = time.perf_counter()
    outcome = bring(tmp_path / "in")
    assert time.perf_counter() - start < 5
    assert {feed.url for feed in feeds.listed(database.db)} <= {
        "https://e.invalid/",
        "https://e.invalid/f",
        "https://e.invalid/g",
    }
    assert outcome.articles == []
    assert any("document type" in fault.reason for fault in outcome.faults)


def test_hostile_words_go_in_and_out(hostile, bring, database, tmp_path):
    with (tmp_path / "in.jsonl").open("w", encoding="utf-8") as out:
        for name, body in hostile("text").items():
            words = json.loads(body)
            out.write(
                json.dumps({"title": words, "webUrl": f"https://e.example/{name}", "content": words, "topics": [words[:50]]})
                + "\n"
            )
    outcome = bring(tmp_path / "in.jsonl")
    assert outcome.imported >= 10
    assert {fault.reason for fault in outcome.faults} <= {"a line of more than 10 MB; left out"}
    for _ in write_records(database, tmp_path / "out", outcome=ExportOutcome()):
        pass
    assert counts(bring(tmp_path / "out")) == (0, 0, outcome.imported)


def test_a_folder_of_everything(bring, data, long):
    """Nothing that feeds, pages or files can be brings more than a line."""
    folder = data / "feeds" if long else data / "feeds" / "feedvalidator"
    outcome = bring(folder, data / "hostile")
    assert outcome.imported > 100
    assert all(fault.reason and "\n" not in fault.reason and len(fault.reason) < 400 for fault in outcome.faults)
