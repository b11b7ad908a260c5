"""Whether one full name is two people's: asked of a person where what articles say of them speaks against one.

Articles that name somebody belong together where they share company, rare words or a description. Where they fall
apart, the parts are described otherwise, and other names stand in each, one of each is shown. Nothing is decided here.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, groupby
from operator import itemgetter

from kg.resolution.clusters import Unit
from kg.resolution.corpus import Corpus
from kg.resolution.joining import Ids
from kg.resolution.names import forms
from kg.resolution.profiles import fold
from kg.resolution.sheets import COMPANY, FEWEST, LEAST, WEIGHTS, Feature, Sheet

__all__ = ["Parted", "homonyms"]

# What weighs against two who are described otherwise, or whose ages are so many years apart.
OTHERWISE, AGED = -2.0, -2.0
YEARS = 5
# Somebody whom more articles name is known well enough.
MOST_ARTICLES = 400
# Words of a description that tell it from another.
TELLING = 4
# The letters with which the words for many end.
PLURAL = "PluralEndings"
ASKED = """
SELECT unit.cluster, unit.id, article, label, said, crowded FROM unit JOIN (
  SELECT cluster FROM unit WHERE kind = 'Person' AND alone = '' GROUP BY cluster HAVING count(*) BETWEEN 2 AND ?
) AS several ON several.cluster = unit.cluster ORDER BY unit.cluster, unit.place
"""


@dataclass(frozen=True, slots=True)
class Parted:
    """Two articles that may speak of two people of one name: how each describes them, and what speaks against one."""

    one: Unit
    other: Unit
    words: tuple[str, str]
    sheet: Sheet


@dataclass(slots=True)
class _Side:
    """What one article, or some that belong together, say of somebody."""

    units: list[Unit]
    label: str
    crowded: bool
    said: set[str] = field(default_factory=set)
    ages: set[float] = field(default_factory=set)

    @property
    def telling(self) -> set[str]:
        """The words that describe them."""
        own = set(fold(self.label).split())
        words = {word for text in self.said for word in fold(text).split()}
        return {word.rstrip("".join(forms(PLURAL))) for word in words - own if len(word) >= TELLING}

    @property
    def words(self) -> str:
        """The name, with what is said of it."""
        ages = (f"{age:g}" for age in sorted(self.ages))
        return ", ".join([self.label, *sorted(self.said), *ages])


def homonyms(corpus: Corpus, same: Iterable[Ids] = ()) -> Iterator[Parted]:
    """What to ask, by name; `same` are pairs that a person said are one."""
    told = list(same)
    for _, rows in groupby(corpus.rows(ASKED, MOST_ARTICLES), key=itemgetter(0)):
        sides = []
        for _, identifier, article, label, known, crowded in rows:
            said, ages = json.loads(known)
            sides.append(_Side([Unit(article, identifier)], label, bool(crowded), set(said), set(ages)))
        if sum(bool(side.said or side.ages) for side in sides) > 1:
            yield from _parted(_together(corpus, sides, told))


def _parted(sides: list[_Side]) -> Iterator[Parted]:
    """The one that most articles speak of beside each other that is described otherwise."""
    first, *others = sorted(sides, key=lambda side: (-len(side.units), side.units))
    for other in others:
        features = list(_against(first, other))
        if features and first.crowded and other.crowded:
            features.append(Feature("nothing shared", WEIGHTS["nothing shared"]))
            words = (first.words, other.words)
            yield Parted(first.units[0], other.units[0], words, Sheet(tuple(features)))


def _against(one: _Side, other: _Side) -> Iterator[Feature]:
    if one.telling and other.telling:
        yield Feature("described otherwise", OTHERWISE)
    if one.ages and other.ages:
        yield Feature("of another age", AGED)


def _together(corpus: Corpus, sides: list[_Side], same: Iterable[Ids]) -> list[_Side]:
    """The articles that belong together, as one side each."""
    home = list(range(len(sides)))

    def find(number: int) -> int:
        while home[number] != number:
            number = home[number]
        return number

    for one, other in _links(corpus, sides, same):
        first, second = sorted((find(one), find(other)))
        home[second] = first
    found: dict[int, _Side] = {}
    for number, side in enumerate(sides):
        into = found.setdefault(find(number), side)
        if into is not side:
            into.units += side.units
            into.crowded |= side.crowded
            into.said |= side.said
            into.ages |= side.ages
    return list(found.values())


def _links(corpus: Corpus, sides: list[_Side], same: Iterable[Ids]) -> Iterator[tuple[int, int]]:
    """The pairs of articles that share something that tells, or that a person took for one."""
    where: dict[str, list[int]] = defaultdict(list)
    rare: dict[str, list[int]] = defaultdict(list)
    for number, side in enumerate(sides):
        (unit,) = side.units
        for name in _beside(corpus, unit, side.label):
            where[f"beside {name}"].append(number)
        for word in side.telling:
            where[f"said {word}"].append(number)
        for word in _rare(corpus, unit, side.label):
            rare[word].append(number)
    for numbers in where.values():
        yield from ((numbers[0], number) for number in numbers[1:])
    shared = Counter(pair for numbers in rare.values() for pair in combinations(numbers, 2))
    yield from (pair for pair, count in sorted(shared.items()) if count >= FEWEST)
    for one, other in combinations(range(len(sides)), 2):
        if _near(sides[one].ages, sides[other].ages) or _said_same(sides[one], sides[other], same):
            yield one, other


def _near(ages: set[float], others: set[float]) -> bool:
    return any(abs(one - other) <= YEARS for one in ages for other in others)


def _said_same(one: _Side, other: _Side, same: Iterable[Ids]) -> bool:
    names = [f"{side.units[0].id}@{side.units[0].article}" for side in (one, other)]
    return frozenset(names) in same


def _beside(corpus: Corpus, unit: Unit, label: str) -> set[str]:
    """The names beside somebody that are rare enough to tell, without their own."""
    own = set(fold(label).split())
    rows = corpus.rows("SELECT name FROM company WHERE article = ? AND id != ?", unit.article, unit.id)
    names = (name for (name,) in rows if name and own.isdisjoint(name.split()))
    return {name for name in names if COMPANY * corpus.rarity(name) >= LEAST}


def _rare(corpus: Corpus, unit: Unit, label: str) -> set[str]:
    own = set(fold(label).split())
    found = next(corpus.rows("SELECT words FROM rare WHERE article = ?", unit.article), ("",))[0].split("\n")
    return {word for word in found if word and fold(word) not in own}
