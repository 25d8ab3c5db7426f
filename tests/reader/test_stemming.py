"""The engine stems in several threads at once: a search while the index follows, the grouping of threads beside both."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from reader.stemming import stemmer

WORDS = ["riconoscimento", "biometrici", "sorveglianza", "sanzionato", "autorità", "protezione", "decisione", "volti"] * 60


@pytest.fixture
def hurried():
    """Threads that give way to each other as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_words_have_the_same_stems_in_every_thread(hurried):
    stem = stemmer("italian")
    alone = [stem(word) for word in WORDS]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda _: [stem(word) for word in WORDS], range(8)))
    assert all(stems == alone for stems in together)


def test_a_language_has_its_own_stems():
    assert stemmer("english")("scanning") == "scan"
    assert stemmer("german")("überwachungen") == "uberwach"
