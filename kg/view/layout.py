"""Where each node stands: computed once in Python, the same on every machine run, never moved by the page.

    component ─► ≤ 120 nodes: by path lengths, with room for each name (readable.py)
              └► larger: communities, each laid out alone, their discs placed likewise, nodes pushed apart

Nothing here is left to chance; networkx walks a subgraph view in hash order, so each is rebuilt sorted.
"""

from __future__ import annotations

from collections import Counter
from math import cos, sin, sqrt
from typing import TYPE_CHECKING, Any

from kg.view.communities import communities
from kg.view.names import lines
from kg.view.packing import packed
from kg.view.readable import readable, stress

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["arrange", "node_size"]

# Up to this many nodes, path lengths give the clearest drawing; larger ones are read as groups.
SMALL = 120
SPRING_ROUNDS = 36
# An average letter and a line of the page's smallest label font, in the page's units when a full page is in view.
LETTER, LINE = 13.0, 27.0
# What is drawn as a box of words.
BOXED = frozenset({"Amount", "Date", "Statement", "Fact"})


def node_size(degree: int, count: int = 1000) -> float:
    """Radius of a node in the page's units: grows with the square root of its number of edges; larger where few are."""
    return round(min(9.0 + 3.4 * sqrt(degree), 34.0) * (1.6 if count <= SMALL else 1.0), 1)


def arrange(graph: nx.MultiDiGraph) -> None:
    """Give each node x, y, size, rank (0 is the most central) and community (0 is the largest)."""
    import networkx as nx
    import numpy as np

    if not graph:
        return
    plain = _plain(graph)
    for node, degree in graph.degree():
        graph.nodes[node]["size"] = node_size(degree, len(graph))
    _rank(graph, plain)
    groups = _communities(plain)
    for number, group in enumerate(groups):
        for node in group:
            graph.nodes[node]["community"] = number
    parts = sorted(
        (sorted(part) for part in nx.connected_components(plain)), key=lambda part: (-len(part), part[0])
    )
    # Where there are many, not all names can stand: then marks need the room.
    letter = LETTER * min(1.0, max(0.3, SMALL / len(graph)))
    drawings = []
    for part in parts:
        half, below = _boxes(graph, part, letter)
        drawings.append((_component(graph, plain, part, half, below), half, below))
    for part, points in zip(parts, packed(drawings), strict=True):
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


def _component(
    graph: nx.MultiDiGraph, plain: nx.Graph, nodes: list[str], half: Points, below: Points
) -> Points:
    """Positions of a connected part, one row a node."""
    import numpy as np

    if len(nodes) <= SMALL:
        few = len(graph) <= SMALL
        return readable(plain, nodes, half, below, tries=3 if few else 1, gap=50.0 if few else 24.0)
    groups: dict[int, list[str]] = {}
    for node in nodes:
        groups.setdefault(graph.nodes[node]["community"], []).append(node)
    where = _by_communities(plain, list(groups.values()))
    points = np.array([where[node] for node in nodes])
    sizes = np.array([graph.nodes[node]["size"] for node in nodes])
    return _apart(points, sizes + 7.0, rounds=20)


def _boxes(graph: nx.MultiDiGraph, nodes: list[str], letter: float) -> tuple[Points, Points]:
    """Half width and half height of each node with its name, and how far their middle lies beside and below the node."""
    import numpy as np

    rows = [_box(graph.nodes[node], letter, LINE * letter / LETTER) for node in nodes]
    return np.array([row[:2] for row in rows]), np.array([(0.0, row[2]) for row in rows])


def _box(attributes: dict[str, Any], letter: float, line: float) -> tuple[float, float, float]:
    size = attributes["size"]
    if attributes["type"] in BOXED:  # the words of a value stand in its place
        rows = lines(attributes["label"], 26)
        return letter * max(map(len, rows)) / 2 + 20.0, line * len(rows) / 2 + 20.0, 0.0
    rows = lines(attributes["label"])
    wide = max(2 * size, letter * max(map(len, rows)))
    high = 2 * size + line * len(rows)
    return wide / 2 + 12.0, high / 2 + 10.0, line * len(rows) / 2


def _by_communities(plain: nx.Graph, groups: list[list[str]]) -> dict[str, tuple[float, float]]:
    """Each community laid out in a disc of its own, the discs placed by how they are linked."""
    import networkx as nx
    import numpy as np

    radius = np.array([48.0 * sqrt(len(group)) + 30.0 for group in groups])
    home = {node: number for number, group in enumerate(groups) for node in group}
    quotient = nx.Graph()
    quotient.add_nodes_from(range(len(groups)))
    pairs = {tuple(sorted((home[a], home[b]))) for a in home for b in plain[a] if home[a] != home[b]}
    for a, b in sorted(pairs):
        quotient.add_edge(a, b, length=float(radius[a] + radius[b]))
    centres = _apart(stress(quotient, list(range(len(groups)))), radius, rounds=300)
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
