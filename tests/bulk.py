"""A large library in a minute: written straight into the tables, synthetic, varied, and the same for the same seed.

Nothing is pending in it. It has no full-text index: `Library.reindex` makes one, in minutes at 100,000 articles.
"""

from __future__ import annotations

import hashlib
import random
from itertools import accumulate
from typing import TYPE_CHECKING

import apsw

from reader.analysis.vectors import Vector, fingerprint
from reader.records import Reading
from reader.store.database import FILE, Database, new_uid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = 1_795_348_800  # 2026-11-22T12:00Z
DAY = 86_400
YEARS = 4
LARGEST_THREAD = 400

WORDS = {
    "en": "court regulator fine camera police station border wallet face template consent appeal vendor airport school"
    " stadium trial ministry audit complaint database ruling watchdog parliament privacy law order breach deadline",
    "de": "Gericht Behörde Bußgeld Kamera Polizei Bahnhof Grenze Ausweis Gesicht Einwilligung Berufung Anbieter Flughafen"
    " Schule Prüfung Beschwerde Datenbank Urteil Parlament Datenschutz Gesetz Frist Verordnung Überwachung",
    "fr": "tribunal autorité amende caméra police gare frontière portefeuille visage consentement appel fournisseur aéroport"
    " école contrôle plainte base décision parlement données loi délai règlement surveillance enquête",
    "es": "tribunal autoridad multa cámara policía estación frontera cartera rostro consentimiento recurso proveedor aeropuerto"
    " escuela auditoría denuncia base sentencia parlamento datos ley plazo reglamento vigilancia",
    "pl": "sąd urząd kara kamera policja dworzec granica portfel twarz zgoda odwołanie dostawca lotnisko szkoła kontrola skarga"
    " baza wyrok parlament dane ustawa termin rozporządzenie nadzór śledztwo",
    "ar": "محكمة هيئة غرامة كاميرا شرطة محطة حدود محفظة وجه موافقة استئناف مورد مطار مدرسة تدقيق شكوى قاعدة حكم برلمان"
    " بيانات قانون مهلة لائحة مراقبة تحقيق خصوصية",
    "ja": "裁判所 当局 罰金 カメラ 警察 駅 国境 財布 顔認証 同意 控訴 業者 空港 学校 監査 苦情 判決 議会"
    " 個人情報 法律 期限 規則 監視",
}
LANGUAGES = ("en",) * 11 + ("de", "de", "fr", "fr", "es", "pl", "ar", "ar", "ja")
PLACES = ("Berlin", "Paris", "Lyon", "Nairobi", "São Paulo", "Dublin", "Gdańsk", "Amman", "Ōsaka", "Toronto", "Athens", "Turin")
FOLDERS = ("", "Authorities", "Courts", "NGOs", "Trade press", "Wires", "الصحافة")
TOPICS = ("Face recognition", "Digital identity", "Fines", "Borders", "Schools", "Police", "Data transfers", "Wallets")


def bulk(folder: Path, articles: int, threads: int, seed: int = 1) -> None:
    """Fill a fresh library in `folder` with so many articles in so many threads."""
    Database(folder).close()
    db = apsw.Connection(str(folder / FILE))
    db.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)  # what they would note is written here, and nothing is to be pending
    db.pragma("synchronous", "OFF")
    db.pragma("cache_size", -200_000)
    with db:
        Filling(db, random.Random(seed), articles, threads).fill()
    db.pragma("optimize")
    db.close()


