"""What holds of threads whatever comes in which order, and whatever the analyst says of them."""

from __future__ import annotations

import math
import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import Refused
from reader.jobs import group
from reader.library import Library, restored
from reader.outcomes import BackupOutcome, RestoreOutcome
from reader.records import NOT_SCORED, Outlet, Record
from reader.store import articles, corrections, threads
from reader.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pytest

    from reader.records import Progress, Receipt

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)

EVENTS = {
    "fine": (
        ("Watchdog fines Facebase 9 million euros over face search", "CNIL fined Facebase GmbH €9 million on Monday for faces."),
        ("Facebase fined 9 million euros for its face search engine", "The CNIL told Facebase GmbH to pay €9 million for faces."),
        (
            "Face search engine Facebase must pay 9 million euros",
            "Facebase GmbH must pay 9 million euros, the CNIL says of faces.",
        ),
    ),
    "court": (
        ("Judges strike down blanket retention of phone records", "The court in case C-12/26 struck the phone records down."),
        ("Blanket retention of phone records struck down by judges", "In case C-12/26 judges struck down the phone records."),
    ),
    "airport": (
        (
            "Airport of Rotterdam must stop its palm scans of travellers",
            "The airport of Rotterdam may scan no palms of travellers.",
        ),
        (
            "Palm scans of travellers at the airport of Rotterdam must stop",
            "No palms of travellers are scanned at Rotterdam airport.",
        ),
        (
            "Rotterdam airport told to stop palm scans of its travellers",
            "Travellers at Rotterdam airport keep their palms unscanned.",
        ),
    ),
    "wallet": (("Ministers agree on a wallet for digital identity", "The wallet for identity is agreed on by the ministers."),),
}
"""Clear cases: events that nobody would take for one another, each told in other words within a day."""


def record(event: str, number: int, minutes: int) -> Record:
    title, text = EVENTS[event][number]
    domain = f"{event}-{number}.example"
    return Record(
        title=title,
        text=text,
        content=text,
        language="en",
        date=START + timedelta(minutes=minutes),
        provider=Outlet("", domain),
        web_url=f"https://{domain}/{event}",
    )


EVERYTHING = [(event, number) for event, told in EVENTS.items() for number in range(len(told))]


def finish(job: Iterable[Progress]) -> None:
    for _ in job:
        pass


def grouped(folder: Path, portions: Iterable[Iterable[Record]]) -> tuple[set[frozenset[str]], dict[str, float]]:
    """Which articles are together, and how hot each thread is by its head, when they arrive in these portions."""
    database = Database(folder)
    for portion in portions:
        with database.write() as db:
            for one in portion:
                articles.keep(db, one, database.now())
        finish(group.level(database))
    _, found = threads.listed(database.db, limit=0, singles=True)
    together = {frozenset(member.row.domain for member in thread.members) for thread in found}
    hot = {next(one.row.domain for one in thread.members if one.row.id == thread.head): thread.heat for thread in found}
    database.close()
    return together, hot


@settings(max_examples=settings().max_examples // 2)
@given(
    st.permutations(EVERYTHING),
    st.lists(st.integers(0, 18 * 60), min_size=len(EVERYTHING), max_size=len(EVERYTHING), unique=True),
    st.sets(st.integers(1, len(EVERYTHING) - 1)),
)
def test_order_of_arrival_within_a_day_changes_no_clear_case(
    tmp_path_factory: pytest.TempPathFactory, order: list[tuple[str, int]], minutes: list[int], cuts: set[int]
) -> None:
    """Whoever reports at whatever hour of the day, and in whatever order and portions it arrives."""
    when = dict(zip(EVERYTHING, minutes, strict=True))
    arriving = [record(event, number, when[event, number]) for event, number in order]
    ends = [0, *sorted(cuts), len(arriving)]
    portions = [arriving[begin:end] for begin, end in pairwise(ends)]
    in_time = sorted(arriving, key=lambda one: (one.date or START, one.web_url))
    folder = tmp_path_factory.mktemp("order")
    found, hot = grouped(folder / "one", portions)
    assert found == {frozenset(f"{event}-{number}.example" for number in range(len(told))) for event, told in EVENTS.items()}
    assert (found, hot) == grouped(folder / "other", [in_time])
    shutil.rmtree(folder)


# The analyst's word


def say(library: Library, kind: str, one: int, other: int, part: int) -> None:
    """Merge, split or move threads and articles that the numbers choose."""
    found = library.threads(limit=0, singles=True)[1]
    first, second = found[one % len(found)], found[other % len(found)]
    if kind == "merge":
        library.merge_threads([first.id, second.id])
    elif kind == "split":
        members = [member.row.id for member in first.members]
        library.split_thread(first.id, members[: 1 + part % len(members)])
    else:
        library.move_articles([second.members[part % len(second.members)].row.id], first.id)


def holds(library: Library) -> bool:
    """Whether every pair that was said to be one event is, and none that was said not to be."""
    said = corrections.bonds(library._db, "must", "cannot")
    where = {row.id: row.thread for row in library.article_rows(list({id for _, *pair in said for id in pair}))}
    assert said
    return all((where[a] == where[b]) == (kind == "must") for kind, a, b in said)


words = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "move"]), st.integers(0, 200), st.integers(0, 200), st.integers(0, 9)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=max(3, settings().max_examples // 12))
@given(words)
def test_corrections_survive_a_full_regrouping_a_restart_and_a_backup(
    sample: Path, tmp_path_factory: pytest.TempPathFactory, words: list[tuple[str, int, int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("said")
    shutil.copytree(sample, folder / "library")
    library = Library(folder / "library")
    said = 0
    for one in words:
        try:
            say(library, *one)
            said += 1
        except Refused:
            continue
    if said:
        listed, breadth = library.corrections(), library.breadth()
        assert holds(library)
        finish(library.regroup())
        assert holds(library)
        finish(library.backup(folder / "copy.watchdesk", BackupOutcome()))
        library.close()
        library = Library(folder / "library")
        assert holds(library)
        finish(restored(folder / "copy.watchdesk", folder / "back", RestoreOutcome()))
        back = Library(folder / "back")
        assert holds(back)
        finish(back.regroup())
        assert holds(back)
        for each in (library, back):
            assert (each.corrections(), each.breadth()) == (listed, breadth)
        back.close()
    library.close()
    shutil.rmtree(folder)


# Receipts


def adds_up(receipt: Receipt) -> bool:
    return math.isclose(math.fsum(line.points for line in receipt.lines), receipt.score, abs_tol=1e-6)


def test_every_receipt_of_the_sample_adds_up_to_what_is_shown(sample: Path) -> None:
    library = Library(sample)
    for thread in library.threads(limit=0, singles=True)[1]:
        heat = library.explain_thread(thread.id)
        assert adds_up(heat)
        assert heat.score == thread.heat
        momentum = library.explain_momentum(thread.id)
        assert adds_up(momentum)
        assert thread.momentum is None or momentum.score == thread.momentum
        assert adds_up(library.explain_hot(thread.id))
        for member in thread.members:
            quality = library.explain(member.row.id)
            assert adds_up(quality)
            assert quality.score == member.row.quality
            assert (member.row.heat == NOT_SCORED) == (member.row.id != thread.head)
    assert adds_up(library.breadth().receipt)
    library.close()
