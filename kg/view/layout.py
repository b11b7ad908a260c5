"""Where each node stands: computed once in Python, the same on every machine run, never moved by the page.

    component ─► ≤ 120 nodes: stress majorisation, then label boxes pushed apart
              └► larger: communities, each laid out alone, their discs placed likewise, nodes pushed apart

Nothing here is left to chance; networkx walks a subgraph view in hash order, so each is rebuilt sorted.
"""

from __future__ import annotations

from collections import Counter
from math import cos, sin, sqrt
from typing import TYPE_CHECKING, Any

from kg.view.communities import communities
from kg.view.names import lines
from kg.view.packing import packed, room

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["arrange", "node_size"]

# Up to this many nodes, path lengths give the clearest drawing; larger ones are read as groups.
SMALL = 120
STRESS_ROUNDS, SPRING_ROUNDS = 150, 36
# Length of an edge between two leaves, in the page's units.
EDGE = 80.0
# An average letter and a line of the page's smallest label font, in the page's units when a full page is in view.
LETTER, LINE = 16.0, 34.0
# What is drawn as a box of words.
BOXED = frozenset({"Amount", "Date", "Statement", "Fact"})
# Words are wider than high, so pushing them apart makes a drawing higher: it may start so much wider.
STRETCHES = (0.6, 1.0, 1.6, 2.4, 3.5)


def node_size(degree: int) -> float:
    """Radius of a node in the page's units: grows with the square root of its number of edges."""
    return round(min(9.0 + 3.4 * sqrt(degree), 34.0), 1)


def arrange(graph: nx.MultiDiGraph) -> None:
    """Give each node x, y, size, rank (0 is the most central) and community (0 is the largest)."""
    import networkx as nx
    import numpy as np

    if not graph:
        return
    plain = _plain(graph)
    for node, degree in graph.degree():
        graph.nodes[node]["size"] = node_size(degree)
    _rank(graph, plain)
    groups = _communities(plain)
    for number, group in enumerate(groups):
        for node in group:
            graph.nodes[node]["community"] = number
    parts = sorted(
        (sorted(part) for part in nx.connected_components(plain)), key=lambda part: (-len(part), part[0])
    )
    placed = [_component(graph, plain, part) for part in parts]
    for part, points in zip(parts, packed(placed), strict=True):
        for node, (x, y) in zip(part, np.rint(points).astype(int).tolist(), strict=True):
            graph.nodes[node].update(x=x, y=y)


def _plain(graph: nx.MultiDiGraph) -> nx.Graph:
    """The graph without directions, parallels and loops; integer weights; nodes and edges sorted."""
    import networkx as nx

    weights = Counter(tuple(sorted((a, b))) for a, b in graph.edges() if a != b)
    plain = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(weights.items()))
    return plain


def _part(plain: nx.Graph, nodes: list[str]) -> nx.Graph:
    """The part of a graph on these nodes, rebuilt in sorted order."""
    import networkx as nx

    inside = set(nodes)
    part = nx.Graph()
    part.add_nodes_from(nodes)
    for a in nodes:
        for b in sorted(plain[a]):
            if b in inside and a < b:
                part.add_edge(a, b, length=_length(plain.degree(a), plain.degree(b)))
    return part


def _length(degree: int, other: int) -> float:
    """How long an edge should be: hubs keep their distance, so that their neighbours have room."""
    return EDGE * (1.0 + 0.13 * (sqrt(degree) + sqrt(other) - 2.0))


def _rank(graph: nx.MultiDiGraph, plain: nx.Graph) -> None:
    import networkx as nx

    score = nx.pagerank(plain, weight="weight")
    ordered = sorted(plain, key=lambda node: (-round(score[node], 9), node))
    for rank, node in enumerate(ordered):
        graph.nodes[node]["rank"] = rank


def _communities(plain: nx.Graph) -> list[list[str]]:
    """Communities, largest first; alone-standing pairs and triples are communities of their own."""
    names = sorted(plain)
    rows = {name: row for row, name in enumerate(names)}
    home = communities([{rows[other]: tie["weight"] for other, tie in plain[name].items()} for name in names])
    found: dict[int, list[str]] = {}
    for name, group in zip(names, home, strict=True):
        found.setdefault(group, []).append(name)
    return sorted(found.values(), key=lambda group: (-len(group), group[0]))


