"""From trees and entities to statements: who does what to whom, and who says so.

`read_statements` is the only door. Each rule yields proposals; the sources of what they say are added last, and
each proposal becomes a `Statement` with its evidence, its rule and a confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.entities import Resolution
from kg.model import Analysis, Document, Node, Qualifier, Refusal, Statement, ValueMention, record
from kg.ontology import Ontology
from kg.statements.article import Article, content_id
from kg.statements.claims import Zone, attribution_at, zones_of
from kg.statements.complements import measures, topics
from kg.statements.confidence import Confidence, features_of
from kg.statements.copulas import copulas, functions, presented
from kg.statements.events import Proposal, verb_clauses
from kg.statements.instances import instances
from kg.statements.nominals import nominal_events
from kg.statements.possessions import ages, authors, dated, owners, places, possessions, states
from kg.statements.quotations import quotations, sayings
from kg.statements.relations import (
    acronyms,
    appositions,
    attributes,
    descriptions,
    detached,
    epithets,
    kinds,
    places_named,
)

__all__ = ["Article", "Candidate", "Confidence", "candidates", "read_statements"]

CLAUSE_RULES = (verb_clauses, copulas, presented, functions)
PHRASE_RULES = (
    sayings, nominal_events, descriptions, appositions, acronyms, detached, attributes, possessions, owners, places, dated, states, ages, kinds, places_named,
    epithets, authors, instances, topics, measures,
)  # fmt: skip
# What these read stands in a phrase, said in passing.
IN_PASSING = frozenset(
    {
        "description",
        "apposition",
        "acronym",
        "detached",
        "attribute",
        "affiliation",
        "possession",
        "possessive",
        "location",
        "dated",
        "state",
        "age",
        "kind",
        "epithet",
        "instance",
        "topic",
        "measure",
        "authorship",
        "role",
    }
)


def read_statements(
    document: Document,
    analysis: Analysis,
    values: Sequence[ValueMention],
    resolution: Resolution,
    ontology: Ontology,
) -> tuple[tuple[Statement, ...], tuple[Refusal, ...]]:
    """The statements of an article in text order; what was refused, and the sentences that gave nothing."""
    article = Article(document, analysis, values, resolution, ontology)
    model = Confidence.load(document.language)
    kept: list[Statement] = []
    refused: list[Statement] = []
    for candidate in candidates(article, model):
        (kept if candidate.statement.confidence >= model.threshold else refused).append(candidate.statement)
    statements = _merged(kept)
    refusals = [
        Refusal(item.evidence[0].start, item.evidence[0].end, f"confidence {item.confidence}", item.rule)
        for item in refused
    ]
    refusals += _silent(article, statements)
    return statements, tuple(
        sorted(refusals, key=lambda item: (item.start, item.end, item.reason, item.rule))
    )


@record
class Candidate:
    """A statement before it is believed, with what is known of how it was read."""

    statement: Statement
    features: tuple[str, ...]


def candidates(article: Article, model: Confidence) -> list[Candidate]:
    """What the rules propose, contents before what is said of them so that ids can refer to ids."""
    zones = zones_of(article)
    rubric = _rubric(article)
    known: dict[str, Node] = {}
    found = []
    quoted = list(quotations(article, zones))
    spoken = {(item.tree.sentence.index, item.head.index) for item in quoted}
    read = (
        item
        for item in _proposals(article)
        if (item.tree.sentence.index, item.head.index) not in spoken
        or (item.object is not None and "host" not in item.how)
    )
    proposals = sorted([*read, *quoted], key=_content_first)
    rules: dict[tuple[int, int], list[str]] = {}
    for proposal in proposals:
        rules.setdefault((proposal.tree.sentence.index, proposal.head.index), []).append(proposal.rule)
    for proposal in proposals:
        statement = _statement(article, proposal, zones, known, rubric)
        beside = rules[proposal.tree.sentence.index, proposal.head.index]
        features = features_of(proposal, statement, beside, article.is_named)
        statement = _believed(statement, model.of(features))
        if statement.confidence >= model.threshold:
            here = content_id(proposal.tree.sentence.index, proposal.head.index)
            known.setdefault(here, Node(statement.id, "", "Statement"))
        found.append(Candidate(statement, features))
    return found


def _believed(draft: Statement, confidence: float) -> Statement:
    return Statement(
        draft.subject, draft.predicate, draft.label, draft.lemma, draft.object, draft.qualifiers,
        draft.attribution, draft.polarity, draft.modality, draft.evidence, draft.rule, confidence,
    )  # fmt: skip


def _rubric(article: Article) -> tuple[Qualifier, ...]:
    """The place that a title begins with: « Canada : le pont rouvre »."""
    if len(article.trees) < 2 or not all(tree.sentence.headline for tree in article.trees[:2]):
        return ()
    names = article.names_in(article.trees[0])
    nodes = [article.name_node(mention) for mention in names if mention.type == "Place"]
    return tuple(Qualifier("place", node) for node in nodes[:1])


def _proposals(article: Article) -> Iterator[Proposal]:
    for tree in article.trees:
        for _, clause in sorted(article.clauses[tree.sentence.index].items()):
            for rule in CLAUSE_RULES:
                yield from rule(article, tree, clause)
        for phrase_rule in PHRASE_RULES:
            yield from phrase_rule(article, tree)


def _merged(statements: list[Statement]) -> tuple[Statement, ...]:
    """One statement for the same content read twice, with the evidence of both, in text order."""
    merged: dict[str, Statement] = {}
    for statement in statements:
        name = statement.id
        before = merged.get(name)
        if before is not None:
            evidence = tuple(sorted({*before.evidence, *statement.evidence}))
            statement = replace(
                before, evidence=evidence, confidence=max(before.confidence, statement.confidence)
            )
        merged[name] = statement
    order = sorted(merged, key=lambda name: (merged[name].evidence[0], name))
    return tuple(merged[name] for name in order)


def _content_first(proposal: Proposal) -> tuple[int, int, int]:
    return (proposal.tree.sentence.index, -proposal.tree.depth(proposal.head), proposal.head.index)


def _statement(
    article: Article,
    proposal: Proposal,
    zones: list[Zone],
    known: dict[str, Node],
    rubric: tuple[Qualifier, ...],
) -> Statement:
    qualifiers = (*proposal.qualifiers, *(rubric if proposal.tree.sentence.headline else ()))
    return Statement(
        subject=_settled(proposal.subject, known),
        predicate=proposal.predicate,
        label=proposal.label,
        lemma=proposal.lemma,
        object=_settled(proposal.object, known) if proposal.object is not None else None,
        qualifiers=tuple(
            Qualifier(item.role, _settled(item.node, known))
            for item in sorted(qualifiers, key=lambda item: (item.role, item.node.id))
        ),
        attribution=attribution_at(zones, proposal.tree, proposal.head, phrase=proposal.rule in IN_PASSING),
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
