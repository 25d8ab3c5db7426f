"""The tables, and the numbered steps from every older library to this one.

Append-only: a step that has been released is never edited; what comes next is a step more. Each runs in one transaction
with the number it leads to, so that a library is always at exactly one of them.

Times are whole seconds since 1970 in UTC. Rules that the change notes and undo stand on:
* no WITHOUT ROWID (but `term`, which nobody is told of) and no REPLACE: SQLite's update hook is silent for them;
* rows are marked, not deleted, where a view shows something else than the row itself (a highlight shows as its article);
* ids of what a person makes are never used twice (AUTOINCREMENT), for an undo may take such a row away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import apsw

APPLICATION_ID = 0x57444B31  # "WDK1": tells a library from any other SQLite file

USER_TABLES = (
    "provider",
    "feed",
    "state",
    "highlight",
    "note",
    "correction",
    "bond",
    "shift",
    "thread_title",
    "storyline_title",
    "topic",
    "saved_search",
    "alert",
    "briefing",
    "briefing_item",
    "setting",
)
"""What a person made or decided: an undo takes back changes of these …"""

MOVED_TABLES = ("storyline", "thread", "membership", "score")
"""… and of these, which a command changes only where it corrects the grouping: so that all stands as if it had not been.

Threads before what is in them: in this order a changeset is applied.
"""

SHOWS_AS = {
    "provider": (("providers", "id"),),
    "feed": (("feeds", "id"),),
    "poll": (("feeds", "feed"),),
    "article": (("articles", "id"),),
    "content": (("articles", "article"),),
    "state": (("articles", "article"),),
    "score": (("articles", "article"),),
    "membership": (("articles", "article"),),
    "picture": (("articles", "article"),),
    "highlight": (("articles", "article"),),
    "note": (("articles", "article"), ("threads", "thread")),
    "thread": (("threads", "id"),),
    "thread_title": (("threads", "thread"),),
    "storyline": (("storylines", "id"),),
    "storyline_title": (("storylines", "storyline"),),
    "topic": (("topics", "id"),),
    "topic_match": (("topics", "topic"),),
    "saved_search": (("searches", "id"),),
    "search_match": (("searches", "search"),),
    "alert": (("searches", "search"),),
    "briefing": (("briefings", "id"),),
    "briefing_item": (("briefings", "briefing"),),
    "setting": (("settings", "id"),),
}
"""Of each table whose rows are seen: the kinds that a view knows, and for each the column that holds its id."""

STEP_1 = """
-- Words about the library itself: its UUID, when it was made.
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);

-- The outlets that articles come from, one per registrable domain; by name alone where no domain is known.
CREATE TABLE provider (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,               -- the domain, or 'name:' and the name in lower case
    domain TEXT NOT NULL,                   -- '' where not known
    name TEXT NOT NULL,
    standing INTEGER,                       -- what the analyst thinks of it, 0-100; null: nobody said
    changed INTEGER NOT NULL
);

-- The addresses that we poll: what the analyst decides …
CREATE TABLE feed (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    link TEXT NOT NULL,
    folder TEXT NOT NULL,
    username TEXT NOT NULL,                 -- its password is in the system keychain
    allow_private INTEGER NOT NULL,         -- loopback and private addresses may be fetched for it
    removed INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL
);
CREATE UNIQUE INDEX feed_by_url ON feed (url) WHERE NOT removed;

-- … and what polling found.
CREATE TABLE poll (
    feed INTEGER PRIMARY KEY,
    status TEXT NOT NULL,                   -- a word of the formats page
    error TEXT NOT NULL,                    -- one line for the user; '' when all is well
    failures INTEGER NOT NULL,              -- in a row
    checked INTEGER NOT NULL,
    due INTEGER NOT NULL,
    ttl INTEGER NOT NULL,                   -- how long it asks to be left alone, in seconds; 0: it does not say
    last_new INTEGER,                       -- when it last brought an article
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    body BLOB NOT NULL,                     -- hash of the last body, to know one that only claims to be new
    address TEXT NOT NULL                   -- where permanent redirects led; '' where nowhere
);

