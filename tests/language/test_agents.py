"""Agents of two participles: trees written by hand, no model."""

from __future__ import annotations

import pytest

from kg.language.agents import shared_out


@pytest.mark.parametrize(("mark", "head"), [("VerbForm=Part", 2), ("VerbForm=Inf", 0)])
def test_each_participle_has_its_own_agent(mark: str, head: int) -> None:
    # votée par les élus et validée par la Cour: votée, élus, validée, Cour
    features, heads = ["VerbForm=Part", "", mark, ""], [-1, 0, 0, 0]
    assert shared_out(features, heads, ["root", "obl:agent", "conj", "obl:agent"])[3] == head
