"""Clusters put together step by step, none against a person's word."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from kg.resolution.corpus import Corpus
from kg.resolution.sheets import relatives

__all__ = ["Ids", "Joined"]

Ids = frozenset[str]


class Joined:
    """Which clusters were put together: three numbers of four bytes for each cluster are all that is in memory."""

    def __init__(self, corpus: Corpus, apart: frozenset[Ids]) -> None:
        count = next(corpus.rows("SELECT coalesce(max(cluster) + 1, 0) FROM unit"))[0]
        self._corpus = corpus
        self._parent = array("i", range(count))
        # Those that are together are a chain from the first to the last.
        self._next = array("i", [-1]) * count
        self._last = array("i", range(count))
        self._apart = apart
        self._judged = {one for pair in apart for one in pair}

    def __len__(self) -> int:
        return len(self._parent)

    def find(self, number: int) -> int:
        """The cluster by which those are known that are together with this one."""
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
        self._next[self._last[first]] = second
        self._last[first] = self._last[second]
        return True

    def members(self, root: int) -> Iterator[int]:
        """The clusters that are together."""
        number = root
        while number >= 0:
            yield number
            number = self._next[number]

    def merged(self) -> Iterator[list[int]]:
        """Those that are together with others, by the first of them."""
        for number, parent in enumerate(self._parent):
            if parent == number and self._next[number] >= 0:
                yield sorted(self.members(number))

    def forbidden(self, one: int, other: int) -> bool:
        """Whether a person said that some of the one and some of the other are not one."""
        if not self._judged:
            return False
        mine, others = self._ids(one), self._ids(other)
        return any(frozenset({first, second}) in self._apart for first in mine for second in others)

    def _other_people(self, one: int, other: int) -> bool:
        """Whether some of them are persons of one last name whom their given names tell apart."""
        mine, others = self._full(one), self._full(other)
        return any(relatives(first, second) for first in mine for second in others)

    def _full(self, root: int) -> set[str]:
        members = map(self._corpus.cluster, self.members(root))
        return {name for cluster in members if cluster.kind == "Person" for name in cluster.full}

    def _ids(self, number: int) -> set[str]:
        return {
            name
            for member in self.members(self.find(number))
            for unit in self._corpus.cluster(member).units
            for name in (unit.id, f"{unit.id}@{unit.article}")
            if name in self._judged
        }
