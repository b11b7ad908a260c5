"""What a SPARQL endpoint sends as an answer, as the answers of a graph of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
    serialize,
)

from kg.errors import QueryError
from kg.graph.results import Rows, Triples

Answer = Rows | Triples | bool

__all__ = ["Answer", "answer"]

RESULTS = "application/sparql-results+json"
TRIPLES = ("application/n-triples", "text/plain")


def answer(kind: str, content: bytes, prefixes: Mapping[str, str]) -> Answer:
    """Rows, Triples or bool from content of that media type. Raises QueryError where it is something else."""
    try:
        if kind in TRIPLES:
            quads = parse(content, RdfFormat.N_TRIPLES)
            return Triples(cast(bytes, serialize(quads, format=RdfFormat.N_TRIPLES)), prefixes)
        if kind == RESULTS:
            found = parse_query_results(content, QueryResultsFormat.JSON)
            if isinstance(found, QueryBoolean):
                return bool(found)
            return Rows(found, lambda: _solutions(content), None, prefixes)
    except SyntaxError as error:
        raise QueryError(f"The store's answer is cut short or malformed: {error.msg}. Ask again.") from error
    raise QueryError(f"The store answers with {kind}, not with SPARQL results. Is this its query endpoint?")


def _solutions(content: bytes) -> QuerySolutions:
    return cast(QuerySolutions, parse_query_results(content, QueryResultsFormat.JSON))
