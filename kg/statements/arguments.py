"""What stands around a verb in the tree: its subjects and agents, what prepositions bring, what relatives stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kg.language.tree import Tree
from kg.model import Token
from kg.statements.frames import Frames

__all__ = [
    "Argument",
    "Oblique",
    "agents_of",
    "antecedent_of",
    "is_impersonal",
    "marker_of",
    "misplaced",
    "obliques_of",
    "own_subjects",
]


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant: its head word, and how it was found ("own", "relative", "shared", "control", "modified")."""

    token: Token
    how: str = "own"


@dataclass(frozen=True, slots=True)
class Oblique:
    """A participant behind a preposition; `argument` is whether the parser holds it to be part of the verb's sense."""

    marker: str
    token: Token
    argument: bool = False


def marker_of(tree: Tree, token: Token, frames: Frames, *relations: str) -> str:
    """The preposition or conjunction before a word, as the lexicon writes it; empty where there is none."""
    words: list[Token] = []
    for child in tree.children(token, *(relations or ("case", "mark"))):
        if child.index < token.index:
            words += [child, *tree.exactly(child, "fixed")]
    if not words:
        return ""
    return frames.canonical(" ".join(word.text for word in sorted(words, key=lambda item: item.index)))


def agents_of(tree: Tree, head: Token, lemma: str, frames: Frames, *, passive: bool) -> list[Token]:
    """By whom something is done: what the parser calls so, or else somebody behind « par » with a passive.

    « accusé de fraude »: what the verb takes with « de » is no agent.
    """
    around = [(child, marker_of(tree, child, frames, "case")) for child in tree.children(head, "obl")]
    taken = {
        marker
        for frame in frames.senses.get(lemma, [])
        for marker in (*frame.object_markers, *dict(frame.complements))
    }
    found = [
        child
        for child, marker in around
        if child.deprel == "obl:agent" and not (frames.is_a(marker, "of") and marker in taken)
    ]
    if found or not passive:
        return found
    return [
        child
        for child, marker in around
        if frames.is_a(marker, "by")
        and not frames.is_a(marker, "of")
        and (child.upos == "PROPN" or tree.child(child, "det"))
    ]


def is_impersonal(tree: Tree, head: Token, frames: Frames) -> bool:
    """Whether the verb has an empty subject: « il faut »."""
    return any(child.deprel.startswith("expl:subj") for child in tree.children(head, "expl"))


def own_subjects(tree: Tree, head: Token, frames: Frames) -> Iterator[Argument]:
    """The subjects that the tree hangs from a verb; the noun that a relative pronoun stands for."""
    found = [
        item
        for item in tree.exactly(head, "nsubj", "nsubj:pass", "nsubj:caus", "nsubj:outer")
        if item not in misplaced(tree, head)
    ]
    for child in found:
        antecedent = antecedent_of(tree, child, frames)
        how = "own" if antecedent.index == child.index else "relative"
        for item in tree.conjuncts(antecedent):
            if item.upos not in ("VERB",) or how == "own":
                yield Argument(item, how)


def misplaced(tree: Tree, head: Token) -> list[Token]:
    """A second subject, behind a verb that has one before it, is an object."""
    found = tree.exactly(head, "nsubj")
    before = [item for item in found if item.index < head.index]
    after = [item for item in found if item.index > head.index and item.upos in ("NOUN", "PROPN")]
    return after if before else []


def antecedent_of(tree: Tree, token: Token, frames: Frames) -> Token:
    """The noun that a relative pronoun stands for: the one its clause modifies."""
    if token.feature("PronType") != "Rel" and not (
        token.upos == "PRON" and frames.is_a(frames.canonical(token.text), "relative")
    ):
        return token
    for above in (token, *tree.ancestors(token)):
        if above.deprel == "acl:relcl" or above.deprel == "acl":
            return _agreeing(tree, token, above) if above.head >= 0 else token
    return token


def _agreeing(tree: Tree, pronoun: Token, clause: Token) -> Token:
    """The noun that a relative clause modifies; where its verb shows another number, the nearest above that has it."""
    noun = tree.tokens[clause.head]
    finite = [
        item for item in (clause, *tree.children(clause, "aux", "cop")) if item.feature("VerbForm") == "Fin"
    ]
    number = finite[0].feature("Number") if finite and tree.head(pronoun) is clause else ""
    if not pronoun.deprel.startswith("nsubj") or not number or noun.feature("Number") in ("", number):
        return noun
    if tree.child(noun, "conj"):
        return noun
    above = [item for top in tree.ancestors(noun) for item in (top, *tree.children(top, "nsubj"))]
    nouns = [item for item in above if item.upos in ("NOUN", "PROPN") and item.index < pronoun.index]
    return next((item for item in nouns if item.feature("Number") == number), noun)


def obliques_of(tree: Tree, head: Token, frames: Frames, consumed: Collection[int]) -> Iterator[Oblique]:
    """What prepositions bring to a verb, but for the words that are used up already."""
    for child in tree.children(head, "obl", "nmod", "advmod", "dislocated"):
        base = child.deprel.split(":")[0]
        if child.index in consumed:
            continue
        if base == "advmod" and child.upos not in ("NOUN", "PROPN", "PRON"):
            continue
        marker = marker_of(tree, child, frames, "case", "mark")
        marker, child = _through_locution(tree, child, marker, frames)
        for item in tree.conjuncts(child):
            yield Oblique(
                marker_of(tree, item, frames, "case")
                if item is not child and tree.child(item, "case")
                else marker,
                antecedent_of(tree, item, frames),
                child.deprel == "obl:arg",
            )


def _through_locution(tree: Tree, child: Token, marker: str, frames: Frames) -> tuple[str, Token]:
    """« au cours de la réunion »: the noun of a prepositional locution is part of the preposition."""
    for inner in tree.children(child, "nmod", "obl"):
        locution = f"{marker} {child.text.lower()} {marker_of(tree, inner, frames, 'case')}".strip()
        if locution in frames.defaults or locution in frames.attribution:
            return locution, inner
    return marker, child
