"""What stands around a noun that says what a verb would, and what each is to the deed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from kg.language.tree import Tree
from kg.model import Amount, Node, Period, Qualifier, Token, ValueMention
from kg.statements.arguments import whole_marker
from kg.statements.article import Article
from kg.statements.besides import EXTENTS
from kg.statements.clauses import Clause
from kg.statements.contrasts import DURATIONS
from kg.statements.frames import Frame, Frames
from kg.statements.markers import does_it, is_told, marker_of

__all__ = ["Participants", "participants_of"]


@dataclass
class Participants:
    """What stands around a nominalisation, sorted by what it does there."""

    of: list[tuple[Node, Token]] = field(default_factory=list)
    agents: list[tuple[Node, Token]] = field(default_factory=list)
    objects: list[tuple[Node, Token]] = field(default_factory=list)
    against: list[tuple[Node, Token]] = field(default_factory=list)
    qualifiers: list[Qualifier] = field(default_factory=list)
    marker: str = ""


def participants_of(
    article: Article, tree: Tree, noun: Token, frame: Frame, inside: Token | None
) -> Participants:
    """Those that prepositions bring to the noun, and those that the tree hangs elsewhere; `inside` is part of its expression."""
    frames, found = article.frames, Participants()
    around = [child for child in tree.children(noun, "nmod", "obl", "acl") if child is not inside]
    around += list(tree.children(inside, "nmod")) if inside is not None else []
    for child in [*around, *_adjacent(article, tree, noun, frame)]:
        marker, child = whole_marker(tree, child, frames)
        value = article.value_at(tree, child)
        if frames.is_a(marker, "between") and len(tree.conjuncts(child)) > 1:
            one, *others = [(article.node(tree, item), item) for item in tree.conjuncts(child)]
            found.agents, found.of = [one], others
            continue
        if value is not None or child.upos == "PROPN":
            # « le décès à 81 ans du chanteur »: an age or a place between has no complement, the deed has.
            # « une baisse de 3 % des ventes », but « l'achat de 20 % du capital »
            part = frames.is_a(marker, "of") and dict(frame.complements).get(marker) != "amount"
            found.of += [] if part else _behind_value(article, tree, child)
        for item in tree.conjuncts(child):
            if _is_such(tree, item, marker, frames):
                continue
            if child.upos == "VERB":
                if marker and child.feature("VerbForm") == "Inf":
                    found.objects.append((article.clause_node(tree, item), item))
            elif value is not None and isinstance(value.value, Period):
                found.qualifiers.append(Qualifier("time", article.value_node(value)))
            elif _is_extent(value):
                found.qualifiers.append(Qualifier("amount", article.value_node(value)))
            elif child.deprel == "obl:agent" or (frames.is_a(marker, "by") and not frames.is_a(marker, "of")):
                found.agents.append((article.node(tree, item), item))
                # « les violations par Mme Leroy de la loi »: a person has no complement, the deed has.
                found.of += _behind_name(article, tree, item)
            elif frames.is_a(marker, "of") and found.of and child is item and _is_left(frame, marker):
                found.objects.append((article.node(tree, item), item))
                found.marker = marker
            elif frames.is_a(marker, "of"):
                found.of.append((_without_strays(article, tree, item, frame, found), item))
                if _is_left(frame, marker):
                    found.objects += _behind_name(article, tree, item)
                    found.marker = marker if found.objects else ""
            elif _is_against(article, frame, marker):
                found.against.append((article.node(tree, item), item))
            elif marker in frame.object_markers:
                found.objects.append((article.node(tree, item), item))
                found.marker = marker
            else:
                _qualify(article, tree, item, marker, frame, found)
    return found


def _is_such(tree: Tree, item: Token, marker: str, frames: Frames) -> bool:
    """« un accord de ce type », « une hausse de cette ampleur »: of which kind it is, and nobody's."""
    if not frames.is_a(marker, "of") or not frames.is_a(item.lemma, "such"):
        return False
    return any(one.feature("PronType") == "Dem" for one in tree.exactly(item, "det"))


def _is_left(frame: Frame, marker: str) -> bool:
    """« le retrait du pays de l'accord »: of a verb that takes « de », who does it stands first and what is left behind."""
    return frame.noun_of == "Subject" and marker in frame.object_markers


def _behind_name(article: Article, tree: Tree, item: Token) -> list[tuple[Node, Token]]:
    """« la sortie de la Grèce de l'euro », « par Mme Roy de la loi »: a name has no complement with an article, the noun before it has."""
    named = item if item.upos == "PROPN" else next(iter(_names_below(tree, item)), None)
    if named is None:
        return []
    return [
        (article.node(tree, of), of)
        for of in tree.children(item, "nmod")
        if of.index > named.index and does_it(tree, of, article.frames) and tree.subtree(of)[0].text != ","
    ]


