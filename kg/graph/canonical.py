"""A reading in its one canonical order, each thing once; what the graph gives back is in this order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Mention, Reading, Refusal, Statement

__all__ = ["by_place", "by_refusal", "canonical", "merged"]


def canonical(reading: Reading) -> Reading:
    """The same reading, sorted, without repetition; statements with one id become one, with the evidence of all."""
    entities = {entity.id: entity for entity in reading.entities}
    return replace(
        reading,
        sentences=tuple(sorted(set(reading.sentences))),
        entities=tuple(
            replace(
                entity, aliases=tuple(sorted(set(entity.aliases))), links=tuple(sorted(set(entity.links)))
            )
            for _, entity in sorted(entities.items())
        ),
        mentions=tuple(sorted(set(reading.mentions), key=by_place)),
        statements=tuple(merged(reading.statements)),
        refusals=tuple(sorted(set(reading.refusals), key=by_refusal)),
    )


def merged(statements: Iterable[Statement]) -> list[Statement]:
    """Statements by id, each once with the evidence of all, in the order of their first evidence.

    Of those with one id, the first is kept.
    """
    by_id: dict[str, list[Statement]] = {}
    for statement in statements:
        by_id.setdefault(statement.id, []).append(statement)
    found = [
        replace(group[0], evidence=tuple(sorted({evidence for one in group for evidence in one.evidence})))
        for group in by_id.values()
    ]
    return sorted(found, key=lambda statement: (statement.evidence, statement.id))


def by_place(mention: Mention) -> tuple[int, int, str, str, str, int, int, str]:
    """The order of mentions: by place, what holds another before that, then by all else."""
    return (
        mention.start,
        -mention.end,
        mention.entity,
        mention.kind,
        mention.type,
        mention.sentence,
        mention.token,
        mention.rule,
    )


def by_refusal(refusal: Refusal) -> tuple[int, int, str, str]:
    """The order of refusals: by place, then by reason."""
    return (refusal.start, refusal.end, refusal.reason, refusal.rule)
