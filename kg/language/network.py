"""The trained network, to read with: the same sums as `kg.language.recipe.learning`.

form ─► word, pieces, marks ─► LSTM layers, both ways ─► tags · lemmas · sentence starts · arcs
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.language.features import MOST_FORMS, FormFeatures
from kg.language.recurrence import Layer, Recurrence

__all__ = ["DISTANCES", "Network", "Scores", "distances", "sums"]

Array = NDArray[np.float32]
# A network reads in the style of the first treebank it learnt from.
STYLE = 0
SLOPE = np.float32(0.1)
# How far a head may stand, in words, to count as one step further; the same to the left and to the right.
STEPS = np.array([1, 2, 3, 4, 5, 6, 8, 11, 16, 25, 40])
DISTANCES = 2 * (len(STEPS) + 1)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network thinks of a passage: a row for each word; `up` and `parent` have the root's before them."""

    heads: Mapping[str, Array]
    down: Array
    up: Array
    child: Array
    parent: Array
    far: Array

    def arcs(self, first: int, last: int) -> Array:
        """Scores of the heads of the words from first to last, last excluded, all within these; root first."""
        up = np.concatenate([self.up[:1], self.up[first + 1 : last + 1]])
        scores = self.down[first:last] @ up.T
        scores[:, 1:] += np.take_along_axis(self.far[first:last], distances(last - first), axis=1)
        return np.asarray(scores)

    def of(self, first: int, last: int) -> Scores:
        """The scores of the words from first to last, last excluded."""
        heads = {name: values[first:last] for name, values in self.heads.items()}
        words = (values[first:last] for values in (self.down, self.child, self.far))
        ends = (np.concatenate([some[:1], some[first + 1 : last + 1]]) for some in (self.up, self.parent))
        (down, child, far), (up, parent) = words, ends
        return Scores(heads, down, up, child, parent, far)


