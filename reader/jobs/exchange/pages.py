"""Feed files and saved pages, read in a child: what they were made to do to a parser they do there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.jobs.exchange.piece import Piece
from reader.text import first_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.records import Record

_LONGEST_TITLE = 140
_HEAD = 4096
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d{1,5}\)(https?://[!-~]{1,2000}) -->")
"""What browsers write at the top of a page that they save."""


def of_feed(body: bytes) -> Sequence[Piece]:
    """The articles of a feed file. Raises `ParseError` for one that cannot be read at all."""
    from reader.web import parse  # noqa: PLC0415 - heavy, and wanted in the child alone

    feed = parse.parse(body)
    found = [_titled(item.record) for item in feed.items]
    problems = list(feed.problems)
    if empty := found.count(None):
        problems.append(f"{empty} of its items say nothing; left out")
    return [*(Piece(0, record) for record in found if record), *(Piece(0, None, (problem,)) for problem in problems)]


def _titled(record: Record) -> Record | None:
    """An item of a feed with a title; `None` for one in which there is nothing."""
    if record.title or record.web_url or record.original_url:
        return record
    title = first_sentence(record.text or record.excerpt, _LONGEST_TITLE)
    return replace(record, title=title) if title else None


def of_page(body: bytes) -> Sequence[Piece]:
    """The article of a saved page. Raises `ParseError` where there is none in it."""
    from reader.web import page  # noqa: PLC0415 - heavy, and wanted in the child alone

    saved_from = _SAVED_FROM.search(body[:_HEAD])
    return [Piece(0, page.read(body, saved_from[1].decode("ascii", "replace") if saved_from else ""))]
