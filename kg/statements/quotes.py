"""Quotations: stretches between quotation marks, and the verb of speech that introduces each.

A quotation is `whole` when it holds a clause of its own; words in quotation marks inside somebody's sentence
("une « erreur »") are not. It may run over several sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.language.tree import Tree
from kg.model import Span
from kg.statements.article import Article
from kg.statements.clauses import Clause

__all__ = ["Quote", "quotes_of"]

# Opening and closing marks of French, English and typewriter quotation; a paragraph that ends closes what is open.
QUOTED = re.compile(r"«([^«»\n]+)»|“([^“”\n]+)”|\"([^\"\n]+)\"")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: its words without the marks, and the clause that introduces it with its tree, if one was found."""

    span: Span
    whole: bool
    cue: tuple[Tree, Clause] | None


def quotes_of(article: Article) -> list[Quote]:
    """The quotations of an article in text order."""
    found = []
    for match in QUOTED.finditer(article.text):
        group = next(index for index in (1, 2, 3) if match.group(index) is not None)
        start, end = match.span(group)
        while start < end and article.text[start].isspace():
            start += 1
        while end > start and article.text[end - 1].isspace():
            end -= 1
        span = Span(start, end)
        whole = _holds_clause(article, span)
        found.append(Quote(span, whole, _cue(article, span, Span(*match.span())) if whole else None))
    return found


def _holds_clause(article: Article, span: Span) -> bool:
    for tree in article.trees:
        if not tree.sentence.span.touches(span):
            continue
        for clause in article.clauses[tree.sentence.index].values():
            bearers = [clause.head, *tree.children(clause.head, "aux", "cop")]
            finite = any(token.feature("VerbForm") == "Fin" for token in bearers)
            if finite and Span(clause.head.start, clause.head.end).within(span):
                return True
    return False


def _cue(article: Article, inner: Span, outer: Span) -> tuple[Tree, Clause] | None:
    """The verb of speech nearest to the quotation: in its own sentence, after it, or before a colon."""
    best: tuple[int, Tree, Clause] | None = None
    for tree in article.trees:
        sentence = tree.sentence
        if sentence.start > outer.end + 3 or sentence.end < outer.start - 3:
            continue
        for clause in article.clauses[sentence.index].values():
            distance = _distance(article, clause, inner, outer)
            if distance is not None and (best is None or distance < best[0]):
                best = (distance, tree, clause)
    return (best[1], best[2]) if best else None


def _distance(article: Article, clause: Clause, inner: Span, outer: Span) -> int | None:
    """How far a verb of speech stands from the quotation; None when it cannot introduce it."""
    head = clause.head
    if clause.frame is None or not clause.frame.stance or Span(head.start, head.end).touches(outer):
        return None
    if not clause.subjects and not clause.agents:
        return None
    if head.start >= outer.end:
        between = article.text[outer.end : head.start]
        return len(between) if "." not in between.strip(" ,.") and "\n" not in between else None
    between = article.text[head.end : outer.start]
    # Before the quotation, a full stop in between cuts the tie; a colon makes it sure.
    if "\n" in between.rstrip() or re.search(r"[.!?]\s", between):
        return None
    return len(between) - (40 if ":" in between else 0)
