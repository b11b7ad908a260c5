"""The graph for people who have rdflib code: real rdflib objects, with rdflib's idea of a plain string.

rdflib tells "x" from "x"^^xsd:string, the store does not; the doors here give "x".
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.building import quads_of
from kg.graph.journal import Journal, MemoryJournal
from kg.ontology import PREFIXES

if TYPE_CHECKING:
    import rdflib

__all__ = ["dataset", "graph_of", "term"]

_STRING = PREFIXES["xsd"] + "string"


def dataset(journal: Journal | MemoryJournal) -> rdflib.Dataset:
    """All articles as an rdflib.Dataset whose default graph is the union of the named ones."""
    import rdflib

    made = rdflib.Dataset(default_union=True)
    for prefix, iri in PREFIXES.items():
        made.bind(prefix, iri, replace=True)
    for name in journal.names():
        quads = quads_of(journal.read(name))
        graphs: dict[str, rdflib.Graph] = {}
        for quad in quads:
            graph_name = getattr(quad.graph_name, "value", None)
            graph = graphs.get(graph_name or "")
            if graph is None:
                graph = made.default_graph if graph_name is None else made.graph(rdflib.URIRef(graph_name))
                graphs[graph_name or ""] = graph
            graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return made


def graph_of(triples: Iterable[Triple], made: rdflib.Graph | None = None) -> rdflib.Graph:
    """Triples as an rdflib.Graph that knows kg's prefixes, or put into one as it is."""
    import rdflib

    if made is None:
        made = rdflib.Graph()
        for prefix, iri in PREFIXES.items():
            made.bind(prefix, iri, replace=True)
    for triple in triples:
        made.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return made


# An article says most of its terms several times, and rdflib checks each IRI.
@lru_cache(maxsize=4096)
def term(value: NamedNode | Literal | BlankNode | Triple) -> rdflib.term.Node:
    """A term of the engine as one of rdflib."""
    import rdflib

    if isinstance(value, NamedNode):
        return rdflib.URIRef(value.value)
    if isinstance(value, BlankNode):
        return rdflib.BNode(value.value)
    assert isinstance(value, Literal), "kg writes no quoted triples"
    if value.language:
        return rdflib.Literal(value.value, lang=value.language)
    kind = None if value.datatype.value == _STRING else rdflib.URIRef(value.datatype.value)
    return rdflib.Literal(value.value, datatype=kind, normalize=False)
