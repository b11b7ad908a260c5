"""What one graph has that another has not, statement by statement.

A statement is the same in both where its id is: subject, predicate, object, polarity, modality, qualifiers, who
says it. Of the same statement the evidence may differ; and what a file says of the same subject with the same
predicate or object is one statement that has changed, not one lost and one gained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.graph import iris
from kg.graph.canonical import merged
from kg.graph.vocabulary import V
from kg.model import Statement

if TYPE_CHECKING:
    from kg.graph.graph import Graph

__all__ = ["Change", "Difference", "difference"]

# Parts of a statement that are compared, in the order they are told.
PARTS = ("predicate", "object", "qualifiers", "attribution", "polarity", "modality", "evidence", "confidence")


@dataclass(frozen=True, slots=True)
class Change:
    """A statement before and after, and the parts that differ."""

    before: Statement
    after: Statement
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the second graph has gained, lost and changed: articles by file name, statements, lines of RDF."""

    articles_gained: tuple[str, ...]
    articles_lost: tuple[str, ...]
    gained: tuple[Statement, ...]
    lost: tuple[Statement, ...]
    changed: tuple[Change, ...]
    quads_gained: int
    quads_lost: int

    def __bool__(self) -> bool:
        """Whether the graphs differ at all."""
        return bool(self.quads_gained or self.quads_lost)

    def json(self) -> dict[str, object]:
        """The same as plain values."""
        return asdict(self)


def difference(before: Graph, after: Graph) -> Difference:
    """What the graph `after` has against `before`; articles that both read alike are not looked into."""
    old, new = before._journal, after._journal
    names = [
        [name for name in one.names() if name not in known or one.digest(name) != other.digest(name)]
        for one, other, known in ((old, new, set(new.names())), (new, old, set(old.names())))
    ]
    lines = [
        sum(len(set(_lines(one, name)) - set(_lines(other, name))) for name in own)
        for one, other, own in ((old, new, names[0]), (new, old, names[1]))
    ]
    files = [dict(graph._writer.articles()) for graph in (before, after)]
    mine, theirs = _statements(before, names[0]), _statements(after, names[1])
    # What the other graph says in articles that were not looked into is neither lost nor gained.
    lost = [one for key, one in mine.items() if key not in theirs and not _says(after, one)]
    gained = [one for key, one in theirs.items() if key not in mine and not _says(before, one)]
    changed = [
        Change(mine[key], one, parts)
        for key, one in theirs.items()
        if key in mine and (parts := _parts(mine[key], one))
    ]
    rewritten = list(_rewritten(lost, gained))
    old_ids = {change.before.id for change in rewritten}
    new_ids = {change.after.id for change in rewritten}
    return Difference(
        tuple(sorted(set(files[1]) - set(files[0]))),
        tuple(sorted(set(files[0]) - set(files[1]))),
        tuple(one for one in gained if one.id not in new_ids),
        tuple(one for one in lost if one.id not in old_ids),
        (*rewritten, *changed),
        lines[1],
        lines[0],
    )


def _statements(graph: Graph, names: Iterable[str]) -> dict[str, Statement]:
    readings = (graph._writer.reading(name) for name in names if name.startswith("article-"))
    return {one.id: one for one in merged(one for reading in readings for one in reading.statements)}


def _says(graph: Graph, statement: Statement) -> bool:
    node = NamedNode(iris.node(statement.id))
    return any(graph._store.quads_for_pattern(node, V.rdf_type, V.Statement, None))


def _lines(journal, name: str) -> list[bytes]:  # type: ignore[no-untyped-def]
    return list(journal.read(name).split(b"\n")) if name in journal.names() else []


def _rewritten(lost: Iterable[Statement], gained: Iterable[Statement]) -> Iterator[Change]:
    """A statement gone and one come, of the same subject in the same file, with one end in common: one that changed."""
    waiting: dict[tuple[object, ...], list[Statement]] = {}
    for one in gained:
        waiting.setdefault(_place(one), []).append(one)
    for one in lost:
        candidates = waiting.get(_place(one), [])
        same = [
            other for other in candidates if (other.predicate, other.object) == (one.predicate, one.object)
        ]
        alike = [
            other for other in candidates if other.predicate == one.predicate or other.object == one.object
        ]
        chosen = next(iter([*same, *alike]), None)
        if chosen is not None:
            candidates.remove(chosen)
            yield Change(one, chosen, _parts(one, chosen))


def _place(statement: Statement) -> tuple[object, ...]:
    """Whose it is and in which file; where exactly moves with every word that is added before."""
    first = min(statement.evidence, default=None)
    return (statement.subject.id, first and first.document)


def _parts(one: Statement, other: Statement) -> tuple[str, ...]:
    return tuple(part for part in PARTS if getattr(one, part) != getattr(other, part))
