"""Questions to a dependency tree: what every later stage asks of a sentence, and nothing of one language.

Relations and parts of speech are those of Universal Dependencies v2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, wraps
from typing import Any, TypeVar, TypeVarTuple, cast

from kg.model import Sentence, Token

__all__ = ["Tree", "remembered"]

Answer = TypeVar("Answer")
More = TypeVarTuple("More")
# What hangs from a word without dependents, or none of the kind.
NONE: list[Token] = []
NOWHERE: list[int] = []
UNASKED: Any = object()
UNRELATED: dict[str, list[Token]] = {}


class Tree:
    """A sentence with its children at hand.

    Token arguments and results are `Token`s of that sentence; subtrees are in text order. What was asked once is
    remembered, for the stages ask the same of the same words: the lists are not to be changed. Relations are parameters
    with a default, for that is called in half the time of what takes any number of them.
    """

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        # Most words have no dependents: these share one empty answer.
        self._below: list[list[Token]] = [NONE] * len(sentence.tokens)
        self._places: list[list[int]] = [NOWHERE] * len(sentence.tokens)
        # The dependents by relation, once by the full one and once by its base.
        self._by_relation: list[dict[str, list[Token]]] = [UNRELATED] * len(sentence.tokens)
        below, places, by_relation = self._below, self._places, self._by_relation
        for token in sentence.tokens:
            head, relation = token.head, token.deprel
            if head < 0:
                continue
            known = by_relation[head]
            if known is UNRELATED:
                by_relation[head] = {relation: [token]}
                below[head], places[head] = [token], [token.index]
            else:
                below[head].append(token)
                places[head].append(token.index)
                if relation in known:
                    known[relation].append(token)
                else:
                    known[relation] = [token]
            if ":" in relation:
                by_relation[head].setdefault(relation.partition(":")[0], []).append(token)
        self._subtrees: dict[tuple[int, tuple[str, ...] | frozenset[str]], list[Token]] = {}
        self.answers: defaultdict[object, dict[object, Any]] = defaultdict(dict)

    @cached_property
    def roots(self) -> list[Token]:
        """The words that hang from nothing; one in a well-formed tree."""
        return [token for token in self.tokens if token.head < 0]

    def head(self, token: Token) -> Token | None:
        """The word that this one depends on."""
        return self.tokens[token.head] if token.head >= 0 else None

    def children(
        self, token: Token, first: str = "", second: str = "", third: str = "", fourth: str = ""
    ) -> list[Token]:
        """The dependents in text order; with relations, those alone ("nsubj" also finds "nsubj:pass")."""
        known = self._by_relation[token.index]
        if not known:
            return NONE
        if not second:
            return known.get(first, NONE) if first else self._below[token.index]
        found = known.get(first, NONE)
        for relation in (second, third, fourth) if third else (second,):
            if relation in known:
                some = known[relation]
                if found is NONE:
                    found = some
                elif some is not found:
                    several = [known[name] for name in (first, second, third, fourth) if name in known]
                    either = {child.index: child for some in several for child in some}
                    return [either[index] for index in sorted(either)]
        return found

    def relations(self, token: Token) -> Mapping[str, list[Token]]:
        """The dependents by their relation, full and base."""
        return self._by_relation[token.index]

    def child(self, token: Token, relation: str, second: str = "", third: str = "") -> Token | None:
        """The first such dependent."""
        if second:
            found = self.children(token, relation, second, third)
        else:
            found = self._by_relation[token.index].get(relation, NONE)
        return found[0] if found else None

    def has(self, token: Token, relation: str, second: str = "", third: str = "") -> bool:
        """Whether something hangs from the word by one of these relations (full or base)."""
        known = self._by_relation[token.index]
        return relation in known or second in known or third in known

    def exactly(
        self, token: Token, relation: str, second: str = "", third: str = "", fourth: str = ""
    ) -> list[Token]:
        """The dependents whose full relation, subtype included, is one of these."""
        known = self._by_relation[token.index]
        if second:
            wanted = (relation, second, third, fourth)
            if known.keys().isdisjoint(wanted):
                return NONE
            return [child for child in self._below[token.index] if child.deprel in wanted]
        some = known.get(relation, NONE)
        if some is NONE or ":" in relation:
            return some
        return [child for child in some if child.deprel == relation]

    def subtree(self, token: Token, without: tuple[str, ...] | frozenset[str] = ()) -> list[Token]:
        """The word and all below it, in text order, leaving out branches by these relations (full or base)."""
        if not self._below[token.index]:
            return [token]
        asked = (token.index, without)
        found = self._subtrees.get(asked)
        if found is None:
            places = sorted(self.reach(token, without))
            found = self._subtrees[asked] = [self.tokens[index] for index in places]
        return found

    def reach(self, token: Token, without: tuple[str, ...] | frozenset[str] = ()) -> list[int]:
        """The places of the words of a subtree, in any order."""
        if not self._below[token.index]:
            return [token.index]
        indices = [token.index]
        for here in indices:  # which grows by the dependents of each
            known = self._by_relation[here]
            if not known:
                continue
            if known.keys().isdisjoint(without):
                indices += self._places[here]
            else:
                barred = {child.index for name in known if name in without for child in known[name]}
                indices += [index for index in self._places[here] if index not in barred]
        return indices

    def ancestors(self, token: Token) -> Iterator[Token]:
        """The words above, nearest first."""
        here, left = token, len(self.tokens)
        # A tree has no cycle; what is given as one and has, ends too.
        while here.head >= 0 and left:
            here, left = self.tokens[here.head], left - 1
            yield here

    def below(self, token: Token, top: Token) -> bool:
        """Whether the first word hangs, at any depth, from the second, or is it."""
        here, left = token, len(self.tokens)
        while here.index != top.index:
            if here.head < 0 or not left:
                return False
            here, left = self.tokens[here.head], left - 1
        return True

    def depth(self, token: Token) -> int:
        """How many words stand above this one."""
        here, depth = token, 0
        while here.head >= 0 and depth < len(self.tokens):
            here, depth = self.tokens[here.head], depth + 1
        return depth

    def conjuncts(self, token: Token) -> list[Token]:
        """The word and those coordinated to it, in text order.

        UD hangs them all from the first; a parser that hangs one from another means no more by it.
        """
        found = [token]
        if not self.has(token, "conj"):
            return found
        for item in found:  # which grows by the coordinates of each
            found += self.exactly(item, "conj")
        return sorted(found, key=lambda item: item.index) if len(found) > 2 else found

    def text(self, tokens: list[Token]) -> str:
        """The exact text from the first to the last of these words."""
        start, end = min([t.start for t in tokens]), max([t.end for t in tokens])
        return self.sentence.text[start - self.sentence.start : end - self.sentence.start]


def remembered(ask: Callable[[Tree, Token, *More], Answer]) -> Callable[[Tree, Token, *More], Answer]:
    """A question about a word of a tree, and at most one thing more, that is answered once; the answer is not to be changed."""
    asking = cast("Callable[..., Answer]", ask)

    @wraps(ask)
    def answer(tree: Tree, token: Token, more: object = None) -> Answer:
        answers = tree.answers[ask]
        asked = token.index if more is None else (token.index, more)
        found: Answer = answers.get(asked, UNASKED)
        if found is UNASKED:
            found = answers[asked] = asking(tree, token) if more is None else asking(tree, token, more)
        return found

    return cast("Callable[[Tree, Token, *More], Answer]", answer)
