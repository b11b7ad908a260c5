"""Which of the things that articles name are one: a function of the set of articles and of what people decided.

    profiles ─► clusters (one id, one kind of type) ─► pairs with a name in common ─► sheets ─► groups, best first

No order of articles, and no article that is gone, leaves a trace: all is computed anew from the whole set. What grows
with it is on the disk: every step is a table, read in the order in which the next one needs it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from types import MappingProxyType
from typing import Any

from kg.resolution.blocks import candidates, gather, standing
from kg.resolution.clusters import Cluster, Unit
from kg.resolution.corpus import Corpus
from kg.resolution.joining import Ids, Joined
from kg.resolution.profiles import ArticleProfile
from kg.resolution.sheets import ACRONYM, MERGE, PROPOSE, Feature, Sheet, compare

__all__ = ["Group", "Pair", "Resolution", "resolve"]

NUMBERED = 8

SCHEMA = """
CREATE TABLE summary (
  cluster INTEGER PRIMARY KEY, unknown INT, bare INT, shouted INT, less INT, id TEXT, label TEXT, type TEXT, links TEXT);
CREATE TABLE ranked (score REAL, first INT, second INT, sheet TEXT);
CREATE TABLE judged (same INT, first INT, second INT, sheet TEXT);
CREATE TABLE root (cluster INTEGER PRIMARY KEY, root INT);
CREATE TABLE wanted (id TEXT, size INT, root INT, label TEXT, type TEXT, links TEXT);
CREATE TABLE thing (root INTEGER PRIMARY KEY, id TEXT, label TEXT, type TEXT, links TEXT);
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two clusters that were compared: what each is called and where it stands, the sheet, what the first became."""

    one: tuple[Unit, ...]
    other: tuple[Unit, ...]
    labels: tuple[str, str]
    sheet: Sheet
    id: str


@dataclass(frozen=True, slots=True)
class Group:
    """One thing: its id, label and type for all articles, and its IRIs elsewhere; `decided` where a person gave some."""

    id: str
    label: str
    type: str
    links: tuple[str, ...] = ()
    decided: bool = False


class Resolution:
    """What is one, why, and what a person should be asked."""

    def __init__(self, corpus: Corpus, links: Mapping[str, tuple[str, ...]]) -> None:
        self.corpus = corpus
        self._links = links

    def groups(self) -> Iterator[Group]:
        """All things, in a fixed order."""
        return map(self._group, self.corpus.rows("SELECT id, label, type, links FROM thing ORDER BY rowid"))

    def units(self) -> Iterator[tuple[Unit, Group]]:
        """What each article names, by article, with what it is."""
        return ((Unit(*row[:2]), self._group(row[2:])) for row in self.corpus.rows(UNITS.format("")))

    def changes(self) -> Iterator[tuple[str, dict[str, Group]]]:
        """By article, the groups that call a thing otherwise than the article does."""
        differ = "thing.id != unit.id OR thing.label != unit.label OR thing.type != unit.type"
        decided = ", ".join("?" * len(self._links))
        rows = self.corpus.rows(
            UNITS.format(f"WHERE {differ} OR thing.id IN ({decided})"), *sorted(self._links)
        )
        for article, some in groupby(rows, key=lambda row: row[0]):
            yield article, {row[1]: self._group(row[2:]) for row in some}

    def merged(self) -> Iterator[Pair]:
        """The pairs that were taken for one, the surest first."""
        return self._pairs(same=True)

    def proposed(self) -> Iterator[Pair]:
        """The pairs that may be one."""
        return self._pairs(same=False)

    def _pairs(self, *, same: bool) -> Iterator[Pair]:
        judged = self.corpus.rows(
            "SELECT first, second, sheet, thing.id FROM judged LEFT JOIN root ON root.cluster = first"
            " JOIN thing ON thing.root = coalesce(root.root, first) WHERE same = ? ORDER BY judged.rowid",
            same,
        )
        for first, second, sheet, identifier in judged:
            one, other = self.corpus.cluster(first), self.corpus.cluster(second)
            units = tuple(sorted(one.units)), tuple(sorted(other.units))
            yield Pair(*units, (one.label, other.label), _sheet(sheet), identifier)

    def has_group(self, identifier: str) -> bool:
        """Whether there is a thing of this id."""
        return any(self.corpus.rows("SELECT 1 FROM thing WHERE id = ? LIMIT 1", identifier))

    def has_unit(self, name: str) -> bool:
        """Whether an article calls something by this id, "@" and its own where it is told."""
        return bool(_numbers(self.corpus, name))

    def _group(self, row: tuple[str, str, str, str]) -> Group:
        identifier, label, type_, known = row
        links, further = json.loads(known), self._links.get(identifier, ())
        return Group(identifier, label, type_, tuple(sorted({*links, *further})), bool(further))

    def __enter__(self) -> Resolution:
        return self

    def __exit__(self, *_: object) -> None:
        self.corpus.close()


UNITS = """SELECT article, unit.id, thing.id, thing.label, thing.type, thing.links
FROM unit LEFT JOIN root ON root.cluster = unit.cluster JOIN thing ON thing.root = coalesce(root.root, unit.cluster)
{} ORDER BY article, unit.id, thing.rowid"""


def resolve(
    articles: Iterable[ArticleProfile],
    same: Iterable[Ids] = (),
    apart: Iterable[Ids] = (),
    links: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Resolution:
    """What is one among all that the articles name; used in a `with` statement.

    `same` and `apart` are pairs of ids that a person judged, `links` the IRIs elsewhere that one gave to things.
    """
    parted = frozenset(apart)
    corpus = Corpus(articles, frozenset[str]().union(*parted))
    corpus.script(SCHEMA)
    corpus.add("summary", map(_summary, gather(corpus)))
    joined = Joined(corpus, parted)
    for first, second in _decided(corpus, same):
        joined.join(first, second)
    _rank(corpus)
    _judge(corpus, joined)
    _group(corpus, joined)
    corpus.add("thing", _named(corpus, joined))
    return Resolution(corpus, links)


def _summary(cluster: Cluster) -> tuple[object, ...]:
    """What is asked of a cluster when it is to name a thing."""
    short = all(" " not in name for name in cluster.names)
    rank = (not cluster.links, cluster.bare, short and cluster.label.isupper(), -len(cluster.units))
    known = (cluster.id, cluster.label, cluster.type, json.dumps(sorted(cluster.links)))
    return cluster.number, *rank, *known


def _decided(corpus: Corpus, same: Iterable[Ids]) -> Iterator[tuple[int, int]]:
    for pair in sorted(sorted(ids) for ids in same):
        known = [sorted(_numbers(corpus, name)) for name in pair]
        if all(known):
            found = [number for numbers in known for number in numbers]
            yield from ((found[0], number) for number in found[1:])


def _numbers(corpus: Corpus, name: str) -> set[int]:
    """The clusters of what articles call by this id, or by this id "@" the article's."""
    identifier, _, article = name.rpartition("@")
    rows = corpus.rows(
        "SELECT DISTINCT cluster FROM unit WHERE id = ? OR (id = ? AND article = ?)",
        name,
        identifier,
        article,
    )
    return {number for (number,) in rows}


