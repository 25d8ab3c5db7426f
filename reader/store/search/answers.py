"""A search, from the words to the answer."""

from __future__ import annotations

import json
import re
import threading
import weakref
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from whoosh import query as whoosh_query

from reader.errors import Refused
from reader.store.search import SORTS, Answer, Hit, Problem, facets, following, ordering, spelling, words
from reader.store.search.clauses import Among
from reader.store.search.clock import Clock, OutOfTime
from reader.store.search.collector import Collector, Found
from reader.store.search.conditions import Conditions
from reader.store.search.fields import SEARCHED
from reader.store.search.index import Unusable, told_if_damaged
from reader.store.search.query import Parsed, parse
from reader.store.search.segments import Reader
from reader.store.search.snippets import MOST_READ, Wanted, marked, snippet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import apsw

    from reader.store.database import Database
    from reader.store.search.index import Index
    from reader.store.search.postings import Numbers
    from reader.store.search.segments import Snapshot

SECONDS = 2.0
"""What a search may take, with all that belongs to the answer."""

MOST_WORDS = 12
"""Words of an article that an alert names."""

_RARE = 3
"""A word that stands in no more articles than this may be a slip of the finger; where more are found, nobody asks."""


_MOST_CORRECTED = 10
"""Words of a query that is corrected; who writes more of them has kept it, and knows it."""


class _Desk:
    """What searches of one library share: the open index, and per thread what the database was asked."""

    def __init__(self) -> None:
        self.reader = Reader()
        self._threads = threading.local()

    def conditions(self, db: apsw.Connection, now: int) -> Conditions:
        found: Conditions | None = getattr(self._threads, "conditions", None)
        if found is None or found.db is not db:
            found = self._threads.conditions = Conditions(db, now)
        found.refresh(now)
        return found


_desks: weakref.WeakKeyDictionary[Database, _Desk] = weakref.WeakKeyDictionary()
_desks_lock = threading.Lock()


def _desk(database: Database) -> _Desk:
    with _desks_lock:
        return _desks.setdefault(database, _Desk())


def search(
    database: Database,
    text: str,
    *,
    limit: int,
    offset: int,
    sort: str,
    facets: bool,
    threads: bool = False,
    unfinished: bool = False,
) -> Answer:
    """As the front door says."""
    if sort not in SORTS:
        raise Refused(f"there is no order “{sort}”; there are {', '.join(SORTS)}")
    clock = Clock(SECONDS)
    desk = _desk(database)
    conditions = desk.conditions(database.db, database.now())
    parsed = parse(text, conditions, unfinished=unfinished)
    notices = [f"{problem.why} (at character {problem.position + 1})" for problem in parsed.problems]
    problems = tuple(Problem(problem.why, problem.position) for problem in parsed.problems)
    try:
        index = following.opened(database.db, database.folder)
        if late := following.behind(database.db, index):
            notices.append(f"{late:,} article{'s' * (late != 1)} changed since the search index was brought level")
        with desk.reader.lock, told_if_damaged(index):
            asked = Search(conditions, desk.reader.snapshot(index), parsed, clock)
            answer = asked.answer(limit, offset, sort, facets=facets, threads=threads)
    except Unusable as error:
        notices.append(f"nothing can be found: {error}; it is built when the library is next brought level")
        return Answer(text, 0, (), clock.seconds, notices=tuple(notices), problems=problems)
    return Answer(
        text,
        answer.total,
        answer.hits,
        clock.seconds,
        answer.did_you_mean,
        answer.facets,
        (*notices, *answer.notices),
        problems,
        answer.threads,
    )


@contextmanager
def searching(database: Database, index: Index) -> Iterator[tuple[Conditions, Snapshot]]:
    """What a search stands on: what the database was asked, and the index as of now; nobody else searches meanwhile."""
    desk = _desk(database)
    with desk.reader.lock:
        yield desk.conditions(database.db, database.now()), desk.reader.snapshot(index)


def problems_of(db: apsw.Connection, text: str, now: int, name: str) -> tuple[Problem, ...]:
    """As the front door says."""
    inside = (words.fold(name.strip()),) if name else ()
    parsed = parse(text, Conditions(db, now), inside=inside)
    return tuple(Problem(problem.why, problem.position) for problem in parsed.problems)


def found_among(database: Database, text: str, ids: Sequence[int]) -> list[int]:
    """As the front door says."""
    try:
        index = following.opened(database.db, database.folder)
        with told_if_damaged(index), closing(Standing(database.db, index, database.now())) as standing:
            return standing.found(text, ids)
    except Unusable as error:
        raise Refused(f"nothing can be found: {error}") from error


def matched_words(database: Database, text: str, id: int) -> tuple[str, ...]:
    """As the front door says."""
    try:
        index = following.opened(database.db, database.folder)
        with told_if_damaged(index), closing(Standing(database.db, index, database.now())) as standing:
            if id not in standing.found(text, [id]):
                return ()
    except Unusable:
        return ()
    return _words_in(database.db, Wanted(parse(text, Conditions(database.db, database.now())).query), id)


