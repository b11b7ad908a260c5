"""The terms that the graph uses, from the ontology, in a graph of their own: labels, domains, what is a kind of what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple

from kg.errors import OntologyError
from kg.graph import building, iris
from kg.ontology import PREFIXES, ontology_folder

__all__ = ["FILES", "used", "vocabulary"]

# What the graph speaks of. The lexicon, the shapes and the background knowledge are the program's own business.
FILES = ("alignments.ttl", "kg.ttl", "provenance.ttl")
# Explanations stay in the ontology; the graph has names.
_LEFT_OUT = NamedNode(PREFIXES["rdfs"] + "comment")


def vocabulary(terms: Iterable[str]) -> bytes:
    """What the ontology says of these terms, and of those that it says it with, as sorted N-Quads."""
    graph = NamedNode(iris.VOCABULARY)
    known = _known()
    wanted = [term for term in terms if term in known]
    found = set(wanted)
    quads = []
    while wanted:
        for triple in known[wanted.pop()]:
            quads.append(Quad(triple.subject, triple.predicate, triple.object, graph))
            other = triple.object.value if isinstance(triple.object, NamedNode) else ""
            if other in known and other not in found:
                found.add(other)
                wanted.append(other)
    return building.lines_of(quads)


def used(store: Store) -> list[str]:
    """The terms of the ontology that articles or rules use, as property or as value."""
    spoken = NamedNode(iris.VOCABULARY)
    return [term for term in _known() if any(_uses(store, NamedNode(term), spoken))]


def _uses(store: Store, term: NamedNode, vocabulary_graph: NamedNode) -> Iterable[bool]:
    for graph in (DefaultGraph(), NamedNode(iris.INFERRED)):
        as_property, as_value = (None, term, None, graph), (None, None, term, graph)
        for pattern in (as_property, as_value):
            for quad in store.quads_for_pattern(*pattern):
                if Quad(quad.subject, quad.predicate, quad.object, vocabulary_graph) not in store:
                    yield True


@lru_cache(maxsize=1)
def _known() -> Mapping[str, list[Triple]]:
    """The triples of each term. Raises OntologyError where a file is missing or not Turtle."""
    known: dict[str, list[Triple]] = {}
    for name in FILES:
        path = ontology_folder() / name
        if not path.exists():
            raise OntologyError(f"{name}: missing from the ontology. Install kg again.")
        try:
            triples = list(pyoxigraph.parse(path.read_bytes(), RdfFormat.TURTLE))
        except SyntaxError as error:
            raise OntologyError(f"{name}: not Turtle: {error.msg}. Mend the line it names.") from error
        for triple in triples:
            # What only a blank node could say (lists, unions) is for reasoners, and the graph has no blank node.
            if not isinstance(triple.subject, NamedNode) or isinstance(triple.object, BlankNode):
                continue
            if triple.predicate != _LEFT_OUT:
                known.setdefault(triple.subject.value, []).append(triple)
    return known
