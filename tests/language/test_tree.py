"""Questions to a tree, against the plainest way to answer them."""

from __future__ import annotations

from random import Random

import pytest

from kg.language.tree import Tree, remembered
from kg.model import Sentence, Token

RELATIONS = ("nsubj", "nsubj:pass", "obj", "obl", "obl:arg", "conj", "det", "case")


def grown(seed: int) -> Tree:
    """A tree of any shape, crossing branches included."""
    chance = Random(seed)
    order = list(range(12))
    chance.shuffle(order)
    heads = {order[0]: -1} | {word: chance.choice(order[:at]) for at, word in enumerate(order) if at}
    tokens = [
        Token(
            word, 2 * word, 2 * word + 1, "x", "x", "NOUN", (), heads[word], chance.choice(RELATIONS) if heads[word] >= 0 else "root"
        )
        for word in range(12)
    ]  # fmt: skip
    return Tree(Sentence(0, 0, 23, " ".join("x" * 12), tuple(tokens)))


def is_a(token: Token, relations: tuple[str, ...]) -> bool:
    return token.deprel in relations or token.deprel.partition(":")[0] in relations


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("relations", [("nsubj",), ("obl:arg", "obj"), ("obl", "obl", "conj")])
def test_dependents_are_those_that_hang_from_the_word(seed: int, relations: tuple[str, ...]) -> None:
    tree = grown(seed)
    for token in tree.tokens:
        below = [other for other in tree.tokens if other.head == token.index]
        assert tree.children(token) == below
        assert tree.children(token, *relations) == [other for other in below if is_a(other, relations)]
        assert tree.exactly(token, *relations) == [other for other in below if other.deprel in relations]
        assert tree.child(token, *relations) == next(iter(tree.children(token, *relations)), None)
        assert tree.has(token, *relations) == bool(tree.children(token, *relations))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("without", [(), ("nsubj",), ("obl:arg", "conj")])
def test_a_subtree_leaves_out_whole_branches(seed: int, without: tuple[str, ...]) -> None:
    tree = grown(seed)
    for top in tree.tokens:
        kept = []
        for token in tree.tokens:
            way = [token, *tree.ancestors(token)]
            if top in way and not any(is_a(step, without) for step in way[: way.index(top)]):
                kept.append(token)
        assert tree.subtree(top, without) == kept


def test_a_question_is_asked_once_for_a_word_and_what_else_is_asked_with() -> None:
    asked = []

    @remembered
    def question(tree: Tree, token: Token, other: str) -> str:
        asked.append(token.index)
        return f"{token.index} {other}"

    tree = grown(1)
    assert [question(tree, tree.tokens[at], "a") for at in (0, 1, 0)] == ["0 a", "1 a", "0 a"]
    assert question(tree, tree.tokens[0], "b") == "0 b"
    assert asked == [0, 1, 0]
