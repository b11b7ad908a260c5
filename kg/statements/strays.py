"""What a verb wants and the parser hung from its object: « verse une indemnité à la famille », « accuse le maire de fraude »."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest

from kg.language.tree import Tree
from kg.model import Node, Token, record
from kg.statements.arguments import whole_marker
from kg.statements.clauses import Clause
from kg.statements.frames import Frames
from kg.statements.markers import is_told, marker_of

__all__ = ["Stray", "branches_of", "strays_of"]

# Who may be given something, or be accused, warned, deprived of it.
SOMEBODY = ("Person", "Organization", "Group", "Place")
# By how much something changes, whatever it is.
PER_CENT = "%"
# What is given nothing.
NOBODY = ("Date", "Amount", "Work", "Product", "Event")


@record
class Stray:
    """A complement of the verb among those of its object: the object, the complement, its role, who or what it tells of."""

    thing: Token
    branch: Token
    role: str
    told: Token


def strays_of(clause: Clause, frames: Frames, node: Callable[[Tree, Token], Node]) -> Iterator[Stray]:
    """The complements that the verb's frame wants and that end the phrase of its object; `node` tells what a noun is.

    What the noun takes itself stays with it: « défend son soutien à la réforme ».
    """
    tree, frame = clause.tree, clause.frame
    yield from _causes(clause, frames)
    if frame is None or clause.kind != "verb" or not frame.complements or clause.passive:
        return
    wanted = dict(frame.complements)
    taken = {item.marker for item in clause.obliques}
    for argument in clause.objects:
        thing = argument.token
        if argument.how != "own" or thing.upos != "NOUN" or thing.index < clause.head.index:
            continue
        for branch in branches_of(tree, thing):
            marker = marker_of(tree, branch, frames, "case")
            if branch.head != thing.index and frames.is_a(marker, "of"):
                continue
            role = wanted.get(marker, "")
            ends = tree.subtree(branch)[-1].index == tree.subtree(thing)[-1].index
            if not role or role == "place" or marker in taken or not ends:
                continue
            if _fits(tree, thing, branch, marker, role, frames, node):
                yield Stray(thing, branch, role, branch)


def _causes(clause: Clause, frames: Frames) -> Iterator[Stray]:
    """« rappelle dix mille voitures à cause d'un défaut »: a cause is the deed's, in whichever way its words are hung."""
    tree = clause.tree
    for argument in clause.objects:
        below = tree.exactly(argument.token, "nmod") if argument.how == "own" else []
        for lead, behind in zip_longest(below, below[1:]):
            if lead.index < argument.token.index or not frames.is_inside_marker(lead.text):
                continue
            marker, told = whole_marker(tree, lead, frames)
            if told is lead and behind is not None and tree.subtree(behind)[0].index == lead.index + 1:
                last = marker_of(tree, behind, frames, "case")
                marker, told = frames.canonical(f"{marker} {lead.text} {last}"), behind
            if told is not lead and frames.defaults.get(marker) == "cause":
                yield Stray(argument.token, lead, "cause", told)


def branches_of(tree: Tree, thing: Token) -> Iterator[Token]:
    """The complements of a noun, and those of the last of them: « condamne [le patron du club] pour fraude »."""
    below = tree.exactly(thing, "nmod")
    while below:
        yield from below
        below = tree.exactly(below[-1], "nmod")


def _fits(
    tree: Tree,
    thing: Token,
    branch: Token,
    marker: str,
    role: str,
    frames: Frames,
    node: Callable[[Tree, Token], Node],
) -> bool:
    kind = node(tree, branch).type
    if role == "amount" and (kind != "Amount" or branch.text == PER_CENT):
        # « augmente les salaires de 2 % »; « finance son développement à l'étranger »
        return branch.text == PER_CENT
    if role == "attribute":  # « qualifie l'attaque d'acte terroriste »
        return not is_told(tree, branch, frames) and not branch.text[0].isupper()
    own = frames.nouns.get(thing.lemma)
    if own is not None and (marker in own.object_markers or marker in dict(own.complements)):
        return False
    if frames.is_a(marker, "of"):
        # « informe les habitants du village » tells of the village; « accuse les habitants de fraude » of fraud.
        # « limoge le ministre de la Défense »: a capital shows what he is minister of.
        bare = (
            branch.upos == "NOUN"
            and not branch.text[0].isupper()
            and (not tree.child(branch, "det") or branch.lemma in frames.nouns)
        )
        return bare and node(tree, thing).type in SOMEBODY and kind not in SOMEBODY
    if kind == "Place":
        return role not in ("instrument", "manner")  # « annonce la fermeture d'un site, dans la Somme »
    return role != "recipient" or kind not in NOBODY
