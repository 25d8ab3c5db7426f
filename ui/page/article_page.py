"""An article as the HTML of the reading pane. Every word is escaped, every tag is one of ours: nothing of a page gets through.

With the HTML comes what it shows, piece by piece: words of the article's text, or words of ours (`passages`).
"""

from __future__ import annotations

import html
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from itertools import groupby
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ui import phrases
from ui.page.blocks import address
from ui.page.body import is_excerpt
from ui.page.passages import Shown
from ui.paint import apart
from ui.theme import BASE, BODY, HEADLINE, META, SERIF, UI, highlight_bar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reader.records import Article, Highlight, Note
    from ui.page.blocks import Block, Run
    from ui.theme import Colours

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})
BAR = (40, 8)
"""Room of the quality bar, in pixels."""
SUBHEAD, NOTE = 20, 15
_INDENT = 20
_AFTER = 16
_TAGS = {"bold": "b", "italic": "i", "struck": "s", "under": "u", "above": "sup", "below": "sub"}
_CLASSES = {"code": "code", "added": "added", "removed": "removed"}
_MONO = "'DejaVu Sans Mono', 'Menlo', 'Consolas', 'monospace'"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and measures of a page. Leadings are shares of the font's own line spacing, in percent, as Qt wants them."""

    colours: Colours
    size: int = BODY
    column: int = 640
    leading: int = 116
    headline_leading: int = 95
    subhead_leading: int = 100
    note_leading: int = 110

    def style_sheet(self) -> str:
        """The style sheet of the page."""
        scale = self.size / BODY
        template = Template(files("resources").joinpath("article.css").read_text("utf-8"))
        return template.substitute(
            asdict(self.colours),
            serif=f"'{SERIF}'", ui=f"'{UI}'", mono=_MONO, size=self.size, gap=round(14 * scale), headline=round(HEADLINE * scale),
            subhead=round(SUBHEAD * scale), note=round(NOTE * scale), code=round(14 * scale), meta=META, base=BASE,
            leading=self.leading, headline_leading=self.headline_leading, subhead_leading=self.subhead_leading,
            note_leading=self.note_leading,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """What is drawn beside a paragraph: the colour of a bar, and a bullet or a number `indent` pixels into the column."""

    bar: str = ""
    mark: str = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be shown: HTML, what it says in order, and the addresses of its pictures by their number.

    `beside`: what Qt's HTML cannot say; a paragraph's user state is its place in it, from 1. Bars and bullets are no tables,
    because Qt selects whole tables where a selection begins or ends outside of them.
    """

    html: str
    pieces: tuple[Shown, ...]
    pictures: tuple[str, ...]
    beside: tuple[Beside, ...]
    is_rtl: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the page is made from: an article, and a part of its body.

    `pictures`: those at hand, by address, with width and height. `orphans`: highlights whose words are gone. `changes`: whether
    the body shows what changed.
    """

    article: Article
    part: tuple[Block, ...] = ()
    number: int = 0
    more: bool = False
    pictures: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    orphans: tuple[Highlight, ...] = ()
    changes: bool = False


def page(reading: Reading, look: Look) -> Page:
    """The article, or one part of it, as HTML."""
    return _Writer(reading, look).page()


def host(address: str) -> str:
    """Where a link leads, in words that cannot be forged: the host as the network spells it, then its path."""
    if address.lower().startswith("mailto:"):
        return f"Write to {address[7:]}"
    try:
        parts = urlsplit(address)
        name = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""
    port = f":{parts.port}" if parts.port else ""
    return f"{name}{port}{parts.path if parts.path != '/' else ''}" if name else ""


class _Writer:
    def __init__(self, reading: Reading, look: Look) -> None:
        self._reading, self._article, self._look = reading, reading.article, look
        self._html: list[str] = []
        self._pieces: list[Shown] = []
        self._pictures: list[str] = []
        self._beside: list[Beside] = []
        self._bar = ""
        self._rtl = self._article.row.language.split("-")[0] in RIGHT_TO_LEFT

    def page(self) -> Page:
        self._head()
        if self._reading.number:
            self._line("more", "Back to the beginning", "part:0")
        self._lead_picture()
        self._body(self._without_title(self._reading.part))
        if self._reading.more:
            self._line("more", "Continue reading", f"part:{self._reading.number + 1}")
        self._orphans()
        return Page(
            f"<body>{''.join(self._html)}</body>", tuple(self._pieces), tuple(self._pictures), tuple(self._beside), self._rtl
        )

    # Words

    def _put(self, markup: str) -> None:
        self._html.append(markup)

    def _say(self, words: str, *, is_text: bool = False) -> None:
        self._pieces.append(Shown(words, is_text))
        self._html.append(html.escape(words))

    def _link(self, words: str, target: str, css: str = "") -> None:
        self._put(f'<a href="{html.escape(target)}"{f" class={css}" if css else ""}>')
        self._say(words)
        self._put("</a>")

    def _line(self, css: str, words: str, target: str = "", gap: int | None = None) -> None:
        """A paragraph of our own words."""
        self._put(self._opened("p", css, self._side(), gap=gap))
        if target:
            self._link(words, target)
        else:
            self._say(words)
        self._put("</p>")

    def _opened(self, tag: str, css: str, side: str, mark: str = "", depth: int = 0, gap: int | None = None) -> str:
        """The first tag of a paragraph, with what is drawn beside it."""
        indent = (_INDENT if self._bar else 0) + _INDENT * depth + (8 if mark not in ("", "•") else 0)
        styles = [f"margin-bottom:{gap}px"] if gap is not None else []
        if indent:
            self._beside.append(Beside(self._bar, mark, indent))
            styles += [f"margin-{'right' if self._rtl else 'left'}:{indent}px", f"-qt-user-state:{len(self._beside)}"]
        classes = f' class="{css}"' if css else ""
        return f"<{tag}{classes}{side}" + (f' style="{";".join(styles)}">' if styles else ">")

    def _dir(self) -> str:
        return ' dir="rtl"' if self._rtl else ""

    def _side(self) -> str:
        """For our own words: on the side of the article's, whatever they begin with."""
        return ' dir="rtl"' if self._rtl else ' dir="ltr"'

    # Above the body

    def _head(self) -> None:
        row = self._article.row
        self._put(f'<p class="kicker"{self._side()}><span style="font-weight:600;color:{self._look.colours.text}">')
        self._say(apart(row.provider or row.domain or "No provider"))
        self._put("</span>")
        kicker = [phrases.long_time(row.date)]
        kicker += [phrases.language(row.language)] if row.language else []
        kicker += [phrases.reading_time(row.word_count)] if row.word_count else []
        for words in kicker:
            self._dot()
            self._say(apart(words))
        self._put(f'</p><p class="headline"{self._dir()}>')
        self._say(row.title)
        self._put("</p>")
        self._facts()
        for note in self._article.notes:
            if note.article is not None:
                self._note(note)
        if self._reading.changes:
            self._line("quiet", self._what_changed())
        elif is_excerpt(self._article):
            self._excerpt_only()

    def _dot(self) -> None:
        self._put("&nbsp;&nbsp;")
        self._say("·")
        self._put("&nbsp; ")  # a line is broken behind the dot, and the next one begins flush

    def _facts(self) -> None:
        article, gap = self._article, "&nbsp;&nbsp;&nbsp; "
        self._put(f'<p class="facts"{self._side()}>')
        if article.row.quality is None:
            self._link("Not scored yet", "receipt:quality")
        else:
            self._link(apart(f"Quality {article.row.quality:.0f}"), "receipt:quality")
            value = round(min(max(article.row.quality, 0), 100))
            self._put(f'&nbsp; <img src="watch:quality/{value}" width="{BAR[0]}" height="{BAR[1]}">')
        facts = [", ".join(map(apart, article.topics))] if article.topics else []
        marks = [phrases.counted(len(article.highlights), "highlight")] if article.highlights else []
        marks += [phrases.counted(len(article.notes), "note")] if article.notes else []
        for words in [*facts, *([apart(", ".join(marks).replace(" ", "\u00a0"))] if marks else [])]:
            self._put(gap)
            self._say(words)
        if article.revisions:
            self._put(gap)
            self._link(apart("Show the text" if self._reading.changes else "What changed"), "revisions:")
        self._put("</p>")

    def _excerpt_only(self) -> None:
        self._put(f'<p class="quiet"{self._side()}>')
        self._say(apart("Only an excerpt is known here."))
        if address(self._article.row.web_url):
            self._put(" ")
            self._link(apart("Read the rest in the browser"), self._article.row.web_url)
        self._put("</p>")

    def _what_changed(self) -> str:
        before = self._article.revisions[-1]
        words = f"Changed {phrases.long_time(before.replaced)}: new words are underlined, those that went are struck through."
        return words if before.title == self._article.row.title else f"{words} The title was “{before.title}”."

    def _note(self, note: Note) -> None:
        self._bar = self._look.colours.accent
        self._put(self._opened("p", "label", self._side()))
        self._say("Your note")
        self._dot()
        self._say(apart(phrases.day(note.made)))
        self._put(" &nbsp;&nbsp; ")
        self._link("Change", f"note:{note.id}")
        self._put("</p>")
        self._noted(note.text)
        self._bar = ""

    def _noted(self, words: str) -> None:
        """Words of the analyst, line by line."""
        lines = [line for line in words.splitlines() if line.strip()]
        for number, line in enumerate(lines):
            self._line("note", line, gap=None if number < len(lines) - 1 else _AFTER)

    def _lead_picture(self) -> None:
        """The picture that the feed gave, where the text does not have it itself."""
        shown = {block.source for block in self._reading.part if block.kind == "picture"}
        for picture in self._article.images[:1]:
            if not self._reading.number and picture.url in self._reading.pictures and picture.url not in shown:
                self._picture(picture.url, self._look.column)

    # The body

    def _without_title(self, part: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks, without a first heading that says the headline again."""
        if not self._reading.number and part and part[0].kind == "heading" and self._is_title(part[0].words):
            return part[1:]
        return part

    def _is_title(self, words: str) -> bool:
        return " ".join(words.split()).casefold() == self._article.row.title.casefold()

    def _body(self, part: Sequence[Block]) -> None:
        for quoted, blocks in groupby(part, key=lambda block: block.quote):
            self._bar = self._look.colours.edge if quoted else ""
            for kind, group in groupby(blocks, key=self._group):
                if kind == "item":
                    self._items(list(group))
                elif kind == "missing":
                    self._missing(list(group))
                else:
                    for block in group:
                        self._block(block, kind)
        self._bar = ""

    def _group(self, block: Block) -> str:
        is_missing = block.kind == "picture" and block.source not in self._reading.pictures
        return "missing" if is_missing else block.kind

    def _block(self, block: Block, kind: str) -> None:
        if kind == "picture":
            self._picture(block.source, self._look.column - (_INDENT if block.quote else 0))
        elif kind == "rule":
            self._rule()
        elif kind == "table":
            self._table(block)
        elif kind == "pre":
            self._runs(self._opened("pre", "", ""), block.runs, "</pre>")
        else:
            css = {"caption": "caption", "heading": "subhead" if block.level <= 2 else "minor"}  # Qt makes an h2 larger than told
            self._runs(self._opened("p", css.get(kind, ""), self._dir()), block.runs, "</p>")

    def _runs(self, before: str, runs: Iterable[Run], after: str) -> None:
        self._put(before)
        preformatted = before.startswith("<pre")
        for run in runs:
            tags = [f"<{_TAGS[style]}>" for style in sorted(run.styles) if style in _TAGS]
            tags += [f'<span class="{_CLASSES[style]}">' for style in sorted(run.styles) if style in _CLASSES]
            tags += [f'<a href="{html.escape(run.link)}">'] if run.link else []
            self._put("".join(tags))
            self._pieces.append(Shown(run.text, "removed" not in run.styles))
            words = html.escape(run.text)
            self._put(words if preformatted else words.replace("\n", "<br>"))
            self._put("".join(f"</{tag.strip('<>').split()[0]}>" for tag in reversed(tags)))
        self._put(after)

    def _items(self, items: list[Block]) -> None:
        """A list: its bullets stand beside it, because Qt draws them as large as letters."""
        for number, block in enumerate(items):
            gap = None if number < len(items) - 1 else _AFTER
            opened = self._opened("p", "item", self._dir(), block.mark, max(1, block.level), gap)
            self._runs(opened, block.runs, "</p>")

    def _table(self, block: Block) -> None:
        line = self._look.colours.line
        self._put(
            f'<table cellspacing="0" cellpadding="6" border="1" width="100%" style="border-collapse:collapse;'
            f'border-color:{line};border-style:solid;margin-top:14px;margin-bottom:18px">'
        )
        for number, row in enumerate(block.rows):
            self._put("<tr>")
            for cell in row:
                self._put("<td>")
                bold = block.header and not number
                self._runs('<p class="data">' + ("<b>" if bold else ""), cell, ("</b>" if bold else "") + "</p>")
                self._put("</td>")
            self._put("</tr>")
        self._put("</table>")

    def _picture(self, source: str, room: int) -> None:
        wide, high = self._reading.pictures[source]
        shown = min(room, wide)
        tall = max(1, min(round(high * shown / wide), 2 * room))
        self._put(self._opened("p", "picture", ""))
        self._put(f'<img src="watch:picture/{len(self._pictures)}" width="{shown}" height="{tall}"></p>')
        self._pictures.append(source)

    def _missing(self, pictures: list[Block]) -> None:
        """Pictures that are not at hand: one quiet line for each that says what it shows, one for all that do not."""
        for block in pictures:
            if block.alt:
                self._line("quiet", f"Picture, not saved: {block.alt}")
        silent = sum(not block.alt for block in pictures)
        if silent:
            self._line("quiet", "Picture, not saved" if silent == 1 else f"{silent} pictures, not saved")

    # Lines

    def _rule(self) -> None:
        self._put(f'<hr style="background-color:{self._look.colours.line}">')

    def _orphans(self) -> None:
        if not self._reading.orphans:
            return
        self._rule()
        self._line("minor", "Highlights whose words are gone")
        notes = {note.highlight: note for note in self._article.notes if note.highlight}
        for highlight in self._reading.orphans:
            self._bar = highlight_bar(highlight.colour)
            self._put(self._opened("p", "label", self._side()))
            self._say(phrases.HIGHLIGHT_NAMES.get(highlight.colour, "Highlight"))
            self._put(" &nbsp;&nbsp; ")
            self._link("Remove", f"forget:{highlight.id}")
            self._put("</p>")
            note = notes.get(highlight.id)
            self._line("note", highlight.anchor.exact[:2000], gap=None if note else _AFTER)
            self._noted(note.text if note else "")
        self._bar = ""
