"""The graph as RDF, streamed and sorted; what the writers of `kg.graph` give, into a file."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import IO, TYPE_CHECKING

from kg.graph import formats

if TYPE_CHECKING:
    from kg.graph.graph import Graph

__all__ = ["jsonld", "nq", "nt", "trig", "ttl", "xml"]

# Pieces that are joined before they are written, so that the file is asked seldom.
_BATCH = 2000


def ttl(graph: Graph, output: IO[bytes]) -> None:
    """Turtle, grouped by subject."""
    _write(graph.turtle(), output)


def nt(graph: Graph, output: IO[bytes]) -> None:
    """N-Triples, sorted."""
    _write(graph.lines(graphs=False), output)


def nq(graph: Graph, output: IO[bytes]) -> None:
    """N-Quads, sorted, with the graph of each article."""
    _write(graph.lines(), output)


def trig(graph: Graph, output: IO[bytes]) -> None:
    """TriG: one block of Turtle for each article."""
    _write(formats.trig(graph.blocks(), graph.prefixes), output)


def jsonld(graph: Graph, output: IO[bytes]) -> None:
    """JSON-LD, with the graph of each article."""
    formats.write(
        "jsonld", (line for _, lines in graph.blocks(graphs=True) for line in lines), output, graph.prefixes
    )


def xml(graph: Graph, output: IO[bytes]) -> None:
    """RDF/XML; a control character in a text becomes U+FFFD, since XML has no way to hold it."""
    formats.write("rdf", graph.lines(graphs=False), output, graph.prefixes)


def _write(pieces: Iterable[str], output: IO[bytes]) -> None:
    stream = iter(pieces)
    while batch := "".join(islice(stream, _BATCH)):
        output.write(batch.encode("utf-8"))
