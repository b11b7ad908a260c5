"""What stands for what is named before it: relative pronouns, wherever the tree hangs them, and « l'un des »."""

from __future__ import annotations

from kg.entities.antecedents import relative_head
from kg.language.tree import Tree
from kg.model import Token
from kg.statements.frames import Frames
from kg.statements.markers import marker_of

__all__ = ["antecedent_of", "described_by", "unseen_antecedent"]

# What a verb has below it that lacks no object.
WHOLE = ("obj", "ccomp", "xcomp", "cop", "expl")


def antecedent_of(tree: Tree, token: Token, frames: Frames) -> Token:
    """The noun that a relative pronoun stands for: the one its clause modifies."""
    if token.feature("PronType") != "Rel" and not (
        token.upos == "PRON" and frames.is_a(frames.canonical(token.text), "relative")
    ):
        return token
    noun = relative_head(tree, token)
    return token if noun is None else _of_name(tree, _past_marker(tree, noun, token, frames), token, frames)


def unseen_antecedent(tree: Tree, head: Token, frames: Frames) -> Token | None:
    """« le prêt que la banque accorde »: the noun that a relative pronoun stands for, where it is taken for a conjunction."""
    if head.deprel != "acl:relcl" or head.upos != "VERB" or not tree.relations(head).keys().isdisjoint(WHOLE):
        return None
    marks = [item for item in tree.exactly(head, "mark") if frames.is_a(frames.canonical(item.text), "that")]
    if not marks or not tree.exactly(head, "nsubj") or tree.exactly(head, "aux:pass"):
        return None
    return _of_name(tree, tree.tokens[head.head], marks[0], frames)


def _past_marker(tree: Tree, noun: Token, pronoun: Token, frames: Frames) -> Token:
    """« reste à la tête du studio, qui embauche »: a noun that is part of a preposition is nothing that is spoken of."""
    if not frames.is_inside_marker(noun.text) or not tree.has(noun, "case"):
        return noun
    inner = [item for item in tree.exactly(noun, "nmod") if noun.index < item.index < pronoun.index]
    plain = noun.index > 0 and inner and tree.tokens[pronoun.index - 1].text == ","
    return inner[-1] if plain and not tree.has(noun, "amod") else noun


def _of_name(tree: Tree, noun: Token, pronoun: Token, frames: Frames) -> Token:
    """« l'usine de Toyota que le groupe ferme »: what no comma parts from the name in a phrase is said of the phrase."""
    if tree.tokens[pronoun.index - 1].text == ",":
        return noun
    for above in tree.ancestors(noun):
        if (
            noun.upos != "PROPN"
            or noun.deprel != "nmod"
            or above.upos != "NOUN"
            or not marker_of(tree, noun, frames, "case")
        ):
            break
        noun = above
    return noun


def described_by(tree: Tree, token: Token, frames: Frames) -> Token | None:
    """« Lille, l'une des villes du pays, vote »: the noun before that one of several is, be it hung from that or as a second subject."""
    if not frames.is_a(token.text.lower(), "one") or not tree.child(token, "nmod"):
        return None
    first = tree.subtree(token)[0]
    comma = first.text == "," or (first.index > 0 and tree.tokens[first.index - 1].text == ",")
    above = tree.head(token)
    if above is not None and token.deprel == "appos" and token.index < above.index:
        return above  # « un de ses adjoints, Paul Bois »
    if above is None or not comma:
        return None
    near = tree.tokens[first.index - (1 if first.text == "," else 2)]
    if near.upos == "PROPN":  # « s'oppose à Doral, l'un des promoteurs »
        return tree.tokens[near.head] if near.deprel.startswith("flat") else near
    if token.deprel == "appos":
        return above
    before = [item for item in tree.exactly(above, "nsubj") if item.index < token.index]
    return before[-1] if before and token.deprel == "nsubj" else None
