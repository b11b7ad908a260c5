"""All lines of a journal in one order, each once, however many there are: sorted in pieces, then merged from the disk."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import IO

from kg.graph.building import graph_iri, member_name, triples
from kg.graph.iris import VOCABULARY
from kg.graph.journal import Journal, MemoryJournal

__all__ = ["blocks", "sorted_lines", "turtle_lines"]

# Bytes of lines that are sorted in memory at a time; about three times as much is used.
_PIECE = 16 << 20
# Pieces on the disk before they are merged into one: a process may open only so many files.
_MOST_PIECES = 100


def sorted_lines(
    journal: Journal | MemoryJournal, *, graphs: bool, names: Iterable[str] | None = None
) -> Iterator[str]:
    """Lines of N-Quads, or of N-Triples without the names of graphs, with their line ends."""
    pieces: list[IO[bytes]] = []
    try:
        held: list[bytes] = []
        size = 0
        for name in journal.names() if names is None else names:
            content = journal.read(name)
            held += (content if graphs else triples(name, content)).split(b"\n")[:-1]
            size += len(content)
            if size > _PIECE:
                pieces.append(_written(sorted(set(held))))
                held, size = [], 0
            if len(pieces) == _MOST_PIECES:
                merged = _written(_merged(pieces))
                while pieces:
                    pieces.pop().close()
                pieces.append(merged)
        last = sorted(set(held))
        if not pieces:
            yield from (line.decode("utf-8") + "\n" for line in last)
            return
        yield from (line.decode("utf-8") + "\n" for line in _merged([*pieces, last]))
    finally:
        for piece in pieces:
            piece.close()


def turtle_lines(journal: Journal | MemoryJournal) -> Iterator[str]:
    """Lines of N-Triples, sorted: first what articles say, then the terms it is said with."""
    spoken = member_name(VOCABULARY)
    names = journal.names()
    yield from sorted_lines(journal, graphs=False, names=[name for name in names if name != spoken])
    yield from sorted_lines(journal, graphs=False, names=[name for name in names if name == spoken])


def blocks(journal: Journal | MemoryJournal, *, graphs: bool) -> Iterator[tuple[str, list[str]]]:
    """The IRI of each graph with its sorted lines of N-Triples, or of N-Quads."""
    for name in journal.names():
        content = journal.read(name)
        lines = (content if graphs else triples(name, content)).decode("utf-8").split("\n")[:-1]
        yield graph_iri(name), [line + "\n" for line in lines]


def _merged(pieces: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """The lines of sorted pieces in one order, each once, without their line ends."""
    plain = (map(_line, piece) for piece in pieces)
    return (line for line, _ in groupby(heapq.merge(*plain)))


def _line(line: bytes) -> bytes:
    return line.rstrip(b"\n")


def _written(lines: Iterable[bytes]) -> IO[bytes]:
    piece = tempfile.TemporaryFile()  # noqa: SIM115 closed when all are merged
    piece.writelines(line + b"\n" for line in lines)
    piece.seek(0)
    return piece
