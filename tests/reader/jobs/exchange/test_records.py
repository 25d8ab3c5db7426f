"""Records as JSON: whole, in lists of any length, a line each; a broken one costs itself and says where it stands."""

from __future__ import annotations

import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.jobs.exchange import records
from reader.jobs.exchange.piece import LONGEST


def read(text):
    return list(records.pieces(io.BytesIO(text.encode() if isinstance(text, str) else text)))


def titles(text):
    return [piece.record.title if piece.record else f"{piece.line}: {piece.problems[0]}" for piece in read(text)]


ONE, TWO = '{"title": "One headline"}', '{"title": "Two headlines"}'


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{TWO}\n",
        f"{ONE}\r\n\r\n{TWO}",
        f"\n[{ONE}, {TWO}]\n",
        f"[\n  {ONE},\n  {TWO}\n]",
        json.dumps({"total": 2, "articles": [json.loads(ONE), json.loads(TWO)]}, indent=2),
        json.dumps({"query": "a [ bracket", "articles": [json.loads(ONE), json.loads(TWO)], "facets": {}}),
        f"\ufeff{ONE}\n{TWO}",
    ],
)
def test_the_shapes_that_records_come_in(text):
    assert titles(text) == ["One headline", "Two headlines"]


@pytest.mark.parametrize("text", [ONE, json.dumps(json.loads(ONE), indent=2), f"\n\n {ONE}\n\n"])
def test_one_record(text):
    assert titles(text) == ["One headline"]


def test_a_broken_line_costs_itself():
    text = f'{ONE}\n{{"title": "cut sho\n\n["a list"]\n{{"excerpt": "names nothing"}}\n{TWO}\n'
    assert titles(text) == [
        "One headline",
        "2: not JSON: it is cut short",
        "4: not a record: a JSON object with a title or an address was expected",
        "5: a record needs a title or an address, and this one has neither",
        "Two headlines",
    ]


def test_a_broken_first_line_does_not_hide_the_others():
    assert titles(f'{{"title": "broken,\n{ONE}\n{TWO}')[1:] == ["One headline", "Two headlines"]


def test_a_list_that_is_cut_short_keeps_what_came_before():
    assert titles(f"[{ONE},\n{TWO},\n" + '{"title": "Thr') == [
        "One headline",
        "Two headlines",
        "3: not JSON: Unterminated string starting at at character 11; the rest of the list was left out",
    ]
    assert titles(f"[{ONE}") == ["One headline", "1: the list is cut short: its closing bracket is missing"]


def test_a_broken_document_says_its_line():
    assert titles('{\n  "title": "x",\n  nonsense\n}') == [
        "3: not JSON: Expecting property name enclosed in double quotes at character 3"
    ]
    assert titles('{\n  "title": "x"') == ["2: not JSON: it is cut short"]


@pytest.mark.parametrize(
    "line",
    ['{"title": ' + "[" * 100_000, '{"quality": ' + "9" * 5000 + ', "title": "x"}', b'{"title": "caf\xe9"}'.decode("latin-1")],
)
def test_lines_that_were_made_to_harm(line):
    body = f"{ONE}\n".encode() + line.encode("latin-1") + f"\n{TWO}\n".encode()
    found = read(body)
    assert [piece.record.title for piece in found if piece.record] == ["One headline", "Two headlines"]
    assert found[1].line == 2


def test_not_a_number_is_none():
    assert read('{"title": "x", "quality": NaN, "heat": Infinity}')[0].record.quality is None


def test_a_line_without_end_is_left_out_and_takes_no_memory():
    class Endless(io.RawIOBase):
        """Fifty megabytes in one line, then a good one."""

        def __init__(self):
            self.left, self.tail = 50 << 20, f"\n{ONE}\n".encode()

        def readable(self):
            return True

        def readinto(self, buffer):
            size = min(len(buffer), self.left)
            buffer[:size] = b"x" * size
            self.left -= size
            if not size:
                size = len(self.tail)
                buffer[:size], self.tail = self.tail, b""
            return size

    tracemalloc.start()
    found = list(records.pieces(io.BufferedReader(Endless())))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(piece.line, bool(piece.record)) for piece in found] == [(1, False), (2, True)]
    assert peak < 8 * LONGEST


def test_a_list_of_any_length_is_read_piece_by_piece():
    record = {"title": "A headline", "content": "word " * 2000}
    body = f"[{','.join(json.dumps(record) for _ in range(3000))}]".encode()
    tracemalloc.start()
    count = sum(1 for piece in records.pieces(io.BytesIO(body)) if piece.record)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3000
    assert peak < 12 << 20


documents = st.lists(
    st.dictionaries(st.sampled_from(["title", "webUrl", "a\nb"]), st.text(st.characters(exclude_categories=["Cs"])), max_size=3)
)


@given(documents, st.sampled_from([None, 1]), st.booleans())
def test_lists_and_lines_tell_the_same(found, indent, ascii_only):
    def of(text):
        return [(piece.record, piece.problems) for piece in read(text)]

    lines = "".join(
        f"{json.dumps(document, ensure_ascii=ascii_only)}\n" for document in [{"title": "first"}, *found, {"title": "x"}]
    )
    listed = json.dumps([{"title": "first"}, *found, {"title": "x"}], indent=indent, ensure_ascii=ascii_only)
    assert of(lines) == of(listed)


def test_a_json_feed_is_told_from_records():
    assert records.is_feed('{"version": "https://jsonfeed.org/version/1.1", "items": []}')
    assert records.is_feed('{ "title": "x", "version":"https:\\/\\/jsonfeed.org\\/version\\/1"')
    assert not records.is_feed(ONE)
