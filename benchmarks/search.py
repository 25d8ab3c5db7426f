"""Search beside its peers in one run: Whoosh as it comes, ours, SQLite's FTS5 and tantivy, on the same made-up articles.

Milliseconds of CPU for the first 20 hits of each class of queries, p50 and p95 of what was asked before and p50 of what is asked
for the first time; indexing; 30 articles more; memory; growth.
Run by `./run bench search`; `--quick` takes 800 articles, `--json` prints one document. By hand, `python -m benchmarks.search
--articles 300000` takes as many as one likes, and `--chart FILE` draws what came out. Whoosh as it comes indexes 10,000 at the
most: it takes minutes for them. Tantivy is measured where it is installed (`pip install tantivy`).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import pickle
import platform
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw

from benchmarks import _corpus as corpus
from benchmarks._chart import chart
from reader.jobs import index
from reader.library import Library
from reader.store.search import following, ordering, sealed
from reader.store.search.clock import Clock
from reader.store.search.collector import Collector
from reader.store.search.conditions import Conditions
from reader.store.search.memory import give_back
from reader.store.search.query import parse
from reader.store.search.segments import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reader.store.database import Database

SHOWN = 20
WHOOSH_AT_MOST = 10_000
RATE_GOAL, MEMORY_GOAL, SEARCHER_GOAL, SIZE_GOAL = 1200, 400, 150, 0.4
ADDED = 30
ADDED_GOALS = (40, 200)
P95_GOAL, MEANT_GOAL = 25.0, 40.0
TYPED_GOAL = 60.0
"""Milliseconds: the window waits for 40 whether there is another key, and hits are to be there after 100."""

Figure = dict[str, Any]
Queries = dict[str, list[str]]


def queries(count: int = 12) -> Queries:
    """Queries of each class, from the words of the corpus."""
    chance = random.Random(11)
    vocabulary = [word for word in corpus.words() if len(word) > 3]
    common, middling, rare = vocabulary[40:120], vocabulary[300:1500], vocabulary[60_000:160_000]
    lines = [title.lower().split() for title, _ in corpus.texts(count * 8, seed=3)]
    phrases = [f"{line[at]} {line[at + 1]}" for line in lines for at in (2, 4) if min(map(len, line[at : at + 2])) > 3]
    return {
        "common word": chance.sample(common, count),
        "rare word": chance.sample(rare, count),
        "three words": [" ".join(chance.sample(common + middling[:100], 3)) for _ in range(count)],
        "five words, OR": [" OR ".join(chance.sample(middling, 5)) for _ in range(count)],
        "phrase": [f'"{phrase}"' for phrase in phrases[:count]],
        "prefix": [f"{word[:4]}*" for word in chance.sample(middling, count)],
        "wildcard": [f"{word[:3]}*{word[-2:]}" for word in chance.sample(middling, count)],
        "one letter off": [f"{word[:2]}{word[3:]}~" for word in chance.sample([w for w in middling if len(w) > 5], count)],
    }


# Engines: each says how long it takes to index, and gives a function that counts and ranks what a query finds


class Ours:
    """The library's own index."""

    name = "ours"

    def __init__(self, library: Library) -> None:
        self.library = library
        self.database: Database = library._database  # noqa: SLF001 - measured from inside
        self.memory = 0.0
        began = time.process_time()
        for _ in index.rebuild(self.database):
            self.memory = max(self.memory, own_memory())
        self.seconds = time.process_time() - began
        self.folder = library.folder / "index"
        self.reader = Reader()
        self.snapshot = self.reader.snapshot(following.opened(self.database.db, library.folder))
        self.conditions = Conditions(self.database.db, self.database.now())

    def find(self, query: str) -> None:
        """The best hits, as the peers give them: no texts, no snippets."""
        collector = Collector(self.snapshot, Clock(2))
        found = collector.find(parse(query, self.conditions).query)  # type: ignore[arg-type] # has words
        ordering.order(found, lambda at: collector.column("date", found.documents[at]), "relevance", self.conditions, SHOWN)


