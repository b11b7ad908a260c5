"""Quotations: stretches between quotation marks, and the verb of speech that introduces each.

A quotation is `whole` when it holds a clause of its own; words in quotation marks inside somebody's sentence
("une « erreur »") are not. It may run over several sentences.
"""

from __future__ import annotations

import re

from kg.entities.quoting import SPEAKERS, signed_by
from kg.language.tree import Tree
from kg.model import Span, Token, record
from kg.statements.article import Article
from kg.statements.clauses import Clause

__all__ = ["Quote", "quotes_of"]

# Opening and closing marks of French, English and typewriter quotation; a paragraph that ends closes what is open.
QUOTED = re.compile(r"«([^«»\n]+)»|“([^“”\n]+)”|\"([^\"\n]+)\"")


@record
class Quote:
    """A quotation: its words without the marks, and the clause that introduces it with its tree, if one was found.

    `told` is false where that clause merely leads to it by a colon: « Le syndicat durcit le ton : « … » ».
    `signed` is who signs it, with his tree.
    """

    span: Span
    whole: bool
    cue: tuple[Tree, Clause] | None
    speakers: tuple[Token, ...] = ()
    told: bool = True
    signed: tuple[Tree, Token] | None = None


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
        if not _holds_clause(article, span):
            found.append(Quote(span, False, None))
            continue
        outer = Span(*match.span())
        cue = _cue(article, outer)
        if cue is not None:
            found.append(Quote(span, True, cue, _speakers(*cue, outer), told=not _has_content(*cue)))
        elif (leading := _leading(article, outer)) is not None:
            tree, clause, speaker = leading
            found.append(Quote(span, True, (tree, clause), (speaker,), told=False))
        else:
            found.append(Quote(span, True, None, signed=signed_by(article.text, outer.end, article.trees)))
    return found


def _has_content(tree: Tree, clause: Clause) -> bool:
    """A verb that has said something already: « Le maire admet que le pont est fermé : « … » », « se dit inquiet : « … » »."""
    return clause.content is not None or tree.child(clause.head, "xcomp") is not None


def _leading(article: Article, outer: Span) -> tuple[Tree, Clause, Token] | None:
    """« Le syndicat durcit le ton : « … » »: the clause that a colon ties to a quotation, and its subject who speaks."""
    before = article.text[: outer.start].rstrip()
    if not before.endswith(":"):
        return None
    colon = len(before) - 1
    for tree in article.trees:
        if not tree.sentence.start <= colon < tree.sentence.end:
            continue
        ahead = [item for item in article.clauses[tree.sentence.index].values() if item.head.start < colon]
        main = [item for item in ahead if item.head.deprel.split(":")[0] in ("root", "conj", "parataxis")]
        for clause in sorted(main, key=lambda item: item.head.index, reverse=True):
            for subject in clause.subjects:
                if not clause.passive and article.node(tree, subject.token).type in SPEAKERS:
                    return tree, clause, subject.token
            return None
    return None


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


def _cue(article: Article, outer: Span) -> tuple[Tree, Clause] | None:
    """The verb of speech nearest to the quotation, or the verb turned round right behind it."""
    best: tuple[int, Tree, Clause] | None = None
    for tree in article.trees:
        sentence = tree.sentence
        if sentence.start > outer.end + 3 or sentence.end < outer.start - 3:
            continue
        for clause in article.clauses[sentence.index].values():
            distance = _distance(article, tree, clause, outer)
            if distance is not None and (best is None or distance < best[0]):
                best = (distance, tree, clause)
    return (best[1], best[2]) if best else None


# A colon between the verb and the quotation makes their tie sure, a subject turned round right behind it surer
# still; a verb without a frame must earn it.
COLON, TURNED, UNKNOWN = 40, 80, 60


def _distance(article: Article, tree: Tree, clause: Clause, outer: Span) -> int | None:
    """How far a verb stands from the quotation; None when it cannot introduce it."""
    head = clause.head
    if clause.kind != "verb" or Span(head.start, head.end).touches(outer):
        return None
    speaks = clause.frame is not None and bool(clause.frame.stance)
    if head.start >= outer.end:
        between = article.text[outer.end : head.start]
        turned = _turned(tree, head)
        if re.search(r"[.!?\n]", between) or not (speaks or turned):
            return None
        return len(between) - (TURNED if turned and speaks else 0) + (0 if speaks else UNKNOWN)
    between = article.text[head.end : outer.start]
    # Before the quotation, a full stop or a new paragraph cuts the tie.
    if not speaks or "\n" in between.rstrip() or re.search(r"[.!?]\s", between):
        return None
    return len(between) - (COLON if ":" in between else 0)


def _turned(tree: Tree, head: Token) -> bool:
    """« …, tempère le maire », « …, a-t-il dit »: the subject stands behind the verb or its auxiliary."""
    subject, first = tree.child(head, "nsubj"), tree.child(head, "aux") or head
    return subject is not None and subject.index > first.index and not tree.child(head, "obj", "ccomp")


def _speakers(tree: Tree, clause: Clause, outer: Span) -> tuple[Token, ...]:
    """Who says it: the subject outside the quotation, else the one named straight behind or before the verb."""
    arguments = clause.agents if clause.passive else clause.subjects
    outside = [item.token for item in arguments if not Span(item.token.start, item.token.end).within(outer)]
    if outside:
        return tuple(outside)
    head = clause.head
    nominal = [
        token
        for token in tree.tokens
        if token.upos in ("PROPN", "NOUN", "PRON")
        and not Span(token.start, token.end).touches(outer)
        and token.deprel not in ("fixed", "flat:name")
        and token.feature("PronType") not in ("Rel", "Int")
        and token.feature("Reflex") != "Yes"
        and not tree.child(token, "case")
    ]
    after = [token for token in nominal if token.index > head.index]
    before = [token for token in nominal if token.index < head.index]
    chosen = after[:1] or before[-1:]
    return tuple(chosen)
