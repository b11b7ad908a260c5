"""Prepositions and conjunctions before a word, and what some of them show: whose deed, who is believed."""

from __future__ import annotations

from kg.language.tree import Tree
from kg.model import Token
from kg.statements.frames import Frames

__all__ = [
    "does_it",
    "equals_sign",
    "is_cleft",
    "is_told",
    "marker_of",
    "possessive_of",
    "stands_quoted",
    "trusts",
]


def marker_of(
    tree: Tree, token: Token, frames: Frames, first: str = "", second: str = "", third: str = ""
) -> str:
    """The preposition or conjunction before a word, as the lexicon writes it; empty where there is none."""
    beside = tree.children(token, first, second, third) if first else tree.children(token, "case", "mark")
    if not beside:
        return ""
    words: list[Token] = []
    for child in beside:
        if child.index < token.index:
            words += [child, *tree.exactly(child, "fixed")]
    if len(words) < 2:
        return frames.canonical(words[0].text) if words else ""
    return frames.canonical(" ".join([word.text for word in sorted(words, key=_place)]))


def _place(word: Token) -> int:
    return word.index


def trusts(tree: Tree, verb: Token, frames: Frames) -> bool:
    """« à en croire le maire », « si l'on en croit le maire »: a verb that names who says what stands beside it."""
    return (
        verb.deprel == "advcl"
        and frames.is_a(verb.lemma, "trust")
        and any(
            frames.is_a(item.text.lower(), "thereof") for item in tree.children(verb, "iobj", "obl", "expl")
        )
        and bool(tree.exactly(verb, "obj"))
    )


def is_told(tree: Tree, token: Token, frames: Frames) -> bool:
    """« suivi d'un débat », « connu du juge », but « suivi de près »: a name, or a noun with an article, contracted or not."""
    if token.upos in ("PROPN", "PRON") or tree.child(token, "det", "nummod"):
        return True
    return any(
        item.text.isalpha() and item.text.lower() in frames.contractions
        for item in tree.exactly(token, "case")
    )


def does_it(tree: Tree, token: Token, frames: Frames) -> bool:
    """« le refus du maire », « la décision de Paul Roy »: whether the complement of a noun may be whose deed that is."""
    return is_told(tree, token, frames) and frames.is_a(marker_of(tree, token, frames, "case"), "of")


def is_cleft(tree: Tree, predicate: Token, subject: Token) -> bool:
    """« C'est le maire qui décide »: sets apart who does it; « c'est un maire qui décide » may tell what somebody is.

    So does a comma before the relative, but one that ends an apposition.
    """
    if subject.feature("PronType") != "Dem" or tree.children(subject):
        return False
    known = predicate.upos in ("PROPN", "PRON") or any(
        item.feature("Definite") == "Def" or item.feature("Poss") == "Yes"
        for item in tree.children(predicate, "det")
    )
    clauses = tree.exactly(predicate, "advcl:cleft", "acl:relcl") if known else ()
    return any(
        (tree.subtree(item)[0].text != "," or tree.has(predicate, "appos"))
        and any(done.feature("PronType") == "Rel" for done in tree.children(item, "nsubj"))
        for item in clauses
    )


def possessive_of(tree: Tree, noun: Token) -> Token | None:
    """« sa décision »: the word beside a noun that tells whose that is."""
    for item in tree.children(noun, "det", "nmod"):
        if item.feature("Poss") == "Yes":
            return item
    return None


def equals_sign(tree: Tree, token: Token, frames: Frames) -> Token | None:
    """« 300 postes, soit un tiers des effectifs »: the word that says that what follows is as much as what stands before."""
    signs = (item for item in tree.children(token, "advmod", "cc", "mark") if item.index < token.index)
    return next((item for item in signs if frames.is_a(item.text.lower(), "that is")), None)


def stands_quoted(tree: Tree, token: Token) -> bool:
    """Whether a quotation is open where the word stands."""
    texts = [item.text for item in tree.tokens[: token.index]]
    return texts.count("«") > texts.count("»")
