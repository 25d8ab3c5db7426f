"""What holds of threads with articles that nobody knows the date of, whatever comes in which order."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.analysis.bonds import closed
from reader.analysis.grouping import Grouping
from reader.errors import Refused
from reader.jobs import correcting, group, scoring
from reader.jobs.placing import Placing
from reader.jobs.undated import SUMMED
from reader.records import Outlet, Record
from reader.settings import Settings
from reader.store import articles, corrections, membership, threads
from reader.store.database import Database

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
NAMES = ("Facebase", "Rotterdam", "Vodavox", "Garante")
WORDS = (
    "fines faces search engine euros order database scraping",
    "palm scans travellers airport gates stop border",
    "judges phone records retention strike blanket ruling",
)


def record(number: int, chance: random.Random) -> Record:
    """A report that may be of several events, half of the time without a date."""
    words = [*chance.choice(WORDS).split(), *(chance.choice(WORDS).split() if chance.random() < 0.4 else ())]
    chance.shuffle(words)
    name = chance.choice(NAMES)
    text = f"The {name} case: {' '.join(chance.choice(words) for _ in range(chance.randint(4, 18)))}."
    return Record(
        title=f"{name} {' '.join(words[: chance.randint(2, 7)])}",
        text=text,
        content=text,
        language="en",
        date=START + timedelta(hours=chance.randint(0, 200)) if chance.random() < 0.5 else None,
        provider=Outlet("", f"outlet-{number % 7}.example"),
        web_url=f"https://outlet-{number % 7}.example/{number}",
    )


def arrive(database: Database, numbers: range, chance: random.Random) -> None:
    with database.write() as db:
        for number in numbers:
            articles.keep(db, record(number, chance), database.now())


def say(database: Database, chance: random.Random) -> None:
    """Merge, split or move what chance chooses."""
    _, found = threads.listed(database.db, limit=0, singles=True)
    one, other = chance.choice(found), chance.choice(found)
    kind = chance.choice(("merge", "split", "move"))
    try:
        with database.write(undo=kind) as db:
            if kind == "merge":
                correcting.merge(db, [one.id, other.id], database.now())
            elif kind == "split":
                correcting.split(db, one.id, [one.members[0].row.id], database.now())
            else:
                correcting.move(db, [other.members[0].row.id], one.id, database.now())
    except Refused:
        return


def level(database: Database, placing: Placing, at_once: int) -> None:
    """What the job does, with the threads at hand looked at after each step."""
    while waiting := membership.pending(database.db, at_once):
        with database.write() as db:
            group._take(db, waiting, placing, scoring.Repeats(), Settings())
        kept = dict(database.db.execute("SELECT article, thread FROM membership"))
        assert {article: kept.get(article) for article in placing._grouping.thread_of} == placing._grouping.thread_of


def check(database: Database) -> None:
    """Every article is in one thread that stands, has its head, and counts it; what the analyst said holds."""
    db = database.db
    where = dict(db.execute("SELECT article, thread FROM membership"))
    assert where.keys() == {id for (id,) in db.execute("SELECT id FROM article")}
    standing = {id: (head, size) for id, head, size in db.execute("SELECT id, head, size FROM thread WHERE merged_into IS NULL")}
    members = {thread: {article for article, own in where.items() if own == thread} for thread in where.values()}
    for thread, own in members.items():
        assert standing[thread] == (standing[thread][0], len(own))
        assert standing[thread][0] in own
    said = corrections.bonds(db, "must", "cannot")
    apart = closed(said)[1]
    for kind, a, b in said:
        assert (where[a] == where[b]) == (kind == "must" and b not in apart.get(a, ()))


@settings(max_examples=settings().max_examples // 2)
@given(st.integers(0, 2**32), st.lists(st.integers(1, 6), min_size=2, max_size=6), st.sampled_from((1, 3, 48)), st.booleans())
def test_every_article_is_in_one_thread_and_what_is_at_hand_is_what_is_kept(
    tmp_path_factory: pytest.TempPathFactory, seed: int, portions: list[int], at_once: int, corrected: bool
) -> None:
    folder, chance = tmp_path_factory.mktemp("undated"), random.Random(seed)
    database, placing = Database(folder / "library"), Placing(0.5)
    number = 0
    for portion in portions:
        arrive(database, range(number, number + portion), chance)
        number += portion
        level(database, placing, at_once)
        check(database)
        if corrected:
            say(database, chance)
            level(database, placing, at_once)
            check(database)
    database.close()
    shutil.rmtree(folder)


def test_many_undated_articles_of_one_large_thread_cost_little(database: Database) -> None:
    chance = random.Random(1)
    words, said = " ".join(WORDS).split(), "Facebase GmbH told the court of its appeal"

    def told(number: int, hours: int | None) -> Record:
        text = f"{said} {' '.join(chance.choice(words) for _ in range(80))}."
        date = None if hours is None else START + timedelta(hours=hours)
        return replace(record(number, chance), title=said, text=text, content=text, date=date)

    with database.write() as db:
        for number in range(300):
            articles.keep(db, told(number, number % 3 or None), database.now())
    for _ in group.level(database):
        pass
    with database.write() as db:
        articles.keep(db, told(300, 3), database.now())
    placing, taken_up = Placing(0.5), []
    with pytest.MonkeyPatch.context() as patch, database.write() as db:
        absorb = Grouping._absorb
        patch.setattr(Grouping, "_absorb", lambda *args: (taken_up.append(args[2].article), absorb(*args)))
        group._take(db, membership.pending(db), placing, scoring.Repeats(), Settings())
    assert len(set(taken_up)) == 301
    assert 301 + 100 < len(taken_up) < 301 + SUMMED
