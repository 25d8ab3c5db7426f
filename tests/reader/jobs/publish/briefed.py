"""A small library with a briefing in it: three matters, nine languages, everything that a page has to show.

Written for these tests from public facts, in our own words; providers that are not authorities say that they are samples.
"""

# ruff: noqa: E501 - texts stand as they are read

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from reader.analysis.anchors import anchor
from reader.records import BriefingItem, Outlet, Record
from reader.store import articles, briefings
from reader.store.annotations import add_highlight, add_note

NOW = int(datetime.fromisoformat("2026-11-21T09:30:00+00:00").timestamp())
WIRE, HERALD, LAW = (
    Outlet("Sample Wire", "wire.example"),
    Outlet("Sample Herald", "herald.example"),
    Outlet("Sample Law Weekly", "law.example"),
)
CNIL, AP, ICO = Outlet("CNIL", "cnil.example"), Outlet("Autoriteit Persoonsgegevens", "ap.example"), Outlet("ICO", "ico.example")
ZEITUNG, QUOTIDIEN = Outlet("Beispiel-Zeitung", "zeitung.example"), Outlet("Exemple Quotidien", "quotidien.example")

FINE = (
    "The CNIL has fined Clearview AI 20 million euros, the highest amount that the law allows in this case.\n\n"
    "The company collects photographs from websites all over the world and sells a search engine for faces built from them. "
    "It has gathered more than 20 billion images in this way. People whose pictures are taken know nothing of it. "
    "The company did not provide any response to the formal notice that it was sent in November 2021.\n\n"
    "The restricted committee ordered it to stop collecting data on people in France without a legal basis and to delete what it "
    "holds within two months. After that, each day of delay costs 100,000 euros."
)
AMENDE = (
    "La formation restreinte de la CNIL inflige à Clearview AI une sanction de 20 millions d’euros et lui enjoint de ne plus "
    "collecter, sans base légale, les données de personnes qui se trouvent en France.\n\n"
    "Les personnes concernées ignorent que leurs images sont aspirées ; elles ne peuvent raisonnablement s’y attendre. "
    "La société n’a pas coopéré avec les services de la Commission."
)
BUSSE = (
    "Die französische Aufsicht verhängt die Höchstbuße gegen den Anbieter einer Gesichtersuche. Die Größe der Datenbank "
    "übersteige zwanzig Milliarden Bilder. Für jeden Tag des Verzugs werden 100.000 Euro fällig.\n\n"
    "Datenschutzbeauftragte mehrerer Länder beraten nun über ein gemeinsames Vorgehen gegen Gesichtserkennungsdatenbanken."
)
ARABIC = (
    "فرضت هيئة حماية البيانات الفرنسية غرامة قدرها عشرون مليون يورو على شركة كليرفيو بسبب جمع صور الوجوه دون موافقة أصحابها. "
    "وقالت الهيئة إن الشركة لم ترد على الإنذار الرسمي الموجه إليها في نوفمبر 2021. ويحق للشركة الطعن في القرار خلال شهرين."
)
HEBREW = "הרשות הצרפתית להגנת הפרטיות הטילה קנס של 20 מיליון אירו על חברת קלירוויו. החברה לא השיבה להתראה הרשמית."
CHINESE = "法国数据保护机构对人脸识别公司处以两千万欧元罚款，理由是未经同意收集人脸图像。该机构称，公司没有回应其正式通知。专家认为，罚款的执行仍然困难。"
KOREAN = "프랑스 개인정보 감독기구가 얼굴 인식 업체에 과징금 2천만 유로를 부과했다. 회사는 공식 통지에 답하지 않았다."
HINDI = "फ्रांस की डेटा संरक्षण संस्था ने चेहरा पहचान कंपनी पर दो करोड़ यूरो का जुर्माना लगाया। कंपनी ने औपचारिक नोटिस का उत्तर नहीं दिया।"
RUSSIAN = (
    "Французский регулятор оштрафовал компанию Clearview AI на 20 миллионов евро. Компания не ответила на официальное требование."
)


