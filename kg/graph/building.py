"""The next generation of the index, from the journal; published by renaming one small file.

What articles say stands twice in the store: in the graph of its article, and in the default graph. The
engine's own union of graphs is no union: a triple that two articles share would come twice, and counts
would be wrong. What rules infer stands in its own graph alone, without what an article says itself.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from kg.errors import GraphError
from kg.graph import index, iris, search
from kg.graph.index import Snapshot
from kg.graph.journal import Journal, MemoryJournal
from kg.graph.spare import trim
from kg.ontology import ID, PREFIXES

__all__ = ["build", "change", "graph_iri", "load_all", "member_name", "shared", "triples", "writing"]

Settle = Callable[[Store], Iterable[str]]

# Beyond as many changed articles, building from nothing is faster than changing the store one by one.
_MANY = 500
# Bytes of N-Quads that are loaded at a time. Four times as many take 90 MB more memory, and no less time.
_PIECE = 4 << 20


# The member that holds what stands in no named graph; only updates write such triples.
DEFAULT = "default"


def graph_iri(name: str) -> str:
    """The IRI of the graph that a member of the journal holds: articles by their id, others by their IRI."""
    return name if ":" in name else ID + name


def member_name(graph: str) -> str:
    """The name that `graph_iri` was given."""
    rest = graph.removeprefix(ID)
    return graph if ":" in rest else rest


class BusyError(GraphError):
    """Another process is writing this graph."""


@contextmanager
def reported(folder: Path | None) -> Iterator[None]:
    """What the system says of the disk, said as a GraphError: where, what, what to do."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        what = (isinstance(error, OSError) and error.strerror) or str(error)
        if isinstance(error, sqlite3.Error):
            what += "; here, or where temporary files are, which TMPDIR names"
        raise GraphError(
            f"{folder or 'memory'}: cannot be written ({what}). Make room there, or choose another folder "
            "with -g DIR, and run the same command again: what was read is kept."
        ) from error


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """The right to change a graph folder. Raises GraphError where another process has it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
    except OSError as error:
        raise GraphError(
            f"{folder}: cannot be written ({error.strerror}). Choose another folder with -g DIR."
        ) from error
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:  # no such locks here: the store's own lock is the only guard
        pass
    except OSError as error:
        os.close(handle)
        raise BusyError(f"{folder}: another kg is writing this graph. Wait until it has ended.") from error
    try:
        yield
    finally:
        os.close(handle)


def load_all(store: Store, journal: Journal | MemoryJournal) -> int:
    """Fill an empty store with all that the journal holds, at the speed of bulk loads; how many quads that is.

    A bulk load keeps all that it loads in memory, so there is one for every few megabytes. That the IRIs are IRIs was
    seen when they were written.
    """
    quads = 0
    piece = bytearray()
    for name in journal.names():
        content = journal.read(name)
        quads += content.count(b"\n")
        piece += content + shared(name, content)
        if len(piece) > _PIECE:
            store.bulk_load(bytes(piece), RdfFormat.N_QUADS, lenient=True)
            piece.clear()
    store.bulk_load(bytes(piece), RdfFormat.N_QUADS, lenient=True)
    return quads


def build(
    folder: Path,
    journal: Journal,
    previous: Snapshot | None,
    changed: Iterable[str],
    settle: Settle | None = None,
) -> None:
    """Make and publish the generation that holds what the journal holds.

    With the previous one and the names that changed since, only those are read. `settle` may add to the
    journal what depends on all articles: it is given the store and yields the names, each before the next.
    """
    place = folder / "index"
    number = _next(place)
    fresh = place / f"{number}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    (fresh / "held").touch()
    names = sorted(changed)
    if previous is not None and len(names) <= _MANY:
        previous.store.backup(os.fspath(fresh / "store"))
        store = Store(os.fspath(fresh / "store"))
        shutil.copyfile(previous.search, fresh / "search.sqlite")
        quads = previous.quads + change(store, journal, names)
        search.change(fresh / "search.sqlite", journal, names)
    else:
        store = Store(os.fspath(fresh / "store"))
        quads = load_all(store, journal)
        trim(len(journal.names()))
        search.create(fresh / "search.sqlite", journal)
    for name in settle(store) if settle else ():
        quads += change(store, journal, [name])
        search.change(fresh / "search.sqlite", journal, [name])
    journal.sync()
    store.flush()
    counts = {"quads": quads, "stored": len(store)}
    del store
    _take_place(folder, journal)
    _publish(place, number, counts, journal)
    _sweep(place, number)


def _take_place(folder: Path, journal: Journal) -> None:
    """A new journal becomes the journal; from then on the old index does not count."""
    if journal.path.name != "journal":
        (folder / "index" / "current").unlink(missing_ok=True)
        journal.move(folder / "journal")


def change(store: Store, journal: Journal | MemoryJournal, names: list[str]) -> int:
    """Make the store hold what the journal holds of these names; by how many quads it has grown."""
    kept = set(journal.names())
    grown = 0
    for name in names:
        grown -= _forget(store, DefaultGraph() if name == DEFAULT else NamedNode(graph_iri(name)))
        if name in kept:
            content = journal.read(name)
            store.load(content + shared(name, content), RdfFormat.N_QUADS)
            grown += content.count(b"\n")
    return grown


def _forget(store: Store, graph: NamedNode | DefaultGraph) -> int:
    """Remove a graph, and from the default graph what no other article says."""
    gone = list(store.quads_for_pattern(None, None, None, graph))
    store.remove_graph(graph)
    for quad in gone:
        others = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if all(other.graph_name in _NOT_ARTICLES for other in others):
            store.remove(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    return len(gone)


_NOT_ARTICLES = (DefaultGraph(), NamedNode(iris.INFERRED))


def shared(name: str, content: bytes) -> bytes:
    """The lines of a member that stand in the default graph too; none of what rules infer."""
    return b"" if graph_iri(name) == iris.INFERRED else triples(name, content)


def triples(name: str, content: bytes) -> bytes:
    """The lines of a member without the name of its graph."""
    return content.replace(f" <{graph_iri(name)}> .\n".encode(), b" .\n")


def _next(place: Path) -> int:
    taken = [int(entry.name) for entry in place.iterdir() if entry.name.isdigit()] if place.is_dir() else []
    return max(taken, default=0) + 1


def _publish(place: Path, number: int, counts: dict[str, int], journal: Journal) -> None:
    facts: dict[str, object] = {
        "format": index.FORMAT,
        "generation": number,
        **counts,
        "articles": sum(name.startswith("article-") for name in journal.names()),
        "journal": journal.size,
    }
    facts |= {f"prefix {name}": iri for name, iri in PREFIXES.items()}
    facts |= {f"file {name}": size for name, size in index.sizes(os.fspath(place / str(number))).items()}
    told = "".join(f"{key}\t{value}\n" for key, value in facts.items()).encode()
    part = place / "current.part"
    with part.open("wb") as file:
        file.write(told + b"end\t" + index.checked(told))
        file.flush()
        os.fsync(file.fileno())
    part.replace(place / "current")


def _sweep(place: Path, number: int) -> None:
    """Remove the generations that no reader holds."""
    for entry in place.iterdir():
        if entry.name.isdigit() and int(entry.name) != number and _free(entry):
            shutil.rmtree(entry, ignore_errors=True)


def _free(generation: Path) -> bool:
    try:
        import fcntl

        handle = os.open(generation / "held", os.O_RDWR)
    except (ImportError, FileNotFoundError):
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def quads_of(content: bytes) -> Iterable[pyoxigraph.Quad]:
    """The quads of a member of the journal."""
    return pyoxigraph.parse(content, RdfFormat.N_QUADS)


def lines_of(quads: Iterable[pyoxigraph.Quad]) -> bytes:
    """Quads as canonical N-Quads: one a line, sorted, each once."""
    content = cast(bytes, pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS))
    lines = sorted(set(content.split(b"\n")) - {b""})
    return b"".join(line + b"\n" for line in lines)


def inferred_name() -> str:
    """The member that holds what rules infer."""
    return member_name(iris.INFERRED)
