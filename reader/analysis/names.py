"""Proper names in an article: by them threads that are months apart find each other.

Laws, cases, authorities and companies are known by form (`facts`); persons, products and places by their capital letters, away
from the beginning of sentences and from titles, where capitals tell nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from reader.analysis import laws
from reader.text import folded, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.records import Fact, Reading

NameKind = Literal["authority", "law", "case", "company", "name"]

MOST = 16
"""Names that are kept of an article."""
LEADING = 3
"""Sentences at the beginning whose names count as what the article is about."""
LOOKED_AT = 6000
_BEGINNING = 2000
"""Characters that these sentences are looked for in."""


class Name(NamedTuple):
    """A proper name: `key` for comparing, `shown` as it is written; `leads` where the article is about it."""

    key: str
    shown: str
    kind: str
    leads: bool


_sentences = lru_cache(maxsize=2)(sentences)
"""Once, where the whole text is no longer than the beginning that is looked at first."""
_FORMS = re.compile(
    r"[ ,]+(?:AI|Inc|Corp|Corporation|Ltd|Limited|LLC|LLP|PLC|plc|GmbH|AG|SE|S\.?A\.?S?|B\.?V|N\.V|S\.p\.A|SpA|AB|Technologies"
    r"|Platforms|Holdings?|Group)\.?$"
)
_RUN = re.compile(
    r"[A-ZÀ-ÞĀ-Ž](?<![\w.].)[\w’'-]*(?: (?:(?:de|du|del|della|di|van|von|der|den|la|le|of|bin|al) )?[A-ZÀ-ÞĀ-Ž][\w’'-]*){0,3}"
)
"""That no word goes on here is asked after the capital letter: a pattern that begins with a letter is found twice as fast."""
_CAPITALS_TELL_NOTHING = frozenset({"de"})
_COMMON_WORDS = (
    "January February March April May June July August September October November December Monday Tuesday Wednesday Thursday"
    " Friday Saturday Sunday Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Lundi Mardi Mercredi Jeudi Vendredi Samedi"
    " Dimanche Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag The A An In On At And But For This That These There"
    " It He She They We I You His Her Its Our Their According However Meanwhile Also Last Mr Mrs Ms Dr President Minister"
    " Prime Read More Image Photo Getty Images Reuters AFP AP EU UK US U.S USA UN European Union Europe United States Kingdom"
    " America American British French German Italian Spanish Dutch Canadian Australian Chinese Russian Irish Greek Swedish"
    " Austrian Belgian Indian Japanese France Germany Italy Spain Netherlands Canada Australia China Russia Ireland Greece"
    " Sweden Austria Belgium India Japan Britain England London Paris Berlin Brussels Rome Madrid Amsterdam Washington New"
    " York California Illinois Texas Europea Europäische Europese États-Unis Frankreich Deutschland Allemagne Francia Alemania"
    " Germania Italia España Espagne AI CEO GDPR Internet Web Commission Parliament Council Court Data Privacy Protection"
    " Regulation Act Directive Article State Government Police Facial Recognition Interior Federal Trade Information"
    " Commissioner Office Authority Board Agency Supervisor Regulator Cour Tribunal Supreme High Gericht Gerichtshof"
    " Protección Datos Protezione Dati Autorité Autorità Autoridad Behörde Ministry Ministère Ministerio Ministero Secretary"
    " Senate House Congress Republican Republicans Democrat Democrats Sample Justice Luxembourg Grand Chamber Case Treaty"
    " Billion Million Now Your Agencia Reglamento General Agence Agenzia Autoriteit Council Conseil Consiglio Rat Raad"
)
_COMMON = frozenset(folded(word) for word in _COMMON_WORDS.split())


def names(reading: Reading, stated: Iterable[Fact]) -> tuple[Name, ...]:
    """The proper names of an article, those that it is about first; `stated` are its facts."""
    text = (reading.text or reading.excerpt)[:LOOKED_AT]
    beginning = f"{reading.title}\n{' '.join(_sentences(text[:_BEGINNING])[:LEADING])}"
    compared = folded(beginning)
    found: dict[str, Name] = {}
    known = [_known(fact, beginning, compared) for fact in stated if fact.kind in {"authority", "law", "case", "company"}]
    proper = [] if reading.language in _CAPITALS_TELL_NOTHING else _proper(text, compared)
    for name in sorted([*known, *proper], key=lambda name: not name.leads):
        if name.key and name.key not in found and not (name.kind == "name" and _is_common(name)):
            found[name.key] = name
    return tuple(found.values())[:MOST]


def _known(fact: Fact, beginning: str, compared: str) -> Name:
    shown = re.sub(r" (?:Art\.|Section) .*$", "", fact.value) if fact.kind == "law" else fact.value
    key = _key(shown)
    leads = fact.sentence[:60] in beginning or key in compared
    return Name(key, shown, fact.kind, leads)


def _proper(text: str, compared: str) -> list[Name]:
    """Runs of words with capital letters that do not only stand where every word has one."""
    seen: Counter[str] = Counter()
    for sentence in _sentences(laws.without(text)):
        for match in _RUN.finditer(sentence):
            run = match[0]
            if match.start() == 0:  # the first word of a sentence has a capital anyway
                run = run.partition(" ")[2]
            if len(run) > 2:
                seen[_bare(run)] += 1
    return [Name(key, run, "name", key in compared) for run, _ in seen.most_common(MOST) if (key := _key(run))]


_POSSESSIVE = re.compile(r"['’]s$")
_LEADS_IN = re.compile(r"^(?:The|An?|La|Le|Les|L['’]|Der|Die|Das|El|Los|Las|Il|Lo|Gli|De|Het)\s+")


@lru_cache(maxsize=2000)
def _bare(run: str) -> str:
    """A name without the article before it and the possessive after it."""
    return _LEADS_IN.sub("", _POSSESSIVE.sub("", run))


def _is_common(name: Name) -> bool:
    """Whether a name says nothing of what an article is about: every word of it stands in many."""
    return all(word.removesuffix("'s").removesuffix("’s") in _COMMON for word in name.key.split())


@lru_cache(maxsize=2000)
def _key(shown: str) -> str:
    """A name for comparing: without its legal form, accents and case ("Clearview AI, Inc." is "clearview")."""
    while (shorter := _FORMS.sub("", shown)) != shown:
        shown = shorter
    return folded(shown)
