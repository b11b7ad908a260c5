"""Which of the things that articles name are one: a function of the set of articles and of what people decided.

    profiles ─► clusters (one id, one kind of type) ─► pairs with a name in common ─► sheets ─► groups, best first

No order of articles, and no article that is gone, leaves a trace: all is computed anew from the whole set.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations

from kg.resolution.clusters import Cluster, Corpus, Unit, clusters_of
from kg.resolution.names import initials, skeleton, spellings
from kg.resolution.profiles import ArticleProfile
from kg.resolution.sheets import ACRONYM, MERGE, ONLY, PROPOSE, SEVERAL, Sheet, compare, relatives

__all__ = ["Group", "Pair", "Resolution", "resolve"]

# Larger blocks of one name are beyond what pairs can tell; their members stay as they are.
LARGEST_BLOCK = 400
NUMBERED = 8
# Of several with one last name, it means the one that has this share of the articles.
CLEARLY = 0.75


@dataclass(frozen=True, slots=True)
class Pair:
    """Two clusters that were compared, by what each is called and where it stands, and the sheet."""

    one: tuple[Unit, ...]
    other: tuple[Unit, ...]
    labels: tuple[str, str]
    sheet: Sheet
    same: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One thing: its id, label and type for all articles, where it is named, and its IRIs elsewhere.

    `decided` where a person gave some of these.
    """

    id: str
    label: str
    type: str
    units: tuple[Unit, ...]
    links: tuple[str, ...] = ()
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """What is one, why, and what a person should be asked."""

    groups: tuple[Group, ...]
    merged: tuple[Pair, ...]
    proposed: tuple[Pair, ...]

    def by_unit(self) -> dict[Unit, Group]:
        """The group of each thing of each article."""
        return {unit: group for group in self.groups for unit in group.units}


Ids = frozenset[str]


def resolve(
    articles: Sequence[ArticleProfile], same: Iterable[Ids] = (), apart: Iterable[Ids] = ()
) -> Resolution:
    """What is one among all that the articles name. `same` and `apart` are pairs of ids that a person judged."""
    corpus = Corpus(articles)
    parted = frozenset(apart)
    clusters = clusters_of(articles, frozenset().union(*parted))
    joined = _Joined(clusters, parted)
    merged, proposed = [], []
    for first, second in _decided(clusters, same):
        joined.join(first, second)
    for score, first, second, sheet in _ranked(clusters, corpus):
        together = joined.find(first) == joined.find(second)
        fits = score >= MERGE and (together or joined.join(first, second))
        pair = _pair(clusters[first], clusters[second], sheet, fits)
        if fits:
            merged.append(pair)
        elif not together and not joined.forbidden(first, second):
            proposed.append(pair)
    return Resolution(tuple(_groups(joined)), tuple(merged), tuple(proposed))


def _pair(one: Cluster, other: Cluster, sheet: Sheet, same: bool) -> Pair:
    return Pair(tuple(sorted(one.units)), tuple(sorted(other.units)), (one.label, other.label), sheet, same)


class _Joined:
    """Clusters put together step by step, none against a person's word."""

    def __init__(self, clusters: Sequence[Cluster], apart: frozenset[Ids]) -> None:
        self.clusters = clusters
        self._parent = list(range(len(clusters)))
        self._members = [[number] for number in self._parent]
        self._apart = apart
        self._judged = {one for pair in apart for one in pair}

    def find(self, number: int) -> int:
        while self._parent[number] != number:
            number = self._parent[number]
        return number

    def join(self, one: int, other: int) -> bool:
        """Put two together; False where a person said that some of them are not one."""
        first, second = sorted((self.find(one), self.find(other)))
        if first == second:
            return True
        if self.forbidden(first, second) or self._other_people(first, second):
            return False
        self._parent[second] = first
        self._members[first] += self._members[second]
        return True

    def _other_people(self, one: int, other: int) -> bool:
        """Whether some of them are persons of one last name whom their given names tell apart."""
        mine, others = self._full(one), self._full(other)
        return any(relatives(first, second) for first in mine for second in others)

    def _full(self, number: int) -> set[str]:
        members = (self.clusters[member] for member in self._members[number])
        return {name for cluster in members if cluster.kind == "Person" for name in cluster.full}

    def forbidden(self, one: int, other: int) -> bool:
        mine, others = self._ids(one), self._ids(other)
        return any(frozenset({first, second}) in self._apart for first in mine for second in others)

    def _ids(self, number: int) -> set[str]:
        return (
            set()
            if not self._judged
            else {
                name
                for member in self._members[self.find(number)]
                for unit in self.clusters[member].units
                for name in (unit.id, f"{unit.id}@{unit.article}")
                if name in self._judged
            }
        )

    def groups(self) -> Iterator[list[Cluster]]:
        """The clusters that were put together, in the order of the first of each."""
        for number, members in enumerate(self._members):
            if self._parent[number] == number:
                yield [self.clusters[member] for member in sorted(members)]


