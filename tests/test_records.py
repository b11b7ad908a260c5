from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

from kg.model import Evidence, Node, Span


def test_what_is_frozen_is_made_with_its_defaults_and_cannot_be_changed():
    node = Node("roy", "Roy", "Person", "M. Roy")
    assert node == Node(id="roy", label="Roy", type="Person", mention="M. Roy", value=None)
    assert hash(node) == hash(replace(node))
    assert replace(node, label="Paul Roy").label == "Paul Roy"
    with pytest.raises(FrozenInstanceError):
        node.label = "Anne"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Node("roy")  # type: ignore[call-arg]


def test_what_is_frozen_can_be_sent_to_another_process():
    said = Evidence("a.txt", 0, 2, "Le")
    assert pickle.loads(pickle.dumps(said)) == said


def test_what_is_ordered_is_sorted_by_its_fields():
    assert sorted([Span(2, 3), Span(0, 9), Span(0, 4)]) == [Span(0, 4), Span(0, 9), Span(2, 3)]