class Coverage:
    """Puts articles, threads and annotations into a library, by short calls."""

    def __init__(self, db):
        self.db = db
        self.numbers = count(1)

    def article(self, provider, title, text, when, quality=70.0, language="en", author="", url=None):
        record = Record(
            title=title,
            text=text,
            author=author,
            provider=provider,
            date=datetime.fromisoformat(when).astimezone() if when else None,
            language=language,
            quality=quality,
            web_url=f"https://{provider.domain or 'nowhere.example'}/{next(self.numbers)}" if url is None else url,
        )
        return articles.keep(self.db, record, NOW)[0]

    def thread(self, title, head, members, *, heat, quality, copies=(), storyline=None):
        dates = [date for (date,) in self.db.execute(
            f"SELECT date FROM article WHERE id IN ({','.join(map(str, members))}) AND date IS NOT NULL")]  # fmt: skip
        self.db.execute(
            "INSERT INTO thread (uid, title, head, quality, heat, size, independent, providers, first, last, storyline)"
            " VALUES (randomblob(16), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (title, head, quality, heat, len(members), len(members) - len(copies) - 1, len(members), min(dates, default=None),
             max(dates, default=None), storyline),
        )  # fmt: skip
        id = self.db.last_insert_rowid()
        for member in members:
            self.db.execute(
                "INSERT INTO membership (article, thread, independent, copy_of, vector) VALUES (?, ?, ?, ?, x'')",
                (member, id, member not in copies, head if member in copies else None),
            )
        return id

    def storyline(self, title):
        self.db.execute("INSERT INTO storyline (uid, title, status) VALUES (randomblob(16), ?, 'open')", (title,))
        return self.db.last_insert_rowid()

    def fact(self, kind, value, *members):
        for member in members:
            self.db.execute("INSERT INTO fact (article, kind, value, sentence) VALUES (?, ?, ?, '')", (member, kind, value))

    def mark(self, article, quote, colour="yellow", note=None):
        text = self.db.execute("SELECT text FROM content WHERE article = ?", (article,)).get
        id = add_highlight(self.db, article, anchor(text, quote), colour, NOW)
        if note:
            add_note(self.db, note, NOW, highlight=id)
        return id


SUMMARY = """\
Five European authorities have fined Clearview AI about €100 million in all; next to nothing is known to have been paid. The French decision of October 2022 remains the model for the others: it treats the collection of faces from the open web as unlawful whatever the images show, and it sets a daily penalty.

- The CNIL fined the company €20 million on 17 October 2022 and, when no proof of compliance came, called in a further €5.2 million on 13 April 2023.
- The Dutch authority’s €30.5 million, announced on 3 September 2024, is the highest fine so far; it considers holding directors personally liable.
- In the United Kingdom the tribunals disagree on jurisdiction. The Upper Tribunal’s ruling of October 2025 sends the case back.

We suggest that the minister raise enforcement against companies without an establishment in the Union at the November Council."""


