"""Who is made, called or held to be what, by whom: « choisit Paul comme trésorier », « juge la loi inutile »."""

from __future__ import annotations

from kg.language.tree import Tree
from kg.model import Token
from kg.statements.arguments import Argument, is_locution
from kg.statements.attributes import HOLDING, is_office, judged
from kg.statements.clauses import Clause
from kg.statements.frames import Frames
from kg.statements.markers import marker_of

__all__ = ["held_of"]

# What opens a quotation.
QUOTES = frozenset('«“"')


def held_of(clause: Clause, frames: Frames) -> list[tuple[Argument, Token]]:
    """Who is made, called or held to be what: « choisit Paul comme trésorier », « juge la loi inutile », « se dit prêt ».

    Whom it is said of, and the noun or adjective that is said.
    """
    tree, head = clause.tree, clause.head
    said = [item.token for item in clause.obliques if frames.is_a(item.marker, "as")]
    reflexive = bool(tree.exactly(head, "expl:pv"))
    bearers = clause.objects if clause.objects and not clause.passive else clause.subjects
    if clause.objects or clause.passive or reflexive:
        said += [item for item in tree.children(head, "xcomp") if not tree.child(item, "cop")]
    said += judged(tree, head, clause.lemma, frames)
    said += [item for item in tree.exactly(head, "obj") if is_office(tree, head, item)]
    if clause.frame is not None and clause.frame.property == HOLDING:
        above = [head, *(argument.token for argument in clause.objects)]
        said += [
            item
            for token in above
            for item in tree.children(token, "nmod", "obl", "xcomp")
            if item not in said
            and frames.is_a(marker_of(tree, item, frames, "case", "mark"), "of")
            and (item.upos == "ADJ" or token is head or _is_quoted(tree, item))
            and not is_locution(tree, item, frames)  # « de son côté »
        ]
    if frames.is_a(clause.lemma, "make of"):
        # « fait de Lyon une capitale »
        bearers = tuple(Argument(item.token) for item in clause.obliques if frames.is_a(item.marker, "of"))
        said = [item.token for item in clause.objects if bearers and tree.child(item.token, "det")]
    return [
        (bearer, item)
        for bearer in bearers[:1]
        for first in said
        for item in tree.conjuncts(first)
        if item.upos in ("NOUN", "PROPN", "ADJ")
        and (item is first or _of_one_kind(tree, first, item, frames))
    ]


def _of_one_kind(tree: Tree, first: Token, other: Token, frames: Frames) -> bool:
    """« comme otage et jusqu'à la fin »: what is joined to it by another preposition says when or where, not what."""
    marker = marker_of(tree, other, frames, "case")
    return not marker or marker == marker_of(tree, first, frames, "case")


def _is_quoted(tree: Tree, token: Token) -> bool:
    """Whether the phrase begins a quotation: « d'insulte »."""
    first = tree.subtree(token)[0].index
    marks = {tree.tokens[index].text for index in (first, first - 1) if index >= 0}
    return not marks.isdisjoint(QUOTES)
