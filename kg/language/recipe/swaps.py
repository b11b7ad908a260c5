"""Names put in the place of others, so that a network learns what stands around a name, not which names there are."""

from __future__ import annotations

import csv
import random
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.language.decoding import name_spans
from kg.language.recipe.corpora import Passage
from kg.language.tokenizer import Tokenizer

__all__ = ["Swaps"]

Forms = tuple[str, ...]
# Share of the names that are exchanged, and of these the share that are put together anew: words that no list has.
SHARE, COINED = 0.5, 0.35
# Family names and cities taken from the top of their lists.
FAMILIES, CITIES = 20_000, 8_000
VOWELS = frozenset("aeiouyh")
# Kinds of names that are exchanged, and the longest that are put together anew, in words.
KINDS, LONGEST = ("Person", "Organization", "Place", "Product"), 3
# How many are coined until one begins with the right kind of sound.
TRIES = 8


class Swaps:
    """Names by type, from the training texts and from gazetteers."""

    def __init__(
        self, articles: Iterable[Sequence[Passage]], gazetteers: Path, sem: Path, tokenizer: Tokenizer
    ) -> None:
        self._pools: dict[tuple[str, bool], list[Forms]] = defaultdict(list)
        own = _own(passage for article in articles for passage in article)
        for kind, name in [*own, *_listed(gazetteers, sem, tokenizer)]:
            self._pools[kind, _vowel(name)].append(name)
        self._given = [row[0].title() for row in _rows(gazetteers / "insee" / "prenoms_sexe.tsv", "\t")][
            :3000
        ]
        families = [row[0].title() for row in _rows(gazetteers / "insee" / "noms_sorted_by_count.csv", ",")]
        self._families = families[1:FAMILIES]
        self._parts = {kind: list(self._words(kind)) for kind in KINDS}

    def __call__(self, article: Sequence[Passage], rng: random.Random) -> list[Passage]:
        """The article with some of its names exchanged for others of their type, a name always for the same."""
        known: dict[tuple[str, Forms], Forms] = {}
        return [self._passage(passage, known, rng) for passage in article]

    def _passage(
        self, passage: Passage, known: dict[tuple[str, Forms], Forms], rng: random.Random
    ) -> Passage:
        forms: list[str] = []
        tags: list[str] = []
        end = 0
        for first, last, kind in name_spans(passage.names):
            name = passage.forms[first : last + 1]
            if (kind, name) not in known:
                known[kind, name] = self._other(kind, name, rng)
            forms += [*passage.forms[end:first], *known[kind, name]]
            tags += [*passage.names[end:first], *_tags(kind, len(known[kind, name]))]
            end = last + 1
        forms += passage.forms[end:]
        tags += passage.names[end:]
        return replace(passage, forms=tuple(forms), names=tuple(tags))

    def _other(self, kind: str, name: Forms, rng: random.Random) -> Forms:
        if kind not in KINDS or rng.random() >= SHARE:
            return name
        if rng.random() < COINED and len(name) <= LONGEST:
            for _ in range(TRIES):
                made = self._coined(kind, name, rng)
                if made != name and _vowel(made) == _vowel(name):
                    return made
        if kind == "Person" and len(name) == 2:
            return (rng.choice(self._given), rng.choice(self._families))
        pool = self._pools.get((kind, _vowel(name)))
        return rng.choice(pool) if pool else name

    def _coined(self, kind: str, name: Forms, rng: random.Random) -> Forms:
        """The name with words that are no one's: the beginning of one and the end of another."""
        words = []
        for place, word in enumerate(name):
            if not (word[0].isupper() and word.isalpha() and len(word) > 2):
                words.append(word)
            elif kind == "Person" and place == 0 and len(name) > 1:
                words.append(rng.choice(self._given))
            else:
                front, back = rng.choice(self._parts[kind]), rng.choice(self._parts[kind])
                words.append(
                    (front[: rng.randint(2, len(front) - 2)] + back[rng.randint(2, len(back) - 2) :]).title()
                )
        return tuple(words)

    def _words(self, kind: str) -> Iterator[str]:
        """The words of which names of a kind are coined; those of products as those of firms are."""
        pools = ("Product", "Organization") if kind == "Product" else (kind,)
        found = (
            self._families
            if kind == "Person"
            else [
                word
                for (pool, _), names in self._pools.items()
                if pool in pools
                for name in names
                for word in name
            ]
        )
        return (word for word in found if word[:1].isupper() and word.isalpha() and len(word) > 4)


def _vowel(name: Forms) -> bool:
    """Whether a name begins with a sound before which small words lose theirs ("d'")."""
    return unicodedata.normalize("NFD", name[0].lower())[:1] in VOWELS


def _tags(kind: str, size: int) -> list[str]:
    if size == 1:
        return [f"S-{kind}"]
    return [f"B-{kind}", *[f"I-{kind}"] * (size - 2), f"E-{kind}"]


def _own(passages: Iterable[Passage]) -> Iterator[tuple[str, Forms]]:
    for passage in passages:
        for first, last, kind in name_spans(passage.names):
            if kind in {"Person", "Organization", "Place", "Product"}:
                yield kind, passage.forms[first : last + 1]


def _listed(gazetteers: Path, sem: Path, tokenizer: Tokenizer) -> Iterator[tuple[str, Forms]]:
    companies = [row[1] for row in _rows(gazetteers / "sp500" / "constituents.csv", ",")][1:]
    companies += [name.title() for name in (sem / "company").read_text(encoding="utf-8").splitlines()]
    cities = [row[0] for row in _rows(gazetteers / "world-cities" / "world-cities.csv", ",")][1:CITIES]
    for kind, names in (("Organization", companies), ("Place", cities)):
        for name in names:
            forms = tuple(name[a:b] for a, b in tokenizer.cut(name))
            if forms and forms[0][0].isupper():
                yield kind, forms


def _rows(path: Path, delimiter: str) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.reader(lines, delimiter=delimiter) if row]
