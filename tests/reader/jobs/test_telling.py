"""What is said of a thread beyond what is kept of it: history, sources, what it states, how it moves; and days to come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from reader.errors import NotFound, Refused
from reader.library import Library
from reader.outcomes import ExportOutcome
from reader.records import Outlet, Record
from reader.store import articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ORDER = "The CNIL fined Facebase GmbH €9 million over its face search. The company must answer by 1 December 2026."


def record(slug: str, hours: float, text: str = ORDER, *, host: str = "", title: str = "", page: str = "") -> Record:
    domain = host or f"{slug}.example"
    return Record(
        title=title or f"CNIL fines Facebase 9 million euros over face search, says {slug}",
        date=NOW - timedelta(hours=hours),
        language="en",
        provider=Outlet("", domain),
        web_url=f"https://{domain}/{slug}",
        text=text,
        content=page or text,
        content_type="text/html" if page else "text/plain",
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(tmp_path / "library", clock=lambda: NOW)
    yield opened
    opened.close()


def keep(library: Library, *records: Record) -> list[int]:
    with library._database.write() as db:
        found = [articles.keep(db, one, 0)[0] for one in records]
    for _ in library.bring_level():
        pass
    return found


def test_a_thread_tells_who_was_first_who_links_to_whom_and_what_it_is_all_about(library: Library) -> None:
    told = "Two people told the Ledger on Monday morning that Facebase would have to pay €9 million for its face search."
    page = '<p>The fine of €9 million against Facebase for face search stands <a href="https://www.cnil.fr/order?utm_source=x">here</a>.'
    first, order, copy, late = keep(
        library,
        record("ledger", 9, told),
        record("order", 8, ORDER + " The restricted committee has made its decision public.", host="cnil.fr"),
        record("copy", 7, told),
        record("late", 6, "The fine of €9 million against Facebase for face search stands here.", page=page),
    )
    row = library.article_rows([first])[0]
    assert row.thread is not None
    whole = library.thread(row.thread)
    assert [member.row.id for member in whole.members if member.copy_of] == [copy]
    assert [member.row.id for member in whole.members if member.first] == [first]
    assert [member.row.id for member in whole.members if member.primary] == [order]
    assert {member.row.id: member.links for member in whole.members if member.links} == {late: (order,)}
    assert whole.heat_history[-1][1] == whole.heat
    assert whole.heat_history[0][0] == NOW - timedelta(hours=9)
    agreed = {one.value: len(one.own) for one in whole.statements.agreed}
    assert agreed["EUR 9,000,000"] == whole.statements.of == 3


def test_coming_days_are_listed_with_the_sentence_that_says_so(library: Library) -> None:
    keep(library, record("ledger", 9), record("courier", 5, ORDER + " It was on 3 March 2020."), record("echo", 4, "Nothing."))
    (day,) = library.dates()
    assert (day.day.isoformat(), day.reports) == ("2026-12-01", 2)
    assert day.sentence == "The company must answer by 1 December 2026."


def test_momentum_is_told_with_its_reasons_and_not_before_there_is_enough(library: Library) -> None:
    (first,) = keep(library, record("ledger", 2))
    thread = library.article_rows([first])[0].thread
    assert thread is not None
    assert library.thread(thread).momentum is None
    assert library.explain_momentum(thread).lines[0].what == "too little data"
    words = "amber birch cedar dogwood elder fir gorse hazel ivy juniper kelp larch maple nettle oak pine quince rowan sage thyme"
    others = [
        record(word, 40 + 12 * at, f"The {word} was seen.", title=f"{word.title()} of {word}town grows {at} leaves")
        for at, word in enumerate(words.split())
    ]
    keep(library, record("courier", 1, "Facebase GmbH has to pay €9 million, the CNIL decided."), *others)
    told = library.thread(thread)
    assert told.momentum
    assert library.thread_rows([thread])[0].momentum == told.momentum
    receipt = library.explain_momentum(thread)
    assert receipt.score == pytest.approx(sum(line.points for line in receipt.lines)) == told.momentum
    assert receipt.lines[0].points == 2
    keep(library, record("courier", 60, "Facebase GmbH has to pay €9 million, the CNIL decided."))  # its source dates it anew
    assert library.thread_rows([thread])[0].momentum == library.explain_momentum(thread).score != told.momentum
    with pytest.raises(NotFound):
        library.explain_momentum(99)


def test_weights_can_be_tried_and_then_chosen(library: Library) -> None:
    signed = record("ledger", 9)
    (id,) = keep(library, signed)
    before = library.explain(id)
    tried = library.quality_preview({"standing": 100, "date": 0})
    assert (tried.looked_at, tried.up + tried.down) == (1, 1)
    assert tried.examples[0][:2] == (id, before.score)
    library.choose("weight_standing", 100)
    library.choose("weight_date", 0)
    for _ in library.bring_level():
        pass
    after = library.explain(id)
    assert library.article_rows([id])[0].quality == after.score == tried.examples[0][2] != before.score
    assert after.score == sum(line.points for line in after.lines)
    library.undo()
    library.undo()
    for _ in library.bring_level():
        pass
    assert library.article_rows([id])[0].quality == before.score
    for weights in ({"charm": 3}, {"standing": 101}):
        with pytest.raises(Refused):
            library.quality_preview(weights)


def test_coming_days_go_to_a_calendar(library: Library, tmp_path: Path) -> None:
    long = "The company, its owner; and „all“ others must answer by 1 December 2026" + " or else" * 12 + "."
    keep(library, record("ledger", 9, long))
    outcome = ExportOutcome()
    for _ in library.export(tmp_path / "days.ics", "ics", outcome):
        pass
    body = (tmp_path / "days.ics").read_bytes()
    assert outcome.written == 1
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    whole = body.decode().replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20261202\r\n" in whole
    assert "DESCRIPTION:The company\\, its owner\\; and „all“ others must" in whole
    assert whole.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert whole.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    with pytest.raises(Refused, match="inside the library"):
        list(library.export(library.folder / "days.ics", "ics", outcome))
