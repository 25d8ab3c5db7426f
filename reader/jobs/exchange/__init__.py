"""In and out: OPML, records in the seed format and as JSON, feed files, saved pages, plain texts.

`read` takes files and folders, each for what stands in it; `write_records`, `write_jsonl` and `write_opml` write whole or not at
all.
"""

from reader.jobs.exchange.reading import read
from reader.jobs.exchange.writing import write_jsonl, write_opml, write_records

__all__ = ["read", "write_jsonl", "write_opml", "write_records"]
