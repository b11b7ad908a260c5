"""What a picture shows of a large graph: the statements about what most is said of, and nothing twice."""

from __future__ import annotations

import pytest

from kg.api import Graph
from kg.graph import central
from kg.model import Document, Entity, Evidence, Node, Reading, Span, Statement


def article(number: int) -> Reading:
    """Somebody who is in every article meets somebody who is in this one alone, who sings."""
    text = f"Anne voit Personne{number}. Personne{number} chante."
    entities = (
        Entity("anne", "Anne", "Person", (), True),
        Entity(f"p{number}", f"Personne{number}", "Person", (), True),
    )
    anne, other = (Node(one.id, one.label, one.type, one.label) for one in entities)
    document = Document(f"{number:03}.txt", text)
    evidence = (Evidence(document.name, 0, len(text), text),)
    said = (
        Statement(anne, "open-voir", "voit", "voir", other, evidence=evidence),
        Statement(other, "open-chanter", "chante", "chanter", evidence=evidence),
    )
    return Reading(document, (Span(0, len(text)),), entities, (), said)


@pytest.fixture(scope="module")
def graph() -> Graph:
    made = Graph.in_memory()
    for number in range(12):
        made.add(article(number))
    made.commit()
    return made


def test_all_of_a_small_graph(graph: Graph) -> None:
    center = graph.center()
    assert center.statements() == graph.statements()
    assert center.entities() == graph.entities()
    assert [document.name for document in center.documents()] == [one.name for one in graph.documents()]
    assert center.things == 0


def test_the_middle_of_a_large_one(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(central, "MOST", 4)
    monkeypatch.setattr(central, "RANKED", 3)
    center = graph.center()
    assert len(center.statements()) == 4
    assert {one.subject.id for one in center.statements()} <= {"anne", "p0", "p1", "p10"}
    assert len(list(center.documents())) < 12
    needed = {end.id for one in center.statements() for end in (one.subject, one.object) if end}
    assert {entity.id for entity in center.entities()} == needed
    assert center.things == 13
    assert graph.view().html == graph.view().html
