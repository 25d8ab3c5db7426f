"""Libraries that the pictures are drawn of: the sample coverage, and one that is hard to set well."""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING

import apsw

from reader.library import Library
from reader.outcomes import ImportOutcome

if TYPE_CHECKING:
    from pathlib import Path

ARABIC = "هيئات حماية البيانات تناقش قواعد التعرف على الوجوه في الأماكن العامة وتؤجل القرار إلى الخريف"
LONG = "Datenschutzgrundverordnungsdurchführungsbestimmungsänderungsentwurf: was die Länder daran stört, und was nicht " * 3
EMOJI = "👁️‍🗨️ 🇪🇺 Face recognition at the gate: 🎫 tickets, faces and a fine of 20 million euros"
ODD = (
    ("Sample Wire", EMOJI, "en"),
    ("صحيفة نموذج", ARABIC, "ar"),
    ("A Provider Whose Name Is Longer Than Any Line That It Could Be Set In, Limited", LONG, "de"),
    ("Kurz", "Ja", "de"),
    ("見本新聞", "顔認識システムに関する新しい規則、個人情報保護委員会が公表", "ja"),
    ("Sample Herald", "Faces & gates <b>in bold</b> &amp; other things that are no markup", "en"),
)
FAULTS = (
    ("error", "asks for a login (401)"),
    ("gone", "the site says that the feed is gone for good (410)"),
    ("error", "answers with a check against robots (403)"),
    ("moved", ""),
)
OFFLINE = "the network of the site cannot be reached; is this computer online?"


def sample(folder: Path) -> Path:
    """The sample coverage."""
    library = Library(folder)
    for _ in library.start(sample=True):
        continue
    library.close()
    return folder


def hard(folder: Path) -> Path:
    """Long names, other scripts, signs outside the first plane, and 1,000 feeds in 30 folders."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    records = folder.parent / "hard.json"
    made_up = random.Random(4)
    told = [
        {
            "title": f"{title} {_words(made_up, 2)}",
            "excerpt": f"{title} {_words(made_up, 20)}",
            "webUrl": f"https://p{place}.example/{number}",
            "language": language,
            "provider": {"name": name},
            "publishedDateTime": f"2026-11-{1 + number % 20:02}T08:00:00Z",
            "contentType": "text/html",
            "content": f"<h2>{title}</h2><p>{_words(made_up, 60)}</p><p>{title} {ARABIC}</p><pre>{'x' * 300}</pre>",
        }
        for number in range(40)
        for place, (name, title, language) in enumerate(ODD)
    ]
    records.write_text(json.dumps(told), "utf-8")
    opml = folder.parent / "hard.opml"
    groups = "".join(
        f'<outline text="Folder {group}{" with a very long name that never ends" * (group == 1)}">'
        + "".join(f'<outline text="Feed {group}-{n}" xmlUrl="https://f{group}.example/{n}"/>' for n in range(33))
        + "</outline>"
        for group in range(30)
    )
    opml.write_text(f'<opml version="2.0"><body>{groups}</body></opml>', "utf-8")
    library = Library(folder)
    for path in (records, opml):
        for _ in library.import_([path], ImportOutcome()):
            continue
    library.close()
    return folder


def _words(made_up: random.Random, many: int) -> str:
    """Words of no language, so that no two articles tell of the same."""
    return " ".join("".join(made_up.choices("abcdefghiklmnoprstuvz", k=made_up.randint(3, 11))) for _ in range(many))


def polled(folder: Path, *, offline: bool = False) -> None:
    """Feeds as a refresh leaves them: most are well, four need a look; or none could be reached."""
    db, now = apsw.Connection(str(folder / "library.db")), int(time.time())
    feeds = [row[0] for row in db.execute("SELECT id FROM feed WHERE NOT removed ORDER BY id")]
    for number, feed in enumerate(feeds):
        status, error = ("new" if number % 3 else "unchanged"), ""
        if offline:
            status, error = "error", OFFLINE
        elif number < len(FAULTS):
            status, error = FAULTS[number]
        seen = now - 5000 * number
        db.execute(
            "INSERT OR REPLACE INTO poll VALUES (?, ?, ?, ?, ?, ?, 0, ?, '', '', x'', '')",
            (feed, status, error, int(bool(error)), now, now + 3600, seen),
        )
    db.close()
