"""From scores to a tree, and from scores to a sequence of name tags that fit together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_tags", "best_tree", "name_spans"]

Scores = NDArray[np.float32]
NEVER = np.float32(-1e9)


def best_tree(scores: Scores) -> list[int]:
    """The heads of the best tree with one root: `scores[word, head]`, column 0 the root; heads from 0, root -1.

    >>> best_tree(np.array([[0, 0, 9, 0], [5, 1, 0, 0], [0, 1, 4, 0]], dtype=np.float32))
    [1, -1, 1]
    """
    scores = scores.copy()
    count = len(scores)
    words = np.arange(count)
    scores[words, words + 1] = NEVER
    if count > 1:
        root = int(np.argmax(scores[:, 0] - scores[:, 1:].max(axis=1)))
        scores[:, 0] = NEVER
    else:
        root = 0
    scores[root, :] = NEVER
    scores[root, 0] = 0.0
    heads = scores.argmax(axis=1)
    if _cycle(heads) is not None:
        square = np.full((count + 1, count + 1), NEVER, dtype=np.float64)
        square[1:] = scores
        heads = np.array(_edmonds(square)[1:])
    return [int(head) - 1 for head in heads]


def _cycle(heads: Sequence[int] | NDArray[np.intp]) -> list[int] | None:
    """The words of a cycle, counted from 1, where `heads[word - 1]` is the head of a word and 0 the root."""
    state = [0] * (len(heads) + 1)
    state[0] = 2
    for start in range(1, len(heads) + 1):
        path = []
        here = start
        while state[here] == 0:
            state[here] = 1
            path.append(here)
            here = int(heads[here - 1])
        if state[here] == 1:
            return path[path.index(here) :]
        for word in path:
            state[word] = 2
    return None


def _edmonds(scores: NDArray[np.float64]) -> list[int]:
    """Chu-Liu and Edmonds: heads of the highest-scoring tree below node 0; `scores[node, head]`."""
    count = len(scores)
    np.fill_diagonal(scores, -np.inf)
    heads = [0, *(int(head) for head in scores[1:].argmax(axis=1))]
    cycle = _cycle(heads[1:])
    if cycle is None:
        return heads
    inside = set(cycle)
    outside = [node for node in range(count) if node not in inside]
    merged = len(outside)
    small = np.full((merged + 1, merged + 1), -np.inf)
    small[:merged, :merged] = scores[np.ix_(outside, outside)]
    within = np.array([scores[node, heads[node]] for node in cycle])
    entering = scores[np.ix_(cycle, outside)] - within[:, None]
    leaving = scores[np.ix_(outside, cycle)]
    small[merged, :merged] = entering.max(axis=0)
    small[:merged, merged] = leaving.max(axis=1)
    found = _edmonds(small)
    result = list(heads)
    for place, node in enumerate(outside):
        if node != 0:
            up = found[place]
            result[node] = cycle[int(leaving[place].argmax())] if up == merged else outside[up]
    entry = found[merged]
    broken = cycle[int(entering[:, entry].argmax())]
    result[broken] = outside[entry]
    return result


def best_tags(scores: Scores, labels: tuple[str, ...]) -> list[str]:
    """The best sequence of B- I- E- S- O tags among those that fit together; `scores[word, label]`."""
    between, first, last = _fitting(labels)
    likely = scores.argmax(axis=1)
    if first[likely[0]] == last[likely[-1]] == 0 and not between[likely[:-1], likely[1:]].any():
        return [labels[index] for index in likely]
    value = scores[0] + first
    back = []
    for row in scores[1:]:
        reach = value[:, None] + between
        back.append(reach.argmax(axis=0))
        value = reach.max(axis=0) + row
    path = [int((value + last).argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return [labels[index] for index in reversed(path)]


@lru_cache(maxsize=4)
def _fitting(labels: tuple[str, ...]) -> tuple[Scores, Scores, Scores]:
    """What may follow what, begin and end: 0 where it may."""

    def follows(left: str, right: str) -> bool:
        if left[0] in "BI":
            return right[0] in "IE" and left[2:] == right[2:]
        return right[0] in "BSO"

    between = np.array([[0.0 if follows(a, b) else NEVER for b in labels] for a in labels], dtype=np.float32)
    first = np.array([0.0 if label[0] in "BSO" else NEVER for label in labels], dtype=np.float32)
    last = np.array([0.0 if label[0] in "ESO" else NEVER for label in labels], dtype=np.float32)
    return between, first, last


def name_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """The names that tags mark: first word, last word, type.

    >>> name_spans(["B-Person", "E-Person", "O", "S-Place"])
    [(0, 1, 'Person'), (3, 3, 'Place')]
    """
    found = []
    start = 0
    for index, tag in enumerate(tags):
        if tag[0] in "BS":
            start = index
        if tag[0] in "ES":
            found.append((start, index, tag[2:]))
    return found
