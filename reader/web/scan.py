"""A first look at a feed's XML: is it bearable, which items does it hold, and which of them are new.

Reading an item well takes much longer than telling that it has been read before. So the known ones are taken out of the document,
and only the rest is handed on. That needs a document that is well-formed and in one clear encoding; of any other nothing is taken
out.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass

from lxml import etree

from reader.errors import ParseError

MAX_BYTES = 10 << 20
MAX_NAMESPACES = 1_000
MAX_ATTRIBUTES = 500
MAX_PARTS = 2_000
"""Elements inside one item."""
MAX_ITEMS = 500
"""Items that are read at once; the others wait for their turn."""
MAX_LOOSE_ITEMS = 2_000
"""The same where the document is not well-formed, and what lies beyond cannot be had at all."""

_LONG_TAG = re.compile(rb"<[a-zA-Z?][^<>]{16384}")
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)", re.ASCII)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
_PLAIN = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, strip_cdata=False
)


@dataclass(frozen=True, slots=True)
class Scan:
    """A feed's document with only the new items left in it, and their fingerprints in order."""

    body: bytes
    content_type: str
    fingerprints: tuple[bytes, ...] = ()
    known: int = 0
    left: int = 0
    repeated: frozenset[str] = frozenset()
    """Guids that several items of the whole document share."""
    trimmed: bool = False
    well_formed: bool = True


def scan(body: bytes, content_type: str, known: frozenset[bytes] = frozenset(), start: int = 0) -> Scan:
    """Look at a document, past the first `start` of its new items.

    Raises `ParseError` for one that would take too long, or too much memory, to read.
    """
    if len(body) > MAX_BYTES:
        raise ParseError(f"the feed is larger than {MAX_BYTES >> 20} MB")
    if body.count(b"xmlns") > MAX_NAMESPACES:
        raise ParseError(f"the feed declares more than {MAX_NAMESPACES} namespaces")
    root = _root(body)
    if root is None or not _is_plain(body, content_type):
        return Scan(_cut(body), content_type, well_formed=root is not None)
    if _LONG_TAG.search(body) and max(len(element.attrib) for element in root.iter(etree.Element)) > MAX_ATTRIBUTES:
        raise ParseError(f"the feed has an element with more than {MAX_ATTRIBUTES} attributes")
    return _trimmed(root, body, known, start) or Scan(body, content_type)


def _is_plain(body: bytes, content_type: str) -> bool:
    """Whether header and document agree that it is UTF-8, without entities of its own."""
    declared, charset = _DECLARED.match(body[:300].removeprefix(b"\xef\xbb\xbf")), _CHARSET.search(content_type)
    said = {declared[1].decode("ascii").lower() if declared else "utf-8", charset[1].lower() if charset else "utf-8"}
    return said <= _PLAIN and b"<!DOCTYPE" not in body[:4096] and b"<!ENTITY" not in body


def _root(body: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(body.removeprefix(b"\xef\xbb\xbf"), _PARSER)
    except etree.XMLSyntaxError as error:
        if "xcessive depth" in str(error):
            raise ParseError("the feed is nested more than 256 elements deep") from None
        return None
    except ValueError:
        return None


def _cut(body: bytes) -> bytes:
    """A document that cannot be taken apart, without what is too much of it."""
    for number, found in enumerate(_ITEM.finditer(body)):
        if number == MAX_LOOSE_ITEMS:
            return body[: found.start()]
    return body


def _trimmed(root: etree._Element, body: bytes, known: frozenset[bytes], start: int) -> Scan | None:
    """The document with the new items alone; `None` where it has none that can be told apart."""
    items = [item for item in root.iter("{*}item", "{*}entry") if item.getparent() is not None]
    if not items:
        return None
    fresh: list[bytes] = []
    old = left = passed = 0
    changed = False
    guids = Counter(_guid(item) for item in items)
    for item in items:
        if len(item) > MAX_PARTS:
            del item[MAX_PARTS:]
            changed = True
        fingerprint = hashlib.blake2b(etree.tostring(item, with_tail=False), digest_size=16).digest()
        if fingerprint in known:
            old += 1
        elif passed < start:
            passed += 1
        elif len(fresh) == MAX_ITEMS:
            left += 1
        else:
            fresh.append(fingerprint)
            continue
        _take_out(item)
    repeated = frozenset(guid for guid, times in guids.items() if guid and times > 1)
    document = etree.tostring(root, encoding="utf-8", xml_declaration=True) if changed or old or left or passed else body
    return Scan(document, "application/xml; charset=utf-8", tuple(fresh), old, left, repeated, trimmed=True)


def _take_out(item: etree._Element) -> None:
    parent = item.getparent()
    if parent is not None:
        parent.remove(item)


def _guid(item: etree._Element) -> str:
    namespace = item.tag[: item.tag.find("}") + 1]
    return (item.findtext(f"{namespace}guid") or item.findtext(f"{namespace}id") or "").strip()
