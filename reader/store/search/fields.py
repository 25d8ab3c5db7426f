"""What the index holds of an article: its fields, and the mark that says how far the index has come.

The mark travels inside the schema, and so stands in the same file, renamed into place by the same commit, as the list of
segments: an index is never ahead of its mark or behind it.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh import columns, fields, formats

from reader.store.search.postings import from_file_order, in_file_order
from reader.store.search.words import positions

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = 5
"""Of what is in an index and how. Raise it with any change of fields, words or classes: one of another version is rebuilt."""

BOOSTS = {"title": 4.0, "excerpt": 2.0, "text": 1.0, "highlight": 2.0, "note": 2.0, "author": 1.0, "provider": 1.0, "url": 1.0}
"""How much a word in a field of text weighs."""

SEARCHED = ("title", "excerpt", "text", "highlight", "note", "author", "provider")
"""Where a word is looked for that names no field."""

UNKNOWN_DATE = -(2**63)


class Mark(NamedTuple):
    """How far an index has come.

    `seq` is the last number of the outbox that it has seen. `link` is a random word of its last commit, `previous` that of the
    commit before: the database keeps the link of the last commit that it knows of, so that an index of another library, or of
    another time of this one, is told apart. `reached` is the last article of an index that is being built, -1 once it is whole.
    """

    version: int = VERSION
    link: str = ""
    previous: str = ""
    seq: int = 0
    reached: int = -1


class Places(formats.Format):
    """Postings with the places of a word in the text, as 32-bit numbers: read back by the thousand without a loop."""

    def __init__(self, field_boost: float = 1.0) -> None:
        super().__init__(field_boost=field_boost)

    def fixed_value_size(self) -> None:
        """Every posting has as many places as it has."""

    def decode_positions(self, value: bytes) -> list[int]:
        """Where a word stands, counted in words."""
        return from_file_order("I", value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        """How often a word stands in a text."""
        return len(value) // 4

    def decode_weight(self, value: bytes) -> float:
        """The same, times the weight of its field."""
        return len(value) // 4 * float(self.field_boost)


class Words(fields.FieldType):
    """A field of text. It is given the text and its language, for on that depends how it is cut."""

    def __init__(self, boost: float) -> None:
        super().__init__(Places(field_boost=boost), None, scorable=True)
        self.boost = boost

    def index(self, value: tuple[str, str], **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of one article, for a writer of Whoosh's; ours makes those of many at once."""
        for term, places in positions(*value).items():
            yield term.encode(), len(places), len(places) * self.boost, in_file_order(places)


class Exact(fields.FieldType):
    """A field of one short word that is found as it is and does not count for the order of hits."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)

    def index(self, value: str, **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The one posting of an article."""
        yield value.encode(), 1, 1.0, b""


class Number(fields.FieldType):
    """A field of one number, kept as a column beside the index."""

    indexed = False

    def __init__(self, default: int = 0) -> None:
        super().__init__(None, None)
        self.column_type = Integers(default)

    def to_column_value(self, value: int) -> int:
        """As it is."""
        return value

    def from_column_value(self, value: int) -> int:
        """As it is."""
        return value


class Integers(columns.Column):
    """One 64-bit number an article, all of them readable at once."""

    def __init__(self, default: int = 0) -> None:
        self.default = default

    def default_value(self, reverse: bool = False) -> int:
        """For an article that has none. There is no order to reverse."""
        del reverse
        return self.default

    def writer(self, file: Any) -> _IntegersWriter:
        """To write a column, article by article."""
        return _IntegersWriter(file, self.default)

    def reader(self, file: Any, start: int, length: int, count: int) -> _IntegersReader:
        """To read it back."""
        return _IntegersReader(file.get(start, length), self.default, count)


class _IntegersWriter(columns.ColumnWriter):
    def __init__(self, file: Any, default: int) -> None:
        self._file, self._default, self._values = file, default, array("q")

    def _fill(self, count: int) -> None:
        self._values.extend([self._default] * (count - len(self._values)))

    def add(self, document: int, value: int) -> None:
        self._fill(document)
        self._values.append(value)

    def finish(self, count: int) -> None:
        self._fill(count)
        self._file.write(in_file_order(self._values))


class _IntegersReader(columns.ColumnReader):
    def __init__(self, data: bytes, default: int, count: int) -> None:
        self.values = np.frombuffer(bytes(data), dtype="<i8", count=count).astype(np.int64, copy=False)
        self._default = default

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, document: int) -> int:
        return int(self.values[document])

    def sort_key(self, document: int) -> int:
        return self[document]

    def default_value(self, reverse: bool = False) -> int:
        del reverse
        return self._default


class IndexSchema(fields.Schema):
    """The fields of our index, and its mark. Of itself it keeps only the mark: the fields are in the code."""

    def __init__(self, mark: Mark = Mark()) -> None:  # noqa: B008 - immutable
        super().__init__(
            **{name: Words(boost) for name, boost in BOOSTS.items()},
            lang=Exact(),
            id=Number(),
            date=Number(UNKNOWN_DATE),
            words=Number(),
            tongue=Number(),
        )
        self.mark = mark

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return restored, tuple(self.mark)


def restored(*mark: Any) -> IndexSchema:
    """The schema of an index with this mark. Raises `ValueError` for one that is not of this version."""
    if not mark or mark[0] != VERSION:
        raise OtherVersion(mark[0] if mark else 0)
    found = Mark(*mark)
    if [type(part) for part in found] != [int, str, str, int, int]:
        raise ValueError("not the mark of an index")
    return IndexSchema(found)


class OtherVersion(ValueError):
    """An index that another version of the program made."""

    def __init__(self, version: object) -> None:
        super().__init__(version)
        self.newer = isinstance(version, int) and version > VERSION
