"""The values of the annotated development articles: most are found, and equal."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from kg.entities.values import document_values
from kg.model import Sentence, Token
from kg.ontology import Ontology

GOLD = Path(__file__).parents[2] / ".." / "shared" / "gold-train"

pytestmark = pytest.mark.skipif(
    not GOLD.is_dir(), reason="the annotated articles are not beside the repository"
)


def sentences(text: str) -> list[Sentence]:
    """Sentences by their punctuation, words by spaces: what is left when a parse is no help."""
    found, start = [], 0
    for stop in [*(m.end() for m in re.finditer(r"[.!?»]\s+(?=[A-ZÀ-Ý«])|\n+", text)), len(text)]:
        words = [
            Token(i, start + m.start(), start + m.end(), m.group(), "", "X", (), -1, "")
            for i, m in enumerate(re.finditer(r"[\w'’]+|[^\w\s]", text[start:stop]))
        ]
        found.append(Sentence(len(found), start, stop, text[start:stop], tuple(words)))
        start = stop
    return found


def same(wanted: dict, got: dict) -> bool:
    """As the scorer compares: every figure, unit and day that is wanted is there."""
    figures = all(
        isinstance(got.get(key), int | float)
        and abs(wanted[key] - got[key]) <= 1e-6 * max(1, abs(wanted[key]))
        for key in ("value", "min", "max")
        if key in wanted
    )
    return figures and all(
        got.get(key) == wanted[key] for key in ("unit", "per", "start", "end") if wanted.get(key)
    )


def shares() -> dict[str, tuple[int, int]]:
    """Right and all, by kind of value."""
    ontology, right = Ontology.load(), {"amount": [], "time": []}
    for path in sorted(GOLD.glob("*.facts.jsonl")):
        text = path.with_name(path.name.replace(".facts.jsonl", ".txt")).read_text("utf-8")
        published = date.fromisoformat(path.name.split("_")[1])
        parts = sentences(text)
        values = document_values(parts, published, ontology)
        assert all(text[value.start : value.end] == value.text for value in values)
        for line in path.read_text("utf-8").splitlines():
            fact = json.loads(line)
            near = [part for part in parts if part.start < fact["end"] and fact["start"] < part.end]
            read = [v.value.json() for v in values if near and near[0].start <= v.start < near[-1].end]
            for node in (*fact["qualifiers"], fact["object"] or {}):
                if isinstance(node.get("value"), dict):
                    kind = "time" if {"start", "end"} & set(node["value"]) else "amount"
                    right[kind].append(any(same(node["value"], got) for got in read))
    return {kind: (sum(found), len(found)) for kind, found in right.items()}


def test_most_values_of_the_annotated_articles_are_found_and_equal():
    found = shares()
    assert found["amount"][0] >= 0.92 * found["amount"][1]
    assert found["time"][0] >= 0.80 * found["time"][1]
