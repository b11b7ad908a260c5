"""SPARQL updates: run by the engine on a copy of the graph, then recorded in the journal graph by graph.

In an update the default graph is a graph of its own, as SPARQL has it: what stands in no named graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Store

from kg.errors import QueryError
from kg.graph import building, guard
from kg.graph.advice import syntax_error
from kg.graph.tokens import tokens

if TYPE_CHECKING:
    from kg.graph.index import Snapshot
    from kg.graph.writing import Writer

__all__ = ["update"]


def update(
    writer: Writer, store: Store, sparql: str, prefixes: Mapping[str, str], base: str | None
) -> tuple[Store, Snapshot | None]:
    """Run an update and commit it. Raises QueryError where it is malformed, refused, or fails; then nothing changes."""
    sparql = _emptying(_loading_nothing(sparql))
    guard.check(sparql, update=True)
    journal = writer.journal
    copy = Store()
    for name in journal.names():
        copy.bulk_load(journal.read(name), RdfFormat.N_QUADS)
    options = {"prefixes": dict(prefixes)} | ({"base_iri": base} if base is not None else {})
    try:
        copy.update(sparql, **options)  # type: ignore[arg-type]
    except SyntaxError as error:
        raise syntax_error(sparql, error.msg, prefixes) from None
    except (OSError, RuntimeError) as error:
        raise QueryError(f"The update cannot be run: {error}") from error
    after = dict(_graphs(copy))
    for name in sorted({*journal.names(), *after}):
        if after.get(name, b"") != (journal.read(name) if name in journal.names() else b""):
            writer.record(name, after.get(name, b""))
    return writer.commit(store)


def _loading_nothing(sparql: str) -> str:
    """The update without its LOAD SILENT, each of which loads nothing: kg fetches nothing, and SILENT allows that.

    >>> _loading_nothing("LOAD SILENT <http://example.org/> INTO GRAPH <http://example.org/g> ; CLEAR ALL")
    'INSERT DATA {} ; CLEAR ALL'
    """
    found = list(tokens(sparql))
    for at, word in reversed(list(enumerate(found))):
        rest = found[at + 1 : at + 6]
        if not (word.depth == 0 and word.is_word("LOAD") and len(rest) > 1 and rest[0].is_word("SILENT")):
            continue
        target = rest[1:5] if len(rest) == 5 and rest[2].is_word("INTO") else rest[1:2]
        if target[-1].kind in ("iri", "name"):
            sparql = f"{sparql[: word.start]}INSERT DATA {{}}{sparql[target[-1].end :]}"
    return sparql


def _emptying(sparql: str) -> str:
    """The update with SILENT where it clears or drops a graph: there are no empty graphs here, so what is not there is
    empty already (SPARQL 1.1 Update, 3.1.3: a store that does not record empty graphs always succeeds).

    >>> _emptying("CLEAR GRAPH <http://example.org/g> ; drop all")
    'CLEAR SILENT GRAPH <http://example.org/g> ; drop SILENT all'
    """
    found = [*tokens(sparql)]
    for word, after in reversed([*pairwise(found)]):
        if (
            word.depth == 0
            and word.is_word("CLEAR", "DROP")
            and after.is_word("GRAPH", "DEFAULT", "NAMED", "ALL")
        ):
            sparql = f"{sparql[: word.end]} SILENT{sparql[word.end :]}"
    return sparql


def _graphs(store: Store) -> Iterator[tuple[str, bytes]]:
    """The name of each graph in the journal, with its lines."""
    graphs: list[NamedNode | BlankNode | DefaultGraph] = [DefaultGraph(), *store.named_graphs()]
    for graph in graphs:
        content = building.lines_of(store.quads_for_pattern(None, None, None, graph))
        if content:
            yield (
                building.DEFAULT if isinstance(graph, DefaultGraph) else building.member_name(graph.value),
                content,
            )
