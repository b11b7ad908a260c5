"""The graph of what the articles say: a folder (journal and index), or in memory.

graph = Graph.open("graph")
graph.query("SELECT ?who ?what WHERE { ?who kg:recruits ?what }")

"""

# Only what a query needs is imported here at once; paths are strings: pathlib takes as long to import as a query takes.
# ruff: noqa: PTH118, PTH202

from __future__ import annotations

import os

from pyoxigraph import Store

from kg.errors import GraphError
from kg.graph import index
from kg.graph.asking import ask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Self

    import rdflib

    from kg.graph.asking import Answer
    from kg.graph.central import Center
    from kg.graph.explain import Explanation
    from kg.graph.journal import Journal, MemoryJournal
    from kg.graph.search import Hit
    from kg.graph.shapes import Violation
    from kg.graph.verify import Finding
    from kg.graph.writing import Writer
    from kg.model import Document, Entity, Mention, Reading, Refusal, Statement

__all__ = ["Graph"]


class Graph:
    """What was read, as RDF: one named graph for each article, their union the default graph.

    Changes are seen by queries after `commit`. One process writes at a time; others read on undisturbed.
    """

    def __init__(
        self, folder: str | None, store: Store, snapshot: index.Snapshot | None, prefixes: Mapping[str, str]
    ) -> None:
        self._folder = folder
        self._store = store
        self._snapshot = snapshot
        self._writer_made: Writer | None = None
        self.prefixes = dict(prefixes)

    # ---- Opening

    @classmethod
    def open(cls, folder: str | Path) -> Self:
        """The graph in a folder. An index that is missing or damaged is built again from the journal.

        Raises GraphError where there is no graph, or its journal is damaged.
        """
        path = os.fspath(folder)
        try:
            size = os.path.getsize(os.path.join(path, "journal"))
        except OSError as error:
            raise GraphError(
                f"{path}: there is no graph here. Build one: kg build seeds -g {path}"
            ) from error
        snapshot = index.open_snapshot(os.path.join(path, "index"))
        if snapshot is None or snapshot.journal != size:
            from kg.graph.repair import repaired

            return cls(path, *repaired(path, snapshot))
        return cls(path, snapshot.store, snapshot, snapshot.prefixes)

    @classmethod
    def create(cls, folder: str | Path, *, resume: bool = False) -> Self:
        """An empty graph to be kept in a folder; a graph that is there stays until the first `commit`.

        With `resume` it begins with what an interrupted build left there, and `keep` finds what the older graph has.
        Raises GraphError where the folder cannot be written, or another process is writing it.
        """
        from kg.graph.writing import Writer
        from kg.ontology import PREFIXES

        graph = cls(os.fspath(folder), Store(), None, PREFIXES)
        graph._writer_made = Writer.create(graph._folder, resume=resume)
        return graph

    @classmethod
    def in_memory(cls) -> Self:
        """An empty graph that is not kept."""
        from kg.graph.writing import Writer
        from kg.ontology import PREFIXES

        graph = cls(None, Store(), None, PREFIXES)
        graph._writer_made = Writer.in_memory()
        return graph

    @property
    def folder(self) -> Path | None:
        """Where the graph is kept; None in memory."""
        from pathlib import Path

        return None if self._folder is None else Path(self._folder)

    def close(self) -> None:
        """Let others write this folder; what was not committed is not in the index."""
        if self._writer_made is not None:
            self._writer_made.close()
        if self._snapshot is not None:
            self._snapshot.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- Changing

    @property
    def _writer(self) -> Writer:
        if self._writer_made is None:
            from kg.graph.writing import Writer

            self._writer_made = Writer.open(self._folder or "", self._snapshot)
        self._compare(self._writer_made)
        return self._writer_made

    def _compare(self, writer: Writer) -> None:
        """Give the writer what compares all articles at every commit; here nothing does."""

    @property
    def _journal(self) -> Journal | MemoryJournal:
        return self._writer.journal

    def add(self, reading: Reading, reader: str = "") -> None:
        """Record what was read from an article, in place of what was read from the same document before.

        `reader` is a hash of what read it, by which `keep` knows it again.
        Raises GraphError where a quote is not what the text has at that place.
        """
        self._writer.add(reading, reader)

    def extend(self, segment: bytes) -> None:
        """Record articles that were read elsewhere, as `kg.engines.extract_batch` gives them, safe on the disk at once."""
        from kg.graph.members import unpack

        for member in unpack(segment):
            self._writer.put(member)
        self._writer.sync()

    def keep(self, document: Document, reader: str) -> bool:
        """Whether what that reader read from this very document is here, so that it need not be read again."""
        return self._writer.keep(document, reader)

    def retain(self, documents: Container[str], files: Container[str] | None = None) -> int:
        """Forget all articles but the documents with these keys; how many. With `files`, only what these gave."""
        return self._writer.retain(documents, files)

    def knows(self, article: str) -> bool:
        """Whether there is an article of that file name or id."""
        return self._writer.knows(article)

    def watch(self, change: Callable[[], object]) -> None:
        """Take the right to write, and call `change` once before the next change of the journal."""
        self._writer.watch(change)

    def remove(self, article: str) -> int:
        """Forget an article, by its file's name or its id; the number of articles forgotten."""
        return self._writer.remove(article)

    def add_inferred(self, statement: Statement, premises: Iterable[str]) -> None:
        """Record what a rule infers, with the ids of the statements it rests on, in a graph of its own."""
        self._writer.add_inferred(statement, tuple(premises))

    def clear_inferred(self) -> None:
        """Forget all that was inferred."""
        self._writer.clear_inferred()

    def commit(self, *, checked: int = 0) -> None:
        """Make the changes visible and safe; so many processes first look for broken shapes, where one is a GraphError."""
        self._store, self._snapshot = self._writer.commit(self._store, checked=checked)

    def update(self, sparql: str, *, base: str | None = None) -> None:
        """Run a SPARQL update; the graphs it changes are recorded as they are after it.

        Raises QueryError where it is malformed, or would read or write outside this graph.
        """
        from kg.graph.updating import update

        self._settled()
        self._store, self._snapshot = update(self._writer, self._store, sparql, self.prefixes, base)

    def _settled(self) -> None:
        """A graph in memory has nothing to wait for: what was added is committed when first asked for."""
        if self._folder is None and self._writer.changed:
            self.commit()

    # ---- Asking, reading and judging

    def query(
        self, sparql: str, *, inferred: bool = True, base: str | None = None, **bindings: object
    ) -> Answer:
        """The answer of a SPARQL query: Rows of a SELECT, Triples of a CONSTRUCT or DESCRIBE, bool of an ASK.

        kg's prefixes are known. `bindings` set variables of the query to values; a str that is an IRI or a
        known prefixed name is a node, others are literals. Without `inferred`, what rules inferred is left out.
        Raises QueryError: malformed (with line and column), refused, or asking outside this graph.
        """
        if self._folder is None:
            self._settled()
        return ask(self._store, sparql, self.prefixes, inferred=inferred, base=base, bindings=bindings)

    def advice(self, sparql: str) -> list[str]:
        """Why a query may have found nothing: names that the graph does not have, and what may be meant."""
        from kg.graph.advice import advice

        return advice(sparql, self._store, self.prefixes)

    def labels(self, iris: Iterable[str], language: str = "fr") -> dict[str, str]:
        """The label of each IRI that has one, in a language where there is one."""
        from kg.graph.labels import labels

        return labels(self._store, iris, language)

    def readings(self) -> Iterator[Reading]:
        """What was read, article by article, by file name."""
        for _, identifier in self._writer.articles():
            yield self._writer.reading(identifier)

    def documents(self) -> Iterator[Document]:
        """The articles, by file name."""
        return (reading.document for reading in self.readings())

    def entities(self) -> list[Entity]:
        """The entities, by id, each once with the names that all articles give it."""
        from kg.graph.gathering import entities

        return entities(self.readings())

    def mentions(self) -> Iterator[tuple[Document, Mention]]:
        """Each mention with its article, by file name and place."""
        return ((reading.document, mention) for reading in self.readings() for mention in reading.mentions)

    def statements(self) -> list[Statement]:
        """The statements that were read, each once with its evidence in all articles, in the order of reading."""
        from kg.graph.gathering import statements

        return statements(self.readings())

    def inferred(self) -> list[tuple[Statement, tuple[str, ...]]]:
        """The statements that rules inferred, each with the ids of its premises, by id."""
        return self._writer.inferred()

    def center(self) -> Center:
        """The statements about what most is said of, as far as a picture can show them; all of a small graph."""
        from kg.graph.central import Center

        self._settled()
        return Center(self._writer, self._store)

    def refusals(self) -> Iterator[tuple[Document, Refusal]]:
        """What gave nothing, with its article and the reason."""
        return ((reading.document, refusal) for reading in self.readings() for refusal in reading.refusals)

    @property
    def rdf(self) -> rdflib.Dataset:
        """A copy of the graph as an rdflib.Dataset whose default graph is the union of all."""
        from kg.graph.rdflib_door import dataset

        return dataset(self._journal)

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Passages that have all these words (or "phrases", or beginnings*), the best first; accents do not count."""
        self._settled()
        return self._writer.search(words, limit)

    def lines(self, *, graphs: bool = True) -> Iterator[str]:
        """The whole graph as N-Quads (or N-Triples, without graph names), sorted, each line once, in bounded memory."""
        from kg.graph.sorting import sorted_lines

        return sorted_lines(self._journal, graphs=graphs)

    def turtle(self) -> Iterator[str]:
        """The whole graph as Turtle, piece by piece: what articles say first, then the terms; in bounded memory."""
        from kg.graph.sorting import turtle_lines
        from kg.graph.turtle import turtle

        return turtle(turtle_lines(self._journal), self.prefixes)

    def blocks(self, *, graphs: bool = False) -> Iterator[tuple[str, list[str]]]:
        """The IRI of each named graph with its sorted lines of N-Triples (of N-Quads, with `graphs`)."""
        from kg.graph.sorting import blocks

        return blocks(self._journal, graphs=graphs)

    def digests(self) -> Iterator[tuple[str, str]]:
        """The IRI of each named graph with the sha256 of its N-Quads."""
        from kg.graph.building import graph_iri

        return ((graph_iri(name), self._journal.digest(name)) for name in self._journal.names())

    def validate(self, jobs: int = 1, articles: Iterable[str] | None = None) -> list[Violation]:
        """What breaks a shape of ontology/shapes.ttl, by article; none where all is well.

        `jobs` processes share the work; `articles`, by id, are looked at alone where given.
        """
        from kg.graph.shapes import validate

        return validate(self._journal, jobs, articles)

    def verify(self) -> list[Finding]:
        """What is not as it was written: a quote that its text does not have, a damaged file, a wrong count."""
        from kg.graph.verify import verify

        return verify(self._journal, self._folder, self._snapshot)

    def explain(self, what: str) -> Explanation:
        """Why something is in the graph: a statement, an entity (by its name too), an article, by IRI, prefixed name, id.

        Raises GraphError where the graph does not have it.
        """
        from kg.graph.explain import explain

        return explain(self, what)

    def __getitem__(self, name: str) -> Explanation:
        """What is known of a thing, by its name: graph["Netflix"].relations[0].evidence."""
        return self.explain(name)

    __iter__ = None  # a graph is no sequence, though it has a length and gives things by their names

    def stats(self) -> dict[str, int]:
        """Counts: articles, sentences (and those that gave nothing), entities, mentions, statements, quads."""
        from kg.graph.counting import stats

        self._settled()
        return stats(self._store, len(self.inferred()), len(self))

    def __len__(self) -> int:
        """The number of quads."""
        if self._snapshot is not None:
            return self._snapshot.quads
        return sum(self._journal.read(name).count(b"\n") for name in self._journal.names())
