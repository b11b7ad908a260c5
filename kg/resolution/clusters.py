"""Groups of what articles name, before and while they are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field

from kg.resolution.names import is_full, is_shared, loose
from kg.resolution.profiles import Named, fold

__all__ = ["Cluster", "Key", "Unit", "key_of"]

# Types that a reader mistakes for one another easily; other types are each of its own.
HARD = frozenset({"Person", "Organization", "Place"})

# By what a cluster is found: the id, the kind of type, and the article of what is not looked for in others.
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """Something named in one article: the article's id, and the id that the thing has there."""

    article: str
    id: str


@dataclass(slots=True)
class Cluster:
    """What was named in some articles and is taken for one thing.

    `bare` where only a part of a person's name is known, `shared` where every country has one of that name,
    `crowded` where an article names others beside it.
    """

    key: Key
    bare: bool
    shared: bool = False
    crowded: bool = False
    number: int = 0
    units: list[Unit] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    # What stands beside it, and the rarer words there, once somebody asked.
    company: frozenset[str] | None = None
    words: frozenset[str] | None = None

    def add(self, article: str, named: Named) -> None:
        """Count a thing of an article in."""
        self.units.append(Unit(article, named.id))
        self.labels[named.label] += 1
        self.types[named.type] += 1
        self.names |= {fold(name) for name in named.names} - {""}
        self.full |= {fold(name) for name in named.names if is_full(name)}
        self.loose |= {loose(name) for name in named.names} - {""}
        self.links |= set(named.links)

    @property
    def id(self) -> str:
        """What each of its articles calls it."""
        return self.key[0]

    @property
    def kind(self) -> str:
        """Its type, of those that are taken for one another; else nothing."""
        return self.key[1]

    @property
    def label(self) -> str:
        """What most articles call it."""
        return min(self.labels, key=lambda label: (-self.labels[label], label))

    @property
    def type(self) -> str:
        """What most articles take it for."""
        return min(self.types, key=lambda name: (-self.types[name], name))

    @property
    def articles(self) -> list[str]:
        """The ids of its articles, sorted, each once."""
        return sorted({unit.article for unit in self.units})


def key_of(article: str, named: Named, judged: Container[str] = ()) -> tuple[str, str, str, bool, bool]:
    """The key of what an article names, whether it is bare, and whether every country has one of its name.

    Persons named in part, what has a name that every country has, and what a person has judged in one article
    ("id@article" in `judged`), stay apart, article by article.
    """
    kind = named.type if named.type in HARD else ""
    bare = kind == "Person" and not named.links and not any(is_full(name) for name in named.names)
    shared = kind not in ("Person", "Place") and not named.links and all(map(is_shared, named.names))
    alone = bare or shared or f"{named.id}@{article}" in judged
    return named.id, kind, article if alone else "", bare, shared