class Filling:
    """One library on its way."""

    def __init__(self, db: apsw.Connection, chance: random.Random, articles: int, threads: int) -> None:
        self.db, self.chance = db, chance
        self.articles, self.threads = articles, threads
        self.providers, self.feeds = max(3, min(400, articles // 20)), max(2, min(120, articles // 40))
        self.vocabulary = {language: words.split() for language, words in WORDS.items()}
        self.paragraphs = {language: [self.sentence(language, 48) for _ in range(150)] for language in WORDS}
        self.titles: list[tuple[str, str]] = []
        self.marks: list[int] = []
        self.dates: list[int | None] = []
        self.members: list[list[int]] = []

    def fill(self) -> None:
        """Everything, in the order in which it leans on what is there."""
        self.sources()
        self.coverage()
        self.grouping()
        self.matches()
        self.own_words()

    def sentence(self, language: str, length: int) -> str:
        """Words that mean nothing, in a language."""
        found = " ".join(self.chance.choices(self.vocabulary[language], k=length))
        return f"{found[0].upper()}{found[1:]}."

    def title(self, language: str) -> str:
        """A title; one in a hundred is very long."""
        length = 60 if self.chance.random() < 0.01 else self.chance.randint(4, 11)
        return f"{self.chance.choice(PLACES)}: {self.sentence(language, length)[:-1]} {self.chance.randint(1, 9999)}"

    def sources(self) -> None:
        """Providers and feeds."""
        self.db.executemany(
            "INSERT INTO provider (id, key, domain, name, standing, changed) VALUES (?, ?, ?, ?, ?, ?)",
            (
                (id, f"outlet-{id}.example", f"outlet-{id}.example", self.outlet(id), self.chance.choice((None, 30, 60, 90)), NOW)
                for id in range(1, self.providers + 1)
            ),
        )
        self.db.executemany(
            "INSERT INTO feed (id, uid, url, title, link, folder, username, allow_private, changed)"
            " VALUES (?, ?, ?, ?, ?, ?, '', 0, ?)",
            (
                (id, new_uid(), f"https://outlet-{id}.example/feed", f"Feed of {self.outlet(id)}", "", FOLDERS[id % 7], NOW)
                for id in range(1, self.feeds + 1)
            ),
        )
        self.db.executemany(
            "INSERT INTO poll VALUES (?, ?, ?, 0, ?, ?, 0, ?, '', '', x'', '')",
            (
                (id, "ok" if id % 9 else "failed", "" if id % 9 else "the server said 503", NOW, NOW + DAY, NOW - id * 3600)
                for id in range(1, self.feeds + 1)
            ),
        )

    def outlet(self, id: int) -> str:
        """What a provider is called."""
        kind = ("Courier", "Ledger", "Tageblatt", "Journal", "Agencia", "صحيفة", "新聞")[id % 7]
        return f"{PLACES[id % len(PLACES)]} {kind} {id}"

    def coverage(self) -> None:
        """Articles with their texts, states and scores, and how they came."""
        chance = self.chance
        rows, texts, states, arrivals, addresses = [], [], [], [], []
        for id in range(1, self.articles + 1):
            language = chance.choice(LANGUAGES)
            title = self.title(language)
            date = None if chance.random() < 0.01 else NOW - int(chance.random() ** 2 * YEARS * 365 * DAY)
            text = "\n\n".join(chance.choices(self.paragraphs[language], k=chance.randint(2, 4)))
            source = min(chance.randint(1, self.providers), chance.randint(1, self.providers))
            url = f"https://outlet-{source}.example/{id}"
            self.titles.append((title, language))
            self.marks.append(fingerprint(Reading(id=id, title=title, language=language, text=text)))
            self.dates.append(date)
            rows.append(
                (id, hashlib.sha256(url.encode()).hexdigest(), source, title, text[:220], f"Author {id % 500}", language, date,
                 (date or NOW) + 600, url, len(text.split()))
            )  # fmt: skip
            texts.append((id, text, text))
            read = chance.random() < 0.7
            states.append((id, read, NOW if read else None, chance.random() < 0.01, chance.random() < 0.005))
            arrivals.append(((source - 1) % self.feeds + 1, url, id))
            addresses.append((url, id))
        self.db.executemany(
            "INSERT INTO article (id, key, provider, title, excerpt, author, category, type, language, date, arrived, web_url,"
            " original_url, amp_url, cdn_amp_url, word_count, secured)"
            " VALUES (?, ?, ?, ?, ?, ?, '', 'article', ?, ?, ?, ?, '', '', '', ?, '')",
            rows,
        )
        self.db.executemany("INSERT INTO content VALUES (?, 'text/plain', ?, ?)", texts)
        self.db.executemany("INSERT INTO state (article, read, read_changed, starred, hidden) VALUES (?, ?, ?, ?, ?)", states)
        self.db.executemany("INSERT INTO arrival (feed, guid, fingerprint, article) VALUES (?, ?, x'00', ?)", arrivals)
        self.db.executemany("INSERT INTO address VALUES (?, ?)", addresses)

    def sizes(self) -> Iterator[int]:
        """How many articles each thread has: many have one, a few have hundreds."""
        left = self.articles - self.threads
        weights = [self.chance.paretovariate(1.1) for _ in range(self.threads)]
        for weight, rest in zip(weights, reversed(list(accumulate(reversed(weights)))), strict=True):
            more = min(LARGEST_THREAD, round(left * weight / rest))
            left -= more
            yield 1 + more
        for _ in range(left):  # what the largest could not take stands alone
            yield 1

    def grouping(self) -> None:
        """Threads of articles that follow one another in time, with scores, storylines and names."""
        in_time = sorted(range(1, self.articles + 1), key=lambda article: (self.dates[article - 1] or NOW, article))
        rows, places, scores, names = [], [], [], []
        at = 0
        for thread, size in enumerate(self.shuffled(self.sizes()), start=1):
            members = in_time[at : at + size]
            at += size
            self.members.append(members)
            dates = [date for id in members if (date := self.dates[id - 1]) is not None]
            quality = round(self.chance.triangular(0, 100, 55))
            independent = round((size - 1) * 0.6)
            heat = quality + 10 * min(independent, 12)
            rows.append(
                (thread, new_uid(), self.titles[members[0] - 1][0], members[0], quality, heat,
                 round(self.chance.uniform(-1, 1), 2) if size > 4 else None, size, independent, independent + 1,
                 min(dates, default=None), max(dates, default=None), thread // 20 if thread % 20 < 3 and thread >= 20 else None)
            )  # fmt: skip
            names += [(id, f"matter {thread // 4}", f"Matter {thread // 4}", "case", 1) for id in members[:3]]
            for place, id in enumerate(members):
                copied = place > 0 and self.chance.random() < 0.25
                places.append((id, thread, place == 0 or not copied, members[0] if copied else None, self.vector(id, thread)))
                own = quality if place == 0 else round(self.chance.triangular(0, 100, 50))
                scores.append((id, own, heat if place == 0 else -1, place == 0 and heat >= 70))
        self.db.executemany(
            "INSERT INTO thread (id, uid, title, head, quality, heat, momentum, size, independent, providers, first, last,"
            " storyline) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        self.db.executemany(
            "INSERT INTO membership (article, thread, independent, copy_of, vector, at, outlet)"
            " SELECT ?1, ?2, ?3, ?4, ?5, coalesce(date, 253402300800), provider FROM article WHERE id = ?1",
            places,
        )
        self.db.execute("INSERT INTO term VALUES (0, ?)", (self.threads,))
        self.db.executemany("INSERT INTO score VALUES (?, ?, ?, ?)", scores)
        self.db.executemany("INSERT INTO name (article, name, shown, kind, leads) VALUES (?, ?, ?, ?, ?)", names)
        self.db.execute(
            "INSERT INTO storyline (id, uid, title, status, first, last)"
            " SELECT storyline, randomblob(16), min(title), 'moving', min(first), max(last)"
            " FROM thread WHERE storyline IS NOT NULL GROUP BY storyline"
        )

    def vector(self, id: int, thread: int) -> bytes:
        """Terms of which its thread shares a third; so marked that grouping takes it for level with the text."""
        terms = [*range(thread * 8, thread * 8 + 8), *range(1 << 24 | id * 16, (1 << 24 | id * 16) + 16)]
        sketch = tuple(self.chance.getrandbits(32) for _ in range(32))
        language = self.titles[id - 1][1]
        return Vector(dict.fromkeys(terms, len(terms) ** -0.5), self.marks[id - 1], 0, sketch, 100, language).packed()

    def shuffled(self, sizes: Iterator[int]) -> list[int]:
        """Large ones anywhere; as many as there are to be, the rest joined to small ones."""
        found = list(sizes)
        over = found[self.threads :]
        found = found[: self.threads]
        for place in range(len(over)):
            found[place % self.threads] += 1
        self.chance.shuffle(found)
        return found

    def matches(self) -> None:
        """Topics, each of another size, and what they find."""
        for id, name in enumerate(TOPICS, start=1):
            self.db.execute(
                "INSERT INTO topic (id, uid, name, query, changed) VALUES (?, ?, ?, ?, ?)", (id, new_uid(), name, name, NOW)
            )
            self.db.execute("INSERT INTO topic_filled VALUES (?, ?)", (id, name))
            found = self.chance.sample(range(1, self.articles + 1), self.articles // (id + 2))
            self.db.executemany("INSERT INTO topic_match (topic, article) VALUES (?, ?)", ((id, article) for article in found))

    def own_words(self) -> None:
        """Highlights and notes on one article in two hundred, and a briefing."""
        chosen = self.chance.sample(range(1, self.articles + 1), max(1, self.articles // 200))
        for made, id in enumerate(chosen):
            text = self.db.execute("SELECT text FROM content WHERE article = ?", (id,)).get
            assert isinstance(text, str)
            start = self.chance.randrange(len(text) // 2)
            end = min(len(text), start + self.chance.randint(20, 200))
            colour = ("yellow", "green", "pink", "blue")[made % 4]
            self.db.execute(
                "INSERT INTO highlight (uid, article, exact, prefix, suffix, start, end, colour, made, changed)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (new_uid(), id, text[start:end], text[max(0, start - 32) : start], text[end : end + 32], start, end, colour,
                 NOW - made * 977, NOW),
            )  # fmt: skip
            on = {0: ("highlight", self.db.last_insert_rowid()), 1: ("article", id)}.get(made % 3)
            if on:
                self.db.execute(
                    f"INSERT INTO note (uid, {on[0]}, text, made, changed) VALUES (?, ?, ?, ?, ?)",
                    (new_uid(), on[1], f"Ask about this: {self.sentence('en', 8)}", NOW - made * 977, NOW),
                )
        self.db.execute(
            "INSERT INTO briefing (uid, title, audience, summary, made, changed) VALUES (?, 'Week 47', 'The board', '', ?, ?)",
            (new_uid(), NOW, NOW),
        )
        self.db.executemany(
            "INSERT INTO briefing_item (uid, briefing, position, kind, target, comment, changed)"
            " VALUES (?, 1, ?, 'thread', ?, '', ?)",
            ((new_uid(), place, thread, NOW) for place, thread in enumerate(range(1, min(6, self.threads + 1)), start=1)),
        )