class Fts5:
    """SQLite's full text."""

    name = "FTS5"

    def __init__(self, folder: Path, rows: Iterator[tuple[int, str, str]]) -> None:
        self.db = apsw.Connection(str(folder / "fts5.db"))
        self.db.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA mmap_size=1000000000")
        self.db.execute(
            "CREATE VIRTUAL TABLE found USING fts5(title, text, tokenize='porter unicode61 remove_diacritics 2', content='')"
        )
        began = time.process_time()
        with self.db:
            self.db.executemany("INSERT INTO found (rowid, title, text) VALUES (?, ?, ?)", rows)
        self.seconds = time.process_time() - began
        self.folder = folder / "fts5.db"

    def find(self, query: str) -> None:
        """The best hits."""
        if query.endswith("~") or "*" in query[:-1]:
            raise NotImplementedError
        said = query if '"' in query or " OR " in query or query.endswith("*") else " AND ".join(query.split())
        list(self.db.execute("SELECT rowid, rank FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?", (said, SHOWN)))


class Tantivy:
    """Tantivy through its Python binding."""

    name = "tantivy"

    def __init__(self, folder: Path, rows: Iterator[tuple[int, str, str]]) -> None:
        import tantivy  # noqa: PLC0415 - where it is installed

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=True)
        builder.add_text_field("title", tokenizer_name="en_stem")
        builder.add_text_field("text", tokenizer_name="en_stem")
        self.schema = builder.build()
        self.folder = folder / "tantivy"
        self.folder.mkdir()
        self.index = tantivy.Index(self.schema, path=str(self.folder))
        writer = self.index.writer(heap_size=128_000_000, num_threads=1)
        began = time.process_time()
        for id, title, text in rows:
            writer.add_document(tantivy.Document(id=id, title=title, text=text))
        writer.commit()
        writer.wait_merging_threads()
        self.seconds = time.process_time() - began
        self.index.reload()
        self.searcher = self.index.searcher()

    def find(self, query: str) -> None:
        """The best hits."""
        of = self._tantivy.Query
        if query.endswith("~"):
            asked = of.fuzzy_term_query(self.schema, "text", query[:-1], 1)
        elif "*" in query:
            asked = of.regex_query(self.schema, "text", query.replace("*", ".*"))
        else:
            said = query if '"' in query or " OR " in query else " AND ".join(query.split())
            asked = self.index.parse_query(said, ["title", "text"])
        self.searcher.search(asked, SHOWN)


class Whoosh:
    """Whoosh as it comes."""

    name = "Whoosh"

    def __init__(self, folder: Path, rows: Iterator[tuple[int, str, str]]) -> None:
        from whoosh import analysis, fields, index, qparser  # noqa: PLC0415 - only here

        sealed._Unpickler.find_class = pickle.Unpickler.find_class  # type: ignore[method-assign]  # noqa: SLF001 - its own classes
        schema = fields.Schema(
            id=fields.NUMERIC(stored=True),
            title=fields.TEXT(analyzer=analysis.StemmingAnalyzer(), field_boost=4.0),
            text=fields.TEXT(analyzer=analysis.StemmingAnalyzer()),
        )
        self.folder = folder / "whoosh"
        self.folder.mkdir()
        made = index.create_in(str(self.folder), schema)
        began = time.process_time()
        writer = made.writer(limitmb=128)
        for id, title, text in rows:
            writer.add_document(id=id, title=title, text=text)
        writer.commit()
        self.seconds = time.process_time() - began
        self.searcher = made.searcher()
        self._parser = qparser.MultifieldParser(["title", "text"], schema)
        self._parser.add_plugin(qparser.FuzzyTermPlugin())

    def find(self, query: str) -> None:
        """The best hits."""
        self.searcher.search(self._parser.parse(query), limit=SHOWN)


# Measured


