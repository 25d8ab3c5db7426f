"""A made-up library whose texts are as long, and whose words as rare, as those of news: the same for the same seed.

Words follow the law of Zipf and Mandelbrot over 300,000, with endings that a stemmer takes off; each text has some of its own.
A text has 850 words on average, 6.4 kB.
"""

from __future__ import annotations

import random
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

import apsw

from reader.store.database import FILE
from tests.bulk import bulk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTS = "ba ce co da di el en fo gra hi in ka lo ma mi na no or pra re ri sa sto ta ti tor un ve vi xa".split()  # noqa: SIM905 - read as words
COMMON = "the of to and a in is that for it on as was with be by at are from this have has not which or an its will"
"""Words that every text holds."""
ENDINGS = ("", "", "", "s", "s", "ed", "ing", "ation", "ly", "ers")
STREAM = 1_500_000
WORDS = 300_000


@cache
def words(seed: int = 3) -> list[str]:
    """The vocabulary, the most common word first."""
    chance = random.Random(seed)
    found = dict.fromkeys(COMMON.split())
    while len(found) < WORDS:
        syllables = 2 + (len(found) > 600) * (chance.random() < 0.5) + (len(found) > 20_000)
        found["".join(chance.choices(PARTS, k=syllables)) + chance.choice(ENDINGS)] = None
    return list(found)


def texts(count: int, seed: int = 3) -> Iterator[tuple[str, str]]:
    """A title and a text for each article."""
    chance = random.Random(seed)
    vocabulary = words(seed)
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(vocabulary))))
    stream = chance.choices(vocabulary, cum_weights=weights, k=STREAM)
    for number in range(count):
        length = min(8_000, max(40, int(chance.lognormvariate(6.45, 0.75))))
        at = chance.randrange(STREAM - length - 12)
        own = "".join(chance.choices(PARTS, k=5))
        text = f"{' '.join(stream[at + 12 : at + 12 + length])} {own} case{number} {own}."
        yield f"{' '.join(stream[at : at + 9])} {own}".capitalize(), text.capitalize()


def library(folder: Path, articles: int) -> None:
    """A library of so many articles in `folder`, without an index."""
    bulk(folder, articles, max(1, articles // 12))
    db = apsw.Connection(str(folder / FILE))
    db.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    db.pragma("synchronous", "OFF")
    with db:
        for id, (title, text) in enumerate(texts(articles), start=1):
            db.execute(
                "UPDATE article SET title = ?, excerpt = ?, word_count = ?, language = 'en' WHERE id = ?",
                (title, text[:220], text.count(" ") + 1, id),
            )
            db.execute("UPDATE content SET text = ?, body = '' WHERE article = ?", (text, id))
    db.close()
