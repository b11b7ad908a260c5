"""Learning the weights of `kg.statements.confidence` from examples: L2-regularised logistic regression.

Newton's method (iteratively reweighted least squares; Hastie, Tibshirani and Friedman 2009, section 4.4.1), from
zero, in double precision, examples in the order given: the same examples give the same weights. Its steps are found
by conjugate gradients (Lin, Weng and Keerthi 2008), for an example has some forty of four thousand features.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.model import record
from kg.statements.confidence import Confidence

__all__ = ["Example", "best_threshold", "fit"]

# Thresholds whose F1 differs by less are as good.
FLAT = 0.002

Vector = NDArray[np.float64]


@record
class Example:
    """A candidate statement: its features, whether it was right, the article (for cross-validation)."""

    features: tuple[str, ...]
    right: bool
    article: str


def fit(examples: Sequence[Example], *, penalty: float = 2.0, least: int = 4, rounds: int = 25) -> Confidence:
    """The weights that explain the examples best; features seen fewer than `least` times are left out."""
    counts = Counter(feature for example in examples for feature in example.features)
    names = sorted(feature for feature, count in counts.items() if count >= least)
    position = {name: index for index, name in enumerate(names)}
    matrix = Matrix.of([[position[name] for name in one.features if name in position] for one in examples])
    target = np.array([float(example.right) for example in examples])
    ridge = np.full(len(names) + 1, penalty)
    ridge[-1] = 1e-6
    weights = np.zeros(len(names) + 1)
    for _ in range(rounds):
        chance = 1.0 / (1.0 + np.exp(-matrix.times(weights)))
        gradient = matrix.gathered(chance - target, len(weights)) + ridge * weights
        step = _solved(matrix, chance * (1.0 - chance), ridge, gradient)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-6:
            break
    kept = {
        name: round(float(weights[index]), 4)
        for name, index in position.items()
        if abs(weights[index]) >= 0.005
    }
    return Confidence(kept, round(float(weights[-1]), 4))


@dataclass(frozen=True)
class Matrix:
    """Ones and zeros, by where the ones of each row stand: few of thousands. The last column is one in each row."""

    places: NDArray[np.intp]

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Matrix:
        """The matrix of these rows; what is short of the longest is filled with -1, the last column, and -2, nothing."""
        width = max((len(row) for row in rows), default=0) + 1
        filled = [[*row, -1, *[-2] * (width - 1 - len(row))] for row in rows]
        return cls(np.array(filled, dtype=np.intp).reshape(len(rows), width))

    def times(self, column: Vector) -> Vector:
        """The product with a column."""
        # Behind the last stands the zero that fills the rows.
        filled = np.concatenate([column[:-1], [0.0], column[-1:]])
        return np.asarray(filled[self.places].sum(axis=1))

    def gathered(self, row: Vector, columns: int) -> Vector:
        """The product of a row with the matrix, which has so many columns."""
        filled = np.bincount(
            (self.places % (columns + 1)).ravel(), np.repeat(row, self.places.shape[1]), columns + 1
        )
        return np.concatenate([filled[:-2], filled[-1:]])


def _solved(matrix: Matrix, spread: Vector, ridge: Vector, gradient: Vector) -> Vector:
    """Newton's step, by conjugate gradients with the curvature's diagonal before them: it is never written out."""
    columns = len(gradient)
    diagonal = matrix.gathered(spread, columns) + ridge
    step = np.zeros(columns)
    left = gradient.copy()
    near = left / diagonal
    way, size = near, float(left @ near)
    enough = size * 1e-18
    for _ in range(10 * columns):
        if size <= enough:
            break
        bent = matrix.gathered(spread * matrix.times(way), columns) + ridge * way
        far = size / float(way @ bent)
        step = step + far * way
        left = left - far * bent
        near = left / diagonal
        before, size = size, float(left @ near)
        way = near + (size / before) * way
    return step


def cross_validated(examples: Sequence[Example], *, folds: int = 5, penalty: float = 2.0) -> list[float]:
    """The probability of each example under a model that never saw its article."""
    articles = sorted({example.article for example in examples})
    fold = {article: index % folds for index, article in enumerate(articles)}
    chances = [0.0] * len(examples)
    for turn in range(folds):
        model = fit([example for example in examples if fold[example.article] != turn], penalty=penalty)
        for index, example in enumerate(examples):
            if fold[example.article] == turn:
                chances[index] = model.of(example.features)
    return chances


def best_threshold(
    chances: Sequence[float], recall_at: Sequence[frozenset[int]], facts: int
) -> tuple[float, float]:
    """The threshold of the best F1 and its F1: `recall_at[i]` are the facts that example i meets.

    F1 is flat about its best, where chance decides which threshold it falls on; so the middle one of those that are
    as good to two thousandths.
    """
    scores: dict[float, float] = {}
    for cut in np.arange(0.05, 0.75, 0.025):
        kept = [index for index, chance in enumerate(chances) if chance >= cut]
        right = sum(bool(recall_at[index]) for index in kept)
        met = len(frozenset().union(*(recall_at[index] for index in kept))) if kept else 0
        precision, recall = right / max(len(kept), 1), met / max(facts, 1)
        score = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        scores[round(float(cut), 3)] = round(score, 4)
    best = max(scores.values())
    good = [cut for cut, score in scores.items() if score >= best - FLAT]
    cut = good[len(good) // 2]
    return cut, scores[cut]
