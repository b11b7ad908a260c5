"""Which statements the picture is about: around an entity, of an article, by a claimant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from kg.errors import QueryError
from kg.model import Document, Entity, Node, Statement
from kg.view.names import fold
from kg.view.network import Drawing

__all__ = ["around", "by_claimant", "of_article", "sure"]


def sure(drawings: Iterable[Drawing], least: float) -> list[Drawing]:
    """Those whose confidence is at least this."""
    return [drawing for drawing in drawings if drawing.statement.confidence >= least]


def of_article(drawings: list[Drawing], documents: Iterable[Document], article: str) -> list[Drawing]:
    """Those that were read in the article of this file name, id or title."""
    names = {name: document.name for document in documents for name in _names_of(document)}
    wanted = names.get(fold(article))
    if wanted is None:
        raise QueryError(f"article {article!r} is not in this graph{_hint(article, list(names), 'articles')}")
    read = {d.statement.id for d in drawings if any(e.document == wanted for e in d.statement.evidence)}
    # What is inferred was read nowhere: it goes with what it was drawn from.
    read |= {
        each for d in drawings if not read.isdisjoint(d.premises) for each in (d.statement.id, *d.premises)
    }
    return [drawing for drawing in drawings if drawing.statement.id in read]


def _names_of(document: Document) -> list[str]:
    stem = document.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return [fold(name) for name in (document.name, document.id, stem, document.title or "") if name]


def by_claimant(drawings: list[Drawing], entities: Mapping[str, Entity], claimant: str) -> list[Drawing]:
    """Those that this entity says, by id, name or alias."""
    speakers = [source.node for drawing in drawings for source in drawing.statement.attribution]
    speakers += [d.statement.subject for d in drawings if _is_act(d.statement)]
    wanted = _find(claimant, speakers, entities)
    return [drawing for drawing in drawings if wanted in _speakers(drawing.statement)]


def _is_act(statement: Statement) -> bool:
    return statement.object is not None and statement.object.type == "Statement"


def _speakers(statement: Statement) -> set[str]:
    said = {source.node.id for source in statement.attribution}
    return said | {statement.subject.id} if _is_act(statement) else said


def around(drawings: list[Drawing], entities: Mapping[str, Entity], name: str, depth: int) -> list[Drawing]:
    """Those within `depth` steps of an entity, by id, name or alias; 1 is what is said of it directly."""
    start = _find(name, [node for d in drawings for node in _participants(d.statement)], entities)
    reached = {start}
    kept: set[str] = set()
    for _ in range(depth):
        near = [
            d.statement for d in drawings if not reached.isdisjoint(n.id for n in _participants(d.statement))
        ]
        kept |= {statement.id for statement in near}
        reached |= {node.id for statement in near for node in _participants(statement)}
    return [drawing for drawing in drawings if drawing.statement.id in kept]


def _participants(statement: Statement) -> list[Node]:
    nodes = [statement.subject, *(source.node for source in statement.attribution)]
    nodes += [qualifier.node for qualifier in statement.qualifiers]
    nodes += [statement.object] if statement.object else []
    return [node for node in nodes if node.type not in ("Amount", "Date")]


def _find(name: str, nodes: Iterable[Node], entities: Mapping[str, Entity]) -> str:
    """The id of the entity with this id, name or alias; the first in order of ids."""
    names: dict[str, str] = {}
    for node in sorted({node.id: node for node in nodes}.values(), key=lambda node: node.id):
        entity = entities.get(node.id)
        known = (entity.label, *entity.aliases) if entity else (node.label,)
        for each in (node.id, node.label, *known):
            names.setdefault(fold(each), node.id)
    found = names.get(fold(name))
    if found is None:
        raise QueryError(f"no entity {name!r} in this graph{_hint(name, list(names), 'entities')}")
    return found


def _hint(name: str, names: list[str], kind: str) -> str:
    close = get_close_matches(fold(name), names, n=1)
    return f". Did you mean {close[0]!r}?" if close else f". kg query --saved {kind} lists them."
