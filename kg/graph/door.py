"""A graph folder as a server sees it: SPARQL in, bytes of a chosen format out, always of the generation that counts.

`kg query` gives Python values; a server passes bytes on, so nothing here is made into rows. What a query may do is
decided before (`kg.serve.guard`), in which process it runs also (`kg.serve.workers`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

import pyoxigraph
from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
)

from kg.errors import GraphError, QueryError
from kg.graph import search
from kg.graph.advice import syntax_error
from kg.graph.index import Snapshot, open_snapshot
from kg.graph.iris import INFERRED

__all__ = ["Answer", "Dataset", "Door", "TooLong"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Which graphs a query reads.

    Without any name it reads the union of the named graphs, which is what the graph says. `clause` is whether the
    query names its own with FROM; what the request names counts before that.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    clause: bool = False

    def options(self) -> dict[str, object]:
        """As the engine takes them; where nothing is named, the store's default graph is the union."""
        if self.default or self.named:
            return {
                "default_graph": [NamedNode(name) for name in self.default],
                "named_graphs": [NamedNode(name) for name in self.named],
            }
        return {}


UNION = Dataset()
# What rules infer stands beside what articles say, and is asked with it.
_INFERRED = NamedNode(INFERRED)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: bytes, how many rows or triples where they were counted, whether it was cut there."""

    body: bytes
    count: int | None = None
    cut: bool = False


class TooLong(QueryError):  # noqa: N818 - it says what the answer is
    """The answer has more bytes than it may have."""


@dataclass(slots=True)
class _Bounded:
    """A file in memory that takes so many bytes and no more."""

    most: int
    size: int = field(default=0, init=False)
    pieces: list[bytes] = field(default_factory=list, init=False)

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self.most:
            raise TooLong(f"the answer is longer than {self.most} bytes: ask for less, or add a LIMIT")
        self.pieces.append(data)
        return len(data)

    def flush(self) -> None:
        """Nothing to do: it is memory."""

    @property
    def file(self) -> IO[bytes]:
        """Itself, as the engine's types call it."""
        return cast(IO[bytes], self)

    def content(self) -> bytes:
        """All that was written."""
        return b"".join(self.pieces)


class _Enough(Exception):  # noqa: N818 - it says when
    """There are as many lines as were asked for, and one more."""


@dataclass(slots=True)
class _Lines(_Bounded):
    """A file in memory that takes so many lines, and breaks off with the next."""

    most_lines: int = 0
    lines: int = field(default=0, init=False)

    def write(self, data: bytes) -> int:
        self.lines += data.count(b"\n")
        taken = _Bounded.write(self, data)
        if self.lines > self.most_lines:
            raise _Enough
        return taken


