"""Any HTML to HTML that is safe to show, and to plain text; alone knows nh3.

What comes out has elements and attributes of a short list and nothing else: no scripts, styles, forms, frames, ids, classes; its
addresses are http, https or mailto, whole and without a name in them. Pictures keep their address as data: nothing loads them
unasked. nh3 has no limits of its own (it is quadratic in the depth of elements and the number of attributes), so input is
measured first, in linear time; what is beyond measure is kept as its words.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import nh3

from reader.errors import ParseError
from reader.text import tidied

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_CHARACTERS = 1_500_000
MAX_TAGS = 40_000
MAX_ENTITIES = 100_000
MAX_TAG = 16_384
"""Characters of one tag with its attributes."""
MAX_DEPTH = 100
MAX_TITLE = 500

_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table",
    "caption", "thead", "tbody", "tfoot", "tr", "figure", "figcaption", "section", "details", "summary", "hr",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
})  # fmt: skip
TAGS = _BLOCKS | _CELLS | _INLINE
DROPPED = frozenset({
    "applet", "audio", "button", "canvas", "embed", "iframe", "math", "noembed", "noframes", "noscript", "object", "option",
    "plaintext", "script", "select", "style", "svg", "template", "textarea", "title", "video", "xmp",
})  # fmt: skip
"""Elements that go with all that is in them."""
ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"alt", "src"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Controls, and marks that reorder or hide text."""
_HALVES = re.compile("[\ud800-\udfff]")
_NOT_IN_ADDRESSES = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def clean(markup: str, base: str = "") -> str:
    """The same as HTML that is safe to show; relative addresses are made whole with `base`, or dropped where there is none."""
    if "<" not in markup and "&" not in markup:
        return _HIDDEN.sub("", _HALVES.sub("�", markup))
    bearable = _LONG_TAG.sub(" ", _HALVES.sub("�", markup[:MAX_CHARACTERS]))
    if _is_monstrous(bearable):
        return _words_only(bearable)
    if base and not _RELATIVE.search(bearable):
        base = ""  # a cleaner of its own for each base takes time
    cleaned = _HIDDEN.sub("", _cleaner(_web_address(base)).clean(_PIXEL.sub("", bearable)))
    return _NO_PICTURE.sub("", cleaned)


def plain_text(markup: str) -> str:
    """The words of any HTML: paragraphs as blank lines, nothing of scripts and styles."""
    return text_of(clean(markup))


def text_of(cleaned: str) -> str:
    """The words of HTML that `clean` made."""
    if "<" not in cleaned:
        return tidied(html.unescape(cleaned).replace("\n", " "))
    text = cleaned.replace("\n", " ").replace("\r", " ")
    text = _BREAK.sub("\n", _BLOCK_TAG.sub("\n\n", text))
    text = _ANY_TAG.sub("", _CELL_TAG.sub(" ", text))
    return tidied(html.unescape(text))


# Every tag that nh3 writes looks like this: double quotes, and none inside them.
_ATTRIBUTE_LIST = r'(?: [a-z]+="[^"]*")*'
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_BLOCKS, key=len, reverse=True))}){_ATTRIBUTE_LIST}>")
_CELL_TAG = re.compile(rf"</?t[dh]{_ATTRIBUTE_LIST}>")
_BREAK = re.compile(rf"<br{_ATTRIBUTE_LIST}>")
_ANY_TAG = re.compile(rf"</?[a-z][a-z0-9]*{_ATTRIBUTE_LIST}>")
_NO_PICTURE = re.compile(r'<img(?: (?:alt|dir|lang)="[^"]*")*>')
_PIXEL = re.compile(r"""<img\b(?=[^<>]{0,4000}\s(?:width|height)\s*=\s*["']?[01](?:px)?["'\s/>])[^<>]{0,4000}>""", re.IGNORECASE)
"""Pictures of one point: they are there to count readers, not to be looked at."""


# What can be borne

_LONG_TAG = re.compile(rf"<[^<>]{{{MAX_TAG},}}>?")
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NOT_DEEPER = frozenset({
    "br", "img", "hr", "wbr", "input", "meta", "link", "source", "col", "p", "li", "td", "th", "tr", "dd", "dt",
})  # fmt: skip
"""Elements that are empty, or that the next of their kind closes."""


