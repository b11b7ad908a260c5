"""The score sheet of two clusters: which features speak for one thing, which against, and how much each weighs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.resolution.clusters import Cluster
from kg.resolution.corpus import Corpus
from kg.resolution.names import initials, letter_apart, loose, other_given_names, shortens, skeleton

__all__ = [
    "ACRONYM",
    "COMPANY",
    "FEWEST",
    "LEAST",
    "MERGE",
    "ONLY",
    "PROPOSE",
    "SEVERAL",
    "WEIGHTS",
    "Feature",
    "Sheet",
    "alike",
    "compare",
    "relatives",
]

# From MERGE on two are one; from PROPOSE on a person is asked.
MERGE, PROPOSE = 3.0, 1.5

ACRONYM = "acronym"
PART = "name part"
SEVERAL, ONLY = "several bear the name", "nobody else bears the name"
SPELT, LETTER = "same consonants", "same but for one letter"
LOOSELY = "same but for an article or spaces"
# What each feature weighs. Names first: without one in common nothing else is looked at.
WEIGHTS = {
    "same name": 3.0,
    "name of several words": 1.0,
    LOOSELY: 2.0,
    ACRONYM: 2.0,
    PART: 1.5,
    "named in full by many": 0.5,
    "initial and last name": 2.5,
    SPELT: 2.5,
    LETTER: 1.5,
    "every country has one": -3.0,
    "same type": 1.0,
    "conflicting types": -3.5,
    "a body and its place": -2.5,
    "different types": -1.0,
    "same authority": 5.0,
    "different authorities": -8.0,
    SEVERAL: -3.0,
    ONLY: 0.25,
    "also a given name": -3.0,
    "last name alone": -1.0,
    "nothing shared": -1.0,
}
# Each name (by its rarity) or rare word shared weighs this much, up to so much in all.
COMPANY, MOST_COMPANY = 0.75, 2.25
WORD, MOST_WORDS = 0.1, 0.5
# What weighs less than this, or is fewer words, is as good as nothing.
LEAST, FEWEST = 0.1, 2
# Somebody whom as many articles name in full may be meant by the last name alone.
MANY = 5
# Given names that are this much alike are one, spelled in two ways.
SPELLED_ALIKE = 0.7
NEVER_SHORTENED = frozenset({"Person", "Place"})
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Feature:
    """One line of a sheet: what was seen, what it weighs."""

    name: str
    weight: float

    def __str__(self) -> str:
        return f"{self.name} {self.weight:+g}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The features of two clusters, in a fixed order."""

    features: tuple[Feature, ...]

    @property
    def score(self) -> float:
        """The sum."""
        return round(sum(feature.weight for feature in self.features), 2)

    def __str__(self) -> str:
        return "; ".join(map(str, self.features))


def compare(
    one: Cluster, other: Cluster, corpus: Corpus, bearers: Callable[[Cluster, Cluster], str] = lambda *_: ""
) -> Sheet:
    """The sheet of two clusters; `bearers` tells ONLY or SEVERAL, of the part or the acronym that the two share."""
    named = alike(one, other)
    if not named:
        return Sheet(())
    found = [*named, *_types(one, other), *_links(one, other)]
    if (one.shared and other.shared) or (LOOSELY in named and (one.shared or other.shared)):
        found.append("every country has one")
    if named[0] in (ACRONYM, PART) and (standing := bearers(one, other)):
        found.append(standing)
    if one.bare and other.bare:
        found.append("last name alone")
    if PART in named and any(map(corpus.is_given, one.names | other.names)):
        found.append("also a given name")
    return Sheet((*(Feature(name, WEIGHTS[name]) for name in found), *_context(one, other, corpus)))


