"""The overview of a large graph: its communities as discs, so that there is something to read before all is open."""

from __future__ import annotations

from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING, Any

from kg.view.packing import packed
from kg.view.readable import readable

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["overview"]

# So many communities can be told apart; smaller ones and the rest are one disc.
MOST, LEAST = 24, 4
# Half the width of a name under a disc, and its height, in the page's units.
NAME, LINES = 210.0, 150.0


def overview(graph: nx.MultiDiGraph) -> list[list[int]]:
    """[entities, x, y, radius, communities] of each disc, the largest community first; the last may stand for the rest."""
    import networkx as nx
    import numpy as np

    sizes = Counter(community for _, community in graph.nodes(data="community"))
    kept = sum(1 for number in range(min(MOST, len(sizes))) if sizes[number] >= LEAST)
    counts = [sizes[number] for number in range(kept)]
    if kept < len(sizes):
        counts.append(len(graph) - sum(counts))
    radius = [
        8.0 * sqrt(min(count, counts[0])) + 6.0 for count in counts
    ]  # the rest is no larger than the largest
    discs = nx.Graph()
    discs.add_nodes_from(range(len(counts)))
    for a, b in sorted(_pairs(graph, kept)):
        discs.add_edge(a, b)
    parts = sorted(
        (sorted(part) for part in nx.connected_components(discs)), key=lambda part: (-len(part), part)
    )
    drawings = []
    for part in parts:
        half = np.array([(max(NAME, radius[disc]), radius[disc] + LINES / 2) for disc in part])
        below = np.array([(0.0, LINES / 2)] * len(part))
        drawings.append((readable(discs, part, half, below), half, below))
    rows: dict[int, list[int]] = {}
    for part, points in zip(parts, packed(drawings), strict=True):
        for disc, (x, y) in zip(part, np.rint(points).astype(int).tolist(), strict=True):
            merged = 1 if disc < kept else len(sizes) - kept
            rows[disc] = [counts[disc], x, y, round(radius[disc]), merged]
    return [rows[disc] for disc in sorted(rows)]


def _pairs(graph: nx.MultiDiGraph, kept: int) -> set[tuple[Any, Any]]:
    """Communities that an edge joins; those of the rest are left out, so that it does not tie all together."""
    home = dict(graph.nodes(data="community"))
    pairs = {(min(home[a], home[b]), max(home[a], home[b])) for a, b in graph.edges()}
    return {(a, b) for a, b in pairs if a != b and b < kept}
