"""The trained network, to read with: NumPy alone, the same sums as `kg.language.recipe.learning`.

    form ─► word, pieces, marks ─► LSTM layers, both ways ─► tags · lemmas · sentence starts · arcs · names

Passages of one document are read side by side, the longest first, so that each step of the recurrence
touches only those that still go on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.language.features import FormFeatures
from kg.language.lexicon import Lexicon

__all__ = ["DISTANCES", "Network", "Scores", "distances"]

Array = NDArray[np.float32]
# A network reads in the style of the first treebank it learnt from.
STYLE = 0
SLOPE = np.float32(0.1)
# How far a head may stand, in words, to count as one step further; the same to the left and to the right.
STEPS = np.array([1, 2, 3, 4, 5, 6, 8, 11, 16, 25, 40])
DISTANCES = 2 * (len(STEPS) + 1)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network thinks of a passage: a row for each word; `up` and `parent` have the root's before them.

    What belongs to trees is absent from a network that was not taught them.
    """

    heads: Mapping[str, Array]
    down: Array | None = None
    up: Array | None = None
    child: Array | None = None
    parent: Array | None = None
    far: Array | None = None

    def arcs(self, first: int, last: int) -> Array:
        """Scores of the heads of the words from first to last, last excluded, all within these; root first."""
        assert self.down is not None
        assert self.up is not None
        up = np.concatenate([self.up[:1], self.up[first + 1 : last + 1]])
        assert self.far is not None
        scores = self.down[first:last] @ up.T
        scores[:, 1:] += np.take_along_axis(self.far[first:last], distances(last - first), axis=1)
        return np.asarray(scores)

    def of(self, places: NDArray[np.intp]) -> Scores:
        """The scores of the words at these places alone."""
        heads = {name: values[places] for name, values in self.heads.items()}
        words = (None if values is None else values[places] for values in (self.down, self.child, self.far))
        rooted = np.concatenate([[0], places + 1])
        ends = (None if values is None else values[rooted] for values in (self.up, self.parent))
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
        self._layers = _layers(weights)
        relation = weights.get("relation", np.zeros((0, 1, 1), dtype=np.float32))
        self._mixing: Array = relation.transpose(1, 0, 2).reshape(relation.shape[1], -1)
        self._vectors: dict[str, Array] = {}
        self._heads = [
            name
            for name in ("tags", "parts", "lemmas", "names", "starts")
            if f"heads.{name}.0.weight" in weights
        ]

    @classmethod
    def load(cls, folder: Path, name: str, lexicon: Lexicon) -> Network:
        """The network of that name in a model's folder: `<name>.json` and `<name>.npz`."""
        head: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        with np.load(folder / f"{name}.npz") as stored:
            weights = {key: stored[key].astype(np.float32) for key in stored.files}
        words = {word: index for index, word in enumerate(head["words"], start=1)}
        return cls(head["labels"], weights, FormFeatures(words, head["buckets"], lexicon))

    def scores(self, passages: Sequence[Sequence[str]]) -> list[Scores]:
        """What the network thinks of each passage; a passage is a sequence of forms, none empty."""
        packing = _Packing.of([len(passage) for passage in passages])
        state = self._encode([passages[row][step] for row, step in packing.words], packing)
        whole = self._score(state)
        return [whole.of(places) for places in packing.places]

    def relations(self, scores: Scores, heads: Sequence[int]) -> Array:
        """Scores of the relation of each word to its head: heads from 0, -1 for the root."""
        assert scores.child is not None
        assert scores.parent is not None
        child = _with_one(scores.child)
        parent = _with_one(scores.parent[np.asarray(heads) + 1])
        mixed = (child @ self._mixing).reshape(len(child), -1, parent.shape[1])
        return np.asarray(np.einsum("nlw,nw->nl", mixed, parent))

    def _encode(self, forms: Sequence[str], packing: _Packing) -> Array:
        """Each word in its context, in packed order."""
        distinct = sorted(set(forms))
        place = {form: index for index, form in enumerate(distinct)}
        style = np.broadcast_to(
            self._w["style.weight"][STYLE], (len(distinct), self._w["style.weight"].shape[1])
        )
        entry = np.concatenate([np.stack([self._vector(form) for form in distinct]), style], axis=1)
        state: Array = entry[[place[form] for form in forms]]
        for layer in self._layers:
            both = layer.read(state, packing)
            state = both + state if both.shape == state.shape else both
        return state

    def _vector(self, form: str) -> Array:
        """The form alone as a vector; remembered."""
        found = self._vectors.get(form)
        if found is None:
            numbers = self.features(form)
            pieces = self._w["piece.weight"][list(numbers.pieces)].mean(axis=0)
            marks = self._w["mark.weight"][list(numbers.marks)].sum(axis=0)
            found = self._vectors[form] = np.concatenate(
                [self._w["word.weight"][numbers.word], pieces, marks]
            )
        return found

    def _score(self, state: Array) -> Scores:
        heads = {}
        for name in self._heads:
            heads[name] = self._linear(
                f"heads.{name}.1", np.maximum(self._linear(f"heads.{name}.0", state), 0)
            )
        if "arc" not in self._w:
            return Scores(heads)
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


