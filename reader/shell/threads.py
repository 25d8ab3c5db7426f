"""Threads, storylines, providers and topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.formats import thread_of, time_of
from reader.shell.articles import day, lines_of, score, tell_lines
from reader.shell.output import DONE
from reader.shell.parser import add_limit, count
from reader.text import shortened, stated

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from reader.formats import Document
    from reader.library import Library
    from reader.records import Provider, Storyline, Thread, Topic
    from reader.shell.output import Output
    from reader.shell.parser import Commands


def add(commands: Commands) -> None:
    """Teach the parser these commands."""
    parser = commands.add("threads", threads, "threads of two articles and more, the hottest first")
    parser.add_argument("--sort", choices=("heat", "hot", "newest", "size"), default="heat")
    add_limit(parser)
    parser.add_argument("--all", action="store_true", help="also threads of one: then every article is in exactly one")

    _add_thread(commands)
    commands.add("storylines", storylines, "threads of one long-running matter")
    parser = commands.add("storyline", storyline, "one storyline; or join THREAD…, leave THREAD, rename ID TITLE")
    parser.add_argument("words", nargs="+", metavar="ID | join THREAD THREAD… | leave THREAD | rename ID TITLE")
    parser.set_defaults(parser=parser)
    parser = commands.add("breadth", breadth, "how broad threads are: as you chose, and as your merges and splits move it")
    parser.add_argument("value", type=float, nargs="?", metavar="0-1", help="choose: 0 is narrow, 1 is broad")
    parser.add_argument("--try", action="store_true", dest="trying", help="say what it would do, and choose nothing")
    parser.add_argument("--learn", choices=("yes", "no"), help="whether merges and splits move it")
    parser.set_defaults(parser=parser)
    commands.add("dates", dates, "days to come that articles name")

    below = commands.group("correction", "what you said of threads and storylines")
    below.add("list", corrections, "everything that stands, the newest first")
    parser = below.add("remove", remove_correction, "take one back as if it had not been said")
    parser.add_argument("id", type=count, metavar="ID")

    below = commands.group("provider", "the outlets that articles come from")
    below.add("list", providers, "every provider")
    parser = below.add("rename", rename_provider, "give a provider another name")
    parser.add_argument("id", type=count, metavar="ID")
    parser.add_argument("name", metavar="NAME")
    parser = below.add("standing", set_standing, "say what you think of a provider, 0-100")
    parser.add_argument("id", type=count, metavar="ID")
    parser.add_argument("standing", type=count, metavar="0-100")

    below = commands.group("topic", "standing queries")
    below.add("list", topics, "every topic")
    parser = below.add("add", add_topic, "a new topic; what matches joins by itself", makes=True)
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("query", metavar="QUERY")
    parser = below.add("remove", remove_topic, "remove a topic; its articles stay")
    parser.add_argument("id", type=count, metavar="ID")


def _add_thread(commands: Commands) -> None:
    """`thread ID`, `thread merge ID ID…`, `thread split ID ARTICLE…` …: the first word is a number or a verb."""
    parser = commands.add("thread", thread, "one thread; or merge ID ID…, split ID ARTICLE…, move ID ARTICLE…, rename ID TITLE")
    parser.add_argument("words", nargs="+", metavar="ID | merge ID ID… | split ID ARTICLE… | move ID ARTICLE… | rename ID TITLE")
    parser.set_defaults(parser=parser)


def threads(args: Namespace, library: Library, output: Output) -> int:
    """List threads."""
    total, found = library.threads(args.sort, args.limit, singles=args.all)
    output.json({"total": total, "threads": [thread_of(thread) for thread in found]})
    columns = ("ID", "Heat", "Quality", "Articles", "Independent", "Last", "Title")
    output.table(columns, [_line(thread) for thread in found], numbers=columns[:5])
    output.line(f"{len(found)} of {total} threads" if len(found) < total else f"{total} threads", "dim")
    return DONE


def _line(thread: Thread) -> tuple[object, ...]:
    last = thread.last.strftime("%Y-%m-%d") if thread.last else "–"
    heat, quality = score(thread.heat), score(thread.quality)
    return thread.id, heat, quality, len(thread.members), thread.independent_providers, last, thread.title


def thread(args: Namespace, library: Library, output: Output) -> int:
    """Show a thread, or say something of it."""
    verb, *rest = args.words
    if verb == "rename" and len(rest) > 1:
        id = _number(args, rest[0])
        library.rename_thread(id, " ".join(rest[1:]))
    elif verb in ("merge", "split", "move") and len(rest) > 1:
        id = _moved(verb, [_number(args, word) for word in rest], library)
        output.follow(library.bring_level())
    elif not rest and verb not in ("merge", "split", "move", "rename"):
        id = _number(args, verb)
    else:
        args.parser.error(
            "one ID; or merge and two IDs at least; or split or move, an ID and articles; or rename, an ID and a title"
        )
    _show(library.thread(id), output)
    return DONE


def _moved(verb: str, numbers: list[int], library: Library) -> int:
    """Say which articles are one event; the thread to show."""
    if verb == "merge":
        return library.merge_threads(numbers)
    if verb == "split":
        return library.split_thread(numbers[0], numbers[1:])
    library.move_articles(numbers[1:], numbers[0])
    return numbers[0]


def _number(args: Namespace, word: str) -> int:
    if not word.isdecimal():
        args.parser.error(f"“{word}” is not an id")
    return count(word)


def _show(thread: Thread, output: Output) -> None:
    output.json(thread_of(thread))
    output.line(thread.title, "bold")
    output.line(f"Heat {score(thread.heat)}   Quality {score(thread.quality)}   Storyline {thread.storyline or '–'}")
    rows = (
        (row.id, "▸" if row.id == thread.head else "" if member.independent else "copy", day(row), score(row.quality),
         shortened(row.provider or "–", 28), row.title)
        for member in thread.members for row in (member.row,)
    )  # fmt: skip
    output.table(("ID", "", "Date", "Quality", "Provider", "Title"), rows, numbers=("ID", "Quality"))
    if thread.facts:
        output.line("")
        facts = ((fact.kind, fact.value, fact.article, shortened(fact.sentence, 90)) for fact in thread.facts)
        output.table(("Fact", "Value", "Article", "Sentence"), facts, numbers=("Article",))
    for sides in thread.statements.contradictions:
        told = (f"{stated(side.kind, side.value)} ({len(side.articles)})" for side in sides)
        output.line(f"Reports disagree: {' against '.join(told)}")


def storylines(args: Namespace, library: Library, output: Output) -> int:  # noqa: ARG001 - every command takes the words
    """List storylines."""
    found = library.storylines()
    output.json({"storylines": [_storyline_of(storyline) for storyline in found]})
    rows = ((line.id, len(line.threads), _span(line), line.title, line.status) for line in found)
    output.table(("ID", "Threads", "Time", "Title", "Status"), rows, numbers=("ID", "Threads"))
    return DONE


def storyline(args: Namespace, library: Library, output: Output) -> int:
    """Show one storyline with its threads in time, or say something of it."""
    verb, *rest = args.words
    if verb == "rename" and len(rest) > 1:
        id = _number(args, rest[0])
        library.rename_storyline(id, " ".join(rest[1:]))
    elif verb == "join" and len(rest) > 1:
        id = library.join_storyline([_number(args, word) for word in rest])
    elif verb == "leave" and len(rest) == 1:
        library.leave_storyline(_number(args, rest[0]))
        return storylines(args, library, output)
    elif not rest and verb not in ("rename", "join", "leave"):
        id = _number(args, verb)
    else:
        args.parser.error("one ID; or join and two threads at least; or leave and a thread; or rename, an ID and a title")
    found = library.storyline(id)
    members = [library.thread(id) for id in found.threads]
    output.json(_storyline_of(found))
    output.line(found.title, "bold")
    output.line(f"{_span(found)}   {found.status}")
    columns = ("ID", "Heat", "Quality", "Articles", "Independent", "Last", "Title")
    output.table(columns, [_line(thread) for thread in members], numbers=columns[:5])
    return DONE


def corrections(args: Namespace, library: Library, output: Output) -> int:  # noqa: ARG001 - every command takes the words
    """List what was said of threads and storylines."""
    found = library.corrections()
    output.json({
        "corrections": [
            {
                "id": one.id, "kind": one.kind, "threads": list(one.threads), "articles": list(one.articles),
                "storyline": one.storyline, "title": one.title, "made": time_of(one.made),
            }
            for one in found
        ]
    })  # fmt: skip
    rows = ((one.id, one.made.strftime("%Y-%m-%d %H:%M"), one.kind, " ".join(map(str, one.threads)), one.title) for one in found)
    output.table(("ID", "When", "What", "Threads", "Title"), rows, numbers=("ID",))
    return DONE


def remove_correction(args: Namespace, library: Library, output: Output) -> int:
    """Take back one thing that was said."""
    library.remove_correction(args.id)
    output.follow(library.bring_level())
    return corrections(args, library, output)


def breadth(args: Namespace, library: Library, output: Output) -> int:
    """Tell how broad threads are, try another breadth, or choose it for what arrives."""
    if args.trying:
        if args.value is None:
            args.parser.error("--try needs a breadth from 0 to 1")
        return _tell_preview(args.value, library, output)
    if args.value is not None:
        library.choose("breadth", args.value)
    if args.learn is not None:
        library.choose("learn_breadth", args.learn == "yes")
    found = library.breadth()
    output.json({
        "breadth": found.chosen, "adjustment": found.adjustment, "used": found.used, "learns": found.learns,
        "merges": found.merges, "splits": found.splits, "lines": lines_of(found.receipt),
    })  # fmt: skip
    tell_lines(output, found.receipt, "Breadth")
    if not found.learns:
        output.line(f"Your corrections do not count: threads are grouped by {found.used:g}", "dim")
    return DONE


def _tell_preview(value: float, library: Library, output: Output) -> int:
    told = library.breadth_preview(value)
    output.json({
        "lookedAt": told.looked_at, "before": told.before, "after": told.after, "joined": told.joined, "parted": told.parted,
        "examples": [
            {"joined": one.joined, "threads": one.threads, "articles": list(one.articles)} for one in told.examples
        ],
    })  # fmt: skip
    output.line(f"Of the {told.looked_at} newest articles, {told.before} threads become {told.after}:", "bold")
    output.line(f"{told.joined} joined, {told.parted} parted")
    titles = {row.id: row.title for row in library.article_rows([id for one in told.examples for id in one.articles])}
    rows = (
        ("joined" if one.joined else "parted", one.threads, " | ".join(shortened(titles[id], 60) for id in one.articles))
        for one in told.examples
    )
    output.table(("", "Threads", "Such as"), rows, numbers=("Threads",))
    return DONE


def dates(args: Namespace, library: Library, output: Output) -> int:  # noqa: ARG001 - every command takes the words
    """List the days to come that articles name."""
    found = library.dates()
    output.json({
        "dates": [
            {
                "day": one.day.isoformat(), "sentence": one.sentence, "article": one.article, "thread": one.thread,
                "title": one.title, "reports": one.reports,
            }
            for one in found
        ]
    })  # fmt: skip
    rows = ((one.day.isoformat(), one.article, shortened(one.title, 50), shortened(one.sentence, 90)) for one in found)
    output.table(("Day", "Article", "Thread", "Sentence"), rows, numbers=("Article",))
    return DONE


def _storyline_of(storyline: Storyline) -> Document:
    return {
        "id": storyline.id,
        "title": storyline.title,
        "status": storyline.status,
        "threads": list(storyline.threads),
        "first": time_of(storyline.first),
        "last": time_of(storyline.last),
    }


def _span(storyline: Storyline) -> str:
    ends = [moment.strftime("%Y-%m") for moment in (storyline.first, storyline.last) if moment]
    return " – ".join(dict.fromkeys(ends)) or "–"


def providers(args: Namespace, library: Library, output: Output) -> int:  # noqa: ARG001 - every command takes the words
    """List providers."""
    return _tell_providers(output, library.providers())


def _tell_providers(output: Output, found: Sequence[Provider]) -> int:
    keys = ("id", "name", "domain", "standing", "articles")
    output.json({"providers": [{key: getattr(provider, key) for key in keys} for provider in found]})
    rows = ((one.id, one.articles, one.standing, one.domain, one.name) for one in found)
    output.table(("ID", "Articles", "Standing", "Domain", "Name"), rows, numbers=("ID", "Articles", "Standing"))
    return DONE


def rename_provider(args: Namespace, library: Library, output: Output) -> int:
    """Give a provider another name."""
    library.rename_provider(args.id, args.name)
    output.follow(library.bring_level())
    return _tell_providers(output, [one for one in library.providers() if one.id == args.id])


def set_standing(args: Namespace, library: Library, output: Output) -> int:
    """Say what the analyst thinks of a provider."""
    library.set_standing(args.id, args.standing)
    output.follow(library.bring_level())
    return _tell_providers(output, [one for one in library.providers() if one.id == args.id])


def topics(args: Namespace, library: Library, output: Output) -> int:  # noqa: ARG001 - every command takes the words
    """List topics."""
    return _tell_topics(output, library.topics())


def _tell_topics(output: Output, found: Sequence[Topic]) -> int:
    keys = ("id", "name", "query", "unread", "total")
    output.json({"topics": [{key: getattr(topic, key) for key in keys} for topic in found]})
    rows = ((one.id, one.unread, one.total, one.name, shortened(one.query, 90)) for one in found)
    output.table(("ID", "Unread", "Total", "Name", "Query"), rows, numbers=("ID", "Unread", "Total"))
    return DONE


def add_topic(args: Namespace, library: Library, output: Output) -> int:
    """Make a topic and fill it."""
    id = library.add_topic(args.name, args.query)
    output.follow(library.bring_level())
    return _tell_topics(output, [topic for topic in library.topics() if topic.id == id])


def remove_topic(args: Namespace, library: Library, output: Output) -> int:
    """Remove a topic."""
    return _tell_topics(output, [library.remove_topic(args.id)])
