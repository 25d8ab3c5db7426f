"""Input that was made to do harm."""

from __future__ import annotations

import importlib.util
import json
import re
import time
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from reader.errors import ParseError
from reader.web import discover, page
from reader.web.clean import ATTRIBUTES, TAGS, clean, text_of
from reader.web.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 5
"""What one document may take of the processor; most take none."""


@pytest.fixture(scope="module")
def samples(data: Path) -> Any:
    spec = importlib.util.spec_from_file_location("samples", data / "hostile" / "samples.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Inspector(HTMLParser):
    """Notes whatever is not on the list."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag not in TAGS else []
        allowed = ATTRIBUTES.get(tag, set()) | ATTRIBUTES["*"]
        self.found += [(tag, name) for name, _ in attrs if name not in allowed]
        self.found += [
            value for name, value in attrs if name in {"href", "src"} and not re.match(r"https?://|mailto:", value or "")
        ]

    def handle_comment(self, data: str) -> None:
        self.found.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def test_no_payload_survives_cleaning(data: Path) -> None:
    payloads = [json.loads(line)["text"] for line in (data / "hostile" / "xss.jsonl").read_text("utf-8").splitlines()]
    assert len(payloads) > 1000
    for payload in payloads:
        for base in ("", "https://a.example/"):
            cleaned = clean(payload, base)
            inspector = Inspector()
            inspector.feed(cleaned)
            inspector.close()
            assert not inspector.found, payload
            assert clean(cleaned, base) == cleaned, payload


def test_feeds_that_were_made_to_do_harm_are_read_or_refused(samples: Any) -> None:
    for record in samples.records():
        if record["kind"] != "feed":
            continue
        body = samples.load(record, 9)
        started = time.process_time()
        try:
            for item in parse(body[: 3 << 20] if "many_items" in record["id"] else body, "https://a.example/feed").items:
                told = item.record
                assert not told.web_url or told.web_url.startswith(("http://", "https://"))
                assert "@" not in told.web_url
                assert "root:" not in told.title + told.text, record["id"]
                assert not re.search("[\x00-\x08\x1b\x80-\x84\u202a-\u202e\u2066-\u2069]", told.title + told.text), record["id"]
                assert len(told.title) <= 500
        except ParseError as error:
            assert str(error)  # noqa: PT017 - to read or to refuse are both right
        assert time.process_time() - started < SECONDS, record["id"]


def test_pages_that_were_made_to_do_harm_take_no_time(samples: Any) -> None:
    for record in samples.records():
        if record["kind"] != "html":
            continue
        body = samples.load(record)
        for read in (lambda body: text_of(clean(body.decode("utf-8", "replace"))), page.read, discover.offers):
            started = time.process_time()
            try:
                read(body) if read is not discover.offers else discover.offers(body, "https://a.example/")
            except ParseError as error:
                assert str(error)  # noqa: PT017 - to read or to refuse are both right
            assert time.process_time() - started < SECONDS, record["id"]
