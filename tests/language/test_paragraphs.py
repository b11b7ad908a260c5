"""Paragraphs keep sentences apart; a title is known by what stands below it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language.paragraphs import paragraphs

WRAPPED = "Le texte est ici coupé par un éditeur qui compte les signes,\net la phrase continue donc à la ligne suivante, comme elle le\nfait souvent. Fin."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un titre\n\nUne phrase.", [("Un titre", True), ("Une phrase.", False)]),
        (
            "Un titre\n14 janvier 2016\nUne phrase.",
            [("Un titre", True), ("14 janvier 2016", False), ("Une phrase.", False)],
        ),
        ("Une phrase.\n\nUne autre.", [("Une phrase.", False), ("Une autre.", False)]),
        ("Une phrase.\nUne autre.", [("Une phrase.", False), ("Une autre.", False)]),
        ("Une phrase coupée\nen deux.", [("Une phrase coupée\nen deux.", False)]),
        (WRAPPED, [(WRAPPED, False)]),
        ("  seul  ", [("seul", False)]),
        ("\n \n", []),
        ("", []),
    ],
)
def test_paragraphs_of_a_text(text, expected):
    assert [(text[p.start : p.end], p.headline) for p in paragraphs(text)] == expected


@settings(deadline=None)
@given(st.text("aB. ,:\n\r\t2016»", max_size=120))
def test_paragraphs_keep_order_and_lose_only_white_space_and_rubric_colons(text):
    found = list(paragraphs(text))
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
    inside = {index for place in found for index in range(place.start, place.end)}
    assert {letter for index, letter in enumerate(text) if index not in inside} <= set(" \n\r\t:")
