"""A small drawing that can be read: distances tell who is near whom, and no name covers another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.view.packing import room

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["readable", "stress"]

ROUNDS, PUSHES = 150, 300
# Words are wider than high: the drawing is made in a plane that much narrower, then drawn out.
STRETCHES = (1.6, 2.1, 1.2)
# What one crossing of two edges, or of an edge and a name, is worth in height of the page.
CROSSING, COVERED = 0.004, 0.006


def readable(
    plain: nx.Graph, nodes: list[Any], half: Points, below: Points, *, tries: int = 3, gap: float = 60.0
) -> Points:
    """Positions of a connected part, one row a node; the boxes of the names are known by half their sizes.

    A name may hang `below` its node; between two there is a `gap` for the word on their edge. Of some drawings
    (`tries`) the one is taken that fits the page largest with the least that crosses.
    """
    import numpy as np

    if len(nodes) == 1:
        return np.zeros((1, 2))
    rows = {node: row for row, node in enumerate(nodes)}
    edges = np.array(sorted((rows[a], rows[b]) for a in nodes for b in plain[a] if rows[a] < rows[b]))
    best: tuple[float, Points] | None = None
    for wide in STRETCHES[:tries]:
        shape = np.array([wide, 1.0])
        points = stress(_lengths(nodes, edges, half / shape, gap), nodes, half / shape) * shape
        points = _boxes_apart(points, half, PUSHES)
        cost = room(points, half) * (
            1 + CROSSING * _crossings(points - below, edges) + COVERED * _covered(points, below, half, edges)
        )
        if best is None or cost < best[0]:
            best = cost, points
    assert best is not None
    return best[1] - below


def _lengths(
    nodes: list[Any], edges: np.ndarray[Any, np.dtype[np.int64]], half: Points, gap: float
) -> nx.Graph:
    """The edges with the length each should have: both names fit, and around a hub so do those of its neighbours."""
    import networkx as nx
    import numpy as np

    own = np.sqrt(half[:, 0] * half[:, 1]) * 1.15
    ends = np.concatenate([edges, edges[:, ::-1]]).T
    ring = np.bincount(ends[0], 2 * own[ends[1]], len(nodes)) / (2 * np.pi) * 0.8
    reach = np.maximum(own, ring)
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    for a, b in edges.tolist():
        length = float(max(reach[a] + own[b], own[a] + reach[b], 0.7 * (reach[a] + reach[b]))) + gap
        graph.add_edge(nodes[a], nodes[b], length=length)
    return graph


def stress(part: nx.Graph, nodes: list[Any], half: Points | None = None) -> Points:
    """Positions whose distances come as near as they can to path lengths (stress majorisation).

    An edge has its `length`. The start is classical scaling, so the result needs no chance and few rounds. With boxes,
    they are pushed apart on the way, so that the drawing grows around them.
    """
    import numpy as np

    if len(nodes) < 3:
        far = max((length for *_, length in part.edges(data="length")), default=0.0)
        return np.array([[0.0, 0.0], [far, 0.0]])[: len(nodes)]
    wanted = _distances(part, nodes)
    points = _turned(_classical(wanted))
    with np.errstate(divide="ignore"):
        weight = np.where(wanted > 0, 1.0 / wanted**2, 0.0)
    total = weight.sum(axis=1)
    for turn in range(ROUNDS):
        gap = points[:, None, :] - points[None, :, :]
        far = np.maximum(np.sqrt((gap**2).sum(axis=2)), 1e-6)
        aim = points[None, :, :] + gap * (wanted / far)[:, :, None]
        moved = 0.5 * points + 0.5 * (weight[:, :, None] * aim).sum(axis=1) / total[:, None]
        if half is not None and turn > ROUNDS // 3:
            moved = _boxes_apart(moved, half, 1)
        still = float(np.abs(moved - points).max()) < 0.3
        points = moved
        if still and (half is None or turn > ROUNDS // 2):
            break
    return points if half is not None else _turned(points)


def _distances(part: nx.Graph, nodes: list[Any]) -> Points:
    """Length of the shortest path between each two nodes of a connected part."""
    import networkx as nx
    import numpy as np

    number = {node: row for row, node in enumerate(nodes)}
    table = np.zeros((len(nodes), len(nodes)))
    for node, reached in nx.all_pairs_dijkstra_path_length(part, weight="length"):
        for other, length in reached.items():
            table[number[node], number[other]] = length
    return np.maximum(table, table.T)


def _classical(wanted: Points) -> Points:
    """Classical scaling: the plane in which the distances are seen best."""
    import numpy as np

    count = len(wanted)
    square = wanted**2
    centred = -0.5 * (square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean())
    values, axes = np.linalg.eigh(centred)
    best = axes[:, -1:-3:-1]
    best = best * np.sign(best[np.argmax(np.abs(best), axis=0), [0, 1]])
    # Leaves of one node start at one place; a small turn by their number parts them.
    turn = np.arange(count) * 2.399963
    nudge = np.stack([np.cos(turn), np.sin(turn)], axis=1) * float(wanted.max()) * 0.02
    points: Points = best * np.sqrt(np.maximum(values[-1:-3:-1], 0.0)) + nudge
    return points


def _turned(points: Points) -> Points:
    """The same drawing with its longest direction across the page, where there is most room."""
    import numpy as np

    centred = points - points.mean(axis=0)
    values, axes = np.linalg.eigh(centred.T @ centred)
    long = axes[:, int(np.argmax(values))]
    if long[int(np.argmax(np.abs(long)))] < 0:  # an axis has no sign of its own
        long = -long
    turned: Points = centred @ np.array([[long[0], -long[1]], [long[1], long[0]]])
    return turned


def _boxes_apart(points: Points, half: Points, rounds: int) -> Points:
    """Push overlapping boxes apart, each pair along the direction in which it overlaps least."""
    import numpy as np

    points = points.copy()
    number = np.arange(len(points))
    order = np.sign(number[:, None] - number[None, :])
    for _ in range(rounds):
        gap = points[:, None, :] - points[None, :, :]
        over = half[:, None, :] + half[None, :, :] - np.abs(gap)
        touch = (over > 0).all(axis=2) & (order != 0)
        if not touch.any():
            break
        across = over[:, :, 0] < over[:, :, 1]
        sign = np.where(gap == 0, order[:, :, None], np.sign(gap))
        push = np.where(touch, 0.3, 0.0)[:, :, None] * (over + 0.5) * sign
        push[:, :, 0] *= across
        push[:, :, 1] *= ~across
        points += push.sum(axis=1)
    return points


def _crossings(points: Points, edges: np.ndarray[Any, np.dtype[np.int64]]) -> int:
    """How many pairs of edges cross."""
    import numpy as np

    a, b = points[edges[:, 0]], points[edges[:, 1]]

    def side(start: Points, end: Points, other: Points) -> Points:
        one, two = (end - start)[:, None, :], other[None, :, :] - start[:, None, :]
        return np.sign(one[:, :, 0] * two[:, :, 1] - one[:, :, 1] * two[:, :, 0])

    cut = side(a, b, a) * side(a, b, b) < 0
    return int((cut & cut.T).sum()) // 2


def _covered(points: Points, below: Points, half: Points, edges: np.ndarray[Any, np.dtype[np.int64]]) -> int:
    """How many names an edge of others runs through."""
    import numpy as np

    steps = np.linspace(0.05, 0.95, 19)[:, None, None]
    a, b = (points - below)[edges[:, 0]], (points - below)[edges[:, 1]]
    along = a[None] * (1 - steps) + b[None] * steps
    inside: Any = (np.abs(along[:, :, None, :] - points[None, None]) < 0.8 * half).all(axis=3).any(axis=0)
    number = np.arange(len(edges))
    inside[number, edges[:, 0]] = inside[number, edges[:, 1]] = False
    return int(inside.sum())
