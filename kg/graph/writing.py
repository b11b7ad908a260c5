"""Changing a graph: what is added goes to the journal at once, and to the index at `commit`."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.errors import GraphError
from kg.graph import building, index, iris, search, terms
from kg.graph.decoding import decode, decode_inferred
from kg.graph.index import Snapshot
from kg.graph.inference import infer, is_rule
from kg.graph.journal import Journal, MemoryJournal
from kg.graph.members import Packed, pack
from kg.graph.rdf import encode, encode_inferred
from kg.graph.shapes import demand
from kg.graph.shelf import Shelf, document_key, note
from kg.graph.vocabulary import V
from kg.model import Document, Reading, Statement

if TYPE_CHECKING:
    import sqlite3

__all__ = ["Writer"]

# Dead bytes of the journal beyond which it is written anew, when they are more than the living ones.
_WORTH_COMPACTING = 1 << 20


class Writer:
    """The journal of a graph, what has changed since the last commit, and the right to change it."""

    def __init__(
        self, journal: Journal | MemoryJournal, folder: Path | None, snapshot: Snapshot | None
    ) -> None:
        self.journal = journal
        self.changed: set[str] = set()
        # What compares all articles before they are indexed: it may change the journal, and names what it changed.
        self.resolve: Callable[[Journal | MemoryJournal, Path | None], set[str]] | None = None
        # What compares all statements once they are indexed; it writes to the journal, and names what it wrote.
        self.agree: Callable[[Store, Journal | MemoryJournal], Iterable[str]] | None = None
        self._folder = folder
        self._snapshot = snapshot
        self._held = ExitStack()
        self._locked, self._checked = folder is None, 0
        self._shelf_made: Shelf | None = None
        self._older: Shelf | None = None
        self._inferred: dict[str, tuple[Statement, tuple[str, ...]]] | None = None
        self._search: sqlite3.Connection | None = None

    @classmethod
    def open(cls, folder: str, snapshot: Snapshot | None) -> Writer:
        """For a graph that is there; the right to write is taken with the first change."""
        path = Path(folder)
        return cls(Journal(path / "journal", upto=snapshot.journal if snapshot else None), path, snapshot)

    @classmethod
    def create(cls, folder: str | None, *, resume: bool = False) -> Writer:
        """For a new graph; its journal takes the place of an older one at the first commit.

        With `resume` it begins with what an interrupted one has left, and `keep` looks in the older one too.
        """
        path = Path(folder or "")
        fresh = path / "journal.part"
        held = ExitStack()
        held.enter_context(building.writing(path))
        older = _readable(path / "journal") if resume else None
        if not resume or _readable(fresh) is None:
            fresh.unlink(missing_ok=True)
        writer = cls(Journal(fresh), path, None)
        writer._held, writer._locked = held, True
        writer._older = Shelf(older, lambda identifier: "") if older else None
        return writer

    @classmethod
    def in_memory(cls) -> Writer:
        """For a graph that is not kept."""
        return cls(MemoryJournal(), None, None)

    def close(self) -> None:
        """Give the right to write back."""
        self._held.close()
        self._locked = self._folder is None

    def _lock(self) -> None:
        if not self._locked and self._folder is not None:
            self._held.enter_context(building.writing(self._folder))
            self._locked = True
            # Another process may have written since this one opened the graph.
            self.journal = Journal(self._folder / "journal")
            current = index.open_snapshot(os.fspath(self._folder / "index"))
            self._snapshot = current if current and current.journal == self.journal.size else None
            self._shelf_made = self._inferred = None

    # ---- Articles

    def add(self, reading: Reading, reader: str = "") -> None:
        """Record an article; `reader` is a hash of what read it. Of one text, the file that sorts first counts."""
        document = reading.document
        self.put(pack(document.id, encode(reading), note(document, reader)))

    def put(self, member: Packed) -> None:
        """Record an article that was packed elsewhere."""
        self._lock()
        with building.reported(self._folder):
            self.changed |= self._shelf.put(member)

    def sync(self) -> None:
        """See what was recorded to the disk."""
        if isinstance(self.journal, Journal):
            with building.reported(self._folder):
                self.journal.sync()

    def keep(self, document: Document, reader: str) -> bool:
        """Whether what that reader read from this very document is here, or can be had from the older graph."""
        key = document_key(document)
        if self._shelf.reader(key) == reader:
            return True
        if self._older is None or self._older.reader(key) != reader:
            return False
        try:
            member = self._older.packed(key)
        except GraphError:  # damaged: it is read again
            return False
        self.put(member)
        return True

    def watch(self, change: Callable[[], object]) -> None:
        """Take the right to write, and call this once before the graph's journal changes, or another takes its place."""
        self._lock()
        if isinstance(self.journal, Journal):
            self.journal.watch = change

    def retain(self, documents: Container[str], files: Container[str] | None = None) -> int:
        """Forget all articles (of these files, or of all) but the documents with these keys; how many."""
        self._lock()
        with building.reported(self._folder):
            count, changed = self._shelf.retain(documents, files)
        self.changed |= changed
        return count

    def knows(self, article: str) -> bool:
        """Whether there is an article of that file name or id."""
        return self._shelf.knows(article)

    def remove(self, article: str) -> int:
        """Forget the articles of a file name or an id; how many."""
        self._lock()
        with building.reported(self._folder):
            count, changed = self._shelf.remove(article)
        self.changed |= changed
        return count

    def articles(self) -> list[tuple[str, str]]:
        """The (file name, id) of each article, sorted."""
        return sorted(self._shelf.articles())

    def reading(self, identifier: str) -> Reading:
        """What was read from an article."""
        found = decode(building.quads_of(self.journal.read(identifier)))
        if found is None:
            raise GraphError(
                f"{identifier}: the journal has nothing of an article under this name. Build the graph again."
            )
        return found

    @property
    def _shelf(self) -> Shelf:
        if self._shelf_made is None:
            self._shelf_made = Shelf(self.journal, self._file_name)
        return self._shelf_made

    def _file_name(self, identifier: str) -> str:
        if self._snapshot is not None and identifier not in self.changed:
            graph = NamedNode(iris.node(identifier))
            quad = next(self._snapshot.store.quads_for_pattern(graph, V.kg_file, None, graph), None)
            if quad is not None and isinstance(quad.object, Literal):
                return str(quad.object.value)
        return self.reading(identifier).document.name

    def record(self, name: str, content: bytes) -> None:
        """Record the lines of a graph as they are; no lines, and it is gone."""
        self._lock()
        if content:
            self._put(name, content)
        else:
            self.journal.remove(name)
            self.changed.add(name)
        self._shelf_made = self._inferred = None

    def _put(self, name: str, content: bytes) -> None:
        self.journal.put(name, content)
        self.changed.add(name)

    # ---- What rules infer

    def add_inferred(self, statement: Statement, premises: tuple[str, ...]) -> None:
        """Record an inference; written at commit."""
        self._lock()
        self._inferences()[statement.id] = (statement, premises)
        self.changed.add(building.inferred_name())

    def clear_inferred(self) -> None:
        """Forget all inferences."""
        self._lock()
        self._inferred = {}
        self.changed.add(building.inferred_name())

    def inferred(self) -> list[tuple[Statement, tuple[str, ...]]]:
        """The inferences, by id."""
        return [pair for _, pair in sorted(self._inferences().items())]

    def _inferences(self) -> dict[str, tuple[Statement, tuple[str, ...]]]:
        if self._inferred is None:
            name = building.inferred_name()
            known = (
                decode_inferred(building.quads_of(self.journal.read(name)))
                if name in self.journal.names()
                else []
            )
            self._inferred = {statement.id: (statement, premises) for statement, premises in known}
        return self._inferred

    # ---- Committing

    def commit(self, store: Store, *, checked: int = 0) -> tuple[Store, Snapshot | None]:
        """Bring the index up to the journal; the store that answers from now on. Where `checked`, shapes must hold."""
        self._lock()
        self._checked = checked
        if self.resolve is not None:
            with building.reported(self._folder):
                self.changed |= self.resolve(self.journal, self._folder)
        self._check(self.journal.names() if self._snapshot is None else self.changed)
        if self._folder is not None:
            snapshot = self._publish(self._folder)
            self.changed.clear()
            return snapshot.store, snapshot
        if len(store):
            building.change(store, self.journal, sorted(self.changed))
        else:
            building.load_all(store, self.journal)
        for name in self.settle(store):
            building.change(store, self.journal, [name])
        self.changed.clear()
        self._search = None
        return store, None

    def _publish(self, folder: Path) -> Snapshot:
        assert isinstance(self.journal, Journal)
        with building.reported(folder):
            if self.journal.path.name == "journal" and self._worth_compacting():
                self.journal = self.journal.copy(folder / "journal.part")
                self._shelf_made = None
            building.build(folder, self.journal, self._snapshot, self.changed, self.settle)
        snapshot = index.open_snapshot(os.fspath(folder / "index"))
        if snapshot is None:
            raise GraphError(f"{folder}: the index cannot be read back. Is the disk full or failing?")
        self._snapshot = snapshot
        self._search = None
        return snapshot

    def settle(self, store: Store) -> Iterator[str]:
        """Write what depends on all articles: what rules inferred, then the terms that all use."""
        inferred = building.inferred_name()
        if self.changed:
            self._infer(store)
        if inferred in self.changed:
            self._write_inferred(inferred, store)
            self._check([inferred])
            yield inferred
        if self.agree is not None:
            yield from self.agree(store, self.journal)
        content = terms.vocabulary(terms.used(store))
        name = building.member_name(iris.VOCABULARY)
        if name not in self.journal.names() or self.journal.read(name) != content:
            self.journal.put(name, content)
            yield name

    def _check(self, names: Iterable[str]) -> None:
        """Undo what was not committed yet where it breaks a shape, and that is asked for."""
        if self._checked:
            demand(self.journal, names, self._checked, self._folder, self._snapshot)

    def _infer(self, store: Store) -> None:
        """Draw anew what the ontology's rules infer; what others recorded as inferred stays."""
        kept = {key: pair for key, pair in self._inferences().items() if not is_rule(pair[0].rule)}
        drawn = {pair[0].id: pair for pair in infer(store)}
        if self._inferences() != kept | drawn:
            self._inferred = kept | drawn
            self.changed.add(building.inferred_name())

    def _write_inferred(self, name: str, store: Store) -> None:
        # What an article says itself needs no inference.
        new = [pair for pair in self.inferred() if not _read(store, pair[0].id)]
        if new:
            described = {
                identifier for pair in new for identifier in _ids(pair[0]) if _described(store, identifier)
            }
            quads = building.quads_of(encode_inferred(new, described))
            self.journal.put(name, building.lines_of(quad for quad in quads if not _said(store, quad)))
        else:
            self.journal.remove(name)

    def _worth_compacting(self) -> bool:
        assert isinstance(self.journal, Journal)
        return self.journal.waste > max(_WORTH_COMPACTING, self.journal.size // 2)

    # ---- Searching

    def search(self, words: str, limit: int) -> list[search.Hit]:
        """Passages with these words; the full-text index of the last commit."""
        if self._search is None:
            if self._snapshot is not None:
                self._search = search.opened(self._snapshot.search)
            else:
                self._search = search.in_memory(self.journal)
        return search.find(self._search, words, limit)


def _readable(path: Path) -> Journal | None:
    """A journal that is there and whole, but for a torn end."""
    try:
        return Journal(path) if path.exists() else None
    except GraphError:
        return None


def _ids(statement: Statement) -> set[str]:
    nodes = [statement.subject, *(qualifier.node for qualifier in statement.qualifiers)]
    nodes += [source.node for source in statement.attribution]
    return {node.id for node in (*nodes, *([statement.object] if statement.object else []))}


def _described(store: Store, identifier: str) -> bool:
    return any(store.quads_for_pattern(NamedNode(iris.node(identifier)), V.rdfs_label, None, None))


def _said(store: Store, quad: Quad) -> bool:
    return Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) in store


def _read(store: Store, identifier: str) -> bool:
    quads = store.quads_for_pattern(NamedNode(iris.node(identifier)), V.rdf_type, V.Statement, None)
    return any(quad.graph_name != NamedNode(iris.INFERRED) for quad in quads)
