"""Feeds as they are found in the world: the suites of twenty other readers, and a server with faults."""

from __future__ import annotations

import json
import multiprocessing
import random
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from reader.errors import ParseError
from reader.jobs import refresh
from reader.outcomes import RefreshOutcome
from reader.store import feeds
from reader.store.database import Database
from reader.web.discover import offers
from reader.web.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

STOPPING = """
    status=404 status=410 status=401 status=403 status=429&retry_after=120 status=500 status=503 status=204 status=451 status=502
    reset=1 reset=mid close=1 truncate=0.5 redirect=301&hops=7 redirect=loop redirect=self redirect=file redirect=private
    redirect=ftp meta=1 html=1 login=1 enc=br-lie enc=double gzip=trunc gzip=badcrc bomb=50 chunked=bad big=12
    endless=1 always304=1 auth=u:p headers=200 longheader=200 status=418 redirect=https stall=15 hang=1 trickle=1000
"""
"""Faults that stop a feed; of the last four it takes some time to know."""
HARMLESS = """
    redirect=301 redirect=308&hops=3 redirect=302 ctype=application/octet-stream ctype=text/plain;charset=latin-1 ctype=none
    charset=iso-8859-1 charset=utf-16 xmlcharset=iso-8859-1 lie=iso-8859-1 enc=deflate enc=rawdeflate enc=none gzip=trailing
    gzip=label-only gzip=unlabelled chunked=1 nolen=1 etag=none etag=rotate lm=garbage ignore304=1 noguid=1 dupguid=1 nodate=1
    odddate=1 relative=1 nolink=1 notitle=1 future=1 rotguid=1 reorder=1 bom=1 junk=1 doctype=1 nul=1 xss=1 cookie=1 ua=1
    headers=50
"""
ENTRIES = 10


