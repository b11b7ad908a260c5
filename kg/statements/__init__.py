"""From trees and entities to statements: who does what to whom, and who says so.

`read_statements` is the only door. Each rule yields proposals; the sources of what they say are added last, and
each proposal becomes a `Statement` with its evidence, its rule and a confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.entities import Resolution
from kg.model import (
    Analysis,
    Attribution,
    Document,
    Node,
    Qualifier,
    Refusal,
    Statement,
    ValueMention,
    record,
)
from kg.ontology import Ontology
from kg.statements.adjectives import attributes, qualified
from kg.statements.article import Article, content_id
from kg.statements.claims import Zone, attribution_at, zones_of
from kg.statements.comparisons import compared
from kg.statements.complements import equals, measures, topics
from kg.statements.confidence import Confidence, Signs, signs_of
from kg.statements.copulas import copulas, functions, presented
from kg.statements.events import Proposal, verb_clauses
from kg.statements.instances import instances
from kg.statements.nominals import nominal_events
from kg.statements.possessions import ages, authors, dated, members, owners, places, possessions, states
from kg.statements.quotations import quotations, sayings
from kg.statements.relations import (
    acronyms,
    appositions,
    descriptions,
    detached,
    epithets,
    kinds,
    places_named,
)

__all__ = ["Article", "Candidate", "Confidence", "candidates", "read_statements"]

CLAUSE_RULES = (verb_clauses, copulas, presented, functions, compared)
PHRASE_RULES = (
    sayings, nominal_events, descriptions, appositions, acronyms, detached, attributes, qualified, possessions, members, owners, places, dated, states, ages, kinds, places_named,
    epithets, authors, instances, topics, measures, equals,
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
        "equal",
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
    signs: Signs

    @property
    def features(self) -> tuple[str, ...]:
        """The signs as the model of confidence calls them."""
        return self.signs.features


def candidates(article: Article, model: Confidence) -> Iterator[Candidate]:
    """What the rules propose, contents before what is said of them so that ids can refer to ids."""
    zones = zones_of(article)
    rubric = _rubric(article)
    known: dict[str, Statement] = {}
    for proposals in _by_word(article, zones):
        tree, head = proposals[0].tree, proposals[0].head
        beside = [proposal.rule for proposal in proposals]
        for proposal in _once(proposals):
            proposal = _settled(proposal, known, rubric)
            sources = attribution_at(zones, tree, head, phrase=proposal.rule in IN_PASSING)
            signs = signs_of(proposal, len(sources), beside, article.is_named)
            statement = _statement(article, proposal, sources, model.believes(signs))
            if statement.confidence >= model.threshold:
                known.setdefault(content_id(tree.sentence.index, head.index), statement)
            yield Candidate(statement, signs)


def _by_word(article: Article, zones: list[Zone]) -> list[list[Proposal]]:
    """The proposals by the word that bears each, the deepest words of a sentence first."""
    found: dict[tuple[int, int], list[Proposal]] = {}
    for proposal in _proposals(article):
        found.setdefault((proposal.tree.sentence.index, proposal.head.index), []).append(proposal)
    spoken: dict[tuple[int, int], list[Proposal]] = {}
    for proposal in quotations(article, zones):
        spoken.setdefault((proposal.tree.sentence.index, proposal.head.index), []).append(proposal)
    for place, quoted in spoken.items():
        read = (item for item in found.get(place, ()) if item.object is not None and "host" not in item.how)
        found[place] = [*read, *quoted]
    return sorted(found.values(), key=_content_first)


def _once(proposals: list[Proposal]) -> Iterator[Proposal]:
    """« la juge du tribunal, Anne Roux »: what title and apposition say of one is said once, in the more words.

    The pairs are few, so each is looked for among the others.
    """
    if not {"description", "apposition"}.issubset([proposal.rule for proposal in proposals]):
        yield from proposals
        return
    for proposal in proposals:
        others = [
            item
            for item in proposals
            if {item.rule, proposal.rule} == {"description", "apposition"}
            and item.subject.id == proposal.subject.id
        ]
        rank = _words(proposal)
        if not any(_words(item) > rank for item in others):
            yield proposal


def _words(proposal: Proposal) -> tuple[int, bool]:
    """How much a proposal says what something is; of two that say the same, the title."""
    return len(proposal.object.label) if proposal.object else 0, proposal.rule == "description"


def _content_first(proposals: list[Proposal]) -> tuple[int, int, int]:
    tree, head = proposals[0].tree, proposals[0].head
    return (tree.sentence.index, -tree.depth(head), head.index)


def _rubric(article: Article) -> tuple[Qualifier, ...]:
    """The place that a title begins with: « Canada : le pont rouvre »."""
    if len(article.trees) < 2 or not all(tree.sentence.headline for tree in article.trees[:2]):
        return ()
    names = article.names_in(article.trees[0])
    nodes = [article.name_node(mention) for mention in names if mention.type == "Place"]
    return tuple(Qualifier("place", node) for node in nodes[:1])


def _proposals(article: Article) -> Iterator[Proposal]:
    for tree in article.trees:
        for clause in article.clauses[tree.sentence.index].values():
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
    return tuple(merged[name] for *_, name in sorted(map(_place, merged.values(), merged)))


def _place(statement: Statement, name: str) -> tuple[int, int, str]:
    first = statement.evidence[0]
    return first.start, first.end, name


def _settled(proposal: Proposal, known: dict[str, Statement], rubric: tuple[Qualifier, ...]) -> Proposal:
    """The proposal with its qualifiers in order, and with the statements that were read from its contents."""
    qualifiers = proposal.qualifiers + rubric if proposal.tree.sentence.headline else proposal.qualifiers
    if len(qualifiers) > 1:
        qualifiers = tuple(sorted(qualifiers, key=lambda item: (item.role, item.node.id)))
    said = any(_is_content(item.node) for item in qualifiers)
    said = said or _is_content(proposal.subject) or _is_content(proposal.object)
    if not said and qualifiers == proposal.qualifiers:
        return proposal
    return Proposal(
        proposal.tree, proposal.head, proposal.rule, proposal.predicate, proposal.label, proposal.lemma,
        _named(proposal.subject, known), proposal.object and _named(proposal.object, known),
        tuple([Qualifier(item.role, _named(item.node, known)) for item in qualifiers]),
        proposal.status, proposal.span, proposal.how, proposal.words,
    )  # fmt: skip


def _is_content(node: Node | None) -> bool:
    """Whether a node stands for what a clause says."""
    return node is not None and node.id.startswith("content:")


def _named(node: Node, known: dict[str, Statement]) -> Node:
    """A node for what a clause says, named by the statement that the clause gave, or by its words."""
    if not _is_content(node):
        return node
    found = known.get(node.id)
    return replace(node, id=found.id if found is not None else Article.content_name(node.label))


def _statement(
    article: Article, proposal: Proposal, sources: tuple[Attribution, ...], confidence: float
) -> Statement:
    return Statement(
        proposal.subject, proposal.predicate, proposal.label, proposal.lemma, proposal.object, proposal.qualifiers,
        sources, proposal.status.polarity, proposal.status.modality,
        (article.quote(proposal.span.start, proposal.span.end),), proposal.rule, confidence,
    )  # fmt: skip


def _silent(article: Article, statements: tuple[Statement, ...]) -> Iterator[Refusal]:
    said = [(item.start, item.end) for statement in statements for item in statement.evidence]
    for sentence in article.sentences:
        first, last = sentence.start, sentence.end
        if not [start for start, end in said if start < last and first < end]:
            yield Refusal(first, last, "no-statement")
