"""Quotations as statements: the speaker, the verb of speech, the quoted words."""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.tree import Tree
from kg.model import Node, Qualifier, Span, Token
from kg.statements.arguments import is_locution
from kg.statements.article import Article
from kg.statements.claims import Zone, marked_sources
from kg.statements.events import Proposal, predicate_of
from kg.statements.modality import ACTUAL, own_status
from kg.statements.qualifiers import clause_qualifiers

__all__ = ["quotations", "sayings"]

# Between the colon and the first quoted word stands the opening mark.
LED = 4


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
        own = [argument for argument in clause.objects if not _inside(argument.token, zone)]
        led = ":" in article.text[max(clause.head.end, zone.span.start - LED) : zone.span.start]
        if (clause.content is not None or own) and not led:
            continue
        words = article.text[zone.span.start : zone.span.end]
        node = Node(Article.content_name(words), words, "Statement", words)
        frame, lemma, status = clause.frame, clause.lemma, ACTUAL
        qualifiers: tuple[Qualifier, ...] = ()
        if zone.quote.told:
            status = own_status(clause, article.frames)
            qualifiers = tuple(clause_qualifiers(article, clause, set(clause.consumed)))
        else:
            lemma = article.frames.word("say")
            frame = article.frames.verbs.get(lemma)
        name, label = predicate_of(frame, lemma)
        yield Proposal(
            tree,
            clause.head,
            "quotation",
            name,
            label,
            lemma,
            zone.attribution.node,
            node,
            qualifiers,
            status,
            zone.span,
            ("quotation",),
        )


def _inside(token: Token, zone: Zone) -> bool:
    return Span(token.start, token.end).within(zone.span)


def sayings(article: Article, tree: Tree) -> Iterator[Proposal]:
    """Whoever a marker of attribution names says what stands beside it.

    > Selon le maire, le pont rouvrira en mai.
    le maire | dire | le pont rouvrira en mai
    """
    for source in marked_sources(article, tree):
        head = source.clause.head
        # « En revanche, selon le maire, … »: what ties sentences together is not said by him.
        ties = [item for item in tree.exactly(head, "obl:mod") if is_locution(tree, item, article.frames)]
        said = article.clause_node(tree, head, source.token, *ties)
        lemma = article.frames.word("say")
        name, label = predicate_of(article.frames.verbs.get(lemma), lemma)
        span = article.clause_span(tree, head)
        span = Span(min(span.start, source.hole.start), max(span.end, source.hole.end))
        yield Proposal(
            tree,
            source.token,
            "attribution",
            name,
            label,
            lemma,
            source.attribution.node,
            said,
            (),
            ACTUAL,
            span,
            (f"marker={source.attribution.cue}",),
        )
