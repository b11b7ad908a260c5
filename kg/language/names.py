"""The networks for names, to read with: the same sums as `kg.language.recipe`. They judge together.

One reads by itself, as that for syntax does. The other sees what the layers of the syntax network make of each word,
with the word's own form, and what stands around the same form elsewhere in the document:

layers of the syntax network + form ─► window ─► window + the same form elsewhere ─► … ─► tags
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.language.decoding import best_tags, name_spans
from kg.language.features import MOST_FORMS, FormFeatures
from kg.language.network import Array, Network, sums

__all__ = ["NAMES", "WINDOWS", "Found", "Likely", "Namer", "likelihood"]

NAMES, WINDOWS = "names", "windows.npz"
# No part of a name is what a word is oftenest, so it must be likelier by this (a logarithm) than what it is in a name. With
# it more names are found and have the right type; of a few the ends are wrong (chosen on WiNER's development set).
OUTSIDE, SURE = "O", 1.5

# A type that is less likely than the best by this (a logarithm, of either network in the mean) is not likely at all.
UNLIKELY = 6.0

# A type and how likely it is, from 0 to 1.
Likely = tuple[tuple[str, float], ...]
# First word, last word, type, what types are likely.
Found = tuple[int, int, str, Likely]


class Namer:
    """A network of its own, and windows over the states of another; each tag by the likelihoods of both."""

    def __init__(self, alone: Network, weights: Mapping[str, Array], features: FormFeatures) -> None:
        self.alone = alone
        self.labels = alone.labels["names"]
        self._outside = self.labels.index(OUTSIDE)
        self._types = sorted({label[2:] for label in self.labels} - {""})
        place = {label: index for index, label in enumerate(self.labels)}
        # A tag that the networks never learnt is as likely as no name.
        self._single, self._begin, self._inside, self._end = (
            [place.get(f"{mark}-{kind}", self._outside) for kind in self._types] for mark in "SBIE"
        )
        self.features = features
        self._w = weights
        self._windows = sorted(
            name.removesuffix(".weight")
            for name in weights
            if name.startswith("windows.") and name.endswith(".weight")
        )
        self._own: dict[str, Array] = {}

    @classmethod
    def load(cls, folder: Path, features: FormFeatures) -> Namer:
        """The networks of a model's folder: `names.json`, `names.npz`, `windows.npz`."""
        with np.load(folder / WINDOWS) as stored:
            weights = {key: stored[key].astype(np.float32) for key in stored.files}
        return cls(Network.load(folder, NAMES, features), weights, features)

    def names(self, passages: Sequence[Sequence[str]], states: Sequence[Array]) -> list[list[Found]]:
        """The names in each passage of a document; `states` are the layers of the syntax network, for all words."""
        scores = self.judged(passages, states)
        scores[:, self._outside] -= SURE
        bounds = pairwise(accumulate(map(len, passages), initial=0))
        return [list(self._found(scores[first:last])) for first, last in bounds]

    def judged(self, passages: Sequence[Sequence[str]], states: Sequence[Array]) -> Array:
        """How likely both networks find each tag, word by word: the logarithms, added."""
        alone = self.alone.heads(self.alone.states(passages)[-1])["names"]
        return likelihood(alone) + likelihood(self.scores(passages, states))

    def _found(self, scores: Array) -> Iterator[Found]:
        """The names in a passage, and what else each could be if it is a name from here to there."""
        for first, last, kind in name_spans(best_tags(scores, self.labels)):
            # A dozen numbers a name: plain Python is faster here than arrays.
            rows = scores[first : last + 1].tolist()
            sums = [rows[0][label] for label in (self._begin if first < last else self._single)]
            for row, labels in zip(rows[1:], [self._inside] * (last - first - 1) + [self._end], strict=False):
                sums = [value + row[label] for value, label in zip(sums, labels, strict=True)]
            least = max(sums) - 2 * UNLIKELY
            shares = [round((value - least) / (2 * UNLIKELY), 2) for value in sums]
            yield (
                first,
                last,
                kind,
                tuple(pair for pair in zip(self._types, shares, strict=True) if pair[1] > 0),
            )

    def scores(self, passages: Sequence[Sequence[str]], states: Sequence[Array]) -> Array:
        """What the windows say for each tag, word by word, all passages one after another."""
        forms = list(chain.from_iterable(passages))
        state = self._entry(forms) + self._w["layers.bias"]
        for layer, weights in zip(
            states, np.split(self._w["layers.weight"], len(states), axis=1), strict=True
        ):
            state += layer @ weights.T
        state = np.maximum(state, 0)
        starts = np.fromiter(accumulate(map(len, passages[:-1]), initial=0), dtype=np.intp)
        for number, window in enumerate(self._windows):
            new = self._linear(window, _around(state, starts))
            if number == 1:
                self._add_elsewhere(new, state, forms)
            state += np.maximum(new, 0)
        return self._linear("out", state)

    def _add_elsewhere(self, new: Array, state: Array, forms: Sequence[str]) -> None:
        """Add what stands at the other places of the same capitalised form, a mean over them."""
        places: dict[str, list[int]] = {}
        for place, form in enumerate(forms):
            if form[0].isupper():
                places.setdefault(form, []).append(place)
        again = [some for some in places.values() if len(some) > 1]
        if not again:
            return
        flat = np.fromiter(chain.from_iterable(again), dtype=np.intp)
        counts = np.array([len(some) for some in again])
        said = self._linear("said", state[flat])
        total = np.add.reduceat(said, [0, *accumulate(counts[:-1])], axis=0)
        mean = (np.repeat(total, counts, axis=0) - said) / (np.repeat(counts, counts) - 1)[:, None]
        new[flat] += np.maximum(mean, 0).astype(np.float32) @ self._w["heard.weight"].T

    def _entry(self, forms: Sequence[str]) -> Array:
        """What each form says by itself; remembered, as few forms make most of a text."""
        distinct = {form: index for index, form in enumerate(dict.fromkeys(forms))}
        if len(self._own) >= MOST_FORMS:
            self._own.clear()
        new = [form for form in distinct if form not in self._own]
        if new:
            self._own.update(zip(new, self._embedded(new), strict=True))
        vectors = np.stack([self._own[form] for form in distinct])
        return np.asarray(vectors[[distinct[form] for form in forms]])

    def _embedded(self, forms: Sequence[str]) -> Array:
        numbers = [self.features(form) for form in forms]
        words = self._w["word.weight"][[n.word for n in numbers]]
        pieces = sums(self._w["piece.weight"], [n.pieces for n in numbers])
        pieces /= np.array([[len(n.pieces)] for n in numbers], dtype=np.float32)
        marks = sums(self._w["mark.weight"], [n.marks for n in numbers])
        return np.asarray(np.concatenate([words, pieces, marks], axis=1) @ self._w["own.weight"].T)

    def _linear(self, name: str, state: Array) -> Array:
        return np.asarray(state @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"])


def likelihood(scores: Array) -> Array:
    """Scores as logarithms of likelihoods, row by row."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def _around(state: Array, starts: NDArray[np.intp]) -> Array:
    """Each word between the word before it and the word after it; nothing stands beyond the ends of a passage."""
    count, width = state.shape
    out = np.zeros((count, 3 * width), dtype=np.float32)
    out[1:, :width] = state[:-1]
    out[:, width : 2 * width] = state
    out[:-1, 2 * width :] = state[1:]
    out[starts, :width] = 0
    out[starts[1:] - 1, 2 * width :] = 0
    return out
