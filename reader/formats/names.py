"""The names of the fields, and what kind of thing each is."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]
"""A JSON object under the names of the formats."""

SEED_FIELDS = (
    "category", "title", "excerpt", "publishedDateTime", "originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl", "type", "quality",
    "heat", "published", "provider", "topics", "images", "related", "secured",
)  # fmt: skip
"""The fields of a seed record, in the order of the seeds."""

NUMBERS = frozenset({"quality", "heat", "width", "height"})
FLAGS = frozenset({"published", "isCached"})
TIMES = frozenset({"publishedDateTime"})
"""Fields that are no text, wherever they stand in a record."""

OURS = frozenset({
    "id", "thread", "read", "starred", "hidden", "captured", "wordCount", "revisions", "highlights", "notes", "snippet",
})  # fmt: skip
"""What a library says of an article of its own; meaningless in another, so a record that comes in leaves it behind."""

SCORES = ("quality", "heat", "published")
"""What a library computes where no source recorded it. `recorded` beside them holds what a source did record; it is `null` for an
article that came without a record, such as one of a feed. `added` names what a library knows beyond what the source recorded."""
