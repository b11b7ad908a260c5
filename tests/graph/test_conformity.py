"""What the engine says of an article's shapes is what pySHACL says of them, or nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import Quad

from kg.graph import Graph, conformity
from kg.graph.building import lines_of, quads_of
from kg.graph.conformity import conforms, questions
from kg.graph.rdf import encode
from kg.graph.rdflib_door import graph_of
from kg.model import Amount, Node
from kg.ontology import ontology_folder


@pytest.fixture
def content(graph: Graph) -> bytes:
    """An article as the journal has it."""
    graph.commit()
    [name] = [name for name in graph._journal.names() if name.startswith("article-")]
    return graph._journal.read(name)


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_folder() / "shapes.ttl")


def test_every_shape_of_the_ontology_is_a_question(content: bytes) -> None:
    asked, selects = questions() or ([], [])
    assert len(asked) >= 8
    assert len(selects) >= 5
    assert conforms(content)


def changed(content: bytes, seed: int) -> bytes:
    """An article with a few lines taken away, or with other objects, in place of their own or beside them."""
    chance = random.Random(seed)
    quads = list(quads_of(content))
    for _ in range(chance.randint(1, 3)):
        at, other = chance.randrange(len(quads)), chance.choice(quads)
        one = quads[at]
        match chance.choice(["away", "object", "second", "class"]):
            case "away":
                del quads[at]
            case "object":
                quads[at] = Quad(one.subject, one.predicate, other.object, one.graph_name)
            case "second":
                quads.append(Quad(one.subject, one.predicate, other.object, one.graph_name))
            case "class":
                quads.append(Quad(one.subject, other.predicate, other.object, one.graph_name))
    return lines_of(quads)


def test_no_article_conforms_that_pyshacl_finds_broken(content: bytes, shapes: rdflib.Graph) -> None:
    ours, theirs = 0, 0
    for seed in range(24):
        article = changed(content, seed)
        data = graph_of(quad.triple for quad in quads_of(article))
        well = pyshacl.validate(data, shacl_graph=shapes, inplace=True)[0]
        assert well or not conforms(article), seed
        ours, theirs = ours + conforms(article), theirs + well
    assert 3 < theirs < 24, "some are broken, some are not"
    assert ours >= 0.8 * theirs, "and the library is seldom asked for nothing"


@pytest.mark.parametrize(
    ("amount", "well"), [(Amount(minimum=10), True), (Amount(unit="EUR", maximum=9), True), (Amount(), False)]
)
def test_a_count_may_be_known_by_a_bound_alone(make, amount: Amount, well: bool) -> None:
    """« Des dizaines ont crié » counts, though nothing says what."""
    article = make.article()
    counted = replace(make.recruits(article.document), object=Node("some", "some", "Amount", value=amount))
    assert conforms(encode(replace(article, statements=(*article.statements, counted)))) is well


@pytest.mark.parametrize(
    "more",
    [
        "kg:StatementShape sh:or ( kg:AttributionShape kg:QualifierShape ) .",
        "kg:StatementShape sh:property [ sh:path kg:lemma ; sh:minCount 2 ] .",
        "kg:StatementShape sh:property [ sh:path [ sh:inversePath kg:lemma ] ; sh:minCount 1 ] .",
        "kg:NewShape sh:targetNode kg:Statement .",
        "kg:MoneyShape a <http://www.w3.org/2000/01/rdf-schema#Class> .",
        "kg:StatementShape sh:deactivated true .",
        'kg:MoneyShape sh:sparql [ sh:select "SELECT ?other { ?other a ?class }" ] .',
        'kg:ArticleShape sh:sparql [ sh:select "SELECT $this { $this unknown:prefix ?x }" ] .',
        "not Turtle",
    ],
)
def test_what_is_not_known_of_shapes_is_left_to_the_library(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    text = (ontology_folder() / "shapes.ttl").read_text("utf-8")
    (tmp_path / "shapes.ttl").write_text(f"{text}\n{more}\n", encoding="utf-8")
    monkeypatch.setattr(conformity, "ontology_folder", lambda: tmp_path)
    questions.cache_clear()
    try:
        assert questions() is None or "sh:sparql" in more
        assert not conforms(content)
    finally:
        questions.cache_clear()
