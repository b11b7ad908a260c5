"""News that the model reads for itself: what it is sure of becomes something to learn from."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.language.reader import Reader
from kg.language.recipe.corpora import UNSURE
from kg.language.recipe.silver import drawn, neighbours
from kg.language.tokenizer import Tokenizer

MODEL = Path(__file__).parents[2] / "kg" / "models" / "fr"
TEXT = (
    "La mairie rouvre la piscine\n\n"
    "La maire a rouvert la piscine lundi matin. Les habitants de Lorient attendaient ce jour depuis deux ans."
)


@pytest.fixture(scope="module")
def groups():
    reader, tokenizer = Reader.load(MODEL / "reader"), Tokenizer.load(MODEL / "tokenizer")
    return list(neighbours(reader, tokenizer, [TEXT]))


def test_sentences_that_stand_together_stay_together(groups):
    assert [[passage.forms[0] for passage in group] for group in groups] == [["La"], ["La", "Les"]]


def test_what_is_sure_has_its_analysis(groups):
    passage = groups[1][0]
    verb = passage.forms.index("rouvert")
    assert passage.heads[verb] == -1
    assert passage.heads[passage.forms.index("maire")] == verb
    assert passage.relations[passage.forms.index("piscine")] == "obj"


def test_what_is_unsure_is_unknown_or_within_the_passage(groups):
    for group in groups:
        for passage in group:
            for head, relation in zip(passage.heads, passage.relations, strict=True):
                assert head == UNSURE or -1 <= head < len(passage.forms)
                assert head != UNSURE or relation == ""


def test_passages_are_drawn_alike_from_the_same_seed(groups):
    first, again = (list(drawn(groups, 60, random.Random(4))) for _ in range(2))
    assert first == again
    assert sum(len(passage.forms) for passage in first) >= 60


def test_heads_move_with_the_sentence_they_stand_in(groups):
    joined = next(p for p in drawn(groups, 500, random.Random(1)) if p.forms.count(".") == 2)
    second = joined.forms.index("attendaient")
    assert joined.heads[joined.forms.index("habitants")] == second
    assert [index for index, start in enumerate(joined.starts) if start] == [0, joined.forms.index("Les")]