def _rank(corpus: Corpus) -> None:
    """Note the pairs worth a thought."""
    tell = standing(corpus)
    for first, second in candidates(corpus):
        sheet = compare(corpus.cluster(first), corpus.cluster(second), corpus, tell)
        if sheet.score >= PROPOSE:
            told = json.dumps([(feature.name, feature.weight) for feature in sheet.features])
            corpus.add("ranked", [(sheet.score, first, second, told)])


def _sheet(told: str) -> Sheet:
    return Sheet(tuple(Feature(name, weight) for name, weight in json.loads(told)))


def _judge(corpus: Corpus, joined: Joined) -> None:
    """Put together what is one, the best pairs first; note what was, and what a person may be asked."""
    ranked = corpus.rows("SELECT score, first, second, sheet FROM ranked ORDER BY score DESC, first, second")
    for score, first, second, sheet in _best_only(corpus, ranked, bytearray(len(joined))):
        together = joined.find(first) == joined.find(second)
        fits = score >= MERGE and (together or joined.join(first, second))
        if fits or not (together or joined.forbidden(first, second)):
            corpus.add("judged", [(fits, first, second, sheet)])


def _best_only(corpus: Corpus, ranked: Iterable[Any], taken: bytearray) -> Iterator[Any]:
    """A part of a name, or an acronym, is kept for the best of those it may mean."""
    for score, first, second, sheet in ranked:
        acronym = any(feature.name == ACRONYM for feature in _sheet(sheet).features)
        short = [number for number in (first, second) if _is_short(corpus.cluster(number), acronym)]
        if len(short) == 1:
            if taken[short[0]]:
                continue
            taken[short[0]] = True
        yield score, first, second, sheet


