"""What is in memory while articles are compared does not grow with their number."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest

from kg.resolution import corpus
from kg.resolution.copies import copies
from kg.resolution.profiles import ArticleProfile, Named, words
from kg.resolution.resolving import resolve

# Beside the tables, which are on the disk: 13 bytes for each thing, and what is in passing; kept whole it would be 50 times as much.
BYTES_OF_AN_ARTICLE = 1000


def articles(count: int) -> Iterator[ArticleProfile]:
    """Articles of fifty words that name four people each, one of whom the one before names too."""
    for number in range(count):
        people = [f"Ana{number + at} Bel{(number + at) * 7}ois" for at in range(4)]
        text = " ".join(f"parole{number * 50 + at}" for at in range(50))
        named = tuple(Named(name.casefold().replace(" ", "-"), name, "Person") for name in people)
        yield ArticleProfile(f"article-{number:012}", f"{number}.txt", named, words(text), text)


def peak(count: int) -> int:
    """The most bytes that Python held while so many were compared."""
    tracemalloc.start()
    with resolve(articles(count)) as resolution:
        found = sum(1 for _ in resolution.changes()) + sum(1 for _ in resolution.units())
        assert found == 4 * count
        assert not list(copies(resolution.corpus))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_number_of_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "HELD", 100)
    monkeypatch.setattr(corpus, "REMEMBERED", 100)
    peak(300)  # what is imported and what is remembered of names, which has a bound of its own
    few, many = peak(100), peak(300)
    assert many - few < BYTES_OF_AN_ARTICLE * 200, (few, many)