def _words_in(db: apsw.Connection, wanted: Wanted, id: int) -> tuple[str, ...]:
    """The words of an article that are wanted, as they are written there."""
    if not (told := _texts(db, [id]).get(id)):
        return ()  # it went meanwhile
    title, language, *texts = told
    return tuple(dict.fromkeys(word for part in (title, *texts) for word in marked(wanted, part, language).words))


class Standing:
    """Runs standing queries on one state of the index: for topics, and for saved searches that alert."""

    def __init__(self, db: apsw.Connection, index: Index, now: int, seconds: float = 30.0) -> None:
        self._reader = Reader()
        self._snapshot = self._reader.snapshot(index)
        self._conditions = Conditions(db, now)
        self._seconds = seconds

    def moves(self, text: str) -> bool:
        """Whether what a query finds can change although no text does."""
        return parse(text, self._conditions).moves

    def found(self, text: str, among: Sequence[int] | None = None) -> list[int]:
        """The articles that a query finds, of all or of these; hidden ones too."""
        parsed = parse(text, self._conditions)
        if parsed.query is None:
            return []
        wanted = None if among is None else np.array(sorted(among), np.int64)
        collector = Collector(self._snapshot, Clock(self._seconds))
        ids: list[int] = collector.find(parsed.query, scored=False, among=wanted).ids.tolist()
        return ids

    def words(self, text: str, articles: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """Of each of these articles its words that a query finds it by, the first few."""
        wanted = Wanted(parse(text, self._conditions).query)
        return {id: _words_in(self._conditions.db, wanted, id)[:MOST_WORDS] for id in articles}

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()


class _ByThread(NamedTuple):
    """Of each thread among what was found: the place of its best hit, its id (below 0: none), and how many hits it has."""

    firsts: Numbers
    names: Numbers
    counts: Numbers

    def told(self, hits: tuple[Hit, ...], shown: slice) -> tuple[Hit, ...]:
        """These hits, each with its thread."""
        pairs = zip(self.names[shown].tolist(), self.counts[shown].tolist(), strict=True)
        return tuple(
            replace(hit, thread=name if name > 0 else None, more=count - 1)
            for hit, (name, count) in zip(hits, pairs, strict=True)
        )


class Search:
    """One search on one state of the index."""

    def __init__(
        self, conditions: Conditions, snapshot: Snapshot, parsed: Parsed, clock: Clock, most_read: int = MOST_READ
    ) -> None:
        self._most_read = most_read
        self._conditions, self._db, self._parsed, self._clock = conditions, conditions.db, parsed, clock
        self._collector = Collector(snapshot, clock)

    def answer(
        self, limit: int, offset: int, sort: str, *, facets: bool = False, threads: bool = False, without: int = 0
    ) -> Answer:
        """One page of what was found. `without`: an article that does not count."""
        found, notices = self._found()
        if without:
            found = Found(*(column[found.ids != without] for column in found))
        dates = partial(self._dates, found)
        most = offset + limit if limit and not threads else 0
        order = ordering.order(found, dates, sort, self._conditions, most)
        of_thread = self._by_thread(found.ids[order]) if threads else None
        if of_thread is not None:
            order = order[of_thread.firsts]
        shown = slice(offset, offset + limit if limit else None)
        hits = self._hits(found, order[shown])
        if of_thread is not None:
            hits = of_thread.told(hits, shown)
        proposal = self._did_you_mean(len(found.ids)) if self._parsed.query is not None and not without else None
        counts = self._facets(found) if facets else {}
        notices += self._collector.notices
        if not len(found.ids) and self._says_nothing():
            notices.append("these words stand in every text, and are not looked for alone")
        total_threads = len(of_thread.firsts) if of_thread is not None else None
        return Answer(
            self._parsed.text, len(found.ids), hits, self._clock.seconds, proposal, counts, tuple(notices), threads=total_threads
        )

    def _dates(self, found: Found, places: Numbers | slice = slice(None)) -> Numbers:
        return self._collector.column("date", found.documents[places])

    def _by_thread(self, ids: Numbers) -> _ByThread:
        """What was found, in order, by thread; what is in none stands for itself."""
        columns = self._conditions.columns()
        at, there = columns.places(ids)
        of_each = -ids  # no thread has such a number
        if there.any():
            threads = columns.threads[at]
            of_each = np.where(there & (threads > 0), threads, of_each)
        names, firsts, counts = np.unique(of_each, return_index=True, return_counts=True)
        order = np.argsort(firsts)
        return _ByThread(firsts[order], names[order], counts[order])

    def _found(self) -> tuple[Found, list[str]]:
        """What the query finds of what is not hidden, unless it asks for that."""
        asked = self._parsed.query if self._parsed.query is not None else whoosh_query.NullQuery
        found = self._collector.find(asked)
        hidden = self._conditions.state("hidden")
        if not len(hidden) or _asks_for_hidden(asked):
            return found, []
        shown = ~np.isin(found.ids, hidden)
        left_out = len(shown) - int(shown.sum())
        told = [f"{left_out:,} hidden article{'s' * (left_out != 1)} not shown; add is:hidden to see them"] if left_out else []
        return Found(found.ids[shown], found.scores[shown], found.documents[shown]), told

    def _says_nothing(self) -> bool:
        asked = words.asked(self._parsed.text, self._conditions.languages())
        return bool(asked) and not any(word.tells for word in asked)

    # What is shown of a hit

    def _hits(self, found: Found, page: Numbers) -> tuple[Hit, ...]:
        wanted = Wanted(self._parsed.query)
        ids = found.ids[page].tolist()
        scores = dict(zip(ids, found.scores[page].tolist(), strict=True))
        texts = _texts(self._db, ids)
        return tuple(_hit(id, scores[id], texts[id], wanted, self._most_read) for id in ids if id in texts)

    def _facets(self, found: Found) -> dict[str, dict[str, int]]:
        return facets.counted(self._conditions, found.ids, self._dates(found))

    # Did you mean

    def _did_you_mean(self, total: int) -> str | None:
        """The query with the words that nobody writes replaced, if it finds more."""
        if total > _RARE:
            return None
        try:
            proposal = self._corrected()
            if proposal is None:
                return None
            parsed = parse(proposal, self._conditions)
            if parsed.query is None:
                return None
            more = Collector(self._collector.snapshot, self._clock).find(parsed.query, scored=False)
            return proposal if len(more.ids) > total else None
        except OutOfTime:
            return None

    def _corrected(self) -> str | None:
        text = self._parsed.text
        if len(_PLAIN_WORD.findall(text)) > _MOST_CORRECTED:
            return None
        languages = self._conditions.languages()
        replaced = False

        def better(match: re.Match[str]) -> str:
            nonlocal replaced
            word = match[0]
            asked = words.asked(word, languages)
            if len(asked) != 1 or not asked[0].tells or word in {"AND", "OR", "NOT"}:
                return word
            known = self._standing_in(asked[0].forms)
            if known > _RARE or not (found := spelling.likeliest(self._collector.snapshot, asked[0].written, self._clock)):
                return word
            if found[1] <= known * 20:
                return word
            replaced = True
            return found[0]

        proposal = _PLAIN_WORD.sub(better, text)
        return proposal if replaced else None

    def _standing_in(self, forms: Iterable[str]) -> int:
        """In how many articles a word stands, in any of its forms, counted by field."""
        arrays = [segment.arrays for segment in self._collector.snapshot.segments]
        postings = (one.postings(field, form.encode()) for one in arrays for field in SEARCHED for form in forms)
        return sum(len(found.documents) for found in postings if found is not None)


_PLAIN_WORD = re.compile(r"(?<![\w:*?~./@-])[^\W\d_]{4,}(?![\w:*?~/@]|[.-]\w)")
"""A word of a query that may be misspelt: no name of a field, no pattern, no part of an address."""


def _asks_for_hidden(asked: whoosh_query.Query) -> bool:
    if isinstance(asked, Among):
        return bool(asked.values == ("is:hidden",))
    if isinstance(asked, whoosh_query.Not):
        return _asks_for_hidden(asked.query)
    if isinstance(asked, whoosh_query.AndMaybe):
        return _asks_for_hidden(asked.a)
    if isinstance(asked, (whoosh_query.And, whoosh_query.Or)):
        return any(map(_asks_for_hidden, asked.subqueries))
    return False


_TEXTS = """
    SELECT article.id, title, language, coalesce(text, ''), excerpt,
           coalesce((SELECT group_concat(exact, ' … ') FROM highlight WHERE highlight.article = article.id AND NOT removed), ''),
           coalesce((SELECT group_concat(note.text, ' … ') FROM note LEFT JOIN highlight ON highlight.id = note.highlight
                     WHERE NOT note.removed AND (note.article = article.id OR highlight.article = article.id)), '')
    FROM article LEFT JOIN content ON content.article = article.id
    WHERE article.id IN (SELECT value FROM json_each(?))
"""


def _texts(db: apsw.Connection, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Of each article: its title, its language, and the texts that a passage may come from."""
    return {row[0]: row[1:] for row in db.execute(_TEXTS, (json.dumps(ids),))}


def _hit(id: int, score: float, told: tuple[str, ...], wanted: Wanted, most_read: int) -> Hit:
    title, language, *texts, highlight, note = told
    where: Literal["", "note", "highlight"] = ""
    if wanted.holds_all(note, language):
        where = "note"
    elif wanted.holds_all(highlight, language):
        where = "highlight"
    return Hit(id, score, snippet(wanted, [*texts, highlight, note], language, most_read), marked(wanted, title, language), where)
