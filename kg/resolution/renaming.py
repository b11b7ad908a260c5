"""What an article says, under the ids that all articles share, without what a person found wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from kg.model import Entity, Mention, Node, Reading, Refusal, Statement
from kg.ontology import Ontology
from kg.resolution.decisions import slug
from kg.resolution.profiles import fold
from kg.resolution.resolving import Group

__all__ = ["Judged", "renamed"]

REVIEW = "review"
WRONG = "a person found it wrong"

# What people found wrong: statements by id, each with the parts that they put right; none, and it is refused.
Judged = Mapping[str, Mapping[str, str]]


def renamed(reading: Reading, groups: Mapping[str, Group], judged: Judged = MappingProxyType({})) -> Reading:
    """The reading with each thing under its group's id, label and type, and each statement as people judged it."""
    names = _Names(reading, groups)
    kept, refused = [], []
    for one in reading.statements:
        said = names.said(one)
        found = next((judged[name] for name in (one.id, said.id) if name in judged), None)
        if found is None:
            kept.append(said)
            continue
        refused += [Refusal(evidence.start, evidence.end, WRONG, REVIEW) for evidence in one.evidence]
        if found:
            kept.append(names.corrected(said, found))
    return replace(
        reading,
        entities=_entities([names.entity(entity) for entity in reading.entities]),
        mentions=tuple(names.mention(mention) for mention in reading.mentions),
        statements=tuple(kept),
        refusals=(*reading.refusals, *refused),
    )


class _Names:
    """The new names of one article's things; a statement's follows from those of its participants."""

    def __init__(self, reading: Reading, groups: Mapping[str, Group]) -> None:
        self._groups = groups
        self._entities = reading.entities
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

    def corrected(self, statement: Statement, parts: Mapping[str, str]) -> Statement:
        """The statement with the parts that a person put right, sure and by that person's word."""
        said = replace(statement, rule=REVIEW, confidence=1.0)
        if "subject" in parts:
            said = replace(said, subject=self.called(parts["subject"], said.subject))
        if "object" in parts:
            said = replace(said, object=self.called(parts["object"], said.object or said.subject))
        if "relation" in parts:
            words = parts["relation"]
            known = Ontology.load().by_name.get(words)
            predicate = words if known else f"open-{slug(words)}"
            said = replace(
                said, predicate=predicate, label=known.label("fr") if known else words, lemma=words
            )
        return said

    def called(self, name: str, before: Node) -> Node:
        """What the article, or another with it, calls by this name; else a thing that only a person named."""
        for entity in map(self.entity, self._entities):
            if fold(name) in map(fold, (entity.label, *entity.aliases)):
                return Node(entity.id, entity.label, entity.type, name)
        return Node(slug(name), name, before.type, name)

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
