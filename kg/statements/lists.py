"""What stands behind a plural for the several things that it names: « des villes comme Lyon », « deux villes : Lyon et Nantes »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.language.tree import Tree, remembered
from kg.model import Token
from kg.statements.frames import Frames
from kg.statements.markers import marker_of

__all__ = ["examples_of", "is_example", "listed", "those_meant"]

# The sign of names that stand straight behind what they are.
NAMED = "named"

# What hangs from a noun and ends no phrase, or may be the example itself.
APART = ("appos", "conj", "parataxis", "punct", "advcl", "acl")
# What can be an example of something.
NOMINAL = ("NOUN", "PROPN", "PRON")


def listed(tree: Tree, noun: Token, frames: Frames) -> list[tuple[Token, str]]:
    """What is named as an example of a plural or listed behind it, and by which sign.

    > des villes comme Lyon et Nantes, des maires, dont celui de Brest
    > deux villes ont voté : Lyon et Nantes
    > Lyon et d'autres villes
    > des villes refusent, comme Lyon; il a vu plusieurs villes, notamment Lyon
    > les ministres Anne Roux et Paul Roy
    """
    return _listed(tree, noun, frames) if noun.feature("Number") != "Sing" else []


@remembered
def _listed(tree: Tree, noun: Token, frames: Frames) -> list[tuple[Token, str]]:
    found: dict[int, tuple[Token, str]] = {}
    for child in tree.children(noun, "nmod", "appos", "acl"):
        opening = marker_of(tree, child, frames, "case", "mark", "nmod")
        if child.index > noun.index and child.upos in NOMINAL and frames.is_a(opening, "example"):
            for item in tree.conjuncts(child):
                if item.upos in NOMINAL:
                    found.setdefault(item.index, (item, opening))
    for item in _named(tree, noun, frames):
        found.setdefault(item.index, (item, NAMED))
    for item in _led(tree, noun, frames):
        found.setdefault(item.index, (item, "led"))
    for item in (*_such(tree, noun, frames), *_beside(tree, noun, frames)):
        found.setdefault(item.index, (item, "beside"))
    for item in _counted(tree, noun):
        found.setdefault(item.index, (item, "list"))
    first = tree.head(noun) if noun.deprel == "conj" else None
    others = tree.children(noun, "amod", "det") if first is not None else ()
    if first is not None and any(frames.is_a(item.lemma, "other") for item in others):
        for item in tree.conjuncts(first):
            if item.index < noun.index and item.upos == "PROPN":
                found.setdefault(item.index, (item, "others"))
    # « trois ans de prison, dont un an ferme »: a part of it, and none of that kind.
    return [found[index] for index in sorted(found) if found[index][0].lemma != noun.lemma]


def those_meant(tree: Tree, noun: Token, frames: Frames) -> list[Token]:
    """Of whom is said what is said of a noun: of each named straight behind it, else of it and what is coordinated to it."""
    found: list[Token] = []
    for item in tree.conjuncts(noun):
        found += [one for one in _named(tree, item, frames) or [item] if one not in found]
    return found


def examples_of(tree: Tree, noun: Token, frames: Frames) -> list[Token]:
    """« des villes comme Lyon et Nantes », « deux villes (Lyon et Nantes) »: of whom what is said of all is said too."""
    return [item for item, sign in listed(tree, noun, frames) if sign != NAMED]


def _named(tree: Tree, noun: Token, frames: Frames) -> list[Token]:
    """« les ministres Anne Roux et Paul Roy », « les villes de Lens et Lille »: several names straight behind what all of them are."""
    if noun.upos != "NOUN" or noun.feature("Number") == "Sing":
        return []
    for child in tree.children(noun, "nmod", "appos", "flat"):
        if child.upos != "PROPN" or child.index < noun.index:
            continue
        several = tree.conjuncts(child)
        between = {item.upos for item in tree.tokens[noun.index + 1 : child.index]}
        kind = frames.is_a(noun.lemma, "kind of place") and frames.is_a(
            marker_of(tree, child, frames, "case"), "of"
        )
        plain = between <= {"ADJ"} or (kind and between <= {"ADP"})
        if plain and len(several) > 1 and all(item.upos == "PROPN" for item in several):
            return several
    return []


def is_example(tree: Tree, token: Token, frames: Frames) -> bool:
    """« des dégâts, comme la toiture », « comme Brest, la ville refuse »: set off, a name or a noun with an article is no role."""
    first = tree.subtree(token)[0]
    before = tree.tokens[first.index - 1].text if first.index else ","
    named = token.upos == "PROPN" or tree.child(token, "det") is not None
    return named and "," in (first.text, before) and _opens(tree, token, frames)


def _opens(tree: Tree, token: Token, frames: Frames) -> bool:
    """Whether what stands before a word opens examples: « comme », « notamment », but not « notamment dans »."""
    marker = marker_of(tree, token, frames, "case", "mark")
    if marker:
        return frames.is_a(marker, "example")
    adverbs = tree.exactly(token, "advmod")
    return any(frames.is_a(item.lemma, "for example") and item.index < token.index for item in adverbs)


def _beside(tree: Tree, noun: Token, frames: Frames) -> Iterator[Token]:
    """What stands straight behind the phrase, wherever the tree hangs it, or ends the clause of which it is the subject.

    > Il ferme des sites du nord, notamment Brest.
    > Des clients ont été trompés, notamment ceux de Brest.
    """
    if "," not in tree.sentence.text:
        return
    last = tree.subtree(noun, without=APART)[-1].index
    found = [tree.tokens[last + 2].head] if _is_comma(tree, last + 1) and last + 2 < len(tree.tokens) else []
    above = tree.head(noun) if noun.deprel.startswith("nsubj") else None
    if above is not None and not tree.exactly(above, "obj"):
        behind = tree.children(above, "obl", "appos", "parataxis", "conj")
        found += [item.index for item in behind if item.index > above.index and not tree.child(item, "case")]
    for index in found:
        if (
            index > last + 1
            and tree.tokens[index].upos in NOMINAL
            and is_example(tree, tree.tokens[index], frames)
        ):
            yield from tree.conjuncts(tree.tokens[index])


def _is_comma(tree: Tree, index: int) -> bool:
    return index < len(tree.tokens) and tree.tokens[index].text == ","


def _such(tree: Tree, noun: Token, frames: Frames) -> Iterator[Token]:
    """« des villes telles que Lyon »: what the conjunction behind the adjective stands before, wherever the tree hangs it."""
    for such in tree.exactly(noun, "amod"):
        behind = tree.tokens[such.index + 1 : such.index + 2] if such.index > noun.index else ()
        for mark in behind:
            first = tree.head(mark)
            if first is not None and frames.is_a(frames.canonical(f"{such.text} {mark.text}"), "example"):
                yield from tree.conjuncts(first)


def _led(tree: Tree, noun: Token, frames: Frames) -> Iterator[Token]:
    """« les élus, à commencer par le maire »: who is named first, hung from the noun or from its clause."""
    above = tree.head(noun) if noun.deprel.startswith("nsubj") else None
    for bearer in (noun, above):
        for verb in tree.children(bearer, "advcl", "acl") if bearer is not None else ():
            marker = marker_of(tree, verb, frames, "mark", "case")
            if verb.index > noun.index and frames.is_a(f"{marker} {verb.lemma}", "example"):
                for item in tree.children(verb, "obl"):
                    yield from tree.conjuncts(item)


def _counted(tree: Tree, noun: Token) -> list[Token]:
    """« deux villes ont voté : Lyon et Nantes »: as many names behind the colon or parenthesis as the plural has things."""
    if not tree.has(noun, "nummod"):
        return []
    opening = next((item for item in tree.tokens[noun.index + 1 :] if item.text in (":", "(")), None)
    if opening is None:
        return []
    rest: Sequence[Token] = tree.tokens[opening.index + 1 :]
    if opening.text == "(":
        rest = rest[: next((place for place, item in enumerate(rest) if item.text == ")"), len(rest))]
    else:
        rest = _outside_brackets(rest)
    names = [
        item
        for item in rest
        if item.upos == "PROPN"
        and not item.deprel.startswith(("flat", "fixed"))
        and not tree.child(item, "case")
        and not (item.deprel.startswith("nmod") and tree.tokens[item.head].upos == "PROPN")
    ]
    return names if len(names) > 1 else []


def _outside_brackets(tokens: Sequence[Token]) -> list[Token]:
    """« Anne Roux (PS, Brest) et Paul Roy (LR) »: what is told of each name in parentheses is none of those listed."""
    found: list[Token] = []
    depth = 0
    for item in tokens:
        depth += (item.text == "(") - (item.text == ")")
        if depth < 1:
            found.append(item)
    return found
