"""What the picture shows: statements as a networkx graph, one edge for each thing that is said.

    Statement(subject, object)        subject ──────────► object          relation
    Statement(subject, no object)     subject ──────────► "text"          relation, to a small text node
    … with a place, a recipient…      subject ──────────► place           qualifier
    … said by someone                 speaker ─ ─ ─ ─ ─ ► what it is about  says

Every edge carries its statement's status, which decides how it is drawn: a claim is never drawn like a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kg.model import Document, Entity, Node, Qualifier, Statement
from kg.view.names import clean, printable

if TYPE_CHECKING:
    import networkx

__all__ = ["STATUSES", "Drawing", "Inference", "gather", "network", "status_of"]

# In the order of the legend. What was read first, then what was not read in any article.
STATUSES = ("asserted", "attributed", "denied", "planned", "uncertain", "inferred", "background")

VALUES = frozenset({"Amount", "Date"})
# A qualifier of another kind (a purpose, an amount, a manner) is read in the panel, not drawn.
DRAWN_QUALIFIERS = frozenset({"Person", "Organization", "Place", "Work", "Product", "Event", "Group"})


# A statement that a rule draws, with the ids of the statements it is drawn from.
Inference = tuple[Statement, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One statement, the status it is drawn with, and the ids of what it was inferred from."""

    statement: Statement
    status: str
    premises: tuple[str, ...] = ()


def status_of(statement: Statement) -> str:
    """How far a statement that was read in an article may be taken as a fact; one of STATUSES.

    >>> who = Node("a", "A", "Person")
    >>> status_of(Statement(who, "sleeps", "dort", "dormir", polarity="negated"))
    'denied'
    """
    if any(source.stance != "endorsing" for source in statement.attribution):
        return "attributed"
    if statement.polarity != "affirmed":
        return "denied"
    if statement.modality == "planned":
        return "planned"
    return "asserted" if statement.modality == "actual" else "uncertain"


def gather(
    statements: Iterable[Statement], inferred: Iterable[Inference] = (), background: Iterable[Statement] = ()
) -> list[Drawing]:
    """All statements with their status, one for each id (evidence joined), in the order of the articles.

    A rule that speaks of somebody uses what is known of them, so that is a premise too.
    """
    drawings: dict[str, Drawing] = {}
    for statement in statements:
        known = drawings.get(statement.id)
        whole = _corroborated(known.statement, statement) if known else statement
        drawings[statement.id] = Drawing(whole, status_of(whole))
    outside = list(background)
    for statement, premises in inferred:
        used = tuple(piece.id for piece in outside if piece.subject.id == statement.subject.id)
        drawings.setdefault(statement.id, Drawing(statement, "inferred", (*premises, *used)))
    for statement in outside:
        drawings.setdefault(statement.id, Drawing(statement, "background"))
    return sorted(drawings.values(), key=_place)


def _corroborated(first: Statement, second: Statement) -> Statement:
    """One statement with the evidence of both."""
    return replace(
        first,
        evidence=tuple(sorted({*first.evidence, *second.evidence})),
        confidence=max(first.confidence, second.confidence),
    )


def _place(drawing: Drawing) -> tuple[int, str, int, int, str]:
    """Sort key: what was read before what was inferred, then by place in the articles."""
    statement = drawing.statement
    first = min(((e.document, e.start, e.end) for e in statement.evidence), default=("", 0, 0))
    return (int(drawing.status in ("inferred", "background")), *first, statement.id)


def network(
    statements: Iterable[Statement],
    entities: Iterable[Entity],
    documents: Iterable[Document] = (),
    *,
    inferred: Iterable[Inference] = (),
    background: Iterable[Statement] = (),
) -> networkx.MultiDiGraph:
    """The statements as a networkx graph; all attributes are plain text and numbers, fit for GraphML and GEXF.

    Nodes have label, type, iri; edges have statement (id), kind, label, predicate, role, status, polarity,
    modality, speaker, cue, stance, confidence, rule, document, start, end and quote (of the first evidence).
    """
    del documents  # the same call as `picture`; a document is no node
    return graph_of(gather(statements, inferred, background), {entity.id: entity for entity in entities})


def graph_of(drawings: list[Drawing], entities: Mapping[str, Entity]) -> networkx.MultiDiGraph:
    """The graph of these statements, nodes and edges in a stable order."""
    import networkx as nx

    maker = _Maker({drawing.statement.id: drawing.statement for drawing in drawings}, entities)
    edges = [edge for drawing in drawings for edge in maker.edges(drawing)]
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(sorted(maker.nodes.items()))
    for source, target, key, attributes in edges:
        graph.add_edge(source, target, key=key, **attributes)
    return graph