-- What a feed brought, by the name that it gave it: an item is known even when its article came by another way.
CREATE TABLE arrival (
    id INTEGER PRIMARY KEY,
    feed INTEGER NOT NULL,
    guid TEXT NOT NULL,
    fingerprint BLOB NOT NULL,              -- changes when the feed's words do
    article INTEGER NOT NULL,
    UNIQUE (feed, guid)
);
CREATE INDEX arrival_by_article ON arrival (article, feed);

CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,               -- the same in every library: SHA-256, see articles.py
    provider INTEGER REFERENCES provider,
    title TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    author TEXT NOT NULL,
    category TEXT NOT NULL,
    type TEXT NOT NULL,
    language TEXT NOT NULL,                 -- ISO 639-1; '' where not known
    date INTEGER,                           -- when it was published; null where not known
    arrived INTEGER NOT NULL,
    web_url TEXT NOT NULL,
    original_url TEXT NOT NULL,
    amp_url TEXT NOT NULL,
    cdn_amp_url TEXT NOT NULL,
    word_count INTEGER NOT NULL,
    recorded_quality REAL,                  -- what its source recorded; null where it said nothing
    recorded_heat REAL,
    recorded_published INTEGER,
    secured TEXT NOT NULL,                  -- ciphertext under a key that we do not have, byte for byte
    captured INTEGER                        -- when its whole page was saved; null: never
);
CREATE INDEX article_by_date ON article (date DESC, id);
CREATE INDEX article_by_provider ON article (provider, date DESC);
CREATE INDEX article_by_arrival ON article (arrived);

-- The body, apart: lists never carry it.
CREATE TABLE content (
    article INTEGER PRIMARY KEY REFERENCES article,
    type TEXT NOT NULL,                     -- text/plain, text/html (cleaned), text/markdown
    body TEXT NOT NULL,                     -- '' where only the excerpt is known
    text TEXT NOT NULL                      -- what is read, searched and marked: plain; the excerpt where there is no body
);

CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article,
    replaced INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX revision_by_article ON revision (article);

-- Every canonical address that leads to an article: AMP twins and redirects are the same one.
CREATE TABLE address (url TEXT PRIMARY KEY, article INTEGER NOT NULL REFERENCES article);
CREATE INDEX address_by_article ON address (article);

-- The document that an article came in, as it came, to be given back on export.
CREATE TABLE recorded (article INTEGER PRIMARY KEY REFERENCES article, document TEXT NOT NULL);

-- Every version of an article that a source has told: what was said once is not news when it is said again.
CREATE TABLE said (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article,
    version BLOB NOT NULL,
    UNIQUE (article, version)
);

CREATE TABLE related (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article,
    other INTEGER NOT NULL REFERENCES article,
    position INTEGER NOT NULL,
    UNIQUE (article, other)
);
CREATE INDEX related_by_other ON related (other);

CREATE TABLE picture (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article,
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    cached INTEGER NOT NULL,                -- as recorded
    file TEXT NOT NULL,                     -- name in pictures/; '' where we do not have it
    UNIQUE (article, url)
);

CREATE TABLE given_topic (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (article, name)
);
CREATE INDEX given_topic_by_name ON given_topic (name);

-- What the user did with an article. Made with it, outlives it. Each flag has the time of its own last change, so that an
-- undo of one leaves a later change of another alone.
CREATE TABLE state (
    article INTEGER PRIMARY KEY,
    read INTEGER NOT NULL DEFAULT 0,
    read_changed INTEGER,
    starred INTEGER NOT NULL DEFAULT 0,
    starred_changed INTEGER,
    hidden INTEGER NOT NULL DEFAULT 0,
    hidden_changed INTEGER,
    decision INTEGER,                       -- 1 publish, 0 hold, null: as heat says
    decision_changed INTEGER
);
CREATE INDEX state_unread ON state (article) WHERE NOT read AND NOT hidden;
CREATE INDEX state_starred ON state (article) WHERE starred AND NOT hidden;
CREATE INDEX state_hidden ON state (article) WHERE hidden;

