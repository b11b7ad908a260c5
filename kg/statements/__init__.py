"""From trees and entities to statements: who does what to whom, and who says so.

`read_statements` is the only door. Each rule yields proposals; the sources of what they say are added last, and
each proposal becomes a `Statement` with its evidence, its rule and a confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.entities import Resolution
from kg.model import Analysis, Document, Node, Qualifier, Refusal, Statement, ValueMention
from kg.ontology import Ontology
from kg.statements.article import Article, content_id
from kg.statements.claims import Zone, attribution_at, zones_of
from kg.statements.events import Proposal, verb_clauses
from kg.statements.nominals import nominal_events
from kg.statements.quotations import quotations
from kg.statements.relations import RELATIONS, copulas

__all__ = ["read_statements"]

CLAUSE_RULES = (verb_clauses, copulas)
PHRASE_RULES = (nominal_events, *RELATIONS)


def read_statements(
    document: Document,
    analysis: Analysis,
    values: Sequence[ValueMention],
    resolution: Resolution,
    ontology: Ontology,
) -> tuple[tuple[Statement, ...], tuple[Refusal, ...]]:
    """The statements of an article in text order, and the sentences that gave none."""
    article = Article(document, analysis, values, resolution, ontology)
    zones = zones_of(article)
    proposals = [*_proposals(article), *quotations(article, zones)]
    statements = _statements(article, proposals, zones)
    return statements, tuple(_silent(article, statements))


def _proposals(article: Article) -> Iterator[Proposal]:
    for tree in article.trees:
        for _, clause in sorted(article.clauses[tree.sentence.index].items()):
            for rule in CLAUSE_RULES:
                yield from rule(article, tree, clause)
        for phrase_rule in PHRASE_RULES:
            yield from phrase_rule(article, tree)


def _statements(article: Article, proposals: list[Proposal], zones: list[Zone]) -> tuple[Statement, ...]:
    """The proposals as statements, contents before what is said of them, so that ids can refer to ids."""
    known: dict[str, Node] = {}
    merged: dict[str, Statement] = {}
    for proposal in sorted(proposals, key=_content_first):
        statement = _statement(article, proposal, zones, known)
        here = content_id(proposal.tree.sentence.index, proposal.head.index)
        known.setdefault(here, Node(statement.id, "", "Statement"))
        before = merged.get(statement.id)
        if before is not None:
            evidence = tuple(sorted({*before.evidence, *statement.evidence}))
            statement = replace(before, evidence=evidence, confidence=max(before.confidence, statement.confidence))
        merged[statement.id] = statement
    return tuple(sorted(merged.values(), key=lambda item: (item.evidence[0].start, item.evidence[0].end, item.id)))


def _content_first(proposal: Proposal) -> tuple[int, int, int]:
    depth = sum(1 for _ in proposal.tree.ancestors(proposal.head))
    return (proposal.tree.sentence.index, -depth, proposal.head.index)


def _statement(article: Article, proposal: Proposal, zones: list[Zone], known: dict[str, Node]) -> Statement:
    sentence = proposal.tree.sentence.index
    return Statement(
        subject=_settled(proposal.subject, known),
        predicate=proposal.predicate,
        label=proposal.label,
        lemma=proposal.lemma,
        object=_settled(proposal.object, known) if proposal.object is not None else None,
        qualifiers=tuple(
            Qualifier(item.role, _settled(item.node, known))
            for item in sorted(proposal.qualifiers, key=lambda item: (item.role, item.node.id))
        ),
        attribution=attribution_at(zones, sentence, proposal.head),
        polarity=proposal.status.polarity,
        modality=proposal.status.modality,
        evidence=(article.quote(proposal.span.start, proposal.span.end),),
        rule=proposal.rule,
    )


def _settled(node: Node, known: dict[str, Node]) -> Node:
    """A node for what a clause says, named by the statement that the clause gave, or by its words."""
    if not node.id.startswith("content:"):
        return node
    found = known.get(node.id)
    return replace(node, id=found.id if found is not None else Article.content_name(node.label))


def _silent(article: Article, statements: tuple[Statement, ...]) -> Iterator[Refusal]:
    said = [(item.start, item.end) for statement in statements for item in statement.evidence]
    for sentence in article.sentences:
        if not any(start < sentence.end and sentence.start < end for start, end in said):
            yield Refusal(sentence.start, sentence.end, "no-statement")
