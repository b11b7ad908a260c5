"""Which clusters are worth comparing: those that share a name, a part of one, or an acronym; and what else it may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, groupby, islice

from kg.resolution.clusters import Cluster
from kg.resolution.corpus import Corpus
from kg.resolution.names import initials, skeleton, spellings
from kg.resolution.sheets import ONLY, SEVERAL, alike

__all__ = ["candidates", "gather", "standing"]

# Larger blocks of one name are beyond what pairs can tell; their members stay as they are.
LARGEST_BLOCK = 400
# Of several with one last name, it means the one that has this share of the articles.
CLEARLY = 0.75

SCHEMA = """
CREATE TABLE block (key TEXT, cluster INT);
CREATE TABLE pair (first INT, second INT);
CREATE TABLE bearing (part TEXT, who TEXT, articles INT);
CREATE TABLE bearer (part TEXT, who TEXT, articles INT, PRIMARY KEY (part, who)) WITHOUT ROWID;
CREATE TABLE part (part TEXT PRIMARY KEY, articles INT) WITHOUT ROWID;
"""
SUMMED = """
INSERT INTO bearer SELECT part, who, sum(articles) FROM bearing GROUP BY part, who;
INSERT INTO part SELECT part, sum(articles) FROM bearer GROUP BY part;
DROP TABLE bearing;
"""


def gather(corpus: Corpus) -> Iterator[Cluster]:
    """Every cluster, once what it may be called is noted; `candidates` and `standing` answer when all are through."""
    corpus.script(SCHEMA)
    for cluster in corpus.clusters():
        corpus.add("block", [(key, cluster.number) for key in sorted(_keys(cluster))])
        count = len(cluster.units)
        corpus.add("bearing", [(part, _bearer(cluster), count) for part in _parts(cluster)])
        yield cluster
    corpus.script(SUMMED)


def candidates(corpus: Corpus) -> Iterator[tuple[int, int]]:
    """The pairs that have a name, a part of one, or an acronym in common, each once, sorted."""
    blocks = corpus.rows("SELECT key, cluster FROM block ORDER BY key, cluster")
    for _, rows in groupby(blocks, key=lambda row: row[0]):
        block = [number for _, number in islice(rows, LARGEST_BLOCK + 1)]
        if 1 < len(block) <= LARGEST_BLOCK:
            # Looked at here, where each is read once; one name may begin like another and be nothing of it.
            pairs = combinations([corpus.cluster(number) for number in block], 2)
            corpus.add("pair", ((one.number, other.number) for one, other in pairs if alike(one, other)))
    return corpus.rows("SELECT DISTINCT first, second FROM pair ORDER BY first, second")


def standing(corpus: Corpus) -> Callable[[Cluster, Cluster], str]:
    """Whether the part or the acronym that two share can mean nothing else than these, or may well do so."""

    def tell(one: Cluster, other: Cluster) -> str:
        found = (_share(corpus, name, one, other) for name in sorted(one.names | other.names))
        shares = [share for share in found if share is not None]
        return SEVERAL if min(shares, default=1) < CLEARLY else ONLY if min(shares, default=0) == 1 else ""

    return tell


def _share(corpus: Corpus, part: str, one: Cluster, other: Cluster) -> float | None:
    """In what share of the articles that name a bearer of this in full, that is one of the two; None where none does."""
    whole = next(corpus.rows("SELECT articles FROM part WHERE part = ?", part), None)
    if whole is None:
        return None
    counts = (
        next(corpus.rows("SELECT articles FROM bearer WHERE part = ? AND who = ?", part, _bearer(who)), (0,))[
            0
        ]
        for who in (one, other)
    )
    return float(max(counts) / whole[0])


def _keys(cluster: Cluster) -> set[str]:
    found = set()
    for name in cluster.names | cluster.loose:
        found |= {name, *initials(name), *spellings(name)}
        if cluster.kind == "Person" and " " in name:
            found.add(name.rpartition(" ")[2])
    return found


def _parts(cluster: Cluster) -> Iterator[str]:
    """The last names, or acronyms, that may mean this one; once for each name that has them."""
    for name in sorted(cluster.full) if cluster.kind == "Person" else ():
        words = name.split()
        # What somebody of this name may be called for short: "le pen" and "pen".
        yield from (" ".join(words[at:]) for at in range(1, len(words)))
    for name in sorted(cluster.names) if cluster.kind == "Organization" else ():
        yield from sorted(initials(name))


def _bearer(cluster: Cluster) -> str:
    """By what somebody is counted once who is spelt in several ways."""
    return min((skeleton(name) for name in cluster.full), default="") or cluster.id
