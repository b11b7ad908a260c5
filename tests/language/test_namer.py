"""The network for names says the same as its sums written out, sees no further than it should, and hears of a form elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from kg.language.features import FormFeatures
from kg.language.lexicon import Lexicon, Reading
from kg.language.names import SURE, UNLIKELY, Namer
from kg.language.network import Network

LABELS = ("O", "S-Person", "S-Place")
WIDTH, LAYER, HIDDEN = 4, 3, 3


@pytest.fixture(scope="module")
def namer() -> Namer:
    """Small networks with random weights: one that reads alone, windows over two layers of another."""
    features = FormFeatures({"le": 1, "nil": 2}, 16, Lexicon(["le"], [0], [[Reading("DET")]]))
    tables = {"word.weight": (3, 2), "piece.weight": (16, 2), "mark.weight": (features.marks, 2)}
    alone = tables | {
        "style.weight": (1, 1),
        "heads.names.0.weight": (5, 2 * HIDDEN), "heads.names.0.bias": (5,),
        "heads.names.1.weight": (len(LABELS), 5), "heads.names.1.bias": (len(LABELS),),
    }  # fmt: skip
    for way in ("onward.0", "backward_.0"):
        alone |= {f"{way}.weight_ih_l0": (4 * HIDDEN, 7), f"{way}.weight_hh_l0": (4 * HIDDEN, HIDDEN)}
        alone |= {f"{way}.bias_ih_l0": (4 * HIDDEN,), f"{way}.bias_hh_l0": (4 * HIDDEN,)}
    windows = tables | {
        "own.weight": (WIDTH, 6), "layers.weight": (WIDTH, 2 * LAYER), "layers.bias": (WIDTH,),
        "windows.0.weight": (WIDTH, 3 * WIDTH), "windows.0.bias": (WIDTH,),
        "windows.1.weight": (WIDTH, 3 * WIDTH), "windows.1.bias": (WIDTH,),
        "said.weight": (WIDTH, WIDTH), "said.bias": (WIDTH,), "heard.weight": (WIDTH, WIDTH),
        "out.weight": (len(LABELS), WIDTH), "out.bias": (len(LABELS),),
    }  # fmt: skip
    weights = _drawn(windows)
    # What is heard must not be lost below zero.
    weights["said.weight"] = np.abs(weights["said.weight"])
    weights["heard.weight"] = 9 * np.abs(weights["heard.weight"])
    return Namer(Network({"names": LABELS}, _drawn(alone), features), weights, features)


def _drawn(sizes: dict[str, tuple[int, ...]]) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(5)
    return {name: draw.normal(size=size).astype(np.float32) for name, size in sizes.items()}


def states(words: int) -> list[np.ndarray]:
    """Two layers of random states."""
    draw = np.random.default_rng(words)
    return [draw.normal(size=(words, LAYER)).astype(np.float32) for _ in range(2)]


def test_scores_are_the_sums_written_out(namer):
    passages = [["le", "Nil"], ["du", "Nil", "le"]]
    weights, layers = namer._w, states(5)
    forms = [form for passage in passages for form in passage]
    own = namer._embedded(forms)
    state = [
        np.maximum(weights["layers.weight"] @ np.concatenate([layer[i] for layer in layers]) + weights["layers.bias"] + own[i], 0)
        for i in range(5)
    ]  # fmt: skip
    for number in range(2):
        state = [state[i] + np.maximum(_window(weights, number, state, i), 0) for i in range(5)]
    expected = [weights["out.weight"] @ one + weights["out.bias"] for one in state]
    np.testing.assert_allclose(namer.scores(passages, layers), expected, rtol=1e-4, atol=1e-4)


def test_a_passage_without_a_form_of_another_is_read_alike_alone_and_beside_it(namer):
    layers = states(5)
    together = namer.scores([["le", "Nil"], ["du", "Rhin", "le"]], layers)
    alone = namer.scores([["le", "Nil"]], [layer[:2] for layer in layers])
    np.testing.assert_allclose(together[:2], alone, atol=1e-5)


def test_the_same_capitalised_form_elsewhere_is_heard_and_a_small_word_is_not(namer):
    layers = states(4)
    both = namer.scores([["le", "Nil"], ["le", "Nil"]], layers)
    other = namer.scores([["le", "Nil"], ["le", "Rhin"]], layers)
    assert np.abs(both[1] - other[1]).max() > 1e-3
    np.testing.assert_allclose(both[0], other[0], atol=1e-5)


def test_names_are_tags_that_fit_together(namer):
    passages = [["le", "Nil"], ["Nil"]]
    layers = states(3)
    found = namer.names(passages, layers)
    together = namer.scores(passages, layers)
    alone = namer.alone.heads(namer.alone.states(passages)[-1])["names"]
    # A word by itself has one tag, O or S, and both networks have their say.
    both = _share(together[2]) + _share(alone[2]) - [SURE, 0, 0]
    expected = [] if both.argmax() == 0 else [(0, 0, LABELS[both.argmax()][2:])]
    assert [name[:3] for name in found[1]] == expected
    assert len(found) == 2
    assert all(kind in {"Person", "Place"} for names in found for _, _, kind, _ in names)


def test_of_a_name_it_is_told_which_types_are_likely(namer):
    scores = np.array([[-9.0, -3.0, -0.5], [-9.0, -20.0, -0.5]], dtype=np.float32)
    (first,), (second,) = (list(namer._found(scores[place : place + 1])) for place in range(2))
    # A type is the less likely the further its logarithm is from the best, in the mean of two networks.
    assert first == (0, 0, "Place", (("Person", round(1 - 2.5 / (2 * UNLIKELY), 2)), ("Place", 1.0)))
    assert second == (0, 0, "Place", (("Place", 1.0),))


def _share(scores):
    scores = scores.astype(np.float64)
    return scores - scores.max() - np.log(np.exp(scores - scores.max()).sum())


def _window(weights, number, state, place):
    first, last = (0, 1) if place < 2 else (2, 4)
    nothing = np.zeros(WIDTH, dtype=np.float32)
    around = [state[i] if first <= i <= last else nothing for i in (place - 1, place, place + 1)]
    new = weights[f"windows.{number}.weight"] @ np.concatenate(around) + weights[f"windows.{number}.bias"]
    if number == 1 and place in (1, 3):
        said = weights["said.weight"] @ state[4 - place] + weights["said.bias"]
        new = new + weights["heard.weight"] @ np.maximum(said, 0)
    return new