-- What the analysis makes of an article. `heat` -1: it does not lead its thread.
CREATE TABLE score (
    article INTEGER PRIMARY KEY,
    quality REAL,
    heat REAL NOT NULL,
    published INTEGER NOT NULL              -- heat over the threshold, or as the analyst said
);
CREATE INDEX score_by_heat ON score (heat DESC);
CREATE INDEX score_by_quality ON score (quality DESC);

CREATE TABLE thread (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE,
    title TEXT NOT NULL,                    -- that of its head
    head INTEGER NOT NULL,
    quality REAL,
    heat REAL NOT NULL,
    momentum REAL,                          -- null: too little data
    size INTEGER NOT NULL,
    independent INTEGER NOT NULL,           -- independent articles beside the head
    providers INTEGER NOT NULL,             -- that report independently
    first INTEGER,
    last INTEGER,
    storyline INTEGER,
    merged_into INTEGER,                    -- its members went there; null: it stands
    linked INTEGER                          -- number of the names by which it was linked last; another one, and it is again
);
CREATE INDEX thread_by_heat ON thread (heat DESC) WHERE merged_into IS NULL;
CREATE INDEX thread_by_last ON thread (last DESC) WHERE merged_into IS NULL;
CREATE INDEX thread_by_storyline ON thread (storyline);
CREATE INDEX thread_by_head ON thread (head);
CREATE INDEX thread_by_heir ON thread (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE membership (
    article INTEGER PRIMARY KEY REFERENCES article,
    thread INTEGER NOT NULL,
    independent INTEGER NOT NULL,           -- has reporting of its own; 0: a copy, or of an unknown provider
    copy_of INTEGER,                        -- the article of its thread whose text it repeats; null: a text of its own
    leads_off INTEGER NOT NULL DEFAULT 0,   -- was the first to report
    is_source INTEGER NOT NULL DEFAULT 0,   -- is what the others report on: the regulator's or the court's own page
    at INTEGER NOT NULL DEFAULT 253402300800, -- the article's date, by trigger, for lists; the year 10000 where it has none
    outlet INTEGER,                         -- the article's provider, likewise
    vector BLOB NOT NULL                    -- its terms and weights, so that grouping goes on where it stopped
);
CREATE INDEX membership_by_thread ON membership (thread, at, article, outlet);
CREATE INDEX membership_by_article ON membership (article, thread);

-- In how many threads a term of the vectors occurs, by its number; number 0 counts the threads. What is everywhere tells little.
-- Nobody is told of its rows, of which grouping writes more than of all others together: without rowid no hook is called.
CREATE TABLE term (id INTEGER PRIMARY KEY, threads INTEGER NOT NULL) WITHOUT ROWID;

-- Proper names in an article: how threads that are months apart find each other.
CREATE TABLE name (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article,
    name TEXT NOT NULL,                     -- folded, for comparing
    shown TEXT NOT NULL,                    -- as it is written
    kind TEXT NOT NULL,                     -- authority, law, case, place, number, name
    leads INTEGER NOT NULL                  -- stands in the title or the first sentences
);
CREATE INDEX name_by_article ON name (article);
CREATE INDEX name_by_name ON name (name, article) WHERE leads;

CREATE TABLE fact (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    sentence TEXT NOT NULL
);
CREATE INDEX fact_by_article ON fact (article);
CREATE INDEX fact_by_value ON fact (kind, value);

-- Where an article links to beyond its own house, as `address` writes it.
CREATE TABLE link (id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article, url TEXT NOT NULL);
CREATE INDEX link_by_article ON link (article);

CREATE TABLE storyline (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    first INTEGER,
    last INTEGER,
    ended INTEGER NOT NULL DEFAULT 0        -- its threads went elsewhere
);

-- The analyst's word on grouping, once for each time that it was given: merge, split, move, rename; join, leave, entitle (of a
-- storyline). It stands until it is removed.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    threads TEXT NOT NULL,                  -- the ids that it was said of, in JSON; the first is the one that it made or kept
    articles TEXT NOT NULL,                 -- the ids of the articles that it moved, or that stand for what it was said of
    shown TEXT NOT NULL,                    -- the title that it gave, or that of what it was said of
    storyline INTEGER,
    likeness REAL,                          -- of what a merge or a split joined or parted; null: no breadth decides it
    made INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL
);

