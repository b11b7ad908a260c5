"""What all articles name and say, on the disk: how rare each name is, which clusters there are, what stands beside them.

So what is in memory does not grow with the number of articles, but for some bytes for each thing that they name
(`kg.resolution.joining`).
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from math import log
from typing import Any

from kg.graph.scratch import Scratch
from kg.resolution.clusters import Cluster, key_of
from kg.resolution.names import given_names, is_full
from kg.resolution.profiles import ArticleProfile, Named, fold

__all__ = ["Corpus"]

# A word that stands in more of the articles than this says nothing; in a few it always may speak.
COMMON, FEW = 0.01, 3
# How much a place tells against a person or a body: many who have nothing in common are in one country.
OF_PLACES = 0.75
# Things of articles whose clusters are in memory at a time; names of which it is remembered how rare they are.
HELD, REMEMBERED = 10_000, 1 << 14

SCHEMA = """
CREATE TABLE article (id TEXT PRIMARY KEY, file TEXT, published TEXT, text TEXT) WITHOUT ROWID;
CREATE TABLE longer (article TEXT, words TEXT);
CREATE TABLE rare (article TEXT PRIMARY KEY, words TEXT) WITHOUT ROWID;
CREATE TABLE named (
  id TEXT, kind TEXT, alone TEXT, bare INT, shared INT, crowded INT, article TEXT,
  label TEXT, type TEXT, aliases TEXT, links TEXT, said TEXT);
