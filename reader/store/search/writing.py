"""Whoosh's writer, given whole articles or whole segments, with terms and postings written many at once.

It works in steps, so that a job can be stopped between two.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from whoosh.writing import SegmentWriter

from reader.store.search.codec import ArrayCodec, coded
from reader.store.search.lexicon import AT_ONCE, Gathering, Lexicon, look_up
from reader.store.search.merging import Merge, Part
from reader.store.search.stems import tongue_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class ArrayWriter(SegmentWriter):
    """Whoosh's writer with our codec. New articles go through `add_document`, segments that are merged through `take_over`."""

    def __init__(self, index: Any, lexicon: Lexicon | None = None, **options: Any) -> None:
        super().__init__(index, codec=ArrayCodec(), **options)
        self.lexicon = lexicon if lexicon is not None else Lexicon()
        self._new: defaultdict[str, Gathering] = defaultdict(Gathering)
        self._letters, self._language = 0, ""  # of the texts that were not looked up yet

    def add_document(self, **fields: Any) -> None:
        """Take an article: fields of text as (text, language), all in one language, others as they are."""
        document = self.docnum
        self.perdocwriter.start_doc(document)
        languages = {value[1] for name, value in fields.items() if self.schema[name].scorable}
        if len(languages) > 1:
            raise ValueError("an article whose fields are in several languages")
        language = max(languages, default=self._language)
        if self._letters > AT_ONCE or language != self._language:
            self._look_up()
        self._language = language
        for name, value in fields.items():
            kind = self.schema[name]
            if kind.column_type:
                self.perdocwriter.add_column_value(name, kind.column_type, value)
            elif kind.scorable:
                self._letters += len(value[0])
                self._new[name].add(document, value[0])
            else:
                self._new[name].add_term(document, value)
        tongue = tongue_number(language) if languages else 0
        self.perdocwriter.add_column_value("tongue", self.schema["tongue"].column_type, tongue)
        self._added = True
        self.docnum += 1

    def _look_up(self) -> None:
        look_up(self.lexicon, self._new.values(), self._language)
        self._letters = 0

    def write_terms(self) -> Iterator[None]:
        """Write what was gathered so far, field by field. To be run to its end before the commit."""
        if not self._new:
            return
        self._look_up()
        yield
        in_order = self.lexicon.in_order(pieces for gathering in self._new.values() for pieces in gathering.pieces)
        yield
        for name in sorted(self._new):
            scorable = self.schema[name].scorable
            found = self._new.pop(name).inverted(self.lexicon, in_order, self.docnum, places=scorable)
            if scorable:
                self.perdocwriter.add_lengths(name, coded(found.lengths), int(found.lengths.sum()))
            yield
            if len(found.terms):
                self.fieldwriter.add_run(name, found.terms, found.run)
                self.fieldwriter.add_links(name, found.links)
            yield

    def take_over(self, segments: Sequence[Any]) -> Iterator[None]:
        """Take over what stands of these segments, in this order. To be run to its end before the commit, with nothing added."""
        self.fieldwriter.lasts = True
        with ExitStack() as opened:
            parts: list[Part] = []
            for segment in segments:
                part = Part(self.storage, segment, self.docnum)
                opened.callback(part.close)
                parts.append(part)
                self.perdocwriter.add_documents(part.count, part.columns(self.schema))
                for field, codes, total in part.lengths(self.schema):
                    self.perdocwriter.add_lengths(field, codes, total)
                self._added = True
                self.docnum += part.count
                yield
            for field in sorted({field for part in parts for field in part.terms.indexed_field_names()}):
                merge = Merge(field, parts)
                for terms, run in merge.runs():
                    if len(terms):
                        self.fieldwriter.add_run(field, terms, run)
                    yield
                for links in merge.links():
                    self.fieldwriter.add_links(field, links)
                    yield
                self.fieldwriter.finish_field()
                for part in parts:
                    part.terms.forget(field)

    def _flush_segment(self) -> None:
        for _ in self.write_terms():
            pass
        self.perdocwriter.close()
        self.fieldwriter.files.update(self.perdocwriter.files)
        self.fieldwriter.close()

    def _assemble_segment(self) -> None:
        self.newsegment.compound = True  # it is written as one file
