"""The middle of a graph: the statements about what most is said of, and what they need; of a small graph, all.

Read in one pass, of the articles that are needed alone, so that a picture costs the same however many there are.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Store

from kg.errors import QueryError
from kg.graph import iris
from kg.graph.gathering import entities, statements
from kg.graph.results import Iri
from kg.graph.scratch import Scratch
from kg.graph.selecting import number, rows
from kg.graph.vocabulary import V
from kg.model import Document, Entity, Mention, Node, Reading, Statement

if TYPE_CHECKING:
    from kg.graph.asking import Answer
    from kg.graph.inference import Inference
    from kg.graph.writing import Writer

__all__ = ["Center", "named_in"]

# A picture of more statements than this is not looked at as a whole; nodes that are counted to find the middle.
MOST, RANKED = 2500, 2000

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?statement a kg:Statement }"
NAMED = "SELECT ?thing WHERE { ?statement rdf:subject|rdf:object ?thing . ?thing kg:hasProperName true }"
ENDS = """SELECT ?statement ?subject ?object WHERE {
  ?statement a kg:Statement ; rdf:subject ?subject . OPTIONAL { ?statement rdf:object ?object }
}"""
THINGS = "SELECT ?thing WHERE { ?statement rdf:subject|rdf:object ?thing }"
# How often each thing is there: on the disk, as there are as many as articles name.
COUNTED = "CREATE TABLE counted (thing TEXT PRIMARY KEY, n INT) WITHOUT ROWID"
ONE_MORE = "INSERT INTO counted VALUES (?, 1) ON CONFLICT DO UPDATE SET n = n + 1"


class Center:
    """What a picture shows of a graph; asked as the graph is."""

    def __init__(self, writer: Writer, store: Store) -> None:
        self._inferred = writer.inferred()
        self._chosen = _chosen(store)
        homes = None if self._chosen is None else _homes(store, self._chosen)
        # How many things are spoken of in all; 0 where all are here.
        self.things = 0 if self._chosen is None else _things(store)
        self._readings = [
            _part(writer.reading(identifier), self._chosen)
            for _, identifier in writer.articles()
            if homes is None or identifier in homes
        ]

    def statements(self) -> list[Statement]:
        """The statements, each once with its evidence in all articles."""
        return statements(self._readings)

    def entities(self) -> list[Entity]:
        """The entities that they are about, and those that they need."""
        return entities(self._readings)

    def documents(self) -> Iterator[Document]:
        """The articles that say it."""
        return (reading.document for reading in self._readings)

    def mentions(self) -> Iterator[tuple[Document, Mention]]:
        """Where these entities are named."""
        return ((reading.document, mention) for reading in self._readings for mention in reading.mentions)

    def inferred(self) -> list[Inference]:
        """What was inferred from these statements."""
        kept = self._chosen
        return [pair for pair in self._inferred if kept is None or not kept.isdisjoint(pair[1])]


def named_in(answer: Answer, statements: Iterable[Statement]) -> list[Statement]:
    """The statements that a row of an answer names, by their IRI or by their two ends.

    Raises QueryError where it names none.
    """
    if isinstance(answer, bool):
        raise QueryError("An ASK names nothing to show. Use SELECT or CONSTRUCT.")
    named = [{str(value) for value in row if isinstance(value, Iri)} for row in answer]
    found = [statement for statement in statements if _is_named(statement, named)]
    if not found:
        raise QueryError(
            "The query names no statement. SELECT ?statement, or the subject and the object of some."
        )
    return found


def _is_named(statement: Statement, rows: list[set[str]]) -> bool:
    ends = {iris.node(end.id) for end in (statement.subject, statement.object) if end is not None}
    itself = iris.node(statement.id)
    return any(itself in row or (len(ends) == 2 and ends <= row) for row in rows)


def _chosen(store: Store) -> set[str] | None:
    """The ids of the statements in the middle; None where all are to be shown."""
    if number(store, COUNT) <= MOST:
        return None
    ranks = _ranks(store)
    found = (
        (
            _rank(ranks, row["subject"].value, row["object"].value if row["object"] else ""),
            row["statement"].value,
        )
        for row in rows(store, ENDS)
    )
    return {iris.id_of(iri) for _, iri in heapq.nsmallest(MOST, found)}


def _counted(store: Store, query: str) -> Scratch:
    """How often a query names each thing."""
    found = Scratch(COUNTED)
    found.database.executemany(ONE_MORE, ((str(row["thing"]),) for row in rows(store, query)))
    return found


def _ranks(store: Store) -> dict[str, int]:
    """The places of what most is said of."""
    with _counted(store, NAMED) as named:
        first = named.rows("SELECT thing FROM counted ORDER BY n DESC, thing LIMIT ?", RANKED)
        return {thing[1:-1]: place for place, (thing,) in enumerate(first)}


def _things(store: Store) -> int:
    """How many things statements are about."""
    with _counted(store, THINGS) as things:
        return int(next(things.rows("SELECT count(*) FROM counted"))[0])


def _rank(ranks: dict[str, int], *ends: str) -> int:
    """The place of the less known of the ends that are known at all."""
    return max((ranks[end] for end in ends if end in ranks), default=RANKED)


def _homes(store: Store, chosen: Iterable[str]) -> set[str]:
    """The ids of the articles that say these statements."""
    graphs = (
        quad.graph_name
        for name in chosen
        for quad in store.quads_for_pattern(NamedNode(iris.node(name)), V.rdf_type, V.Statement, None)
    )
    return {iris.id_of(graph.value) for graph in graphs if isinstance(graph, NamedNode)}


def _part(reading: Reading, chosen: set[str] | None) -> Reading:
    """The reading with these statements alone, and the entities that take part in them; None leaves all."""
    if chosen is None:
        return reading
    kept = tuple(one for one in reading.statements if one.id in chosen)
    needed = {node.id for one in kept for node in _nodes(one)}
    return replace(
        reading,
        entities=tuple(one for one in reading.entities if one.id in needed),
        mentions=tuple(one for one in reading.mentions if one.entity in needed),
        statements=kept,
        refusals=(),
    )


def _nodes(statement: Statement) -> Iterator[Node]:
    ends = (statement.subject, statement.object)
    yield from (node for node in ends if node is not None)
    yield from (qualifier.node for qualifier in statement.qualifiers)
    yield from (source.node for source in statement.attribution)
