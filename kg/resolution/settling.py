"""From a journal of articles, each by itself, to a journal in which all call one thing by one id; and why.

Every article keeps what was read from it; what the graph has of it follows from the set of all. So the order in
which they came, and articles that are gone, leave no trace.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import building, iris
from kg.graph.decoding import decode
from kg.graph.journal import Journal, MemoryJournal
from kg.graph.own import forget_stale, key, own, put_resolved, reset
from kg.graph.rdf import encode
from kg.graph.spare import trim
from kg.graph.vocabulary import V
from kg.ontology import KG
from kg.resolution import decisions, links
from kg.resolution.copies import copies
from kg.resolution.decisions import Decision
from kg.resolution.profiles import ArticleProfile, profile
from kg.resolution.renaming import Judged, renamed
from kg.resolution.resolving import Group, Pair, Resolution, resolve

__all__ = [
    "DECISIONS",
    "RESOLUTION",
    "articles",
    "content_of_decisions",
    "profiles",
    "resolve_journal",
    "resolved",
]

RESOLUTION, DECISIONS = "resolution", "decisions"
ARTICLE = "article-"
# The articles that a merge names, at most: with all of them, what thousands call by a last name would be told as often
# as the square of their number.
MOST_NAMED = 100


def resolve_journal(journal: Journal | MemoryJournal, folder: Path | None) -> set[str]:
    """Bring every article to the shared ids; the names of the members that changed."""
    forget_stale(journal)
    decided = decisions.read(folder)
    judged = {
        name: dict(one.corrections)
        for one in decided
        if one.answer in ("wrong", "corrected")
        for name in one.about
    }
    with resolved(profiles(journal), decided) as resolution:
        changed = _write_all(journal, resolution, judged)
        changed |= _member(journal, RESOLUTION, building.lines_of(_quads(resolution)))
    trim(len(journal.names()))
    return changed | _member(journal, DECISIONS, content_of_decisions(folder))


def content_of_decisions(folder: Path | None) -> bytes:
    """What decisions.ttl says, as the journal keeps it."""
    return building.lines_of(decisions.quads_of_file(folder, DECISIONS))


def articles(journal: Journal | MemoryJournal) -> list[str]:
    """The ids of the articles, sorted."""
    return [name for name in journal.names() if name.startswith(ARTICLE)]


def profiles(journal: Journal | MemoryJournal) -> Iterator[ArticleProfile]:
    """What each article names by itself, by id."""
    return (profile(name, own(journal, name).content()) for name in articles(journal))


def resolved(found: Iterable[ArticleProfile], decided: Iterable[Decision]) -> Resolution:
    """The resolution of these articles, as people decided and else as the sheets say."""
    known = list(decided)
    same, apart = decisions.pairs(known, "same"), decisions.pairs(known, "apart")
    return resolve(found, same, apart, links.accepted(known))


def _write_all(journal: Journal | MemoryJournal, resolution: Resolution, judged: Judged) -> set[str]:
    """Let every article say what it says under the shared ids; those that did not do so already."""
    changed = set()
    changes = resolution.changes()
    coming = next(changes, None)
    for name in articles(journal):
        groups: Mapping[str, Group] = {}
        if coming is not None and coming[0] == name:
            groups = coming[1]
            coming = next(changes, None)
        if _write(journal, name, groups, judged):
            changed.add(name)
    return changed


def _write(
    journal: Journal | MemoryJournal, article: str, groups: Mapping[str, Group], judged: Judged
) -> bool:
    """Let an article say what it says under these ids; False where it does already."""
    if not groups and not judged:
        if key(journal, article):
            reset(journal, article)
            return True
        return False
    told = [[name, group.id, group.label, group.type, *group.links] for name, group in sorted(groups.items())]
    how = sha256(json.dumps([told, sorted(judged.items())]).encode("ascii")).hexdigest()[:16]
    if key(journal, article) == how:
        return False
    mine = own(journal, article)
    content = mine.content()
    reading = decode(building.quads_of(content))
    if reading is None:
        return False
    said = encode(renamed(reading, groups, judged))
    if not mine.note:  # it was changed by hand since it was read; what was added stays as it is
        plain = set(encode(reading).splitlines(keepends=True))
        added = (line for line in content.splitlines(keepends=True) if line not in plain)
        said = b"".join(sorted({*said.splitlines(keepends=True), *added}))
    put_resolved(journal, article, said, how)
    return True


def _member(journal: Journal | MemoryJournal, name: str, content: bytes) -> set[str]:
    before = journal.read(name) if name in journal.names() else b""
    if content == before:
        return set()
    if content:
        journal.put(name, content)
    else:
        journal.remove(name)
    return {name}


def _quads(resolution: Resolution) -> Iterator[Quad]:
    graph = NamedNode(iris.node(RESOLUTION))
    for pair in resolution.merged():
        if len({unit.id for unit in (*pair.one, *pair.other)}) > 1:
            yield from _merge(pair, graph)
    for article, first in copies(resolution.corpus):
        yield Quad(
            NamedNode(iris.node(article)), NamedNode(KG + "copyOf"), NamedNode(iris.node(first)), graph
        )


def _merge(pair: Pair, graph: NamedNode) -> Iterator[Quad]:
    told = json.dumps([sorted((unit.article, unit.id) for unit in side) for side in (pair.one, pair.other)])
    node = NamedNode(iris.node(f"merge-{sha256(told.encode('ascii')).hexdigest()[:12]}"))
    yield Quad(node, V.rdf_type, NamedNode(KG + "Merge"), graph)
    yield Quad(node, NamedNode(KG + "about"), NamedNode(iris.node(pair.id)), graph)
    for label in pair.labels:
        yield Quad(node, NamedNode(KG + "mergedName"), Literal(label), graph)
    for feature in pair.sheet.features:
        yield Quad(node, V.kg_reason, Literal(str(feature)), graph)
    for article in sorted({unit.article for unit in (*pair.one, *pair.other)})[:MOST_NAMED]:
        yield Quad(node, V.prov_derived, NamedNode(iris.node(article)), graph)
