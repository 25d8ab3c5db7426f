"""A bare text: a page as somebody copied it, without a word on where it is from. Its title is found in it."""

from __future__ import annotations

import re
import unicodedata

from reader.records import Record
from reader.text import first_sentence, sentences, shortened, squeezed, tidied

_LONGEST_HEADLINE = 140
_LONGEST_EXCERPT = 300
_FEWEST_WORDS = 3
_FEWEST_LETTERS = 12
_BODY = 80
"""A paragraph of so many characters is the article itself, not something around it."""
_AROUND = re.compile(
    r"""(?:(?:disclaimer|disclosure|source|quelle|photos?|images?|foto|credits?|tags?|topics?|related|updated|published)\s?:
    |(?:photos?|images?|foto)\ (?:by|via|credit)|getty\ images|advertisement|advertising$|sponsored\ (?:by|content|post)
    |follow\ us|folgen\ sie|suivez-nous|síguenos|subscribe\b|sign\ (?:up|in)\b|log\ in\b|newsletter|abonnieren|abonnez|suscríb
    |join\ (?:us|our|the|now|\d)|share\ (?:this|on|via)|teilen|partager|compartir|print\ (?:this|article)|skip\ to|menu$
    |read\ (?:more|next|also|our|full|the\ full)|lire\ (?:aussi|la\ suite)|lesen\ sie|leer\ más|more\ (?:from|on\ this|stories)
    |related\ (?:articles|stories|posts|news|topics)|recomm?ended|trending\ now|most\ (?:read|popular)|back\ to\b
    |click\ (?:here|to)|download\ (?:the|our|now)|home\ ?[>|/»]|cookies?\ (?:settings|policy|consent|notice)
    |(?:we|this\ site)\ uses?\ cookies|we\ may\ earn|accept\ all|(?:copyright\ )?©|copyright\ \d|all\ rights\ reserved
    |terms\ of\ (?:use|service)|privacy\ policy$|(?-i:(?:By|Von|Par|Por)\ [A-Z][\w.'-]+\ [A-Z])|written\ by
    |(?:published|updated|posted)\ (?:on|by|in|at|\d)|last\ (?:modified|updated)|veröffentlicht\ am|publié\ le|publicado\ el
    |\d+\ (?:min|comment)|\w{3,9}day,|https?:|www\.|[\#@|•·*>-])""",
    re.IGNORECASE | re.VERBOSE,
)
"""How lines begin that stand around articles: notices, navigation, bylines, dates."""
_HEADING = re.compile(r"\A#{1,6}\s+")
_GLUED = re.compile(r"(?<=[a-z)”’»\"][.!?])(?=[^\W\d_a-z])")
"""Where a sentence begins without a space after the one before, as in texts that machines put together."""


def record_of_text(text: str) -> Record:
    """The article that a bare text is. It is known by its words; address, provider and date are not known."""
    body = text.lstrip("\ufeff")
    title = headline(body)
    return Record(title=title, excerpt=_excerpt(body, title), content=body.strip("\r\n"), text=tidied(body))


def headline(text: str) -> str:
    """The first line under 140 characters that reads as a headline, else the first sentence."""
    lines = (_HEADING.sub("", squeezed(line)) for line in text.splitlines())
    return next((line for line in lines if _reads_as_headline(line)), "") or _first_sentence(text)


def _reads_as_headline(line: str) -> bool:
    letters = sum(character.isalpha() for character in line)
    return (
        len(line) < _LONGEST_HEADLINE
        and letters >= _needed_letters(line)
        and letters > len(line) // 2
        and (len(line.split()) >= _FEWEST_WORDS or _is_unspaced(line))
        and not line.endswith((":", ",", ";", "…", "..."))
        and not _AROUND.match(line)
        and len(sentences(_GLUED.sub(" ", line))) == 1
        and not line[0].islower()
    )


def _needed_letters(line: str) -> int:
    return _FEWEST_LETTERS // 2 if _is_unspaced(line) else _FEWEST_LETTERS


def _is_unspaced(line: str) -> bool:
    """Whether this is a script that is written without spaces between words."""
    return any(unicodedata.name(character, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "THAI")) for character in line[:8])


def _first_sentence(text: str) -> str:
    start = tidied(text[: 20 * _LONGEST_HEADLINE])
    return first_sentence(_GLUED.sub(" ", start), _LONGEST_HEADLINE)


def _excerpt(text: str, title: str) -> str:
    """The beginning of the first paragraph that is one."""
    paragraphs = (squeezed(line) for line in text.splitlines())
    return shortened(
        next((line for line in paragraphs if len(line) >= _BODY and line != title and not _AROUND.match(line)), ""),
        _LONGEST_EXCERPT,
    )