def _component(graph: nx.MultiDiGraph, plain: nx.Graph, nodes: list[str]) -> Points:
    """Positions of a connected part, one row a node."""
    import numpy as np

    if len(nodes) <= SMALL:
        points = _turned(_stress(_part(plain, nodes), nodes))
        boxes = np.array([_box(graph.nodes[node]) for node in nodes])
        below = boxes[:, 2:]  # a name hangs under its node: the box's centre is lower
        found = [_boxes_apart(points * (wider, 1) + below, boxes[:, :2]) for wider in STRETCHES]
        best: Points = min(found, key=lambda apart: room(apart, boxes[:, :2])) - below
        return best
    groups: dict[int, list[str]] = {}
    for node in nodes:
        groups.setdefault(graph.nodes[node]["community"], []).append(node)
    where = _by_communities(plain, list(groups.values()))
    points = np.array([where[node] for node in nodes])
    sizes = np.array([graph.nodes[node]["size"] for node in nodes])
    return _apart(points, sizes + 7.0, rounds=20)


def _stress(part: nx.Graph, nodes: list[Any]) -> Points:
    """Positions whose distances come as near as they can to path lengths (stress majorisation).

    An edge has its `length`. The start is classical scaling, so the result needs no chance and few rounds.
    """
    import numpy as np

    if len(nodes) < 3:
        return np.array([[0.0, 0.0], [EDGE, 0.0]])[: len(nodes)]
    wanted = _distances(part, nodes)
    points = _classical(wanted)
    with np.errstate(divide="ignore"):
        weight = np.where(wanted > 0, 1.0 / wanted**2, 0.0)
    total = weight.sum(axis=1)
    for _ in range(STRESS_ROUNDS):
        gap = points[:, None, :] - points[None, :, :]
        far = np.maximum(np.sqrt((gap**2).sum(axis=2)), 1e-6)
        aim = points[None, :, :] + gap * (wanted / far)[:, :, None]
        points = 0.5 * points + 0.5 * (weight[:, :, None] * aim).sum(axis=1) / total[:, None]
    return points


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


def _box(attributes: dict[str, Any]) -> tuple[float, float, float, float]:
    """Half width and half height of a node with its name, and how far the middle lies beside and below the node."""
    size = attributes["size"]
    if attributes["type"] in BOXED:  # the words of a value stand in its place
        rows = lines(attributes["label"], 26)
        return LETTER * max(map(len, rows)) / 2 + 20.0, LINE * len(rows) / 2 + 20.0, 0.0, 0.0
    rows = lines(attributes["label"])
    wide = max(2 * size, LETTER * max(map(len, rows)))
    high = 2 * size + LINE * len(rows)
    return wide / 2 + 12.0, high / 2 + 10.0, 0.0, LINE * len(rows) / 2


def _boxes_apart(points: Points, half: Points, rounds: int = 200) -> Points:
    """Push overlapping boxes apart, each pair along the direction in which it overlaps least."""
    import numpy as np

    points = points.copy()
    for _ in range(rounds):
        gap = points[:, None, :] - points[None, :, :]
        over = half[:, None, :] + half[None, :, :] - np.abs(gap)
        touch = (over > 0).all(axis=2) & ~np.eye(len(points), dtype=bool)
        if not touch.any():
            break
        across = over[:, :, 0] < over[:, :, 1]
        order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])
        sign = np.where(gap == 0, order[:, :, None], np.sign(gap))
        push = np.where(touch, 0.3, 0.0)[:, :, None] * over * sign
        push[:, :, 0] *= across
        push[:, :, 1] *= ~across
        points += push.sum(axis=1)
    return points