class Door:
    """The store of a graph folder, open for reading."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._current = folder / "index" / "current"
        self._stamp = (0, 0)
        self._open: Snapshot | None = None
        self.follow()

    def follow(self) -> Snapshot:
        """The generation that counts now; raises GraphError where the folder has none."""
        try:
            found = self._current.stat()
        except OSError:
            found = None
        stamp = (found.st_ino, found.st_mtime_ns) if found else (0, 0)
        if found and (self._open is None or stamp != self._stamp):
            self._open, self._stamp = open_snapshot(os.fspath(self._current.parent)) or self._open, stamp
        if self._open is None:
            raise GraphError(
                f"{self.folder}: no graph here that can be read. Make it with: kg build -g {self.folder}"
            )
        return self._open

    @property
    def store(self) -> Store:
        """The engine itself."""
        return self.follow().store

    def has_graph(self, iri: str) -> bool:
        """Whether the store has a graph of that name."""
        try:
            return self.store.contains_named_graph(NamedNode(iri))
        except ValueError:  # not an IRI, so not the name of a graph
            return False

    def columns(self, query: str, dataset: Dataset = UNION, base: str | None = None) -> tuple[str, ...]:
        """The columns of a SELECT in the engine's order; the query is planned, and what it groups or sorts is computed."""
        found = self._run(query, dataset, {}, base)
        return (
            tuple(variable.value for variable in found.variables) if isinstance(found, QuerySolutions) else ()
        )

    def answer(
        self,
        query: str,
        media_type: str,
        *,
        dataset: Dataset = UNION,
        bindings: Mapping[str, str] | None = None,
        base: str | None = None,
        most_triples: int = 10_000,
        most_bytes: int = 1 << 26,
    ) -> Answer:
        """The answer to a query in a format; `bindings` gives IRIs to variables that the query projects.

        Relative IRIs are read against `base`.

        Raises QueryError where the query is malformed or the answer too long.
        """
        found = self._run(query, dataset, bindings or {}, base)
        if isinstance(found, QueryTriples):
            return self._graph(found, media_type, most_bytes, most_triples)
        if not isinstance(found, QuerySolutions | QueryBoolean):
            raise QueryError("this is not a query")
        form = QueryResultsFormat.from_media_type(media_type)
        if form is None:
            raise QueryError(f"a table cannot be written as {media_type}")
        output = _Bounded(most_bytes)
        found.serialize(output.file, form)
        return Answer(output.content())

    def graph(self, iri: str | None, media_type: str, most_bytes: int) -> bytes:
        """All triples of a named graph, or of the union of all; raises KeyError for a graph that is not there."""
        if iri is not None and not self.has_graph(iri):
            raise KeyError(iri)
        output = _Bounded(most_bytes)
        store = self.follow().store
        name = NamedNode(iri) if iri is not None else None
        quads = store.quads_for_pattern(None, None, None, name)
        triples = (quad.triple for quad in quads if name is not None or quad.graph_name != DefaultGraph())
        self._write(triples if name is not None else _once(triples), media_type, output)
        return output.content()

    def search(self, words: str, most: int) -> list[search.Hit]:
        """The passages that have these words, best first."""
        place = Path(self.follow().search).absolute().as_uri()
        with closing(sqlite3.connect(f"{place}?mode=ro", uri=True)) as database:
            return search.find(database, words, most)

    def _graph(self, found: QueryTriples, media_type: str, most_bytes: int, most: int) -> Answer:
        lines = _Lines(most_bytes, most)
        with suppress(_Enough):
            found.serialize(lines.file, RdfFormat.N_TRIPLES)
        body, count = lines.content(), min(lines.lines, most)
        if lines.lines > most:
            body = b"".join(line + b"\n" for line in body.split(b"\n")[:most])
        if RdfFormat.from_media_type(media_type) != RdfFormat.N_TRIPLES:
            output = _Bounded(most_bytes)
            self._write(pyoxigraph.parse(body, RdfFormat.N_TRIPLES), media_type, output)
            body = output.content()
        return Answer(body, count, lines.lines > most)

    def _write(self, triples: Iterable[Triple] | Iterable[Quad], media_type: str, output: _Bounded) -> None:
        form = RdfFormat.from_media_type(media_type)
        if form is None:
            raise QueryError(f"a graph cannot be written as {media_type}")
        pyoxigraph.serialize(triples, output.file, form, prefixes=self.follow().prefixes)

    def _run(self, query: str, dataset: Dataset, bindings: Mapping[str, str], base: str | None) -> object:
        snapshot = self.follow()
        options = dataset.options()
        if not options and not dataset.clause and snapshot.store.contains_named_graph(_INFERRED):
            options = {"default_graph": [DefaultGraph(), _INFERRED]}
        try:
            return snapshot.store.query(
                query,
                base_iri=base,
                prefixes=snapshot.prefixes,
                substitutions={Variable(name): NamedNode(iri) for name, iri in bindings.items()},
                **options,  # type: ignore[arg-type]
            )
        except SyntaxError as error:
            raise syntax_error(query, error.msg, snapshot.prefixes) from None
        except ValueError as error:
            raise QueryError(f"The query cannot be run: {error}") from error


def _once(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Each triple once, in the order of the first."""
    seen: set[Triple] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple
