"""What several articles say alike, counted by independent sources; what contradicts what.

Two statements contradict each other where one affirms what the other denies, or where articles that share none
give one thing different amounts of one unit, or name two agents of what only one can have done. Both stay; they
are linked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.graph import iris
from kg.graph.building import lines_of
from kg.graph.journal import Journal, MemoryJournal
from kg.graph.selecting import rows
from kg.ontology import KG, PREFIXES, Ontology

__all__ = ["AGREEMENT", "agree"]

AGREEMENT = "agreement"
INTEGER = NamedNode(PREFIXES["xsd"] + "integer")

SOURCES = """SELECT DISTINCT ?statement ?article ?first WHERE {
  ?statement a kg:Statement ; prov:wasDerivedFrom/nif:referenceContext ?article .
  OPTIONAL { ?article kg:copyOf ?first }
}"""

DENIED = """SELECT DISTINCT ?one ?other WHERE {
  ?other a kg:Statement ; kg:polarity kg:Negated ; kg:modality kg:Actual ;
    rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  ?one rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    kg:polarity kg:Affirmed ; kg:modality kg:Actual .
}"""

AMOUNTS = """SELECT DISTINCT ?statement ?key ?unit ?value WHERE {
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
    articles, sources = _sources(store)
    for statement, found in sources.items():
        if len(articles[statement]) > 1:
            count = Literal(str(len(found)), datatype=INTEGER)
            yield Quad(NamedNode(statement), NamedNode(KG + "sources"), count, graph)
    pairs = {(row["one"].value, row["other"].value) for row in rows(store, DENIED)}
    for one, other in sorted({*pairs, *_amounts(store, articles), *_agents(store, articles)}):
        yield Quad(NamedNode(one), NamedNode(KG + "contradicts"), NamedNode(other), graph)
        yield Quad(NamedNode(other), NamedNode(KG + "contradicts"), NamedNode(one), graph)


def _sources(store: Store) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The articles of each statement; and the same, with the first of them for all copies."""
    articles: dict[str, set[str]] = defaultdict(set)
    sources: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, SOURCES):
        article = row["article"].value
        articles[row["statement"].value].add(article)
        sources[row["statement"].value].add(row["first"].value if row["first"] else article)
    return articles, sources


def _amounts(store: Store, articles: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    groups: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows(store, AMOUNTS):
        groups[row["key"].value, row["unit"].value][row["statement"].value] = row["value"].value
    for values in groups.values():
        for one, other in combinations(sorted(values), 2):
            if values[one] != values[other] and not articles[one] & articles[other]:
                yield one, other


def _agents(store: Store, articles: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    relations = " ".join(f"<{KG}{term.name}>" for term in Ontology.load().terms(ONE_AGENT))
    for row in rows(store, AGENTS % relations):
        one, other = row["one"].value, row["other"].value
        if not articles[one] & articles[other]:
            yield one, other
