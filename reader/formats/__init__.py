"""The RECORD and the THREAD of the shell and of the files that come and go: the names that people and scripts know. Pure.

Reading is tolerant: what a field says wrongly is left out and told, and only a record that names nothing is refused.
Writing gives a value back as it came for as long as it still says what the library holds.
"""

from reader.formats.incoming import record_from
from reader.formats.kept import document_of
from reader.formats.names import FLAGS, NUMBERS, SEED_FIELDS, TIMES, Document
from reader.formats.outgoing import highlight_of, note_of, number_of, record_of, thread_of, whole_record_of
from reader.formats.times import time_from, time_of

__all__ = [
    "FLAGS",
    "NUMBERS",
    "SEED_FIELDS",
    "TIMES",
    "Document",
    "document_of",
    "highlight_of",
    "note_of",
    "number_of",
    "record_from",
    "record_of",
    "thread_of",
    "time_from",
    "time_of",
    "whole_record_of",
]