class _Maker:
    """Turns statements into edges and remembers the nodes that they need."""

    def __init__(self, statements: Mapping[str, Statement], entities: Mapping[str, Entity]) -> None:
        self.statements = statements
        self.entities = entities
        self.nodes: dict[str, dict[str, str]] = {}
        # An act of saying that was read as a statement draws its own edge; it is not drawn twice.
        self.acts = {
            (statement.subject.id, statement.object.id)
            for statement in statements.values()
            if statement.object is not None and statement.object.type == "Statement"
        }

    def edges(self, drawing: Drawing) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """Each edge of one statement: source, target, key, attributes."""
        statement = drawing.statement
        subject = self.end(statement.subject)
        common = _attributes(drawing)
        ends = list(self.ends(statement))
        for number, (target, kind, label, role) in enumerate(ends):
            yield (
                subject,
                target,
                f"{statement.id}.{number}",
                {**common, "kind": kind, "label": label, "role": role},
            )
        for number, source in enumerate(statement.attribution):
            speaker = self.end(source.node)
            about = self.about(statement, source.node)
            if about and about != speaker and (source.node.id, statement.id) not in self.acts:
                attributes = {**common, "kind": "says", "label": clean(source.cue), "role": ""}
                yield speaker, about, f"{statement.id}.says{number}", attributes

    def ends(self, statement: Statement) -> Iterator[tuple[str, str, str, str]]:
        """Where the edges of a statement lead: node, kind of edge, label, role."""
        label = clean(statement.label)
        drawn = [qualifier for qualifier in statement.qualifiers if self.is_drawn(qualifier, statement)]
        if statement.object is not None:
            yield self.object(statement, statement.object), "relation", label, ""
        elif not drawn:
            yield self.text(statement.id, label, "Fact"), "relation", "", ""
        for qualifier in drawn:
            yield self.end(qualifier.node), "qualifier", label, qualifier.role

    def is_drawn(self, qualifier: Qualifier, statement: Statement) -> bool:
        """Whether a further participant is worth a node: a thing with a name, and not an end already."""
        ends = {statement.subject.id, statement.object.id if statement.object else ""}
        return qualifier.node.type in DRAWN_QUALIFIERS and qualifier.node.id not in ends

    def object(self, statement: Statement, node: Node) -> str:
        """The node for an object: a value stands beside its subject, a claim is what the claim is about."""
        if node.type in VALUES:
            # "2018" or "200 dollars" said of two things does not tie them to each other.
            return self.text(f"{node.id}@{statement.subject.id}", clean(node.label), node.type, node.id)
        if node.type != "Statement":
            return self.end(node)
        known = self.statements.get(node.id)
        about = self.about(known, statement.subject) if known else ""
        return about or self.text(node.id, clean(node.label), "Statement")

    def about(self, statement: Statement, speaker: Node) -> str:
        """What a claim is about, seen from the one who makes it: its subject, or else its object."""
        for node in (statement.subject, statement.object):
            if node is not None and node.id != speaker.id and node.type not in VALUES | {"Statement"}:
                return self.end(node)
        return ""

    def end(self, node: Node) -> str:
        """The node for an entity or a concept."""
        entity = self.entities.get(node.id)
        label, kind = (entity.label, entity.type) if entity else (node.label, node.type)
        return self.text(node.id, clean(label), kind)

    def text(self, node: str, label: str, kind: str, iri: str = "") -> str:
        """A node by its parts; the first to ask decides."""
        self.nodes.setdefault(node, {"label": label or node, "type": kind, "iri": iri or node})
        return node


def _attributes(drawing: Drawing) -> dict[str, Any]:
    """What every edge of a statement carries: plain values only."""
    statement = drawing.statement
    first = statement.evidence[0] if statement.evidence else None
    source = statement.attribution[0] if statement.attribution else None
    return {
        "statement": statement.id,
        "predicate": statement.predicate,
        "status": drawing.status,
        "polarity": statement.polarity,
        "modality": statement.modality,
        "speaker": clean(source.node.label) if source else "",
        "cue": clean(source.cue) if source else "",
        "stance": source.stance if source else "",
        "confidence": float(statement.confidence),
        "rule": statement.rule,
        "document": first.document if first else "",
        "start": first.start if first else -1,
        "end": first.end if first else -1,
        "quote": printable(first.quote) if first else "",
    }
