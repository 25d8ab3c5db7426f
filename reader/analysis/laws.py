"""Laws, cases and authorities of data protection by the names that texts give them; companies by theirs.

One name for each, whatever the language: RGPD, DSGVO and AVG are the GDPR.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.text import has_figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.analysis.amounts import Found

_CAPITAL = re.compile(r"[A-Z]\w*")


@lru_cache(maxsize=4)
def _capitals(text: str) -> frozenset[str]:
    """The words with a capital letter, from that on: what no law and no company can do without, and quickly looked up."""
    return frozenset(_CAPITAL.findall(text))


# Laws

LAWS = {
    "UK GDPR": r"UK[ -]GDPR",
    "GDPR": r"(?:EU )?(?:GDPR|RGPD|DS-?GVO)|General Data Protection (?:Regulation|Directive)|Datenschutz-?Grundverordnung"
    r"|Règlement général sur la protection des données|Reglamento General de Protección de Datos"
    r"|Regolamento generale sulla protezione dei dati|Algemene Verordening Gegevensbescherming|\bAVG\b",
    "AI Act": r"(?:EU )?(?:AI|Artificial Intelligence) Act|KI-(?:Verordnung|Gesetz)|AI[- ][Vv]erordening|Ley de IA"
    r"|[Rr]èglement (?:européen )?sur l['’](?:IA|intelligence artificielle)|Reglamento de (?:IA|Inteligencia Artificial)"
    r"|[Rr]egolamento (?:europeo )?sull['’](?:IA|intelligenza artificiale)",
    "BIPA": r"BIPA|Biometric Information Privacy Act",
    "CCPA": r"CCPA|California Consumer Privacy Act",
    "CPRA": r"CPRA|California Privacy Rights Act",
    "CUBI": r"Capture or Use of Biometric Identifier Act",
    "COPPA": r"COPPA|Children['’]s Online Privacy Protection Act",
    "HIPAA": r"HIPAA",
    "FISA": r"FISA|Foreign Intelligence Surveillance Act",
    "FTC Act": r"FTC Act",
    "DSA": r"DSA|Digital Services Act|Gesetz über digitale Dienste|Ley de Servicios Digitales",
    "DMA": r"DMA|Digital Markets Act|Gesetz über digitale Märkte",
    "Data Act": r"(?:EU )?Data Act",
    "Law Enforcement Directive": r"Law Enforcement Directive|Directive Police-Justice|JI-Richtlinie",
    "ePrivacy Directive": r"[Ee]-?Privacy (?:Directive|Regulation)",
    "Data Retention Directive": r"Data Retention Directive|Vorratsdatenspeicherungsrichtlinie",
    "Prüm II": r"Pr(?:ü|ue?)m II",
    "EU Charter": r"Charter of Fundamental Rights|Grundrechtecharta|Charte des droits fondamentaux",
    "ECHR": r"European Convention on Human Rights|Europäische Menschenrechtskonvention",
    "Convention 108": r"Convention 108\+?",
    "Data Protection Act": r"Data Protection Act(?: (?:1998|2018))?",
    "Investigatory Powers Act": r"Investigatory Powers Act",
    "Online Safety Act": r"Online Safety (?:Act|Bill)",
    "Loi Informatique et Libertés": r"[Ll]oi Informatique et Libertés|French Data Protection Act",
    "BDSG": r"BDSG|Bundesdatenschutzgesetz",
    "LOPDGDD": r"LOPDGDD|Ley Orgánica de Protección de Datos",
    "PIPEDA": r"PIPEDA",
    "LGPD": r"LGPD|Lei Geral de Proteção de Dados",
    "PIPL": r"PIPL|Personal Information Protection Law",
    "Privacy Act": r"Privacy Act(?: 19\d\d)?",
    "eIDAS": r"eIDAS(?: 2(?:\.0)?)?",
    "EES": r"Entry[/-]Exit System|EES|[Ss]ystème d['’]entrée/sortie|Einreise-?/Ausreisesystem",
    "Eurodac": r"E(?:urodac|URODAC)",
}
NUMBERED = (
    r"(?:Regulation|Directive|Verordnung|Richtlinie|[Rr]èglement|Reglamento|Regolamento|Verordening|Richtlijn)"
    r" (?:\(E[UC]\) )?(?:No\.? |nº ?|n° ?)?\d{2,4}/\d{2,4}(?:/(?:EU|EC|CE|EG|UE))?"
)
_ARTICLE = r"(?:[Aa]rt(?:icle|icles|\.|ikel|ículo|icolo|s\.)?|Section|§)"
_PLACE = r"\d{1,3}[a-z]?(?: ?\(\d{1,2}\))?(?: ?\([a-z]{1,2}\))?"
_OF = r"(?: of the| of| du| de la| de l['’]| del| della| dell['’]| der| des| van de| van het)?(?: EU| EU's)?"


def _either(names: dict[str, str]) -> str:
    return "|".join(f"(?P<_{number}>{pattern})" for number, pattern in enumerate(names.values()))


_NAMES = list(LAWS)
_ANY_LAW = re.compile(
    rf"(?=[A-Z§aelrs])(?<![\w-])(?:(?P<part>{_ARTICLE}) ?(?P<before>{_PLACE}),?{_OF} )?(?:{_either(LAWS)}"
    rf"|(?P<numbered>{NUMBERED}))"
    rf"(?!\w)(?:,? (?P<section>{_ARTICLE}) ?(?P<after>{_PLACE}))?"
)


_LAW_WORDS = frozenset({
    "GDPR", "RGPD", "DS", "DSGVO", "AVG", "BIPA", "CCPA", "CPRA", "CUBI", "COPPA", "HIPAA", "FISA", "DSA", "DMA", "IA", "BDSG",
    "LOPDGDD", "PIPEDA", "LGPD", "PIPL", "IDAS", "EES", "Act", "Bill", "Protection", "Datenschutz",
    "DatenschutzGrundverordnung", "Datenschutzgrundverordnung", "Grundverordnung", "Règlement", "Reglamento", "Regolamento",
    "Verordening", "Gegevensbescherming", "KI", "AI", "Système",
    "Gesetz", "Ley", "Inteligencia", "Directive", "Regulation", "Verordnung",
    "Richtlinie", "Richtlijn", "Privacy", "Retention", "Vorratsdatenspeicherungsrichtlinie", "Prüm", "Prum", "Pruem",
    "Charter", "Grundrechtecharta", "Charte", "ECHR", "Convention", "Menschenrechtskonvention", "Informatique",
    "Bundesdatenschutzgesetz", "Lei", "Exit", "Ausreisesystem", "Einreise", "Eurodac", "EURODAC", "Services",
})  # fmt: skip
"""Of each law a word with a capital letter that stands in it, whatever form of its name …"""
_LAW_WORDS_WITHOUT = ("règlement", "regolamento", "système d")
"""… and what those have that need none."""


def _may_name_law(text: str) -> bool:
    return not _LAW_WORDS.isdisjoint(_capitals(text)) or any(map(text.__contains__, _LAW_WORDS_WITHOUT))


def laws(text: str) -> Iterator[Found]:
    """Laws, with the article where one is named, as "GDPR Art. 5(1)(a)"."""
    if not _may_name_law(text):
        return
    for match in _ANY_LAW.finditer(text):
        name = match["numbered"] or next(name for at, name in enumerate(_NAMES) if match[f"_{at}"])
        part = match["part"] or match["section"] or ""
        where = (match["before"] or match["after"] or "").replace(" ", "")
        short = "Section" if part in {"Section", "§"} else "Art."
        yield match.start(), match.end(), f"{name} {short} {where}" if where else name


# Cases

_CASE = re.compile(
    r"(?=[\dA-Z\[acdr])(?:\b(?P<court>[CTF][-‑–]\d{1,4}/\d{2}(?: (?:P|PPU))?)\b"
    r"|\b(?P<cnil>(?:SAN|MED)[-‑–](?:19|20)\d\d[-‑–]\d{3})\b"
    r"|\b(?P<eu>(?:19|20)\d\d/\d{4} ?\((?:COD|NLE|CNS|INI|RSP|INL)\))"
    r"|\b(?P<com>COM ?\((?:19|20)\d\d\) ?\d{1,4})\b"
    r"|\b(?P<ecli>ECLI:[A-Z]{2}:\w+:\d{4}:[\w.]+)\b"
    r"|\b(?P<us>\d:\d{2}-(?:cv|cr|mc)-\d{3,6})\b"
    r"|\b(?P<spain>PS/\d{5}/\d{4})\b"
    r"|\b(?P<germany>\d{1,2} (?:BvR|BvL|BvF) \d{1,4}/\d{2})\b"
    r"|(?P<uk>\[20\d\d\] (?:EWCA Civ|EWCA Crim|EWHC|UKSC|UKUT|UKFTT) \d{1,5})"
    r"|\b(?:[Aa]pplications? [Nn]os?\.?|[Rr]equête n°|[Aa]pp\. [Nn]o\.) (?P<echr>\d{3,6}/\d{2})\b"
    r"|\b(?:[Cc]ase|[Dd]ocket|[Dd]ecision) [Nn]o\.? (?P<docket>\d{2,4}-\d{2,6})\b)"
)


_PARTED = re.compile(r"[-‑–/:(\[]\d")
"""Every number of a case has a figure after one of these."""


def cases(text: str) -> Iterator[Found]:
    """Numbers of cases, decisions and procedures: C-311/18, SAN-2022-019, 2021/0106(COD)."""
    if not has_figure(text) or not _PARTED.search(text):
        return
    for match in _CASE.finditer(text):
        kind = match.lastgroup or ""
        number = re.sub("[‑–]", "-", match[kind])
        yield match.start(), match.end(), number.replace(" (", "(") if kind in {"eu", "com"} else number


# Authorities

AUTHORITIES = {
    "CNIL": r"CNIL|Commission [Nn]ationale de l['’][Ii]nformatique et des [Ll]ibert[ée]s"
    r"|French [Dd]ata [Pp]rotection [Aa]uthority",
    "ICO": r"ICO|Information Commissioner['’]s Office|(?:UK )?Information Commissioner",
    "EDPB": r"EDPB|CEPD|EDSA|European Data Protection Board|Comité européen de la protection des données",
    "EDPS": r"EDPS|European Data Protection Supervisor",
    "Garante": r"Garante(?: per la protezione dei dati personali| [Pp]rivacy)?|Italian [Dd]ata [Pp]rotection [Aa]uthority",
    "AEPD": r"AEPD|Agencia Española de Protección de Datos",
    "DPC": r"DPC|(?:Irish )?Data Protection Commission(?!er)",
    "BfDI": r"BfDI|Bundesbeauftragten? für den Datenschutz",
    "Autoriteit Persoonsgegevens": r"Autoriteit Persoonsgegevens|Dutch [Dd]ata [Pp]rotection [Aa]uthority",
    "Hellenic DPA": r"Hellenic (?:DPA|Data Protection Authority)",
    "BayLDA": r"BayLDA|Bayerische[sn]? Landesamte?s? für Datenschutzaufsicht",
    "ODPC": r"ODPC|Office of the Data Protection Commissioner",
    "IMY": r"IMY|Integritetsskyddsmyndigheten",
    "Datatilsynet": r"Datatilsynet",
    "FTC": r"FTC|Federal Trade Commission",
    "OAIC": r"OAIC|(?:Office of the )?Australian Information Commissioner",
    "OPC": r"OPC|(?:Office of the )?Privacy Commissioner of Canada",
    "PIPC": r"PIPC|Personal Information Protection Commission",
    "CPPA": r"CPPA|California Privacy Protection Agency",
    "CJEU": r"CJEU|EuGH|CJUE|TJUE|HvJ-EU|(?<!High )Court of Justice(?: of the (?:European Union|EU))?|Europäischer? Gerichtshof"
    r"|European Court of Justice|Cour de justice de l['’](?:Union européenne|UE)|Tribunal de Justicia de la Unión Europea",
    "ECtHR": r"ECtHR|EGMR|CEDH|European Court of Human Rights|Cour européenne des droits de l['’]homme"
    r"|Europäischer? Gerichtshof für Menschenrechte",
    "European Commission": r"European Commission|Commission européenne|Europäische Kommission|Comisión Europea"
    r"|Commissione europea|Europese Commissie",
    "European Parliament": r"European Parliament|Parlement européen|Europäische[sn]? Parlament|Parlamento [Ee]uropeo"
    r"|Europees Parlement",
    "Council of the EU": r"Council of the (?:European Union|EU)|Rat der (?:Europäischen Union|EU)",
    "US Supreme Court": r"U\.?S\.? Supreme Court",
    "Conseil d'État": r"Conseil d['’][ÉE]tat",
    "Bundesverfassungsgericht": r"Bundesverfassungsgericht|Federal Constitutional Court",
    "Europol": r"Europol",
    "Interpol": r"I(?:nterpol|NTERPOL)",
    "Frontex": r"Frontex",
    "eu-LISA": r"eu-LISA",
    "FRA": r"EU Agency for Fundamental Rights|European Union Agency for Fundamental Rights",
    "NIST": r"NIST|National Institute of Standards and Technology",
}
_AUTHORITY_NAMES = list(AUTHORITIES)
_AUTHORITY = re.compile(rf"(?=[A-Ze])(?<![\w-])(?:{_either(AUTHORITIES)})(?!\w)")


_AUTHORITY_WORDS = frozenset({
    "CNIL", "Commission", "Protection", "ICO", "Information", "EDPB", "EDPS", "CEPD", "EDSA", "Comité", "Garante", "AEPD",
    "Protección", "DPC", "Irish", "BfDI", "Bundesbeauftragte", "Bundesbeauftragten", "Datenschutz", "Autoriteit", "Hellenic",
    "BayLDA", "Datenschutzaufsicht", "ODPC", "IMY", "Integritetsskyddsmyndigheten", "Datatilsynet", "FTC", "OAIC",
    "Australian", "OPC", "Privacy", "PIPC", "CPPA", "CJEU", "EuGH", "CJUE", "TJUE", "HvJ", "Justice", "Gerichtshof", "Cour",
    "Tribunal", "ECtHR", "EGMR", "CEDH", "Court", "Kommission", "Comisión", "Commissione", "Commissie", "Parliament",
    "Parlement", "Parlament", "Parlamento", "Council", "Rat", "Supreme", "Conseil", "Bundesverfassungsgericht",
    "Constitutional", "Europol", "Interpol", "INTERPOL", "Frontex", "LISA", "Fundamental", "NIST", "Institute",
})  # fmt: skip
"""Of each authority a word with a capital letter that stands in it, whatever form of its name …"""
_AUTHORITY_WORDS_WITHOUT = "ata protection"
"""… and what those have that need none."""


def _may_name_authority(text: str) -> bool:
    return not _AUTHORITY_WORDS.isdisjoint(_capitals(text)) or _AUTHORITY_WORDS_WITHOUT in text


def authorities(text: str) -> Iterator[Found]:
    """Regulators, courts, parliaments and agencies, each by one name."""
    if not _may_name_authority(text):
        return
    for match in _AUTHORITY.finditer(text):
        yield match.start(), match.end(), _AUTHORITY_NAMES[int((match.lastgroup or "_0")[1:])]


def without(text: str) -> str:
    """A text with the names of laws and authorities taken out, so that no part of one is taken for another name."""
    rest = _ANY_LAW.sub("·", text) if _may_name_law(text) else text
    return _AUTHORITY.sub("·", rest) if _may_name_authority(rest) else rest


# Companies

KNOWN = (
    "Clearview AI", "PimEyes", "Palantir", "NEC", "Idemia", "IDEMIA", "Thales", "Cognitec", "Rekognition", "Amazon", "Google",
    "Alphabet", "Meta Platforms", "Facebook", "Instagram", "WhatsApp", "Microsoft", "Apple", "TikTok", "ByteDance", "Twitter",
    "OpenAI", "IBM", "LinkedIn", "YouTube", "Snapchat", "Uber", "Worldcoin", "Hikvision", "Dahua", "Huawei", "SenseTime",
    "Megvii", "NtechLab", "Cellebrite", "NSO Group", "ID.me", "Onfido", "Yoti", "Jumio", "Mercadona", "Rite Aid", "Criteo",
    "Oracle", "Salesforce", "Airbnb", "Booking.com", "Vodafone", "Deutsche Telekom", "Orange", "Telefónica",
)  # fmt: skip
_FORMS = (
    r"Inc\b\.?|Corp\b\.?|Corporation|Ltd\b\.?|Limited|LLC|LLP|PLC|plc|GmbH|AG|KG|SE|S\.A\.S?\.?|SAS|SARL|B\.?V\b\.?|N\.V\.|S\.p\.A\.|SpA"
    r"|S\.r\.l\.|AB|ASA|Oyj?|AI|Technologies|Labs|Holdings?|Group|Platforms"
)
_COMPANY = re.compile(
    rf"(?=[A-Z])(?<![\w-])(?:(?P<known>{'|'.join(map(re.escape, KNOWN))})(?! (?:AI|Inc))"
    rf"|(?P<formed>(?:[A-Z][\w&’'-]+ ){{1,3}}?(?:{_FORMS})))(?!\w)"
)
_ARTICLES = re.compile(r"^(?:The|A|An|On|In|At|But|And|For|That|This|When|After|By|As|If|Firm|Company|Startup) ")
_NOT_NAMES = frozenset({"", "The", "A", "An", "This", "That", "Our", "Generative", "Responsible", "European", "Working"})


_COMPANY_WORDS = frozenset({
    "Inc", "Corp", "Corporation", "Ltd", "Limited", "LLC", "LLP", "PLC", "GmbH", "AG", "KG", "SE", "S", "SAS", "SARL", "BV",
    "B", "N", "SpA", "AB", "ASA", "Oy", "Oyj", "AI", "Technologies", "Labs", "Holding", "Holdings", "Group", "Platforms",
    *(word for name in KNOWN for word in _CAPITAL.findall(name)[-1:]),
})  # fmt: skip
"""Of each company a word with a capital letter that stands in it; "plc" has none."""


def companies(text: str) -> Iterator[Found]:
    """Companies: those that are known, and what calls itself Inc, Ltd, GmbH, SA and the like."""
    if _COMPANY_WORDS.isdisjoint(_capitals(text)) and "plc" not in text:
        return
    for match in _COMPANY.finditer(text):
        name = match[0]
        if match["formed"]:
            name = _ARTICLES.sub("", name).rstrip(".")
            name = next((known for known in KNOWN if name.endswith(f" {known}")), name)  # "Regulator Fines Clearview AI"
            if name.rpartition(" ")[0] in _NOT_NAMES:
                continue
        yield match.start(), match.end(), name
