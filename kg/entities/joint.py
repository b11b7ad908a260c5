"""Two or more named or described side by side, of whom a plural may speak: « Anne Roux et le maire de Brest … ils »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.entities.lexicon import plain
from kg.entities.phrases import phrase_tokens
from kg.language.tree import Tree
from kg.model import Token

if TYPE_CHECKING:
    from kg.entities.reading import Reader

__all__ = ["joined"]

# Of which type those are that are spoken of together.
ACTING = ("Person", "Organization", "Place")


def joined(reader: Reader, tree: Tree, last: Token) -> tuple[list[int], str] | None:
    """The things, one of each and all of one type, that end with this word as a list, and how they are called; or None."""
    conjunction = tree.child(last, "cc") if last.deprel == "conj" else None
    if conjunction is None or plain(conjunction.text) not in reader.lexicon.functions["and"]:
        return None
    first = tree.tokens[last.head]
    while first.deprel == "conj":
        first = tree.tokens[first.head]
    words = [word for word in tree.subtree(first) if word is first or word.deprel == "conj"]
    numbers = [reader.at(tree, word) for word in words]
    things = [reader.memory.referents[number] for number in numbers if number >= 0]
    types = {thing.type for thing in things}
    single = all(thing.named or not thing.plural for thing in things)
    if words[-1] is not last or len(set(numbers)) < 2 or min(numbers) < 0 or len(types) > 1 or not single:
        return None
    if not types.issubset(ACTING):
        return None
    called = [_called(reader, tree, word) for word in words]
    return numbers, f"{', '.join(called[:-1])} {conjunction.text} {called[-1]}"


def _called(reader: Reader, tree: Tree, word: Token) -> str:
    """The name there, or the description without its determiner."""
    name = reader.name_at(tree.sentence.index, word.index)
    if name is not None:
        return name.text
    thing = reader.memory.referents[reader.at(tree, word)]
    if thing.named:
        return thing.label
    kept = [token for token in phrase_tokens(tree, word) if token.index >= word.index or token.upos != "DET"]
    start = kept[0].start - tree.sentence.start
    return tree.sentence.text[start : kept[-1].end - tree.sentence.start]