def _names_below(tree: Tree, item: Token) -> Iterator[Token]:
    return (
        child
        for child in tree.children(item, "nmod", "flat", "appos")
        if child.upos == "PROPN" and not tree.has(child, "case")
    )


def _behind_value(article: Article, tree: Tree, item: Token) -> list[tuple[Node, Token]]:
    """What stands behind « de » with an article of its own, or is named, after an amount, a date or a place."""
    return [
        (article.node(tree, of), of)
        for of in tree.children(item, "nmod")
        if article.value_at(tree, of) is None and does_it(tree, of, article.frames) and of.index > item.index
    ]


def _is_against(article: Article, frame: Frame, marker: str) -> bool:
    """« une attaque contre le village »: whom a deed strikes that is done to somebody."""
    return frame.noun_of == "Object" and article.frames.is_a(marker, "noun against")


def _without_strays(article: Article, tree: Tree, item: Token, frame: Frame, found: Participants) -> Node:
    """The complement without what is the noun's: « le blocage [du port] par les dockers », « la visite [du pape] en Irak »."""
    node = article.node(tree, item)
    for branch in tree.children(item, "nmod"):
        value = article.value_at(tree, branch)
        marker = marker_of(tree, branch, article.frames, "case")
        if article.frames.is_a(marker, "by") and is_told(tree, branch, article.frames):
            found.agents.append((article.node(tree, branch), branch))
        elif _is_against(article, frame, marker):
            found.against.append((article.node(tree, branch), branch))
        elif _is_extent(value):
            found.qualifiers.append(Qualifier("amount", article.value_node(value)))
        elif value is None and marker in frame.object_markers and not article.frames.is_a(marker, "of"):
            found.objects.append((article.node(tree, branch), branch))
            found.marker = marker
        else:
            continue
        if not article.is_named(node):
            bare = article.without(tree, item, branch)
            node = replace(bare, label=bare.mention)
    return node


def _is_extent(value: ValueMention | None) -> TypeGuard[ValueMention]:
    """« de 2 % », « de 240 900 »: by how much something changes; « de deux heures »: how long it lasts."""
    return (
        value is not None
        and isinstance(value.value, Amount)
        and (
            value.value.unit in EXTENTS
            or value.value.unit in DURATIONS
            or not value.value.unit
            or value.value.unit.isupper()  # money: « une amende de 500 euros »
        )
    )


def _adjacent(article: Article, tree: Tree, noun: Token, frame: Frame) -> Iterator[Token]:
    """A phrase straight behind the noun with a preposition that the noun wants, though the tree hangs it higher."""
    end = tree.subtree(noun, without=("acl", "appos", "conj", "punct"))[-1].index
    behind = tree.tokens[end + 1] if end + 1 < len(tree.tokens) else None
    head = tree.head(behind) if behind is not None and behind.deprel in ("case", "mark") else None
    if head is None or not head.deprel.startswith("obl") or head.head == noun.index:
        return
    marker = marker_of(tree, head, article.frames, "case")
    above = tree.head(head)
    clause = article.clause(tree, above) if above is not None else None
    # « annonce l'ouverture à Lyon d'un centre »: what is opened hangs from the place.
    apart = head.upos == "PROPN" or article.value_at(tree, head) is not None
    beside = apart and bool(_behind_value(article, tree, head))
    if beside or marker in frame.object_markers or (clause is not None and _strays(article, clause, marker)):
        yield head


def _strays(article: Article, clause: Clause, marker: str) -> bool:
    """« dénonce une fraude par des élus », « provoque la mort de dix ouvriers »: nothing that this verb takes."""
    frames = article.frames
    if frames.is_a(marker, "of"):
        known = {*clause.frame.object_markers, *dict(clause.frame.complements)} if clause.frame else {marker}
        return marker not in known and bool(clause.objects)
    return frames.is_a(marker, "by") and not clause.passive


def _qualify(
    article: Article, tree: Tree, item: Token, marker: str, frame: Frame, found: Participants
) -> None:
    node = article.node(tree, item)
    role = article.frames.role(frame, marker, node.type)
    if node.type == "Place" or (not role and article.frames.is_a(marker, "place")):
        role = "place"
    if role == "attribute":
        node = article.description(tree, item)
    if role:
        found.qualifiers.append(Qualifier(role, node))
