"""What is drawn of a statement, and how."""

from __future__ import annotations

import io
from types import ModuleType

import networkx as nx

from kg.model import Attribution, Node, Statement
from kg.view.network import network, status_of
from kg.view.payload import conflicts_of

WHO, WHAT = Node("a", "Anne", "Person"), Node("b", "Bateau", "Product")


def edges(graph: nx.MultiDiGraph, statement: Statement) -> list[tuple[str, str, str, str]]:
    return [
        (a, b, d["kind"], d["status"]) for a, b, d in graph.edges(data=True) if d["statement"] == statement.id
    ]


def test_a_claim_is_never_drawn_like_a_fact() -> None:
    said = Statement(
        WHO, "buys", "achète", "acheter", WHAT, (), (Attribution(Node("c", "Carl", "Person"), "selon"),)
    )
    fact = Statement(WHO, "buys", "achète", "acheter", WHAT)
    endorsed = Statement(
        WHO,
        "buys",
        "achète",
        "acheter",
        WHAT,
        (),
        (Attribution(Node("c", "Carl", "Person"), "rapporter", "endorsing"),),
    )
    assert [status_of(each) for each in (said, fact, endorsed)] == ["attributed", "asserted", "asserted"]
    assert said.asserted is False
    graph = network([said, fact], [])
    assert edges(graph, said) == [("a", "b", "relation", "attributed"), ("c", "a", "says", "attributed")]


def test_an_act_of_saying_points_at_what_the_claim_is_about(invented: ModuleType) -> None:
    graph = network(invented.STATEMENTS, invented.ENTITIES)
    act = next(statement for statement in invented.STATEMENTS if statement.predicate == "claims")
    assert edges(graph, act) == [("union-des-marins", "compagnie-des-ferries", "relation", "asserted")]
    assert ("union-des-marins", "compagnie-des-ferries", "says", "attributed") not in edges(
        graph, invented.REPLACES
    )


def test_values_belong_to_their_subject(invented: ModuleType) -> None:
    graph = network(invented.STATEMENTS, invented.ENTITIES)
    values = [node for node, kind in graph.nodes(data="type") if kind == "Amount"]
    assert all(graph.degree(node) == 1 for node in values)
    assert all("@" in node and "@" not in graph.nodes[node]["iri"] for node in values)


def test_all_parallel_relations_are_kept(invented: ModuleType) -> None:
    graph = network(invented.STATEMENTS, invented.ENTITIES)
    assert graph.number_of_edges("erwan-kerbrat", "union-des-marins") == 3


def test_what_two_articles_say_is_one_statement_with_the_evidence_of_both(invented: ModuleType) -> None:
    one = invented.STATEMENTS[0]
    from dataclasses import replace

    again = replace(one, evidence=invented.STATEMENTS[1].evidence)
    from kg.view.network import gather

    (drawing,) = gather([one, again])
    assert len(drawing.statement.evidence) == 2


def test_disagreement_needs_two_articles(invented: ModuleType) -> None:
    found = conflicts_of(invented.STATEMENTS)
    told = {s.predicate for s in invented.STATEMENTS if s.id in found}
    assert told == {"recruits", "employs"}
    assert len(set(found.values())) == 2
    assert conflicts_of([s for s in invented.STATEMENTS if s.evidence[0].document == "matin.txt"]) == {}


def test_the_network_can_be_written_for_other_programs(invented: ModuleType) -> None:
    graph = network(invented.STATEMENTS, invented.ENTITIES, invented.DOCUMENTS, inferred=invented.INFERRED)
    for write, read in ((nx.write_graphml, nx.read_graphml), (nx.write_gexf, nx.read_gexf)):
        file = io.BytesIO()
        write(graph, file)
        file.seek(0)
        assert len(read(file)) == len(graph)
