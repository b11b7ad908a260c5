"""What a clause says of one amount, said of the amount of another time that it is set against."""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.tree import Tree
from kg.model import Qualifier, Span, Token, ValueMention
from kg.statements.article import Article
from kg.statements.clauses import Clause
from kg.statements.contrasts import contrasts
from kg.statements.events import Proposal, predicate_of
from kg.statements.markers import marker_of
from kg.statements.modality import ACTUAL

__all__ = ["compared"]

# The properties of verbs that tell a change. « Recule à 5 %, contre 6 % »: what it was before is no change; « recule de 5 % »
# goes on so; « passe à 5 % » always changes.
CHANGES = frozenset({"increases", "decreases", "falls"})
MOVES = frozenset({"changes", "crosses"})


def compared(article: Article, tree: Tree, clause: Clause) -> Iterator[Proposal]:
    """What a clause says of an amount, it says of the one set against it, at that one's time.

    > Le taux atteint 5 % en juin, contre 4 % en mai.
    Le taux | atteindre | 4 %
    """
    frames = article.frames
    for contrast in contrasts(article, tree):
        if _bearer(article, tree, contrast.stated) is not clause.head:
            continue
        node, how = article.value_node(contrast.amount), (f"kind={clause.kind}",)
        name, label = predicate_of(clause.frame, clause.lemma, "", clause.passive)
        lemma = clause.lemma
        by = frames.is_a(marker_of(tree, tree.tokens[contrast.stated.token], frames, "case"), "of")
        if clause.kind != "verb" or name in MOVES or (name in CHANGES and not by):
            lemma = frames.word("be")
            name, label = "is", article.label_of("is", lemma)
        for argument in clause.subjects:
            subject, start = article.node(tree, argument.token), article.phrase(tree, argument.token).start
            span = Span(min(start, contrast.span.start), contrast.span.end)
            qualifiers = (Qualifier("amount", node), Qualifier("time", contrast.time))
            yield Proposal(
                tree, tree.tokens[contrast.amount.token], "comparison", name, label, lemma, subject, node, qualifiers,
                ACTUAL, span, how,
            )  # fmt: skip


def _bearer(article: Article, tree: Tree, value: ValueMention) -> Token | None:
    """The head of the clause that states an amount."""
    token = tree.tokens[value.token]
    return next(
        (item for item in (token, *tree.ancestors(token)) if article.clause(tree, item) is not None), None
    )
