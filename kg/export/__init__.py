"""From a graph to a file: the suffix names the format.

    .ttl .nt .rdf .jsonld .trig .nq    the graph as RDF; the last three keep the graph of each article
    .graphml .gexf                     the picture's network, for Gephi, yEd, Cytoscape
    .jsonl .csv .parquet               a table: statements, mentions or entities

A file is written beside its name and renamed when whole. The same graph gives the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.errors import ExportError
from kg.export import networks, rdf, tables

if TYPE_CHECKING:
    from kg.graph.graph import Graph

__all__ = ["SUFFIXES", "TABLES", "export"]

TABLES = tuple(tables.TABLES)

_GRAPHS: dict[str, Callable[[Graph, IO[bytes]], None]] = {
    ".gexf": networks.gexf,
    ".graphml": networks.graphml,
    ".jsonld": rdf.jsonld,
    ".nq": rdf.nq,
    ".nt": rdf.nt,
    ".rdf": rdf.xml,
    ".trig": rdf.trig,
    ".ttl": rdf.ttl,
}
_TABLES = {".csv": tables.csv, ".jsonl": tables.jsonl, ".parquet": tables.parquet}

SUFFIXES = tuple(sorted(_GRAPHS | _TABLES))


def export(graph: Graph, path: str | Path, as_: str | None = None, min_confidence: float = 0.0) -> None:
    """Write a graph in the format that the suffix names; `as_` picks the table (statements unless told).

    `min_confidence` leaves statements below it out of their table.

    Raises ExportError where nothing can be written there, or not in that format.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in _GRAPHS:
        if as_ is not None:
            raise ExportError(
                f"{path}: {as_} are a table. Write it to a file that ends in .csv, .jsonl or .parquet."
            )
        with _written(path) as file:
            _GRAPHS[suffix](graph, file)
        return
    if suffix not in _TABLES:
        ending = f"no format ends in {suffix}" if suffix else "no suffix tells the format"
        raise ExportError(f"{path}: {ending}. Known are {' '.join(SUFFIXES)}")
    chosen = as_ or "statements"
    if chosen not in TABLES:
        raise ExportError(f"{path}: there is no table of {chosen}. Known are {', '.join(TABLES)}.")
    with _written(path) as file:
        rows = tables.TABLES[chosen](graph)
        if chosen == "statements" and min_confidence:
            rows = (row for row in rows if float(str(row["confidence"])) >= min_confidence)
        _TABLES[suffix](rows, chosen, file)


@contextmanager
def _written(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when it is whole, and leaves nothing behind when it does not get there."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({error.strerror}). Choose another place.") from error
    finally:
        part.unlink(missing_ok=True)
