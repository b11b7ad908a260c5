"""Two people of one full name: a person is asked where what articles say speaks against one, and nothing is done unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.api import Graph
from kg.model import Amount, Document, Entity, Evidence, Mention, Node, Reading, Span, Statement
from kg.resolution.review import Proposal

NAME = "Paul Duranteau"
ID = "paul-duranteau"
# Beside the one stand names of a town, beside the other those of a sport; none of them is in both.
TOWN = ("Montluel", "Jeanne Berthoud", "Ligue des riverains", "Société des bacs")
SPORT = ("Vélodrome de Roubaix", "Karim Lenoir", "Union cycliste", "Trophée Marceau")


def article(name: str, beside: tuple[str, ...], said: str = "", age: int = 0) -> Reading:
    """An article that names Paul Duranteau and these, and says what he is, or how old."""
    text = f"{NAME} parle. {name} {' '.join(beside)}"
    who = Node(ID, NAME, "Person", NAME)
    spoken = Evidence(name, 0, len(NAME) + 6, text[: len(NAME) + 6])
    objects = []
    if said:
        objects.append(("is", Node(f"{said}-{name}", said, "Occupation", said)))
    if age:
        amount = Amount(value=float(age), unit="year")
        objects.append(("age", Node(f"amount-{age}-year", f"{age} ans", "Amount", f"{age} ans", amount)))
    return Reading(
        Document(name, text),
        (Span(0, len(NAME) + 7),),
        (
            Entity(ID, NAME, "Person", (), True),
            *(Entity(f"{one.casefold().replace(' ', '-')}", one, "Organization", (), True) for one in beside),
            *(Entity(node.id, node.label, node.type) for _, node in objects if node.type == "Occupation"),
        ),
        (Mention(0, len(NAME), NAME, "name", "Person", 0, 0, ID, "spelled_alike"),),
        tuple(
            Statement(who, predicate, predicate, predicate, node, evidence=(spoken,), rule="copula")
            for predicate, node in objects
        ),
    )


MAYOR = article("mayor.txt", TOWN, "maire")
AGAIN = article("again.txt", TOWN[:3], "maire adjoint")
RIDER = article("rider.txt", SPORT, "coureurs cyclistes")


def graph_of(folder: Path, *readings: Reading) -> Graph:
    with Graph.create(folder) as graph:
        for one in readings:
            graph.add(one)
        graph.commit()
    return Graph.open(folder)


def asked(folder: Path, *readings: Reading) -> list[Proposal]:
    return [one for one in graph_of(folder, *readings).proposals() if one.kind == "split"]


def people(graph: Graph) -> set[str]:
    return {entity.id for entity in graph.entities() if entity.label == NAME}


def test_two_who_are_described_otherwise_and_share_nothing_are_asked_about(tmp_path: Path) -> None:
    (question,) = asked(tmp_path, MAYOR, AGAIN, RIDER)
    assert question.words == (f"{NAME}, maire, maire adjoint", f"{NAME}, coureurs cyclistes")
    assert "described otherwise" in question.why
    assert "nothing shared" in question.why
    assert {name.partition("@")[2] for name in question.about} == {
        min(MAYOR.document.id, AGAIN.document.id),
        RIDER.document.id,
    }
    assert people(Graph.open(tmp_path)) == {ID}, "nobody has answered yet"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(MAYOR, article("b.txt", TOWN, "coureur cycliste"), id="company is shared"),
        pytest.param(MAYOR, article("b.txt", SPORT, "ancien maire"), id="a description is shared"),
        pytest.param(
            RIDER, article("b.txt", TOWN, "un cycliste"), id="a description is shared but for the plural"
        ),
        pytest.param(MAYOR, article("b.txt", SPORT), id="one is not described"),
        pytest.param(MAYOR, article("b.txt", SPORT[:1], "coureur"), id="little stands beside one"),
        pytest.param(article("a.txt", TOWN, age=49), article("b.txt", SPORT, age=51), id="of about one age"),
    ],
)
def test_where_nothing_speaks_against_one_nobody_is_asked(
    tmp_path: Path, one: Reading, other: Reading
) -> None:
    assert not asked(tmp_path, one, other)


def test_two_of_other_ages_are_asked_about(tmp_path: Path) -> None:
    (question,) = asked(tmp_path, article("a.txt", TOWN, age=31), article("b.txt", SPORT, age=72))
    assert "of another age" in question.why
    assert {words.rpartition(" ")[2] for words in question.words} == {"31", "72"}


def test_an_answer_lasts_and_can_be_taken_back(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, MAYOR, AGAIN, RIDER)
    before = list(graph.lines())
    (question,) = [one for one in graph.proposals() if one.kind == "split"]
    graph.decide(question.about, "apart", "Jeanne")
    graph.apply_decisions()
    graph = Graph.open(tmp_path)
    assert len(people(graph)) == 2
    assert not [one for one in graph.proposals() if one.kind == "split"]
    homes = {
        one.document.name: {entity.id for entity in one.entities if entity.label == NAME}
        for one in graph.readings()
    }
    assert homes["mayor.txt"] == homes["again.txt"] != homes["rider.txt"]
    (tmp_path / "decisions.ttl").unlink()
    graph.apply_decisions()
    assert list(Graph.open(tmp_path).lines()) == before
    graph = Graph.open(tmp_path)
    graph.decide(question.about, "same", "Jeanne")
    graph.apply_decisions()
    assert not [one for one in Graph.open(tmp_path).proposals() if one.kind == "split"]
    assert people(Graph.open(tmp_path)) == {ID}
