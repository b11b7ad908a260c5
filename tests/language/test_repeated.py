"""Pronouns that repeat a subject: trees written by hand."""

from __future__ import annotations

from kg.language.repeated import repeated

# La droite , elle , refuse
UPOS, HEADS = ["DET", "NOUN", "PUNCT", "PRON", "PUNCT", "VERB"], [1, 5, 3, 5, 3, -1]
RELATIONS = ["det", "nsubj", "punct", "nsubj", "punct", "root"]


def test_a_pronoun_between_commas_repeats_the_subject() -> None:
    assert repeated(UPOS, HEADS, RELATIONS)[3] == "dislocated"


def test_without_a_comma_behind_it_the_pronoun_is_the_subject() -> None:
    # Malade , Anne , elle refuse
    upos, heads = ["ADJ", "PUNCT", "PROPN", "PUNCT", "PRON", "VERB"], [5, 0, 5, 2, 5, -1]
    relations = ["advcl", "punct", "nsubj", "punct", "nsubj", "root"]
    assert repeated(upos, heads, relations) == relations