-- What follows from it for pairs of articles: in one thread ('must') or not ('cannot'), in one storyline ('same') or not
-- ('other'). It holds while its correction stands, and none that stands took it back.
CREATE TABLE bond (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    correction INTEGER NOT NULL,
    kind TEXT NOT NULL,
    a INTEGER NOT NULL REFERENCES article,
    b INTEGER NOT NULL REFERENCES article,
    withdrawn_by INTEGER                    -- the later correction that says otherwise
);
CREATE INDEX bond_by_a ON bond (a);
CREATE INDEX bond_by_b ON bond (b);
CREATE INDEX bond_by_correction ON bond (correction);

-- Where articles stood before a correction moved them.
CREATE TABLE shift (id INTEGER PRIMARY KEY, correction INTEGER NOT NULL, article INTEGER NOT NULL, was INTEGER NOT NULL,
                    became INTEGER NOT NULL);
CREATE INDEX shift_by_correction ON shift (correction);

CREATE TABLE thread_title (thread INTEGER PRIMARY KEY, title TEXT NOT NULL, changed INTEGER NOT NULL);
CREATE TABLE storyline_title (storyline INTEGER PRIMARY KEY, title TEXT NOT NULL, changed INTEGER NOT NULL);

CREATE TABLE topic (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL
);
CREATE UNIQUE INDEX topic_by_name ON topic (name COLLATE NOCASE) WHERE NOT removed;

-- Which articles a topic's query finds. A row whose article matches no longer says so instead of going away.
CREATE TABLE topic_match (
    id INTEGER PRIMARY KEY,
    topic INTEGER NOT NULL,
    article INTEGER NOT NULL,
    matches INTEGER NOT NULL DEFAULT 1,
    UNIQUE (topic, article)
);
CREATE INDEX topic_match_by_article ON topic_match (article) WHERE matches;
CREATE INDEX topic_match_by_topic ON topic_match (topic, article) WHERE matches;

-- The query that a topic's matches stand for: another one than the topic's own, and all articles are looked at again.
CREATE TABLE topic_filled (topic INTEGER PRIMARY KEY, query TEXT NOT NULL);

CREATE TABLE saved_search (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL
);

CREATE TABLE highlight (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES article,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    start INTEGER NOT NULL,                 -- code points in content.text, where it stood when it was marked
    end INTEGER NOT NULL,
    colour TEXT NOT NULL,
    made INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL
);
CREATE INDEX highlight_by_article ON highlight (article);

CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE,
    article INTEGER REFERENCES article,     -- exactly one of article, thread, highlight
    thread INTEGER,
    highlight INTEGER,
    text TEXT NOT NULL,
    made INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL,
    CHECK ((article IS NOT NULL) + (thread IS NOT NULL) + (highlight IS NOT NULL) = 1)
);
CREATE INDEX note_by_article ON note (article) WHERE article IS NOT NULL;
CREATE INDEX note_by_thread ON note (thread) WHERE thread IS NOT NULL;
CREATE INDEX note_by_highlight ON note (highlight) WHERE highlight IS NOT NULL;

