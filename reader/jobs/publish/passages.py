"""Marked passages in the sentences around them, checked word for word against the stored text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reader.analysis import anchors
from reader.jobs.publish.document import Piece, Quote, Remark
from reader.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reader.jobs.publish.document import Words
    from reader.records import Highlight

AROUND = 220
"""How many code points of the sentence around a passage are shown at most, on each side."""

LONGEST = 5000
"""Code points of a paragraph: what the typesetter sets in good time."""

_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b[MD]r)(?<!\bMrs)(?<!\b[NS]o)(?<!\bArt)(?<!\bInc)(?<!\bNr)[.!?…][\"'”’»)\]]*\s+(?=[^a-zà-þ])|[。！？][”’」』）]*"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight where it stands now, as code points in the text."""

    highlight: Highlight
    start: int
    end: int


def standing(text: str, highlights: Iterable[Highlight]) -> tuple[list[Mark], list[Highlight]]:
    """The highlights whose words stand in the text, in its order; and those whose words do not stand there any more."""
    marks: list[Mark] = []
    gone: list[Highlight] = []
    for highlight in highlights:
        place = anchors.find(text, highlight.anchor)
        if place is None or anchors.likeness(text[slice(*place)], highlight.anchor.exact) < 1:
            gone.append(highlight)
        else:
            marks.append(Mark(highlight, *place))
    return sorted(marks, key=lambda mark: (mark.start, mark.end)), gone


def quotes(text: str, marks: Sequence[Mark], remarks: Mapping[int, tuple[Words, ...]]) -> tuple[Quote, ...]:
    """Marks as quotes; those whose sentences meet are one. `remarks` are the analyst's words by highlight."""
    return tuple(_quote(text, start, end, together, remarks) for start, end, together in _groups(text, marks))


def _groups(text: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """Start, end and marks of each stretch of sentences."""
    open_start, open_end = 0, -1
    together: list[Mark] = []
    for mark in marks:
        start, end = _sentences_around(text, mark.start, mark.end)
        if together and start < open_end:
            together.append(mark)
            open_end = max(open_end, end)
            continue
        if together:
            yield open_start, open_end, together
        open_start, open_end, together = start, end, [mark]
    if together:
        yield open_start, open_end, together


def _sentences_around(text: str, start: int, end: int) -> tuple[int, int]:
    """From where the sentence of the passage begins to where it ends, within its paragraph."""
    opening = text.rfind("\n\n", 0, start)
    begun = opening + 2 if opening >= 0 else 0
    for sentence_end in _SENTENCE_END.finditer(text, begun, start + 1):  # one letter of the passage tells that it begins one
        begun = min(sentence_end.end(), start)
    close = text.find("\n\n", end)
    after = text[end : close if close >= 0 else len(text)]
    if _ends_a_sentence(text[start:end]):
        ended = 0
    else:
        match = _SENTENCE_END.search(after)
        ended = len(after[: match.end()].rstrip()) if match else len(after)
    return begun, end + ended


def _ends_a_sentence(words: str) -> bool:
    return bool(re.search(r"[.!?…。！？][\"'”’»)\]」』）]*\s*$", words))


def _quote(text: str, start: int, end: int, marks: Sequence[Mark], remarks: Mapping[int, tuple[Words, ...]]) -> Quote:
    first, last = marks[0].start, max(mark.end for mark in marks)
    pieces = [
        Piece(_lead_in(text[start:first])),
        *_coloured(text, marks, first, last),
        Piece(_lead_out(text[last:end])),
    ]
    said = tuple(Remark(mark.highlight.colour, remarks[mark.highlight.id]) for mark in marks if remarks.get(mark.highlight.id))
    return Quote(tuple(piece for piece in pieces if piece.text), said)


def _coloured(text: str, marks: Sequence[Mark], first: int, last: int) -> Iterator[Piece]:
    """The stretch in runs of one colour; where marks lie over each other the later one shows."""
    edges = sorted({first, last, *(mark.start for mark in marks), *(mark.end for mark in marks)})
    for start, end in pairwise(edges):
        over = [mark.highlight.colour for mark in marks if mark.start <= start and end <= mark.end]
        if over:
            yield Piece(_cut(text[start:end], LONGEST), over[-1])
        else:
            yield Piece(_between(text[start:end]))


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _between(words: str) -> str:
    """The unmarked words between two marks, their middle left out where they are many."""
    if len(words) <= 2 * AROUND:
        return words
    return f"{_lead_out(words[: AROUND * 2])} {_lead_in(words[-AROUND * 2 :])}"


def _lead_in(words: str) -> str:
    """What stands before a mark; only its end where it is long."""
    if len(words) <= AROUND:
        return words
    return "… " + words[-AROUND:].partition(" ")[2] if " " in words[-AROUND:] else "…" + words[-AROUND:]


def _lead_out(words: str) -> str:
    """What stands behind a mark; only its beginning where it is long."""
    if len(words) <= AROUND:
        return words
    gap = " " if words[0].isspace() else ""
    return gap + shortened(words, AROUND)
