"""Where nodes stand: apart from each other, in their groups, the same each time."""

from __future__ import annotations

from types import ModuleType

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import arrange
from kg.view.names import lines
from kg.view.network import network
from kg.view.overview import overview


def placed(edges: list[tuple[int, int]], alone: int = 0) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for node in {end for edge in edges for end in edge} | set(range(alone)):
        graph.add_node(f"n{node}", label=f"nœud {node}", type="Person", iri="")
    graph.add_edges_from((f"n{a}", f"n{b}") for a, b in edges)
    arrange(graph)
    return graph


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=30), st.integers(0, 5))
def test_every_graph_is_laid_out_and_no_two_nodes_share_a_place(
    edges: list[tuple[int, int]], alone: int
) -> None:
    graph = placed(edges, alone)
    spots = [(a["x"], a["y"]) for _, a in graph.nodes(data=True)]
    assert len(set(spots)) == len(spots)
    assert sorted(rank for _, rank in graph.nodes(data="rank")) == list(range(len(graph)))
    assert placed(edges, alone).nodes(data=True) == graph.nodes(data=True)


def test_names_of_a_small_graph_do_not_cover_each_other(invented: ModuleType) -> None:
    graph = network(invented.STATEMENTS, invented.ENTITIES)
    arrange(graph)
    boxes = []
    for _, a in graph.nodes(data=True):
        boxed = a["type"] in ("Amount", "Fact", "Statement")
        rows = lines(a["label"], 26 if boxed else 22)
        half = max(a["size"], 3.5 * max(map(len, rows)))
        if boxed:
            boxes.append((a["x"] - half, a["y"] - 8 * len(rows), a["x"] + half, a["y"] + 8 * len(rows)))
            continue
        boxes.append((a["x"] - half, a["y"] - a["size"], a["x"] + half, a["y"] + a["size"] + 16 * len(rows)))
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert not (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


@pytest.mark.parametrize("count", [300, 1000])
def test_marks_of_a_large_graph_hardly_overlap(invented: ModuleType, count: int) -> None:
    statements, entities, _ = invented.generated(count)
    graph = network(statements, entities)
    arrange(graph)
    from scipy.spatial import cKDTree

    nodes = list(graph.nodes(data=True))
    tree = cKDTree([(a["x"], a["y"]) for _, a in nodes])
    over = [(i, j) for i, j in tree.query_pairs(68) if _covers(nodes[i][1], nodes[j][1])]
    assert len(over) <= count * 0.01


def _covers(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether more than a third of the smaller mark's radius lies under the other."""
    far = ((one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2) ** 0.5
    return far < one["size"] + other["size"] - min(one["size"], other["size"]) / 3


def test_the_overview_has_a_disc_for_each_large_community_and_one_for_the_rest(invented: ModuleType) -> None:
    statements, entities, _ = invented.generated(1000)
    graph = network(statements, entities)
    graph.add_edges_from((f"a{n}", f"b{n}") for n in range(50))
    graph.add_nodes_from(
        (node, {"label": node, "type": "Person", "iri": node})
        for n in range(50)
        for node in (f"a{n}", f"b{n}")
    )
    arrange(graph)
    discs = overview(graph)
    assert sum(disc[0] for disc in discs) == len(graph)
    assert [disc[0] for disc in discs[:-1]] == sorted((disc[0] for disc in discs[:-1]), reverse=True)
    assert discs[-1][4] >= 50
    for number, (_, x, y, radius, _) in enumerate(discs):
        for _, x2, y2, radius2, _ in discs[number + 1 :]:
            assert ((x - x2) ** 2 + (y - y2) ** 2) ** 0.5 > radius + radius2


def test_a_pair_is_read_from_left_to_right_and_stands_beside_the_rest() -> None:
    graph = placed([(0, 1), (0, 2), (0, 3), (3, 4), (8, 9)])
    one, other = graph.nodes["n8"], graph.nodes["n9"]
    assert abs(one["y"] - other["y"]) < 5 < abs(one["x"] - other["x"])
    around = [a for node, a in graph.nodes(data=True) if node not in ("n8", "n9")]
    left, right = min(one["x"], other["x"]), max(one["x"], other["x"])
    assert not [a for a in around if left < a["x"] < right and abs(a["y"] - one["y"]) < 2 * a["size"]]


def test_communities_stand_together(invented: ModuleType) -> None:
    statements, entities, _ = invented.generated(1000)
    graph = network(statements, entities)
    arrange(graph)
    within, between = [], []
    for a, b in graph.edges():
        one, other = graph.nodes[a], graph.nodes[b]
        far = ((one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2) ** 0.5
        (within if one["community"] == other["community"] else between).append(far)
    assert sum(within) / len(within) < 0.5 * sum(between) / len(between)
