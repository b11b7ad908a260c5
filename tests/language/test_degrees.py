"""Adverbs that count: trees written by hand, no model."""

from __future__ import annotations

import pytest

from kg.language.degrees import counted

PLURAL = "Number=Plur|VerbForm=Fin"


@pytest.mark.parametrize(
    ("upos", "features", "expected"),
    [
        # Près de la moitié des élus disent
        ("ADV ADP DET NOUN ADP NOUN VERB", {3: "Number=Sing", 5: "Number=Plur", 6: PLURAL}, "nsubj"),
        # Près de la porte du parc dorment
        ("ADV ADP DET NOUN ADP NOUN VERB", {3: "Number=Sing", 5: "Number=Sing", 6: PLURAL}, "advmod"),
        # Près des élus , ils disent
        ("ADV ADP DET NOUN PUNCT NOUN VERB", {3: "Number=Plur", 5: "Number=Plur", 6: PLURAL}, "advmod"),
    ],
)
def test_an_adverb_that_counts_is_the_subject_of_a_plural_verb(
    upos: str, features: dict, expected: str
) -> None:
    marks = [features.get(word, "") for word in range(7)]
    heads, relations = [6, 3, 3, 0, 5, 3, -1], ["advmod", "case", "det", "obl:arg", "case", "nmod", "root"]
    assert counted(upos.split(), marks, heads, relations)[0] == expected
