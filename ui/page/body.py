"""The body of an article as blocks: of HTML that the engine cleaned, of Markdown, and of plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ui.page.blocks import SPACES, Block, Run, address, bounded
from ui.page.cleaned_html import CleanedHtml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.records import Article
    from ui.page.blocks import Kind, Style


def blocks(article: Article) -> Iterator[Block]:
    """The body of an article; of one that has only an excerpt, that."""
    if not article.content:
        return bounded(_plain(article.text or article.row.excerpt))
    if article.content_type == "text/html":
        return bounded(CleanedHtml().read(article.content))
    if article.content_type == "text/markdown":
        return bounded(_markdown(article.content))
    return bounded(_plain(article.content))


def is_excerpt(article: Article) -> bool:
    """Whether all that is known of it is what its feed said in a few words."""
    return not article.content or (not article.row.captured and _same(article.text, article.row.excerpt))


def _same(text: str, excerpt: str) -> bool:
    cut = excerpt.rstrip("… ")
    return bool(cut) and " ".join(text.split())[: len(cut) + 40].rstrip("… .[]") == cut.rstrip(" .")


def _plain(text: str) -> Iterator[Block]:
    for paragraph in re.split(r"\n[ \t]*\n", _lines(text)):
        yield Block("text", (Run(SPACES.sub(" ", paragraph).strip()),))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


# Markdown: what people write in it, and nothing that could be markup of another kind

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_BULLET = re.compile(r"([ \t]*)(?:[-*+]|(\d{1,6})[.)])\s+(.*)$")
_QUOTE = re.compile(r" {0,3}>\s?")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_INLINE = re.compile(
    r"`(?P<code>[^`\n]{1,500})`"
    r"|\*\*(?P<bold>[^*\n]{1,500})\*\*"
    r"|__(?P<bold2>[^_\n]{1,500})__"
    r"|(?<![\w*])\*(?P<italic>[^*\s][^*\n]{0,500})\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic2>[^_\s][^_\n]{0,500})_(?![\w_])"
    r"|!\[(?P<alt>[^\]\n]{0,300})\]\((?P<picture>[^\s()<>\"]{1,2000})[^)\n]{0,200}\)"
    r"|\[(?P<words>[^\]\n]{1,500})\]\((?P<link>[^\s()<>\"]{1,2000})[^)\n]{0,200}\)"
    r"|<(?P<bare>(?:https?://|mailto:)[^\s<>\"]{1,2000})>",
)


def _markdown(text: str) -> Iterator[Block]:
    gathered: list[str] = []
    fence: list[str] | None = None
    for line in [*_lines(text).split("\n"), ""]:
        if _FENCE.match(line):
            yield from _paragraph(gathered)
            gathered = []
            if fence is None:
                fence = []
            else:
                yield Block("pre", (Run("\n".join(fence)),))
                fence = None
        elif fence is not None:
            fence.append(line)
        elif not line.strip() or _RULE.match(line):
            yield from _paragraph(gathered)
            gathered = []
            if line.strip():
                yield Block("rule")
        elif _HEADING.match(line) or _BULLET.match(line):
            yield from _paragraph(gathered)
            gathered = [line]
        else:
            gathered.append(line)
            if _HEADING.match(gathered[0]):
                yield from _paragraph(gathered[:1])
                gathered = gathered[1:]
    yield from _paragraph(gathered)
    if fence:
        yield Block("pre", (Run("\n".join(fence)),))


def _paragraph(lines: list[str]) -> Iterator[Block]:
    if not lines:
        return
    quote = int(bool(_QUOTE.match(lines[0])))
    if quote:
        lines = [_QUOTE.sub("", line, count=1) for line in lines]
    if found := _HEADING.match(lines[0]):
        yield from _said("heading", found[2], level=len(found[1]), quote=quote)
    elif found := _BULLET.match(lines[0]):
        level = 1 + min(4, len(found[1].expandtabs(4)) // 2)
        mark = f"{found[2]}." if found[2] else "•"
        yield from _said("item", " ".join([found[3], *lines[1:]]), level=level, quote=quote, mark=mark)
    else:
        yield from _said("text", " ".join(lines), quote=quote)


def _said(kind: Kind, text: str, *, level: int = 0, quote: int = 0, mark: str = "") -> Iterator[Block]:
    runs: list[Run] = []
    pictures: list[Block] = []
    text = SPACES.sub(" ", text).strip()
    taken = 0
    for found in _INLINE.finditer(text):
        runs.append(Run(text[taken : found.start()]))
        taken = found.end()
        if source := address(found["picture"] or ""):
            pictures.append(Block("picture", source=source, alt=found["alt"]))
        else:
            runs.append(_styled(found))
    runs.append(Run(text[taken:]))
    yield Block(kind, tuple(run for run in runs if run.text), level=level, quote=quote, mark=mark)
    yield from pictures


def _styled(found: re.Match[str]) -> Run:
    styles: dict[str, Style] = {"code": "code", "bold": "bold", "bold2": "bold", "italic": "italic", "italic2": "italic"}
    for name, style in styles.items():
        if found[name]:
            return Run(found[name], frozenset({style}))
    if found["words"]:
        return Run(found["words"], link=address(found["link"]))
    return Run(found["bare"] or found[0], link=found["bare"] or "")
