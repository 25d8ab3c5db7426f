"""How broad threads are: what the corrections add, for what arrives; and what another choice would do, tried aside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from reader.errors import Refused
from reader.jobs import broadness
from reader.library import Library
from reader.records import Outlet, Record
from reader.store import articles
from tests.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reader.records import Progress

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PAIRS = (
    ("Watchdog fines Facebase over face search", "Facebase is ordered to hand over nine million"),
    ("Judges strike down retention of phone records", "Judges in Luxembourg end the storing of who called whom"),
    ("Airport must stop palm scans of travellers", "Vein readers at check-in desks are switched off for travellers"),
)


def finish(job: Iterable[Progress]) -> None:
    for _ in job:
        pass


def record(number: int, title: str) -> Record:
    return Record(
        title=title,
        date=START + timedelta(hours=number),
        language="en",
        provider=Outlet("", f"p{number}.example"),
        web_url=f"https://p{number}.example/{number}",
        text=title,
        content=title,
    )


def keep(library: Library, titles: Iterable[str], first: int = 1) -> None:
    with library._database.write() as db:
        for number, title in enumerate(titles, start=first):
            articles.keep(db, record(number, title), library._database.now())
    finish(library.bring_level())


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(tmp_path / "library", clock=lambda: START + timedelta(days=1))
    keep(opened, (title for pair in PAIRS for title in pair))
    assert [len(one.members) for one in opened.threads(limit=0, singles=True)[1]] == [1] * 6
    yield opened
    opened.close()


def thread_of(library: Library, article: int) -> int:
    (row,) = library.article_rows([article])
    assert row.thread
    return row.thread


def merge_pairs(library: Library) -> None:
    for first in (1, 3, 5):
        library.merge_threads([thread_of(library, first), thread_of(library, first + 1)])


def test_merges_make_what_arrives_broader_and_each_takes_its_share_back(library: Library) -> None:
    seen = [library.breadth().used]
    for first in (1, 3, 5):
        library.merge_threads([thread_of(library, first), thread_of(library, first + 1)])
        seen.append(library.breadth().used)
    assert seen == sorted(set(seen))
    found = library.breadth()
    assert (found.chosen, found.merges, found.splits, found.learns) == (0.5, 3, 0, True)
    assert found.adjustment == pytest.approx(found.used - 0.5)
    for before in reversed(seen[:-1]):
        library.undo()
        assert library.breadth().used == before
    for _ in range(3):
        library.redo()
    assert library.breadth().used == seen[-1]
    library.remove_correction(library.corrections()[0].id)
    assert library.breadth().used == pytest.approx(seen[2])


def test_a_merge_that_is_split_again_says_nothing_any_more_and_merged_again_it_does(library: Library) -> None:
    stays = library.merge_threads([thread_of(library, 1), thread_of(library, 2)])
    merged = library.breadth()
    library.split_thread(stays, [2])
    assert library.breadth().adjustment == 0
    library.merge_threads([thread_of(library, 1), thread_of(library, 2)])
    assert library.breadth().adjustment == pytest.approx(merged.adjustment)


def test_a_split_of_what_was_alike_makes_them_narrower(library: Library) -> None:
    keep(
        library, ["Watchdog fines Facebase over face search, again", "The watchdog fines Facebase over its face search"], first=20
    )
    together = library.thread(thread_of(library, 1))
    assert len(together.members) == 3
    library.split_thread(together.id, [together.members[2].row.id])
    assert library.breadth().adjustment < 0


def test_who_does_not_want_it_is_not_followed_but_told(library: Library) -> None:
    merge_pairs(library)
    learnt = library.breadth()
    library.choose("learn_breadth", False)
    found = library.breadth()
    assert (found.used, found.adjustment, found.learns) == (0.5, learnt.adjustment, False)


def test_a_merge_over_months_is_no_word_on_breadth(library: Library) -> None:
    keep(library, ["Facebase appeals against its fine before the council"], first=24 * 90)
    late = library.articles(1)[1][0].row.id
    library.merge_threads([thread_of(library, 1), thread_of(library, late)])
    assert (library.breadth().adjustment, library.breadth().merges) == (0, 0)


def test_a_move_says_which_thread_and_not_how_broad(library: Library) -> None:
    library.move_articles([2], thread_of(library, 1))
    assert library.breadth().adjustment == 0


def test_what_was_said_regroups_nothing_and_counts_for_what_arrives(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    merge_pairs(library)
    asked: list[float] = []
    placing = broadness.used
    monkeypatch.setattr(broadness, "used", lambda db, chosen: asked.append(placing(db, chosen)) or asked[-1])
    before = [(one.id, len(one.members)) for one in library.threads(limit=0, singles=True)[1]]
    finish(library.bring_level())
    assert [(one.id, len(one.members)) for one in library.threads(limit=0, singles=True)[1]] == before
    keep(library, ["Something else"], first=30)
    assert asked[-1] == library.breadth().used > 0.5


# Trying


def test_the_same_breadth_changes_nothing(library: Library) -> None:
    told = library.breadth_preview(0.5)
    assert (told.looked_at, told.before, told.after, told.joined, told.parted, told.examples) == (6, 6, 6, 0, 0, ())


def test_what_is_tried_begins_with_the_threads_that_there_are(sample: Path) -> None:
    """Years apart, what is at hand differs from day to day, and with it what is asked for."""
    library = Library(sample, read_only=True)
    told = library.breadth_preview(library.breadth().chosen)
    assert told.looked_at == library.articles(1)[0]
    assert (told.before, told.after) == (library.threads(limit=1, singles=True)[0],) * 2
    library.close()


def test_a_broader_one_joins_what_belongs_together_and_names_it(library: Library) -> None:
    titles = ["Watchdog fines Facebase over face search, again", "Watchdog: the face search of Facebase is fined"]
    keep(library, titles, first=20)
    broad, narrow = library.breadth_preview(1.0), library.breadth_preview(0.0)
    for told in (broad, narrow):
        assert told.before - told.joined + told.parted == told.after
    assert broad.after <= narrow.after
    assert broad.joined > 0
    assert all(one.joined and one.threads == len(one.articles) == 2 for one in broad.examples)
    assert library.settings().breadth == 0.5, "nothing was chosen"


def test_the_analysts_word_holds_while_one_tries(library: Library) -> None:
    merge_pairs(library)
    library.choose("learn_breadth", False)
    assert library.breadth_preview(0.0).after == 3
    whole = library.thread(thread_of(library, 1))
    library.split_thread(whole.id, [2])
    assert library.breadth_preview(1.0).after == 4


def test_trying_ends_in_time(library: Library) -> None:
    clock = iter([0.0, 0.1, broadness.SECONDS + 1])
    assert broadness.preview(library._db, 1.0, lambda: next(clock)).looked_at == 1


def test_a_breadth_that_there_is_not_is_refused(library: Library) -> None:
    with pytest.raises(Refused):
        library.breadth_preview(1.5)


def test_the_shell_tells_tries_and_chooses(library: Library) -> None:
    merge_pairs(library)
    shell = Shell(library.folder)
    told = shell.ask("breadth")
    assert (told["breadth"], told["merges"], told["learns"]) == (0.5, 3, True)
    assert sum(line["points"] for line in told["lines"]) == pytest.approx(told["used"])
    tried = shell.ask("breadth", 1, "--try")
    assert tried["lookedAt"] == 6
    assert library.settings().breadth == 0.5
    chosen = shell.ask("breadth", 0.75, "--learn", "no")
    assert (chosen["breadth"], chosen["used"], chosen["learns"]) == (0.75, 0.75, False)
    assert shell("breadth", 0.2, "--try").out
    assert shell("breadth").out
    assert shell("breadth", "--try").status == 2
    assert shell("breadth", 7).status == 1