def make_briefing(db):
    """The briefing that shows everything; its id."""
    make = Coverage(db)
    matter = make.storyline("Clearview AI in Europe")
    order = make.article(
        CNIL,
        "Clearview AI ordered to stop reusing photographs from the internet",
        "The CNIL gives the company two months to stop "
        "collecting photographs of people in France without a legal basis and to help those who ask for erasure.",
        "2021-12-16T10:00+00:00",
        92.0,
    )
    notice = make.article(
        WIRE,
        "French watchdog gives Clearview AI two months",
        "France’s privacy watchdog told the company to delete French faces.",
        "2021-12-16T15:10+00:00",
    )
    make.thread("CNIL orders Clearview AI to stop", order, [order, notice], heat=102, quality=92, storyline=matter)

    fine = make.article(
        CNIL, "Facial recognition: 20 million euros penalty against Clearview AI", FINE, "2022-10-20T08:02+00:00", 96.0
    )
    fine_fr = make.article(
        QUOTIDIEN,
        "Reconnaissance faciale : la CNIL inflige l’amende maximale à Clearview AI",
        AMENDE,
        "2022-10-20T11:40+00:00",
        78.0,
        "fr",
        "Mélanie Œuvrard",
    )
    wire = make.article(
        WIRE,
        "French watchdog fines Clearview AI 20 million euros",
        "The company had not answered the authority’s order of last year, the watchdog said. "
        "Clearview AI has no place of business in the Union.",
        "2022-10-20T08:31+00:00",
        81.0,
        author="Jane Doe",
    )
    copied = make.article(
        HERALD,
        "Clearview AI fined 20 million euros in France",
        "The company had not answered the authority’s order of last year, the watchdog said. The daily penalty is 10,000 euros.",
        "2022-10-20T14:20+00:00",
        55.0,
    )
    busse = make.article(
        ZEITUNG,
        "Französische Datenschutzaufsicht verhängt Höchstbuße gegen Clearview AI",
        BUSSE,
        "2022-10-20T10:15+00:00",
        71.0,
        "de",
        "Jörg Größl",
    )
    arabic = make.article(
        Outlet("صحيفة نموذج", "arabic.example"),
        "فرنسا تغرّم شركة كليرفيو للتعرف على الوجوه عشرين مليون يورو",
        ARABIC,
        "2022-10-21T06:21+00:00",
        62.0,
        "ar",
    )
    chinese = make.article(
        Outlet("示例财经", "chinese.example"),
        "人脸识别公司在法国被罚两千万欧元",
        CHINESE,
        "2022-10-21T03:00+00:00",
        69.0,
        "zh",
        "王小明",
    )
    fined = make.thread(
        "Facial recognition: 20 million euros penalty against Clearview AI", fine,
        [fine, fine_fr, wire, copied, busse, arabic, chinese], heat=136, quality=96, copies=[copied], storyline=matter,
    )  # fmt: skip
    make.fact("money", "EUR 20,000,000", fine, fine_fr, wire, copied, busse, arabic, chinese)
    make.fact("money", "EUR 100,000", fine, busse)
    make.fact("money", "EUR 10,000", copied)
    make.fact("count", "20,000,000,000 images", fine, busse)
    make.fact("date", "2021-11-26", fine, wire)
    make.fact("law", "GDPR Art. 6", fine, fine_fr)
    make.mark(
        fine,
        "The company did not provide any response to the formal notice",
        "yellow",
        "The silence recurs in every case since. Use this sentence.",
    )
    make.mark(fine, "more than 20 billion images", "blue", "The company’s own figure. Say so to the minister’s office.")
    make.mark(
        fine_fr,
        "elles ne peuvent raisonnablement s’y attendre",
        "green",
        "Core of the legitimate-interest reasoning. Compare the Dutch wording two years later.",
    )
    make.mark(
        copied, "The daily penalty is 10,000 euros.", "pink", "Wrong: the decision says 100,000. The error is the copy’s own."
    )
    make.mark(
        arabic, "لم ترد على الإنذار الرسمي", "yellow", "“did not answer the formal notice”: the same point, half a day later."
    )
    make.mark(chinese, "专家认为，罚款的执行仍然困难。", "blue")
    add_note(
        db, "Coverage outside France concentrates on the amount; hardly anyone mentions the daily penalty.", NOW, thread=fined
    )

    dutch = make.article(
        AP,
        "Dutch DPA imposes a fine on Clearview because of illegal data collection for facial recognition",
        "The Dutch authority fines the company 30.5 million euros and adds orders under penalty of up to 5 million euros. "
        "It looks into whether directors can be held personally liable.",
        "2024-09-03T07:00+00:00",
        94.0,
    )
    dutch_wire = make.article(
        WIRE,
        "Dutch regulator fines Clearview AI 30.5 million euros",
        "The fine is the highest yet against the company 🔍 in Europe.",
        "2024-09-03T08:10+00:00",
        80.0,
    )
    dutch_law = make.article(
        LAW,
        "Can directors be made to pay? The Dutch theory of liability",
        "A director who knows of a violation and does not stop it may be liable.",
        "2024-09-12T09:00+00:00",
        83.0,
        author="Max Muster and Ana Núñez",
    )
    second = make.thread(
        "The Netherlands: €30.5 million and the liability of directors",
        dutch,
        [dutch, dutch_wire, dutch_law],
        heat=114,
        quality=94,
        storyline=matter,
    )
    make.mark(
        dutch,
        "whether directors can be held personally liable",
        "yellow",
        "Ask the Dutch desk how this would be enforced:\n- against whom,\n- in which court.",
    )

    british = make.article(
        ICO,
        "Upper Tribunal ruling on Clearview AI",
        "The Upper Tribunal found that the Commissioner’s case falls within the law’s reach.",
        "2025-10-07T12:00+00:00",
        88.0,
    )
    third = make.thread(
        "United Kingdom: Upper Tribunal allows the Commissioner’s appeal",
        british,
        [british],
        heat=64,
        quality=64,
        storyline=matter,
    )

    korean = make.article(
        Outlet("예시신문", "korean.example"),
        "프랑스, 얼굴 인식 업체에 과징금 2천만 유로",
        KOREAN,
        "2022-10-21T00:00+00:00",
        60.0,
        "ko",
    )
    hindi = make.article(
        Outlet("नमूना समाचार", "hindi.example"),
        "फ्रांस ने चेहरा पहचान कंपनी पर जुर्माना लगाया",
        HINDI,
        "2022-10-21T05:00+00:00",
        58.0,
        "hi",
    )
    russian = make.article(
        Outlet("Образец", "russian.example"), "Франция оштрафовала Clearview AI", RUSSIAN, "2022-10-21T07:00+00:00", 57.0, "ru"
    )
    hebrew = make.article(
        Outlet("עיתון לדוגמה", "hebrew.example"),
        "קנס של 20 מיליון אירו על קלירוויו",
        HEBREW,
        "2022-10-21T08:00+00:00",
        61.0,
        "he",
    )
    make.mark(korean, "공식 통지에 답하지 않았다")
    passage = make.mark(hebrew, "החברה לא השיבה להתראה הרשמית", "blue")
    return briefings.new(
        db, "Clearview AI and the harvest of faces", NOW, audience="the Minister for Digital Affairs", summary=SUMMARY,
        items=[
            BriefingItem("thread", fined, "The decision that set the measure. Five providers report it on their own; one copies. They agree on the amount and the deadline."),
            BriefingItem("thread", second), BriefingItem("thread", third),
            BriefingItem("article", hindi), BriefingItem("article", russian, "Thin, but shows how far the news went."),
            BriefingItem("article", korean), BriefingItem("highlight", passage, "Same wording as the French original."),
        ],
    )  # fmt: skip


