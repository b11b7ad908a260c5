"""pyvis's network, always directed, quick for ten thousand nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyvis.network import Network

__all__ = ["KGNetwork"]


class KGNetwork(Network):  # type: ignore[misc]
    """A pyvis network that keeps parallel relations. Its own HTML is never used: see page.py."""

    def __init__(self) -> None:
        super().__init__(directed=True)
        # pyvis looks each new node and edge up in a list; with 10,000 nodes that takes seconds.
        self.node_ids = _Ids()

    def add_groups(self, groups: Mapping[tuple[int, int, int], list[list[Any]]]) -> None:
        """Add one edge for each (from, to, look), bent where two nodes are joined by several."""
        joined: dict[tuple[int, int], int] = {}
        for source, target, _ in groups:
            pair = (min(source, target), max(source, target))
            joined[pair] = joined.get(pair, 0) + 1
        used: dict[tuple[int, int], int] = {}
        for (source, target, look), links in sorted(groups.items()):
            alone = joined[min(source, target), max(source, target)] == 1
            used[source, target] = used.get((source, target), 0) + 1
            bend = 0 if alone else used[source, target]
            self.add_edge(f"n{source}", f"n{target}", look=look, bend=bend, links=links)


class _Ids(list[str]):
    """A list of ids that finds one at once."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        super().__init__(ids)
        self._known = set(self)

    def append(self, item: str) -> None:
        """Add an id at the end."""
        super().append(item)
        self._known.add(item)

    def __contains__(self, item: object) -> bool:
        return item in self._known