CREATE TABLE briefing (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE,
    title TEXT NOT NULL,
    audience TEXT NOT NULL,
    summary TEXT NOT NULL,
    made INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL
);

CREATE TABLE briefing_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE,
    briefing INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,                     -- thread, article, highlight
    target INTEGER NOT NULL,
    comment TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL
);
CREATE INDEX briefing_item_by_briefing ON briefing_item (briefing, position);

CREATE TABLE setting (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL);

-- How the house is run.

-- A command that can be taken back: its SQLite changeset.
CREATE TABLE undo (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    changeset BLOB NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);

-- What was written, for other processes; short.
CREATE TABLE change (id INTEGER PRIMARY KEY AUTOINCREMENT, writer TEXT NOT NULL, at INTEGER NOT NULL, ids TEXT NOT NULL);

-- Who runs a job of a kind, so that two do not meet.
CREATE TABLE lease (
    kind TEXT PRIMARY KEY,
    holder TEXT NOT NULL,                   -- host, process and its start; tells a dead one
    started INTEGER NOT NULL,
    heartbeat INTEGER NOT NULL
);

-- What the full-text index has yet to follow. The index keeps the last number that it has seen.
CREATE TABLE outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL);

-- Articles that grouping and scores have yet to look at.
CREATE TABLE pending (
    article INTEGER PRIMARY KEY,
    regroup INTEGER NOT NULL DEFAULT 0      -- the analyst's word on its thread changed: all of that is grouped again
);

-- Followers are fed by triggers: no writer can forget them, and an undo feeds them too.
CREATE TRIGGER article_made AFTER INSERT ON article BEGIN
    INSERT OR IGNORE INTO state (article) VALUES (new.id);
    INSERT INTO outbox (article) VALUES (new.id);
    INSERT OR IGNORE INTO pending (article) VALUES (new.id);
END;
CREATE TRIGGER article_indexed
AFTER UPDATE OF provider, title, excerpt, author, language, date, web_url, original_url, word_count ON article BEGIN
    INSERT INTO outbox (article) VALUES (new.id);
END;
CREATE TRIGGER article_gone AFTER DELETE ON article BEGIN
    INSERT INTO outbox (article) VALUES (old.id);
END;
CREATE TRIGGER article_judged
AFTER UPDATE OF provider, title, excerpt, author, language, date, recorded_quality, web_url, original_url, amp_url
ON article BEGIN
    INSERT OR IGNORE INTO pending (article) VALUES (new.id);
END;
CREATE TRIGGER picture_made AFTER INSERT ON picture BEGIN
    INSERT OR IGNORE INTO pending (article) VALUES (new.article);
END;
CREATE TRIGGER content_made AFTER INSERT ON content BEGIN
    INSERT INTO outbox (article) VALUES (new.article);
    INSERT OR IGNORE INTO pending (article) VALUES (new.article);
END;
CREATE TRIGGER content_changed AFTER UPDATE OF text ON content BEGIN
    INSERT INTO outbox (article) VALUES (new.article);
    INSERT OR IGNORE INTO pending (article) VALUES (new.article);
END;
CREATE TRIGGER related_made AFTER INSERT ON related BEGIN
    INSERT OR IGNORE INTO pending (article) VALUES (new.article), (new.other);
END;
CREATE TRIGGER bond_made AFTER INSERT ON bond BEGIN
    INSERT OR IGNORE INTO pending (article) VALUES (new.a), (new.b);
END;
CREATE TRIGGER bond_changed AFTER UPDATE ON bond BEGIN
    INSERT OR IGNORE INTO pending (article) VALUES (new.a), (new.b);
END;
CREATE TRIGGER bond_gone AFTER DELETE ON bond BEGIN
    INSERT OR IGNORE INTO pending (article) VALUES (old.a), (old.b);
