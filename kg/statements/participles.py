"""Of whom or of what a participle tells: the noun it agrees with, the one straight before it, the subject of the clause."""

from __future__ import annotations

from kg.language.tree import Tree
from kg.model import Token
from kg.statements.arguments import agree
from kg.statements.clauses import Clause
from kg.statements.frames import Frames
from kg.statements.markers import marker_of

__all__ = ["clause_around", "is_beside", "modified", "thing_before"]


def is_beside(tree: Tree, head: Token, frames: Frames) -> bool:
    """« Le maire a fermé la route, invoquant la neige »: a present participle behind a comma, not of a verb that tells of things.

    « Un sommet se tient à Genève réunissant dix pays »: nothing is said of a named place so, with a comma or without.
    """
    bearer = next(iter(tree.children(head, "aux")), head)
    comma = _set_apart(tree, head)
    present = bearer.feature("Tense") == "Pres" and bearer.feature("VerbForm") == "Part"
    noun = tree.tokens[head.head]
    where = noun.upos == "PROPN" and noun.deprel.startswith("obl") and tree.has(noun, "case")
    return present and (where or (comma and not frames.is_a(head.lemma, "of a thing")))


def _set_apart(tree: Tree, head: Token) -> bool:
    first = tree.subtree(head)[0]
    return first.text == "," or (first.index > 0 and tree.tokens[first.index - 1].text == ",")


def clause_around(tree: Tree, head: Token, by_head: dict[int, Clause]) -> Clause | None:
    """The clause around a participle whose noun stands behind the verb, if it has a subject before it."""
    noun = tree.tokens[head.head]
    around = next((by_head[item.index] for item in tree.ancestors(noun) if item.index in by_head), None)
    if around is None or not around.head.index < noun.index or around.passive:
        return None
    before = [item for item in around.subjects if item.token.index < around.head.index]
    return around if before else None


def thing_before(tree: Tree, head: Token) -> Token | None:
    """« un vote sur la réforme, visant à durcir la loi »: the nearest noun with an article before such a participle."""
    start = tree.subtree(head)[0].index
    for item in reversed(tree.tokens[:start]):
        if item.upos in ("VERB", "AUX"):
            return None
        if item.upos == "NOUN" and tree.child(item, "det"):
            return item
    return None


def modified(tree: Tree, head: Token, above: Token, frames: Frames) -> Token:
    """« le discours de Prague portant sur la paix »: what tells names apart is a comma, so it is said of the noun."""
    noun = tree.head(above)
    if head.feature("Tense") == "Pres" and not tree.children(head, "aux"):
        # « le décret du maire interdisant la chasse »: what somebody wrote or decided does it
        if frames.is_a(above.lemma, "deed"):
            return above
        wrote = noun is not None and above.deprel == "nmod" and frames.is_a(noun.lemma, "deed")
        known = above.upos == "PROPN" or any(
            item.feature("Definite") == "Def" or (item.text.isalpha() and item.text in frames.contractions)
            for item in tree.children(above, "det", "case")
        )  # and not « le conseil d'une ville visant les élus »
        if wrote and known and noun and frames.is_a(marker_of(tree, above, frames, "case"), "of"):
            return noun
        # « les passagers du car appartenant à la ville »: the noun with an article that stands straight before it.
        near = tree.tokens[head.index - 1]
        if near.upos == "NOUN" and tree.child(near, "det") and tree.below(near, above):
            return near
    # « Le bénéfice a bondi à deux milliards, tiré par la demande »: no amount is told of, but what has it.
    amount = above.deprel.startswith("obl") and tree.has(above, "nummod") and _set_apart(tree, head)
    if head.feature("Tense") != "Pres" and (amount or not agree(tree, head, above)):
        # « la libération de l'opposant, détenu depuis mai »: the nearest before it that agrees, below or above
        for near in reversed(tree.tokens[above.index + 1 : head.index]):
            inner = near.upos == "NOUN" and near.deprel == "nmod" and tree.below(near, above)
            if inner and not amount and agree(tree, head, near):
                return near
        around = (item for top in tree.ancestors(above) for item in (top, *tree.exactly(top, "nsubj")))
        others = (
            item
            for item in around
            if item.upos in ("NOUN", "PROPN") and item.index < head.index
            if not (amount and tree.has(item, "nummod"))
        )
        return next((item for item in others if agree(tree, head, item)), above)
    plain = head.feature("Tense") == "Pres" and tree.tokens[head.index - 1].text != ","
    named = above.upos == "PROPN" and above.deprel == "nmod" and bool(tree.child(above, "case"))
    return noun if plain and named and noun is not None and noun.upos == "NOUN" else above