def alike(one: Cluster, other: Cluster) -> list[str]:
    """What the names of the two have in common; nothing, and they are not compared further."""
    people = one.kind == other.kind == "Person"
    if one.full & other.full:
        return ["same name", "name of several words"]
    # Two who are named in full are not one because they share a last name.
    if one.names & other.names and one.bare == other.bare and (one.bare or not people):
        return ["same name"]
    for short, full in ((one, other), (other, one)):
        if people and any(shortens(part, whole) for part in short.full for whole in full.full):
            return ["initial and last name"]
        if people and _is_part(short, full):
            return [PART, *(["named in full by many"] if len(full.units) >= MANY else [])]
        if _is_acronym(short, full):
            return [ACRONYM]
    if one.loose & other.loose and not people:
        return [LOOSELY, *(["name of several words"] if _several(one, other) else [])]
    return _spelt(one, other) if one.kind == other.kind else []


def _several(one: Cluster, other: Cluster) -> bool:
    """Whether a name of several words is the same but for its small words."""
    return bool({loose(name) for name in one.full} & {loose(name) for name in other.full})


def _spelt(one: Cluster, other: Cluster) -> list[str]:
    """Whether the two have one name, spelt in two ways; two whom one article names are two."""
    people = one.kind == "Person"
    pairs = [(mine, theirs) for mine in one.full for theirs in other.full]
    if people:
        pairs = [pair for pair in pairs if not other_given_names(*pair)]
        if any(skeleton(mine) == skeleton(theirs) != "" for mine, theirs in pairs):
            return [SPELT]
    return [LETTER] if any(letter_apart(*pair) for pair in pairs) else []


def relatives(one: str, other: str) -> bool:
    """Whether two full names share the last name and tell two people apart by the rest.

    >>> relatives("marine le pen", "jean marie le pen"), relatives("e macron", "emmanuel macron")
    (True, False)
    """
    first, _, last = one.rpartition(" ")
    second, _, rest = other.rpartition(" ")
    if last != rest or one.endswith(f" {other}") or other.endswith(f" {one}"):
        return False
    if shortens(one, other) or shortens(other, one):
        return False
    if other_given_names(one, other):
        return True
    return SequenceMatcher(None, first, second).ratio() < SPELLED_ALIKE


def _is_part(short: Cluster, full: Cluster) -> bool:
    """Whether the one is called by the end of the other's name; two whom one article names in full are two."""
    if not short.bare and set(short.articles) & set(full.articles):
        return False
    return any(whole.endswith(f" {part}") for part in _parts(short) for whole in full.full)


def _parts(cluster: Cluster) -> set[str]:
    return cluster.names if cluster.bare else cluster.full


def _is_acronym(short: Cluster, full: Cluster) -> bool:
    if {short.kind, full.kind} & NEVER_SHORTENED:
        return False
    forms = {form for name in full.names for form in initials(name)}
    return any(label.isupper() and label.casefold() in forms for label in short.labels)


def _types(one: Cluster, other: Cluster) -> list[str]:
    if one.kind == other.kind:
        return ["same type"]
    if {one.kind, other.kind} == {"Organization", "Place"}:
        return ["a body and its place"]
    return ["conflicting types" if one.kind and other.kind else "different types"]


def _links(one: Cluster, other: Cluster) -> list[str]:
    if not one.links or not other.links:
        return []
    return ["same authority" if one.links & other.links else "different authorities"]


def _context(one: Cluster, other: Cluster, corpus: Corpus) -> Iterable[Feature]:
    company = sorted(
        corpus.company(one) & corpus.company(other), key=lambda name: (-corpus.rarity(name), name)
    )
    words = sorted(corpus.words(one) & corpus.words(other))
    if company:
        yield Feature(_listed("beside both", company), _company(company, corpus))
    if words:
        yield Feature(_listed("words of both", words), min(WORD * len(words), MOST_WORDS))
    crowded = one.crowded and other.crowded
    # A whole name tells enough by itself, but for those that every country has.
    telling = one.full & other.full and not (one.shared or other.shared)
    if crowded and not telling and _company(company, corpus) < LEAST and len(words) < FEWEST:
        yield Feature("nothing shared", WEIGHTS["nothing shared"])


def _company(shared: list[str], corpus: Corpus) -> float:
    return round(min(COMPANY * sum(map(corpus.rarity, shared)), MOST_COMPANY), 2)


def _listed(what: str, found: list[str]) -> str:
    more = ["…"] if len(found) > SHOWN else []
    return f"{what}: {', '.join([*found[:SHOWN], *more])}"