END;
CREATE TRIGGER correction_made AFTER INSERT ON correction BEGIN  -- who holds threads at hand looks again
    INSERT INTO about VALUES ('moves', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1;
END;
CREATE TRIGGER correction_changed AFTER UPDATE ON correction BEGIN
    INSERT OR IGNORE INTO pending (article) SELECT a FROM bond WHERE correction = new.id;
    INSERT OR IGNORE INTO pending (article) SELECT b FROM bond WHERE correction = new.id;
    INSERT INTO about VALUES ('moves', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1;
END;
CREATE TRIGGER correction_gone AFTER DELETE ON correction BEGIN
    INSERT INTO about VALUES ('moves', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1;
END;
CREATE TRIGGER article_moved AFTER UPDATE OF thread ON membership WHEN new.thread != old.thread BEGIN
    UPDATE thread SET merged_into = NULL WHERE id = new.thread AND merged_into IS NOT NULL;  -- what has members stands
END;
CREATE TRIGGER article_placed AFTER INSERT ON membership BEGIN
    UPDATE membership SET (at, outlet) = (SELECT coalesce(date, 253402300800), provider FROM article WHERE id = new.article)
    WHERE article = new.article AND EXISTS (SELECT 1 FROM article WHERE id = new.article);
END;
CREATE TRIGGER article_replaced AFTER UPDATE OF date, provider ON article BEGIN
    UPDATE membership SET at = coalesce(new.date, 253402300800), outlet = new.provider WHERE article = new.id;
END;
CREATE TRIGGER provider_judged AFTER UPDATE OF standing ON provider BEGIN
    INSERT OR IGNORE INTO pending (article) SELECT id FROM article WHERE provider = new.id;
END;
CREATE TRIGGER provider_renamed AFTER UPDATE OF name ON provider BEGIN
    INSERT INTO outbox (article) SELECT id FROM article WHERE provider = new.id;
END;
CREATE TRIGGER topic_gone AFTER DELETE ON topic BEGIN  -- an undo of its making; a redo fills it anew
    DELETE FROM topic_match WHERE topic = old.id;
    DELETE FROM topic_filled WHERE topic = old.id;
END;
CREATE TRIGGER decision_changed AFTER UPDATE OF decision ON state BEGIN
    INSERT OR IGNORE INTO pending (article) VALUES (new.article);
END;
CREATE TRIGGER threshold_made AFTER INSERT ON setting WHEN new.key = 'publish_at' BEGIN
    INSERT OR IGNORE INTO pending (article) SELECT article FROM score JOIN state USING (article)
    WHERE heat >= 0 AND decision IS NULL AND published != (heat >= CAST(new.value AS REAL));
END;
CREATE TRIGGER threshold_changed AFTER UPDATE ON setting WHEN new.key = 'publish_at' BEGIN
    INSERT OR IGNORE INTO pending (article) SELECT article FROM score JOIN state USING (article)
    WHERE heat >= 0 AND decision IS NULL AND published != (heat >= CAST(new.value AS REAL));
END;
CREATE TRIGGER threshold_gone AFTER DELETE ON setting WHEN old.key = 'publish_at' BEGIN  -- an undo of the first choice
    INSERT OR IGNORE INTO pending (article) SELECT article FROM score WHERE heat >= 0;
END;
CREATE TRIGGER weight_made AFTER INSERT ON setting WHEN substr(new.key, 1, 7) = 'weight_' BEGIN
    INSERT OR IGNORE INTO pending (article) SELECT id FROM article WHERE recorded_quality IS NULL;
END;
CREATE TRIGGER weight_changed AFTER UPDATE ON setting WHEN substr(new.key, 1, 7) = 'weight_' BEGIN
    INSERT OR IGNORE INTO pending (article) SELECT id FROM article WHERE recorded_quality IS NULL;
END;
CREATE TRIGGER weight_gone AFTER DELETE ON setting WHEN substr(old.key, 1, 7) = 'weight_' BEGIN
    INSERT OR IGNORE INTO pending (article) SELECT id FROM article WHERE recorded_quality IS NULL;
END;
CREATE TRIGGER highlight_made AFTER INSERT ON highlight BEGIN
    INSERT INTO outbox (article) VALUES (new.article);
END;
CREATE TRIGGER highlight_changed AFTER UPDATE ON highlight BEGIN
    INSERT INTO outbox (article) VALUES (new.article);
END;
CREATE TRIGGER highlight_gone AFTER DELETE ON highlight BEGIN
    INSERT INTO outbox (article) VALUES (old.article);
END;
CREATE TRIGGER note_made AFTER INSERT ON note BEGIN
    INSERT INTO outbox (article) SELECT new.article WHERE new.article IS NOT NULL;
    INSERT INTO outbox (article) SELECT article FROM highlight WHERE id = new.highlight;
END;
CREATE TRIGGER note_changed AFTER UPDATE ON note BEGIN
    INSERT INTO outbox (article) SELECT new.article WHERE new.article IS NOT NULL;
    INSERT INTO outbox (article) SELECT article FROM highlight WHERE id = new.highlight;
END;
CREATE TRIGGER note_gone AFTER DELETE ON note BEGIN
    INSERT INTO outbox (article) SELECT old.article WHERE old.article IS NOT NULL;
    INSERT INTO outbox (article) SELECT article FROM highlight WHERE id = old.highlight;
END;
"""

STEP_2 = """
-- Saved searches: what each finds, as for topics; the articles that its test demands and forbids (JSON); since when it alerts.
ALTER TABLE saved_search ADD COLUMN must TEXT NOT NULL DEFAULT '[]';
ALTER TABLE saved_search ADD COLUMN must_not TEXT NOT NULL DEFAULT '[]';
ALTER TABLE saved_search ADD COLUMN alert_since INTEGER;  -- null: it does not alert
CREATE UNIQUE INDEX saved_search_by_name ON saved_search (name COLLATE NOCASE) WHERE NOT removed;

CREATE TABLE search_match (
    id INTEGER PRIMARY KEY,
    search INTEGER NOT NULL,
    article INTEGER NOT NULL,
    matches INTEGER NOT NULL DEFAULT 1,
    UNIQUE (search, article)
);
CREATE INDEX search_match_by_article ON search_match (article) WHERE matches;
CREATE INDEX search_match_by_search ON search_match (search, article) WHERE matches;
CREATE TABLE search_filled (search INTEGER PRIMARY KEY, query TEXT NOT NULL);

-- An article that a saved search found when it was new, and by which words.
CREATE TABLE alert (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    search INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article,
    words TEXT NOT NULL,                    -- JSON
    at INTEGER NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0,
    UNIQUE (search, article)
);
CREATE INDEX alert_unseen ON alert (search) WHERE NOT seen;

CREATE TRIGGER saved_search_gone AFTER DELETE ON saved_search BEGIN  -- an undo of its making; a redo fills it anew
    DELETE FROM search_match WHERE search = old.id;
    DELETE FROM search_filled WHERE search = old.id;
    DELETE FROM alert WHERE search = old.id;
END;
"""

STEP_3 = """
-- What a step of grouping counted (JSON, terms and in how many threads each stands), until it is brought into `term`.
CREATE TABLE term_noted (id INTEGER PRIMARY KEY, counts TEXT NOT NULL);
"""

STEPS: tuple[str, ...] = (STEP_1, STEP_2, STEP_3)
"""Step n leads from version n - 1 to version n (`PRAGMA user_version`)."""

NEWEST = len(STEPS)


def migrate(db: apsw.Connection) -> None:
    """Take a library to the newest version, one step a transaction. The caller made sure that it is not newer."""
    for version, step in enumerate(STEPS, start=1):
        if db.pragma("user_version") >= version:
            continue
        db.execute("BEGIN EXCLUSIVE")
        try:
            if db.pragma("user_version") < version:  # another process may have been quicker
                db.execute(step)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {version}")
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