def _by_communities(plain: nx.Graph, groups: list[list[str]]) -> dict[str, tuple[float, float]]:
    """Each community laid out in a disc of its own, the discs placed by how they are linked."""
    import networkx as nx
    import numpy as np

    radius = np.array([34.0 * sqrt(len(group)) + 30.0 for group in groups])
    home = {node: number for number, group in enumerate(groups) for node in group}
    quotient = nx.Graph()
    quotient.add_nodes_from(range(len(groups)))
    pairs = {tuple(sorted((home[a], home[b]))) for a in home for b in plain[a] if home[a] != home[b]}
    for a, b in sorted(pairs):
        quotient.add_edge(a, b, length=float(radius[a] + radius[b]))
    centres = _apart(_stress(quotient, list(range(len(groups)))), radius, rounds=300)
    where: dict[str, tuple[float, float]] = {}
    for group, centre, reach in zip(groups, centres, radius, strict=True):
        for node, point in zip(group, _disc(plain, group, float(reach)) + centre, strict=True):
            where[node] = (float(point[0]), float(point[1]))
    return where


def _disc(plain: nx.Graph, group: list[str], radius: float) -> Points:
    """A community within a disc of this radius, around its centre: springs from a spiral, hubs inmost."""
    import numpy as np

    order = sorted(range(len(group)), key=lambda number: (-plain.degree(group[number]), number))
    points = np.zeros((len(group), 2))
    for place, number in enumerate(order):  # the golden angle: no two on one ray
        points[number] = sqrt(place) * cos(2.399963 * place), sqrt(place) * sin(2.399963 * place)
    rows = {node: row for row, node in enumerate(group)}
    inner = [(rows[a], rows[b]) for a in group for b in plain[a] if b in rows and rows[a] < rows[b]]
    if inner:
        points = _springs(points, np.array(sorted(inner)))
    points -= points.mean(axis=0)
    reach = float(np.quantile(np.hypot(points[:, 0], points[:, 1]), 0.9))
    return points * (0.8 * radius / max(reach, 1e-9))


def _springs(points: Points, edges: np.ndarray[Any, np.dtype[np.int64]]) -> Points:
    """Fruchterman–Reingold from these positions; neighbours end about one unit apart.

    networkx has the same, at ten times the cost for groups of some hundred nodes.
    """
    import numpy as np

    x, y = points[:, 0].astype(np.float32), points[:, 1].astype(np.float32)
    one, other = np.concatenate([edges, edges[:, ::-1]]).T
    step = 0.3 * sqrt(len(points))
    for _ in range(SPRING_ROUNDS):
        gap_x, gap_y = x[:, None] - x, y[:, None] - y
        push = 1.0 / np.maximum(gap_x * gap_x + gap_y * gap_y, 0.01)
        move_x, move_y = (gap_x * push).sum(axis=1), (gap_y * push).sum(axis=1)
        pull = np.hypot(x[one] - x[other], y[one] - y[other])
        move_x -= np.bincount(one, pull * (x[one] - x[other]), len(x)).astype(np.float32)
        move_y -= np.bincount(one, pull * (y[one] - y[other]), len(x)).astype(np.float32)
        far = np.maximum(np.hypot(move_x, move_y), 0.01)
        x += move_x * np.minimum(step, far) / far
        y += move_y * np.minimum(step, far) / far
        step *= 0.9
    return np.stack([x, y], axis=1).astype(np.float64)


def _apart(points: Points, radius: Points, rounds: int) -> Points:
    """Push overlapping discs apart until none overlaps much, or the rounds are spent."""
    import numpy as np
    from scipy.spatial import cKDTree

    points = points + np.arange(len(points))[:, None] * 1e-6  # two at one place have no direction to part in
    for _ in range(rounds):
        pairs = cKDTree(points).query_pairs(float(radius.max() * 2), output_type="ndarray")
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        gap = points[pairs[:, 0]] - points[pairs[:, 1]]
        far = np.hypot(gap[:, 0], gap[:, 1])
        over = radius[pairs[:, 0]] + radius[pairs[:, 1]] - far
        close = over > 1.0
        if not close.any():
            break
        push = gap[close] * (0.45 * over[close] / np.maximum(far[close], 1e-9))[:, None]
        for axis in (0, 1):
            for end, sign in ((0, 1.0), (1, -1.0)):
                points[:, axis] += sign * np.bincount(pairs[close, end], push[:, axis], len(points))
    return points
