"""Is everything as it was written: each quote in its text, each article in the journal, each file of the index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from kg.errors import GraphError
from kg.graph import building, index, iris
from kg.graph.journal import Journal, MemoryJournal
from kg.graph.vocabulary import V

__all__ = ["Finding", "verify"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written: in which file or article, and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def verify(
    journal: Journal | MemoryJournal, folder: str | None, snapshot: index.Snapshot | None
) -> list[Finding]:
    """All findings, by article; none where all is well. Reads everything."""
    findings: list[Finding] = []
    lines: dict[str, int] = {}
    for name in journal.names():
        try:
            content = journal.read(name)
        except GraphError as error:
            findings.append(Finding(name, str(error)))
            continue
        lines[name] = content.count(b"\n")
        findings += _article(name, list(building.quads_of(content)))
    if isinstance(journal, Journal):
        findings += _files(journal, folder or "", snapshot, lines)
    return findings


def _article(name: str, quads: list[pyoxigraph.Quad]) -> Iterator[Finding]:
    """Every stretch of text against the article it stands in."""
    texts: dict[str, str] = {}
    stretches: dict[str, dict[NamedNode, str]] = {}
    cited: dict[str, str] = {}
    for quad in quads:
        subject = str(quad.subject.value)  # type: ignore[union-attr]
        if quad.predicate == V.nif_is_string and isinstance(quad.object, Literal):
            texts[subject] = quad.object.value
        elif quad.predicate in _OF_A_STRETCH and not isinstance(quad.object, pyoxigraph.Triple):
            stretches.setdefault(subject, {})[quad.predicate] = quad.object.value
        elif quad.predicate == V.prov_derived and isinstance(quad.object, NamedNode):
            cited[quad.object.value] = subject
        if quad.graph_name != NamedNode(building.graph_iri(name)):
            yield Finding(name, f"{quad.subject} stands in another graph, {quad.graph_name}")
    yield from _identity(name, texts)
    for span, said in sorted(stretches.items()):
        problem = _stretch(span, said, texts)
        if problem:
            yield Finding(_file(quads, name), f"{cited.get(span, span)}: {problem}")
    for span, statement in sorted(cited.items()):
        if span.startswith(iris.node(name) + "#") and span not in stretches:
            yield Finding(_file(quads, name), f"{statement}: its evidence {span} is not there")


_OF_A_STRETCH = (V.nif_context, V.nif_begin, V.nif_end, V.nif_anchor_of)


def _stretch(span: str, said: dict[NamedNode, str], texts: dict[str, str]) -> str:
    """What is wrong with a stretch of text; nothing where all is well."""
    if any(predicate not in said for predicate in _OF_A_STRETCH):
        return "the place or the words of the quote are missing"
    text = texts.get(said[V.nif_context])
    if text is None:
        return "the text that it quotes is not here"
    start, end, quote = int(said[V.nif_begin]), int(said[V.nif_end]), said[V.nif_anchor_of]
    if text[start:end] != quote:
        return f"quotes « {quote[:80]} », but characters {start} to {end} are « {text[start:end][:80]} »"
    if "#char=" in span and not span.endswith(f"#char={start},{end}"):
        return f"is named after another place than {start},{end}"
    return ""


def _identity(name: str, texts: dict[str, str]) -> Iterator[Finding]:
    """The name of an article is the hash of its text."""
    from kg.model import Document

    for iri, text in sorted(texts.items()):
        if name.startswith("article-") and (Document("", text).id != name or iri != iris.node(name)):
            yield Finding(name, "the text is not the one that was read: its hash is another")


def _file(quads: list[pyoxigraph.Quad], name: str) -> str:
    return next((str(quad.object.value) for quad in quads if quad.predicate == V.kg_file), name)  # type: ignore[union-attr]


def _files(
    journal: Journal, folder: str, snapshot: index.Snapshot | None, lines: dict[str, int]
) -> Iterator[Finding]:
    """The files of the graph against what was recorded of them."""
    if journal.torn:
        yield Finding(
            str(journal.path),
            f"{journal.torn} bytes at the end are left of an interrupted write; the next build removes them",
        )
    if snapshot is None:
        yield Finding(
            f"{folder}/index",
            "cannot be used, so it is made in memory for each query; build again",
        )
        return
    stored = _stored(snapshot)
    if stored is None:
        yield Finding(
            snapshot.store_path, "damaged. Remove the folder index; it is made again from the journal"
        )
    elif stored != snapshot.stored:
        yield Finding(
            snapshot.store_path,
            f"holds {stored} quads instead of {snapshot.stored}. Remove the folder index; it is made again",
        )
    if sum(lines.values()) != snapshot.quads:
        yield Finding(
            str(journal.path),
            f"holds {sum(lines.values())} quads instead of the {snapshot.quads} that were indexed",
        )


def _stored(snapshot: index.Snapshot) -> int | None:
    """The quads of the store, counted one by one, so that every block is read and its checksum with it."""
    try:
        return sum(1 for _ in snapshot.store)
    except (OSError, RuntimeError):
        return None
