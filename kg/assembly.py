"""From paths to a graph folder: all of it, or the folder as it was before.

journal, index/    the record and what answers queries (kg.graph)
graph.ttl          the graph as Turtle        graph.html    its picture
rejected.jsonl     what was set aside         run.json      with which versions, how long

A file beside the journal agrees with it or is not there, at whatever moment the process may end.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import shutil
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from kg.documents import Rejection, read_documents
from kg.engines import Recipe, batched, engine, split
from kg.engines.identity import model_facts
from kg.errors import DocumentError, GraphError
from kg.graph.shelf import document_key
from kg.model import Document
from kg.ontology import Ontology
from kg.version import __version__

if TYPE_CHECKING:
    from kg.api import Graph

__all__ = ["PAGE", "Run", "forget", "fresh", "open_articles", "read_all", "settle", "take", "warn"]

TURTLE = "graph.ttl"
PAGE = "graph.html"
REJECTED = "rejected.jsonl"
RUN = "run.json"
BESIDE = (TURTLE, PAGE, RUN)
# What is left where a build was ended before it read anything.
LOCK = ".lock"

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
    foreign = [name for name in before or () if name != LOCK]
    if foreign and not {"journal", "journal.part"} & set(foreign):
        raise GraphError(
            f"{folder}: holds {foreign[0]} and more, but no graph. Choose another folder with -g DIR."
        )
    done = False
    try:
        yield
        done = True
    finally:
        if not done:
            _tidy(folder, before)


def _tidy(folder: Path, before: list[str] | None) -> None:
    """Remove what a broken build left, unless it had read something: the next one goes on from there."""
    part = folder / "journal.part"
    if part.exists() and part.stat().st_size:
        return
    if before is None and not (folder / "journal").exists():
        shutil.rmtree(folder, ignore_errors=True)
    else:
        part.unlink(missing_ok=True)


@dataclass
class Run:
    """How a graph's articles are read: by what, where, and who is told; and how many it came to."""

    recipe: Recipe
    jobs: int = 1
    engine: str | None = None
    again: bool = False
    rejected: Callable[[Rejection], object] = warn
    progress: Callable[[Document], object] | None = None
    refused: list[Rejection] = field(default_factory=list)
    read: int = 0
    unchanged: int = 0
    removed: int = 0
    began: float = field(default_factory=perf_counter)

    def refuse(self, rejection: Rejection) -> None:
        """Note what was set aside, and tell."""
        self.refused.append(rejection)
        self.rejected(rejection)

    def tell(self, document: Document) -> None:
        """Say that an article is done."""
        if self.progress is not None:
            self.progress(document)


def read_all(graph: Graph, documents: Iterable[Document], how: Run) -> None:
    """Make a new graph hold what these documents say, and nothing else; then finish it."""
    seen: dict[str, tuple[str, ...]] = {}
    with _changing(graph):
        _collect(graph, _seen(documents, seen), how)
        graph.retain(set().union(*seen.values()))
        _finish(graph, how, how.refused)


def take(
    graph: Graph, paths: Iterable[str | Path], how: Run, *, outlet: str | None = None, replace: bool
) -> None:
    """Read further articles into a graph; with `replace`, in place of what had their names."""
    aside = {rejection.name: rejection for rejection in _rejections(graph.folder)}
    documents = open_articles(paths, how.refuse, outlet)
    seen: dict[str, tuple[str, ...]] = {}
    with _changing(graph) as touched:
        _collect(graph, _seen(documents, seen), how)
        if replace:
            how.removed = graph.retain(set().union(*seen.values()), files=seen)
        for name in seen:
            aside.pop(name, None)
        aside |= {rejection.name: rejection for rejection in how.refused}
        _finish(graph, how, aside.values(), changed=bool(touched))


def forget(graph: Graph, names: Iterable[str], how: Run) -> None:
    """Remove articles by their files' names or ids. Raises GraphError, changing nothing, where one is not there."""
    aside = {rejection.name: rejection for rejection in _rejections(graph.folder)}
    found = [_known(graph, name, aside) for name in names]
    with _changing(graph) as touched:
        for name in found:
            how.removed += graph.remove(name)
            if aside.pop(name, None) is not None:
                touched.append(name)
        _finish(graph, how, aside.values(), changed=bool(touched))


def settle(graph: Graph) -> None:
    """Commit a graph whose decisions have changed, and write anew what stands beside its journal."""
    with _changing(graph):
        _finish(graph, Run(Recipe()), _rejections(graph.folder))


