"""Validating, verifying, explaining, searching: a graph that was tampered with says so, and each thing says why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from kg.errors import GraphError
from kg.graph import Graph, shapes
from kg.graph.building import graph_iri, lines_of
from kg.graph.journal import Journal, MemoryJournal
from kg.graph.names import called
from kg.model import Entity, Node
from kg.ontology import PREFIXES

TAMPERINGS = {
    "a plain edge for a claim": (
        "INSERT { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?x kg:asserted false ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } }",
        "A plain edge stands for what the article does not assert.",
    ),
    "a plain edge taken away": (
        "DELETE WHERE { GRAPH ?g { ?s kg:recruits ?o } }",
        "The plain edge of what the article asserts is missing.",
    ),
    "no evidence": (
        "DELETE { GRAPH ?g { ?s prov:wasDerivedFrom ?e } } WHERE { GRAPH ?g { ?s a kg:Statement ; prov:wasDerivedFrom ?e } }",
        "A statement must say where it was read, or from what it was inferred.",
    ),
    "a statement made no statement": (
        "DELETE WHERE { GRAPH ?g { ?s a kg:Statement } }",
        "What has a predicate is a statement.",
    ),
    "no polarity": (
        "DELETE { GRAPH ?g { ?s kg:polarity ?p } } WHERE { GRAPH ?g { ?s kg:polarity ?p } }",
        "A statement must affirm or negate.",
    ),
    "an unknown modality": (
        "DELETE { GRAPH ?g { ?s kg:modality ?m } } INSERT { GRAPH ?g { ?s kg:modality kg:Maybe } } WHERE { GRAPH ?g { ?s kg:modality ?m } }",
        "A statement must have one modality.",
    ),
    "a claim asserted": (
        "DELETE { GRAPH ?g { ?s kg:asserted false } } INSERT { GRAPH ?g { ?s kg:asserted true } } WHERE { GRAPH ?g { ?s kg:asserted false } }",
        "What is denied, not actual, or said by others without endorsement cannot be asserted.",
    ),
    "a source taken away": (
        "DELETE WHERE { GRAPH ?g { ?s kg:attributedTo ?who } }",
        "A statement with a cue or a stance must name who says it.",
    ),
    "an attribution without source": (
        "DELETE WHERE { GRAPH ?g { ?s prov:agent ?who } }",
        "What is attributed must have a source, a cue and a stance.",
    ),
    "money without currency": (
        "DELETE WHERE { GRAPH ?g { ?s schema:currency ?c } }",
        "A sum of money must have a currency (ISO 4217).",
    ),
    "another quote": (
        "DELETE { GRAPH ?g { ?s nif:anchorOf ?q } } INSERT { GRAPH ?g { ?s nif:anchorOf 'autre chose'@fr } } WHERE { GRAPH ?g { ?s a kg:Mention ; nif:anchorOf ?q } }",
        "A quote is not what the text has at its place.",
    ),
    "a quote that ends before it begins": (
        "DELETE { GRAPH ?g { ?s nif:endIndex ?e } } INSERT { GRAPH ?g { ?s nif:endIndex 0 } } WHERE { GRAPH ?g { ?s nif:endIndex ?e } }",
        "A quote must begin, once, before it ends.",
    ),
}


def tamper(journal: Journal | MemoryJournal, update: str) -> None:
    """Change what the journal holds, behind the back of the graph."""
    store = Store()
    for name in journal.names():
        store.load(journal.read(name), RdfFormat.N_QUADS)
    store.update(update, prefixes=dict(PREFIXES))
    for name in journal.names():
        lines = lines_of(store.quads_for_pattern(None, None, None, NamedNode(graph_iri(name))))
        if lines != journal.read(name):
            journal.put(name, lines)


def test_a_graph_as_it_is_written_is_valid_and_verified(graph: Graph, folder: Path) -> None:
    graph.commit()
    for one in (graph, Graph.open(folder)):
        assert one.validate() == []
        assert one.verify() == []


@pytest.mark.parametrize("how", TAMPERINGS)
def test_what_was_tampered_with_breaks_a_shape(graph: Graph, make, how: str) -> None:
    update, message = TAMPERINGS[how]
    graph.commit()
    tamper(graph._journal, update)
    found = graph.validate()
    assert message in {violation.message for violation in found}
    violation = next(violation for violation in found if violation.message == message)
    assert violation.article == "netflix-ia.txt"
    assert violation.message_fr not in ("", message)
    if "statement" in violation.focus and how != "no evidence":
        assert violation.sentence in " ".join(make.article().document.text.split())


BROKEN = (
    "DELETE { GRAPH ?g { ?s kg:polarity ?p } } WHERE { GRAPH ?g { ?s kg:polarity ?p . ?a kg:file 'c.txt' } }"
)


@pytest.mark.parametrize("how", ["a new graph", "one more article"])
def test_what_would_break_a_shape_is_not_committed(folder: Path, make, how: str) -> None:
    before = list(Graph.open(folder).lines())
    with Graph.create(folder) if how == "a new graph" else Graph.open(folder) as graph:
        graph.add(make.article("c.txt", make.TEXT + " Voilà."))
        tamper(graph._journal, BROKEN)
        with pytest.raises(
            GraphError, match=r"breaks a shape.* c\.txt: id:statement-.*affirm or negate\. « "
        ):
            graph.commit(checked=1)
    left = Graph.open(folder)
    assert list(left.lines()) == before
    assert left.verify() == []
    assert left.query("ASK { ?article kg:file 'c.txt' }") is False


def test_what_the_graph_has_already_is_not_looked_at_again(folder: Path, make, monkeypatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(shapes, "check", lambda content: looked.append(content.decode()) or [])
    with Graph.create(folder) as graph:
        for name, more in (("a.txt", ""), ("b.txt", " Fin."), ("c.txt", " Voilà.")):
            graph.add(make.article(name, make.TEXT + more))
        graph.commit(checked=1)
    assert ["c.txt" in content for content in looked] == [True]


def test_what_is_inferred_is_checked_too(graph: Graph, make) -> None:
    premise = make.recruits(make.article().document)
    graph.add_inferred(
        replace(premise, subject=make.node(make.UNION), evidence=(), attribution=(), rule="members_act"), []
    )
    with pytest.raises(GraphError, match="where it was read, or from what it was inferred"):
        graph.commit(checked=1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_validation_names_the_article_alone(folder: Path, make, monkeypatch, jobs: int) -> None:
    monkeypatch.setattr(shapes, "_WORTH_SHARING", 2)
    tamper(
        Journal(folder / "journal"),
        "DELETE { GRAPH ?g { ?s kg:polarity ?p } } WHERE { GRAPH ?g { ?s kg:polarity ?p . ?a kg:file 'b.txt' } }",
    )
    graph = Graph.open(folder)
    assert {violation.article for violation in graph.validate(jobs)} == {"b.txt"}
    first = make.article("a.txt").document.id
    assert graph.validate(articles=[first]) == []


@pytest.mark.parametrize(
    ("update", "what"),
    [
        (TAMPERINGS["another quote"][0], "quotes « autre chose », but characters"),
        (
            "DELETE { GRAPH ?g { ?a nif:isString ?t } } INSERT { GRAPH ?g { ?a nif:isString ?u } } WHERE { GRAPH ?g { ?a nif:isString ?t } BIND(CONCAT('X', STR(?t)) AS ?u) }",
            "its hash is another",
        ),
        (
            "DELETE WHERE { GRAPH ?g { ?s nif:beginIndex ?b } }",
            "the place or the words of the quote are missing",
        ),
        (
            "DELETE { GRAPH ?g { ?e ?p ?o } } WHERE { GRAPH ?g { ?s a kg:Statement ; prov:wasDerivedFrom ?e . ?e ?p ?o } }",
            "is not there",
        ),
    ],
)
def test_what_was_tampered_with_is_found_by_reading(folder: Path, update: str, what: str) -> None:
    tamper(Journal(folder / "journal"), update)
    found = Graph.open(folder).verify()
    assert any(what in str(finding) for finding in found), found


def test_verify_names_a_damaged_article(folder: Path) -> None:
    graph = Graph.open(folder)
    graph.stats()
    journal = folder / "journal"
    content = bytearray(journal.read_bytes())
    content[400] ^= 0x01
    journal.write_bytes(content)
    found = graph.verify()
    assert any("damaged at byte" in str(finding) for finding in found)


def test_reading_a_graph_that_was_tampered_with_says_what_is_missing(graph: Graph) -> None:
    graph.commit()
    tamper(graph._journal, TAMPERINGS["no polarity"][0])
    with pytest.raises(GraphError, match="has no kg:polarity: the graph was changed"):
        graph.statements()


# ---- Explaining


def test_a_statement_explains_itself(graph: Graph, make) -> None:
    graph.commit()
    document = make.article().document
    for name in (
        make.owns(document).id,
        f"id:{make.owns(document).id}",
        f"<https://w3id.org/newsgraph/id/{make.owns(document).id}>",
    ):
        found = graph.explain(name)
        (said,) = found.statements
        assert (found.kind, said.status, said.rule) == ("statement", "claimed", "verb_frame")
        assert said.attribution == ("affirmer: SAG-AFTRA (neutral)",)
        assert said.passages[0].sentence == "La SAG-AFTRA affirme que l’entreprise posséderait ce scan."


def test_an_entity_tells_its_mentions_and_what_is_said_of_it(graph: Graph) -> None:
    graph.commit()
    found = graph.explain("id:netflix")
    assert (found.kind, found.label, found.type) == ("entity", "Netflix", "Organization")
    assert [passage.quote for passage in found.mentions] == ["Netflix", "l’entreprise"]
    assert [passage.rule for passage in found.mentions] == ["name, spelled_alike", "nominal, spelled_alike"]
    assert len(found.statements) == 2
    assert found.json()["links"] == ("http://www.wikidata.org/entity/Q907311",)
    assert "« l’entreprise »" in str(found)


def test_an_article_tells_what_was_refused(graph: Graph) -> None:
    graph.commit()
    found = graph.explain("netflix-ia.txt")
    assert found.kind == "article"
    assert found.refusals[0].refused == ("a subject that refers to nothing (coreference)",)
    assert len(found.statements) == 4


def test_an_inference_tells_its_premises(graph: Graph, make) -> None:
    premise = make.recruits(make.article().document)
    inferred = replace(
        premise, subject=make.node(make.UNION), evidence=(), attribution=(), rule="members_act"
    )
    graph.add_inferred(inferred, [premise.id])
    graph.commit()
    found = graph.explain(inferred.id)
    assert [said.status for said in found.statements] == ["inferred", "asserted"]
    assert found.statements[0].premises[0].startswith(f"id:{premise.id}")


def test_what_is_not_there_is_told_with_what_is_near(graph: Graph) -> None:
    graph.commit()
    with pytest.raises(GraphError, match=r"not in this graph\. Did you mean id:netflix"):
        graph.explain("id:netfl")
    with pytest.raises(GraphError, match="kg search WORDS"):
        graph.explain("id:zzzz")
    with pytest.raises(GraphError, match=r"Did you mean id:sag-aftra\?"):
        graph.explain("SAG-AFTA")


def test_a_thing_is_found_by_its_name_and_gives_its_relations_with_their_sentences(graph: Graph) -> None:
    graph.commit()
    for name in ("Netflix", "NETFLIX", "netflix", "id:netflix"):
        assert graph[name] == graph.explain("id:netflix")
    for entity in graph.entities():
        for alias in entity.aliases:
            assert graph[alias.upper()].id == entity.id
    netflix = graph["Netflix"]
    assert netflix.relations == netflix.statements
    proof = netflix.relations[0].evidence[0]
    text = next(document.text for document in graph.documents() if document.name == proof.document)
    assert text[proof.start : proof.end] == proof.quote
    assert proof.quote in proof.sentence
    with pytest.raises(TypeError, match="not iterable"):
        iter(graph)  # type: ignore[call-overload]


def test_of_things_with_one_name_that_counts_which_is_called_so_first_and_most_spoken_of() -> None:
    nodes = [Node(each, "Paris", "Place") for each in ("paris", "paris-2", "paris-2")]
    known = [
        Entity("paris", "Paris", "Place"),
        Entity("paris-2", "Paris", "Person"),
        Entity("capitale", "la capitale", "Place", ("Paris",)),
    ]
    assert called("PARIS", known, nodes) == "paris-2"
    assert called("La Capitale", known, nodes) == "capitale"
    assert called("Lyon", known, nodes) is None
    assert called("  -- ", known, nodes) is None


# ---- Searching


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("geant streaming", {"entity"}),
        ("GÉANT", {"entity"}),
        ("IA générative", {"entity", "statement", "sentence"}),
        ('"directeur technique"', {"entity", "statement", "sentence"}),
        ('"technique directeur"', set()),
        ("« directeur technique »", {"entity", "statement", "sentence"}),
        ("«\u202ftechnique directeur\u202f»", set()),
        ("“technique directeur”", set()),
        ("direct*", {"entity", "statement", "sentence"}),
        ("posséderai", {"sentence", "statement"}),
        ("absent", set()),
        ("", set()),
        ('" AND ( NEAR * : -', set()),
    ],
)
def test_search(graph: Graph, words: str, kinds: set[str]) -> None:
    graph.commit()
    found = graph.search(words)
    assert {hit.kind for hit in found} == kinds
    order = ["entity", "article", "statement", "sentence"]
    assert [order.index(hit.kind) for hit in found] == sorted(order.index(hit.kind) for hit in found)


def test_search_follows_what_is_removed(folder: Path) -> None:
    with Graph.open(folder) as graph:
        assert graph.search('"Fin"')
        graph.remove("b.txt")
        graph.commit()
        assert graph.search('"Fin"') == []
        assert graph.search("directeur")