class FeedServer:
    """The feed server of the tools in a process of its own, driven by its control addresses."""

    def __init__(
        self, tools: Path, data: Path, feeds: int, *, hosts: int = 1, entries: int = ENTRIES, faults: Sequence[str] = ()
    ) -> None:
        root = str(data / "feeds" / "kagi-smallweb")
        command = [sys.executable, str(tools / "feedserver.py"), "--root", root, "--port", "0"]
        command += ["--feeds", str(feeds), "--hosts", str(hosts), "--entries", str(entries)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.base = self._process.stdout.readline().split()[0]
        self.urls = self._said("/urls").split()
        for number, fault in enumerate(faults):
            self.set(number, fault)

    def set(self, number: int, fault: str) -> None:
        """Give a feed a fault."""
        self._said(f"/ctl/set?i={number}&fault={quote(fault)}")

    def change_all(self) -> None:
        """Give each feed without a fault one more entry."""
        self._said("/ctl/bump?pct=100")

    def bytes_sent(self) -> int:
        """What went over the line so far."""
        return int(json.loads(self._said("/ctl/stats"))["bytes"])

    def _said(self, path: str) -> str:
        with urlopen(self.base + path) as answer:
            return str(answer.read().decode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()


@pytest.fixture(scope="module")
def serve(tools: Path, data: Path) -> Callable[..., FeedServer]:
    return partial(FeedServer, tools, data)


@pytest.fixture(scope="module")
def index(data: Path) -> list[dict[str, Any]]:
    lines = (data / "feeds" / "index.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_as_many_entries_are_found_as_the_suites_state(data: Path, index: list[dict[str, Any]]) -> None:
    wrong: list[tuple[str, int, int]] = []
    stated = [record for record in index if (record.get("expect") or {}).get("entries") is not None]
    for record in stated:
        count = 0
        with suppress(ParseError):
            count = len(parse((data / "feeds" / record["file"]).read_bytes(), "https://a.example/feed").items)
        if count != record["expect"]["entries"]:
            wrong.append((record["file"], record["expect"]["entries"], count))
    assert len(stated) - len(wrong) >= len(stated) - 2, wrong


def test_whatever_is_read_nothing_raises_and_nothing_takes_long(data: Path, index: list[dict[str, Any]], long: bool) -> None:
    for record in index if long else index[::8]:
        body = (data / "feeds" / record["file"]).read_bytes()
        started = time.process_time()
        with suppress(ParseError):
            parse(body, "https://a.example/feed")
        assert time.process_time() - started < 5, record["file"]


def test_pages_offer_the_feeds_that_they_name(data: Path, index: list[dict[str, Any]]) -> None:
    pages = [record for record in index if record["kind"] == "html:discovery" and record["source"] == "feedfinder"]
    missed = [
        record["file"]
        for record in pages
        if bool(offers((data / "feeds" / record["file"]).read_bytes(), "https://a.example/"))
        != record["expect"]["feed_link_expected"]
    ]
    assert pages
    assert not missed


# Polling


def subscribe(database: Database, server: FeedServer) -> dict[int, int]:
    """Subscribe to every feed of the server; which feed is which of its numbers."""
    with database.write() as db:
        return {feeds.add(db, url, 1, allow_private=True) or 0: number for number, url in enumerate(server.urls)}


def poll(database: Database) -> RefreshOutcome:
    outcome = RefreshOutcome()
    for _ in refresh.run(database, force=True, outcome=outcome):
        pass
    return outcome


def articles(database: Database) -> tuple[int, int]:
    """How many articles there are, and how many addresses of articles."""
    return database.db.execute("SELECT count(*), count(DISTINCT web_url) FROM article").fetchone()


def test_faults_stop_their_own_feeds_are_named_and_stop_no_other(
    serve: Callable[..., FeedServer], database: Database, long: bool
) -> None:
    faults = STOPPING.split() if long else STOPPING.split()[:-4]
    count = 200 if long else 50
    with serve(count, hosts=count, faults=faults) as server:
        numbers = subscribe(database, server)
        first = poll(database)
        for feed in first.feeds:
            if numbers[feed.id] < len(faults):
                assert feed.status in {"error", "gone", "busy"}, faults[numbers[feed.id]]
                assert feed.error, faults[numbers[feed.id]]
                assert "\n" not in feed.error
            else:
                assert (feed.status, feed.new, feed.error) == ("new", ENTRIES, "")
        assert len({feed.error for feed in first.feeds}) > 20  # each by its own cause
        assert articles(database) == ((count - len(faults)) * ENTRIES,) * 2
        for number in range(len(faults)):
            server.set(number, "status=404")
        sent = server.bytes_sent()
        again = poll(database)
        assert (again.new, again.updated) == (0, 0)
        assert server.bytes_sent() - sent < 400 * count


def test_harmless_oddities_do_no_harm(serve: Callable[..., FeedServer], database: Database) -> None:
    oddities = HARMLESS.split()
    with serve(len(oddities), hosts=len(oddities), faults=oddities) as server:
        numbers = subscribe(database, server)
        for feed in poll(database).feeds:
            assert (feed.new, feed.status in {"new", "moved"}) == (ENTRIES, True), oddities[numbers[feed.id]]
        for feed in poll(database).feeds:
            assert (feed.new, feed.updated) == (0, 0), oddities[numbers[feed.id]]


def test_one_new_article_in_each_is_all_that_comes(serve: Callable[..., FeedServer], database: Database) -> None:
    with serve(30) as server:
        subscribe(database, server)
        assert poll(database).new == 30 * ENTRIES
        server.change_all()
        outcome = poll(database)
        assert (outcome.new, outcome.updated) == (30, 0)


def test_a_kill_in_the_middle_loses_and_doubles_nothing(serve: Callable[..., FeedServer], tmp_path: Path, long: bool) -> None:
    count, chance = 20, random.Random(7)
    spawn = multiprocessing.get_context("spawn")
    with serve(count, entries=40) as server:
        for turn in range(25 if long else 2):
            database = Database(tmp_path / str(turn))
            subscribe(database, server)
            victim = spawn.Process(target=poll_and_be_killed, args=(tmp_path / str(turn),))
            victim.start()
            victim.join(chance.uniform(0.5, 2.5))
            victim.kill()
            victim.join()
            poll(database)
            assert articles(database) == (count * 40, count * 40)
            assert database.db.execute("SELECT count(*) FROM arrival").get == count * 40
            assert database.db.pragma("integrity_check") == "ok"
            database.close()


def poll_and_be_killed(folder: Path) -> None:
    poll(Database(folder))
