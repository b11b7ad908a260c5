"""Groups of what articles name, before and while they are compared; what is rare enough in a corpus to tell apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from math import log

from kg.resolution.names import given_names, is_full, is_shared, loose
from kg.resolution.profiles import ArticleProfile, Named, fold

__all__ = ["Cluster", "Corpus", "Unit", "clusters_of"]

# A word that stands in more of the articles than this says nothing; in a few it always may speak.
COMMON, FEW = 0.01, 3
# How much a place tells against a person or a body: many who have nothing in common are in one country.
OF_PLACES = 0.75
# Types that a reader mistakes for one another easily; other types are each of its own.
HARD = frozenset({"Person", "Organization", "Place"})


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """Something named in one article: the article's id, and the id that the thing has there."""

    article: str
    id: str


@dataclass(slots=True)
class Cluster:
    """What was named in some articles and is taken for one thing.

    `bare` where only a part of a person's name is known, `shared` where every country has one of that name.
    """

    key: tuple[str, ...]
    kind: str
    bare: bool
    shared: bool = False
    units: list[Unit] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)

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


def clusters_of(articles: Iterable[ArticleProfile], judged: Container[str] = ()) -> list[Cluster]:
    """What has one id and one kind of type, each once, sorted.

    Persons named in part, what has a name that every country has, and what a person has judged in one article
    ("id@article" in `judged`), stay apart, article by article.
    """
    found: dict[tuple[str, ...], Cluster] = {}
    for article in sorted(articles, key=lambda one: one.id):
        for named in article.named:
            kind = named.type if named.type in HARD else ""
            bare = kind == "Person" and not named.links and not any(is_full(name) for name in named.names)
            shared = kind not in ("Person", "Place") and not named.links and all(map(is_shared, named.names))
            alone = bare or shared or f"{named.id}@{article.id}" in judged
            key = (named.id, kind, *([article.id] if alone else []))
            found.setdefault(key, Cluster(key, kind, bare, shared)).add(article.id, named)
    return [cluster for _, cluster in sorted(found.items())]


class Corpus:
    """What all articles name and say, and how rare it is: by that it makes two articles speak of the same."""

    def __init__(self, articles: Sequence[ArticleProfile]) -> None:
        self._company = {
            article.id: {one.id: fold(one.label) for one in article.named} for article in articles
        }
        names = Counter(name for named in self._company.values() for name in set(named.values()))
        words = Counter(word for article in articles for word in article.words)
        size, limit = len(articles), max(FEW, int(COMMON * len(articles)))
        self._rarity = {name: log((size + 1) / count) / log(size + 1) for name, count in names.items()}
        # What stands before a last name somewhere, here or in France.
        self.given = given_names().keys() | {
            words[0]
            for article in articles
            for named in article.named
            for words in (fold(name).split() for name in named.names if is_full(name))
            if named.type == "Person" and len(words[-1]) > 1
        }
        self._places = {
            fold(named.label) for article in articles for named in article.named if named.type == "Place"
        }
        self.crowded = {article for article, named in self._company.items() if len(named) > FEW}
        self._words = {
            one.id: frozenset(word for word in one.words if words[word] <= limit) for one in articles
        }

    def rarity(self, name: str) -> float:
        """How much a name tells: 1 for what one article names, near 0 for what all do; a place somewhat less."""
        return self._rarity[name] * (OF_PLACES if name in self._places else 1)

    def company(self, cluster: Cluster) -> set[str]:
        """The names that stand in the articles beside this one, but for those that share a word with it."""
        own = {unit.id for unit in cluster.units}
        mine = {word for name in cluster.names for word in name.split()}
        found = {
            name
            for article in cluster.articles
            for one, name in self._company[article].items()
            if one not in own
        }
        return {name for name in found if not mine & set(name.split())}

    def words(self, cluster: Cluster) -> set[str]:
        """The rarer words of its articles, but for its own."""
        mine = {word for name in cluster.names for word in name.split()}
        found = {word for article in cluster.articles for word in self._words[article]}
        return {word for word in found if fold(word) not in mine}
