"""OPML (http://opml.org/spec2.opml): the addresses of feeds and their folders, in and out.

Nothing else is taken from it: no commands or filters that other readers write into it, no inclusion of other files, no entities,
no addresses but http and https.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from reader.errors import ParseError
from reader.text import canonical_url, shortened, squeezed
from reader.web.addresses import reach_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.records import Feed

BETWEEN_FOLDERS = " / "
_DEEPEST_FOLDER = 8
_LONGEST_TITLE = 500
_FEED_SCHEME = re.compile(r"^feed:(?://)?(?=https?://)|^feed:(?=//)", re.IGNORECASE)
_PLACE = re.compile(r", line \d+, column \d+$")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}")
"""IPv4 in any of its spellings; those that are none to Python (127.1, 0x7f000001) lead to this machine all the same."""
_PRIVATE_NAMES = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".home.arpa")


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed that the file names: at this line, in this folder. `problem`: why it cannot be had, or what of it was not taken."""

    line: int
    url: str
    title: str = ""
    folder: str = ""
    link: str = ""
    username: str = ""
    problem: str = ""

    @property
    def is_private(self) -> bool:
        """Whether its address is, by its name alone, on this machine or on a network of one's own."""
        host = (urlsplit(self.url).hostname or "").rstrip(".").lower()
        if ":" in host or _NUMERIC.fullmatch(host):
            return reach_of(host) != "public"
        return "." not in host or host.endswith(_PRIVATE_NAMES)


# In


def outlines(body: bytes) -> Iterator[Outline]:
    """The feeds of an OPML file, in order. An `Outline` without an address is only its problem.

    Of a file that is broken in a place, what can still be read is read. Raises `ParseError` for one that declares entities.
    """
    root, problem = _tree(body)
    if problem:
        yield Outline(problem.line, "", problem=f"{problem.why}; what could be read was taken")
    if root is None:
        return
    waiting: list[tuple[Any, tuple[str, ...]]] = [(root, ())]
    while waiting:  # not by calls: a file may be nested deeper than they can be
        element, folders = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        words = {str(name).lower(): squeezed(str(value)) for name, value in element.attrib.items()}
        if _local_name(element) == "outline":
            if words.get("xmlurl"):
                yield _outline(words, folders, element.sourceline or 0)
            elif name := _title(words):
                folders = (*folders, name)
        waiting.extend((child, folders) for child in reversed(element))


def _tree(body: bytes) -> tuple[Any, ParseError | None]:
    from lxml import etree  # noqa: PLC0415 - heavy

    def parsed(*, recover: bool) -> Any:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=recover
        )
        return etree.fromstring(body, parser)

    problem = None
    try:
        root = parsed(recover=False)
    except etree.XMLSyntaxError as error:
        problem = ParseError(f"not well-formed: {_PLACE.sub('', squeezed(str(error.msg)))}", error.lineno or 0)
        try:
            root = parsed(recover=True)
        except etree.XMLSyntaxError:
            root = None
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        raise ParseError("declares a document type, as files that are made to harm do; not read")
    return root, problem


def _local_name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _title(words: dict[str, str]) -> str:
    return shortened(words.get("text") or words.get("title") or "", _LONGEST_TITLE)


def _outline(words: dict[str, str], folders: tuple[str, ...], line: int) -> Outline:
    told = words["xmlurl"]
    url, username, had_password = _without_login(_FEED_SCHEME.sub(_for_feed, told))
    if not canonical_url(url):
        return Outline(line, "", problem=f"“{shortened(told, 80)}” is no address of a feed: only http and https are read")
    link = words.get("htmlurl", "")
    return Outline(
        line=line,
        url=url,
        title=_title(words),
        folder=BETWEEN_FOLDERS.join(folders[:_DEEPEST_FOLDER]),
        link=link if canonical_url(link) else "",
        username=username,
        problem="its password was not taken over; set it with `feed edit`" if had_password else "",
    )


def _for_feed(scheme: re.Match[str]) -> str:
    """What stands for "feed:": nothing before https://…, http before //…; both are written."""
    return "http:" if scheme.string[scheme.end() :].startswith("//") else ""


def _without_login(url: str) -> tuple[str, str, bool]:
    """An address without name and password, the name, and whether there was a password."""
    try:
        parts = urlsplit(url)
        if "@" not in parts.netloc:
            return url, "", False
        bare = parts._replace(netloc=parts.netloc.rpartition("@")[2])
        return urlunsplit(bare), parts.username or "", bool(parts.password)
    except ValueError:
        return "", "", False


# Out


def written(feeds: Sequence[Feed], title: str) -> bytes:
    """An OPML file of these feeds, each in its folder."""
    from lxml import etree  # noqa: PLC0415 - heavy

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = squeezed(title)
    body = etree.SubElement(root, "body")
    folders: dict[tuple[str, ...], Any] = {(): body}
    for feed in feeds:
        into = _folder(folders, tuple(part for part in feed.folder.split(BETWEEN_FOLDERS) if squeezed(part)))
        name = squeezed(feed.title) or feed.url
        outline = etree.SubElement(into, "outline", type="rss", text=name, title=name, xmlUrl=squeezed(feed.url))
        if feed.link:
            outline.set("htmlUrl", squeezed(feed.link))
    whole: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return whole


def _folder(folders: dict[tuple[str, ...], Any], path: tuple[str, ...]) -> Any:
    from lxml import etree  # noqa: PLC0415 - heavy

    if path not in folders:
        name = squeezed(path[-1])
        folders[path] = etree.SubElement(_folder(folders, path[:-1]), "outline", text=name, title=name)
    return folders[path]
