"""The graph of what the articles say: a folder (journal and index), or in memory.

    graph = Graph.open("graph")
    graph.query("SELECT ?who ?what WHERE { ?who kg:recruits ?what }")

Only what a query needs is imported here at once; the rest is where it is asked for.
"""

from __future__ import annotations

import os

from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, Store, Variable

from kg.errors import GraphError, QueryError
from kg.graph import guard, index
from kg.graph.results import Rows, Triples

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Self

    import rdflib

    from kg.graph.explain import Explanation
    from kg.graph.journal import Journal, MemoryJournal
    from kg.graph.search import Hit
    from kg.graph.shapes import Violation
    from kg.graph.verify import Finding
    from kg.graph.writing import Writer
    from kg.model import Document, Entity, Mention, Reading, Refusal, Statement

    Answer = Rows | Triples | bool

__all__ = ["Graph"]

# As kg.graph.iris has it; that module is slow to import.
_INFERRED = NamedNode("https://w3id.org/newsgraph/id/inferred")


class Graph:
    """What was read, as RDF: one named graph for each article, their union the default graph.

    Changes are seen by queries after `commit`. One process writes at a time; others read on undisturbed.
    """

    def __init__(self, folder: str | None, store: Store, snapshot: index.Snapshot | None, prefixes: Mapping[str, str]) -> None:
        self._folder = folder
        self._store = store
        self._snapshot = snapshot
        self._writer_made: Writer | None = None
        self._checked: dict[str, list[str] | None] = {}
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
            raise GraphError(f"{path}: there is no graph here. Build one: kg build seeds -g {path}") from error
        snapshot = index.open_snapshot(os.path.join(path, "index"))
        if snapshot is None or snapshot.journal != size:
            from kg.graph.writing import repaired

            return cls(path, *repaired(path, snapshot))
        return cls(path, snapshot.store, snapshot, snapshot.prefixes)

    @classmethod
    def create(cls, folder: str | Path) -> Self:
        """An empty graph to be kept in a folder; a graph that is there stays until the first `commit`.

        Raises GraphError where the folder cannot be written, or another process is writing it.
        """
        from kg.graph.writing import Writer
        from kg.ontology import PREFIXES

        graph = cls(os.fspath(folder), Store(), None, PREFIXES)
        graph._writer_made = Writer.create(graph._folder)
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
        return self._writer_made

    @property
    def _journal(self) -> Journal | MemoryJournal:
        return self._writer.journal

    def add(self, reading: Reading) -> None:
        """Record what was read from an article, in place of what was read from the same text before.

        Raises GraphError where a quote is not what the text has at that place.
        """
        self._writer.add(reading)

    def remove(self, article: str) -> int:
        """Forget an article, by its file's name or its id; the number of articles forgotten."""
        return self._writer.remove(article)

    def add_inferred(self, statement: Statement, premises: Iterable[str]) -> None:
        """Record what a rule infers, with the ids of the statements it rests on, in a graph of its own."""
        self._writer.add_inferred(statement, tuple(premises))

    def clear_inferred(self) -> None:
        """Forget all that was inferred."""
        self._writer.clear_inferred()

    def commit(self) -> None:
        """Make the changes visible to queries, and safe on the disk."""
        self._store, self._snapshot = self._writer.commit(self._store)

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

    # ---- Asking

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
        graphs = self._checked.get(sparql, ...)
        if graphs is ...:
            graphs = self._checked[sparql] = guard.check(sparql)
        options: dict[str, object] = {"prefixes": self.prefixes}
        if graphs:
            self._check_graphs(sparql, graphs, base)
        if base is not None:
            options["base_iri"] = base
        elif inferred and self._store.contains_named_graph(_INFERRED):
            options["default_graph"] = [DefaultGraph(), _INFERRED]
        elif not inferred:
            options["named_graphs"] = [graph for graph in self._store.named_graphs() if graph != _INFERRED]
        if not bindings:
            return self._answer(sparql, options)
        options["substitutions"] = {Variable(name): self._term(value) for name, value in bindings.items()}
        return self._answer_bound(sparql, options, list(bindings))

    def _answer(self, sparql: str, options: dict[str, object], hidden: Iterable[str] = ()) -> Answer:
        result = self._run(sparql, options)
        if isinstance(result, QuerySolutions):
            columns = self._columns(sparql, [variable.value for variable in result.variables], hidden)
            first = [result]
            return Rows(lambda: first.pop() if first else self._run(sparql, options), columns, self.prefixes)
        if isinstance(result, QueryBoolean):
            return bool(result)
        return Triples(result, self.prefixes)

    def _run(self, sparql: str, options: dict[str, object]):  # type: ignore[no-untyped-def]
        try:
            return self._store.query(sparql, **options)  # type: ignore[arg-type]
        except SyntaxError as error:
            from kg.graph.advice import syntax_error

            raise syntax_error(sparql, error.msg, self.prefixes) from None

    def _answer_bound(self, sparql: str, options: dict[str, object], names: list[str]) -> Answer:
        """With parameters; the engine wants them among the columns, so they are put there and left out after."""
        hidden: list[str] = []
        for _ in range(len(names) + 1):
            try:
                return self._answer(sparql, options, hidden)
            except RuntimeError as error:
                name = next((name for name in names if f"variable ?{name} " in str(error)), None)
                if name is None or name in hidden:
                    raise QueryError(f"The query cannot be run: {error}") from error
                from kg.graph.parameters import projecting

                sparql = projecting(sparql, name)
                hidden.append(name)
        raise AssertionError("each turn hides one more of the names")

    def _columns(self, sparql: str, found: list[str], hidden: Iterable[str]) -> list[str] | None:
        """The columns of SELECT * in the order the query first says them; None where they are in order already."""
        if "*" in sparql and len(found) > 1:
            from kg.graph.parameters import in_order

            found = in_order(sparql, found)
        elif not hidden:
            return None
        return [name for name in found if name not in hidden]

    def _term(self, value: object):  # type: ignore[no-untyped-def]
        from kg.graph.parameters import term

        return term(value, self.prefixes)

    def _check_graphs(self, sparql: str, graphs: list[str], base: str | None) -> None:
        from kg.graph.parameters import resolved

        for name in graphs:
            iri = resolved(sparql, name, self.prefixes, base)
            if iri and not self._store.contains_named_graph(NamedNode(iri)):
                raise QueryError(f"FROM {name}: there is no such graph here, and kg fetches none. Leave FROM out to ask all graphs.")

    def advice(self, sparql: str) -> list[str]:
        """Why a query may have found nothing: names that the graph does not have, and what may be meant."""
        from kg.graph.advice import advice

        return advice(sparql, self._store, self.prefixes)

    def labels(self, iris: Iterable[str], language: str = "fr") -> dict[str, str]:
        """The label of each IRI that has one, in a language where there is one."""
        from kg.graph.labels import labels

        return labels(self._store, iris, language)

    # ---- Reading what was read

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

    # ---- Judging

    def validate(self, jobs: int = 1) -> list[Violation]:
        """What breaks a shape of ontology/shapes.ttl, by article; none where all is well."""
        from kg.graph.shapes import validate

        return validate(self._journal, jobs)

    def verify(self) -> list[Finding]:
        """What is not as it was written: a quote that its text does not have, a damaged file, a wrong count."""
        from kg.graph.verify import verify

        return verify(self._journal, self._folder, self._snapshot)

    def explain(self, what: str) -> Explanation:
        """Why something is in the graph: a statement, an entity, an article, by IRI, prefixed name or id.

        Raises GraphError where the graph does not have it.
        """
        from kg.graph.explain import explain

        return explain(self, what)

    def stats(self) -> dict[str, int]:
        """Counts: articles, sentences, sentences without statement, entities, mentions, statements, triples…"""
        from kg.graph.gathering import stats

        return stats(self)

    def __len__(self) -> int:
        """The number of quads."""
        return self._snapshot.quads if self._snapshot is not None else len(self._store)
