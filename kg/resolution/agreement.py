"""What several articles say alike, counted by independent sources; what contradicts what.

Two statements contradict each other where one affirms what the other denies, or where articles that share none
give one thing different amounts of one unit, or name two agents of what only one can have done. Both stay; they
are linked.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, groupby
from operator import itemgetter
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.graph import iris
from kg.graph.building import lines_of
from kg.graph.journal import Journal, MemoryJournal
from kg.graph.scratch import Scratch
from kg.graph.selecting import rows
from kg.graph.vocabulary import V
from kg.ontology import KG, PREFIXES, Ontology

__all__ = ["AGREEMENT", "agree"]

AGREEMENT = "agreement"
INTEGER = NamedNode(PREFIXES["xsd"] + "integer")

DENIED = """SELECT DISTINCT ?one ?other WHERE {
  ?other a kg:Statement ; kg:polarity kg:Negated ; kg:modality kg:Actual ;
    rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  ?one rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    kg:polarity kg:Affirmed ; kg:modality kg:Actual .
}"""

AMOUNTS = """SELECT ?statement ?key ?unit ?value WHERE {
  ?statement a kg:Statement ; kg:polarity kg:Affirmed ; kg:modality kg:Actual ;
    rdf:subject ?subject ; rdf:predicate ?predicate .
  { ?statement rdf:object ?amount . BIND("" AS ?what) }
  UNION { ?statement rdf:object ?object ; kg:amount ?amount . BIND(STR(?object) AS ?what) }
  ?amount schema:value ?value ; schema:currency|schema:unitText ?unit .
  BIND(CONCAT(STR(?subject), " ", STR(?predicate), " ", ?what) AS ?key)
}"""

AGENTS = """SELECT DISTINCT ?one ?other WHERE {
  VALUES ?predicate { %s }
  ?object kg:hasProperName true .
  ?one rdf:predicate ?predicate ; rdf:object ?object ; rdf:subject ?agent ;
    kg:polarity kg:Affirmed ; kg:modality kg:Actual .
  ?other rdf:predicate ?predicate ; rdf:object ?object ; rdf:subject ?agent2 ;
    kg:polarity kg:Affirmed ; kg:modality kg:Actual .
  ?agent kg:hasProperName true . ?agent2 kg:hasProperName true .
  FILTER(?agent != ?agent2 && STR(?one) < STR(?other))
}"""
# The class of the relations in which a thing stands to one agent only.
ONE_AGENT = "OneAgentProperty"


def agree(store: Store, journal: Journal | MemoryJournal) -> Iterator[str]:
    """Write into the journal how statements agree; yields the name of what it wrote, where that changed."""
    content = lines_of(_quads(store))
    before = journal.read(AGREEMENT) if AGREEMENT in journal.names() else b""
    if content == before:
        return
    if content:
        journal.put(AGREEMENT, content)
    else:
        journal.remove(AGREEMENT)
    yield AGREEMENT


def _quads(store: Store) -> Iterator[Quad]:
    graph = NamedNode(iris.node(AGREEMENT))
    stated = store.quads_for_pattern(None, V.rdf_type, V.Statement, DefaultGraph())
    for quad in stated:
        articles = _articles(store, quad.subject)
        if len(articles) > 1:
            count = len({_source(store, article) for article in articles})
            yield Quad(quad.subject, NamedNode(KG + "sources"), Literal(str(count), datatype=INTEGER), graph)
    for one, other in chain(_denied(store), _amounts(store), _agents(store)):
        yield Quad(one, NamedNode(KG + "contradicts"), other, graph)
        yield Quad(other, NamedNode(KG + "contradicts"), one, graph)


def _articles(store: Store, statement: Any) -> set[Any]:
    """The articles that make a statement."""
    spans = [quad.object for quad in store.quads_for_pattern(statement, V.prov_derived, None, DefaultGraph())]
    contexts = (store.quads_for_pattern(span, V.nif_context, None, DefaultGraph()) for span in spans)  # type: ignore[arg-type]
    return {quad.object for found in contexts for quad in found}


def _source(store: Store, article: Any) -> Any:
    """The first of the articles of which this is a copy; itself where it is none."""
    copied = store.quads_for_pattern(article, NamedNode(KG + "copyOf"), None, DefaultGraph())
    return next((quad.object for quad in copied), article)


def _differ(store: Store, one: Any, other: Any) -> bool:
    """Whether no article makes both statements."""
    return _articles(store, one).isdisjoint(_articles(store, other))


def _denied(store: Store) -> Iterator[tuple[Any, Any]]:
    return ((row["one"], row["other"]) for row in rows(store, DENIED))


def _amounts(store: Store) -> Iterator[tuple[Any, Any]]:
    with Scratch("CREATE TABLE amount (key TEXT, unit TEXT, statement TEXT, value TEXT)") as amounts:
        found = (
            [row[name].value for name in ("key", "unit", "statement", "value")]
            for row in rows(store, AMOUNTS)
        )
        amounts.add("amount", found)
        ordered = amounts.rows("SELECT * FROM amount ORDER BY key, unit, statement, rowid")
        for _, group in groupby(ordered, key=itemgetter(0, 1)):
            values = {statement: value for _, _, statement, value in group}
            for one, other in combinations(values, 2):
                first, second = NamedNode(one), NamedNode(other)
                if values[one] != values[other] and _differ(store, first, second):
                    yield first, second


def _agents(store: Store) -> Iterator[tuple[Any, Any]]:
    relations = " ".join(f"<{KG}{term.name}>" for term in Ontology.load().terms(ONE_AGENT))
    pairs = ((row["one"], row["other"]) for row in rows(store, AGENTS % relations))
    return (pair for pair in pairs if _differ(store, *pair))
