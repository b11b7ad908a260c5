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
# Share of the names that are exchanged.
SHARE = 0.3
# Family names and cities taken from the top of their lists.
FAMILIES, CITIES = 20_000, 8_000
VOWELS = frozenset("aeiouyh")


class Swaps:
    """Names by type, from the training texts and from gazetteers."""

    def __init__(
        self, passages: Sequence[Passage], gazetteers: Path, sem: Path, tokenizer: Tokenizer
    ) -> None:
        self._pools: dict[tuple[str, bool], list[Forms]] = defaultdict(list)
        for kind, name in [*_own(passages), *_listed(gazetteers, sem, tokenizer)]:
            self._pools[kind, _vowel(name)].append(name)
        self._given = [row[0].title() for row in _rows(gazetteers / "insee" / "prenoms_sexe.tsv", "\t")][
            :3000
        ]
        families = [row[0].title() for row in _rows(gazetteers / "insee" / "noms_sorted_by_count.csv", ",")]
        self._families = families[1:FAMILIES]

    def __call__(self, passage: Passage, rng: random.Random) -> Passage:
        """The passage with some of its names exchanged for others of their type."""
        forms: list[str] = []
        tags: list[str] = []
        end = 0
        for first, last, kind in [*name_spans(passage.names), (len(passage.forms), -1, "")]:
            forms += passage.forms[end:first]
            tags += passage.names[end:first]
            if last < 0:
                break
            name = passage.forms[first : last + 1]
            other = self._other(kind, name, rng) if rng.random() < SHARE else name
            forms += other
            tags += _tags(kind, len(other))
            end = last + 1
        return replace(passage, forms=tuple(forms), names=tuple(tags))

    def _other(self, kind: str, name: Forms, rng: random.Random) -> Forms:
        if kind == "Person" and len(name) == 2:
            return (rng.choice(self._given), rng.choice(self._families))
        pool = self._pools.get((kind, _vowel(name)))
        return rng.choice(pool) if pool else name


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