class Network:
    """Embeddings, bidirectional LSTM layers and heads, with the labels that the heads choose from."""

    def __init__(
        self, labels: Mapping[str, Sequence[str]], weights: Mapping[str, Array], features: FormFeatures
    ) -> None:
        self.labels = {name: tuple(values) for name, values in labels.items()}
        self.features = features
        self._w = weights
        self._recurrence = Recurrence(_layers(weights))
        relation = weights.get("relation", np.zeros((0, 1, 1), dtype=np.float32))
        self._mixing: Array = relation.transpose(2, 0, 1).reshape(relation.shape[2], -1)
        self._vectors: dict[str, Array] = {}
        self._heads = [
            name
            for name in ("tags", "parts", "lemmas", "names", "starts")
            if f"heads.{name}.0.weight" in weights
        ]

    @classmethod
    def load(cls, folder: Path, name: str, features: FormFeatures) -> Network:
        """The network of that name in a model's folder: `<name>.json` and `<name>.npz`."""
        labels = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        with np.load(folder / f"{name}.npz") as stored:
            weights = {key: stored[key].astype(np.float32) for key in stored.files}
        return cls(labels, weights, features)

    def states(self, passages: Sequence[Sequence[str]]) -> list[Array]:
        """Each word in its context, all passages one after another, layer by layer; none of the passages is empty."""
        forms = [form for passage in passages for form in passage]
        return self._recurrence.read(self._entry(forms), list(map(len, passages)))

    def scores(self, state: Array, lengths: Sequence[int]) -> list[Scores]:
        """What the network thinks of each passage, given the last layer and how many words each has."""
        whole = self._score(state)
        return [whole.of(first, last) for first, last in pairwise(accumulate(lengths, initial=0))]

    def relations(self, scores: Sequence[Scores], heads: Sequence[Sequence[int]]) -> list[Array]:
        """Scores of the relation of each word to its head, passage by passage: heads from 0, -1 for the root."""
        lengths = [len(above) for above in heads]
        child = _with_one(np.concatenate([one.child for one in scores]))
        parent = _with_one(np.concatenate([one.parent for one in scores]))
        # Each passage has its root before its words.
        roots = np.repeat([*accumulate((length + 1 for length in lengths[:-1]), initial=0)], lengths)
        place = np.concatenate(heads) + roots + 1
        order = np.argsort(place, kind="stable")
        distinct, starts = np.unique(place[order], return_index=True)
        mixed = (parent[distinct] @ self._mixing).reshape(len(distinct), -1, child.shape[1])
        found = np.empty((len(child), mixed.shape[1]), dtype=np.float32)
        for values, below in zip(mixed, np.split(order, starts[1:]), strict=True):
            found[below] = child[below] @ values.T
        return np.split(found, list(accumulate(lengths))[:-1])

    def _entry(self, forms: Sequence[str]) -> Array:
        """Each word as it enters the first layer."""
        distinct = {form: index for index, form in enumerate(dict.fromkeys(forms))}
        if len(self._vectors) >= MOST_FORMS:
            self._vectors.clear()
        new = [form for form in distinct if form not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._embedded(new), strict=True))
        vectors = np.stack([self._vectors[form] for form in distinct])
        return np.asarray(vectors[[distinct[form] for form in forms]])

    def _embedded(self, forms: Sequence[str]) -> Array:
        """Each form alone as a vector."""
        numbers = [self.features(form) for form in forms]
        words = self._w["word.weight"][[n.word for n in numbers]]
        pieces = sums(self._w["piece.weight"], [n.pieces for n in numbers])
        pieces /= np.array([[len(n.pieces)] for n in numbers], dtype=np.float32)
        marks = sums(self._w["mark.weight"], [n.marks for n in numbers])
        style = np.repeat(self._w["style.weight"][STYLE : STYLE + 1], len(forms), axis=0)
        return np.concatenate([words, pieces, marks, style], axis=1)

    def heads(self, state: Array) -> dict[str, Array]:
        """Scores of each thing that the network tells apart, word by word."""
        return {
            name: self._linear(f"heads.{name}.1", np.maximum(self._linear(f"heads.{name}.0", state), 0))
            for name in self._heads
        }

    def _score(self, state: Array) -> Scores:
        heads = self.heads(state)
        rooted = np.concatenate([self._w["root"][None], state])
        down = _with_one(_leaky(self._linear("arcs.0", state))) @ self._w["arc"]
        up = _leaky(self._linear("arcs.1", rooted))
        child, parent = _leaky(self._linear("ends.0", state)), _leaky(self._linear("ends.1", rooted))
        return Scores(heads, down, up, child, parent, self._linear("far", state))

    def _linear(self, name: str, state: Array) -> Array:
        return np.asarray(state @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"])


def distances(count: int) -> NDArray[np.intp]:
    """Which step of distance lies between each word and each possible head, of `count` words."""
    words = np.arange(count)
    gap = words[None, :] - words[:, None]
    step: NDArray[np.intp] = np.searchsorted(STEPS, np.abs(gap)).astype(np.intp)
    step[gap > 0] += len(STEPS) + 1
    return step


def _layers(weights: Mapping[str, Array]) -> list[Layer]:
    layers: list[Layer] = []
    while f"onward.{len(layers)}.weight_ih_l0" in weights:
        names = [f"{way}.{len(layers)}" for way in ("onward", "backward_")]
        inward = np.stack([weights[f"{name}.weight_ih_l0"] for name in names])
        again = np.stack([weights[f"{name}.weight_hh_l0"] for name in names])
        bias = np.stack([weights[f"{name}.bias_ih_l0"] + weights[f"{name}.bias_hh_l0"] for name in names])
        layers.append(Layer(inward, again, bias))
    return layers


def sums(table: Array, rows: Sequence[Sequence[int]]) -> Array:
    """For each row of places, none empty, the sum of what stands there."""
    starts = list(accumulate((len(row) for row in rows[:-1]), initial=0))
    return np.asarray(np.add.reduceat(table[[place for row in rows for place in row]], starts, axis=0))


def _leaky(values: Array) -> Array:
    return np.asarray(np.maximum(values, values * SLOPE))


def _with_one(values: Array) -> Array:
    return np.concatenate([values, np.ones((len(values), 1), dtype=np.float32)], axis=1)
