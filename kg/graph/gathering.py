"""What all articles say together: entities and statements that several articles share, and the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.graph.canonical import merged
from kg.model import Entity, Reading, Statement

if TYPE_CHECKING:
    from kg.graph.graph import Graph

__all__ = ["entities", "statements", "stats"]


def entities(readings: Iterable[Reading]) -> list[Entity]:
    """Each entity once, by id: the label and type that most articles give it, all its other names."""
    found: dict[str, list[Entity]] = {}
    for reading in readings:
        for entity in reading.entities:
            found.setdefault(entity.id, []).append(entity)
    return [_united(group) for _, group in sorted(found.items())]


def _united(group: list[Entity]) -> Entity:
    label = _most_frequent(entity.label for entity in group)
    names = {name for entity in group for name in (entity.label, *entity.aliases)}
    return replace(
        group[0],
        label=label,
        type=_most_frequent(entity.type for entity in group),
        aliases=tuple(sorted(names - {label})),
        named=any(entity.named for entity in group),
        links=tuple(sorted({link for entity in group for link in entity.links})),
    )


def _most_frequent(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def statements(readings: Iterable[Reading]) -> list[Statement]:
    """Each statement once, with its evidence in all articles, in the order of its first evidence."""
    return merged(statement for reading in readings for statement in reading.statements)


def stats(graph: Graph) -> dict[str, int]:
    """The counts of a graph."""
    counts: Counter[str] = Counter()
    everyone: set[str] = set()
    said: set[str] = set()
    asserted: set[str] = set()
    claimed: set[str] = set()
    for reading in graph.readings():
        counts["articles"] += 1
        counts["sentences"] += len(reading.sentences)
        counts["silent_sentences"] += _silent(reading)
        counts["mentions"] += len(reading.mentions)
        counts["refusals"] += len(reading.refusals)
        everyone |= {entity.id for entity in reading.entities}
        said |= {statement.id for statement in reading.statements}
        asserted |= {statement.id for statement in reading.statements if statement.asserted}
        claimed |= {statement.id for statement in reading.statements if _is_claim(statement)}
    return {
        "articles": counts["articles"],
        "sentences": counts["sentences"],
        "silent_sentences": counts["silent_sentences"],
        "entities": len(everyone),
        "mentions": counts["mentions"],
        "statements": len(said),
        "asserted": len(asserted),
        "claims": len(claimed),
        "inferred": len(graph.inferred()),
        "refusals": counts["refusals"],
        "quads": len(graph),
    }


def _is_claim(statement: Statement) -> bool:
    """Whether somebody says it for whom the article does not vouch."""
    return any(source.stance != "endorsing" for source in statement.attribution)


def _silent(reading: Reading) -> int:
    """The sentences that no statement quotes."""
    quoted = {(evidence.start, evidence.end) for item in reading.statements for evidence in item.evidence}
    return sum(all(end <= s.start or start >= s.end for start, end in quoted) for s in reading.sentences)