CREATE TABLE company (article TEXT, id TEXT, name TEXT, PRIMARY KEY (article, id)) WITHOUT ROWID;
CREATE TABLE name (it TEXT PRIMARY KEY, articles INT) WITHOUT ROWID;
CREATE TABLE word (it TEXT PRIMARY KEY, articles INT) WITHOUT ROWID;
CREATE TABLE given (it TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE place (it TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE unit (
  cluster INT, place INT, id TEXT, kind TEXT, alone TEXT, bare INT, shared INT, crowded INT, article TEXT,
  label TEXT, type TEXT, aliases TEXT, links TEXT, said TEXT, PRIMARY KEY (cluster, place)) WITHOUT ROWID;
"""
# What has one id and one kind of type is a cluster; these are numbered in their order.
NUMBERED = """
INSERT INTO unit SELECT
  dense_rank() OVER (ORDER BY id, kind, alone) - 1, row_number() OVER (ORDER BY id, kind, alone, article, rowid), *
FROM named ORDER BY 1, 2
"""
ONCE = "INSERT OR IGNORE"
COUNTED = "INSERT INTO {} VALUES (?, 1) ON CONFLICT DO UPDATE SET articles = articles + 1"


class Corpus(Scratch):
    """What all articles name and say, and how rare it is: by that it makes two articles speak of the same."""

    def __init__(self, articles: Iterable[ArticleProfile], judged: Container[str] = ()) -> None:
        super().__init__(SCHEMA)
        self.rarity = lru_cache(maxsize=REMEMBERED)(self._rarity)
        self.is_given = lru_cache(maxsize=REMEMBERED)(self._is_given)
        self._held: OrderedDict[int, Cluster] = OrderedDict()
        self._weight = self.size = 0
        for article in articles:
            self._add(article, judged)
        self._keep_rare_words()
        self.database.execute(NUMBERED)
        self.database.execute("DROP TABLE named")

    def clusters(self) -> Iterator[Cluster]:
        """All clusters, by number."""
        units = self.database.execute("SELECT * FROM unit ORDER BY cluster, place")
        return (_cluster(number, group) for number, group in groupby(units, key=lambda row: row[0]))

    def cluster(self, number: int) -> Cluster:
        """One of them; those that were asked for last are remembered."""
        found = self._held.get(number)
        if found is not None:
            self._held.move_to_end(number)
            return found
        units = self.rows("SELECT * FROM unit WHERE cluster = ? ORDER BY place", number)
        found = self._held[number] = _cluster(number, units)
        self._weight += len(found.units)
        while self._weight > HELD and len(self._held) > 2:
            _, oldest = self._held.popitem(last=False)
            self._weight -= len(oldest.units)
        return found

    def company(self, cluster: Cluster) -> frozenset[str]:
        """The names that stand in the articles beside this one, but for those that share a word with it."""
        if cluster.company is None:
            mine = {word for name in cluster.names for word in name.split()}
            beside = self.rows(
                "SELECT DISTINCT name FROM unit JOIN company ON company.article = unit.article"
                " WHERE cluster = ? AND company.id != ?",
                cluster.number,
                cluster.id,
            )
            cluster.company = frozenset(name for (name,) in beside if mine.isdisjoint(name.split()))
        return cluster.company

    def words(self, cluster: Cluster) -> frozenset[str]:
        """The rarer words of its articles, but for its own."""
        if cluster.words is None:
            mine = {word for name in cluster.names for word in name.split()}
            texts = self.rows(
                "SELECT words FROM unit JOIN rare ON rare.article = unit.article WHERE cluster = ?",
                cluster.number,
            )
            found = {word for (text,) in texts for word in text.split("\n") if word}
            cluster.words = frozenset(word for word in found if fold(word) not in mine)
        return cluster.words

    def _rarity(self, name: str) -> float:
        """How much a name tells: 1 for what one article names, near 0 for what all do; a place somewhat less."""
        rare = log((self.size + 1) / self._count("name", name)) / log(self.size + 1)
        return rare * (OF_PLACES if self._is_in("place", name) else 1)

    def _is_given(self, name: str) -> bool:
        """Whether it stands before a last name somewhere, here or in France."""
        return name in given_names() or self._is_in("given", name)

    def _count(self, table: str, it: str) -> int:
        return int(next(self.rows(f"SELECT articles FROM {table} WHERE it = ?", it))[0])

    def _is_in(self, table: str, it: str) -> bool:
        return next(self.rows(f"SELECT 1 FROM {table} WHERE it = ?", it), None) is not None

    def _add(self, article: ArticleProfile, judged: Container[str]) -> None:
        self.size += 1
        self.add("article", [(article.id, article.file, article.published, article.text)])
        self.add("longer", [(article.id, "\n".join(article.words))])
        company = {one.id: fold(one.label) for one in article.named}
        crowded = len(company) > FEW
        named = [
            (*key_of(article.id, one, judged), crowded, article.id, *_told(one)) for one in article.named
        ]
        self.add("named", named)
        self.add("company", [(article.id, *pair) for pair in company.items()])
        count = self.database.executemany
        count(COUNTED.format("name"), [(name,) for name in set(company.values())])
        count(COUNTED.format("word"), [(word,) for word in article.words])
        people = (one for one in article.named if one.type == "Person")
        full = (fold(name).split() for one in people for name in one.names if is_full(name))
        self.add("given", [words[:1] for words in full if len(words[-1]) > 1], ONCE)
        places = [(fold(one.label),) for one in article.named if one.type == "Place"]
        self.add("place", places, ONCE)

    def _keep_rare_words(self) -> None:
        """Of the words of each article, keep what few others have."""
        limit = max(FEW, int(COMMON * self.size))
        for article, words in self.rows("SELECT * FROM longer"):
            rare = [word for word in words.split("\n") if word and self._count("word", word) <= limit]
            self.rows("INSERT INTO rare VALUES (?, ?)", article, "\n".join(rare))
        self.rows("DROP TABLE longer")


def _told(one: Named) -> tuple[str, str, str, str, str]:
    """What is known of a thing, as a row has it."""
    said = json.dumps((one.said, one.ages))
    return one.label, one.type, json.dumps(one.aliases), json.dumps(one.links), said


def _cluster(number: int, units: Iterable[Any]) -> Cluster:
    """The cluster of these rows."""
    found = None
    for (
        _,
        _,
        identifier,
        kind,
        alone,
        bare,
        shared,
        crowded,
        article,
        label,
        type_,
        aliases,
        links,
        _,
    ) in units:
        found = found or Cluster((identifier, kind, alone), bool(bare), bool(shared), number=number)
        found.crowded |= bool(crowded)
        named = Named(identifier, label, type_, tuple(json.loads(aliases)), tuple(json.loads(links)))
        found.add(article, named)
    assert found is not None, number
    return found
