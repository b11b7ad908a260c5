"""The recurrent layers, run by ONNX Runtime on one core: the part of the network that takes the time.

    layer ─ LSTM, both ways ─► transposed ─► [passages, words, 2 × hidden] ─ + what went in, where sizes agree ─► layer

The graph is written here, in the wire format of ONNX, from weights that stand in a file of our own: the library that
writes such graphs is as big as the one that runs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

__all__ = ["Layer", "Recurrence"]

Array = NDArray[np.float32]
# Passages read side by side, and how much shorter than the longest a passage may be to be among them.
ROWS = 8
SHORTEST = 0.75
# What the wire format calls things.
FLOAT, INT32, INT64 = 1, 6, 7
OPSET, VERSION = 17, 8
# Where the gates of PyTorch (in, forget, candidate, out) go: in, out, forget, candidate.
GATES = (0, 3, 1, 2)


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights of one layer as PyTorch keeps them, onward before backward: [2, 4 × hidden, …]."""

    inward: Array
    again: Array
    bias: Array

    @property
    def hidden(self) -> int:
        """Width of what is remembered, one way."""
        return int(self.again.shape[2])


class Recurrence:
    """Bidirectional LSTM layers with residual links."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(_model(layers), options, ["CPUExecutionProvider"])

    def read(self, words: Array, lengths: Sequence[int]) -> list[Array]:
        """Words of passages that stand one after another, each in its context, by layer: [words, 2 × hidden]."""
        ends = list(accumulate(lengths))
        found: list[Array] = []
        for group in _groups(lengths):
            sizes = np.array([lengths[row] for row in group])
            steps = np.arange(sizes.max())[:, None]
            inside = steps < sizes
            place = np.where(inside, steps + np.array([ends[row] for row in group]) - sizes, 0)
            given = {"words": words[place], "lengths": sizes.astype(np.int32)}
            states = self._session.run(None, given)
            found = found or [np.empty((len(words), state.shape[2]), np.float32) for state in states]
            for layer, state in zip(found, states, strict=True):
                layer[place[inside]] = state[inside]
        return found


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Passages of about one length together, the longest first."""
    group: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if group and (len(group) == ROWS or lengths[row] < SHORTEST * lengths[group[0]]):
            yield group
            group = []
        group.append(row)
    yield group


def _model(layers: Sequence[Layer]) -> bytes:
    """The layers as an ONNX model, from "words" [steps, passages, width] and "lengths" to the states of the layers."""
    width = layers[0].inward.shape[2]
    graph = [_text(2, "layers"), _part(5, _tensor("flat", np.array([0, 0, -1])))]
    state = "words"
    for number, layer in enumerate(layers):
        out = f"state{number}"
        graph += _layer(layer, state, out, residual=layer.inward.shape[2] == 2 * layer.hidden)
        graph.append(_part(12, _value(out, FLOAT, ("steps", "passages", 2 * layer.hidden))))
        state = out
    graph.append(_part(11, _value("words", FLOAT, ("steps", "passages", width))))
    graph.append(_part(11, _value("lengths", INT32, ("passages",))))
    opset = _part(8, _number(2, OPSET))
    return _number(1, VERSION) + opset + _part(7, b"".join(graph))


def _layer(layer: Layer, given: str, out: str, *, residual: bool) -> Iterator[bytes]:
    weights = {"inward": _gates(layer.inward), "again": _gates(layer.again), "bias": _bias(layer.bias)}
    for name, values in weights.items():
        yield _part(5, _tensor(f"{out}.{name}", values))
    names = (given, *(f"{out}.{name}" for name in weights), "lengths")
    both = _number_of("hidden_size", layer.hidden) + _text_of("direction", "bidirectional")
    yield _node("LSTM", names, f"{out}.ways", both)
    yield _node("Transpose", (f"{out}.ways",), f"{out}.turned", _numbers_of("perm", (0, 2, 1, 3)))
    yield _node("Reshape", (f"{out}.turned", "flat"), f"{out}.read" if residual else out)
    if residual:
        yield _node("Add", (f"{out}.read", given), out)


def _gates(values: Array) -> Array:
    return np.concatenate([np.split(values, 4, axis=1)[gate] for gate in GATES], axis=1)


def _bias(values: Array) -> Array:
    """The format wants a bias for what comes in and one for what is remembered; ours is their sum."""
    return np.concatenate([_gates(values), np.zeros_like(values)], axis=1)


def _node(kind: str, given: Sequence[str], out: str, attributes: bytes = b"") -> bytes:
    return _part(1, b"".join(_text(1, name) for name in given) + _text(2, out) + _text(4, kind) + attributes)


def _number_of(name: str, value: int) -> bytes:
    return _part(5, _text(1, name) + _number(3, value) + _number(20, 2))


def _text_of(name: str, value: str) -> bytes:
    return _part(5, _text(1, name) + _text(4, value) + _number(20, 3))


def _numbers_of(name: str, values: Sequence[int]) -> bytes:
    return _part(5, _text(1, name) + b"".join(_number(8, value) for value in values) + _number(20, 7))


def _tensor(name: str, values: NDArray[np.float32] | NDArray[np.int64]) -> bytes:
    kind = FLOAT if values.dtype == np.float32 else INT64
    sizes = b"".join(_number(1, size) for size in values.shape)
    return sizes + _number(2, kind) + _text(8, name) + _part(9, values.tobytes())


def _value(name: str, kind: int, sizes: Sequence[int | str]) -> bytes:
    shape = b"".join(
        _part(1, _text(2, size) if isinstance(size, str) else _number(1, size)) for size in sizes
    )
    return _text(1, name) + _part(2, _part(1, _number(1, kind) + _part(2, shape)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _part(field, value.encode("utf-8"))


def _part(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    """A number in groups of seven bits, the lowest first; all but the last are marked.

    >>> _varint(300).hex()
    'ac02'
    """
    groups = bytearray()
    while value > 127:
        groups.append(value & 127 | 128)
        value >>= 7
    groups.append(value)
    return bytes(groups)
