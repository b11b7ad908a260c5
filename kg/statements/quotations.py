"""Quotations as statements: the speaker, the verb of speech, the quoted words."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Node
from kg.statements.article import Article
from kg.statements.claims import Zone
from kg.statements.events import Proposal, clause_qualifiers, predicate_of
from kg.statements.modality import status_of

__all__ = ["quotations"]


def quotations(article: Article, zones: list[Zone]) -> Iterator[Proposal]:
    """What stands between quotation marks is the object of the verb of speech beside it.

    > « Nous rouvrirons lundi », a déclaré la directrice.
    la directrice | déclarer | Nous rouvrirons lundi
    """
    for zone in zones:
        if zone.quote is None or zone.cue[0] < 0:
            continue
        tree = article.trees[zone.cue[0]]
        clause = article.clauses[zone.cue[0]][zone.cue[1]]
        if clause.content is not None or clause.objects:
            continue
        words = article.text[zone.span.start : zone.span.end]
        node = Node(Article.content_name(words), words, "Statement", words)
        name, label = predicate_of(clause.frame, clause.lemma)
        status = status_of(clause, article.clauses[zone.cue[0]], article.frames)
        qualifiers = tuple(clause_qualifiers(article, clause, set(clause.consumed)))
        yield Proposal(
            tree, clause.head, "quotation", name, label, clause.lemma, zone.attribution.node, node, qualifiers, status,
            zone.span, ("quotation",),
        )
