"""Whatever is written into the search field: an answer or a message, within its time and its memory."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.jobs import index
from reader.store import search
from reader.store.database import Database
from tests.bulk import WORDS, bulk

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES = 1500
SECONDS = 2.2
"""What a search may take: 2 s, and a little for a machine that is busy."""
MEGABYTES = 200

SIGNS = [
    '"',
    "“",
    "(",
    ")",
    "((",
    "))",
    "*",
    "?",
    "~",
    "~3",
    ":",
    "-",
    "--",
    "AND",
    "OR",
    "NOT",
    "..",
    "<",
    ">",
    "=",
    "\x00",
    "\u202e",
    "´",
    "/",
]
FIELDS = [
    f"{name}:"
    for name in ("title", "provider", "is", "date", "quality", "heat", "words", "lang", "topic", "feed", "search", "tag", "nix")
]
VALUES = [
    "unread",
    "2022-10",
    "<7d",
    ">60",
    "50..70",
    "2022..2021",
    "9" * 40,
    "en",
    "<-5",
    "0001",
    "99999-99-99",
    "İ",
    "ﬁ",
    "é" * 3,
]
PIECES = [
    *SIGNS,
    *FIELDS,
    *VALUES,
    "*a*",
    "a*",
    "?" * 6,
    "*?*?",
    "th*",
    "人脸",
    "م",
    "🙂",
    *" ".join(WORDS.values()).split()[:60],
]

NASTY = [
    "*",
    "**",
    "?",
    "*a*",
    "*e*i*o*",
    "?" * 60,
    "*" * 500,
    "a*" * 300,
    "(" * 5000,
    ")" * 5000,
    '"' * 4001,
    "-" * 3000,
    "~" * 999,
    ":" * 999,
    "a " * 3000,
    "a OR " * 1500,
    "NOT " * 1500,
    "(a " * 900,
    "court~ " * 200,
    "*o* " * 150,
    "c* " * 300,
    "title:" * 900,
    '"court fine"~999 ' * 60,
    '"c* f* p*"~5',
    '"* * * court"',
    '"' + "court " * 900 + '"',
    '"' + "c* " * 60 + '"',
    "x" * 100_000,
    "é" * 6001,
    "\x00" * 50,
    "人" * 3000,
    "date:" + "9" * 4000,
    "words:<" + "9" * 400,
    "quality:>1e999",
    "quality:>nan",
    "date:<99999999d",
    "date:0000..9999",
    "lang:" + "a," * 2000,
    "is:" + "x" * 3000,
    'topic:"' + "a " * 2000 + '"',
    "feed:*",
    "search:nothing",
    'search:"' * 40,
    "https://" + "a/" * 2000,
    "http://*",
    "a-b-c-" * 900,
    "1.2.3." * 900,
    "c'" * 2000,
    "𝒶" * 900,
    "ﷺ" * 900,
    "a\u0301" * 2000,
    "\u202e" * 900,
    "\ud83d",
    "'",
    "' OR 1=1 --",
    "%_%",
    "((((((((((((((((((((((court))))))))))))))))))))))",
    "NOT court",
    "-court -fine",
    "NOT NOT NOT court",
    "OR",
    "AND OR NOT",
    "court OR",
    "~",
    "*~",
    "?~",
    "court*~ f?ne~2 *ine",
    "title:(court OR (fine -police",
    "provider:(a b c)",
    "is:(read)",
    "-is:read -is:unread",
    "the and of to",
    "US WHO IT AI",
    "words:0..0 OR words:>=0",
    "quality:0..100 heat:-1..999",
    "date:<1h OR date:>1h",
    "e* o* a* i* u*",
    "*tion OR *ment OR *ing OR *s OR *e",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("library")
    bulk(folder, ARTICLES, 150)
    database = Database(folder)
    for _ in index.rebuild(database):
        pass
    yield database
    database.close()


def nasty(count: int) -> list[str]:
    """The nasty ones, and as many more as are asked for, put together of two of them."""
    chance = random.Random(4)
    more = (
        f"{chance.choice(NASTY)} {chance.choice(['', 'OR ', '-', '('])}{chance.choice(NASTY)}" for _ in range(count - len(NASTY))
    )
    return [*NASTY, *more]


def anyhow(count: int) -> Iterator[str]:
    chance = random.Random(5)
    for _ in range(count):
        yield chance.choice(["", " "]).join(chance.choices(PIECES, k=chance.randint(1, 14)))


def megabytes() -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon"))


def ask(library: Database, query: str, *, rich: bool) -> float:
    """Search for it; how long that took. Whatever is answered can be shown: it is text, and marks lie in it."""
    began = time.process_time()
    answer = search.search(library, query, limit=50, facets=rich, threads=rich, sort="relevance" if rich else "newest")
    took = time.process_time() - began
    assert answer.total >= len(answer.hits)
    for hit in answer.hits:
        for line in (hit.title, hit.snippet):
            assert all(0 <= start < end <= len(line.text) for start, end in line.matches)
    assert all(0 <= problem.position <= max(len(query), 1) and problem.why for problem in answer.problems)
    return took


def test_nasty_queries_end(library: Database, long: bool) -> None:
    ask(library, "court", rich=True)
    before = megabytes()
    for query in nasty(200 if long else len(NASTY)):
        assert ask(library, query, rich=True) < SECONDS, query[:80]
        assert megabytes() - before < MEGABYTES, query[:80]


def test_random_queries_end(library: Database, long: bool) -> None:
    before = megabytes()
    for number, query in enumerate(anyhow(10_000 if long else 200)):
        assert ask(library, query, rich=number % 8 == 0) < SECONDS, query
    assert megabytes() - before < MEGABYTES