def _decided(clusters: Sequence[Cluster], same: Iterable[Ids]) -> Iterator[tuple[int, int]]:
    by_id: dict[str, list[int]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        for unit in cluster.units:
            by_id[unit.id].append(number)
            by_id[f"{unit.id}@{unit.article}"].append(number)
    for pair in sorted(sorted(ids) for ids in same):
        found = [number for name in pair for number in by_id.get(name, [])]
        if all(name in by_id for name in pair):
            yield from ((found[0], number) for number in found[1:])


def _ranked(clusters: Sequence[Cluster], corpus: Corpus) -> list[tuple[float, int, int, Sheet]]:
    """The pairs worth a thought, the best first; a part of a name, or an acronym, is kept for the best of those it may mean."""
    bearers = _bearers(clusters)
    found = []
    for first, second in sorted(_candidates(clusters)):
        one, other = clusters[first], clusters[second]
        sheet = compare(one, other, corpus, _standing(one, other, bearers))
        if sheet.score >= PROPOSE:
            found.append((sheet.score, first, second, sheet))
    ranked = sorted(found, key=lambda item: (-item[0], item[1], item[2]))
    return list(_best_only(clusters, ranked))


def _best_only(
    clusters: Sequence[Cluster], ranked: Iterable[tuple[float, int, int, Sheet]]
) -> Iterator[tuple[float, int, int, Sheet]]:
    taken: set[int] = set()
    for score, first, second, sheet in ranked:
        short = {
            number
            for number in (first, second)
            if clusters[number].bare or _stands_for(sheet, clusters[number])
        }
        if len(short) == 1:
            if short & taken:
                continue
            taken |= short
        yield score, first, second, sheet


def _stands_for(sheet: Sheet, cluster: Cluster) -> bool:
    """Whether it is the acronym of a pair: that means one of the names which it fits, not all."""
    return not cluster.full and any(feature.name == ACRONYM for feature in sheet.features)


def _bearers(clusters: Sequence[Cluster]) -> Mapping[str, Counter[str]]:
    """What a person's last name, or an acronym, may mean in these articles, and how many name each in full."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for cluster in clusters:
        for name in cluster.full if cluster.kind == "Person" else ():
            for part in _ends(name):
                found[part][_bearer(cluster)] += len(cluster.units)
        for name in cluster.names if cluster.kind == "Organization" else ():
            for form in initials(name):
                found[form][_bearer(cluster)] += len(cluster.units)
    return found


def _bearer(cluster: Cluster) -> str:
    """By what somebody is counted once who is spelt in several ways."""
    return min((skeleton(name) for name in cluster.full), default="") or cluster.key[0]


def _ends(name: str) -> Iterator[str]:
    """What somebody of this name may be called for short: "le pen" and "pen"."""
    words = name.split()
    return (" ".join(words[at:]) for at in range(1, len(words)))


def _standing(one: Cluster, other: Cluster, bearers: Mapping[str, Counter[str]]) -> str:
    """Whether the part or the acronym that the two share can mean nothing else than these, or may well do so."""
    known = [bearers[name] for name in sorted(one.names | other.names) if name in bearers]
    shares = [max(count[_bearer(one)], count[_bearer(other)]) / count.total() for count in known]
    return SEVERAL if min(shares, default=1) < CLEARLY else ONLY if min(shares, default=0) == 1 else ""


def _candidates(clusters: Sequence[Cluster]) -> set[tuple[int, int]]:
    """The pairs that have a name, a part of one, or an acronym in common."""
    blocks: dict[str, set[int]] = defaultdict(set)
    for number, cluster in enumerate(clusters):
        for name in cluster.names | cluster.loose:
            blocks[name].add(number)
            if cluster.kind == "Person" and " " in name:
                blocks[name.rpartition(" ")[2]].add(number)
            for key in (*initials(name), *spellings(name)):
                blocks[key].add(number)
    kept = (sorted(block) for _, block in sorted(blocks.items()) if 1 < len(block) <= LARGEST_BLOCK)
    return {pair for block in kept for pair in combinations(block, 2)}


def _groups(joined: _Joined) -> Iterator[Group]:
    """The groups under ids of their own: of those that have one id, the largest keeps it."""
    wanted: dict[str, list[list[Cluster]]] = defaultdict(list)
    for members in joined.groups():
        wanted[_best(members).key[0]].append(members)
    for identifier, rivals in sorted(wanted.items()):
        rivals.sort(key=lambda members: (-sum(len(one.units) for one in members), members[0].key))
        for number, members in enumerate(rivals):
            yield _group(identifier if not number else _other_id(identifier, members, rivals), members)


def _group(identifier: str, members: list[Cluster]) -> Group:
    best = _best(members)
    units = sorted(unit for member in members for unit in member.units)
    links = sorted({link for member in members for link in member.links})
    return Group(identifier, best.label, best.type, tuple(units), tuple(links))


def _other_id(identifier: str, members: list[Cluster], rivals: list[list[Cluster]]) -> str:
    """An id for a namesake: its type where that tells it apart, else something of its first article."""
    kind = _best(members).type.casefold()
    if sum(_best(rival).type.casefold() == kind for rival in rivals) == 1:
        return f"{identifier}-{kind}"
    first = min(unit.article for member in members for unit in member.units)
    return f"{identifier}-{kind}-{sha256(first.encode('utf-8')).hexdigest()[:NUMBERED]}"


def _best(members: list[Cluster]) -> Cluster:
    """The cluster that names the group: known to an authority, in full, by most articles."""

    def rank(cluster: Cluster) -> tuple[bool, bool, bool, int, tuple[str, ...]]:
        short = all(" " not in name for name in cluster.names)
        return (
            not cluster.links,
            cluster.bare,
            short and cluster.label.isupper(),
            -len(cluster.units),
            cluster.key,
        )

    return min(members, key=rank)
