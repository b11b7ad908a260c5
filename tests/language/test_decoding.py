"""Scores become trees with one root and name tags that fit together."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.language.decoding import best_tags, best_tree, name_spans

LABELS = ("B-Person", "B-Place", "E-Person", "E-Place", "I-Person", "I-Place", "O", "S-Person", "S-Place")


@st.composite
def scores(draw, most=7):
    count = draw(st.integers(1, most))
    values = st.floats(-10, 10, width=32)
    return draw(arrays(np.float32, (count, count + 1), elements=values))


@settings(deadline=None)
@given(scores())
def test_heads_are_a_tree_with_one_root(values):
    heads = best_tree(values)
    assert heads.count(-1) == 1
    assert all(_reaches_root(heads, word) for word in range(len(heads)))


@settings(deadline=None)
@given(scores(most=4))
def test_no_tree_with_that_root_is_better(values):
    heads = best_tree(values)
    root = heads.index(-1)
    count = len(heads)
    others = (
        tree
        for tree in product(range(-1, count), repeat=count)
        if tree.count(-1) == 1
        and tree[root] == -1
        and all(_reaches_root(tree, word) for word in range(count))
    )
    best = max(_value(values, tree) for tree in others)
    assert _value(values, heads) >= best - 1e-3


@settings(deadline=None)
@given(
    st.integers(1, 8).flatmap(
        lambda n: arrays(np.float32, (n, len(LABELS)), elements=st.floats(-5, 5, width=32))
    )
)
def test_tags_fit_together(values):
    tags = best_tags(values, LABELS)
    covered = [index for first, last, _ in name_spans(tags) for index in range(first, last + 1)]
    assert covered == [index for index, tag in enumerate(tags) if tag != "O"]
    for first, last, kind in name_spans(tags):
        assert {tag[2:] for tag in tags[first : last + 1]} == {kind}


def _reaches_root(heads, word) -> bool:
    seen = set()
    while word != -1:
        if word in seen:
            return False
        seen.add(word)
        word = heads[word]
    return True


def _value(values, heads) -> float:
    return float(sum(values[word, head + 1] for word, head in enumerate(heads) if head >= 0))
