"""A relation between two phrases, as the rules of phrases find it, and the proposal that it makes."""

from __future__ import annotations

from kg.language.tree import Tree
from kg.model import Node, Qualifier, Span, Token, record
from kg.statements.article import Article
from kg.statements.events import Proposal
from kg.statements.modality import ACTUAL, Status
from kg.statements.qualifiers import amounts_of, distinct

__all__ = ["Link"]


@record
class Link:
    """A relation between two phrases as the rules find it; `words` are the heads whose phrases the evidence spans.

    `verb` is the function of the word that expresses it in short: be, have, happen; `lemma` is the word itself.
    """

    rule: str
    head: Token
    subject: Node
    object: Node | None
    words: tuple[Token, ...]
    how: tuple[str, ...] = ()
    verb: str = "be"
    property: str = "is"
    qualifiers: tuple[Qualifier, ...] = ()
    status: Status = ACTUAL
    lemma: str = ""

    def propose(self, article: Article, tree: Tree) -> list[Proposal]:
        """The proposal, unless both ends are one thing."""
        if self.object is not None and (
            self.subject.id == self.object.id
            or self.object.label.casefold() in ("", self.subject.label.casefold())
        ):
            return []
        spans = [article.phrase(tree, token) for token in self.words]
        # « trois usines : Vexa, Doral et Lumen »: none of them is three.
        told = self.words if self.rule != "instance" else ()
        counted = [item for token in told for item in amounts_of(article, tree, token)]
        qualifiers = distinct((*self.qualifiers, *counted)) if counted else self.qualifiers
        span = Span(min([item.start for item in spans]), max([item.end for item in spans]))
        lemma = self.lemma or article.frames.word(self.verb)
        return [
            Proposal(
                tree, self.head, self.rule, self.property, article.label_of(self.property, lemma), lemma,
                self.subject, self.object, qualifiers, self.status, span, self.how, self.words,
            )
        ]  # fmt: skip
