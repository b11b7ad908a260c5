"""Amounts of another time set against the one that a clause states: « atteint 5 %, contre 4 % en mai »."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.language.tree import Tree
from kg.model import Amount, Node, Period, Span, Token, ValueMention, record
from kg.statements.article import Article

__all__ = ["DURATIONS", "Contrast", "contrasts", "is_against"]

# Units of amounts that are stretches of time.
DURATIONS = frozenset(
    {"second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century"}
)

# What may stand between the preposition and its amount.
BEFORE_AMOUNT = frozenset({"ADV", "DET", "ADP"})


@record
class Contrast:
    """An amount behind « contre », when it held, the amount that it is set against, and the words that say so."""

    amount: ValueMention
    time: Node
    stated: ValueMention
    span: Span


def contrasts(article: Article, tree: Tree) -> list[Contrast]:
    """The amounts set against another in a sentence, each with its time."""
    known = ("contrasts", tree.sentence.index)
    if known not in article.answers:
        signs = [
            token
            for token in (tree.tokens if len(article.values_of(tree)) > 1 else ())
            if token.upos == "ADP" and article.frames.is_a(token.lemma, "noun against")
        ]
        article.answers[known] = [item for sign in signs for item in _behind(article, tree, sign)]
    found: list[Contrast] = article.answers[known]
    return found


def _behind(article: Article, tree: Tree, sign: Token) -> Iterator[Contrast]:
    """The amounts behind one preposition, as far as the next mark."""
    values = article.values_of(tree)
    amounts = [item for item in values if _is_quantity(item)]
    rest = tree.tokens[sign.index + 1 :]
    marks = (token.start for token in rest if token.upos == "PUNCT" and token.text not in "%€$")
    end = next(marks, tree.sentence.end)
    after = [item for item in amounts if sign.end <= item.start < end]
    before = [item for item in amounts if item.end <= sign.start]
    if not after or not before or not _close(tree, sign, after[0]):
        return
    stated = before[-1]
    for place, item in enumerate(after):
        limit = after[place + 1].start if place + 1 < len(after) else end
        time = _time(article, tree, values, item.end, limit)
        if time is not None and _unit(item) in ("", _unit(stated)):
            yield Contrast(
                _alike(item, stated), time, stated, Span(sign.start if place == 0 else item.start, limit)
            )


def _alike(item: ValueMention, stated: ValueMention) -> ValueMention:
    """« 3 milliards d'euros, contre 2 milliards en 2015 »: the unit said once is that of both."""
    if not isinstance(item.value, Amount) or item.value.unit:
        return item
    return replace(item, value=replace(item.value, unit=_unit(stated)))


def _time(article: Article, tree: Tree, values: list[ValueMention], start: int, end: int) -> Node | None:
    """« en mai », « l'an dernier », « il y a un an », « un an plus tôt »: when, as the words between two offsets tell."""
    inside = [item for item in values if start <= item.start and item.end <= end]
    for value in inside:
        if isinstance(value.value, Period):
            return article.value_node(value)
    words = [token for token in tree.tokens if start <= token.start and token.end <= end]
    while words and words[-1].upos in ("CCONJ", "PUNCT", "ADP"):
        words = words[:-1]
    return article.words_node(tree, words, "Date") if inside and len(words) > 1 else None


def _is_quantity(item: ValueMention) -> bool:
    return isinstance(item.value, Amount) and item.value.unit not in DURATIONS


def _unit(item: ValueMention) -> str:
    return item.value.unit if isinstance(item.value, Amount) else ""


def _close(tree: Tree, sign: Token, amount: ValueMention) -> bool:
    between = (token for token in tree.tokens[sign.index + 1 :] if token.end <= amount.start)
    return all(token.upos in BEFORE_AMOUNT for token in between)


def is_against(article: Article, tree: Tree, token: Token) -> bool:
    """Whether the word stands in what such an amount says, and so says nothing of the clause around."""
    return any(item.span.start <= token.start < item.span.end for item in contrasts(article, tree))