def _is_monstrous(markup: str) -> bool:
    """Whether cleaning it would take long."""
    tags = markup.count("<")
    return (tags > MAX_DEPTH and (tags > MAX_TAGS or _depth(markup) > MAX_DEPTH)) or markup.count("&") > MAX_ENTITIES


def _depth(markup: str) -> int:
    depth = deepest = 0
    for end, name in _TAG_NAME.findall(markup):
        if name.lower() in _NOT_DEEPER:
            continue
        if end:
            depth = max(0, depth - 1)
        else:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


_PARAGRAPH_TAG = re.compile(rf"</?(?:{'|'.join((*sorted(_BLOCKS, key=len, reverse=True), 'br'))})\b[^<>]*>", re.IGNORECASE)
_SOME_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>?")


def _words_only(markup: str) -> str:
    """The markup's words, as paragraphs and nothing else."""
    for name in ("script", "style"):
        markup = _without(markup, name)
    text = _SOME_TAG.sub(" ", _PARAGRAPH_TAG.sub("\n\n", markup.replace("\n", " ")))
    paragraphs = tidied(html.unescape(text)).split("\n\n")
    return "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs if paragraph)


def _without(markup: str, name: str) -> str:
    """The markup without elements of a name and what is in them; one that never ends takes the rest."""
    kept: list[str] = []
    low, at = markup.lower(), 0
    while (start := low.find(f"<{name}", at)) >= 0:
        kept.append(markup[at:start])
        end = low.find(f"</{name}", start)
        if end < 0:
            return "".join(kept)
        at = end
    return "".join((*kept, markup[at:]))


def bearable(markup: str) -> str:
    """A whole page without what makes parsers slow: endless tags, and scripts or more where it is very long.

    Raises `ParseError` for one with more tags than any page that people read.
    """
    if len(markup) > MAX_CHARACTERS:
        markup = _without(_without(markup, "script"), "style")[:MAX_CHARACTERS]
    if markup.count("<") > MAX_TAGS:
        raise ParseError(f"the page has more than {MAX_TAGS:,} tags")
    return _LONG_TAG.sub(" ", _HALVES.sub("�", markup))


# Attributes

_RELATIVE = re.compile(r"(?:href|src)\s*=\s*[\"']?(?!https?://)", re.IGNORECASE)


@lru_cache(maxsize=64)
def _cleaner(base: str) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(DROPPED),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute_filter(base),
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
        url_relative="pass_through",  # the filter makes them whole
    )


def _attribute_filter(base: str) -> Callable[[str, str, str], str | None]:
    def kept(_tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return _mail_address(value) or whole_address(value, base)
        if attribute == "src":
            return whole_address(value, base)
        shape = _SHAPES.get(attribute)
        if shape is None:
            return _HIDDEN.sub("", value)[:MAX_TITLE]
        return value if shape.fullmatch(value) else None

    return kept


_SHAPES = {
    "colspan": re.compile(r"[1-9]|[1-4][0-9]|50", re.ASCII),
    "rowspan": re.compile(r"[1-9]|[1-4][0-9]|50", re.ASCII),
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
    "start": re.compile(r"-?\d{1,6}", re.ASCII),
    "dir": re.compile(r"ltr|rtl|auto"),
    "lang": re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}", re.ASCII),
    "datetime": re.compile(r"[0-9TZPDHMSWtzp:.+ -]{1,40}", re.ASCII),
}
_MAIL = re.compile(r"mailto:([^\s<>\"'%&?]+@[\w.-]+)(?:\?.*)?", re.IGNORECASE)


_USUAL_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{2,4})?(?:[/?#][!-\[\]-~]*)?")


def whole_address(address: str, base: str = "") -> str | None:
    """An http(s) address as it may stand in a page: whole and without a name in it; `None` where it is something else."""
    if _USUAL_ADDRESS.fullmatch(address):
        return address
    address = _NOT_IN_ADDRESSES.sub("", address).strip().replace(" ", "%20")
    if not address:
        return None
    try:
        if not address[:8].lower().startswith(("http://", "https://")):
            if not base and not address.startswith("//"):
                return None
            address = urljoin(base or "https:", address)
        parts = urlsplit(address)
        _ = parts.port  # raises where it is not a number
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or "\\" in address:
        return None
    return address


def _web_address(base: str) -> str:
    return whole_address(base) or ""


def _mail_address(address: str) -> str | None:
    found = _MAIL.fullmatch(address.strip())
    return f"mailto:{found[1]}" if found else None