def own_memory() -> float:
    """Megabytes that belong to this process alone; what it only maps from files does not count."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon")), 0.0)


def times(run: Callable[[str], object], asked: list[str], rounds: int = 3) -> tuple[float, float, float] | None:
    """Milliseconds of CPU: p50 and p95 of what was asked before, p50 of what is asked for the first time.

    `None` where the engine cannot do that.
    """
    try:
        first, *again = [[_time(run, query) for query in asked] for _ in range(rounds + 1)]
    except (NotImplementedError, ValueError):
        return None
    found = sorted(taken for turn in again for taken in turn)
    return statistics.median(found), found[int(len(found) * 0.95)], statistics.median(first)


def _time(run: Callable[[str], object], query: str) -> float:
    began = time.process_time()
    run(query)
    return (time.process_time() - began) * 1000


def size_of(path: Path) -> float:
    """Megabytes on the disk."""
    files = path.rglob("*") if path.is_dir() else path.parent.glob(f"{path.name}*")
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def measure(articles: int, folder: Path) -> list[Figure]:
    """Everything, at one size."""
    corpus.library(folder / "library", articles)
    library = Library(folder / "library")
    db = library._database.db  # noqa: SLF001 - measured from inside

    def rows(most: int = articles) -> Iterator[tuple[int, str, str]]:
        return db.execute(  # type: ignore[return-value] # three columns
            "SELECT id, title, text FROM article JOIN content ON article = id WHERE id <= ? ORDER BY id", (most,)
        )

    text = db.execute("SELECT sum(length(title) + length(text)) FROM article JOIN content ON article = id").get
    assert isinstance(text, int)
    give_back()
    before = own_memory()
    ours = Ours(library)
    peers: list[Any] = [Fts5(folder, rows())]
    if importlib.util.find_spec("tantivy"):
        peers.append(Tantivy(folder, rows()))
    small = min(articles, WHOOSH_AT_MOST)
    if articles <= WHOOSH_AT_MOST:
        peers.append(Whoosh(folder, rows(small)))
    found = [_rate(articles, ours, peers), *_sizes(articles, ours, peers, text / 1e6, before)]
    found += _classes(articles, ours, peers)
    found += _answers(articles, library)
    found += _added(articles, library)
    library.close()
    return found


def _rate(articles: int, ours: Ours, peers: list[Any]) -> Figure:
    return _figure(
        f"{articles:,}: indexing", articles / ours.seconds, [(one.name, articles / one.seconds) for one in peers],
        "articles/s", RATE_GOAL,
    )  # fmt: skip


def _sizes(articles: int, ours: Ours, peers: list[Any], text: float, before: float) -> Iterator[Figure]:
    of_peers = [(one.name, size_of(one.folder) / text) for one in peers]
    yield _figure(f"{articles:,}: index, of the text", size_of(ours.folder) / text, of_peers, "", SIZE_GOAL)
    yield _figure(f"{articles:,}: memory while indexing", ours.memory - before, [], "MB", MEMORY_GOAL)


def _classes(articles: int, ours: Ours, peers: list[Any]) -> Iterator[Figure]:
    asked_of = queries()
    give_back()
    before = own_memory()
    for kind, asked in asked_of.items():
        mine = times(ours.find, asked)
        theirs = [(one.name, times(one.find, asked)) for one in peers]
        assert mine is not None
        for at, (part, goal) in enumerate((("p50", None), ("p95", P95_GOAL), ("first time", None))):
            said = [(name, found[at]) for name, found in theirs if found]
            yield _figure(f"{articles:,}: {kind}, {part}", mine[at], said, "ms", goal)
    yield _figure(f"{articles:,}: memory of a searcher", own_memory() - before, [], "MB", SEARCHER_GOAL)


def _answers(articles: int, library: Library) -> Iterator[Figure]:
    asked = queries()
    ids = random.Random(2).sample(range(1, articles + 1), 12)
    typed = [word[:end] for word in asked["common word"] for end in range(3, len(word) + 1)]
    kinds: dict[str, tuple[Callable[[str], object], list[str], float]] = {
        "a whole answer, 20 snippets": (lambda q: library.search(q, limit=SHOWN), asked["three words"], P95_GOAL),
        "a word as it is typed": (lambda q: library.search(q, limit=SHOWN, unfinished=True), typed, TYPED_GOAL),
        "word and date": (lambda q: library.search(f"{q} date:2025", limit=SHOWN), asked["common word"], P95_GOAL),
        "word and quality": (lambda q: library.search(f"{q} quality:>60", limit=SHOWN), asked["common word"], P95_GOAL),
        "sorted by date": (lambda q: library.search(q, limit=SHOWN, sort="newest"), asked["common word"], P95_GOAL),
        "facets": (lambda q: library.search(q, limit=SHOWN, facets=True), asked["three words"], P95_GOAL),
        "results as threads": (lambda q: library.search(q, limit=SHOWN, threads=True), asked["three words"], P95_GOAL),
        "did you mean": (lambda q: library.search(f"{q[0]}{q[2]}{q[1]}{q[3:]}x", limit=SHOWN), asked["rare word"], MEANT_GOAL),
        "more like this": (lambda q: library.more_like(int(q)), [str(id) for id in ids], P95_GOAL),
    }
    for kind, (run, told, goal) in kinds.items():
        found = times(run, told)
        assert found is not None
        for at, part in enumerate(("p50", "p95", "first time")):
            yield _figure(f"{articles:,}: {kind}, {part}", found[at], [], "ms", goal if part == "p95" else None)


def _added(articles: int, library: Library) -> Iterator[Figure]:
    """30 articles more, again and again: from the outbox to the commit."""
    database = library._database  # noqa: SLF001 - measured from inside
    chance, found = random.Random(8), []
    for _ in range(20):
        with database.write() as db:
            db.executemany(
                "INSERT INTO outbox (article) VALUES (?)", [(id,) for id in chance.sample(range(1, articles + 1), ADDED)]
            )
        opened = following.ready(database.db, database.folder)
        began = time.process_time()
        for _ in following.follow(database.db, opened):
            pass
        found.append((time.process_time() - began) * 1000)
        with database.write() as db:
            following.sweep(db, following.unswept(db, opened))
        for _ in following.tidy(opened):
            pass
    found.sort()
    for part, at, goal in (("p50", 10, ADDED_GOALS[0]), ("p95", 18, ADDED_GOALS[1])):
        yield _figure(f"{articles:,}: {ADDED} articles again, {part}", found[at], [], "ms", goal)


def _figure(what: str, mine: float, theirs: list[tuple[str, float]], unit: str, goal: float | None) -> Figure:
    name, peer = theirs[0] if theirs else ("", None)
    ratio = mine / peer if peer else None
    figure = {"what": what, "ours": mine, "peer": peer, "peerName": name, "ratio": ratio, "unit": unit, "goal": goal}
    return figure | {"peers": dict(theirs)}


def main() -> None:
    """Measure, and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--chart", type=Path, help="draw the largest size into this file, as SVG")
    parser.add_argument("--articles", type=int, action="append", help="at this size; may be given several times")
    args = parser.parse_args()
    sizes = [800] if args.quick else args.articles or [10_000, 100_000]
    figures = []
    for size in sizes:
        folder = Path(tempfile.mkdtemp())
        try:
            figures += measure(size, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    if args.chart:
        args.chart.write_text(chart(figures, sizes[-1]), "utf-8")
    if args.json:
        machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
        print(json.dumps({"name": "search", "size": sizes[-1], "machine": machine, "figures": figures}, indent=2))
        return
    for figure in figures:
        goal = f"   goal {figure['goal']:g}" if figure["goal"] is not None else ""
        peers = "".join(f"   {name} {value:.2f}" for name, value in figure["peers"].items())
        print(f"{figure['what']:46} {figure['ours']:10.2f} {figure['unit']}{goal}{peers}")


if __name__ == "__main__":
    main()
