"""How far the words of a clause reach in its sentence."""

from __future__ import annotations

from kg.model import Span
from kg.statements.article import Article
from kg.statements.clauses import Clause

__all__ = ["extent"]


def extent(article: Article, clause: Clause) -> Span:
    """The words of the clause with its participants, without what is coordinated to it or set beside it."""
    tree = clause.tree
    words = tree.subtree(clause.head, without=("parataxis",))
    if tree.has(clause.head, "conj"):
        beside = {
            token.index
            for other in tree.exactly(clause.head, "conj")
            if article.clause(tree, other) is not None
            for token in tree.subtree(other)
        }
        words = [token for token in words if token.index not in beside]
    tokens = [token for token in words if token.deprel != "punct"] or [clause.head]
    start, end = tokens[0].start, tokens[-1].end
    for argument in clause.subjects:
        if argument.how in ("own", "relative", "modified"):
            span = article.phrase(tree, argument.token)
            start, end = min(start, span.start), max(end, span.end)
    return Span(start, end)