def _is_short(cluster: Cluster, acronym: bool) -> bool:
    """Whether it is a part of a name, or the acronym of a pair: that means one of the names which it fits, not all."""
    return cluster.bare or (acronym and not cluster.full)


def _group(corpus: Corpus, joined: Joined) -> None:
    """What each thing would be called: as the cluster is that is known to an authority, in full, to most articles."""
    for together in joined.merged():
        corpus.add("root", [(number, together[0]) for number in together])
    rows = corpus.rows(
        "SELECT root.root, summary.* FROM root JOIN summary ON summary.cluster = root.cluster ORDER BY 1, 2"
    )
    for root, some in groupby(rows, key=lambda row: row[0]):
        members = [row[1:] for row in some]
        size = -sum(row[4] for row in members)
        links = json.dumps(sorted({link for row in members for link in json.loads(row[8])}))
        _, _, _, _, _, identifier, label, type_, _ = min(members, key=lambda row: (*row[1:5], row[0]))
        corpus.add("wanted", [(identifier, size, root, label, type_, links)])
    corpus.script(
        "INSERT INTO wanted SELECT id, -less, cluster, label, type, links FROM summary"
        " WHERE cluster NOT IN (SELECT cluster FROM root); CREATE INDEX by_id ON wanted (id);"
    )


def _named(corpus: Corpus, joined: Joined) -> Iterator[tuple[object, ...]]:
    """The groups under ids of their own: of those that have one id, the largest keeps it."""
    rows = corpus.rows("SELECT * FROM wanted ORDER BY id, size DESC, root")
    for identifier, rivals in groupby(rows, key=lambda row: row[0]):
        types: Counter[str] = Counter()
        for number, (_, _, root, label, type_, links) in enumerate(rivals):
            new = identifier
            if number:
                types = types or _types(corpus, identifier)
                new = f"{identifier}-{type_.casefold()}"
                if types[type_.casefold()] > 1:
                    new += f"-{sha256(_first(corpus, joined.members(root)).encode('utf-8')).hexdigest()[:NUMBERED]}"
            yield root, new, label, type_, links


def _types(corpus: Corpus, identifier: str) -> Counter[str]:
    """How many of each type would be called by this id."""
    found: Counter[str] = Counter()
    for type_, count in corpus.rows("SELECT type, count(*) FROM wanted WHERE id = ? GROUP BY 1", identifier):
        found[type_.casefold()] += count
    return found


def _first(corpus: Corpus, members: Iterable[int]) -> str:
    """The first of the articles that name something."""
    first = "SELECT min(article) FROM unit WHERE cluster = ?"
    return min(str(next(corpus.rows(first, number))[0]) for number in members)