def _known(graph: Graph, name: str, aside: Container[str]) -> str:
    """What the graph calls an article that a person may call by its path."""
    parts = Path(name).parts
    candidates = [name, *("/".join(parts[start:]) for start in range(len(parts)))]
    found = next((each for each in candidates if each in aside or graph.knows(each)), None)
    if found is None:
        raise GraphError(
            f"{name}: no article of this name or id is in the graph. kg query --saved articles lists them."
        )
    return found


@contextmanager
def _changing(graph: Graph) -> Iterator[list[str]]:
    """Changes of a graph; the list is empty until its journal changes.

    Before it does, what stands beside it is put aside: it comes back where the journal is in the end as it was.
    """
    touched: list[str] = []
    folder = graph.folder
    if folder is None:
        yield touched
        return
    before = _state(folder)

    def change() -> None:
        touched.append("journal")
        for name in BESIDE:
            _aside(folder, name).unlink(missing_ok=True)
            if (folder / name).exists():
                (folder / name).replace(_aside(folder, name))

    graph.watch(change)
    try:
        yield touched
    finally:
        for name in BESIDE if touched else ():
            aside = _aside(folder, name)
            if aside.exists() and _state(folder) == before:
                aside.replace(folder / name)
            aside.unlink(missing_ok=True)


def _aside(folder: Path, name: str) -> Path:
    return folder / f".{name}.before"


def _state(folder: Path) -> tuple[int, int] | None:
    """By what a journal is known that nothing was added to: it is that file, and as long."""
    try:
        found = (folder / "journal").stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size


def _seen(documents: Iterable[Document], seen: dict[str, tuple[str, ...]]) -> Iterator[Document]:
    """The documents, with a note of their names and keys."""
    for document in documents:
        seen[document.name] = (*seen.get(document.name, ()), document_key(document))
        yield document


def _collect(graph: Graph, documents: Iterable[Document], how: Run) -> None:
    """Put what the documents say into the graph's journal; what is there already is not read again."""
    with engine(how.engine, how.recipe, how.jobs) as reader:
        batches = batched(_unread(graph, documents, how), *reader.batch)
        for batch, segment in reader.run(batches):
            articles, refused = split(segment)
            graph.extend(articles)
            for rejection in refused:
                how.refuse(rejection)
            how.read += len(batch) - len(refused)
            for document in batch:
                how.tell(document)


def _unread(graph: Graph, documents: Iterable[Document], how: Run) -> Iterator[Document]:
    for document in documents:
        if not how.again and graph.keep(document, how.recipe.reader):
            how.unchanged += 1
            how.tell(document)
        else:
            yield document


def _finish(graph: Graph, how: Run, refused: Iterable[Rejection], *, changed: bool = True) -> None:
    """Commit the graph, and write what stands beside its journal; `refused` is all that was ever set aside."""
    folder = graph.folder
    if folder is None:
        graph.commit(checked=how.jobs)
        return
    whole = all((folder / name).exists() for name in BESIDE)
    if whole and not changed and not how.refused and not graph.has_new_decisions():
        return
    graph.commit(checked=how.jobs)
    read = perf_counter()
    graph.export(folder / TURTLE)
    graph.view(folder / PAGE)
    aside = sorted({(rejection.name, rejection.reason) for rejection in refused})
    lines = [
        json.dumps({"name": name, "reason": reason}, ensure_ascii=False) + "\n" for name, reason in aside
    ]
    if lines:
        write(folder / REJECTED, "".join(lines))
    else:
        (folder / REJECTED).unlink(missing_ok=True)
    run = {
        "kg": __version__,
        "python": platform.python_version(),
        "model": model_facts(how.recipe.model),
        "ontology": Ontology.load().digest,
        "reader": how.recipe.reader,
        "counts": graph.stats() | {"read": how.read, "unchanged": how.unchanged, "rejected": len(lines)},
        "seconds": {"reading": round(read - how.began, 3), "writing": round(perf_counter() - read, 3)},
    }
    write(folder / RUN, json.dumps(run, ensure_ascii=False, indent=2) + "\n")


def _rejections(folder: Path | None) -> list[Rejection]:
    """What was set aside when the graph in this folder was made."""
    if folder is None or not (folder / REJECTED).exists():
        return []
    lines = (folder / REJECTED).read_text("utf-8").splitlines()
    return [Rejection(**json.loads(line)) for line in lines if line]


def write(path: Path, text: str) -> None:
    """A whole file or none: written beside its place, then renamed."""
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
