"""Money, counts and dates in running text, in English, French, German, Spanish, Italian and Dutch.

What they say is put in one form, so that "€20 million", "20 millions d'euros" and "20.000.000 Euro" are the same.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.text import has_figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Found = tuple[int, int, str]
"""Where it starts and ends in the text, and what it says in one form."""

# Numbers

_SPACE = "[ \u00a0\u202f]"
NUMBER = r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,15}(?!\d)(?:[.,]\d{1,15}(?!\d))?"
"""Of up to 15 digits, and as many decimals: what is longer is no amount, and would take long to read."""
_SCALES = {
    3: ("thousand", "k", "mille", "tausend", "tsd", "mil", "mila", "duizend"),
    6: ("million", "millions", "m", "mn", "mio", "millionen", "millón", "millones", "milione", "milioni", "miljoen", "mln"),
    9: ("billion", "billions", "bn", "milliard", "milliards", "milliarde", "milliarden", "mrd", "mil millones", "miliardo",
        "miliardi", "mld", "miljard"),
    12: ("trillion", "trillions", "tn", "billionen", "biljoen"),
}  # fmt: skip
_POWER = {word: power for power, words in _SCALES.items() for word in words}
SCALE = "|".join(sorted((re.escape(word) for word in _POWER), key=len, reverse=True))
"""Words for thousands, millions and so on."""
_THOUSANDS = re.compile(r"(?<=\d)[.,'’\u00a0\u202f ](?=\d{3}(?:\D|$))")


_ENGLISH = frozenset(
    {"k", "thousand", "million", "millions", "m", "mn", "billion", "billions", "bn", "trillion", "trillions", "tn"}
)
_PART = re.compile(r"\d{1,3}[.,]\d{3}")


def amount(digits: str, scale: str = "") -> Decimal | None:
    """What a number says: "20" and "million" are 20,000,000. A mark before exactly three digits parts thousands.

    Not so before a large word, where it is the mark that begins the decimals in its language: "1.375 billion", "1,375 Mrd.".
    """
    word = scale.lower().rstrip(".")
    begins_decimals = word and _PART.fullmatch(digits) and (digits[-4] == ".") == (word in _ENGLISH)
    plain = (digits if begins_decimals else _THOUSANDS.sub("", digits)).replace(",", ".")
    try:
        return Decimal(plain).scaleb(_POWER.get(word, 0))
    except InvalidOperation:
        return None


def _plain(number: Decimal) -> str:
    return f"{number.quantize(Decimal(1)):,}" if number == number.to_integral_value() else f"{number.normalize():,f}"


_DIGITS = re.compile(r"\d\d*")
"""What begins with one character instead of several is found twice as fast."""


@lru_cache(maxsize=4)
def _numbers(text: str) -> Sequence[int]:
    """Where numbers begin: looked for once, for sums, counts and dates."""
    return [digits.start() for digits in _DIGITS.finditer(text)] if has_figure(text) else []


def _around(
    text: str, pattern: re.Pattern[str], before: re.Pattern[str] | None = None, longest: int = 0
) -> Iterator[re.Match[str]]:
    """Where a pattern stands that has a number at its start, or right after what `before` finds in up to `longest` characters.

    The same as `pattern.finditer(text)`, which would try at every character.
    """
    end = 0
    for at in _numbers(text):
        if at < end:
            continue
        led = before.search(text, max(end, at - longest), at) if before else None
        found = (pattern.match(text, led.start()) if led else None) or pattern.match(text, at)
        if found:
            end = found.end()
            yield found


# Money

_SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "$": "USD", "us$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD",
            "au$": "AUD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL"}  # fmt: skip
_CODES = ("EUR", "USD", "GBP", "CHF", "JPY", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "BRL", "INR", "CNY")
_UNITS = {
    "EUR": ("euro", "euros", "eur", "€"),
    "USD": ("us dollars", "u.s. dollars", "dollar", "dollars", "dólares", "dollari", "usd", "$"),
    "GBP": ("pounds", "pound", "livres sterling", "pfund", "libras", "sterline", "pond", "gbp", "£"),
    "CHF": ("swiss francs", "francs suisses", "franken", "schweizer franken", "chf"),
    "JPY": ("yen", "jpy"),
    "CAD": ("canadian dollars", "cad"),
    "AUD": ("australian dollars", "aud"),
    "SEK": ("swedish kronor", "sek"),
    "NOK": ("norwegian kroner", "nok"),
    "DKK": ("danish kroner", "dkk"),
    "INR": ("rupees", "inr"),
}
_UNIT = {word: code for code, words in _UNITS.items() for word in words}
_SYMBOL = r"(?:US|CA?|AU?|NZ|HK|[SR])?\$|[€£¥₹]"
_UNIT_WORD = "|".join(sorted((re.escape(word) for word in _UNIT), key=len, reverse=True))
_MONEY = re.compile(
    rf"(?=(?-i:[\d€£¥₹$A-Z]))(?:(?P<before>{_SYMBOL}|\b(?:{'|'.join(_CODES)})\b){_SPACE}?(?P<n1>{NUMBER})(?:{_SPACE}?-?(?P<s1>{SCALE})\b\.?)?"
    rf"|(?<![\w.,€$£])(?P<n2>{NUMBER})(?:[ \u00a0\u202f-]?(?P<s2>{SCALE})\b\.?)?[ \u00a0\u202f-]?(?:d['’]|de |di )?"
    rf"(?P<after>{_UNIT_WORD})(?!\w))",
    re.IGNORECASE,
)


_CURRENCY_BEFORE = re.compile(rf"(?:{_SYMBOL}|\b(?:{'|'.join(_CODES)})){_SPACE}?\Z", re.IGNORECASE)


def money(text: str) -> Iterator[Found]:
    """Sums of money, as "EUR 20,000,000"."""
    for match in _around(text, _MONEY, _CURRENCY_BEFORE, 5):
        digits, scale = (match["n1"], match["s1"]) if match["n1"] else (match["n2"], match["s2"])
        sum = amount(digits, scale or "")
        code = _currency(match["before"], match["after"])
        if sum and code:
            yield match.start(), match.end(), f"{code} {_plain(sum)}"


def _currency(before: str | None, after: str | None) -> str:
    if before:
        return _SYMBOLS.get(before.lower(), before.upper())
    return _UNIT.get((after or "").lower(), "")


# Counts

_THINGS = {
    "images": ("images", "pictures", "photos", "photographs", "bilder", "fotos", "bildern", "imágenes", "immagini", "foto",
               "beelden", "foto's", "fotografías", "photographies"),
    "faces": ("faces", "visages", "gesichter", "gesichtern", "rostros", "caras", "volti", "gezichten"),
    "people": ("people", "persons", "individuals", "citizens", "residents", "personnes", "personen", "menschen", "personas",
               "persone", "mensen", "bürger", "citoyens", "ciudadanos", "cittadini", "burgers", "passengers", "travellers",
               "travelers", "migrants", "victims"),
    "users": ("users", "customers", "accounts", "subscribers", "utilisateurs", "nutzer", "nutzern", "usuarios", "utenti",
              "gebruikers", "kunden", "klanten", "clients", "clientes", "comptes", "konten"),
    "complaints": ("complaints", "plaintes", "beschwerden", "reclamaciones", "denuncias", "quejas", "reclami", "klachten"),
    "records": ("records", "files", "documents", "datensätze", "registros", "fingerprints", "fichiers"),
    "cameras": ("cameras", "caméras", "kameras", "cámaras", "telecamere", "camera's"),
    "searches": ("searches", "requests", "queries", "recherches", "demandes", "anfragen", "solicitudes", "richieste",
                 "verzoeken"),
    "cases": ("cases", "investigations", "decisions", "fines", "agencies", "companies", "entreprises", "unternehmen", "empresas"),
}  # fmt: skip
_THING = {word: word if kind == "cases" else kind for kind, words in _THINGS.items() for word in words}
_THING_WORD = "|".join(sorted((re.escape(word) for word in _THING), key=len, reverse=True))
_PARTS_FROM = "and|or|to|for|who|that|with|from|avec|dans|par|pour|auf|für|mit|oder|und|von|con|para|por|per|door|met|van|voor"
"""Words that part a number from a thing: an age of 16 for accounts counts no accounts."""
_COUNT = re.compile(
    rf"(?=\d)(?<![\w.,€$£-])(?P<n>{NUMBER})(?:{_SPACE}(?P<s>{SCALE})\b\.?)?{_SPACE}"
    rf"(?:(?:of|de|di|d['’]|van)[ ]?)?(?:(?!(?:{_PARTS_FROM})\b)[\w-]{{3,16}} ){{0,2}}?(?P<thing>{_THING_WORD})(?!\w)",
    re.IGNORECASE,
)
_FEWEST = 10


def counts(text: str) -> Iterator[Found]:
    """How many there are of what, from ten up, as "20,000,000,000 images", be they called images, pictures or photos."""
    for match in _around(text, _COUNT):
        number = amount(match["n"], match["s"] or "")
        if number is not None and number >= _FEWEST and not _is_year(match["n"], match["s"]):
            yield match.start(), match.end(), f"{_plain(number)} {_THING[match['thing'].lower()]}"


def _is_year(digits: str, scale: str | None) -> bool:
    return not scale and len(digits) == 4 and digits.isdecimal() and 1900 <= int(digits) <= 2100


# Dates

_MONTHS = (
    "january janvier januar enero gennaio januari jan", "february février fevrier februar febrero febbraio februari feb",
    "march mars märz marzo maart mar", "april avril abril aprile apr", "may mai mayo maggio mei",
    "june juin juni junio giugno jun", "july juillet juli julio luglio jul", "august août aout agosto augustus aug",
    "september septembre septiembre settembre sept sep", "october octobre oktober octubre ottobre oct okt",
    "november novembre noviembre nov", "december décembre decembre dezember diciembre dicembre dec dez",
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_MONTH_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))
_DATE = re.compile(
    r"(?=(?-i:[\dJFMASOND]))(?:\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    rf"|\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?: of| de)? (?P<m1>{_MONTH_NAME})\b\.?,?(?:(?: de)? (?P<y1>(?:19|20)\d\d)\b)?"
    rf"|\b(?P<m2>{_MONTH_NAME})\b\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y2>(?:19|20)\d\d)\b)?)",
    re.IGNORECASE,
)


_MONTH_BEFORE = re.compile(r"[JFMASOND][A-Za-zéûäÉÛÄ]{2,}\.? \Z")
"""What may be one; `_DATE` says whether it is."""


def dates(text: str, said_on: date | None = None) -> Iterator[Found]:
    """Days, as "2022-10-17". One without a year is the nearest to the day that it was said on; without that it is left out."""
    for match in _around(text, _DATE, _MONTH_BEFORE, 14):
        day = _day(match, said_on)
        if day is not None:
            yield match.start(), match.end(), day.isoformat()


def _day(match: re.Match[str], said_on: date | None) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        month = _MONTH[(match["m1"] or match["m2"]).lower()]
        day = int(match["d1"] or match["d2"])
        year = match["y1"] or match["y2"]
        if year:
            return date(int(year), month, day)
        return _nearest(month, day, said_on) if said_on else None
    except ValueError:
        return None


def _nearest(month: int, day: int, said_on: date) -> date:
    near = (date(year, month, day) for year in (said_on.year - 1, said_on.year, said_on.year + 1))
    return min(near, key=lambda found: abs(found - said_on))


# Deadlines

_WORDS = {
    1: "one un une einem einer eines uno una één een", 2: "two deux zwei dos due twee", 3: "three trois drei tres tre drie",
    4: "four quatre vier cuatro quattro", 5: "five cinq fünf cinco cinque vijf", 6: "six sechs seis sei zes",
    7: "seven sept sieben siete sette zeven", 8: "eight huit acht ocho otto", 9: "nine neuf neun nueve nove negen",
    10: "ten dix zehn diez dieci tien", 12: "twelve douze zwölf doce dodici twaalf",
}  # fmt: skip
_SAID = {word: number for number, words in _WORDS.items() for word in words.split()}
_PERIODS = {
    "day": ("days", "day", "jours", "jour", "tagen", "tage", "días", "día", "giorni", "giorno", "dagen", "dag"),
    "week": ("weeks", "week", "semaines", "semaine", "wochen", "woche", "semanas", "semana", "settimane", "weken"),
    "month": ("months", "month", "mois", "monaten", "monate", "monat", "meses", "mes", "mesi", "mese", "maanden", "maand"),
    "year": ("years", "year", "ans", "jahren", "jahre", "jahr", "años", "año", "anni", "anno", "jaar"),
}
_PERIOD = {word: period for period, words in _PERIODS.items() for word in words}
_WITHIN = re.compile(
    r"\b(?:within|dans un délai de|sous|innerhalb von|binnen|en un plazo de|en el plazo de|entro)"
    rf"(?: a period of| the next)? (?P<n>\d{{1,3}}|{'|'.join(_SAID)}) "
    rf"(?P<period>{'|'.join(sorted(_PERIOD, key=len, reverse=True))})\b",
    re.IGNORECASE,
)


_GIVEN = ("within", "dans un d", "sous", "innerhalb", "binnen", "en un plazo", "en el plazo", "entro")


def deadlines(text: str) -> Iterator[Found]:
    """How long somebody was given, as "within 2 months"."""
    if not any(map(text.lower().__contains__, _GIVEN)):
        return
    for match in _WITHIN.finditer(text):
        said = match["n"].lower()
        number = int(said) if said.isdecimal() else _SAID[said]
        period = _PERIOD[match["period"].lower()]
        yield match.start(), match.end(), f"within {number} {period}{'s' if number != 1 else ''}"