def make_long_briefing(db, threads=12, each=5):
    """Many threads of many articles: what a year-end briefing looks like."""
    make = Coverage(db)
    start = datetime.fromisoformat("2025-01-06T08:00+00:00")
    ids = []
    for number in range(threads):
        members = [
            make.article(
                [CNIL, WIRE, HERALD, LAW, ZEITUNG][at % 5],
                f"Matter {number + 1}, report {at + 1}: the authority looks into face recognition at stations",
                f"Report {at + 1} on matter {number + 1}. The authority asked the operator {at + 2} questions. It answered within a week. "
                * 3,
                (start + timedelta(days=9 * number, hours=7 * at)).isoformat(),
                60.0 + at,
            )
            for at in range(each)
        ]
        if number % 2:
            make.mark(
                members[0],
                f"The authority asked the operator 2 questions. It answered within a week. Report 1 on matter {number + 1}. The authority asked the operator 2 questions. It answered within a week. Report 1",
                "green",
            )
        ids.append(
            make.thread(
                f"Matter {number + 1}: face recognition at stations and what the authority made of it",
                members[-1],
                members,
                heat=60 + each * 10,
                quality=60 + each,
            )
        )
    return briefings.new(db, "The year in face recognition", NOW, items=[BriefingItem("thread", id) for id in ids])
