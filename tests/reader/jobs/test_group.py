"""Threads, scores and storylines follow the articles: whatever the order, wherever it is stopped, whatever the analyst says."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from reader.errors import JobRunning, NotFound
from reader.jobs import correcting, group, linking, telling
from reader.records import Outlet, Picture, Record
from reader.store import articles, membership, providers, states, storylines, threads
from reader.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LONG = "The regulator said that it had looked into the matter for a year, and that nobody had answered its letters. " * 30


def record(slug: str, title: str, hours: float | None, text: str = "", outlet: str | None = None, **known: object) -> Record:
    date = None if hours is None else START + timedelta(hours=hours)
    domain = f"{slug}.example" if outlet is None else outlet
    url = f"https://{domain}/{slug}" if domain else ""
    fields = {"language": "en", "provider": Outlet("", domain), "web_url": url, "text": text or title, "content": text}
    return Record(**{"title": title, "date": date, **fields, **known})


FINES = [
    record(
        "ledger",
        "Watchdog fines Facebase 9 million euros over face search",
        0,
        "CNIL fined Facebase GmbH €9 million on Monday. It was slow.",
    ),
    record(
        "courier",
        "Facebase fined 9 million euros for its face search engine",
        3,
        "The fine of €9 million for Facebase GmbH by the CNIL is new.",
    ),
    record(
        "echo",
        "Face search engine Facebase must pay 9 million euros",
        6,
        "Facebase GmbH must pay 9 million euros, the CNIL says. It appeals.",
    ),
]
COURTS = [
    record(
        "gazette", "Judges strike down blanket retention of phone records", 1, "The court in case C-12/26 had no doubt at all."
    ),
    record("herald", "Blanket retention of phone records struck down by judges", 5, "In case C-12/26 the judges were clear."),
]
LATER = [
    record(
        "later",
        "Facebase appeals before the council of state",
        24 * 200,
        "Facebase GmbH appeals against the CNIL and its fine of €9 million.",
    ),
]


def keep(database: Database, records: Iterable[Record], related: Sequence[int] = ()) -> list[int]:
    with database.write() as db:
        found = [articles.keep(db, one, database.now())[0] for one in records]
        if related:
            articles.relate(db, found[0], related)
    return found


def level(database: Database) -> group.GroupOutcome:
    outcome = group.GroupOutcome()
    for _ in group.level(database, outcome=outcome):
        pass
    return outcome


def groups(database: Database) -> set[frozenset[str]]:
    _, found = threads.listed(database.db, limit=0, singles=True)
    return {frozenset(member.row.domain.partition(".")[0] for member in thread.members) for thread in found}


def told(database: Database) -> dict[str, object]:
    """Everything that grouping found, without the numbers that it happened to give."""
    _, found = threads.listed(database.db, limit=0, singles=True)
    return {
        thread.title: (
            thread.heat,
            thread.quality,
            [(one.row.title, one.row.quality, one.row.heat, one.row.published, one.independent) for one in thread.members],
            thread.independent_providers,
            [(fact.kind, fact.value) for fact in thread.facts],
            thread.storyline is not None,
        )
        for thread in found
    }


# The main thing


def test_every_article_is_in_exactly_one_thread(database: Database) -> None:
    ids = keep(database, FINES + COURTS + LATER)
    outcome = level(database)
    assert (outcome.looked_at, outcome.read) == (6, 6)
    assert groups(database) == {frozenset({"ledger", "courier", "echo"}), frozenset({"gazette", "herald"}), frozenset({"later"})}
    assert database.db.execute("SELECT count(*) FROM membership").get == len(ids)
    assert threads.listed(database.db)[0] == 2
    assert database.db.execute("SELECT count(*) FROM pending").get == 0


def test_what_comes_later_joins_what_stands(database: Database) -> None:
    for one in (*FINES, *COURTS):
        keep(database, [one])
        level(database)
    assert groups(database) == {frozenset({"ledger", "courier", "echo"}), frozenset({"gazette", "herald"})}


def test_the_same_articles_make_the_same_threads_in_whatever_portions(tmp_path: Path) -> None:
    everything = FINES + COURTS + LATER
    found = []
    for number, portions in enumerate(([everything], [[one] for one in everything], [everything[:2], everything[2:]])):
        database = Database(tmp_path / str(number))
        for portion in portions:
            keep(database, portion)
            level(database)
        found.append(told(database))
        database.close()
    assert found[0] == found[1] == found[2]


def test_a_late_article_finds_its_old_thread(database: Database) -> None:
    keep(database, [*FINES[:2], *LATER])
    level(database)
    keep(database, [FINES[2]])
    level(database)
    assert frozenset({"ledger", "courier", "echo"}) in groups(database)


def test_an_article_without_date_and_provider_joins_but_never_leads_and_never_counts(database: Database) -> None:
    keep(database, FINES[:2])
    bare = record(
        "bare",
        "Watchdog fines Facebase 9 million euros over face search",
        None,
        f"CNIL and Facebase GmbH, €9 million. {LONG}",
        outlet="",
    )
    (id,) = keep(database, [replace(bare, web_url="")])
    level(database)
    (thread,) = threads.listed(database.db, singles=True)[1]
    assert len(thread.members) == 3
    assert thread.head != id
    assert thread.members[-1].row.id == id
    assert not thread.members[-1].independent
    receipt = telling.heat_receipt(database.db, thread.id)
    assert sum(line.points for line in receipt.lines) == receipt.score == thread.heat


def test_an_undated_article_is_found_by_a_dated_one_that_comes_after_it(database: Database) -> None:
    (id,) = keep(database, [replace(FINES[0], date=None)])
    level(database)
    stood = threads.thread_of(database.db, id)
    keep(database, FINES[1:])
    level(database)
    assert groups(database) == {frozenset({"ledger", "courier", "echo"})}
    assert threads.thread_of(database.db, id) == stood


# Scores


def test_an_undated_article_is_found_by_one_that_comes_later_and_names_nobody(database: Database) -> None:
    titles = {"blatt": "der lange streit um die kamera am markt", "bote": "streit um die kamera am markt geht weiter"}
    for slug, title in titles.items():
        keep(database, [record(slug, title, None, language="de")])
        level(database)
    assert groups(database) == {frozenset({"blatt", "bote"})}


def test_an_undated_article_that_came_before_its_thread_finds_it(database: Database) -> None:
    """It stands in the nearest thread that there is; what comes later and is nearer takes it, and nothing else moves."""
    bare = record("bare", "Facebase appeals to the council of state against its fine", None, LATER[0].text)
    keep(database, FINES)
    level(database)
    keep(database, [bare])
    level(database)
    (thread,) = threads.listed(database.db)[1]
    assert len(thread.members) == 4
    keep(database, LATER)
    level(database)
    assert groups(database) == {frozenset({"ledger", "courier", "echo"}), frozenset({"later", "bare"})}
    assert threads.thread(database.db, thread.id).members[0].row.domain == "ledger.example"
    before = told(database)
    keep(database, [record("herald", "Judges strike down blanket retention of phone records", 24 * 200)])
    level(database)
    assert {title: known for title, known in told(database).items() if title in before} == before


def test_a_thread_with_an_undated_article_is_grouped_again_as_it_was(database: Database) -> None:
    ids = keep(database, [*FINES, record("bare", "Facebase must pay 9 million euros for its face search", None, FINES[0].text)])
    level(database)
    before = told(database)
    assert groups(database) == {frozenset({"ledger", "courier", "echo", "bare"})}
    with database.write() as db:
        membership.regroup_around(db, ids[:1])
    level(database)
    assert told(database) == before


def test_recorded_quality_gives_heat_and_published(database: Database) -> None:
    keep(database, [replace(FINES[0], quality=70.0), replace(FINES[1], quality=68.0), replace(COURTS[0], quality=54.0)])
    level(database)
    rows = {row.domain: row for row in articles.rows(database.db, [1, 2, 3])}
    assert (rows["ledger.example"].heat, rows["ledger.example"].published) == (80, True)
    assert (rows["courier.example"].heat, rows["courier.example"].published) == (-1, False)
    assert (rows["gazette.example"].heat, rows["gazette.example"].published) == (54, False)


def test_receipts_add_up_to_what_is_shown(database: Database) -> None:
    ids = keep(database, FINES + COURTS)
    level(database)
    for row in articles.rows(database.db, ids):
        receipt = telling.quality_receipt(database.db, row.id)
        assert sum(line.points for line in receipt.lines) == receipt.score == row.quality
    for thread in threads.listed(database.db, singles=True)[1]:
        receipt = telling.heat_receipt(database.db, thread.id)
        assert sum(line.points for line in receipt.lines) == receipt.score == thread.heat
    with pytest.raises(NotFound):
        telling.quality_receipt(database.db, 99)
    with pytest.raises(NotFound):
        telling.heat_receipt(database.db, 99)


def test_a_wire_copy_counts_once_also_when_the_original_comes_last(database: Database) -> None:
    body = f"The CNIL fined Facebase GmbH €9 million. {LONG}"
    (copy,) = keep(database, [record("copy", FINES[0].title, 5, body)])
    level(database)
    alone = articles.rows(database.db, [copy])[0].quality
    (original,) = keep(database, [record("wire", FINES[0].title, 4, body)])
    level(database)
    (thread,) = threads.listed(database.db)[1]
    assert [member.independent for member in thread.members] == [True, False]
    assert thread.head == original
    assert thread.heat == thread.quality
    assert alone is not None
    assert articles.rows(database.db, [copy])[0].quality == alone - 10


def test_the_analysts_standing_moves_quality_and_heat(database: Database) -> None:
    keep(database, [record("ledger", FINES[0].title, 0, LONG)])
    level(database)
    before = articles.rows(database.db, [1])[0].quality
    with database.write(undo="standing") as db:
        providers.set_standing(db, 1, 100, database.now())
    level(database)
    after = articles.rows(database.db, [1])[0].quality
    assert before is not None
    assert after == before + 15
    database.undo()
    level(database)
    assert articles.rows(database.db, [1])[0].quality == before


def test_the_analysts_word_on_publishing_stands_above_heat(database: Database) -> None:
    keep(database, [replace(FINES[0], quality=90.0), FINES[1]])
    level(database)
    with database.write(undo="hold") as db:
        states.decide(db, [1], False, database.now())
        states.decide(db, [2], True, database.now())
    level(database)
    assert [row.published for row in articles.rows(database.db, [1, 2])] == [False, True]
    database.undo()
    level(database)
    assert [row.published for row in articles.rows(database.db, [1, 2])] == [True, False]


def test_a_changed_text_is_read_again_and_finds_another_thread(database: Database) -> None:
    keep(database, [*FINES, *COURTS])
    level(database)
    keep(database, [replace(COURTS[1], title=FINES[1].title, text=FINES[1].text, content=FINES[1].content)])
    level(database)
    assert groups(database) == {frozenset({"ledger", "courier", "echo", "herald"}), frozenset({"gazette"})}
    values = {value for (value,) in database.db.execute("SELECT value FROM fact WHERE article = 5")}
    assert "EUR 9,000,000" in values
    assert "C-12/26" not in values


def test_what_did_not_change_is_not_told_as_changed(database: Database) -> None:
    keep(database, FINES)
    level(database)
    seen = []
    database.on_change = seen.append
    with database.write() as db:
        db.execute("INSERT OR IGNORE INTO pending (article) SELECT id FROM article")
    level(database)
    assert seen == []


# What records relate, and what the analyst says


def test_related_articles_are_in_one_thread_even_where_they_were_not(database: Database) -> None:
    fine, court = keep(database, [FINES[0], COURTS[0]])
    level(database)
    assert len(groups(database)) == 2
    with database.write() as db:
        articles.relate(db, fine, [court])
    level(database)
    assert groups(database) == {frozenset({"ledger", "gazette"})}


def by_name(database: Database, name: str) -> int:
    id = database.db.execute(
        "SELECT thread FROM membership JOIN article ON id = article WHERE web_url LIKE ?", (f"%/{name}",)
    ).get
    assert isinstance(id, int)
    return id


def article(database: Database, name: str) -> int:
    id = database.db.execute("SELECT id FROM article WHERE web_url LIKE ?", (f"%/{name}",)).get
    assert isinstance(id, int)
    return id


def test_a_merge_outlives_every_regrouping_and_can_be_undone(database: Database) -> None:
    keep(database, FINES + COURTS)
    level(database)
    before = told(database)
    fine, court = by_name(database, "ledger"), by_name(database, "gazette")
    with database.write(undo="merge_threads") as db:
        assert correcting.merge(db, [court, fine], database.now()) == fine
    assert len(threads.thread(database.db, court).members) == 5, "at once, and an old number finds its heir"
    level(database)
    for _ in group.regroup(database):
        pass
    assert len(groups(database)) == 1
    assert threads.thread(database.db, fine).id == fine
    database.undo()
    level(database)
    assert told(database) == before
    assert by_name(database, "gazette") == court, "the thread that was merged away stands again under its number"


def test_a_split_outlives_every_regrouping_and_can_be_undone(database: Database) -> None:
    keep(database, FINES)
    level(database)
    before, whole = told(database), by_name(database, "ledger")
    with database.write(undo="split_thread") as db:
        new = correcting.split(db, whole, [article(database, "echo")], database.now())
    split = threads.thread(database.db, new)
    assert (split.title, len(split.members)) == (FINES[2].title, 1)
    level(database)
    assert groups(database) == {frozenset({"ledger", "courier"}), frozenset({"echo"})}
    assert by_name(database, "echo") == new
    for _ in group.regroup(database):
        pass
    assert groups(database) == {frozenset({"ledger", "courier"}), frozenset({"echo"})}
    database.undo()
    level(database)
    assert told(database) == before


def test_splitting_undoes_a_merge(database: Database) -> None:
    keep(database, FINES + COURTS)
    level(database)
    before = groups(database)
    with database.write() as db:
        one = correcting.merge(db, [by_name(database, "ledger"), by_name(database, "gazette")], database.now())
    level(database)
    with database.write() as db:
        correcting.split(db, one, [article(database, "gazette"), article(database, "herald")], database.now())
    level(database)
    assert groups(database) == before


def test_articles_that_were_split_off_together_stay_together(database: Database) -> None:
    keep(database, FINES)
    level(database)
    with database.write() as db:
        leaving = [article(database, "courier"), article(database, "echo")]
        correcting.split(db, by_name(database, "ledger"), leaving, database.now())
    level(database)
    for _ in group.regroup(database):
        pass
    assert groups(database) == {frozenset({"ledger"}), frozenset({"courier", "echo"})}


# Storylines


def test_threads_months_apart_are_one_storyline(database: Database) -> None:
    keep(database, FINES + COURTS + LATER)
    level(database)
    (line,) = storylines.listed(database.db)
    assert line.title == "CNIL and Facebase GmbH"
    assert line.threads == (by_name(database, "ledger"), by_name(database, "later"))
    assert threads.thread(database.db, by_name(database, "gazette")).storyline is None
    assert storylines.storyline(database.db, line.id) == line
    with pytest.raises(NotFound):
        storylines.storyline(database.db, 99)


def test_a_storyline_counts_what_is_left_of_it_when_the_job_merges_a_thread_away(database: Database) -> None:
    keep(database, FINES + COURTS + LATER)
    level(database)
    (line,) = storylines.listed(database.db)
    third = by_name(database, "gazette")
    with database.write() as db:
        correcting.join(db, [third, line.threads[0]], None, database.now())
    (line,) = storylines.listed(database.db)
    assert line.status.startswith("3 threads")
    with database.write() as db, linking.telling(db):
        membership.merge(db, third, line.threads[0])
    (line,) = storylines.listed(database.db)
    assert third not in line.threads
    assert line.status.startswith("2 threads")


def test_a_storyline_ends_when_its_threads_become_one(database: Database) -> None:
    keep(database, FINES + LATER)
    level(database)
    with database.write() as db:
        correcting.merge(db, [by_name(database, "ledger"), by_name(database, "later")], database.now())
    level(database)
    assert storylines.listed(database.db) == []


# Stopped, resumed, run twice


def test_stopped_at_any_step_it_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group, "AT_ONCE", 1)
    found = []
    for stop in range(4):
        database = Database(tmp_path / str(stop))
        keep(database, FINES + COURTS)
        job = group.level(database)
        for _ in range(stop):
            next(job)
        job.close()
        level(database)
        vectors = list(database.db.execute("SELECT article, vector FROM membership ORDER BY article"))
        found.append((told(database), vectors))
        database.close()
    assert all(one == found[0] for one in found)


def made_up(count: int, undated: float) -> list[Record]:
    """Coverage of two months with words that stories share, so that much is nearly in another thread."""
    chance = random.Random(4)
    words = ["".join(chance.choices(("ba", "co", "di", "fu", "gre", "ha", "lo", "mi", "vel"), k=3)) for _ in range(600)]
    stories = [(chance.uniform(0, 1440), chance.sample(words, 12)) for _ in range(count // 6)]

    def said(own: list[str], length: int) -> str:
        return " ".join(chance.choice(own if chance.random() < 0.35 else words) for _ in range(length)).capitalize()

    found = []
    for number in range(count):
        begins, own = chance.choice(stories)
        hours = None if chance.random() < undated else begins + chance.expovariate(1 / 40)
        found.append(record(f"r{number}", said(own, 9), hours, f"{said(own, 60)}."))
    return found


@pytest.mark.parametrize("undated", [0, 0.1])
def test_what_was_at_hand_before_it_was_stopped_decides_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undated: float
) -> None:
    monkeypatch.setattr(group, "AT_ONCE", 4)
    found = []
    for stop in (0, 1, 5):
        database = Database(tmp_path / str(stop))
        keep(database, made_up(240, undated))
        while stop and membership.waiting(database.db):
            job = group.level(database)
            for _ in range(stop):
                next(job, None)
            job.close()
        level(database)
        found.append((groups(database), list(database.db.execute("SELECT article, vector FROM membership ORDER BY article"))))
        database.close()
    assert all(one == found[0] for one in found)


def test_a_step_that_fails_leaves_nothing_half_done(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(database, FINES)

    def fail(*_: object) -> None:
        raise OSError("the disk failed")

    with monkeypatch.context() as patch:
        patch.setattr(membership, "done", fail)
        with pytest.raises(OSError, match="disk"):
            level(database)
    assert database.db.execute("SELECT count(*) FROM membership").get == 0
    assert database.db.execute("SELECT count(*) FROM pending").get == 3
    level(database)
    assert len(groups(database)) == 1


def test_two_do_not_group_at_once(database: Database) -> None:
    keep(database, FINES)
    with database.lease("group"), pytest.raises(JobRunning):
        level(database)


def test_regrouping_finds_the_same_and_keeps_the_numbers(database: Database) -> None:
    keep(database, FINES + COURTS + LATER)
    level(database)
    before, numbers = told(database), [thread.id for thread in threads.listed(database.db, singles=True)[1]]
    for _ in group.regroup(database):
        pass
    assert told(database) == before
    assert [thread.id for thread in threads.listed(database.db, singles=True)[1]] == numbers


def test_regrouping_stopped_half_way_is_finished_by_the_next_levelling(database: Database) -> None:
    keep(database, FINES + COURTS)
    level(database)
    before = told(database)
    job = group.regroup(database)
    next(job)
    job.close()
    level(database)
    assert told(database) == before


def test_an_empty_library_needs_nothing(database: Database) -> None:
    assert level(database) == group.GroupOutcome()
    assert threads.listed(database.db) == (0, [])
    for _ in group.regroup(database):
        pass


def test_vectors_of_an_older_kind_are_made_again(database: Database) -> None:
    keep(database, FINES[:2] + COURTS)
    level(database)
    with database.write() as db:
        db.execute("UPDATE membership SET vector = x'00'")
    keep(database, FINES[2:])
    level(database)
    assert groups(database) == {frozenset({"ledger", "courier", "echo"}), frozenset({"gazette", "herald"})}


@pytest.mark.parametrize("news", [{"images": (Picture("https://ledger.example/a.png"),)}, {"web_url": "https://www.cnil.fr/a"}])
def test_a_quality_is_what_its_receipt_says_whatever_is_heard_of_the_article_later(
    database: Database, news: dict[str, object]
) -> None:
    told = replace(FINES[0], web_url="", amp_url="https://ledger.example/amp/a")
    keep(database, [told])
    level(database)
    keep(database, [replace(told, **news)])
    level(database)
    (row,) = articles.rows(database.db, [1])
    assert row.quality == telling.quality_receipt(database.db, 1).score
