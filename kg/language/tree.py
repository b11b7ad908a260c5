"""Questions to a dependency tree: what every later stage asks of a sentence, and nothing of one language.

Relations and parts of speech are those of Universal Dependencies v2.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from kg.model import Sentence, Token

__all__ = ["Tree"]


class Tree:
    """A sentence with its children at hand.

    Token arguments and results are `Token`s of that sentence; subtrees are in text order.
    """

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        below: list[list[Token]] = [[] for _ in sentence.tokens]
        for token in sentence.tokens:
            if token.head >= 0:
                below[token.head].append(token)
        self._below = below
        self._bases = [token.deprel.partition(":")[0] for token in sentence.tokens]

    @cached_property
    def roots(self) -> list[Token]:
        """The words that hang from nothing; one in a well-formed tree."""
        return [token for token in self.tokens if token.head < 0]

    def head(self, token: Token) -> Token | None:
        """The word that this one depends on."""
        return self.tokens[token.head] if token.head >= 0 else None

    def children(self, token: Token, *relations: str) -> list[Token]:
        """The dependents in text order; with relations, those alone ("nsubj" also finds "nsubj:pass")."""
        below = self._below[token.index]
        if not relations:
            return below
        return [
            child for child in below if child.deprel in relations or self._bases[child.index] in relations
        ]

    def child(self, token: Token, *relations: str) -> Token | None:
        """The first such dependent."""
        return next(iter(self.children(token, *relations)), None)

    def exactly(self, token: Token, *relations: str) -> list[Token]:
        """The dependents whose full relation, subtype included, is one of these."""
        return [child for child in self._below[token.index] if child.deprel in relations]

    def subtree(self, token: Token, without: tuple[str, ...] = ()) -> list[Token]:
        """The word and all below it, in text order, leaving out branches by these relations (full or base)."""
        found: list[Token] = []
        stack = [token]
        while stack:
            here = stack.pop()
            found.append(here)
            stack.extend(
                child
                for child in self._below[here.index]
                if child.deprel not in without and self._bases[child.index] not in without
            )
        return sorted(found, key=lambda item: item.index)

    def ancestors(self, token: Token) -> Iterator[Token]:
        """The words above, nearest first."""
        here, seen = token, {token.index}
        while here.head >= 0 and here.head not in seen:
            here = self.tokens[here.head]
            seen.add(here.index)
            yield here

    def below(self, token: Token, top: Token) -> bool:
        """Whether the first word hangs, at any depth, from the second, or is it."""
        return token.index == top.index or any(item.index == top.index for item in self.ancestors(token))

    def conjuncts(self, token: Token) -> list[Token]:
        """The word and those coordinated to it, in text order (UD hangs them all from the first)."""
        return [token, *self.exactly(token, "conj")]

    def text(self, tokens: list[Token]) -> str:
        """The exact text from the first to the last of these words."""
        start, end = min(t.start for t in tokens), max(t.end for t in tokens)
        return self.sentence.text[start - self.sentence.start : end - self.sentence.start]
