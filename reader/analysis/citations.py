"""One source as a footnote, as CSL-JSON, as RIS, as BibTeX.

An article of the web is cited by author, title, outlet, date, address, and the day on which it was read; what is not known is
left out, never guessed. Names are given as the source prints them: which part of a name is the family's no program can tell.
Formats: CSL-JSON 1.0.2 (https://docs.citationstyles.org), RIS (Reference Manager, 2011), BibTeX as biblatex reads it (@online).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reader.text import day, squeezed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from reader.records import Article

Format = Literal["csl", "ris", "bibtex"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a citation says. `accessed` is the day on which the library read it; days are in UTC."""

    title: str
    provider: str = ""
    author: str = ""
    date: dt.date | None = None
    url: str = ""
    accessed: dt.date | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Citations:
    """Sources in CSL-JSON, and in the words of the format that was asked for."""

    as_csl: list[dict[str, object]]
    words: str


def source(article: Article) -> Source:
    """What there is to cite of an article."""
    row = article.row
    return Source(
        title=squeezed(row.title),
        provider=squeezed(row.provider or row.domain),
        author=squeezed(article.author),
        date=row.date.date() if row.date else None,
        url=row.web_url,
        accessed=row.arrived.date(),
        language=row.language,
    )


def cited(sources: Sequence[Source], format: Format) -> Citations:
    """Sources in one of the formats that programs for references read."""
    as_csl = csl(sources)
    if format == "ris":
        return Citations(as_csl, ris(sources))
    if format == "bibtex":
        return Citations(as_csl, bibtex(sources))
    import json  # noqa: PLC0415 - for people who asked for CSL only

    return Citations(as_csl, json.dumps(as_csl, ensure_ascii=False, indent=2))


# A footnote


def footnote(source: Source) -> str:
    """One line: author, “title”, outlet, date. Address. Day of access. After the Chicago Manual of Style."""
    told = ", ".join(part for part in (byline(source), f"“{source.title}”", source.provider, day(source.date)) if part)
    parts = [told, source.url, f"Accessed {day(source.accessed)}" if source.accessed else ""]
    return " ".join(part if part.endswith((".”", "?”", "!”", "…”")) else f"{part}." for part in parts if part)


def byline(source: Source) -> str:
    """The authors, unless they only repeat the outlet."""
    names = authors(source)
    return "" if names == [source.provider] else ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + "".join(names[-1:])


def authors(source: Source) -> list[str]:
    """The names in a byline. At commas it is parted only if every part is a full name: "Doe, Jane" is one person."""
    line = re.sub(r"^(?:by|von|par|de|por|di)\s+(?=[A-ZÀ-Þ])", "", source.author, flags=re.IGNORECASE)
    names = [name for name in re.split(r"\s*;\s*|\s+(?:and|und|et|y|e)\s+|\s*&\s*", line) if name]
    return [part for name in names for part in _at_commas(name)]


def _at_commas(name: str) -> list[str]:
    parts = [part for part in re.split(r"\s*[,،、]\s*", name) if part]
    return parts if len(parts) > 1 and all(" " in part for part in parts) else [name]


# CSL-JSON


def csl(sources: Sequence[Source]) -> list[dict[str, object]]:
    """A list of CSL-JSON items, in order."""
    return [_csl(source, key) for source, key in zip(sources, keys(sources), strict=True)]


def _csl(source: Source, key: str) -> dict[str, object]:
    item: dict[str, object] = {
        "id": key,
        "type": "webpage",
        "title": source.title,
        "author": [{"literal": name} for name in authors(source)],
        "container-title": source.provider,
        "issued": _date_parts(source.date),
        "URL": source.url,
        "accessed": _date_parts(source.accessed),
        "language": source.language,
    }
    return {name: value for name, value in item.items() if value}


def _date_parts(date: dt.date | None) -> dict[str, object] | None:
    return {"date-parts": [[date.year, date.month, date.day]]} if date else None


# RIS


def ris(sources: Iterable[Source]) -> str:
    """RIS records, in order, a blank line between them. Lines end in a newline; whoever writes a file chooses its line ends."""
    return "\n\n".join("\n".join(_ris(source)) for source in sources) + "\n"


def _ris(source: Source) -> Iterator[str]:
    yield "TY  - ELEC"
    for name in authors(source):
        yield f"AU  - {name}"
    for tag, value in (
        ("TI", source.title),
        ("T2", source.provider),
        ("PY", str(source.date.year) if source.date else ""),
        ("DA", f"{source.date:%Y/%m/%d}/" if source.date else ""),
        ("UR", squeezed(source.url)),
        ("Y2", f"{source.accessed:%Y/%m/%d}/" if source.accessed else ""),
        ("LA", source.language),
    ):
        if value:
            yield f"{tag}  - {value}"
    yield "ER  - "


# BibTeX


def bibtex(sources: Sequence[Source]) -> str:
    """BibTeX entries, in order, a blank line between them; in Unicode."""
    return "\n\n".join(_bibtex(source, key) for source, key in zip(sources, keys(sources), strict=True)) + "\n"


def _bibtex(source: Source, key: str) -> str:
    fields = {
        "author": " and ".join(_bib_name(name, source) for name in authors(source)),
        "title": f"{{{_bib(source.title)}}}",  # braces of its own keep the capitals
        "organization": _bib(source.provider),
        "date": f"{source.date:%Y-%m-%d}" if source.date else "",
        "year": str(source.date.year) if source.date else "",
        "url": re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", source.url),
        "urldate": f"{source.accessed:%Y-%m-%d}" if source.accessed else "",
        "langid": _BABEL.get(source.language, ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{key},", *lines, "}"])


def _bib_name(name: str, source: Source) -> str:
    """A name that BibTeX would take apart wrongly stays whole in braces."""
    whole = name == source.provider or "," in name or re.search(r"\band\b", name, re.IGNORECASE)
    return f"{{{_bib(name)}}}" if whole else _bib(name)


_BIB = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}


def _bib(words: str) -> str:
    return "".join(_BIB.get(letter, letter) for letter in words)


_BABEL = {
    "ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fr": "french", "he": "hebrew", "it": "italian",
    "nl": "dutch", "pl": "polish", "pt": "portuguese", "ru": "russian", "sv": "swedish", "uk": "ukrainian",
}  # fmt: skip


def keys(sources: Sequence[Source]) -> list[str]:
    """A name for each source to cite it by, such as "cnil2022facial"; no two are the same."""
    taken: set[str] = set()
    found: list[str] = []
    for source in sources:
        key = stem = _stem(source)
        number = 1
        while key in taken:
            number += 1
            key = f"{stem}-{number}"
        taken.add(key)
        found.append(key)
    return found


def _stem(source: Source) -> str:
    word = next((word for word in _plain(source.title) if len(word) > 3), "")
    outlet = "".join(_plain(source.provider))[:20]
    return f"{outlet}{source.date.year if source.date else ''}{word}" or "source"


def _plain(words: str) -> list[str]:
    """The words of a line that can be written in ASCII, in lower case."""
    ascii_only = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", ascii_only.lower())
