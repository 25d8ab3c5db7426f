"""Articles: list, show, search, mark, explain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.formats import record_of, time_of, whole_record_of
from reader.shell.output import DONE
from reader.shell.parser import add_limit, count
from reader.text import shortened

if TYPE_CHECKING:
    from argparse import Namespace

    from reader.formats import Document
    from reader.library import Library
    from reader.records import Article, ArticleRow, Receipt
    from reader.shell.output import Output
    from reader.shell.parser import Commands
    from reader.store.search import Answer, Hit

SORTS = ("relevance", "newest", "oldest", "quality", "heat")
MARKS = {
    "read": ("read", True),
    "unread": ("read", False),
    "starred": ("starred", True),
    "unstarred": ("starred", False),
    "hidden": ("hidden", True),
    "unhidden": ("hidden", False),
}


def add(commands: Commands) -> None:
    """Teach the parser these commands."""
    parser = commands.add("articles", articles, "the articles, newest first, or those that a query finds")
    parser.add_argument("query", nargs="?", default="", help="as for search; it then picks, and the newest still come first")
    add_limit(parser)
    parser.add_argument("--offset", type=count, default=0, metavar="N", help="leave out the first N")

    parser = commands.add("show", show, "one article, whole")
    parser.add_argument("id", type=count, metavar="ID")

    parser = commands.add("search", search, "full text over everything")
    parser.add_argument("query", help='words, "a phrase", word*, word~, provider:, date:<7d, is:unread …; docs/search.md')
    add_limit(parser)
    parser.add_argument("--offset", type=count, default=0, metavar="N", help="leave out the first N")
    parser.add_argument("--sort", choices=SORTS, default="relevance")
    parser.add_argument("--facets", action="store_true", help="also count by provider, topic, year, language and thread")

    parser.add_argument("--threads", action="store_true", help="the best article of each thread, and how many more are in it")

    parser = commands.add("like", like, "more articles like one")
    parser.add_argument("id", type=count, metavar="ID")
    parser.add_argument("--limit", type=count, default=20, metavar="N", help="at most N, 20 unless said; 0 is all")
    parser.set_defaults(facets=False, threads=False)

    parser = commands.add("mark", mark, "mark articles")
    parser.add_argument("mark", choices=MARKS)
    parser.add_argument("ids", type=count, nargs="+", metavar="ID")
    for name, help in (("publish", "publish articles whatever their heat"), ("hold", "hold articles back whatever their heat")):
        parser = commands.add(name, decide, help)
        parser.add_argument("ids", type=count, nargs="+", metavar="ID")
        parser.set_defaults(publish=name == "publish")

    parser = commands.add("explain", explain, "the receipt of an article's quality or of a thread's heat")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("id", type=count, nargs="?", metavar="ID")
    which.add_argument("--thread", type=count, metavar="ID")
    of_thread = parser.add_mutually_exclusive_group()
    of_thread.add_argument("--momentum", action="store_true", help="of the thread: whether it is reported on more than usual")
    of_thread.add_argument("--hot", action="store_true", help="of the thread: why it stands where it does in the Hot view")
    parser.set_defaults(parser=parser)


def articles(args: Namespace, library: Library, output: Output) -> int:
    """List articles."""
    if args.query:
        answer = library.search(args.query, limit=args.limit, offset=args.offset, sort="newest")
        for notice in answer.notices:
            output.aside(notice)
        total, found = answer.total, library.whole_articles([hit.id for hit in answer.hits])
    else:
        total, found = library.articles(args.limit, args.offset)
    related = _all_related(library, found)
    output.json({"total": total, "articles": [record_of(article, related[article.row.id]) for article in found]})
    _table(output, [article.row for article in found])
    output.line(_of(len(found), total, "article"), "dim")
    return DONE


def _related(library: Library, article: Article) -> list[ArticleRow]:
    return library.article_rows(article.related)


def _all_related(library: Library, articles: list[Article]) -> dict[int, list[ArticleRow]]:
    """The rows that each of these articles is related to, read in one go."""
    rows = {row.id: row for row in library.article_rows(list({id for article in articles for id in article.related}))}
    return {article.row.id: [rows[id] for id in article.related if id in rows] for article in articles}


def _table(output: Output, rows: list[ArticleRow]) -> None:
    columns = ("ID", "", "Date", "Quality", "Heat", "Provider", "Title")
    cells = (
        (row.id, state(row), day(row), score(row.quality), score(row.heat), shortened(row.provider, 28), row.title)
        for row in rows
    )
    output.table(columns, cells, numbers=("ID", "Quality", "Heat"))


def state(row: ArticleRow) -> str:
    """What the user did with an article, as signs: unread, starred, annotated."""
    return ("●" if not row.read else " ") + ("★" if row.starred else "") + ("✎" if row.annotated else "")


def day(row: ArticleRow) -> str:
    """The day an article was published; a dash where nobody said."""
    return row.date.strftime("%Y-%m-%d") if row.date else "–"


def score(value: float | None) -> str:
    """A score as people read it: a dash where there is none."""
    return "–" if value is None or value < 0 else f"{value:.0f}"


def _of(shown: int, total: int, thing: str) -> str:
    things = thing if total == 1 else f"{thing}s"
    return f"{total} {things}" if shown == total else f"{shown} of {total} {things}"


def show(args: Namespace, library: Library, output: Output) -> int:
    """Show one article."""
    article = library.article(args.id)
    output.json(whole_record_of(article, _related(library, article)))
    row = article.row
    output.line(row.title, "bold")
    said = (row.provider or "provider not known", time_of(row.date) or "date not known", article.author, row.language)
    output.line(" · ".join(part for part in said if part))
    output.line(row.web_url or "address not known")
    output.line(f"Quality {score(row.quality)}   Heat {score(row.heat)}   {'published' if row.published else 'held'}")
    output.line("")
    output.line(article.text or "(no text)")
    for highlight in article.highlights:
        output.line("")
        output.line(f"▌ {highlight.anchor.exact}  [{highlight.colour}, highlight {highlight.id}]", "yellow")
        for note in (note for note in article.notes if note.highlight == highlight.id):
            output.line(f"  {note.text}")
    for note in (note for note in article.notes if note.article):
        output.line("")
        output.line(f"✎ {note.text}  [note {note.id}]")
    if article.revisions:
        output.line("")
        output.line(f"{len(article.revisions)} earlier text(s); --json has them.", "dim")
    return DONE


def search(args: Namespace, library: Library, output: Output) -> int:
    """Search everything."""
    answer = library.search(
        args.query, limit=args.limit, offset=args.offset, sort=args.sort, facets=args.facets, threads=args.threads
    )
    return _tell_answer(args, library, output, answer)


def like(args: Namespace, library: Library, output: Output) -> int:
    """Show more articles like one."""
    return _tell_answer(args, library, output, library.more_like(args.id, args.limit))


def _tell_answer(args: Namespace, library: Library, output: Output, answer: Answer) -> int:
    for notice in answer.notices:
        output.aside(notice)
    found = library.whole_articles([hit.id for hit in answer.hits])
    related = _all_related(library, found)
    hits = {hit.id: hit for hit in answer.hits}  # an article may have gone meanwhile
    document = {
        "query": answer.query,
        "total": answer.total,
        "seconds": round(answer.seconds, 4),
        "didYouMean": answer.did_you_mean,
        "articles": [
            {**record_of(article, related[article.row.id]), **_of_hit(hits[article.row.id], threads=args.threads)}
            for article in found
        ],
    }
    output.json({**document, "facets": answer.facets} if args.facets else document)
    for article in found:
        row, hit = article.row, hits[article.row.id]
        more = f" · {hit.more} more in thread {hit.thread}" if hit.more else ""
        own = f" · in your {hit.where}" if hit.where else ""
        output.line(f"{row.id:>6}  {row.title}", "bold")
        output.line(f"        {row.provider or '–'} · {day(row)} · quality {score(row.quality)}{own}{more}", "dim")
        if hit.snippet.text:
            output.line(f"        {hit.snippet.text}")
    output.line(f"{_of(len(found), answer.total, 'article')} in {answer.seconds * 1000:.0f} ms", "dim")
    for name, counts in answer.facets.items() if args.facets else ():
        if counts:
            output.line(f"{name}: " + ", ".join(f"{value} ({number})" for value, number in list(counts.items())[:8]))
    if answer.did_you_mean:
        output.line(f"Did you mean: {answer.did_you_mean}")
    return DONE


def _of_hit(hit: Hit, *, threads: bool) -> Document:
    told: Document = {"snippet": hit.snippet.text}
    if hit.where:
        told["where"] = hit.where
    return told | {"thread": hit.thread, "more": hit.more} if threads else told


def mark(args: Namespace, library: Library, output: Output) -> int:
    """Mark articles read, unread, starred, unstarred, hidden."""
    _demand(library, args.ids)
    flag, on = MARKS[args.mark]
    return _changed(output, library.mark(flag, args.ids, on))  # type: ignore[arg-type] # MARKS holds flags


def decide(args: Namespace, library: Library, output: Output) -> int:
    """Publish or hold articles, whatever their heat."""
    _demand(library, args.ids)
    changed = library.publish(args.ids, args.publish)
    output.follow(library.bring_level())
    return _changed(output, changed)


def _demand(library: Library, ids: list[int]) -> None:
    """Raise `NotFound` for the first article that is not there: a typing error must not pass for done."""
    there = {row.id for row in library.article_rows(ids)}
    for id in ids:
        if id not in there:
            library.article(id)


def _changed(output: Output, changed: int) -> int:
    output.json({"changed": changed})
    output.line(f"{changed} changed")
    return DONE


def explain(args: Namespace, library: Library, output: Output) -> int:
    """Show the receipt of a score."""
    if args.momentum or args.hot:
        if args.thread is None:
            args.parser.error("--momentum and --hot are of a thread: explain --thread ID --momentum")
        found = library.explain_momentum(args.thread) if args.momentum else library.explain_hot(args.thread)
        print_receipt(output, found, "Momentum" if args.momentum else "Hot")
        return DONE
    receipt = library.explain(args.id) if args.thread is None else library.explain_thread(args.thread)
    print_receipt(output, receipt, "Heat" if args.thread is not None else "Quality")
    return DONE


def print_receipt(output: Output, receipt: Receipt, name: str) -> None:
    """Answer with a receipt."""
    output.json({"score": receipt.score, "lines": lines_of(receipt)})
    tell_lines(output, receipt, name)


def lines_of(receipt: Receipt) -> list[Document]:
    """The lines of a receipt, for scripts."""
    return [{"what": line.what, "value": line.value, "points": line.points, "why": line.why} for line in receipt.lines]


def tell_lines(output: Output, receipt: Receipt, name: str) -> None:
    """The lines of a receipt and their sum, for people."""
    rows = [(f"{line.points:+g}", line.what, line.value, line.why) for line in receipt.lines]
    output.table(("Points", "What", "Value", "Why"), [*rows, (f"{receipt.score:g}", name, "", "")], numbers=("Points",))
