"""From paths to a graph folder: all of it, or the folder as it was before.

journal, index/    the record and what answers queries (kg.graph)
graph.ttl          the graph as Turtle        graph.html    its picture
rejected.jsonl     what was set aside         run.json      with which versions, how long
"""

from __future__ import annotations

import json
import logging
import os
import platform
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from kg.documents import Rejection, read_documents
from kg.errors import DocumentError, GraphError
from kg.language import load_analyzer
from kg.model import Document
from kg.ontology import Ontology
from kg.pipeline import read_all
from kg.version import __version__

if TYPE_CHECKING:
    from kg.api import Graph

__all__ = ["PAGE", "assemble", "fresh", "open_articles", "warn"]

TURTLE = "graph.ttl"
PAGE = "graph.html"
REJECTED = "rejected.jsonl"
RUN = "run.json"

log = logging.getLogger(__name__)


def warn(rejection: Rejection) -> None:
    """Tell the log what was set aside."""
    log.warning("set aside: %s", rejection.reason)


def open_articles(
    paths: Iterable[str | Path], refuse: Callable[[Rejection], object], outlet: str | None = None
) -> Iterator[Document]:
    """The articles of these paths, of which the first is read at once.

    Raises DocumentError where there is none, so that nothing is begun for nothing.
    """
    refused: list[Rejection] = []

    def first_refusals(rejection: Rejection) -> None:
        if not refused:
            refused.append(rejection)
        refuse(rejection)

    found = read_documents(paths, rejected=first_refusals, outlet=outlet)
    first = next(found, None)
    if first is None:
        raise DocumentError(refused[0].reason if refused else "No article was named. Name files or folders.")
    return chain((first,), found)


@contextmanager
def fresh(folder: Path | None) -> Iterator[None]:
    """A place for a new graph; where its building fails, nothing of it is left.

    Raises GraphError where the folder holds something else than a graph.
    """
    if folder is None:
        yield
        return
    before = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else None
    if before and "journal" not in before:
        raise GraphError(
            f"{folder}: holds {before[0]} and more, but no graph. Choose another folder with -g DIR."
        )
    done = False
    try:
        yield
        done = True
    finally:
        if not done:
            _tidy(folder, before)


def _tidy(folder: Path, before: list[str] | None) -> None:
    """What a broken build left: all of a new folder, the unfinished journal of an old one."""
    if before is None:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        (folder / "journal.part").unlink(missing_ok=True)


def assemble(
    graph: Graph,
    documents: Iterable[Document],
    refused: Iterable[Rejection],
    *,
    model: str | None = None,
    progress: Callable[[Document], object] | None = None,
) -> None:
    """Read the articles into an empty graph, commit it, and write what stands beside its journal."""
    started = perf_counter()
    analyzer, ontology = load_analyzer(model=model), Ontology.load()
    loaded = perf_counter()
    for reading in read_all(_told(documents, progress), analyzer, ontology):
        graph.add(reading)
    if graph.folder is None:
        graph.commit()
        return
    for name in (TURTLE, PAGE, REJECTED, RUN):
        # An older one must not stand beside a newer journal, should this process end before it is replaced.
        (graph.folder / name).unlink(missing_ok=True)
    graph.commit()
    read = perf_counter()
    graph.export(graph.folder / TURTLE)
    graph.view(graph.folder / PAGE)
    lines = [json.dumps(asdict(rejection), ensure_ascii=False) + "\n" for rejection in refused]
    if lines:
        write(graph.folder / REJECTED, "".join(lines))
    run = {
        "kg": __version__,
        "python": platform.python_version(),
        "model": {"name": analyzer.name, "version": analyzer.version},
        "ontology": ontology.digest,
        "counts": graph.stats() | {"rejected": len(lines)},
        "seconds": {
            "loading": round(loaded - started, 3),
            "reading": round(read - loaded, 3),
            "writing": round(perf_counter() - read, 3),
        },
    }
    write(graph.folder / RUN, json.dumps(run, ensure_ascii=False, indent=2) + "\n")


def _told(documents: Iterable[Document], progress: Callable[[Document], object] | None) -> Iterator[Document]:
    for document in documents:
        if progress is not None:
            progress(document)
        yield document


def write(path: Path, text: str) -> None:
    """A whole file or none: written beside its place, then renamed."""
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
