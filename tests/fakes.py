"""Stand-ins at the narrowest places."""

from __future__ import annotations

import hashlib
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self, TypeVar

from reader.errors import BadStatus, WebError
from reader.web.answers import Answer, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from reader.web.fetch import Fetched

    Reply = bytes | Answer | WebError | Callable[[Wanted], "bytes | Answer | WebError"]


T = TypeVar("T")


@dataclass
class FakeWeb:
    """A web of a few addresses: `web["https://a.example/feed"] = b"<rss>…"`, an Answer, a WebError, or a function of the request.

    Stands in for `fetch.get_all`. Bytes get an ETag and are "unchanged" for whoever has it; what is nowhere is a 404.
    """

    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[Wanted] = field(default_factory=list)
    content_type: str = "application/rss+xml"

    def __setitem__(self, url: str, reply: Reply) -> None:
        self.replies[url] = reply

    def __call__(self, wanted: Iterable[Wanted], at_once: int = 30, per_host: int = 2) -> Generator[Fetched | None]:
        for one in list(wanted):
            self.asked.append(one)
            yield one, self.answer(one)
        yield None

    def answer(self, wanted: Wanted) -> Answer | WebError:
        reply = self.replies.get(wanted.url)
        if callable(reply):
            reply = reply(wanted)
        if reply is None:
            return BadStatus(wanted.url, "there is nothing at this address (404); it may have moved", 404)
        if isinstance(reply, WebError):
            return reply
        found = reply if isinstance(reply, Answer) else Answer(url=wanted.url, body=reply, content_type=self.content_type)
        if not found.etag and found.body:
            found = replace(found, etag=f'"{hashlib.sha256(found.body).hexdigest()[:16]}"')
        if found.etag and found.etag == wanted.etag:
            return replace(found, body=b"", unchanged=True)
        return found


class AtOnce:
    """Stands in for `Children`: the work is done at once and in this process."""

    def __init__(self, count: int, *, seconds: float, megabytes: int, each: int = 1) -> None:
        del count, seconds, megabytes, each

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def submit(self, function: Callable[..., T], *args: object) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(function(*args))
        except Exception as error:  # noqa: BLE001 - as the real ones
            future.set_exception(error)
        return future


def rss(*items: str, title: str = "Feed", more: str = "") -> bytes:
    """An RSS feed of these items."""
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    channel = f"<title>{title}</title><link>https://a.example/</link><description>About</description>{more}{''.join(items)}"
    return f'{head} xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{channel}</channel></rss>'.encode()


def entry(number: int, words: str = "Words of article", **fields: str) -> str:
    """One item: `fields` replace or add elements, "" leaves one out."""
    told = {
        "title": f"Article {number}",
        "link": f"https://a.example/{number}",
        "guid": f"tag:a.example,2026:{number}",
        "pubDate": f"Sun, 22 Nov 2026 {number % 24:02}:00:00 GMT",
        "description": f"&lt;p&gt;{words} {number}.&lt;/p&gt;",
    } | fields
    return f"<item>{''.join(f'<{name}>{value}</{name}>' for name, value in told.items() if value)}</item>"
