"""The engine stems in several threads at once: a search while the index follows, the grouping of threads beside both."""

from __future__ import annotations

import importlib
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import snowballstemmer

from reader.stemming import stemmer, stems
from reader.store.search.words import LANGUAGES

RESOURCES = Path(__file__).resolve().parents[2] / "resources"

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
    assert all(found == alone for found in together)


def test_many_words_have_the_stems_that_each_has():
    assert stems("italian", WORDS) == [stemmer("italian")(word) for word in WORDS]
    assert stems("italian", []) == []


def test_a_language_has_its_own_stems():
    assert stemmer("english")("scanning") == "scan"
    assert stemmer("german")("überwachungen") == "uberwach"


@pytest.mark.parametrize("language", sorted({*LANGUAGES.values()} & {*snowballstemmer.algorithms()}))
def test_the_quick_stemmer_and_the_plain_one_say_the_same(language, words_of_the_sample):
    """Which of the two is there must not decide what a library finds."""
    module = importlib.import_module(f"snowballstemmer.{language}_stemmer")
    plain = getattr(module, f"{language.capitalize()}Stemmer")().stemWord
    quick = stemmer(language)
    assert [word for word in words_of_the_sample if plain(word) != quick(word)] == []


@pytest.fixture(scope="module")
def words_of_the_sample() -> list[str]:
    """Every word of the sample coverage, in six languages, and some that are no words."""
    text = " ".join(path.read_text("utf-8", errors="replace") for path in (RESOURCES / "sample").rglob("*") if path.is_file())
    return sorted({*re.findall(r"\w+", text.lower()), "", "ß", "ﬁne", "naïve", "i̇stanbul", "a" * 64})[::3]