@dataclass(frozen=True, slots=True)
class _Packing:
    """Passages of unequal length without padding: first words of all, then second words, the longest first.

    `words` are (passage, step) in packed order, `counts` how many passages still go on at each step, `places`
    the packed places of each passage's words, `mirror` where each word stands when passages are turned round.
    """

    words: list[tuple[int, int]]
    counts: list[int]
    places: list[NDArray[np.intp]]
    mirror: NDArray[np.intp]

    @classmethod
    def of(cls, lengths: Sequence[int]) -> _Packing:
        """The packing of passages of these lengths."""
        order = sorted(range(len(lengths)), key=lambda row: -lengths[row])
        counts = [sum(length > step for length in lengths) for step in range(max(lengths))]
        words = [(order[rank], step) for step, count in enumerate(counts) for rank in range(count)]
        starts = np.concatenate([[0], np.cumsum(counts)])
        rank = {row: index for index, row in enumerate(order)}
        places = [starts[:length] + rank[row] for row, length in enumerate(lengths)]
        mirror = np.empty(len(words), dtype=np.intp)
        for own in places:
            mirror[own] = own[::-1]
        return cls(words, counts, places, mirror)


@dataclass(frozen=True, slots=True)
class _Layer:
    """One LSTM layer, both ways: onward in row 0, backward in row 1 of each array.

    Gates stand in the order in, forget, candidate, out; for all but the candidate the weights are halved, so
    that one hyperbolic tangent serves as logistic function too (`scale` and `shift` finish it).
    """

    inward: Array
    again: Array
    bias: Array
    scale: Array
    shift: Array

    def read(self, state: Array, packing: _Packing) -> Array:
        """States of all words, in packed order."""
        onward = state @ self.inward[0] + self.bias[0]
        backward = (state @ self.inward[1] + self.bias[1])[packing.mirror]
        out = self._recur(np.stack([onward, backward]), packing.counts)
        return np.concatenate([out[0], out[1][packing.mirror]], axis=1)

    def _recur(self, gates: Array, counts: Sequence[int]) -> Array:
        size = self.again.shape[1]
        out = np.empty((2, gates.shape[1], size), dtype=np.float32)
        hidden = np.zeros((2, counts[0], size), dtype=np.float32)
        cell = np.zeros((2, counts[0], size), dtype=np.float32)
        start = 0
        for count in counts:
            now = gates[:, start : start + count]
            now[0] += hidden[0, :count] @ self.again[0]
            now[1] += hidden[1, :count] @ self.again[1]
            now = np.tanh(now)
            now *= self.scale
            now += self.shift
            cell = cell[:, :count] * now[..., size : 2 * size]
            cell += now[..., :size] * now[..., 2 * size : 3 * size]
            hidden = np.tanh(cell)
            hidden *= now[..., 3 * size :]
            out[:, start : start + count] = hidden
            start += count
        return out


def _layers(weights: Mapping[str, Array]) -> list[_Layer]:
    layers: list[_Layer] = []
    while f"onward.{len(layers)}.weight_ih_l0" in weights:
        names = [f"{way}.{len(layers)}" for way in ("onward", "backward_")]
        inward = np.stack([weights[f"{name}.weight_ih_l0"].T for name in names])
        again = np.stack([weights[f"{name}.weight_hh_l0"].T for name in names])
        bias = np.stack([weights[f"{name}.bias_ih_l0"] + weights[f"{name}.bias_hh_l0"] for name in names])
        size = again.shape[1]
        half = np.full(4 * size, 0.5, dtype=np.float32)
        half[2 * size : 3 * size] = 1.0
        layers.append(_Layer(inward * half, again * half, bias * half, half, 1 - half))
    return layers


def _leaky(values: Array) -> Array:
    return np.where(values > 0, values, values * SLOPE)


def _with_one(values: Array) -> Array:
    return np.concatenate([values, np.ones((len(values), 1), dtype=np.float32)], axis=1)
