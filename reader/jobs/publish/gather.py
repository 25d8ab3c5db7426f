"""From a library to a briefing as one value: what was chosen, what it rests on, and what had to be left out."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from reader.analysis import citations
from reader.analysis.statements import contradictions
from reader.jobs.publish import coverage, passages
from reader.jobs.publish.document import Document, Entry, Event, Quote, Section, Source, Statement, Words
from reader.jobs.publish.told import Told, beginning, members, now_at, storyline, told
from reader.records import Fact, Statements
from reader.store import briefings
from reader.store.annotations import highlights, notes_of_article, notes_of_highlight, notes_of_thread
from reader.store.threads import MOST_STATED
from reader.text import first_sentence, language_of, sentences, shortened, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    import apsw

    from reader.records import Briefing, Highlight

LANGUAGE = "en"
"""Of the words that are ours: headings, captions, citations."""

MOST_SOURCES = 2000
MOST_EVENTS = 16
"""Lines of a timeline; what comes later is told as a number."""
SHOWN_UNMARKED = 2
"""Articles of a thread that are shown although nothing is marked in them."""
ABSTRACT = 360


@dataclass(slots=True)
class Gathering:
    """A briefing while it is put together: `document` is there once `sections` came to its end."""

    db: apsw.Connection
    briefing: Briefing
    today: date
    warnings: list[str] = field(default_factory=list)
    _sections: list[Section] = field(default_factory=list)
    _sources: dict[int, Told] = field(default_factory=dict)
    _numbers: dict[int, int] = field(default_factory=dict)
    _shown: set[int] = field(default_factory=set)
    _chosen: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    _quotes: int = 0
    _left_out: int = 0

    def sections(self) -> Iterator[str]:
        """Put the sections together, one a step; its title."""
        for item in self.briefing.items:
            self._chosen[item.kind].setdefault(item.target, item.comment)
        for thread, comment in self._threads().items():
            section = self._thread(thread, comment)
            if section:
                self._sections.append(section)
                yield section.title
        for section in (self._articles(), self._passages()):
            if section:
                self._sections.append(section)
                yield section.title

    def document(self) -> Document:
        """What was put together."""
        summary = words(self.briefing.summary)
        sources = list(self._sources.values())
        days = [one.day for one in sources if one.day]
        sections = tuple(self._sections)
        return Document(
            number=self.briefing.id,
            title=self.briefing.title,
            language=language_of(self.briefing.title) if not self.briefing.title.isascii() else LANGUAGE,
            audience=self.briefing.audience,
            date=self.today,
            abstract=_abstract(summary),
            summary=summary,
            threads=sum(section.kind == "thread" for section in sections),
            articles=len(sources),
            providers=len({one.provider for one in sources if one.provider}),
            quotes=self._quotes,
            first=min(days, default=None),
            last=max(days, default=None),
            sections=sections,
            sources=tuple(_source(number, one) for number, one in enumerate(sources, start=1)),
            left_out=self._left_out,
        )

    # Threads

    def _threads(self) -> dict[int, str]:
        """The chosen threads with their comments; one that was merged away stands for where its articles went."""
        found: dict[int, str] = {}
        for chosen, comment in self._chosen["thread"].items():
            thread = now_at(self.db, chosen)
            found[thread] = "\n\n".join(part for part in (found.get(thread, ""), comment) if part)
        return found

    def _thread(self, id: int, comment: str) -> Section | None:
        row = self.db.execute(
            "SELECT coalesce(thread_title.title, thread.title), head, heat, quality, storyline FROM thread"
            " LEFT JOIN thread_title ON thread = id WHERE id = ?",
            (id,),
        ).fetchone()
        own = [one for one in members(self.db, id) if not one.hidden or self._is_annotated(one.id)]
        if row is None or not own:
            self.warnings.append(f"thread {id} has no articles to show and was left out")
            return None
        title, head_id, heat, quality, matter = row
        if not self._have_room(own, f"thread “{title}”"):
            return None
        for one in own:
            self._number(one)
        head = next((one for one in own if one.id == head_id), own[0])
        dated = [one for one in own if one.when]
        events = [_event(self._number(one), one) for one in dated]
        bar, bars = coverage.bars((one.when, one.independent) for one in dated if one.when)
        entries = tuple(self._entry(one) for one in self._worth_showing(own, head))
        lead = beginning(head)
        return Section(
            kind="thread",
            title=squeezed(title),
            language=head.language if title == head.title else language_of(title),
            comment=words(comment),
            lead="" if lead in (entry.excerpt for entry in entries) else lead,
            lead_source=self._number(head),
            heat=heat,
            quality=quality,
            first=dated[0].day if dated else None,
            last=dated[-1].day if dated else None,
            articles=len(own),
            independent=sum(one.independent for one in own),
            copies=sum(one.copy for one in own),
            notes=_joined(note.text for note in notes_of_thread(self.db, id)),
            timeline=tuple(events[:MOST_EVENTS]),
            later=max(0, len(events) - MOST_EVENTS),
            undated=len(own) - len(dated),
            bar=bar,
            bars=bars,
            coverage=coverage.by_provider((one.provider, one.independent, one.day) for one in own if one.provider),
            statements=self._statements(own),
            storyline=storyline(self.db, matter, id),
            entries=entries,
        )

    def _statements(self, own: Sequence[Told]) -> tuple[Statement, ...]:
        by_id = {one.id: one for one in own}
        found = self.db.execute(
            "SELECT kind, value, sentence, article FROM fact WHERE article IN (SELECT value FROM json_each(?)) ORDER BY id",
            (json.dumps(list(by_id)),),
        )
        facts = [Fact(*row) for row in found]
        independent = {one.id: one.independent for one in own}
        disputes = Statements(
            contradictions=contradictions(facts[:MOST_STATED], independent, frozenset(one.id for one in own if not one.copy))
        )
        return coverage.statements(
            ((fact.kind, fact.value, self._number(by_id[fact.article]), independent[fact.article]) for fact in facts),
            disputes.against,
        )

    def _worth_showing(self, own: Sequence[Told], head: Told) -> list[Told]:
        """What was marked or chosen; where that is nothing, the best reports beside the one that the section begins with."""
        marked = [one for one in own if self._is_annotated(one.id) or one.id in self._chosen["article"]]
        if marked:
            return marked
        others = sorted((one for one in own if one.id != head.id and not one.copy), key=lambda one: -(one.quality or 0))
        best = {one.id for one in others[:SHOWN_UNMARKED]}
        return [one for one in own if one.id in best]

    # What was chosen by itself

    def _articles(self) -> Section | None:
        ids = [id for id in self._chosen["article"] if id not in self._shown]
        entries = tuple(self._entry(one) for one in self._loose(ids, "articles"))
        return Section(kind="articles", title="Further articles", language=LANGUAGE, entries=entries) if entries else None

    def _passages(self) -> Section | None:
        chosen: defaultdict[int, set[int]] = defaultdict(set)
        for id in self._chosen["highlight"]:
            found = self.db.execute("SELECT article FROM highlight WHERE id = ? AND NOT removed", (id,)).fetchone()
            if found is None:
                self.warnings.append(f"highlight {id} was removed since and was left out")
            elif found[0] not in self._shown:
                chosen[found[0]].add(id)
        entries = tuple(self._entry(one, chosen[one.id]) for one in self._loose(list(chosen), "passages"))
        return Section(kind="passages", title="Marked passages", language=LANGUAGE, entries=entries) if entries else None

    def _loose(self, ids: Sequence[int], what: str) -> list[Told]:
        found = {one.id: one for one in told(self.db, ids)}
        loose = [found[id] for id in ids if id in found]
        return loose if self._have_room(loose, what) else []

    # Articles

    def _entry(self, one: Told, only: set[int] | None = None) -> Entry:
        """An article; with its highlights, or those of them that were chosen."""
        self._shown.add(one.id)
        marks = [mark for mark in highlights(self.db, one.id) if only is None or mark.id in only]
        quotes = self._quoted(one, marks)
        notes = [note.text for note in notes_of_article(self.db, one.id) if note.article and only is None]
        return Entry(
            source=self._number(one),
            title=one.title,
            provider=one.provider,
            date=one.day,
            language=one.language,
            quality=one.quality,
            copy=one.copy,
            comment=words(self._chosen["article"].get(one.id, "")),
            excerpt="" if quotes else beginning(one),
            quotes=quotes,
            notes=_joined(notes),
        )

    def _quoted(self, one: Told, chosen: Sequence[Highlight]) -> tuple[Quote, ...]:
        marks, gone = passages.standing(one.text, chosen)
        for highlight in gone:
            self._left_out += 1
            self.warnings.append(
                f"left out: “{shortened(highlight.anchor.exact, 60)}” no longer stands in “{shortened(one.title, 60)}”",
            )
        for mark in marks:
            if mark.end - mark.start > passages.LONGEST:
                self.warnings.append(f"a passage of “{shortened(one.title, 60)}” is cut after {passages.LONGEST} characters")
        self._quotes += len(marks)
        return passages.quotes(one.text, marks, {mark.highlight.id: self._remarks(mark.highlight.id) for mark in marks})

    def _remarks(self, highlight: int) -> tuple[Words, ...]:
        notes = [note.text for note in notes_of_highlight(self.db, highlight)]
        return _joined([*notes, self._chosen["highlight"].get(highlight, "")])

    def _is_annotated(self, id: int) -> bool:
        return bool(highlights(self.db, id) or notes_of_article(self.db, id))

    # Sources

    def _number(self, one: Told) -> int:
        """The number of a source; they are numbered as they come."""
        self._sources.setdefault(one.id, one)
        return self._numbers.setdefault(one.id, len(self._sources))

    def _have_room(self, wanted: Sequence[Told], what: str) -> bool:
        fresh = sum(one.id not in self._sources for one in wanted)
        if len(self._sources) + fresh <= MOST_SOURCES:
            return True
        self.warnings.append(f"{what}: left out, as a briefing rests on at most {MOST_SOURCES} articles")
        return False


def words(text: str) -> tuple[Words, ...]:
    """What the analyst wrote as paragraphs; lines that begin with a dash or a bullet are items of a list."""
    found: list[Words] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        bare = line.lstrip("-–•* \t") if line.lstrip().startswith(("- ", "– ", "• ", "* ")) else line
        if len(bare) > passages.LONGEST:
            bare = shortened(bare, passages.LONGEST)
        found.append(Words(bare.strip(), language_of(bare, LANGUAGE) or LANGUAGE, point=bare is not line))
    return tuple(found)


def _joined(texts: Iterable[str]) -> tuple[Words, ...]:
    return tuple(one for text in texts for one in words(text))


def _abstract(summary: tuple[Words, ...]) -> str:
    """The first sentences of the first paragraph, as many as a cover has room for."""
    paragraph = next((one.text for one in summary if not one.point), "")
    abstract = ""
    for sentence in sentences(paragraph):
        if len(abstract) + len(sentence) > ABSTRACT:
            break
        abstract = f"{abstract} {sentence}".strip()
    return abstract or first_sentence(paragraph, ABSTRACT)


def _event(number: int, one: Told) -> Event:
    assert one.when
    return Event(one.when.date(), one.provider, one.title, one.language, number, one.copy)


_LINK = re.compile(r"(?:https?://|mailto:)[!-~]{3,2000}", re.IGNORECASE)


def _link(url: str) -> str:
    """An address that a reader may follow, "" for any other."""
    ascii_only = quote(url, safe="%!$&'()*+,;=:@/?#[]~-._")
    return ascii_only if _LINK.fullmatch(ascii_only) else ""


def _source(number: int, one: Told) -> Source:
    cited = citations.Source(
        title=one.title, provider=one.provider, author=one.author, date=one.day, url=_link(one.url), accessed=one.accessed,
        language=one.language,
    )  # fmt: skip
    return Source(
        number=number,
        title=one.title,
        provider=one.provider,
        byline=citations.byline(cited),
        date=one.day,
        url=cited.url,
        accessed=one.accessed,
        language=one.language,
        digest=hashlib.sha256(one.text.encode("utf-8", "replace")).hexdigest(),
        footnote=citations.footnote(cited),
    )


def gathering(db: apsw.Connection, id: int, today: date) -> Gathering:
    """Begin to put a briefing together. Raises `NotFound` where there is none."""
    return Gathering(db, briefings.briefing(db, id), today)
