"""The network reads the same alone and among others, and says the same as a plain LSTM."""

from __future__ import annotations

import numpy as np
import pytest

from kg.language.features import FormFeatures, normal
from kg.language.lexicon import Lexicon, Reading
from kg.language.network import Network, distances

LABELS = {"tags": ("A", "B"), "relations": ("x", "y", "root")}
HIDDEN, ARC, RELATION = 3, 4, 2
WIDE = 2 + 2 + 2 + 1


@pytest.fixture(scope="module")
def network() -> Network:
    """A small network with random weights."""
    lexicon = Lexicon(["le"], [0], [[Reading("DET")]])
    features = FormFeatures({"le": 1, "chat": 2}, 16, lexicon)
    sizes = {
        "word.weight": (3, 2), "piece.weight": (16, 2), "mark.weight": (features.marks, 2), "style.weight": (3, 1),
        "heads.tags.0.weight": (5, 2 * HIDDEN), "heads.tags.0.bias": (5,),
        "heads.tags.1.weight": (2, 5), "heads.tags.1.bias": (2,),
        "arc": (ARC + 1, ARC), "relation": (3, RELATION + 1, RELATION + 1), "root": (2 * HIDDEN,),
        "far.weight": (24, 2 * HIDDEN), "far.bias": (24,),
    }  # fmt: skip
    for index, name in enumerate(("arcs", "ends")):
        for side in "01":
            sizes |= {f"{name}.{side}.weight": ((ARC, RELATION)[index], 2 * HIDDEN)}
            sizes |= {f"{name}.{side}.bias": ((ARC, RELATION)[index],)}
    for layer, wide in enumerate((WIDE, 2 * HIDDEN)):
        for way in ("onward", "backward_"):
            sizes |= {
                f"{way}.{layer}.weight_ih_l0": (4 * HIDDEN, wide),
                f"{way}.{layer}.weight_hh_l0": (4 * HIDDEN, HIDDEN),
            }
            sizes |= {f"{way}.{layer}.bias_ih_l0": (4 * HIDDEN,), f"{way}.{layer}.bias_hh_l0": (4 * HIDDEN,)}
    draw = np.random.default_rng(7)
    weights = {name: draw.normal(size=size).astype(np.float32) for name, size in sizes.items()}
    return Network(LABELS, weights, features)


def read(network, passages):
    return network.scores(network.states(passages)[-1], [len(passage) for passage in passages])


def test_a_passage_is_read_alike_alone_and_among_others(network):
    passages = [["le", "chat"], ["le", "chien", "du", "roi"], ["chat"]]
    together = read(network, passages)
    heads = [[-1] * len(passage) for passage in passages]
    for row, (passage, scores) in enumerate(zip(passages, together, strict=True)):
        (alone,) = read(network, [passage])
        np.testing.assert_allclose(alone.heads["tags"], scores.heads["tags"], atol=1e-5)
        size = len(passage)
        np.testing.assert_allclose(alone.arcs(0, size), scores.arcs(0, size), atol=1e-4)
        (relations,) = network.relations([alone], [[-1] * size])
        np.testing.assert_allclose(relations, network.relations(together, heads)[row], atol=1e-4)


def test_both_ways_are_those_of_a_plain_lstm(network):
    forms = ["le", "chat", "du", "roi"]
    state = network._embedded(forms)
    for layer in range(2):
        onward = _lstm(network._w, f"onward.{layer}", state)
        backward = _lstm(network._w, f"backward_.{layer}", state[::-1])[::-1]
        both = np.concatenate([onward, backward], axis=1)
        state = both + state if both.shape == state.shape else both
    inner = np.maximum(state @ network._w["heads.tags.0.weight"].T + network._w["heads.tags.0.bias"], 0)
    expected = inner @ network._w["heads.tags.1.weight"].T + network._w["heads.tags.1.bias"]
    np.testing.assert_allclose(read(network, [forms])[0].heads["tags"], expected, atol=1e-4)


def test_arcs_of_a_part_stay_within_it(network):
    (scores,) = read(network, [["le", "chat", "du", "roi"]])
    assert scores.arcs(1, 3).shape == (2, 3)


def test_distances_tell_left_from_right():
    steps = distances(60)
    assert steps[5, 4] != steps[4, 5]
    assert steps[0, 1] != steps[0, 2]
    assert steps[0, 50] == steps[0, 59]
    assert steps.max() < 24


def test_typography_counts_as_the_same():
    assert normal("l’") == "l'"
    assert normal("3\u202f500") == normal("3 500") == "0000"
    assert normal("«") == '"'


def _lstm(weights, name, inputs):
    hidden = cell = np.zeros(HIDDEN, dtype=np.float32)
    out = []
    for row in inputs:
        gates = weights[f"{name}.weight_ih_l0"] @ row + weights[f"{name}.bias_ih_l0"]
        gates = gates + weights[f"{name}.weight_hh_l0"] @ hidden + weights[f"{name}.bias_hh_l0"]
        take, keep, new, give = np.split(gates, 4)
        cell = _logistic(keep) * cell + _logistic(take) * np.tanh(new)
        hidden = _logistic(give) * np.tanh(cell)
        out.append(hidden)
    return np.stack(out)


def _logistic(values):
    return 1 / (1 + np.exp(-values))
