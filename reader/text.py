"""Plain text, days and figures in words, languages and addresses: pure functions."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publicsuffixlist import PublicSuffixList
    from py3langid.langid import LanguageIdentifier

# Words

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls; tab, line ends and NEL are white space
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"  # marks that reorder or hide text
    "\ud800-\udfff\ufffe\uffff]"  # halves of characters, and none at all
)
_PARAGRAPH = re.compile(r"\n\s*\n")
_TOKEN = re.compile(r"\w+")
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that are written without spaces: Thai, kana, Han."""
_SENTENCE_END = re.compile(r"""[.!?…。！？]["'”’»)\]]*(?=\s+["'“‘«(\[]*(\w))""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|No|Nr|Art|art|Abs|vs?|Inc|Ltd|Co|Corp|bzw|z\.B|Dec|Nov|Oct|Jan|Feb|Aug|Sept?))\.$"
)

_LONGEST_END = 6
"""Characters at the end of a sentence that tell whether it is an abbreviation: of the longest, and the one before it."""


def squeezed(text: str) -> str:
    """One line: invisible characters out, every run of white space one space."""
    if text.isprintable() and "  " not in text:  # the space is the only white space that counts as printable
        return text.strip()
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(_INVISIBLE.sub("", line).split())


def tidied(text: str) -> str:
    """Paragraphs, each as `squeezed`, parted by a blank line."""
    paragraphs = (squeezed(part) for part in _PARAGRAPH.split(text.replace("\r\n", "\n").replace("\r", "\n")))
    return "\n\n".join(part for part in paragraphs if part)


def folded(text: str) -> str:
    """In lower case and without accents: for comparing, never for showing."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in split if not unicodedata.combining(character))


_WESTERN = "cp1252"
"""The letters of Western Europe, and the quotes and dashes of print, a byte each: most texts need no others."""
_CHARACTERS = [bytes([byte]).decode(_WESTERN, "replace") for byte in range(256)]
_PARTED = bytes(byte if _TOKEN.match(character) else ord(" ") for byte, character in enumerate(_CHARACTERS))
"""For each byte itself where it belongs to a token, else a space …"""
_JOINED = bytes(ord(".") if _CHARACTERS[byte] in "-'’." else parted for byte, parted in enumerate(_PARTED))
"""… or a full stop, where it may join two tokens to one word."""


def _western(text: str) -> bytes | None:
    """A text as bytes, which are taken apart three times as fast; `None` where it needs other letters."""
    try:
        return text.encode(_WESTERN)
    except UnicodeEncodeError:
        return None


def tokens(text: str) -> list[str]:
    """The runs of letters, figures and low lines in a text, in order."""
    western = _western(text)
    return _TOKEN.findall(text) if western is None else western.translate(_PARTED).decode(_WESTERN).split()


def word_count(text: str) -> int:
    """Words of a text; of scripts that write without spaces, every two characters count as one."""
    western = _western(text)
    if western is not None:
        parts = western.translate(_JOINED).replace(b"..", b" ").split()  # what joins tokens stands alone between them
        return len(parts) - parts.count(b".")
    words = _WORD.findall(text)
    if not _UNSPACED.search(text):
        return len(words)
    return sum(max(1, len(_UNSPACED.findall(word)) // 2) for word in words)


_FIGURE = re.compile(r"\d")


def has_figure(text: str) -> bool:
    """Whether a figure stands anywhere in a text."""
    return any(map(text.__contains__, "0123456789")) or (not text.isascii() and _FIGURE.search(text) is not None)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; a paragraph ends one. Abbreviations and initials do not."""
    return list(each_sentence(text))


def each_sentence(text: str) -> Iterator[str]:
    """The same one by one, for those who need only the first."""
    for paragraph in _PARAGRAPH.split(text):
        line, start = squeezed(paragraph), 0
        for end in _SENTENCE_END.finditer(line):
            if not end[1].islower() and not _is_abbreviated(line[max(start, end.end() - _LONGEST_END) : end.end()]):
                if sentence := line[start : end.end()].strip():
                    yield sentence
                start = end.end()
        if sentence := line[start:].strip():
            yield sentence


def _is_abbreviated(last: str) -> bool:
    """Whether these last characters end in an abbreviation or an initial; a longer word is none, and quickly told."""
    return not (len(last) == _LONGEST_END and last[:-1].isalnum()) and _ABBREVIATION.search(last) is not None


def first_sentence(text: str, limit: int = 300) -> str:
    """The first sentence, cut after `limit` characters at a word, with an ellipsis where it was cut."""
    return next((shortened(sentence, limit) for sentence in each_sentence(text[: limit * 8])), "")


def shortened(text: str, limit: int) -> str:
    """A line of at most `limit` characters, cut at a word, with an ellipsis where it was cut."""
    line = squeezed(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > limit // 2 else cut).rstrip(" ,;:–—-") + "…"


# Days and figures, as one says them

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹", "KRW": "₩"}
_LARGE = (("billion", 10**9), ("million", 10**6))
_MONEY = re.compile(r"([A-Z]{3}) ([\d,.]+)")
_COUNT = re.compile(r"([\d,.]+) (.+)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_DIGITS = 15
"""Of a figure that is divided: so many a float holds exactly."""


def day(date: dt.date | None) -> str:
    """A day as it is printed: "20 October 2022"; "" where there is none."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}" if date else ""


def stated(kind: str, value: str) -> str:
    """What a report states, by its kind and its value as the library keeps it: €20 million, 20 billion images, 17 October 2022.

    A value of another shape, such as a date that no calendar has, stays as it is.
    """
    if kind == "date" and _DATE.fullmatch(value):
        try:
            return day(dt.date.fromisoformat(value))
        except ValueError:
            return value
    if kind == "money" and (found := _MONEY.fullmatch(value)):
        return _SIGNS.get(found[1], f"{found[1]} ") + _in_large(found[2])
    if kind == "count" and (found := _COUNT.fullmatch(value)):
        return f"{_in_large(found[1])} {found[2]}"
    return value


def _in_large(figure: str) -> str:
    """For 20,000,000 "20 million"; a figure that takes more than two decimals so, or has its own, stays."""
    digits = figure.replace(",", "")
    if not digits.isdecimal() or len(digits) > _MOST_DIGITS:
        return figure
    for name, size in _LARGE:
        if int(digits) >= size and not int(digits) * 100 % size:
            return f"{int(digits) / size:,.2f}".rstrip("0").rstrip(".") + f" {name}"
    return figure


# Languages

LANGUAGES = (
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt",
    "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "vi", "zh",
)  # fmt: skip
_ENOUGH = 20
_SURE = 0.8


def language_of(text: str, hint: str = "") -> str:
    """The language of a text as ISO 639-1, "" where nobody can tell.

    `hint` is what the source says (a tag such as "en-GB"). Sources often say nothing or repeat the default of their software, so
    a text that is long enough and clearly something else is believed before them.
    """
    said = hint.strip().lower().replace("_", "-").split("-")[0]
    said = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(said, said)
    if not (len(said) == 2 and said.isalpha() and said.isascii()):
        said = ""
    sample = squeezed(text[:2000])
    identifier = _identifier() if len(sample) >= _ENOUGH else None
    if identifier is None:
        return said
    found, sure = identifier.classify(sample)
    if sure >= _SURE or not said:
        return str(found) if sure >= _SURE / 2 else said
    return said


@cache
def _identifier() -> LanguageIdentifier | None:
    """What tells languages; `None` where there is no room to unpack its model, and then the sources are believed."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - heavy: loads a model

    try:
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError:
        return None
    identifier.set_languages(list(LANGUAGES))
    return identifier


# Addresses

_TRACKING_PREFIXES = (
    "utm_", "amp_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "itm_", "stm_", "wt.", "oly_", "vero_", "_hs", "ns_",
)  # fmt: skip
_TRACKING = frozenset({
    "__twitter_impression", "campaign_id", "cmpid", "cvid", "dclid", "epik", "fbclid", "ftag", "gbraid", "gclid", "gclsrc",
    "guccounter", "guce_referrer", "guce_referrer_sig", "icid", "igsh", "igshid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok",
    "msclkid", "ncid", "ocid", "rdt_cid", "ref_src", "ref_url", "referrer", "s_cid", "scid", "sharetype", "smid", "spm",
    "sr_share", "sref", "srsltid", "trk", "ttclid", "twclid", "wbraid", "wickedid", "xtor", "yclid", "ysclid"
})  # fmt: skip
_AMP_PARAMETERS = {
    ("amp", ""),
    ("amp", "1"),
    ("amp", "true"),
    ("outputtype", "amp"),
    ("output", "amp"),
    ("outputtype", "amphtml"),
}
_AMP_CACHE_HOSTS = (".cdn.ampproject.org", ".ampproject.net", ".bing-amp.com")
_CACHE_PATH = re.compile(r"^/(?:[a-z]/)?(s/)?([^/]+\.[^/]+)(/.*)?$")
_GOOGLE_AMP = re.compile(r"^/amp/(s/)?([^/]+\.[^/]+)(/.*)?$")
_HOST = re.compile(r"^[^\s/?#@\\]+$")


def canonical_url(url: str) -> str:
    """The one address of an article, whatever variant brings it; "" for what is not http(s).

    No difference make: scheme, "www.", default port, fragment, trailing slash, tracking parameters, the order of the others, and
    AMP, be it the twin of a page (/amp, ?amp, amp.) or its copy in a cache (…cdn.ampproject.org/c/s/…). Meant for comparing:
    the address that a source gave is kept beside it. Canonical once is canonical for good.
    """
    found = _canonical(_INVISIBLE.sub("", url).strip())
    for _ in range(8):  # an AMP twin of an AMP twin; each round takes something away
        again = _canonical(found)
        if again == found:
            break
        found = again
    return found


def _canonical(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or not _HOST.match(host):
        return ""
    host = _ascii_host(host)
    if origin := _cached_by_amp(host, parts.path):
        return f"https://{origin}{'?' + parts.query if parts.query else ''}"
    host = re.sub(r"^(?:www\d?|amp)\.(?=[^.]+\.)", "", host)
    if ":" in host:
        host = f"[{host}]"
    if port and port not in {80, 443}:
        host = f"{host}:{port}"
    path = _without_amp(_tidy_path(parts.path))
    query = _telling(parts.query)
    return f"https://{host}{path}{'?' + query if query else ''}"


def _ascii_host(host: str) -> str:
    host = host.lower()
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _cached_by_amp(host: str, path: str) -> str:
    """Host and path of the page behind an AMP cache, "" where there is none."""
    pattern = (
        _CACHE_PATH
        if host.endswith(_AMP_CACHE_HOSTS)
        else _GOOGLE_AMP
        if re.match(r"^(?:www\.)?google\.[a-z.]+$", host)
        else None
    )
    match = pattern.match(path) if pattern else None
    return f"{match[2]}{match[3] or ''}" if match else ""


def _tidy_path(path: str) -> str:
    """Percent signs only where they are needed, no dot segments, no slash at the end."""
    kept: list[str] = []
    for part in quote(unquote(path, errors="surrogateescape"), safe="/!$&'()*+,;=:@~", errors="surrogateescape").split("/"):
        if part == "..":
            if len(kept) > 1:
                kept.pop()
        elif part != ".":
            kept.append(part)
    return "/".join(kept).rstrip("/")


def _without_amp(path: str) -> str:
    """The path of the page that an AMP twin stands for."""
    path = re.sub(r"^/amp(?=/.)", "", path)
    path = re.sub(r"/amp$", "", path)
    return re.sub(r"\.amp(?:\.html)?$|/amp\.html$", "", path)


def _telling(query: str) -> str:
    """The parameters that tell one page from another, in order of name."""
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if (name.lower(), value.lower()) not in _AMP_PARAMETERS
        and name.lower() not in _TRACKING
        and not name.lower().startswith(_TRACKING_PREFIXES)
    ]
    return urlencode(sorted(kept))


def is_a_site(url: str) -> bool:
    """Whether a canonical address names a whole site rather than one page of it: it tells no article from another."""
    return not urlsplit(url).path and not urlsplit(url).query


_SHARED_DOMAINS = frozenset({
    "europa.eu", "coe.int", "un.org", "admin.ch", "gc.ca", "gouv.qc.ca", "ca.gov", "ny.gov", "bund.de", "bayern.de", "nrw.de",
    "hessen.de", "public.lu", "gov.sk", "lrv.lt", "substack.com", "medium.com",
})  # fmt: skip
"""Domains under which independent houses publish, each under a name of its own: the next label tells them apart."""


def domain_of(address: str) -> str:
    """The registrable domain of an address or host ("tech.example.co.uk" -> "example.co.uk"), "" where there is none.

    Of domains that independent houses share, one label more ("edpb.europa.eu").
    """
    try:
        host = (urlsplit(address).hostname if "//" in address else urlsplit(f"//{address}").hostname) or ""
    except ValueError:
        return ""
    host = _ascii_host(host.rstrip("."))
    if not _HOST.match(host) or "." not in host or re.fullmatch(r"[\d.]+", host):
        return ""
    return _house(host.removeprefix("www."))


@lru_cache(maxsize=4096)
def _house(host: str) -> str:
    registrable = str(_suffixes().privatesuffix(host) or host)  # "gov.uk" is a suffix, and a house of its own
    if registrable in _SHARED_DOMAINS:
        return ".".join(host.split(".")[-registrable.count(".") - 2 :])
    return registrable


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - heavy: reads the whole list

    return PublicSuffixList()


def links_in(html: str) -> tuple[str, ...]:
    """The http(s) addresses that a cleaned page links to, in order, each once."""
    return tuple(dict.fromkeys(re.findall(r'<a\b[^>]*?\bhref="(https?://[^"]+)"', html)))
