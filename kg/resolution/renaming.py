"""What an article says, under the ids that all articles share, without what a person found wrong."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from kg.model import Entity, Mention, Node, Reading, Refusal, Statement
from kg.resolution.resolving import Group

__all__ = ["renamed"]

REVIEW = "review"
WRONG = "a person found it wrong"


def renamed(reading: Reading, groups: Mapping[str, Group], wrong: Container[str] = ()) -> Reading:
    """The reading with each thing under its group's id, label and type; statements of the ids in `wrong` refused."""
    names = _Names(reading, groups)
    kept = [
        one for one in reading.statements if not {one.id, names.statement(one.id)} & _ids(wrong, one, names)
    ]
    refused = [
        Refusal(evidence.start, evidence.end, WRONG, REVIEW)
        for one in reading.statements
        if one not in kept
        for evidence in one.evidence
    ]
    return replace(
        reading,
        entities=_entities([names.entity(entity) for entity in reading.entities]),
        mentions=tuple(names.mention(mention) for mention in reading.mentions),
        statements=tuple(names.said(statement) for statement in kept),
        refusals=(*reading.refusals, *refused),
    )


def _ids(wrong: Container[str], statement: Statement, names: _Names) -> set[str]:
    return {name for name in (statement.id, names.statement(statement.id)) if name in wrong}


class _Names:
    """The new names of one article's things; a statement's follows from those of its participants."""

    def __init__(self, reading: Reading, groups: Mapping[str, Group]) -> None:
        self._groups = groups
        self._labels = {entity.id: entity.label for entity in reading.entities}
        self._statements = {statement.id: statement for statement in reading.statements}
        self._done: dict[str, Statement] = {}

    def entity(self, entity: Entity) -> Entity:
        group = self._groups.get(entity.id)
        if group is None:
            return entity
        aliases = {*entity.aliases, entity.label} - {group.label}
        links = tuple(sorted({*entity.links, *group.links}))
        return replace(
            entity,
            id=group.id,
            label=group.label,
            type=group.type,
            aliases=tuple(sorted(aliases)),
            links=links,
        )

    def mention(self, mention: Mention) -> Mention:
        group = self._groups.get(mention.entity)
        return mention if group is None else replace(mention, entity=group.id)

    def statement(self, identifier: str) -> str:
        """The new id of a statement of the article; any other id as it is."""
        known = self._statements.get(identifier)
        return identifier if known is None else self.said(known).id

    def said(self, statement: Statement) -> Statement:
        if statement.id not in self._done:
            self._done[statement.id] = replace(
                statement,
                subject=self.node(statement.subject),
                object=None if statement.object is None else self.node(statement.object),
                qualifiers=tuple(replace(one, node=self.node(one.node)) for one in statement.qualifiers),
                attribution=tuple(replace(one, node=self.node(one.node)) for one in statement.attribution),
            )
        return self._done[statement.id]

    def node(self, node: Node) -> Node:
        group = self._groups.get(node.id)
        if group is not None:
            plain = node.label == self._labels.get(node.id)
            return replace(node, id=group.id, label=group.label if plain else node.label, type=group.type)
        return replace(node, id=self.statement(node.id)) if node.type == "Statement" else node


def _entities(entities: list[Entity]) -> tuple[Entity, ...]:
    """Each once; where an article had two that are one, it has the names of both."""
    found: dict[str, Entity] = {}
    for entity in entities:
        known = found.get(entity.id)
        if known is not None:
            aliases = tuple(sorted({*known.aliases, *entity.aliases} - {known.label}))
            links = tuple(sorted({*known.links, *entity.links}))
            entity = replace(known, aliases=aliases, links=links)
        found[entity.id] = entity
    return tuple(found.values())
