"""What all articles say together: entities and statements that several articles share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from kg.graph.canonical import merged
from kg.model import Entity, Reading, Statement

__all__ = ["entities", "statements"]


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
